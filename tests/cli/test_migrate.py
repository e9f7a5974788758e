"""`outpost migrate` on the command line, on both databases."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.verbs import app
from bot.storage import Store
from bot.storage import migrate as migrations
from bot.storage.revisions import head
from bot.storage.sole import sole_bot

pytestmark = pytest.mark.store


def outpost_migrate(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["migrate", *arguments], env={"DATABASE_URL": url})


def test_it_makes_the_database_and_says_so(empty_url: str) -> None:
    """The first time it makes every table, the second time it has nothing to do; the store opens afterwards."""
    first, second = outpost_migrate(empty_url), outpost_migrate(empty_url)
    assert first.exit_code == second.exit_code == 0
    assert f"is at revision {head()} now; before, it was empty." in first.output
    assert f"was up to date already, at revision {head()}." in second.output

    async def opens() -> None:
        await (await Store.open(empty_url)).close()

    asyncio.run(opens())


def test_check_only_tells(empty_url: str, tmp_path: Path) -> None:
    """`--check` names what is missing with exit 1 and changes nothing; exit 0 once it is there."""
    before = outpost_migrate(empty_url, "--check")
    assert (
        before.exit_code == 1 and "lacks 0001" in before.output and "run `outpost migrate`" in before.output
    )
    assert not list(tmp_path.glob("*.sqlite3"))
    assert asyncio.run(migrations.revision(empty_url)) is None
    outpost_migrate(empty_url)
    after = outpost_migrate(empty_url, "--check")
    assert after.exit_code == 0 and f"is up to date, at revision {head()}." in after.output


def test_a_newer_database_is_refused(store_url: str) -> None:
    """Both forms leave a database of a newer program alone, in words."""

    async def age() -> None:
        async with migrations.changing(store_url) as connection:
            await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    asyncio.run(age())
    for arguments in [], ["--check"]:
        said = outpost_migrate(store_url, *arguments)
        assert said.exit_code == 1 and "Install the newer Outpost" in said.output


async def test_not_under_a_running_bot(store_url: str) -> None:
    """While a bot holds the database it is left alone; `--check` only looks, so it may."""
    async with sole_bot(store_url):
        changing = await asyncio.to_thread(outpost_migrate, store_url)
        looking = await asyncio.to_thread(outpost_migrate, store_url, "--check")
    assert changing.exit_code == 1 and "Stop it first" in changing.output
    assert looking.exit_code == 0


def test_wrong_settings_are_told(tmp_path: Path) -> None:
    """A DATABASE_URL that is none is told as the setting it is, exit 2."""
    said = outpost_migrate("mysql://root:hunter2@host/db")
    assert said.exit_code == 2 and "DATABASE_URL" in said.output and "hunter2" not in said.output


def test_help_reads_well() -> None:
    """`--help` tells what happens and that the bot must be stopped."""
    said = CliRunner().invoke(app, ["migrate", "--help"])
    assert said.exit_code == 0 and "Stop the bot first" in said.output and "--check" in said.output
