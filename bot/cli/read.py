"""`outpost read`: what a feed, or a saved body of one, looks like to the bot. Nothing is kept or sent."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import json
from datetime import datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.app import system_now
from bot.jobs import troubles
from bot.jobs.reading.book import PARSERS
from bot.jobs.reading.fetch import Fetcher
from bot.jobs.reading.reader import Reader, parse
from bot.ports import Entry, FeedSpec, NotModified, Reading, Trouble, Validators
from bot.workers import Pool

PARSE_S = 20.0  # a person waits for this one alone
PIPED_WIDTH = 240  # columns of a table that goes to a file or another program


def read(
    source: Annotated[str, typer.Argument(help="A file with the body of a feed, or its http(s) address.")],
    board: Annotated[
        str, typer.Option(help="How to read it: a `parser` of feeds.yaml, such as wwr or remotive.")
    ] = "generic",
    as_json: Annotated[
        bool, typer.Option("--json", help="One JSON object a line instead of a table.")
    ] = False,
) -> None:
    """Read a feed once and show its openings; exit 1 when it cannot be read."""
    if board not in PARSERS:
        _fail(f"There is no board {board!r}. Choose one of: {', '.join(PARSERS)}.")
    errors = Console(stderr=True)
    with errors.status("Reading …") if errors.is_terminal else contextlib.nullcontext():
        result = asyncio.run(read_once(source, board, system_now()))
    if isinstance(result, Trouble):
        _fail(words(result, source, board))
    if as_json:
        for entry in result.entries:
            typer.echo(json.dumps(as_object(entry)))  # in ASCII: right whatever the terminal's encoding is
        errors.print(summary(result), highlight=False)
        return
    console = Console()
    if not console.is_terminal:
        console.width = PIPED_WIDTH
    console.print(table(result))
    console.print(summary(result), highlight=False)


async def read_once(source: str, board: str, now: datetime) -> Reading | Trouble:
    """Read a file or an address by the same rules as the bot; an address also by the same fetcher."""
    workers = Pool(size=1)
    fetcher = Fetcher()
    try:
        if source.lower().startswith(("http://", "https://")):
            feed = FeedSpec(id="read", name=source, url=source, parser=board)
            result = await Reader((feed,), fetcher, workers, PARSE_S).read(feed, Validators(), now)
            return (
                Trouble("empty", "The server sent nothing new.")
                if isinstance(result, NotModified)
                else result
            )
        feed = FeedSpec(id="read", name=source, url="", parser=board)
        body = _body(Path(source), feed.max_bytes)
        if isinstance(body, Trouble):
            return body
        parsed = await parse(workers, body, None, feed, now, PARSE_S)
        return parsed if isinstance(parsed, Trouble) else parsed[0]
    finally:
        await fetcher.close()
        await workers.close()


def words(trouble: Trouble, source: str, board: str) -> str:
    """What the person at the terminal reads; here the remedy is another option, not the feed book."""
    if trouble.code == "no_file":
        return f"{source} {trouble.detail}"
    if trouble.code == "unknown_shape":
        others = ", ".join(name for name in PARSERS if name != board)
        return f"{troubles.happened(trouble, source)} Try --board with one of: {others}."
    return troubles.happened(trouble, source)


def summary(reading: Reading) -> str:
    """One line: how many openings, and what is missing from them."""
    count = len(reading.entries)
    parts = [f"{count} opening{'' if count == 1 else 's'}"]
    if undated := sum(entry.published is None for entry in reading.entries):
        parts.append(f"{undated} without a date")
    if reading.unreadable:
        parts.append(f"{reading.unreadable} without title or link left out")
    if reading.left_out:
        parts.append(f"{reading.left_out} over the limit left out")
    return ", ".join(parts) + "."


def table(reading: Reading) -> Table:
    """The openings as a table; text of strangers is never taken for rich's own markup."""
    shown = Table()
    for name in ("Title", "Company", "Place (their claim)", "Pay (their claim)", "Date", "Link"):
        shown.add_column(name, overflow="fold")
    for entry in reading.entries:
        date = f"{entry.published:%Y-%m-%d}" if entry.published else ""
        cells = (entry.title, entry.company, entry.place_claim, entry.pay_claim, date, entry.url)
        shown.add_row(*(Text(cell) for cell in cells))
    return shown


def as_object(entry: Entry) -> dict[str, object]:
    """An entry as plain JSON values under the names of `bot.ports.Entry`; times in ISO 8601."""
    plain = dataclasses.asdict(entry)
    for name in ("published", "expires"):
        plain[name] = plain[name].isoformat() if plain[name] else None
    return plain


def _body(path: Path, max_bytes: int) -> bytes | Trouble:
    try:
        with path.open("rb") as file:
            body = file.read(max_bytes + 1)
    except OSError as error:
        return Trouble("no_file", f"cannot be opened ({error.strerror}). Check the path.")
    if len(body) > max_bytes:
        return Trouble("too_big", f"The file is larger than {max_bytes / 1e6:g} MB.")
    return body


def _fail(text: str) -> NoReturn:
    Console(stderr=True, soft_wrap=True).print(Text(text))
    raise typer.Exit(1)
