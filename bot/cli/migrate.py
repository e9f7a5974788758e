"""`outpost migrate`: bring the database to this program's shape, or tell whether it is."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.cli.run import settings_or_exit
from bot.storage import StoreError
from bot.storage import migrate as migrations
from bot.storage.engine import database, place
from bot.storage.revisions import head, known_revisions, require_known
from bot.storage.sole import sole_bot


def migrate(
    check: Annotated[
        bool, typer.Option("--check", help="Only tell; change nothing. Exit 1 if there is work.")
    ] = False,
) -> None:
    """Bring the database of DATABASE_URL up to date, or make it. Stop the bot first.

    It is done wholly or not at all, and doing it twice changes nothing.
    """
    url = settings_or_exit().database_url
    try:
        raise typer.Exit(asyncio.run(_check(url) if check else _migrate(url)))
    except StoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


async def _check(url: str) -> int:
    known, at, name = known_revisions(), await migrations.revision(url), place(database(url))
    if at == head():
        typer.echo(f"{name} is up to date, at revision {at}.")
        return 0
    require_known(at, name)
    missing = known[known.index(at) + 1 :] if at else known
    typer.echo(f"{name} lacks {', '.join(missing)}. Stop the bot and run `outpost migrate`.")
    return 1


async def _migrate(url: str) -> int:
    async with sole_bot(url):
        before, after = await migrations.upgrade(url)
    name = place(database(url))
    if before == after:
        typer.echo(f"{name} was up to date already, at revision {after}.")
    else:
        typer.echo(f"{name} is at revision {after} now; before, {before or 'it was empty'}.")
    return 0
