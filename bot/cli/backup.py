"""`outpost backup`: everything the bot knows in one checked file, while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.app import system_now
from bot.cli.run import settings_or_exit
from bot.people.keyed import mark
from bot.settings import Settings
from bot.storage import StoreError
from bot.storage import backup as backups
from bot.storage.archive import Manifest, Seal, Tell
from bot.storage.key import keep_key, key_file


def backup(file: Annotated[Path, typer.Argument(help="A new file to write, such as outpost.zip.")]) -> None:
    """Write a backup of the database of DATABASE_URL. The bot may run meanwhile.

    It is one moment of the database, and it is read again and checked before it gets its name.

    It doesn't hold outpost.key: keep a copy of that in another place.
    """
    settings = settings_or_exit()
    try:
        made = asyncio.run(_backup(settings, file))
    except StoreError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    typer.echo(
        f"{file} holds {made.rows:,} rows at revision {made.revision}; it was read again and is whole."
    )
    typer.echo(f"The key is not in it. Keep a copy of {_key_file(settings)} in another place.")


async def _backup(settings: Settings, file: Path) -> Manifest:
    url = settings.database_url
    async with backups.source(url) as source:
        seal = seal_of(keep_key(_key_file(settings)))
        with bar("backup", source.rows) as tell:
            return await backups.write(source, file, url, seal, system_now(), tell)


def _key_file(settings: Settings) -> Path:
    return key_file(settings.database_url, settings.key_file)


def seal_of(key: bytes) -> Seal:
    """The seal of backups made with this key."""
    return partial(mark, key, "backup")


@contextmanager
def bar(what: str, rows: int) -> Iterator[Tell]:
    """A progress bar on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task(what, total=rows)
        yield lambda more: shown.advance(task, more)
