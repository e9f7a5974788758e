"""A year of check-ins through the flows; and what the minute's duties cost when a million weeks are kept."""

from __future__ import annotations

import asyncio
import gc
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select, text

from benchmarks.parts import Tell, one_processor
from benchmarks.tables import Outcome, Row, Target
from benchmarks.village import CHANNEL, DAY, MONDAY, Village, village
from bot.checkins.flow import pausing, saying, thanks
from bot.checkins.messages import CARD, DIGEST, OPENER
from bot.checkins.plan import Typed
from bot.checkins.values import Circle, Group
from bot.jobs.flow import retention
from bot.people.members import Key
from bot.storage.tables import cycle, member_week

GROUPS, MEMBERS, WEEKS = 50, 1_000, 52
LIMIT_S = 60
BARE = 2_000  # transactions with three statements each, to compare with
SEED = 20261121

ZONES = (  # noqa: SIM905
    "Pacific/Honolulu America/Los_Angeles America/Denver America/Chicago America/New_York America/Sao_Paulo "
    "Atlantic/Azores Europe/Lisbon Europe/London Europe/Berlin Europe/Kyiv Africa/Lagos Africa/Cairo "
    "Africa/Nairobi Asia/Dubai Asia/Karachi Asia/Kolkata Asia/Kathmandu Asia/Bangkok Asia/Manila Asia/Tokyo "
    "Australia/Adelaide Australia/Sydney Pacific/Auckland"
).split()

HOMES = ("Asia/Kolkata", "Europe/Lisbon", "America/New_York")  # the zones of groups

# Days after a week's Monday, in UTC, when check-ins come, and how many of a hundred do then. The first come when
# every group has opened, the fourth before it is due anywhere, the last when it is late everywhere and over nowhere.
ARRIVALS = ((5.0, 22), (5.5, 22), (6.0, 22), (6.4, 24), (8.4, 10))
CHECK_IN, IN_GROUP = 75, 70  # of a hundred members; the others' are for themselves alone
THANKS, PAUSES, OFF = 10, 5, 4  # each week; the last: how many weeks a pause takes off

PARTS = {
    "check-ins": "check-ins taken, many in one transaction",
    "weeks": "weeks opened, digests told and changed, weeks settled",
    "said": "openers, cards and digests sent",
    "places": "threads opened for the cards",
    "thanks": "thanks, each in its own transaction",
    "pauses": "pauses, each in its own transaction",
    "duties": "the other duties: alive, pods, reminders, closed channels, forgetting",
}

T = TypeVar("T")


@dataclass(slots=True)
class Timed(Village):
    """A village that knows how long each part took, in seconds."""

    spent: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    async def timed(self, name: str, doing: Awaitable[T]) -> T:
        began = time.perf_counter()
        try:
            return await doing
        finally:
            self.spent[name] += time.perf_counter() - began


@dataclass(frozen=True, slots=True)
class Member:
    """circle: who sees their check-ins."""

    key: Key
    group: Group
    circle: Circle


