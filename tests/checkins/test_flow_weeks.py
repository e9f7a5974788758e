"""The life of a group's weeks, on both databases: open, digest, final, and what pauses and holidays do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.checkins.flow import groups, weeks
from bot.checkins.flow.opening import schedule_first
from bot.checkins.groups import Draft, made
from bot.checkins.store import groups as store_of_groups
from bot.storage import Store
from tests.checkins.parts import (
    CHANNEL,
    DAY,
    MO,
    OTHER_CHANNEL,
    WEEK,
    Town,
    server_name,
    town,
)

ANA, BOB, CLEO, DAN, EVE, FAY = range(101, 107)
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY = range(4, 10)


async def test_a_week_opens_is_told_and_is_settled(it: Town) -> None:
    """Friday the opener stands, Monday the digest, Wednesday everybody's week is what it stays."""
    group = await it.group()
    await it.joined(group, ANA, BOB)
    await it.until(it.at(FRIDAY, 8))
    assert it.openers() == []
    await it.until(it.at(FRIDAY, 9))
    assert [(one.group, one.week, one.longer) for one in it.openers()] == [
        ("Remote job seekers", date(2026, 11, 16), False)
    ]
    assert await it.states(group, ANA) == ["pending"]
    await it.said(group, ANA)
    await it.until(it.at(NEXT_MONDAY, 17))
    assert it.digests() == []
    await it.until(it.at(NEXT_MONDAY, 18))
    assert [one.still_open for one in it.digests()] == [True]
    await it.until(it.at(NEXT_WEDNESDAY, 12))
    assert [one.still_open for one in it.digests()] == [False]
    assert await it.states(group, ANA) == ["on_time"]
    assert await it.states(group, BOB) == ["excused"]  # the first week can't go wrong
    assert [one.state for one in await it.cycles(group)] == ["final", "scheduled"]


async def test_the_first_week_is_never_missed(it: Town) -> None:
    """Whoever joined says nothing in their first week: excused. Then a freeze is taken, then it is missed."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.settled(2)
    assert await it.states(group, ANA) == ["excused", "frozen", "missed"]


async def test_who_joins_after_wednesday_is_excused_and_begins_next_week(it: Town) -> None:
    """Joined on Thursday of their own clock: this week is excused, and the next is their first one."""
    group = await it.group()
    await it.joined(group, ANA, at=it.at(3, 12))
    await it.joined(group, BOB, at=it.at(2, 12))
    await it.settled(1)
    assert [(one.state, one.first) for one in await it.weeks(group, ANA)] == [
        ("excused", True),
        ("excused", True),
    ]
    assert [(one.state, one.first) for one in await it.weeks(group, BOB)] == [
        ("excused", True),
        ("frozen", False),
    ]


async def test_a_check_in_repairs_the_week_before_once_in_eight_weeks(it: Town) -> None:
    """Missed, then done: repaired. Missed and done again within eight weeks: it stays missed."""
    group = await it.group()
    await it.joined(group, ANA)
    done = {0, 3, 5}  # 1 is frozen, 2 missed, 4 takes the freeze that came back …
    for number in range(7):
        await it.until(it.at(SATURDAY, 12) + number * WEEK)
        if number in done:
            await it.said(group, ANA)
    await it.settled(6)
    assert await it.states(group, ANA) == [
        "on_time",
        "frozen",
        "repaired",
        "on_time",
        "missed",
        "on_time",
        "frozen",
    ]


async def test_a_paused_week_is_excused_and_nobody_is_told(it: Town) -> None:
    """A pause covers the week: excused from the beginning, and no message differs by it."""
    group = await it.group()
    await it.joined(group, ANA, BOB)
    await it.pause(group, ANA, it.at(0), it.at(6))
    await it.until(it.at(SATURDAY))
    assert await it.states(group, ANA) == ["excused"]
    assert await it.states(group, BOB) == ["pending"]


async def test_a_pause_made_while_the_week_is_open_counts_when_it_is_settled(it: Town) -> None:
    """Ill on Saturday: the week that would take a freeze is excused."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.until(it.at(SATURDAY) + WEEK)
    await it.pause(group, ANA, it.at(7), it.at(13))
    await it.settled(1)
    assert await it.states(group, ANA) == ["excused", "excused"]


async def test_everybody_paused_skips_the_week_quietly(it: Town) -> None:
    """All are away: no opener, no digest, no rows; the week after opens as ever."""
    group = await it.group()
    await it.joined(group, ANA, BOB)
    for user_id in (ANA, BOB):
        await it.pause(group, user_id, it.at(0), it.at(6))
    await it.settled()
    assert it.kinds(CHANNEL) == []
    assert await it.weeks(group) == []
    await it.until(it.at(FRIDAY, 9) + WEEK)
    assert [one.week for one in it.openers()] == [date(2026, 11, 23)]
    assert [one.state for one in await it.cycles(group)] == ["skipped", "open", "scheduled"]


async def test_a_holiday_is_skipped_and_the_next_week_opens(it: Town) -> None:
    """A week off, chosen before: nothing is said in it, nobody has a row."""
    group = await it.group()
    await it.joined(group, ANA)
    await groups.holiday(it.app, MO, group.id, date(2026, 11, 23), True, it.clock())
    await it.until(it.at(FRIDAY, 9) + 2 * WEEK)
    assert [one.week for one in it.openers()] == [date(2026, 11, 16), date(2026, 11, 30)]
    assert [one.week for one in await it.weeks(group, ANA)] == [date(2026, 11, 16), date(2026, 11, 30)]
    assert [one.state for one in await it.cycles(group)] == ["final", "skipped", "open", "scheduled"]


