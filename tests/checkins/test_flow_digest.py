"""The digest of a group's week, on both databases: what it tells, when, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.checkins.cycle import next_cycle
from bot.checkins.digest import digest
from bot.checkins.flow import groups
from bot.checkins.flow.names import circle_of
from bot.checkins.groups import Draft, made
from bot.checkins.values import Goal, MemberWeek, Said
from bot.people.flow import meeting, members
from bot.people.members import Key
from bot.ports import Trouble
from tests.asked import refused
from tests.checkins.parts import CHANNEL, HOUR, MO, MONDAY, WEEK, Town

ANA, BOB, CLEO, DAN, EVE, FAY = range(101, 107)
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY = range(4, 10)


async def test_the_digest_tells_what_the_group_may_see_and_nothing_else(it: Town) -> None:
    """Private and pod check-ins, moods and absence change nothing in it; counts are told from five people up."""
    group = await it.group()
    await it.joined(group, ANA, BOB, CLEO, DAN, EVE, FAY, 107)
    await it.until(it.at(FRIDAY, 9))
    goals = (Goal("Rest", True), Goal("Write"))
    await it.said(group, ANA, BOB, CLEO, DAN, reviewed=goals, going="stuck")
    await it.said(group, EVE, circle="me", reviewed=goals, win="Mine alone", ideas="Mine alone")
    await it.said(group, FAY, circle="pod", reviewed=goals, win="My pod's", ideas="My pod's")
    await it.until(it.at(NEXT_MONDAY, 18))
    (digest,) = it.digests()
    assert (digest.checkins, digest.finished, digest.goes_on, digest.wins, digest.wanted) == (0, 0, 0, (), ())
    await it.said(group, 107, reviewed=goals, win="A talk!", ideas="Who knows Rust?", state="late")
    await it.walk(timedelta(minutes=1))
    (digest,) = it.digests()  # the same message
    assert (digest.checkins, digest.finished, digest.goes_on) == (5, 5, 5)
    assert [(one.text, one.author_id, one.name) for one in digest.wins] == [("A talk!", 0, "")]
    assert [one.text for one in digest.wanted] == ["Who knows Rust?"]


async def test_a_digest_of_hundreds_holds_every_line_for_its_card_to_count() -> None:
    """500 wins: the value knows them all, so that what the card cuts can be counted (golden: digest, longest)."""
    each = MemberWeek(
        id=1, cycle_id=1, group_id=1, guild_id=1, user_id=1, week=date(2026, 11, 16), state="on_time",
        due_at=MONDAY, late_until=MONDAY, submitted_at=MONDAY, circle="group", said=Said(win="An offer"),
    )  # fmt: skip
    of = made(Draft("Remote job seekers", CHANNEL, "Europe/Lisbon"), 1, date(2026, 11, 16), MONDAY)
    cycle = next_cycle(of, date(2026, 11, 16), holiday=False)
    told = digest(of, cycle, [replace(each, id=number, user_id=number) for number in range(500)], {})
    assert len(told.wins) == told.checkins == 500


async def test_a_digest_that_was_deleted_comes_back_only_by_hand(it: Town) -> None:
    """Nothing says it again by itself; a moderator does, and twice in a minute is once. The schedule stays (H9)."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.until(it.at(NEXT_MONDAY, 18))
    it.delete("checkin_digest")
    await it.until(it.at(NEXT_TUESDAY, 18))
    assert it.digests() == []
    before = await it.cycles(group)
    for _ in range(2):
        await groups.digest_now(it.app, MO, group.id, it.clock())
    await it.beat()
    assert len(it.digests()) == 1
    assert await it.cycles(group) == before
    await it.settled()
    assert [one.still_open for one in it.digests()] == [False]


async def test_a_digest_by_hand_before_its_time_leaves_the_one_of_monday(it: Town) -> None:
    """H9: pressing it on Saturday posts one, Monday's comes all the same, and opening days stay."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.until(it.at(SATURDAY, 12))
    await groups.digest_now(it.app, MO, group.id, it.clock())
    await it.settled()
    assert len(it.digests()) == 2
    assert (await it.cycles(group))[1].opens_at == it.at(FRIDAY, 9) + WEEK


async def test_a_failed_send_delays_the_digest_and_loses_nothing(it: Town) -> None:
    """H3: Discord has a bad minute as the digest is said; it stands a little later, once."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.until(it.at(NEXT_MONDAY, 17))
    it.discord.refusing[CHANNEL] = Trouble("unclear", "no answer")
    await it.until(it.at(NEXT_MONDAY, 18))
    assert it.digests() == []
    del it.discord.refusing[CHANNEL]
    await it.walk(timedelta(minutes=30))
    assert len(it.digests()) == 1


async def test_names_in_a_digest_are_those_that_members_let_it_say(it: Town) -> None:
    """A pen name hides who it is; without one only the door "digest" shows the member."""
    group = await it.group()
    await it.joined(group, ANA, BOB, CLEO)
    await meeting.choose_pen_name(it.app, Key(1, ANA), circle_of(group.id), "Heron", (), it.clock())
    await members.set_door(it.app, Key(1, BOB), "digest", True, it.clock())
    await it.until(it.at(FRIDAY, 9))
    await it.said(group, ANA, BOB, CLEO, win="A win")
    await it.until(it.at(NEXT_MONDAY, 18))
    assert {(one.author_id, one.name) for one in it.digests()[0].wins} == {(0, "Heron"), (BOB, ""), (0, "")}


async def test_refused_before_anything_began(it: Town) -> None:
    """No digest by hand without a week that has begun."""
    group = await it.group()
    assert await refused(groups.digest_now(it.app, MO, group.id, it.clock())) == "no_digest_yet"
    assert await refused(groups.preview(it.app, MO, group.id, it.clock())) == "no_digest_yet"
    other = replace(MO, guild_id=2)
    assert await refused(groups.digest_now(it.app, other, group.id, it.clock() + HOUR)) == "group_gone"
