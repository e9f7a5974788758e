"""Weeks off, on both databases: which ones, when, and that nothing is lost by coming back."""

from __future__ import annotations

from datetime import date

import pytest

from bot.checkins.flow import pausing
from tests.asked import refused
from tests.checkins.parts import WEEK, Town
from tests.checkins.presses import (
    ANA,
    BOB,
    FRIDAY,
    NEXT_FRIDAY,
    NEXT_MONDAY,
    NEXT_TUESDAY,
    NEXT_WEDNESDAY,
    SUNDAY,
    join,
    mine,
    opened,
    say,
    week,
)

pytestmark = pytest.mark.store
THIS = date(2026, 11, 16)


async def test_a_week_is_skipped_without_a_reason(it: Town) -> None:
    """It does not count, whatever is done after; the next one does again."""
    group = await opened(it, ANA)
    seen = await pausing.skip(it.app, ANA, group.id, it.clock())
    assert seen.paused_until == THIS and seen.week is not None and seen.week.state == "excused"
    await it.until(it.at(NEXT_FRIDAY, 9))
    assert await it.states(group, ANA.user_id) == ["excused", "pending"]
    assert (await mine(it, group, ANA)).paused_until is None


@pytest.mark.parametrize("weeks", [1, 3, 8])
async def test_a_pause_covers_so_many_weeks(it: Town, weeks: int) -> None:
    """Before they open as well."""
    group = await it.group()
    await join(it, group, ANA)
    seen = await pausing.pause(it.app, ANA, group.id, weeks, it.clock())
    assert seen.paused_until == THIS + (weeks - 1) * WEEK
    await it.until(it.at(FRIDAY + 7 * weeks, 9))
    assert (await it.states(group, ANA.user_id))[-1] == "pending"
    assert set((await it.states(group, ANA.user_id))[:-1]) <= {"excused"}


@pytest.mark.parametrize("weeks", [0, 9, -1])
async def test_a_pause_is_one_to_eight_weeks(it: Town, weeks: int) -> None:
    """Anything else is refused and changes nothing."""
    group = await opened(it, ANA)
    assert await refused(pausing.pause(it.app, ANA, group.id, weeks, it.clock())) == "pause_weeks"
    assert (await week(it, group, ANA)).state == "pending"


async def test_a_pause_made_after_the_week_is_due_begins_with_the_next(it: Town) -> None:
    """On Monday last week's still waits for a late check-in."""
    group = await opened(it, ANA, BOB)
    await it.until(it.at(SUNDAY, 23, 59))
    await pausing.skip(it.app, BOB, group.id, it.clock())
    assert (await week(it, group, BOB)).state == "excused"
    await it.until(it.at(NEXT_MONDAY))
    seen = await pausing.skip(it.app, ANA, group.id, it.clock())
    assert seen.paused_until == THIS + WEEK
    assert (await week(it, group, ANA)).state == "pending"


async def test_a_week_that_is_done_is_not_skipped(it: Town) -> None:
    """The next one is."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    assert (await pausing.skip(it.app, ANA, group.id, it.clock())).paused_until == THIS + WEEK
    assert (await week(it, group, ANA)).state == "on_time"


async def test_an_outage_gives_more_time_to_pause(it: Town) -> None:
    """What it added to the week counts for this as well."""
    group = await opened(it, ANA)
    (cycle, *_) = await it.cycles(group)
    await it.until(it.at(SUNDAY, 20))
    await it.became(group, cycle.id, extra_s=7200)
    it.clock.now = it.at(NEXT_MONDAY, 1)
    await pausing.skip(it.app, ANA, group.id, it.clock())
    assert await it.states(group, ANA.user_id) == ["excused"]


async def test_a_new_pause_takes_the_place_of_the_old_one(it: Town) -> None:
    """Shorter or longer; the weeks that are over stay off."""
    group = await opened(it, ANA, BOB)
    await pausing.pause(it.app, ANA, group.id, 8, it.clock())
    await it.until(it.at(NEXT_FRIDAY, 9))
    assert (await pausing.pause(it.app, ANA, group.id, 2, it.clock())).paused_until == THIS + 2 * WEEK
    await it.until(it.at(FRIDAY + 21, 9))
    assert await it.states(group, ANA.user_id) == ["excused", "excused", "excused", "pending"]


async def test_coming_back_ends_it(it: Town) -> None:
    """The week that is open may be used and need not; the next one counts."""
    group = await opened(it, ANA)
    await pausing.pause(it.app, ANA, group.id, 8, it.clock())
    assert (await pausing.resume(it.app, ANA, group.id, it.clock())).paused_until is None
    assert (await week(it, group, ANA)).state == "excused"
    await say(it, group, ANA)
    await it.until(it.at(NEXT_FRIDAY, 9))
    assert await it.states(group, ANA.user_id) == ["on_time", "pending"]


async def test_ill_may_be_said_late(it: Town) -> None:
    """Till Tuesday night, for the week that waits; no later, and not for one that is done."""
    group = await opened(it, ANA, BOB)
    await it.until(it.at(NEXT_TUESDAY, 23, 59))
    seen = await pausing.ill(it.app, ANA, group.id, it.clock())
    assert await it.states(group, ANA.user_id) == ["excused"] and seen.paused_until is None
    await it.until(it.at(NEXT_WEDNESDAY))
    seen = await pausing.ill(it.app, BOB, group.id, it.clock())
    assert seen.paused_until == THIS + WEEK  # last week is over: it is about this one
    assert (await it.states(group, BOB.user_id))[0] == "pending"


async def test_ill_is_once_in_eight_weeks(it: Town) -> None:
    """The refusal tells from which week on it may be said again; other pauses are always possible."""
    group = await opened(it, ANA)
    await pausing.ill(it.app, ANA, group.id, it.clock())
    for weeks in range(1, 8):
        await it.until(it.at(FRIDAY + 7 * weeks, 9))
        assert await refused(pausing.ill(it.app, ANA, group.id, it.clock())) == "ill_lately"
    await pausing.skip(it.app, ANA, group.id, it.clock())
    await it.until(it.at(FRIDAY + 7 * 8, 9))
    await pausing.ill(it.app, ANA, group.id, it.clock())
    assert (await it.states(group, ANA.user_id))[-2:] == ["excused", "excused"]


async def test_coming_back_does_not_undo_being_ill(it: Town) -> None:
    """Else it could be said each week."""
    group = await opened(it, ANA)
    await pausing.ill(it.app, ANA, group.id, it.clock())
    await pausing.resume(it.app, ANA, group.id, it.clock())
    await it.until(it.at(NEXT_FRIDAY, 9))
    assert await refused(pausing.ill(it.app, ANA, group.id, it.clock())) == "ill_lately"


async def test_who_has_checked_in_is_not_ill(it: Town) -> None:
    """There is nothing to take off."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    assert await refused(pausing.ill(it.app, ANA, group.id, it.clock())) == "checkin_done"


async def test_only_members_pause(it: Town) -> None:
    """Not those who are in no group."""
    group = await opened(it, ANA)
    for doing in (pausing.skip, pausing.ill, pausing.resume):
        assert await refused(doing(it.app, BOB, group.id, it.clock())) == "not_in_group"
