"""What moderators do with groups, on both databases."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.checkins.flow import groups, thanks
from bot.checkins.flow.names import circle_of
from bot.checkins.groups import MOST_GROUPS, Draft
from bot.checkins.store import weeks as week_store
from bot.checkins.values import Goal
from bot.checkins.week import due_at
from bot.people.flow import meeting
from bot.people.members import Key
from tests.asked import refused
from tests.checkins.parts import CHANNEL, GUILD, MO, NOBODY_SPECIAL, OTHER_CHANNEL, WEEK, Town

ANA, BOB, CLEO, DAN, EVE = range(101, 106)
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY = range(4, 10)
DRAFT = Draft("Remote job seekers", CHANNEL, "Europe/Lisbon")
WEEK_47, WEEK_48 = date(2026, 11, 16), date(2026, 11, 23)


async def test_a_new_group_has_its_first_week_scheduled(it: Town) -> None:
    """Cleaned, with the first template, and its season begins with that week."""
    group = await it.group(name="  Remote \u200bjob seekers ")
    assert (group.name, group.template, group.season_week) == ("Remote job seekers", "steady", WEEK_47)
    assert [(one.week, one.state, one.opens_at) for one in await it.cycles(group)] == [
        (WEEK_47, "scheduled", it.at(FRIDAY, 9))
    ]
    assert await it.fresh(group) == group


async def test_a_late_saturday_in_the_west_is_an_opening_for_everybody(it: Town) -> None:
    """As long as nobody's week is due by then: fourteen hours east it still is Sunday evening."""
    late = await it.group(zone="Pacific/Pago_Pago", open_day=5, open_minute=22 * 60 + 59)
    (week,) = await it.cycles(late)
    assert week.opens_at < due_at(week.week, "Pacific/Kiritimati") < week.opens_at + timedelta(minutes=2)


async def test_a_group_made_on_friday_evening_opens_at_once_and_on_sunday_next_week(it: Town) -> None:
    """A day of the week must be left, by the group's clock."""
    it.clock.move(it.at(FRIDAY, 20) - it.clock())
    early = await it.group()
    it.clock.move(it.at(SUNDAY, 20) - it.clock())
    late = await it.group(name="Later")
    await it.beat()
    assert [one.group for one in it.openers()] == ["Remote job seekers"]
    assert [(await it.cycles(one))[0].week for one in (early, late)] == [WEEK_47, WEEK_48]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"name": "x"}, "group_name"),
        ({"name": "x" * 61}, "group_name"),
        ({"name": "***"}, "group_name"),
        ({"zone": "Europe/Atlantis"}, "place_unknown"),
        ({"open_day": 0}, "group_day"),
        ({"open_day": 6}, "group_day"),
        ({"open_minute": 1440}, "group_time"),
        ({"digest_minute": -1}, "group_time"),
        ({"zone": "Pacific/Pago_Pago", "open_day": 5, "open_minute": 23 * 60}, "group_opens_late"),
        ({"zone": "Etc/GMT+12", "open_day": 5, "open_minute": 22 * 60}, "group_opens_late"),
        ({"template": "of yesterday"}, "template_unknown"),
        ({"question": "w" * 46}, "group_question_long"),
    ],
)
async def test_what_a_group_may_not_be(it: Town, wrong: dict[str, Any], reason: str) -> None:
    """Refused as it is made and as it is changed; nothing of it is kept."""
    assert await refused(it.group(**wrong)) == reason
    group = await it.group()
    assert await refused(groups.edit(it.app, MO, group.id, wrong, (), it.clock())) == reason
    assert await it.fresh(group) == group


async def test_two_groups_of_a_server_have_two_names(it: Town) -> None:
    """Case and accents make no other name; another server may have the same."""
    group = await it.group(name="Café")
    assert await refused(it.group(name="CAFÉ")) == "group_name_taken"
    other = await it.group(name="Other")
    assert (
        await refused(groups.edit(it.app, MO, other.id, {"name": "café"}, (), it.clock()))
        == "group_name_taken"
    )
    await groups.edit(it.app, MO, group.id, {"name": "CAFÉ"}, (), it.clock())
    elsewhere = replace(MO, guild_id=2)
    made = await groups.create(it.app, elsewhere, replace(DRAFT, name="Café"), (), it.clock())
    assert made.guild_id == 2


