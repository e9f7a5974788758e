"""Coming into a group and going, on both databases, and how one is in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.checkins.flow import groups, joining, saying
from bot.checkins.joining import COMES_BACK
from bot.jobs.flow import saved
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.storage import Store
from bot.storage.tables import delivery, group_member
from tests.asked import refused
from tests.checkins.parts import DAY, GUILD, HOUR, MO, Town, town
from tests.checkins.presses import (
    ANA,
    AUCKLAND,
    BOB,
    FRIDAY,
    HONOLULU,
    LISBON,
    NEXT_FRIDAY,
    NEXT_MONDAY,
    NEXT_WEDNESDAY,
    SATURDAY,
    cards,
    join,
    meet,
    mine,
    opened,
    person,
    say,
    week,
)

pytestmark = pytest.mark.store


# -- joining -------------------------------------------------------------------------------------


async def test_joining_tells_nobody(it: Town) -> None:
    """Nothing is posted and nothing is sent, and a second press changes nothing."""
    group = await it.group()
    await meet(it, ANA)
    for _ in range(2):
        seen = await joining.join(it.app, person(ANA), group.id, it.clock())
    assert (seen.group.id, seen.membership.circle, seen.cycle) == (group.id, None, None)
    assert seen.next_opens == it.at(FRIDAY, 9)
    async with it.app.store.read() as tx:
        assert (await tx.execute(select(func.count()).select_from(delivery))).scalar_one() == 0
        assert (await tx.execute(select(func.count()).select_from(group_member))).scalar_one() == 1


async def test_the_list_tells_where_one_is_in(it: Town) -> None:
    """Groups of this server alone, without those that ended; a group at rest may be joined."""
    first, second, third = [await it.group(name=f"Group {n}") for n in range(3)]
    await groups.set_state(it.app, MO, second.id, "ended", it.clock())
    await groups.set_state(it.app, MO, third.id, "paused", it.clock())
    await join(it, first, ANA)
    seen = await joining.open_groups(it.app, ANA, it.clock())
    assert [(one.group.id, one.joined) for one in seen] == [(first.id, True), (third.id, False)]
    assert await joining.open_groups(it.app, Key(GUILD + 1, ANA.user_id), it.clock()) == []
    assert await refused(joining.join(it.app, person(ANA), second.id, it.clock())) == "group_ended"
    await join(it, third, ANA)


async def test_a_group_of_another_server_is_not_there(it: Town) -> None:
    """Whatever the button says."""
    group = await it.group()
    stranger = Person(ANA.user_id, GUILD + 1, manages=False)
    assert await refused(joining.join(it.app, stranger, group.id, it.clock())) == "group_gone"


@pytest.mark.parametrize(
    ("zone", "day", "hour", "state"),
    [
        (LISBON, 2, 23, "pending"),
        (LISBON, 3, 0, "excused"),
        (HONOLULU, 3, 9, "pending"),  # Wednesday 23:00 there
        (HONOLULU, 3, 10, "excused"),
        (AUCKLAND, 2, 10, "pending"),  # Wednesday 23:00 there
        (AUCKLAND, 2, 11, "excused"),
    ],
)
async def test_wednesday_on_ones_own_clock_is_early_enough(
    it: Town, zone: str, day: int, hour: int, state: str
) -> None:
    """Who joins later need not check in, and may."""
    group = await it.group(open_day=2, open_minute=0)
    await it.until(it.at(day, hour))
    await join(it, group, ANA, zone=zone)
    one = await week(it, group, ANA)
    assert (one.state, one.first) == (state, True)
    assert (await mine(it, group, ANA)).cycle is not None


async def test_a_week_that_is_over_on_ones_own_clock_is_not_theirs(it: Town) -> None:
    """Who joins on Monday begins with the new week, though others may still be late."""
    group = await opened(it, ANA)
    await it.until(it.at(NEXT_MONDAY, 1))
    await join(it, group, BOB)
    seen = await mine(it, group, BOB)
    assert (seen.cycle, seen.next_opens) == (None, it.at(NEXT_FRIDAY, 9))
    assert (
        await refused(say(it, group, BOB, cycle_id=(await week(it, group, ANA)).cycle_id)) == "checkin_closed"
    )


async def test_without_a_zone_the_groups_counts(it: Town) -> None:
    """Nobody's zone is guessed."""
    group = await it.group(zone=HONOLULU)
    await join(it, group, ANA, zone=None)
    await it.until(it.at(SATURDAY, 9))
    assert (await week(it, group, ANA)).due_at == it.at(NEXT_MONDAY, 10)


# -- how one is in it ----------------------------------------------------------------------------


