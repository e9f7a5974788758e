"""Settings: what is accepted, that all problems come at once, and that no secret is ever shown."""

import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import ENVIRONMENT, Settings, SettingsError

TOKEN = "MTA0.Gs3cr3t.t0ken"


def problems(**environ: str) -> list[str]:
    with pytest.raises(SettingsError) as error:
        Settings.from_env(environ)
    return error.value.problems


def test_an_empty_environment_means_a_bot_on_discord_with_sqlite_beside_it() -> None:
    """Every setting has a default; an empty variable is one that was not given."""
    settings = Settings.from_env({"BOT_NAME": "", "LOG_LEVEL": " "})
    assert settings == Settings()
    assert settings.discord_token is None
    assert settings.api_base == "https://discord.com/api/v10"
    assert settings.gateway_url is None
    assert settings.database_url == "sqlite:///outpost.sqlite3"
    assert (settings.feeds_file, settings.resources_file) == (Path("feeds.yaml"), Path("resources.yaml"))
    assert settings.prompts_file == Path("prompts.yaml")
    assert (settings.rubrics_folder, settings.meets_file) == (Path("rubrics"), Path("meets.yaml"))
    assert (settings.bot_name, settings.members_intent) == ("Outpost", False)
    assert (settings.log_level, settings.log_format) == ("INFO", "plain")


def test_every_variable_reaches_its_field() -> None:
    """The whole list of variables, each with a value of its own; other variables are ignored."""
    given = {
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_BASE": "http://127.0.0.1:8080/api/v10/",
        "DISCORD_GATEWAY_URL": "ws://localhost:8080/gateway",
        "DATABASE_URL": "postgresql://bot@db/outpost",
        "KEY_FILE": "secret.key",
        "FEEDS_FILE": "boards.yaml",
        "RESOURCES_FILE": "help.yaml",
        "PROMPTS_FILE": "words.yaml",
        "RUBRICS_FOLDER": "questions",
        "MEETS_FILE": "twos.yaml",
        "CONTACT_URL": "mailto:me@example.org",
        "BOT_NAME": "Lighthouse",
        "MEMBERS_INTENT": "yes",
        "LOG_LEVEL": "debug",
        "LOG_FORMAT": "json",
    }
    settings = Settings.from_env({**given, "PATH": "/bin"})
    assert set(given) == set(ENVIRONMENT) and set(ENVIRONMENT.values()) == set(Settings.model_fields)
    assert settings.discord_token is not None and settings.discord_token.get_secret_value() == TOKEN
    assert settings.model_dump(exclude={"discord_token"}) == {
        "api_base": "http://127.0.0.1:8080/api/v10",
        "gateway_url": "ws://localhost:8080/gateway",
        "database_url": "postgresql://bot@db/outpost",
        "key_file": Path("secret.key"),
        "feeds_file": Path("boards.yaml"),
        "resources_file": Path("help.yaml"),
        "prompts_file": Path("words.yaml"),
        "rubrics_folder": Path("questions"),
        "meets_file": Path("twos.yaml"),
        "contact_url": "mailto:me@example.org",
        "bot_name": "Lighthouse",
        "members_intent": True,
        "log_level": "DEBUG",
        "log_format": "json",
    }


@pytest.mark.parametrize(
    "base",
    [
        "https://discord.com/api/v10",
        "https://discord.com:443/api/v10",
        "http://127.0.0.1:1/api/v10",
        "http://127.8.9.10/api/v10",
        "http://localhost:5000/secret-room/api/v10",
        "https://[::1]:5000/api/v10",
    ],
)
def test_the_api_may_be_discord_or_this_machine(base: str) -> None:
    """Discord's own host over https, or a loopback address with any port and any beginning of the path."""
    assert Settings.from_env({"DISCORD_API_BASE": base}).api_base == base


@pytest.mark.parametrize(
    "base",
    [
        "http://discord.com/api/v10",
        "https://discord.com:8443/api/v10",
        "https://discord.com/api/v9",
        "https://discord.com/mine/api/v10",
        "https://discord.com.evil.example/api/v10",
        "https://evil.example/api/v10",
        "https://discord.com@evil.example/api/v10",
        "https://evil.example\\@discord.com/api/v10",
        "http://127.0.0.1.evil.example/api/v10",
        "http://127.0.0.1@evil.example/api/v10",
        "http://0.0.0.0/api/v10",
        "http://10.0.0.1/api/v10",
        "http://2130706433/api/v10",
        "http://127.0.0.1/api/v10?x=/api/v10",
        "http://127.0.0.1/api/v10#x",
        "http://127.0.0.1:0/api/v10",
        "http://127.0.0.1:99999/api/v10",
        "http://[::ffff:8.8.8.8]/api/v10",
        "http://[::1/api/v10",
        "file:///api/v10",
        "//127.0.0.1/api/v10",
        "127.0.0.1/api/v10",
        "http://127.0.0.1/api/v1",
        "http://127.0.0.1/\tapi/v10",
        "http://ⅼocalhost/api/v10",
    ],
)
def test_the_token_goes_nowhere_else(base: str) -> None:
    """Any other API base is refused, however much it looks like Discord or like this machine."""
    [problem] = problems(DISCORD_API_BASE=base)
    assert problem.startswith("DISCORD_API_BASE: ")


