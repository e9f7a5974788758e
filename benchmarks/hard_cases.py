"""The ten hard cases of check-ins, replayed through the flows, beside what others' programs were found to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from benchmarks.parts import Tell
from benchmarks.tables import Outcome, Row, Target
from benchmarks.village import DAY, MO, MONDAY, Village, village
from bot.checkins import week as rules
from bot.checkins.flow import groups, joining, saying
from bot.checkins.messages import CARD, DIGEST, OPENER, REMINDER
from bot.checkins.plan import Typed
from bot.checkins.streak import fold
from bot.checkins.values import Group, WeekState
from bot.people.flow import members
from bot.people.members import Key
from bot.storage.tables import cycle, member_week

LISBON, HONOLULU, AUCKLAND, LOS_ANGELES, KOLKATA = (
    "Europe/Lisbon",
    "Pacific/Honolulu",
    "Pacific/Auckland",
    "America/Los_Angeles",
    "Asia/Kolkata",
)
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_WEDNESDAY = (day * DAY for day in (4, 5, 6, 7, 9))
WEEK = timedelta(days=7)
SPRING = datetime(
    2027, 3, 15, 9, tzinfo=UTC
)  # clocks change on the 28th in Lisbon and on April 4th in Auckland


@dataclass(frozen=True, slots=True)
class Found:
    """What happened in one case. holds: is it as it should be?"""

    holds: bool
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """number, what: of research/checkins.md, section 0. others: program → what it was found to do."""

    number: str
    what: str
    replay: Callable[[Village], Awaitable[Found]]
    others: Mapping[str, str]


class Person:
    """Somebody in a group, with what they press."""

    def __init__(self, it: Village, group: Group, key: Key) -> None:
        self.it, self.group, self.key = it, group, key

    async def say(self) -> str:
        """Check in in the newest week that is open; gives what it counts as."""
        it, now = self.it, self.it.clock()
        number = (await self.weeks())[-1].cycle_id
        typed = Typed(learned="Short notes work.", goals_text="Two letters")
        mine = await saying.submit(it.app, self.key, number, typed, "group", now, now, now)
        await it.beat()
        return mine.week.state if mine.week else ""

    async def weeks(self) -> list[Any]:
        c = member_week.c
        mine = select(c.cycle_id, c.state, c.week, c.due_at).where(c.user_id == self.key.user_id)
        return await self.it.rows(mine.order_by(c.week))

    async def states(self) -> list[WeekState]:
        return [one.state for one in await self.weeks()]

    async def be_reminded(self, day: int, minute: int) -> None:
        """They let the bot write to them, and choose when."""
        now = self.it.clock()
        await members.change(self.it.app, self.key, now, quiet=(0, 0))
        await members.consent(self.it.app, self.key, now)
        await joining.settings(
            self.it.app, self.key, self.group.id, now, remind_day=day, remind_minute=minute
        )

    def reminded(self, zone: str) -> list[str]:
        """When reminders reached them, on their clock."""
        heard = [one.at for one in self.it.discord.channels[self.key.user_id] if one.kind == REMINDER]
        return [f"{at.astimezone(ZoneInfo(zone)):%A %H:%M}" for at in heard]


async def person(it: Village, group: Group, zone: str, user_id: int = 101) -> Person:
    return Person(it, group, await it.join(group, user_id, zone))


# -- whose clock -----------------------------------------------------------------------------------


async def far_west(it: Village) -> Found:
    """A group in Kolkata, a member in Los Angeles, who checks in on Sunday at 23:30 of their own."""
    ana = await person(it, await it.group(zone=KOLKATA), LOS_ANGELES)
    await it.until(rules.local(MONDAY.date(), 6, 23 * 60 + 30, LOS_ANGELES))
    opened = rules.local(MONDAY.date(), 4, 540, KOLKATA)
    window = (await ana.weeks())[-1].due_at - opened
    state = await ana.say()
    hours = window / timedelta(hours=1)
    return Found(
        state == "on_time", f"Sunday 23:30 in Los Angeles is {_plain(state)}; the window was {hours:.0f} h"
    )


async def far_east(it: Village) -> Found:
    """A group in Honolulu, a member in Auckland, who asked to be reminded on Sunday at 9:30."""
    ana = await person(it, await it.group(zone=HONOLULU), AUCKLAND)
    await ana.be_reminded(6, 9 * 60 + 30)
    await it.until(MONDAY + NEXT_MONDAY)
    heard = ana.reminded(AUCKLAND)
    return Found(heard == ["Sunday 09:30"], f"reminded {', '.join(heard) or 'never'} in Auckland")


async def clocks_change(it: Village) -> Found:
    """Reminded Sundays at 18:00 over four weeks in which one's clock goes forward and the other's goes back."""
    it.clock.now = SPRING
    group = await it.group()
    here, there = await person(it, group, LISBON), await person(it, group, AUCKLAND, 102)
    for one in (here, there):
        await one.be_reminded(6, 18 * 60)
    await it.until(SPRING + 4 * WEEK)
    heard = [*here.reminded(LISBON), *there.reminded(AUCKLAND)]
    holds = heard == ["Sunday 18:00"] * 8
    return Found(
        holds, f"{len(heard)} reminders in Lisbon and Auckland, each at {' or '.join(sorted(set(heard)))}"
    )


# -- when something fails --------------------------------------------------------------------------


async def failed_sends(it: Village) -> Found:
    """Discord answers three times with 503 as the digest is said; the second of them arrived all the same."""
    ana = await person(it, await it.group(), LISBON)
    await it.until(MONDAY + SATURDAY)
    await ana.say()
    it.discord.failing = 3
    await it.until(MONDAY + NEXT_WEDNESDAY)
    stand = len(it.discord.said(DIGEST))
    return Found(
        stand == 1 and it.discord.failed == 3,
        f"{it.discord.failed} failures, then the digest stands {_times(stand)}",
    )


async def bot_down(it: Village) -> Found:
    """Away from an hour before the reminder till a day after FINAL, over reminder, due, digest and the end."""
    ana = await person(it, await it.group(), LISBON)
    await ana.be_reminded(5, 600)
    await it.until(MONDAY + FRIDAY + DAY / 2)
    await it.down_until(MONDAY + NEXT_WEDNESDAY + DAY)
    back = it.clock()
    state = await ana.say()
    await it.until(back + 9 * DAY)
    states = await ana.states()
    first = [one.value for one in it.discord.said(DIGEST) if '"2026-11-16"' in one.value]
    late = [one for one in ana.reminded(LISBON) if "Saturday" not in one]
    holds = states[0] == state and state in ("on_time", "late") and len(first) == 1 and not late
    words = (
        f"a check-in after {_hours(back - MONDAY - FRIDAY - DAY / 2)} away still counts as {_plain(state)}"
    )
    return Found(holds, f"{words}; one digest, {len(late)} belated reminders")


async def outage(it: Village) -> Found:
    """No freeze is left. Away for 30 hours on the last day of one week, and for 80 hours at the end of the next."""
    ana = await person(it, await it.group(), LISBON)
    await it.until(MONDAY + SATURDAY)
    await ana.say()
    await it.until(MONDAY + 2 * WEEK + SUNDAY)  # the second week took the freeze
    await it.down_until(it.clock() + timedelta(hours=30))
    await it.until(MONDAY + 2 * WEEK + NEXT_WEDNESDAY)  # hours after the end of any other week
    state = await ana.say()
    await it.until(MONDAY + 3 * WEEK + SATURDAY)
    await it.down_until(it.clock() + timedelta(hours=80))
    await it.until(MONDAY + 4 * WEEK + NEXT_WEDNESDAY)
    states = (await ana.states())[:4]
    holds = states == ["on_time", "frozen", "late", "amnesty"]
    return Found(
        holds, f"30 h away: Wednesday morning is still {_plain(state)}; 80 h away: {_plain(states[-1])}"
    )


# -- what weeks add up to --------------------------------------------------------------------------


async def freeze(it: Village) -> Found:
    """Three check-ins, a week of silence, a check-in."""
    ana = await person(it, await it.group(), LISBON)
    for number in (0, 1, 2, 4):
        await it.until(MONDAY + number * WEEK + SATURDAY)
        await ana.say()
    streak = fold(await ana.states()).streak
    return Found(streak == 4, f"after the silent week the streak is {streak} of 4 check-ins")


async def boundaries(it: Village) -> Found:
    """Ten weeks from November to January, over two ends of months, a week 53 and the end of a year."""
    ana = await person(it, await it.group(), AUCKLAND)
    for number in range(10):
        await it.until(MONDAY + number * WEEK + SATURDAY)
        await ana.say()
    mine = await joining.one(it.app, ana.key, ana.group.id, it.clock())
    weeks = [date.fromisoformat(one.week) for one in await ana.weeks()]
    apart = {later - one for one, later in pairwise(weeks)}
    holds = mine.standing.streak == 10 and apart == {WEEK}
    return Found(holds, f"ten weeks to {weeks[-1]:%d %B} are a streak of {mine.standing.streak}")


# -- what others see -------------------------------------------------------------------------------


async def nothing_twice(it: Village) -> Found:
    """A moderator says the digest by hand, twice within a minute; then its own time comes, and every beat twice."""
    group = await it.group()
    ana = await person(it, group, LISBON)
    await it.until(MONDAY + SATURDAY)
    await ana.say()
    before = await it.rows(_SCHEDULE)
    for _ in range(2):
        await groups.digest_now(it.app, MO, group.id, it.clock())
    same = await it.rows(_SCHEDULE) == before
    for days in range(6, 10):
        await it.until(MONDAY + days * DAY)
        await it.beat()
        await it.beat()
    counts = {kind: len(it.discord.said(kind)) for kind in (OPENER, CARD, DIGEST)}
    holds = same and counts == {OPENER: 1, CARD: 1, DIGEST: 2}
    words = (
        f"{counts[OPENER]} opener, {counts[CARD]} card, {counts[DIGEST] - 1} digest by hand and 1 in its time"
    )
    return Found(holds, f"{words}; the schedule is {'the same' if same else 'another one'}")


_SCHEDULE = select(cycle.c.id, cycle.c.digest_at, cycle.c.final_at).order_by(cycle.c.id)


async def the_missing(it: Village) -> Found:
    """One of three checks in, and the week runs to its end."""
    group = await it.group()
    ana, *silent = [await person(it, group, LISBON, user_id) for user_id in (910_001, 910_002, 910_003)]
    await it.until(MONDAY + SATURDAY)
    await ana.say()
    await it.until(MONDAY + NEXT_WEDNESDAY + DAY)
    said = it.discord.said()
    naming = sum(str(one.key.user_id) in message.value for message in said for one in silent)
    shown = any(str(ana.key.user_id) in message.value for message in said)
    return Found(
        shown and not naming, f"of {len(said)} messages {naming} name one of the two who were silent"
    )


# -- beside others ---------------------------------------------------------------------------------

CASES = (
    Case(
        "H1",
        "far west of the group's clock",
        far_west,
        {"AsyncUp": "asked nothing for two days and listed as missing on both"},
    ),
    Case("H2", "far east of it", far_east, {"AsyncUp": "asked at 16:00 on their clock, not at 9:30"}),
    Case(
        "H3",
        "a send fails as the digest is due",
        failed_sends,
        {"AsyncUp": "one 503, and the digest never comes"},
    ),
    Case(
        "H4",
        "the bot is down when things are due",
        bot_down,
        {
            "18F, comedian": "act in the exact minute or never",
            "zulip-standup": "gives up after five minutes",
            "StudyLion": "what was due meanwhile is never sent; repeated reminders end",
        },
    ),
    Case(
        "H5",
        "clocks change",
        clocks_change,
        {"StudyLion": "adds seconds, so the hour moves", "Discord's own events": "jump by an hour"},
    ),
    Case(
        "H6",
        "a freeze protects the streak",
        freeze,
        {
            "accountability_agent": "took the freeze and reset the streak, until February 2026",
            "language-cafe": "two days with one freeze cost both",
        },
    ),
    Case(
        "H7",
        "streaks over month and year",
        boundaries,
        {
            "LionBot": "back to 1 on the first of each month, until May 2026; bot and site number weeks differently"
        },
    ),
    Case(
        "H8",
        "our outage punishes nobody",
        outage,
        {
            "Habitica": "by a switch that an operator throws",
            "StudyLion": "for sessions, not for reminders",
            "the others": "nothing",
        },
    ),
    Case(
        "H9",
        "nothing is said twice",
        nothing_twice,
        {"LionBot": "reminders two or three times; a run by hand took the place of the weekly one"},
    ),
    Case(
        "H10",
        "the missing are left in peace",
        the_missing,
        {
            "StudyLion": "lists them, cancels their bookings, denies the group its bonus",
            "standup-raven, comedian": "tag them in the channel",
            "AsyncUp": "names them in the summary",
            "18F": "calls everybody present by default",
        },
    ),
)


async def measure(tell: Tell) -> Outcome:
    """Each case in a village of its own."""
    rows: list[Row] = []
    failed = 0
    for case in CASES:
        tell(f"{case.number}, {case.what}")
        async with village(Village) as it:
            found = await case.replay(it)
        failed += not found.holds
        name = f"{case.number} {case.what}"
        rows.append(Row(f"{name}: Outpost", ("yes" if found.holds else "NO", found.words)))
        rows += [Row(f"{case.number}: {who}", ("", words), "published") for who, words in case.others.items()]
    return Outcome(
        title="Ten hard cases of weekly check-ins",
        setup="Ours are replayed by the flows over SQLite on a clock moved by hand, beside a Discord that answers at "
        "once; the same cases go through a whole bot in the tests. What others do was read in their source, or run, "
        "on 2026-11-21 for our research; it may have changed since.",
        columns=("holds", "what happens"),
        rows=rows,
        targets=[Target("hard cases that don't hold", failed, 0)],
    )


def _plain(state: str) -> str:
    return {"on_time": "on time", "amnesty": "an amnesty"}.get(state, state)


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once"}.get(count, f"{count} times")


def _hours(time: timedelta) -> str:
    return f"{time / timedelta(hours=1):.0f} h"