async def test_who_sees_me_is_chosen_once_for_the_weeks_to_come(it: Town) -> None:
    """A check-in that stands stays as it is; a pod is a choice only where there are pods."""
    group = await opened(it, ANA)
    await say(it, group, ANA)
    assert (await joining.choose_circle(it.app, ANA, group.id, "me", it.clock())).circle == "me"
    assert (await week(it, group, ANA)).circle == "group"
    choosing = joining.choose_circle(it.app, ANA, group.id, "pod", it.clock())
    assert await refused(choosing) == "no_pods_here"
    await groups.edit(it.app, MO, group.id, {"pods": True}, (), it.clock())
    chosen = await joining.choose_circle(it.app, ANA, group.id, "pod", it.clock())
    assert (chosen.circle, chosen.wants_pod) == ("pod", True)


async def test_a_reminder_is_chosen_for_an_hour_of_ones_own(it: Town) -> None:
    """It counts for a week that is open, unless the hour is over: then it begins with the next one."""
    group = await opened(it, ANA, BOB)
    await joining.settings(it.app, ANA, group.id, it.clock(), remind_day=5, remind_minute=600)
    assert (await week(it, group, ANA)).remind_at == it.at(SATURDAY, 10)
    await joining.settings(it.app, BOB, group.id, it.clock(), remind_day=2)
    assert (await week(it, group, BOB)).remind_at is None
    after = await joining.settings(it.app, ANA, group.id, it.clock(), remind_day=None, drift=True)
    assert (after.remind_day, after.drift) == (None, True)
    assert (await week(it, group, ANA)).remind_at is None


@pytest.mark.parametrize("given", [{"remind_day": 7}, {"remind_day": -1}, {"remind_minute": 1440}])
async def test_a_reminder_has_a_day_and_an_hour(it: Town, given: joining.Settings) -> None:
    """Anything else is refused."""
    group = await opened(it, ANA)
    assert await refused(joining.settings(it.app, ANA, group.id, it.clock(), **given)) == "remind_time"


async def test_a_zone_back_and_forth_shortens_nothing(it: Town) -> None:
    """The longer of the two counts for the week that is open; the next one goes by the new zone."""
    group = await opened(it, ANA)
    before = await week(it, group, ANA)
    for zone in (HONOLULU, AUCKLAND):
        await members.change(it.app, ANA, it.clock(), zone=zone)
        await joining.zone_changed(it.app, ANA, it.clock())
    after = await week(it, group, ANA)
    assert after.due_at == before.due_at + 10 * HOUR and after.late_until == before.late_until + 10 * HOUR
    await it.until(it.at(NEXT_FRIDAY, 9))
    assert (await week(it, group, ANA)).due_at == before.due_at + 7 * DAY - 13 * HOUR


async def test_a_reminder_moves_with_the_zone_and_comes_once(it: Town) -> None:
    """One that was said is not said again; one whose hour is over there comes now."""
    group = await opened(it, ANA, BOB)
    for key in (ANA, BOB):
        await joining.settings(it.app, key, group.id, it.clock(), remind_day=5, remind_minute=600)
    await members.change(it.app, ANA, it.clock(), zone=HONOLULU)
    await joining.zone_changed(it.app, ANA, it.clock())
    assert (await week(it, group, ANA)).remind_at == it.at(SATURDAY, 20)
    await it.until(it.at(SATURDAY, 11))
    assert (await week(it, group, BOB)).remind_at is None
    for key in (ANA, BOB):
        await members.change(it.app, key, it.clock(), zone=AUCKLAND)
        await joining.zone_changed(it.app, key, it.clock())
    assert (await week(it, group, ANA)).remind_at == it.clock()
    assert (await week(it, group, BOB)).remind_at is None


async def test_my_lists_numbers_are_those_of_my_week(it: Town) -> None:
    """From Monday to Sunday on my own clock, and for me alone."""
    group = await opened(it, ANA, BOB)
    await saved.save_link(it.app, ANA, "https://jobs.example/1", "Writer", "Acme", it.clock())
    assert (await mine(it, group, ANA)).numbers == {"saved": 1}
    assert (await mine(it, group, BOB)).numbers == {}
    await it.until(it.at(NEXT_FRIDAY, 9))
    assert (await mine(it, group, ANA)).numbers == {}