async def test_questions_changed_in_an_open_week_count_from_the_next(it: Town) -> None:
    """Template and own question are those of the opening, whatever moderators choose meanwhile."""
    group = await it.group(question="Who helped you?")
    await it.until(it.at(FRIDAY, 9))
    changes = {"template": "calm", "question": "What was fun?"}
    await groups.edit(it.app, MO, group.id, changes, (), it.clock())
    await it.until(it.at(FRIDAY, 9) + WEEK)
    asked = [(one.template, one.question) for one in await it.cycles(group)]
    assert asked[:2] == [("steady", "Who helped you?"), ("calm", "What was fun?")]


async def test_a_starter_stands_in_the_opener_where_moderators_want_one(it: Town) -> None:
    """One question a week, another one the week after; groups that don't want one have none."""
    await it.group(starters=True)
    await it.group(name="Quiet ones", channel_id=OTHER_CHANNEL)
    await it.until(it.at(FRIDAY, 9) + WEEK)
    asked = [one.starter for one in it.openers()]
    assert sorted(asked) == sorted(it.app.prompts.starters)
    assert [one.starter for one in it.openers(OTHER_CHANNEL)] == ["", ""]


async def test_two_groups_live_in_one_channel(it: Town) -> None:
    """Each has its own opener, thread and digest."""
    first, second = await it.group(), await it.group(name="Designers")
    await it.joined(first, ANA)
    await it.joined(second, BOB)
    await it.until(it.at(FRIDAY, 9))
    await it.said(first, ANA, learned="One.")
    await it.said(second, BOB, learned="Two.")
    await it.until(it.at(NEXT_MONDAY, 18))
    assert {one.group for one in it.openers()} == {"Remote job seekers", "Designers"}
    assert {one.group for one in it.digests()} == {"Remote job seekers", "Designers"}
    places = [one.place_id or 0 for group in (first, second) for one in (await it.cycles(group))[:1]]
    assert [[card.learned for card in it.cards(place)] for place in places] == [["One."], ["Two."]]
    assert len({thread.name for thread in it.discord.threads.values()}) == 2


# -- clocks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["Pacific/Pago_Pago", "Pacific/Kiritimati"])
async def test_every_member_has_their_own_sunday(it: Town, zone: str) -> None:
    """H1, H2: a group at one end of the world, members at the other: due when Sunday ends on their own clock."""
    group = await it.group(zone="Pacific/Kiritimati" if zone == "Pacific/Pago_Pago" else "Pacific/Pago_Pago")
    await it.joined(group, ANA, zone=zone)
    await it.joined(group, BOB, zone=None)
    await it.until(it.at(SUNDAY))
    (ana,), (bob,) = await it.weeks(group, ANA), await it.weeks(group, BOB)
    west = datetime(2026, 11, 23, 11, tzinfo=UTC)
    assert {ana.due_at, bob.due_at} == {west, west - timedelta(hours=25)}
    cycle = (await it.cycles(group))[0]
    assert ana.due_at - cycle.opens_at > DAY
    assert cycle.digest_at >= max(ana.due_at, bob.due_at)
    assert cycle.final_at >= max(ana.late_until, bob.late_until)


async def test_eighteen_stays_eighteen_when_the_clocks_change(store: Store) -> None:
    """H5: in October the offset of Lisbon changes; opener and digest stay at 9:00 and 18:00 there."""
    it = town(store, datetime(2026, 10, 12, 9, tzinfo=UTC))
    group = await it.group()
    await it.joined(group, ANA)
    await it.walk(4 * WEEK)
    hours = {(one.opens_at.hour, one.digest_at.hour) for one in await it.cycles(group)}
    assert hours == {(8, 17), (8, 18), (9, 18)}


# -- doing it twice ------------------------------------------------------------------------------


async def test_a_beat_that_comes_twice_changes_nothing(it: Town) -> None:
    """Every duty may run again at the same moment: nothing is said or settled twice."""
    group = await it.group()
    await it.joined(group, ANA, letters=True, remind_day=5)
    for moment in (it.at(FRIDAY, 9), it.at(SATURDAY, 10), it.at(NEXT_MONDAY, 18), it.at(NEXT_WEDNESDAY, 12)):
        await it.until(moment)
        before = (await it.cycles(group), await it.weeks(group), it.discord.sends, it.discord.edits)
        await it.beat()
        assert (await it.cycles(group), await it.weeks(group), it.discord.sends, it.discord.edits) == before


async def test_hundreds_of_groups_are_opened_in_one_beat(it: Town) -> None:
    """More than fit into one transaction: each is opened once."""
    many = 3 * weeks.AT_ONCE // 2
    async with it.app.store.begin() as tx:
        for number in range(many):
            draft = Draft(f"Group {number}", 1000 + number, "Europe/Lisbon", template="steady")
            new = made(draft, 1, date(2026, 11, 16), it.clock())
            added = await store_of_groups.add(tx, new, f"group {number}", 1)
            await schedule_first(tx, replace(new, id=added or 0), it.clock())
    it.clock.move(it.at(FRIDAY, 9) - it.clock())
    assert await weeks.mind_weeks(it.app, server_name, it.clock()) == many
    every = await groups.listed(it.app, MO, it.clock())
    assert {one.cycle.state for one in every if one.cycle} == {"open"}
