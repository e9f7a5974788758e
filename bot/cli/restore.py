"""`outpost restore`: a backup in place of the database, and whoever was erased since stays erased."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.app import system_now
from bot.cli.backup import bar, seal_of
from bot.cli.run import settings_or_exit
from bot.people.flow.privacy import erase_again
from bot.settings import Settings
from bot.storage import Store, StoreError, Tx
from bot.storage import restore as restoring
from bot.storage.archive import Archive, opened
from bot.storage.key import keep_key, key_file
from bot.storage.sole import sole_bot


def restore(
    file: Annotated[Path, typer.Argument(help="What `outpost backup` wrote.")],
    replace: Annotated[
        bool, typer.Option("--replace", help="Put it in place of what the database holds now.")
    ] = False,
    other_key: Annotated[
        bool,
        typer.Option("--other-key", help="Its key is lost: blocks of erased members and erasures are, too."),
    ] = False,
) -> None:
    """Load a backup into the database of DATABASE_URL. Stop the bot first.

    The file is checked before anything is touched. Whoever was erased after it was made stays erased.

    It is done wholly or not at all. A backup of an older Outpost is brought up to date.
    """
    settings = settings_or_exit()
    try:
        asyncio.run(_restore(settings, file, replace=replace, other_key=other_key))
    except StoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


async def _restore(settings: Settings, file: Path, *, replace: bool, other_key: bool) -> None:
    url = settings.database_url
    key = _key(settings, may_be_new=other_key)
    async with sole_bot(url):
        with opened(file, None if other_key else seal_of(key)) as archive:
            again = await _load(url, archive, key, replace)
            made = archive.manifest
        store = await Store.open(url)
        await store.scrub()  # what was replaced, and whoever was erased again, leave the file as well
        await store.close()
    typer.echo(f"Restored {made.rows:,} rows, as of {made.made_at:%Y-%m-%d %H:%M} UTC.")
    if again:
        typer.echo(f"Erased again, as they had asked since: {again}.")


def _key(settings: Settings, *, may_be_new: bool) -> bytes:
    file = key_file(settings.database_url, settings.key_file)
    if not may_be_new and not file.is_file():
        raise StoreError(
            f"The key {file} is not there. Put outpost.key of the backed-up bot in its place. "
            "If it is lost, --other-key restores all but blocks and erasures."
        )
    return keep_key(file)


async def _load(url: str, archive: Archive, key: bytes, replace: bool) -> int:
    again = 0

    async def finish(tx: Tx, noted: Mapping[str, datetime]) -> None:
        nonlocal again
        again = await erase_again(tx, key, noted, system_now())

    with bar("restore", archive.manifest.rows) as tell:
        await restoring.restore(url, archive, finish, tell, replace=replace)
    return again