@pytest.mark.parametrize("url", ["wss://gateway.discord.gg", "ws://127.0.0.1:7/x", "wss://[::1]:7"])
def test_the_gateway_may_be_discord_or_this_machine(url: str) -> None:
    """Discord's gateway over wss, or a loopback address."""
    assert Settings.from_env({"DISCORD_GATEWAY_URL": url}).gateway_url == url


@pytest.mark.parametrize(
    "url",
    [
        "ws://gateway.discord.gg",
        "wss://gateway.discord.gg.evil.example",
        "wss://evil.example",
        "http://127.0.0.1",
    ],
)
def test_the_gateway_may_be_nowhere_else(url: str) -> None:
    """The token is sent over the gateway too."""
    [problem] = problems(DISCORD_GATEWAY_URL=url)
    assert problem.startswith("DISCORD_GATEWAY_URL: ")


@pytest.mark.parametrize(
    "url",
    [
        *("sqlite:///a.db", "sqlite:////var/a.db", "sqlite+aiosqlite:///a.db"),
        *("postgresql://u@h/db", "postgresql://u:p%40w@h:5432/db", "postgresql+asyncpg://h/db"),
        *("postgresql:///db?host=/run", "postgresql://u@h/db?sslmode=require&host=h2"),
    ],
)
def test_database_addresses(url: str) -> None:
    """SQLite and PostgreSQL, with or without the driver; where it listens and how it encrypts may be added."""
    assert Settings.from_env({"DATABASE_URL": url}).database_url == url


@pytest.mark.parametrize(
    "url",
    [
        *("sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite://a.db", "outpost.sqlite3"),
        *(
            "mysql://u:hunter2@h/db",
            "postgresql://h",
            "postgresql://u:hunter2@h:hunter2/db",
            "postgresql://u:hunter2@[h/db",
            "postgresql://h/db?password=hunter2",
            "postgresql://h/db?sslmode=maybe",
            "postgresql://h/db?channel_binding=require",
            "sqlite:///a.db?mode=ro",
        ),
    ],
)
def test_a_database_that_cannot_be_is_refused_without_its_password(url: str) -> None:
    """No file, memory only, another database, no name, no readable port, options that no driver takes."""
    [problem] = problems(DATABASE_URL=url)
    assert problem.startswith("DATABASE_URL: ") and "hunter2" not in problem


def test_all_problems_come_at_once() -> None:
    """One line a wrong variable, in words, each with the way out."""
    found = problems(
        DISCORD_TOKEN=f"Bot {TOKEN}",
        DISCORD_API_BASE="https://evil.example/api/v10",
        DISCORD_GATEWAY_URL="wss://evil.example",
        DATABASE_URL="mysql://h/db",
        CONTACT_URL="call me",
        BOT_NAME="Ünter\nHeader: x",
        MEMBERS_INTENT="perhaps",
        LOG_LEVEL="loud",
        LOG_FORMAT="xml",
    )
    assert [problem.split(":")[0] for problem in found] == [
        name
        for name in ENVIRONMENT
        if not name.endswith(("_FILE", "_FOLDER"))  # any path will do
    ]
    assert "LOG_LEVEL: must be one of DEBUG, INFO, WARNING or ERROR" in found
    assert "MEMBERS_INTENT: must be yes or no" in found


def test_no_secret_is_shown() -> None:
    """Neither repr nor str nor an error holds the token or the database's password."""
    environ = {"DISCORD_TOKEN": TOKEN, "DATABASE_URL": "postgresql://u:hunter2@h/db"}
    settings = Settings.from_env(environ)
    with pytest.raises(SettingsError) as error:
        Settings.from_env({**environ, "DISCORD_TOKEN": f"{TOKEN} x", "LOG_LEVEL": "loud"})
    shown = f"{settings!r} {settings} {error.value!r} {error.value} {error.value.__cause__!r}"
    assert "s3cr3t" not in shown and "hunter2" not in shown


def test_settings_are_frozen() -> None:
    """Nobody changes a setting while the bot runs."""
    with pytest.raises(ValidationError):
        Settings().bot_name = "Other"


def test_nothing_is_read_at_import() -> None:
    """Importing the settings with a broken environment says nothing; only from_env looks at a mapping."""
    code = "import bot.settings; bot.settings.Settings.from_env({})"
    done = subprocess.run(
        [sys.executable, "-c", code], env={"LOG_LEVEL": "loud"}, check=False, capture_output=True
    )
    assert (done.returncode, done.stderr) == (0, b"")