@dataclass(slots=True)
class Year:
    """The same for the same seed. off: member → the last week that they take off."""

    it: Timed
    dice: random.Random
    people: list[Member] = field(default_factory=list)
    off: dict[Key, int] = field(default_factory=dict)
    said: Counter[Circle] = field(default_factory=Counter)
    thanked: int = 0

    async def begin(self) -> None:
        """Fifty groups with twenty members each, who live wherever they live."""
        for number in range(GROUPS):
            name, zone = f"Group {number}", HOMES[number % len(HOMES)]
            group = await self.it.group(name=name, zone=zone, channel_id=CHANNEL + number, starters=True)
            for place in range(MEMBERS // GROUPS):
                user_id = 1_000 + number * 100 + place
                key = await self.it.join(group, user_id, self.dice.choice(ZONES))
                circle: Circle = "group" if self.dice.randrange(100) < IN_GROUP else "me"
                self.people.append(Member(key, group, circle))

    async def week(self, number: int) -> None:
        """From its Thursday to the Wednesday on which the one before is settled."""
        monday = MONDAY.replace(hour=0) + 7 * number * DAY
        await self.it.until(monday + 3 * DAY)
        await self._pauses(number)
        await self.it.until(monday + ARRIVALS[0][0] * DAY)
        coming = self._coming(number)
        open_now = await self._open(monday.date())
        for (days, _), arriving in zip(ARRIVALS, coming, strict=True):
            await self.it.until(monday + days * DAY)
            cards = await self.it.timed("check-ins", self._submit(arriving, open_now))
            await self.it.beat()
            await self.it.timed("thanks", self._thank(cards))
        await self.it.timed("duties", retention.forget(self.it.app, self.it.clock()))

    async def end(self) -> None:
        """The last week is settled."""
        await self.it.until(MONDAY + (7 * (WEEKS - 1) + 10) * DAY)

    def _coming(self, number: int) -> list[list[Member]]:
        """Who checks in, by when they do."""
        shares = [share for _, share in ARRIVALS]
        coming: list[list[Member]] = [[] for _ in ARRIVALS]
        for one in self.people:
            if self.off.get(one.key, -1) < number and self.dice.randrange(100) < CHECK_IN:
                self.dice.choices(coming, shares)[0].append(one)
        return coming

    async def _pauses(self, number: int) -> None:
        here = [one for one in self.people if self.off.get(one.key, -1) < number]
        for one in self.dice.sample(here, PAUSES):
            pausing_now = pausing.pause(self.it.app, one.key, one.group.id, OFF, self.it.clock())
            await self.it.timed("pauses", pausing_now)
            self.off[one.key] = number + OFF - 1

    async def _open(self, week: date) -> dict[int, int]:
        """Group → its cycle of that week."""
        asked = select(cycle.c.group_id, cycle.c.id).where(cycle.c.week == week.isoformat())
        return {group_id: number for group_id, number in await self.it.rows(asked)}

    async def _submit(self, arriving: Sequence[Member], open_now: dict[int, int]) -> list[tuple[Member, int]]:
        """All of them press at once; gives the cards that others see, with their authors."""
        now = self.it.clock()
        answers = await asyncio.gather(
            *(
                saying.submit(
                    self.it.app, one.key, open_now[one.group.id], self._typed(), one.circle, now, now, now
                )
                for one in arriving
            )
        )
        self.said.update(one.circle for one in arriving)
        pairs = zip(arriving, answers, strict=True)
        return [(one, mine.week.id) for one, mine in pairs if one.circle == "group" and mine.week]

    def _typed(self) -> Typed:
        """Two goals, the first of the last week's done, a few lines on what was learned."""
        number = self.dice.randrange(1_000)
        return Typed(
            done=(0,),
            learned=f"Short notes to people I know work best; {number} of them is too many for one week.",
            goals_text=f"Tailor application {number}\nAsk two people about their teams",
            if_then="If it is Tuesday at 9 and I sit at my desk, then I write one letter",
            going="steady",
        )

    async def _thank(self, cards: Sequence[tuple[Member, int]]) -> None:
        for author, week_id in self.dice.sample(cards, min(THANKS // len(ARRIVALS), len(cards))):
            others = [one for one in self.people if one.group == author.group and one != author]
            giver = self.dice.choice(others).key
            self.thanked += await thanks.thank(self.it.app, giver, week_id, self.it.clock())


async def measure(tell: Tell) -> Outcome:
    """A year, and then as many bare transactions as there is time for."""
    with one_processor():
        return await _year(tell)


async def _year(tell: Tell) -> Outcome:
    async with village(Timed) as it:
        year = Year(it, random.Random(SEED))
        tell(f"{MEMBERS:,} members join {GROUPS} groups")
        began = time.perf_counter()
        await year.begin()
        joining_s = time.perf_counter() - began
        it.spent.clear()
        began, busy = time.perf_counter(), time.process_time()
        for number in range(WEEKS):
            tell(f"week {number + 1} of {WEEKS}, {time.perf_counter() - began:.0f} s so far")
            await year.week(number)
            gc.freeze()  # what that Discord remembers is no burden of the bot's
        await year.end()
        gc.unfreeze()
        seconds, busy = time.perf_counter() - began, time.process_time() - busy
        states = await _checked(it, year)
        parts = sorted(it.spent.items(), key=lambda part: -part[1])
        flows = sum(it.spent.values())
        bare_s = await _bare(it)
    found = ", ".join(f"{number:,} {state.replace('_', ' ')}" for state, number in sorted(states.items()))
    return Outcome(
        title=f"A year of check-ins: {MEMBERS * WEEKS:,} weeks of members",
        setup=f"{MEMBERS:,} members of {len(ZONES)} zones in {GROUPS} groups of {len(HOMES)}, {WEEKS} weeks, "
        "SQLite with synchronous FULL, one processor, a Discord that answers at once. The clock is walked from due "
        f"moment to due moment, with every duty at each. {CHECK_IN} of 100 check in, a tenth of them late, "
        f"{IN_GROUP} of 100 for all to see; {year.thanked:,} thanks, {PAUSES} pauses of {OFF} weeks each week. The "
        f"weeks became {found}. Every opener, card and digest stands in Discord exactly once. Beside it bare "
        f"transactions that read, write and read a row: {BARE:,} of them, reckoned up. That the members joined "
        f"before took {joining_s:.0f} s.",
        columns=("seconds", "ms a member week", "% of the year"),
        rows=[
            *(_row(f"… {PARTS[name]}", spent, seconds) for name, spent in parts),
            _row("all flows together", flows, seconds),
            _row("with the clock that is walked: when is something due next?", seconds, seconds),
            _row("the same, of the processor, two threads", busy, seconds),
            _row("as many bare transactions, reckoned", bare_s * MEMBERS * WEEKS, seconds),
            Row(
                "what a year may take", (str(LIMIT_S), f"{1000 * LIMIT_S / MEMBERS / WEEKS:.2f}", ""), "limit"
            ),
        ],
        targets=[Target("seconds of the flows for a year of check-ins", flows, LIMIT_S)],
    )


def _row(who: str, seconds: float, year: float) -> Row:
    each = 1000 * seconds / MEMBERS / WEEKS
    return Row(who, (f"{seconds:.1f}", f"{each:.2f}", f"{100 * seconds / year:.0f}"))


async def _checked(it: Timed, year: Year) -> dict[str, int]:
    """State → how many weeks ended so. Raises when anything is missing, double, or not settled."""
    asked = select(member_week.c.state, func.count()).where(member_week.c.week < _after_last())
    states = {state: number for state, number in await it.rows(asked.group_by(member_week.c.state))}
    expected = {
        "member weeks": (sum(states.values()), MEMBERS * WEEKS),
        "weeks that wait": (states.get("pending", 0), 0),
        "openers": (len(it.discord.said(OPENER)), GROUPS * WEEKS),
        "digests": (len(it.discord.said(DIGEST)), GROUPS * WEEKS),
        "cards": (len(it.discord.said(CARD)), year.said["group"]),
    }
    if wrong := [
        f"{what}: {found}, not {right}" for what, (found, right) in expected.items() if found != right
    ]:
        raise RuntimeError("; ".join(wrong))
    return states


def _after_last() -> str:
    return (MONDAY + 7 * WEEKS * DAY).date().isoformat()


async def _bare(it: Timed) -> float:
    """Seconds for one transaction with three statements: a row read, changed, and another one asked for."""
    one = text("SELECT state FROM member_week WHERE id = :id")
    other = text("UPDATE member_week SET learned = :words WHERE id = :id")
    began = time.perf_counter()
    for number in range(1, BARE + 1):
        async with it.app.store.begin() as tx:
            await tx.execute(one, {"id": number})
            await tx.execute(other, {"id": number, "words": f"Word {number}"})
            await tx.execute(one, {"id": number + 1})
    return (time.perf_counter() - began) / BARE