async def test_a_server_has_fifty_groups_at_most(it: Town) -> None:
    """Those that ended take no place."""
    made = [await it.group(name=f"Group {number}") for number in range(MOST_GROUPS)]
    assert await refused(it.group(name="One more")) == "too_many_groups"
    await groups.set_state(it.app, MO, made[0].id, "ended", it.clock())
    assert (await it.group(name="One more")).id


async def test_everything_is_for_moderators_of_that_server_alone(it: Town) -> None:
    """Each press is checked, and a group of another server is no group here."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.until(it.at(FRIDAY, 9))
    await it.said(group, ANA)
    (week,) = await it.weeks(group)

    def doing(who: Any) -> list[Any]:
        app, now = it.app, it.clock()
        return [
            groups.edit(app, who, group.id, {"name": "Other"}, (), now),
            groups.page(app, who, group.id, now),
            groups.stats(app, who, group.id, now),
            groups.set_state(app, who, group.id, "paused", now),
            groups.season(app, who, group.id, "continue", now),
            groups.holiday(app, who, group.id, WEEK_48, True, now),
            groups.preview(app, who, group.id, now),
            groups.digest_now(app, who, group.id, now),
            groups.cards(app, who, group.id, 0),
            groups.hide(app, who, week.id, True, now),
            groups.export(app, who, group.id, "csv", now),
        ]

    only = [
        groups.create(it.app, NOBODY_SPECIAL, DRAFT, (), it.clock()),
        groups.listed(it.app, NOBODY_SPECIAL, it.clock()),
    ]
    assert {await refused(one) for one in [*only, *doing(NOBODY_SPECIAL)]} == {"moderators_only"}
    assert {await refused(one) for one in doing(replace(MO, guild_id=2))} == {"group_gone", "card_gone"}
    assert await groups.listed(it.app, replace(MO, guild_id=2), it.clock()) == []
    assert await it.fresh(group) == group


async def test_the_bot_must_be_able_to_speak_in_its_channel(it: Town) -> None:
    """Asked as a group is made and as it moves; other changes need no channel."""
    assert await refused(it.group(missing=("send_messages",))) == "bot_may_not"
    assert await refused(it.group(missing=None)) == "channel_gone"
    group = await it.group()
    moving = groups.edit(it.app, MO, group.id, {"channel_id": OTHER_CHANNEL}, ("view_channel",), it.clock())
    assert await refused(moving) == "bot_may_not"
    await groups.edit(it.app, MO, group.id, {"name": "Other"}, None, it.clock())
    assert (await it.fresh(group)).name == "Other"


async def test_other_times_move_the_week_that_is_scheduled_not_the_open_one(it: Town) -> None:
    """An open week keeps its digest; the next opens by the new rule."""
    group = await it.group()
    await it.until(it.at(FRIDAY, 9))
    changes = {"open_day": 3, "open_minute": 600, "digest_minute": 20 * 60, "zone": "UTC"}
    await groups.edit(it.app, MO, group.id, changes, (), it.clock())
    now, following = await it.cycles(group)
    assert (now.digest_at, following.opens_at) == (it.at(NEXT_MONDAY, 18), it.at(3, 10) + WEEK)
    assert following.digest_at == it.at(NEXT_MONDAY, 20) + WEEK
    await it.until(it.at(3, 10) + WEEK)
    assert len(it.openers()) == 2


async def test_a_group_that_rests_opens_nothing_and_excuses_everybody(it: Town) -> None:
    """Its open week ends without a loss; going on, the next week opens."""
    group = await it.group()
    await it.joined(group, ANA, BOB, at=it.at(0) - WEEK)
    await it.until(it.at(FRIDAY, 9))
    await it.said(group, ANA)
    await groups.set_state(it.app, MO, group.id, "paused", it.clock())
    await it.until(it.at(SATURDAY) + WEEK)
    assert await it.states(group, ANA) == ["on_time"]
    assert await it.states(group, BOB) == ["excused"]
    assert len(it.openers()) == 1
    await groups.set_state(it.app, MO, group.id, "active", it.clock())
    await it.walk(timedelta(minutes=1))
    assert [one.week for one in it.openers()] == [WEEK_47, WEEK_48]
    await groups.set_state(it.app, MO, group.id, "active", it.clock())  # twice is once
    assert [one.state for one in await it.cycles(group)] == ["final", "open", "scheduled"]


async def test_a_group_that_rests_for_an_hour_loses_no_week(it: Town) -> None:
    """Paused and active again before Friday: the same week is scheduled, once."""
    group = await it.group()
    await groups.set_state(it.app, MO, group.id, "paused", it.clock())
    assert [one.state for one in await it.cycles(group)] == ["skipped"]
    await groups.set_state(it.app, MO, group.id, "active", it.clock())
    assert [one.state for one in await it.cycles(group)] == ["scheduled"]
    await it.until(it.at(FRIDAY, 9))
    assert len(it.openers()) == 1


# -- weeks off -----------------------------------------------------------------------------------


async def test_all_groups_take_the_same_week_off(it: Town) -> None:
    """One press for all of a server; those of another server don't."""
    mine = [await it.group(), await it.group(name="Designers")]
    theirs = await groups.create(
        it.app, replace(MO, guild_id=2), replace(DRAFT, channel_id=77), (), it.clock()
    )
    await groups.holiday(it.app, MO, None, WEEK_47, True, it.clock())
    await it.until(it.at(SATURDAY))
    assert [(await it.cycles(one))[0].state for one in (*mine, theirs)] == ["skipped", "skipped", "open"]
    page = await groups.page(it.app, MO, mine[0].id, it.clock())
    assert page.holidays == (WEEK_47,)


