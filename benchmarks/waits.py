"""What somebody waits for when there is plenty: a search, the market and its picture, a digest of hundreds."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from benchmarks.parts import NO_FEEDS, Tell, bot_in, folder_with, follow, moderator
from benchmarks.plenty import Plenty, fill
from benchmarks.stall import MOST_MS, Ticker
from benchmarks.tables import Outcome, Row, Target, percentile
from bot.cli.wiring import Bot
from bot.jobs import store
from bot.jobs.flow import digests, search
from bot.jobs.flow.market import market
from bot.jobs.market import chapters
from bot.jobs.store.waiting import Waits
from bot.people.members import Key
from sandbox import Sandbox

OPENINGS = 20_000
WAITING, DIGESTS = 500, 5
ROUNDS = 3  # of all but the searches: those are many
PATIENCE_S = (
    10.0  # after so long people turn to something else (Nielsen, Usability Engineering, 1993, chapter 5)
)

# What people type: words, words and a field, fields alone, OR and NOT; and what finds nothing, or everything.
SEARCHES = (
    "python",
    "react OR typescript",
    '"product designer"',
    "terraform aws",
    "python open-to:PT",
    "engineer pay>=90k USD",
    "designer level:senior",
    "support open-to:US",
    "open-to:DE level:senior",
    "skill:python pay>=60k EUR",
    "(python OR sql) NOT senior",
    "engineer -senior",
    "engineer NOT (php OR laravel) open-to:US",
    'company:"Hollowfen"',
    "falconer AND python",
    "",
)


@dataclass
class Wait:
    """One thing that is waited for: its seconds, and how late the loop ran meanwhile."""

    name: str
    seconds: list[float] = field(default_factory=list)
    ticker: Ticker = field(default_factory=Ticker)

    async def take(self, work: Awaitable[Any]) -> Any:
        """Do it and note how long it took."""
        async with self.ticker.watching():
            began = time.perf_counter()
            done = await work
            self.seconds.append(time.perf_counter() - began)
        return done

    def row(self) -> Row:
        cells = f"{percentile(self.seconds, 50):.2f}", f"{percentile(self.seconds, 95):.2f}"
        return Row(self.name, (*cells, f"{1000 * max(self.ticker.late):.1f}"))


async def measure(tell: Tell) -> Outcome:
    """All of it in one bot with one database; nobody else asks meanwhile."""
    with folder_with(NO_FEEDS) as folder:
        async with Sandbox(spec=None) as sandbox, bot_in(folder, sandbox, ("127.0.0.1", 1)) as bot:
            tell(f"invents {OPENINGS:,} openings")
            now = sandbox.clock.now()
            await fill(bot.app.store, Plenty(20261121).openings(OPENINGS, now), now)
            waits = [
                await _searches(bot, sandbox, tell),
                *await _markets(bot, sandbox, tell),
                await _digests(bot, sandbox, tell),
            ]
            plain = await _plain(bot)
    return _outcome(waits, plain)


async def _searches(bot: Bot, sandbox: Sandbox, tell: Tell) -> Wait:
    wait, mo = Wait(f"/jobs search, {len(SEARCHES)} filters"), moderator(sandbox)
    for number, text in enumerate(SEARCHES):
        tell(f"searches for {text or 'everything'}, {number + 1} of {len(SEARCHES)}")
        found = await wait.take(search.search(bot.app, mo, text, sandbox.clock.now()))
        if found.of != OPENINGS or (found.total == 0) != ("falconer" in text):
            raise RuntimeError(f"“{text}” found {found.total} of {found.of}")
    return wait


async def _markets(bot: Bot, sandbox: Sandbox, tell: Tell) -> Sequence[Wait]:
    """The first picture begins a worker, so it is there for itself."""
    names = f"/jobs market of all {OPENINGS:,}", "/jobs market of “python”", "… its picture alone"
    whole, some, drawn = map(Wait, names)
    key = Key(sandbox.guild.id, sandbox.member("ana").user.id)
    for number in range(ROUNDS):
        tell(f"the market, round {number + 1} of {ROUNDS}")
        for wait, text in ((whole, ""), (some, "python")):
            seen = await wait.take(market(bot.app, key, text, sandbox.clock.now()))
            if seen.picture is None:
                raise RuntimeError("the market was not drawn")
        rows = [
            (name, [(bar.name, bar.value, bar.share, bar.strong) for bar in bars])
            for name, bars in chapters(seen.market)
        ]
        await drawn.take(bot.app.workers.call("bot.jobs.pictures:market", "What", "is asked", rows))
    return whole, some, drawn


async def _digests(bot: Bot, sandbox: Sandbox, tell: Tell) -> Wait:
    """Channels whose digest falls due one after the other, each with hundreds of openings that wait."""
    wait = Wait(f"a digest of {WAITING} that wait")
    tell(f"{DIGESTS} digests of {WAITING}")
    now = sandbox.clock.now()
    for number, subscription in enumerate(await follow(bot, sandbox, ["python", "sql", "css", "php", "aws"])):
        since = now - timedelta(days=2)
        ids = range(1 + number * WAITING, 1 + (number + 1) * WAITING)
        rows = [Waits(subscription, one, sandbox.guild.id, since, "cap") for one in ids]
        async with bot.app.store.begin() as tx:
            await store.waiting.add(tx, rows)
        said = await wait.take(digests.say_digests(bot.app, now))
        if said != 1:
            raise RuntimeError(f"{said} digests were said")
    return wait


async def _plain(bot: Bot) -> Row:
    """SQLite alone: how many texts have one word in them. It knows no openness, no pay, nobody's wishes."""
    wait = Wait("SQLite's own LIKE '%python%' on the same texts")

    async def like() -> None:
        async with bot.app.store.read() as tx:
            await tx.exec_driver_sql("SELECT count(*) FROM opening WHERE text LIKE '%python%'")

    for _ in range(ROUNDS):
        await wait.take(like())
    return wait.row()


def _outcome(waits: Sequence[Wait], plain: Row) -> Outcome:
    searches, *others = waits
    worst = max(max(wait.ticker.late) for wait in waits) * 1000
    return Outcome(
        title=f"What somebody waits for, with {OPENINGS:,} openings of a month",
        setup="Invented openings of 3,000 characters in SQLite; nothing is kept in memory between two questions. "
        "Searches are words, fields, OR and NOT, one that finds all, and one that finds nothing, which is tried "
        "again without each of its parts. The market counts what is asked for and draws it in a worker. All but "
        f"searches {ROUNDS} times or more; beside them how late a task ran that wants to run every millisecond.",
        columns=("p50, s", "p95, s", "longest stall, ms"),
        rows=[
            *(wait.row() for wait in waits),
            plain,
            Row("a person's attention, the loop's", ("", f"{PATIENCE_S:.0f}", f"{MOST_MS:.0f}"), "limit"),
        ],
        targets=[
            Target("p95 of a search in s", percentile(searches.seconds, 95), PATIENCE_S),
            Target("p95 of anything else in s", max(percentile(o.seconds, 95) for o in others), PATIENCE_S),
            Target("longest stall in ms", worst, MOST_MS),
        ],
    )
