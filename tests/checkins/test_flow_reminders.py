"""Direct messages about a week, and what moderators are asked after a season, on both databases."""

from __future__ import annotations

from datetime import timedelta

from bot.checkins.flow import groups, saying
from bot.checkins.messages import DRIFT, REMINDER, SEASON_OVER
from bot.checkins.plan import Typed
from bot.people.members import Key
from bot.ports import Trouble
from tests.checkins.parts import (
    MO,
    MODERATORS,
    WEEK,
    Town,
)

ANA, BOB, CLEO, DAN, EVE, FAY = range(101, 107)
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY = range(4, 10)


async def test_a_reminder_comes_at_the_members_own_hour_once(it: Town) -> None:
    """Saturday 10:00 on their clock, whatever the group's is; never again in that week."""
    group = await it.group()
    await it.joined(group, ANA, zone="Asia/Tokyo", letters=True, remind_day=5)
    await it.joined(group, BOB, zone="Asia/Tokyo", letters=True)
    await it.until(it.at(SATURDAY, 0, 59))
    assert REMINDER not in it.kinds(ANA)
    await it.until(it.at(SATURDAY, 1))
    assert it.kinds(ANA).count(REMINDER) == 1
    await it.settled()
    assert it.kinds(ANA).count(REMINDER) == 1
    assert REMINDER not in it.kinds(BOB)


async def test_nobody_is_reminded_who_has_checked_in_or_did_not_allow_it(it: Town) -> None:
    """A check-in before the hour ends it; and without a member's own consent nothing is written to them."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, remind_day=5)
    await it.joined(group, BOB, remind_day=5)
    await it.until(it.at(FRIDAY, 12))
    await it.said(group, ANA)
    await it.settled()
    assert REMINDER not in [*it.kinds(ANA), *it.kinds(BOB)]


async def test_a_reminder_in_quiet_hours_waits_and_not_for_long(it: Town) -> None:
    """At 5:00 it waits till 8:00; at 23:00 the morning is more than six hours away, and it is dropped."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, remind_day=5, remind_minute=5 * 60)
    await it.joined(group, BOB, letters=True, remind_day=5, remind_minute=23 * 60)
    await it.until(it.at(SATURDAY, 7, 59))
    assert REMINDER not in it.kinds(ANA)
    await it.until(it.at(SATURDAY, 8))
    assert REMINDER in it.kinds(ANA)
    await it.settled()
    assert REMINDER not in it.kinds(BOB)


async def test_a_check_in_takes_back_the_reminder_that_waits(it: Town) -> None:
    """Discord takes no direct message when it is due; they check in meanwhile: it is not said after that."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, remind_day=5)
    it.discord.refusing[ANA] = Trouble("rate_limited", "slow down", timedelta(minutes=30))
    await it.until(it.at(SATURDAY, 10))
    (cycle, _) = await it.cycles(group)
    now = it.clock()
    await saying.submit(it.app, Key(1, ANA), cycle.id, Typed(learned="A lot."), "group", now, now, now)
    del it.discord.refusing[ANA]
    await it.settled()
    assert await it.states(group, ANA) == ["on_time"]
    assert REMINDER not in it.kinds(ANA)


async def test_a_reminder_that_could_not_be_said_in_time_is_taken_back(it: Town) -> None:
    """Discord takes no direct message for seven hours: it is not said afterwards."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, remind_day=5)
    it.discord.refusing[ANA] = Trouble("rate_limited", "slow down", timedelta(hours=7))
    await it.until(it.at(SATURDAY, 17))
    del it.discord.refusing[ANA]
    await it.settled()
    assert REMINDER not in it.kinds(ANA)


async def test_silence_is_asked_about_only_where_it_was_wished_for(it: Town) -> None:
    """After two and after six silent weeks one message, to who ticked it; nobody else hears of it."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, drift=True)
    await it.joined(group, BOB, letters=True)
    await it.settled(2)
    assert it.kinds(ANA).count(DRIFT) == 1  # excused (first), frozen, missed
    await it.settled(5)
    assert it.kinds(ANA).count(DRIFT) == 1
    await it.settled(7)
    assert it.kinds(ANA).count(DRIFT) == 2
    assert DRIFT not in it.kinds(BOB)


async def test_a_check_in_ends_the_silence_that_was_told(it: Town) -> None:
    """Silent for two weeks, back, silent for two again: told twice."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, drift=True)
    await it.until(it.at(SATURDAY) + 3 * WEEK)
    await it.said(group, ANA)
    await it.settled(5)
    assert it.kinds(ANA).count(DRIFT) == 2


# -- seasons -------------------------------------------------------------------------------------


async def test_after_eight_weeks_moderators_are_asked_once_and_it_goes_on(it: Town) -> None:
    """One notice to their channel; the ninth week opens all the same; "go on" begins a season anew."""
    await it.choose_moderators_channel()
    group = await it.group()
    await it.joined(group, ANA)
    await it.settled(6)
    assert SEASON_OVER not in it.kinds(MODERATORS)
    await it.settled(9)
    assert it.kinds(MODERATORS).count(SEASON_OVER) == 1
    assert len(it.openers()) == 10
    await groups.season(it.app, MO, group.id, "continue", it.clock())
    await it.settled(20)
    assert it.kinds(MODERATORS).count(SEASON_OVER) == 2


async def test_a_season_that_stops_ends_the_group(it: Town) -> None:
    """No week opens any more; what was said stays."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.settled()
    await groups.season(it.app, MO, group.id, "stop", it.clock())
    await it.settled(3)
    assert len(it.openers()) == 1
    assert (await it.fresh(group)).state == "ended"
    assert len(await it.weeks(group, ANA)) == 1
