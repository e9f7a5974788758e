"""What a quiet quarter of an hour costs the boards: nothing but one short question a feed and due time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import yaml
from sqlalchemy import Engine, event

from benchmarks.parts import Tell, bot_in, folder_with, follow
from benchmarks.tables import Outcome, Row, Target
from bot.cli.wiring import Bot
from bot.jobs.flow.feeds import read_feeds
from sandbox import Sandbox
from sandbox.boards import Boards
from sandbox.boards.server import Request

FEEDS, CHANNELS = 100, 20
POLL = timedelta(minutes=5)
WINDOW, STEP = timedelta(seconds=330), timedelta(seconds=5)
BOARD = "remoteco"  # a plain RSS feed of 20 items


async def measure(tell: Tell) -> Outcome:
    """First readings are over before the window opens; then feeds are looked at each 5 s of the sandbox's clock."""
    async with Sandbox(spec=None) as sandbox, Boards(sandbox.clock.now) as boards:
        with folder_with(_book(boards)) as folder:
            async with bot_in(folder, sandbox, boards.address) as bot:
                tell(f"ours reads {FEEDS} feeds for the first time")
                await follow(bot, sandbox, [""] * CHANNELS)
                await _walk(bot, sandbox, timedelta(seconds=25))
                first = len(boards.requests(BOARD))
                tell(f"{WINDOW.total_seconds():.0f} s without news")
                with _units_of_work() as written:
                    await _walk(bot, sandbox, WINDOW)
        asked = boards.requests(BOARD)[first:]
        size = len(boards.body(BOARD))
    return _outcome(asked, first, size, len(written))


def _book(boards: Boards) -> str:
    """A hundred feeds: one invented board under a hundred addresses, read every five minutes sharp."""
    feeds = [
        {"id": f"feed-{n}", "name": f"Board {n}", "url": f"{boards.url(BOARD)}?copy={n}"}
        for n in range(FEEDS)
    ]
    minutes = int(POLL.total_seconds() // 60)
    defaults = {"poll_minutes": minutes, "jitter_pct": 0}
    return yaml.safe_dump({"version": 1, "defaults": defaults, "feeds": feeds}, sort_keys=False)


async def _walk(bot: Bot, sandbox: Sandbox, span: timedelta) -> None:
    """Time passes in steps, each with one beat of the duty that reads; what would be said is not measured here."""
    for _ in range(span // STEP):
        sandbox.clock.move(STEP)
        await read_feeds(bot.app, sandbox.clock.now())


@contextmanager
def _units_of_work() -> Iterator[list[str]]:
    """A list that grows with each transaction that writes, whoever opened it."""
    begun: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement == "BEGIN IMMEDIATE":
            begun.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield begun
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _outcome(asked: list[Request], first: int, size: int, written: int) -> Outcome:
    bodies = [request for request in asked if request.status == 200]
    times = Counter(request.path for request in asked)
    due, beats = FEEDS * (WINDOW // POLL), WINDOW // STEP
    wrong = sum(1 for n in range(FEEDS) if times[f"/{BOARD}?copy={n}"] != WINDOW // POLL)
    return Outcome(
        title=f"{WINDOW.total_seconds():.0f} s of {FEEDS} unchanged feeds, heard in {CHANNELS} channels",
        setup=f"Seconds of the sandbox's clock, walked in steps of {STEP.total_seconds():.0f} s. Each feed is due "
        f"every {POLL.total_seconds() / 60:.0f} minutes and has {size / 1000:.0f} KB; the {first} first readings "
        "were before. The peers' figures were measured on the same task in another session, not in this run.",
        columns=("requests", "bodies again", "bytes of bodies", "transactions"),
        rows=[
            Row(
                "Outpost",
                (
                    f"{len(asked):,}",
                    f"{len(bodies):,}",
                    f"{sum(request.size for request in asked):,}",
                    str(written),
                ),
            ),
            Row(
                "one request a feed and due time, one transaction a beat",
                (f"{due:,}", "0", "0", str(beats)),
                "limit",
            ),
            Row("Red 3.5.24 + aikaterna's RSS", ("127", "127", "2,140,000", ""), "published"),
            Row("CordFeeder", ("98", "92", "1,550,000", ""), "published"),
            Row("discord_feedbot 4.3.0", ("105", "0", "0", ""), "published"),
        ],
        targets=[
            Target("bodies downloaded again", len(bodies), 0),
            Target("feeds not asked exactly once a due time", wrong, 0),
            Target("transactions", written, beats),
        ],
    )
