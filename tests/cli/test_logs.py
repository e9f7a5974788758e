"""What the bot logs, and what it never does."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from bot.cli import logs
from bot.settings import Settings

TOKEN = "MTA0.Gs3cr3t.t0ken"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The root logger and the levels of the libraries are put back: other tests listen too."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    levels = {name: logging.getLogger(name).level for name in logs._QUIET}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, its_level in levels.items():
        logging.getLogger(name).setLevel(its_level)


def set_up(**environ: str) -> logging.Logger:
    database = "postgresql://u:p%40ssw0rd@h/db"
    logs.set_up(Settings.from_env({"DISCORD_TOKEN": TOKEN, "DATABASE_URL": database, **environ}))
    return logging.getLogger("bot.test")


@pytest.mark.parametrize("form", ["plain", "json"])
def test_no_secret_is_logged(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither the token nor the password, written as in the address or as it is, in a message or a traceback."""
    log = set_up(LOG_FORMAT=form)
    log.info("login with %s and p%%40ssw0rd", TOKEN)
    try:
        raise ValueError(f"refused: {TOKEN}, p@ssw0rd")
    except ValueError:
        log.exception("it failed")
    said = capsys.readouterr().err
    assert "s3cr3t" not in said and "ssw0rd" not in said
    assert said.count("[secret]") >= 4 and "ValueError" in said


def test_json_is_one_object_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Also when the message or its traceback has several lines."""
    log = set_up(LOG_FORMAT="json")
    log.warning("two\nlines")
    line = json.loads(capsys.readouterr().err)
    assert (line["level"], line["from"], line["says"]) == ("warning", "bot.test", "two\nlines")


def test_the_level_is_ours_and_libraries_are_quieter(capsys: pytest.CaptureFixture[str]) -> None:
    """DEBUG shows what we say; discord.py would print bodies then, and Alembic two lines at each start."""
    log = set_up(LOG_LEVEL="debug")
    log.debug("ours")
    logging.getLogger("discord.http").debug("a body")
    logging.getLogger("alembic.runtime.migration").info("Context impl SQLiteImpl.")
    said = capsys.readouterr().err
    assert "ours" in said and "a body" not in said and "Context" not in said
