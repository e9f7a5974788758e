"""`outpost doctor`: looks at everything the bot needs, gathers facts, lets `checkup` say them."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from bot.app import system_now
from bot.cli import checkup, checkup_store
from bot.cli.checkup import NOTHING_KEPT, Kept, Line
from bot.jobs.reading.book import BookError, open_book
from bot.jobs.reading.fetch import Fetcher
from bot.jobs.reading.reader import Reader
from bot.ports import FeedSpec, NotModified, Reading, Trouble, Validators
from bot.settings import Settings, SettingsError
from bot.storage import Store, StoreError
from bot.storage.engine import PATIENCE, database, place, sqlite_file
from bot.workers import Pool
from cogs.address import point_at
from cogs.checkup import look

_STYLES = {"ok": "green", "look": "yellow", "bad": "bold red"}


def doctor(
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Also read each feed once, now. Boards count every reading.")
    ] = False,
) -> None:
    """Look at settings, feed book, database, feeds, deliveries, token and permissions, and say what is wrong.

    Each line begins with `ok`, `look` (have a look some time) or `bad` (mend it first).

    It changes nothing that is kept and may run beside the bot. Exit 1 when anything is bad, else 0.
    """
    logging.getLogger("discord").addHandler(logging.NullHandler())  # our lines say it better
    raise typer.Exit(asyncio.run(_doctor(Console(highlight=False), os.environ, fetch)))


async def _doctor(console: Console, environ: Mapping[str, str], fetch: bool) -> int:
    worst = 0
    async for line in examine(environ, system_now(), fetcher=Fetcher() if fetch else None):
        console.print(shown(line), soft_wrap=True)  # a line stays a line: scripts read them
        worst |= line.level == "bad"
    return int(worst)


def shown(line: Line) -> Text:
    """A line for the terminal; the level is a word, its colour only repeats it."""
    return Text.assemble(
        (f"{line.level:<4}", _STYLES[line.level]), "  ", (f"{line.about:<11}", "bold"), "  ", line.words
    )


async def examine(
    environ: Mapping[str, str],
    now: datetime,
    *,
    patience: timedelta = PATIENCE,
    fetcher: Fetcher | None = None,
) -> AsyncIterator[Line]:
    """Every line, as soon as it is known. patience: how long to wait for another program's lock.

    fetcher: read every feed with it, now, and close it; None: tell what the bot remembers.
    """
    try:
        settings = Settings.from_env(environ)
    except SettingsError as error:
        for line in checkup.settings(error.problems):
            yield line
        return
    for line in checkup.settings(()):
        yield line
    book, line = _book(settings.feeds_file)
    yield line
    kept, lines = await _database(settings.database_url, now, patience)
    for line in lines:
        yield line
    if kept is not None:
        for line in [*checkup.feeds(book, kept.feeds, now), *checkup.deliveries(kept.outbox, now)]:
            yield line
    if fetcher is not None:
        for line in checkup.read_now(await _read_now(book, fetcher, now)):
            yield line
    for line in await _discord(settings, kept):
        yield line


def _book(file: Path) -> tuple[tuple[FeedSpec, ...], Line]:
    try:
        book = open_book(file)
    except BookError as error:
        return (), checkup.book(str(file), len(error.mistakes), ())
    return book, checkup.book(str(file), 0, book)


async def _read_now(
    book: tuple[FeedSpec, ...], fetcher: Fetcher, now: datetime
) -> list[tuple[FeedSpec, Trouble | int]]:
    """Every feed that is on, with its trouble or the number of its openings."""
    on, workers = [feed for feed in book if feed.enabled], Pool()
    reader = Reader(book, fetcher, workers)
    try:
        answers = await asyncio.gather(*(reader.read(feed, Validators(), now) for feed in on))
    finally:
        await fetcher.close()
        await workers.close()
    told = [len(answer.entries) if isinstance(answer, Reading) else answer for answer in answers]
    return [
        (feed, answer) for feed, answer in zip(on, told, strict=True) if not isinstance(answer, NotModified)
    ]


async def _database(url: str, now: datetime, patience: timedelta) -> tuple[Kept | None, list[Line]]:
    """What the database tells, None when it tells nothing; and the lines about itself.

    Opening it is what `outpost run` does first, so what would stop that is found here. It writes nothing.
    """
    file = sqlite_file(database(url))
    if file is not None and not file.exists():
        return NOTHING_KEPT, [checkup.no_database(str(file), file.parent.is_dir())]
    try:
        store = await Store.open(url, patience=patience)
        try:
            async with store.read() as tx:
                kept = await checkup_store.kept(tx, now)
        finally:
            await store.close()
    except StoreError as error:
        return None, [Line("bad", "database", str(error))]
    room = [] if file is None else checkup.disk(str(file), shutil.disk_usage(file.parent).free)
    return kept, [*checkup.database(place(database(url)), kept.damage), *room]


async def _discord(settings: Settings, kept: Kept | None) -> list[Line]:
    if settings.discord_token is None:
        return [checkup.no_token()]
    point_at(settings.api_base, settings.gateway_url)
    servers = kept.servers if kept else None
    wanted = {server: spoken.channels for server, spoken in (servers or {}).items()}
    answer = await look(settings.discord_token.get_secret_value(), wanted)
    return list(checkup.discord(answer, servers))