async def test_the_oldest_week_that_waits_comes_first(it: Town) -> None:
    """On Monday last week's can still be sent; once said it is what I see and may change, until it is over."""
    group = await opened(it, ANA)
    await it.until(it.at(NEXT_MONDAY, 9))
    late = await mine(it, group, ANA)
    assert late.week is not None and (late.due_at, late.open_until) == (
        it.at(NEXT_MONDAY),
        it.at(NEXT_WEDNESDAY),
    )
    after = await say(it, group, ANA)
    assert after.week is not None and (after.week.id, after.week.state) == (late.week.id, "late")
    await it.until(it.at(NEXT_WEDNESDAY, 1))
    now = await mine(it, group, ANA)
    assert (now.cycle, now.week) == (None, None) and now.last is not None and now.last.id == late.week.id


# -- leaving -------------------------------------------------------------------------------------


async def test_leaving_takes_nothing_with_it(it: Town) -> None:
    """What was said stays; the week that waited does not count; nobody is told."""
    group = await opened(it, ANA, BOB)
    await say(it, group, ANA)
    before = await cards(it, group)
    for key in (ANA, BOB):
        for _ in range(2):
            await joining.leave(it.app, key, group.id, it.clock())
    assert await it.states(group, ANA.user_id) == ["on_time"]
    assert await it.states(group, BOB.user_id) == ["excused"]
    assert await cards(it, group) == before
    assert await joining.mine(it.app, ANA, it.clock()) == []
    assert await refused(joining.one(it.app, ANA, group.id, it.clock())) == "not_in_group"
    await it.until(it.at(NEXT_FRIDAY, 9))
    assert len(await it.states(group, ANA.user_id)) == 1


async def test_who_comes_back_in_time_finds_everything(it: Town) -> None:
    """The weeks between do not exist for them, and the first one can't go wrong."""
    group = await opened(it, ANA)
    await say(it, group, ANA, "me")
    await joining.settings(it.app, ANA, group.id, it.clock(), remind_day=5, drift=True)
    await joining.leave(it.app, ANA, group.id, it.clock())
    await it.until(it.at(FRIDAY + 7 * 4, 9))
    await join(it, group, ANA)
    back = await mine(it, group, ANA)
    assert (back.membership.circle, back.membership.remind_day, back.membership.drift) == ("me", 5, True)
    assert back.standing.streak == 1 and back.week is not None and back.week.first
    await it.until(it.at(FRIDAY + 7 * 5, 8))
    assert await it.states(group, ANA.user_id) == ["on_time", "excused"]


async def test_who_comes_back_in_the_same_week_loses_nothing(it: Town) -> None:
    """The week that they left is off, and they may still check in."""
    group = await opened(it, ANA)
    await joining.leave(it.app, ANA, group.id, it.clock())
    await join(it, group, ANA)
    assert await it.states(group, ANA.user_id) == ["excused"]
    await say(it, group, ANA)
    assert await it.states(group, ANA.user_id) == ["on_time"]


async def test_after_ninety_days_they_begin_anew(it: Town) -> None:
    """Who sees them is asked again."""
    group = await opened(it, ANA)
    await say(it, group, ANA, "me")
    await joining.leave(it.app, ANA, group.id, it.clock())
    it.clock.move(COMES_BACK + timedelta(seconds=1))
    await joining.join(it.app, person(ANA), group.id, it.clock())
    assert (await mine(it, group, ANA)).membership.circle is None


async def test_leaving_may_erase_everything(it: Town) -> None:
    """Words, weeks, pauses; the card is empty, the digest forgets. Also for those who left before."""
    group = await opened(it, ANA, BOB)
    await say(it, group, ANA)
    await saying.win(it.app, ANA, (await week(it, group, ANA)).id, "An offer", it.clock())
    await it.until(it.at(NEXT_MONDAY, 18))
    assert [len(digest.wins) for digest in it.digests()] == [1]
    await joining.leave(it.app, ANA, group.id, it.clock())
    await joining.leave(it.app, ANA, group.id, it.clock(), erase=True)
    assert await it.weeks(group, ANA.user_id) == []
    assert [card.gone for card in await cards(it, group)] == [True]
    await it.walk(timedelta(minutes=1))
    assert [len(digest.wins) for digest in it.digests()] == [0]
    await join(it, group, ANA)
    assert (await mine(it, group, ANA)).membership.circle is None


async def test_one_server_knows_nothing_of_another(store: Store) -> None:
    """The same person in two: groups, weeks and words of one are not those of the other."""
    it = town(store)
    group = await opened(it, ANA)
    await say(it, group, ANA)
    elsewhere = Key(GUILD + 1, ANA.user_id)
    await meet(it, elsewhere)
    assert await joining.mine(it.app, elsewhere, it.clock()) == []
    assert await refused(joining.one(it.app, elsewhere, group.id, it.clock())) == "not_in_group"
    await joining.leave(it.app, elsewhere, group.id, it.clock(), erase=True)
    assert await it.states(group, ANA.user_id) == ["on_time"]
