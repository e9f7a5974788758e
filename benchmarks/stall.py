"""How long the event loop stands still while a large feed is read."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import re
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import feedparser
import yaml

from benchmarks.parts import NO_FEEDS, Tell, bot_in, folder_with, follow
from benchmarks.tables import Outcome, Row, Target
from bot.cli.wiring import Bot
from bot.jobs.flow.feeds import read_feeds
from bot.jobs.reading.fetch import Fetcher
from bot.jobs.reading.reader import Reader
from bot.ports import FeedSpec, Reading, Validators
from bot.workers import Pool
from sandbox import Sandbox
from sandbox.boards import Boards

MEGABYTES = 2.0
ROUNDS = 10
TICK_S = 0.001
MOST_MS = 50.0
ITEMS, NEWS, CHANNELS = 1_000, 200, 20
KEPT_ROUNDS = 3
BOARD = "remoteco"  # a plain RSS feed that lists everything it has


@dataclass
class Ticker:
    """A task that wants to run every millisecond; `late` is by how much it could not, in seconds."""

    late: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        gc.collect()  # else it is paid here for what the one before has left
        self.late.append(0.0)
        task = asyncio.create_task(self._tick())
        await asyncio.sleep(0)
        try:
            yield
            await asyncio.sleep(2 * TICK_S)  # a stall that ends with the work is seen by the next tick
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _tick(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(TICK_S)
            self.late[-1] = max(self.late[-1], time.perf_counter() - before - TICK_S)


async def measure(tell: Tell) -> Outcome:
    """Ours, feedparser in the loop, and the loop with nothing to do, in turns on the same body."""
    body, items = _body()
    ours, theirs, nothing = Ticker(), Ticker(), Ticker()
    with folder_with(NO_FEEDS) as folder:
        (folder / "feed.xml").write_bytes(body)
        async with _served(folder) as address, _reader(address) as read, aiohttp.ClientSession() as session:
            url = f"http://{address[0]}:{address[1]}/feed.xml"

            async def in_the_loop() -> int:
                async with session.get(url) as response:
                    return len(feedparser.parse(await response.read()).entries)

            for number in range(ROUNDS):
                tell(f"a feed of {len(body) / 1e6:.1f} MB, round {number + 1} of {ROUNDS}")
                for ticker, work in ((ours, read), (theirs, in_the_loop)):
                    async with ticker.watching():
                        found = await work()
                    if found != items:
                        raise RuntimeError(f"{found} of {items} items were read")
                async with nothing.watching():
                    await asyncio.sleep(0.5)
    worst = max(ours.late) * 1000
    return Outcome(
        title=f"Longest stall of the event loop, a feed of {len(body) / 1e6:.1f} MB and {items:,} items",
        setup=f"A task that ticks every millisecond while the feed is fetched and read, {ROUNDS} times each, in "
        "turns. Ours is the reader with its worker process; beside it feedparser 6 in the loop on the same body, "
        "and a loop with nothing to do, which is the machine's own noise.",
        columns=("worst, ms", "median round, ms"),
        rows=[
            _row("Outpost, read in a worker", ours),
            _row("feedparser in the loop", theirs),
            _row("nothing to do", nothing),
            Row("a bot that parses 3.3 MB in the loop (Red, CordFeeder)", ("~700", ""), "published"),
        ],
        targets=[Target("longest stall in ms", worst, MOST_MS)],
    )


async def measure_keeping(tell: Tell) -> Outcome:
    """A board of a thousand openings through the whole flow: read, identified, kept, heard in twenty channels."""
    tickers, nothing = {"first": Ticker(), "again": Ticker(), "news": Ticker()}, Ticker()
    for number in range(KEPT_ROUNDS):
        tell(f"{ITEMS:,} openings are kept, round {number + 1} of {KEPT_ROUNDS}")
        told = await _kept_round(tickers)
        if told != NEWS:
            raise RuntimeError(f"{told} of {NEWS} new openings were promised to each channel")
        async with nothing.watching():
            await asyncio.sleep(0.5)
    worst = max(max(ticker.late) for ticker in tickers.values()) * 1000
    return Outcome(
        title=f"Longest stall of the event loop, {ITEMS:,} openings of one feed kept and told",
        setup="The same task ticks while one beat reads the feed, knows its openings again, keeps them in SQLite "
        f"and promises cards to {CHANNELS} channels; {KEPT_ROUNDS} databases.",
        columns=("worst, ms", "median round, ms"),
        rows=[
            _row(f"first reading: {ITEMS:,} openings to remember", tickers["first"]),
            _row("a reading that brings one more: all others known", tickers["again"]),
            _row(f"a reading that brings {NEWS} more, each told {CHANNELS} times", tickers["news"]),
            _row("nothing to do", nothing),
        ],
        targets=[Target("longest stall in ms", worst, MOST_MS)],
    )


async def _kept_round(tickers: Mapping[str, Ticker]) -> int:
    """Three readings into a new database; gives how many of the last one's openings each channel was promised."""
    with folder_with(NO_FEEDS) as folder:
        async with Sandbox(spec=None) as sandbox, _served(folder) as (host, port):
            boards = Boards(sandbox.clock.now)
            feed = {"id": "bench", "name": "Bench", "url": f"http://{host}:{port}/feed.xml", "jitter_pct": 0}
            caps = {"max_new_per_poll": 1_000, "max_per_company_per_day": 1_000}
            book = yaml.safe_dump({"version": 1, "feeds": [feed | caps]})
            (folder / "feeds.yaml").write_text(book, "utf-8")
            async with bot_in(folder, sandbox, (host, port)) as bot:
                await follow(bot, sandbox, [""] * CHANNELS)
                more = {"first": ITEMS - len(boards.postings(BOARD)), "again": 1, "news": NEWS}
                for name, ticker in tickers.items():
                    boards.publish(BOARD, more[name])
                    (folder / "feed.xml").write_bytes(boards.body(BOARD))
                    sandbox.clock.move(timedelta(hours=6))
                    before = await _promised(bot)
                    async with ticker.watching():
                        await read_feeds(bot.app, sandbox.clock.now())
                return (await _promised(bot) - before) // CHANNELS


