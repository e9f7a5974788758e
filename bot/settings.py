"""What the person who runs the bot decides, as one checked value; nothing is read at import.

`ENVIRONMENT` is the whole list of variables. All wrong values are told together, and no secret is ever part of a
repr, a str or an error: tokens are `SecretStr`, database passwords are never quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import SplitResult, urlsplit, urlunsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

DISCORD_API = "https://discord.com/api/v10"

#: Environment variable → field of `Settings`.
ENVIRONMENT: Mapping[str, str] = {
    "DISCORD_TOKEN": "discord_token",
    "DISCORD_API_BASE": "api_base",
    "DISCORD_GATEWAY_URL": "gateway_url",
    "DATABASE_URL": "database_url",
    "KEY_FILE": "key_file",
    "FEEDS_FILE": "feeds_file",
    "RESOURCES_FILE": "resources_file",
    "PROMPTS_FILE": "prompts_file",
    "RUBRICS_FOLDER": "rubrics_folder",
    "MEETS_FILE": "meets_file",
    "CONTACT_URL": "contact_url",
    "BOT_NAME": "bot_name",
    "MEMBERS_INTENT": "members_intent",
    "LOG_LEVEL": "log_level",
    "LOG_FORMAT": "log_format",
}

_SQLITE = ("sqlite", "sqlite+aiosqlite")
_POSTGRESQL = ("postgresql", "postgresql+asyncpg")
# What may stand behind the "?" of a PostgreSQL address; a password there would escape the log's filter.
_OPTIONS = re.compile(r"(?:(?:host=[^&]+|sslmode=(?:disable|allow|prefer|require|verify-ca|verify-full))&?)*")


class SettingsError(Exception):
    """Every problem of the environment at once; each line begins with the variable's name."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseModel):
    """The settings, frozen. Defaults are those of a bot on Discord with SQLite beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    discord_token: SecretStr | None = None
    api_base: str = DISCORD_API
    gateway_url: str | None = None  # None: the address that Discord names
    database_url: str = Field("sqlite:///outpost.sqlite3", repr=False)  # may hold a password
    key_file: Path | None = None  # None: outpost.key beside the database's file, or here with PostgreSQL
    feeds_file: Path = Path("feeds.yaml")
    resources_file: Path = Path("resources.yaml")  # may be missing, unless it was named
    prompts_file: Path = Path("prompts.yaml")  # likewise; then no group can be made
    rubrics_folder: Path = Path("rubrics")  # likewise; then nothing can be handed in
    meets_file: Path = Path("meets.yaml")  # likewise; then no question sets
    contact_url: str | None = None  # told to the boards in the User-Agent
    bot_name: str = "Outpost"
    members_intent: bool = False
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["plain", "json"] = "plain"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """The settings of an environment. An empty variable counts as not given. Raises SettingsError."""
        given = {
            field: environ[name].strip()
            for name, field in ENVIRONMENT.items()
            if environ.get(name, "").strip()
        }
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            raise SettingsError([_problem(dict(e)) for e in error.errors(include_url=False)]) from None

    @field_validator("discord_token")
    @classmethod
    def _token(cls, token: SecretStr | None) -> SecretStr | None:
        if token and not re.fullmatch(r"[!-~]+", token.get_secret_value()):
            raise ValueError(
                "holds a space or an odd character; copy the token alone, without “Bot” before it"
            )
        return token

    @field_validator("api_base")
    @classmethod
    def _api_base(cls, url: str) -> str:
        """Discord's own host over https, or this machine: the token goes nowhere else."""
        parts = _address(url, {"http", "https"})
        own = (parts.scheme, parts.hostname, parts.port or 443, parts.path) == (
            "https",
            "discord.com",
            443,
            "/api/v10",
        )
        if own or (_loopback(parts) and parts.path.endswith("/api/v10")):
            return urlunsplit(parts)
        raise ValueError(
            f"must be {DISCORD_API} or end in /api/v10 on this machine (127.0.0.1); leave it out for Discord"
        )

    @field_validator("gateway_url")
    @classmethod
    def _gateway_url(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = _address(url, {"ws", "wss"})
        own = (parts.scheme, parts.hostname, parts.port or 443) == ("wss", "gateway.discord.gg", 443)
        if own or _loopback(parts):
            return urlunsplit(parts)
        raise ValueError(
            "must be wss://gateway.discord.gg or on this machine (127.0.0.1); leave it out for Discord"
        )

    @field_validator("database_url")
    @classmethod
    def _database_url(cls, url: str) -> str:
        scheme, _, rest = url.partition("://")
        if scheme not in (*_SQLITE, *_POSTGRESQL):
            raise ValueError(
                "must begin with sqlite:/// or postgresql://, for example sqlite:///outpost.sqlite3"
            )
        try:
            parts = urlsplit(url)
            named = parts.port != 0 and len(parts.path) > 1
        except ValueError:  # its words could quote a part of the password
            raise ValueError(
                "has a port or a host that cannot be read; write postgresql://user@host:5432/name"
            ) from None
        if scheme in _SQLITE and (not rest.startswith("/") or not named or rest.startswith("/:memory:")):
            raise ValueError("names no file; write sqlite:///outpost.sqlite3")
        if scheme in _SQLITE and parts.query:
            raise ValueError("holds a “?”; remove it and what follows")
        if not named:
            raise ValueError("names no database; write postgresql://user@host:5432/name")
        if not _OPTIONS.fullmatch(parts.query):
            raise ValueError("has unknown options; behind the “?” write only host=… or sslmode=require")
        return url

    @field_validator("contact_url")
    @classmethod
    def _contact_url(cls, url: str | None) -> str | None:
        if url and not re.fullmatch(r"(https?://|mailto:)[!-'*-~]+", url):
            raise ValueError("must be an address such as https://example.org/bot or mailto:you@example.org")
        return url

    @field_validator("bot_name")
    @classmethod
    def _bot_name(cls, name: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,31}", name):  # it becomes part of an HTTP header
            raise ValueError(
                "must be 1 to 32 letters, digits, spaces, dots, - or _, beginning with a letter or digit"
            )
        return name

    @field_validator("log_level", mode="before")
    @classmethod
    def _log_level(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level


def expected(file: Path, *, named: bool) -> Path | None:
    """The file to read; None where it is a default that is not there. One that somebody named must be there."""
    return file if named or file.exists() else None


def _address(url: str, schemes: set[str]) -> SplitResult:
    """The parts of a plain address: no user, no query, nothing that two readers could take differently."""
    example = f"write {'://… or '.join(sorted(schemes))}://…"
    if not re.fullmatch(r"[A-Za-z0-9:/.\[\]_~-]+", url):
        raise ValueError(f"is not a plain address; {example} without user, query or spaces")
    try:
        parts = urlsplit(url.rstrip("/"))
        known = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ValueError(f"is not an address; {example}") from None
    if not known:
        raise ValueError(f"is not an address that can be used here; {example}")
    return parts


def _loopback(parts: SplitResult) -> bool:
    if parts.hostname == "localhost":
        return True
    try:
        return ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False


def _problem(error: dict[str, Any]) -> str:
    """One pydantic error as `VARIABLE: words`; the value itself is never quoted."""
    field = str(error["loc"][0]) if error["loc"] else ""
    name = next((name for name, its_field in ENVIRONMENT.items() if its_field == field), field)
    if error["type"] == "value_error":
        return f"{name}: {error['ctx']['error']}"
    if error["type"] == "literal_error":
        return f"{name}: must be one of {error['ctx']['expected'].replace(chr(39), '')}"
    if error["type"].startswith("bool"):
        return f"{name}: must be yes or no"
    return f"{name}: {error['msg']}"