async def test_a_week_off_can_be_taken_back_before_it_opens(it: Town) -> None:
    """Held after all: it opens in its time."""
    group = await it.group()
    await groups.holiday(it.app, MO, group.id, WEEK_47, True, it.clock())
    await groups.holiday(it.app, MO, group.id, WEEK_47, False, it.clock())
    await it.until(it.at(FRIDAY, 9))
    assert [one.week for one in it.openers()] == [WEEK_47]
    assert [one.state for one in await it.cycles(group)] == ["open", "scheduled"]


async def test_a_week_called_off_while_it_is_open_excuses_everybody_and_says_so(it: Town) -> None:
    """The opener tells it; there is no digest; what was said counts."""
    group = await it.group()
    await it.joined(group, ANA, BOB, at=it.at(0) - WEEK)
    await it.until(it.at(SATURDAY))
    await it.said(group, ANA)
    await groups.holiday(it.app, MO, group.id, WEEK_47, True, it.clock())
    await it.until(it.at(NEXT_WEDNESDAY, 13))
    assert [one.holiday for one in it.openers()] == [True]
    assert it.digests() == []
    assert [await it.states(group, one) for one in (ANA, BOB)] == [["on_time"], ["excused"]]
    await it.until(it.at(FRIDAY, 9) + WEEK)
    assert len(it.openers()) == 2


async def test_a_week_that_is_over_cannot_be_taken_off(it: Town) -> None:
    """Too late to spare anybody anything."""
    group = await it.group()
    doing = groups.holiday(it.app, MO, group.id, WEEK_47 - timedelta(days=7), True, it.clock())
    assert await refused(doing) == "week_over"


# -- reading and hiding --------------------------------------------------------------------------


async def _spoken(it: Town, **said: Any) -> Any:
    """A group in its open week: Ana, and under a pen name Bob, said something to everybody; Cleo to herself."""
    group = await it.group(question="Who helped you?")
    await it.joined(group, ANA, BOB, CLEO)
    await meeting.choose_pen_name(it.app, Key(GUILD, BOB), circle_of(group.id), "Heron", (), it.clock())
    await it.until(it.at(FRIDAY, 9))
    await it.said(group, ANA, BOB, **({"learned": "Ask early."} | said))
    await it.said(group, CLEO, circle="me", learned="For me alone.")
    await it.beat()
    return group


async def test_moderators_see_the_cards_that_everybody_sees(it: Town) -> None:
    """Pen names stay pen names for them; private check-ins are not there."""
    group = await _spoken(it)
    shown = await groups.cards(it.app, MO, group.id, 0)
    assert sorted((one.author_id, one.name) for one in shown) == [(0, "Heron"), (ANA, "")]
    assert await groups.cards(it.app, MO, group.id, 1) == []


async def test_a_hidden_card_shows_nothing_and_comes_back(it: Town) -> None:
    """The card in the thread is emptied, the digest forgets its lines; its author's week stays."""
    group = await _spoken(it, win="A win")
    (place,) = it.discord.threads
    await it.until(it.at(NEXT_MONDAY, 18))
    assert len(it.digests()[0].wins) == 2
    (ana,) = await it.weeks(group, ANA)
    await groups.hide(it.app, MO, ana.id, True, it.clock())
    await it.walk(timedelta(minutes=2))
    assert {(one.author_id, one.gone, one.learned) for one in it.cards(place)} == {
        (0, True, ""),
        (BOB, False, "Ask early."),
    }
    assert len(it.digests()[0].wins) == 1
    assert await it.states(group, ANA) == ["on_time"]
    await groups.hide(it.app, MO, ana.id, False, it.clock())
    await it.walk(timedelta(minutes=2))
    assert {one.gone for one in it.cards(place)} == {False}
    assert len(it.digests()[0].wins) == 2