async def _promised(bot: Bot) -> int:
    """How many cards are promised."""
    async with bot.app.store.read() as tx:
        counted = await tx.exec_driver_sql("SELECT count(*) FROM delivery WHERE kind = 'opening'")
        return int(counted.scalar_one())


def _row(who: str, ticker: Ticker) -> Row:
    ordered = sorted(ticker.late)
    return Row(who, (f"{ordered[-1] * 1000:.1f}", f"{ordered[len(ordered) // 2] * 1000:.1f}"))


def _body() -> tuple[bytes, int]:
    """An invented feed of the wanted size, and how many items it has."""
    boards = Boards(lambda: datetime(2026, 9, 7, 9, tzinfo=UTC))
    while len(boards.body(BOARD)) < MEGABYTES * 1e6:
        boards.publish(BOARD, 100)
    return boards.body(BOARD), len(boards.postings(BOARD))


@asynccontextmanager
async def _reader(address: tuple[str, int]) -> AsyncIterator[Callable[[], Awaitable[int]]]:
    """A function that reads the feed once, as the bot does, and gives how many entries it found."""
    feed = FeedSpec("bench", "Bench", f"http://{address[0]}:{address[1]}/feed.xml")
    workers, fetcher = Pool(), Fetcher(allow=frozenset({address}))
    reader = Reader((feed,), fetcher, workers)

    async def read() -> int:
        found = await reader.read(feed, Validators(), datetime(2026, 9, 7, 9, tzinfo=UTC))
        if not isinstance(found, Reading):
            raise RuntimeError(f"the feed could not be read: {found}")
        return len(found.entries)

    try:
        yield read
    finally:
        await fetcher.close()
        await workers.close()


@asynccontextmanager
async def _served(folder: Path) -> AsyncIterator[tuple[str, int]]:
    """The folder over HTTP, by a process of its own: serving must not stall the loop that is watched."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory", str(folder)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        if process.stdout is None:
            raise TypeError("started with a pipe")
        said = (await process.stdout.readline()).decode()
        port = re.search(r"port (\d+)", said)
        if port is None:
            raise RuntimeError(f"http.server said: {said}")
        yield "127.0.0.1", int(port[1])
    finally:
        process.terminate()
        await process.wait()
