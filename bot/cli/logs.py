"""Logging: one calm line each, as text or JSON; no secret ever in a line."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Collection
from urllib.parse import unquote, urlsplit

from bot.settings import Settings

# Libraries that tell too much: discord.py logs bodies at DEBUG, addresses at WARNING (research/reliability.md T24);
# APScheduler warns each second that a long beat is still running, which is what we asked for.
_QUIET = {
    "discord": logging.WARNING,
    "discord.client": logging.ERROR,  # it warns at each start that it can't speak in voice channels
    "alembic": logging.WARNING,  # bot.storage.migrate says it in one line
    "apscheduler": logging.ERROR,
    "aiosqlite": logging.WARNING,
}


class _NoSecrets(logging.Filter):
    """Replaces every secret by its name, in messages and in tracebacks."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__()
        self._secrets = [secret for secret in secrets if secret]

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        text = record.getMessage()
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
            record.exc_text = record.exc_text.replace(secret, "[secret]") if record.exc_text else None
        record.msg, record.args = text, None
        return True


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "from": record.name,
            "says": record.getMessage(),
        }
        if record.exc_text:
            line["traceback"] = record.exc_text
        return json.dumps(line, ensure_ascii=False)


def set_up(settings: Settings) -> None:
    """Log to standard error, as the settings say."""
    handler = logging.StreamHandler(sys.stderr)
    plain = logging.Formatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%H:%M:%S")
    handler.setFormatter(_Json() if settings.log_format == "json" else plain)
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    password = urlsplit(settings.database_url).password or ""
    handler.addFilter(_NoSecrets([token, password, unquote(password)]))
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    for name, level in _QUIET.items():
        logging.getLogger(name).setLevel(max(level, logging.getLogger().level))