async def test_a_private_check_in_cannot_be_hidden_since_it_is_not_there(it: Town) -> None:
    """Nobody learns by this press who said something to themselves."""
    group = await _spoken(it)
    (cleo,) = await it.weeks(group, CLEO)
    assert await refused(groups.hide(it.app, MO, cleo.id, True, it.clock())) == "card_gone"
    assert await refused(groups.hide(it.app, MO, 999_999, True, it.clock())) == "card_gone"


async def test_an_export_holds_what_everybody_may_read(it: Town) -> None:
    """CSV and JSON: the cards of Ana and, by a pen name, of Bob; nothing of Cleo's."""
    group = await _spoken(it, going="stuck", goals=(Goal("Rest"),))
    rows = list(
        csv.DictReader(
            io.StringIO((await groups.export(it.app, MO, group.id, "csv", it.clock())).decode("utf-8-sig"))
        )
    )
    assert sorted(row["Name"] for row in rows) == [f"<@{ANA}>", "Heron"]
    document = json.loads(await groups.export(it.app, MO, group.id, "json", it.clock()))
    assert (document["group"], len(document["cards"])) == ("Remote job seekers", 2)
    assert "For me alone" not in json.dumps(document) and "stuck" not in json.dumps(document)


async def test_small_numbers_are_not_told(it: Town) -> None:
    """Fewer than five people and check-ins are 0, in the list, on the page and in the numbers."""
    group = await _spoken(it)
    (listed,) = await groups.listed(it.app, MO, it.clock())
    page = await groups.page(it.app, MO, group.id, it.clock())
    stats = await groups.stats(it.app, MO, group.id, it.clock())
    assert (listed.seen, page.seen, page.checkins, page.pods) == (0, 0, 0, 0)
    assert (stats.members, [one.checkins for one in stats.weeks]) == (None, [None])
    assert (stats.thanks, stats.pods) == (None, None)


async def test_who_shows_nothing_changes_no_number(it: Town) -> None:
    """Members who joined, are in silence, check in for themselves alone and thank: moderators read what they read."""
    group = await it.group()
    seen, unseen, later = range(101, 107), range(201, 206), range(206, 211)
    await it.joined(group, *seen, *unseen)
    await it.until(it.at(FRIDAY, 9))
    await it.said(group, *seen, learned="Ask early.")

    async def read() -> tuple[object, ...]:
        page = await groups.page(it.app, MO, group.id, it.clock())
        (listed,) = await groups.listed(it.app, MO, it.clock())
        return listed.seen, page.seen, page.checkins, await groups.stats(it.app, MO, group.id, it.clock())

    before = await read()
    assert before[:3] == (6, 6, 6)
    await it.joined(group, *later)
    await it.said(group, *unseen, circle="me", learned="For me alone.")
    async with it.app.store.read() as tx:
        cards = await week_store.visible_of(tx, group.guild_id, group.id)
    for giver, one in zip([*unseen, *later], [*cards, *cards], strict=False):
        await thanks.thank(it.app, Key(GUILD, giver), one.id, it.clock())
    assert await read() == before


async def test_the_list_shows_the_open_week_else_the_next_one(it: Town) -> None:
    """By name; groups that ended come last."""
    ended = await it.group(name="Ants")
    await it.group(name="Bees")
    await groups.set_state(it.app, MO, ended.id, "ended", it.clock())
    listed = await groups.listed(it.app, MO, it.clock())
    assert [(one.group.name, one.cycle and one.cycle.state) for one in listed] == [
        ("Bees", "scheduled"),
        ("Ants", "skipped"),
    ]
    await it.until(it.at(FRIDAY, 9))
    assert (await groups.listed(it.app, MO, it.clock()))[0].cycle == (await it.cycles(listed[0].group))[0]


async def test_a_preview_posts_nothing(it: Town) -> None:
    """What the digest would say now."""
    group = await _spoken(it, win="A win")
    sent = it.discord.sends
    value = await groups.preview(it.app, MO, group.id, it.clock())
    await it.beat()
    assert [one.text for one in value.wins] == ["A win", "A win"]
    assert it.discord.sends == sent
