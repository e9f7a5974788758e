"""The bot was away: nobody loses a week by it, nothing is said twice, and no storm follows (H4, H8)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.checkins.flow import outages, weeks
from bot.checkins.messages import REMINDER
from bot.storage.tables import outage
from tests.checkins.parts import CHANNEL, HOUR, WEEK, Town, server_name

ANA, BOB = 101, 102
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY = range(4, 10)


async def _kept(it: Town) -> list[tuple[datetime, datetime]]:
    """From when to when the bot was away, as it is remembered."""
    async with it.app.store.read() as tx:
        found = await tx.execute(select(outage.c.from_at, outage.c.until_at))
        return [(from_at, until_at) for from_at, until_at in found]


async def test_an_hour_of_silence_is_no_outage(it: Town) -> None:
    """A restart takes minutes: nothing is noted, nothing moves. A clock that goes back is no outage either."""
    assert await outages.note_alive(it.app, it.clock()) is None
    assert await outages.note_alive(it.app, it.clock() + HOUR) is None
    assert await outages.note_alive(it.app, it.clock() - 5 * HOUR) is None
    assert await outages.note_alive(it.app, it.clock() + 2 * HOUR) is None
    assert await _kept(it) == []


async def test_an_outage_makes_the_week_longer_and_the_opener_says_so(it: Town) -> None:
    """H8: away from Sunday to Monday evening: everybody's end, and the group's, moves by what was lost."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.until(it.at(SUNDAY, 6))
    await it.down_until(it.at(NEXT_MONDAY, 20))
    (cycle, _) = await it.cycles(group)
    assert cycle.extra == timedelta(hours=38)
    assert cycle.final_at == it.at(NEXT_WEDNESDAY, 12) + timedelta(hours=38)
    assert [(one.longer, one.final_at) for one in it.openers()] == [(True, cycle.final_at)]
    await it.until(it.at(NEXT_WEDNESDAY, 13))
    assert await it.states(group, ANA) == ["pending"]
    await it.until(cycle.final_at)
    assert await it.states(group, ANA) == ["excused"]


async def test_the_end_is_moved_before_anything_is_settled(it: Town) -> None:
    """The bot comes back after the week was over: first the end moves, whichever duty beats first."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.until(it.at(NEXT_TUESDAY, 12))
    await outages.note_alive(it.app, it.clock())
    it.clock.move(it.at(NEXT_WEDNESDAY, 14) - it.clock())
    assert await weeks.mind_weeks(it.app, server_name, it.clock()) == 0  # beats before note_alive does
    await it.beat()
    assert (await it.cycles(group))[0].state == "digested"
    assert await it.states(group, ANA) == ["pending"]


@pytest.mark.parametrize(
    ("went", "came"),
    [
        ((FRIDAY, 8), (FRIDAY, 20)),  # over the opening
        ((SATURDAY, 9), (NEXT_MONDAY, 23)),  # over due and digest
        ((NEXT_MONDAY, 17), (NEXT_WEDNESDAY, 20)),  # over digest and end
        ((FRIDAY, 8), (NEXT_WEDNESDAY, 11)),  # over all of it but an hour
    ],
)
async def test_every_outage_ends_with_one_opener_one_digest_and_nobody_missed(
    it: Town, went: tuple[int, int], came: tuple[int, int]
) -> None:
    """H4: down over opening, due, digest or end: each is made up for, once."""
    group = await it.group()
    await it.joined(group, ANA, at=it.at(0) - WEEK)
    await it.until(it.at(*went))
    await it.down_until(it.at(*came))
    await it.walk(timedelta(hours=1))
    assert len(it.openers()) == 1
    await it.until((await it.cycles(group))[0].final_at)
    assert [one.week for one in it.digests()] == [date(2026, 11, 16)]
    assert (await it.cycles(group))[0].state == "final"
    assert (await it.states(group, ANA))[0] in ("excused", "amnesty")


async def test_beyond_seventy_two_hours_the_week_counts_for_nobody(it: Town) -> None:
    """Four days away: amnesty for whoever had not checked in; what was said stays as it is."""
    group = await it.group()
    await it.joined(group, ANA, BOB)
    await it.until(it.at(FRIDAY, 12))
    await it.said(group, ANA)
    await it.until(it.at(SATURDAY, 9))
    await it.down_until(it.at(NEXT_WEDNESDAY, 10))
    await it.until(it.at(NEXT_WEDNESDAY + 3, 12))
    assert (await it.states(group, ANA))[0] == "on_time"
    assert (await it.states(group, BOB))[0] == "amnesty"


async def test_two_weeks_away_bring_one_digest_each_and_no_storm(it: Town) -> None:
    """Back after two weeks: the week that was open has its digest and its end, the one nobody saw is skipped."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, remind_day=5)
    await it.until(it.at(FRIDAY, 12))
    await it.down_until(it.at(FRIDAY, 12) + 2 * WEEK)
    await it.walk(timedelta(hours=1))
    assert [one.week for one in it.digests()] == [date(2026, 11, 16)]
    assert [one.state for one in await it.cycles(group)] == ["final", "skipped", "open", "scheduled"]
    assert [one.week for one in it.openers()] == [date(2026, 11, 16), date(2026, 11, 30)]
    assert it.kinds(ANA).count(REMINDER) == 0
    assert await it.states(group, ANA) == ["amnesty", "pending"]
    await it.until(it.at(SATURDAY, 11) + 2 * WEEK)
    assert it.kinds(ANA).count(REMINDER) == 1


async def test_a_reminder_that_was_due_in_an_outage_is_said_within_six_hours_or_never(it: Town) -> None:
    """Saturday 10:00 was missed: at 14:00 it is said, at 18:00 it is not."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, remind_day=5)
    await it.joined(group, BOB, letters=True, remind_day=5, remind_minute=7 * 60 + 59)
    await it.until(it.at(SATURDAY, 7))
    await it.down_until(it.at(SATURDAY, 14))
    await it.walk(timedelta(hours=1))
    assert it.kinds(ANA).count(REMINDER) == 1
    assert it.kinds(BOB).count(REMINDER) == 0


async def test_a_week_that_was_not_touched_stays_as_long_as_it_is(it: Town) -> None:
    """Away on a Thursday: nothing is open, nothing moves."""
    group = await it.group()
    await it.until(it.at(2))
    await it.down_until(it.at(3, 12))
    assert [one.extra for one in await it.cycles(group)] == [timedelta()]
    assert it.kinds(CHANNEL) == []


async def test_an_outage_is_remembered(it: Town) -> None:
    """From the last beat to the first one after it."""
    await outages.note_alive(it.app, it.clock())
    gone: datetime = it.clock()
    over = await outages.note_alive(it.app, gone + 3 * HOUR)
    assert over is not None
    assert (over.from_at, over.length) == (gone, 3 * HOUR)
    assert await _kept(it) == [(gone, gone + 3 * HOUR)]
