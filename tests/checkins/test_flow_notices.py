"""A channel or thread that can't be written to: cards find another place, moderators hear it once, nobody loses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.checkins.flow import groups, notices
from bot.checkins.messages import CARD, GROUP_BLOCKED, GroupBlocked
from bot.deliveries.planned import decode
from bot.moderation import flow as moderation
from bot.ports import Trouble
from tests.asked import refused
from tests.checkins.parts import CHANNEL, GUILD, HOUR, MO, MODERATORS, OTHER_CHANNEL, WEEK, Town

ANA, BOB = 101, 102
FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY, NEXT_TUESDAY, NEXT_WEDNESDAY = range(4, 10)
MINUTE = timedelta(minutes=1)
GONE = Trouble("unknown_channel", "the channel is gone")
CLOSED = Trouble("missing_permission", "may not write")
LOCKED = Trouble("thread_locked", "only moderators write there")


def _blocked(it: Town) -> list[GroupBlocked]:
    return [
        decode(GroupBlocked, one.value)
        for one in it.discord.channels[MODERATORS]
        if one.kind == GROUP_BLOCKED
    ]


# -- places of cards -----------------------------------------------------------------------------


async def test_cards_go_into_a_thread_on_the_opener(it: Town) -> None:
    """The thread is called after group and week; a card that came before it was open is said there."""
    group = await it.group()
    await it.joined(group, ANA, BOB)
    await it.until(it.at(FRIDAY, 9))
    ((number, thread),) = it.discord.threads.items()
    assert (thread.name, thread.private) == ("Remote job seekers · 47", False)
    assert (await it.cycles(group))[0].place_id == number
    await it.said(group, ANA, learned="Ask early.")
    await it.beat()
    assert [(one.author_id, one.learned) for one in it.cards(number)] == [(ANA, "Ask early.")]


@pytest.mark.parametrize("code", ["too_many_threads", "missing_permission"])
async def test_without_a_thread_the_cards_stand_in_the_channel(it: Town, code: str) -> None:
    """The server's limit of threads, or a permission: the channel itself is the place."""
    group = await it.group()
    await it.joined(group, ANA)
    it.discord.no_threads[CHANNEL] = Trouble(code, "no thread")
    await it.until(it.at(FRIDAY, 9))
    await it.said(group, ANA)
    await it.beat()
    assert (await it.cycles(group))[0].place_id == CHANNEL
    assert len(it.cards(CHANNEL)) == 1


async def test_check_ins_before_the_place_is_known_get_their_cards(it: Town) -> None:
    """Discord gives no answer about the thread for a while: cards wait, and each is said once."""
    group = await it.group()
    await it.joined(group, ANA, BOB)
    it.discord.no_threads[CHANNEL] = Trouble("unclear", "no answer")
    await it.until(it.at(FRIDAY, 9))
    await it.said(group, ANA, BOB)
    await it.beat()
    assert (await it.cycles(group))[0].place_id is None
    del it.discord.no_threads[CHANNEL]
    await it.walk(2 * MINUTE)
    (place, *_) = it.discord.threads
    assert sorted(one.author_id for one in it.cards(place)) == [ANA, BOB]


async def test_an_opener_that_was_deleted_is_said_once_again(it: Town) -> None:
    """Deleted before its thread was there: a second one stands. Deleted again: the channel takes the cards."""
    group = await it.group()
    it.discord.no_threads[CHANNEL] = Trouble("unclear", "no answer")
    await it.until(it.at(FRIDAY, 9))
    it.delete("checkin_opener")
    del it.discord.no_threads[CHANNEL]
    await it.walk(MINUTE)
    assert len(it.openers()) == 1
    await it.walk(MINUTE)
    (cycle, _) = await it.cycles(group)
    assert cycle.reopened and cycle.place_id in it.discord.threads


async def test_an_opener_that_is_deleted_twice_stays_away(it: Town) -> None:
    """Somebody doesn't want it: it is not said a third time."""
    group = await it.group()
    it.discord.no_threads[CHANNEL] = Trouble("unclear", "no answer")
    await it.until(it.at(FRIDAY, 9))
    for _ in range(2):
        it.discord.no_threads[CHANNEL] = Trouble("unclear", "no answer")
        await it.walk(MINUTE)
        it.delete("checkin_opener")
        del it.discord.no_threads[CHANNEL]
        await it.beat()
    await it.walk(HOUR)
    assert it.openers() == []
    assert (await it.cycles(group))[0].place_id == CHANNEL


async def test_a_locked_thread_is_replaced_once_then_the_channel_serves(it: Town) -> None:
    """160005: cards go on in a new thread; when that is locked too, in the channel. None is said twice."""
    group = await it.group()
    await it.joined(group, ANA, BOB, 103)
    await it.until(it.at(FRIDAY, 9))
    (first,) = it.discord.threads
    await it.said(group, ANA)
    await it.beat()
    it.discord.refusing[first] = LOCKED
    await it.said(group, BOB)
    await it.walk(MINUTE)
    second = (await it.cycles(group))[0].place_id or 0
    assert second not in (first, CHANNEL) and second in it.discord.threads
    assert [one.author_id for one in it.cards(second)] == [BOB]
    it.discord.refusing[second] = LOCKED
    await it.said(group, 103)
    await it.walk(MINUTE)
    assert (await it.cycles(group))[0].place_id == CHANNEL
    assert [one.author_id for one in it.cards(CHANNEL)] == [103]
    assert [one.author_id for one in it.cards(first)] == [ANA]
    assert (await it.fresh(group)).blocked_at is None


# -- a channel that is closed --------------------------------------------------------------------


@pytest.mark.parametrize("trouble", [GONE, CLOSED, Trouble("missing_access", "cannot see it")])
async def test_a_closed_channel_is_one_notice_and_costs_nobody_a_week(it: Town, trouble: Trouble) -> None:
    """The opener dies: moderators hear it once; check-ins count; who says nothing is excused; no retry is heard."""
    await it.choose_moderators_channel()
    group = await it.group()
    await it.joined(group, ANA, BOB, at=it.at(0) - WEEK)
    await it.until(it.at(FRIDAY, 9) - MINUTE)
    it.discord.refusing[CHANNEL] = trouble
    await it.until(it.at(SATURDAY, 9))
    assert [(one.group_id, one.channel_id, one.code) for one in _blocked(it)] == [
        (group.id, CHANNEL, trouble.code)
    ]
    assert (await it.fresh(group)).blocked_at is not None
    await it.said(group, ANA)
    await it.until(it.at(NEXT_WEDNESDAY, 12) + WEEK)
    assert len(_blocked(it)) == 1
    assert await it.states(group, ANA) == ["on_time", "excused"]
    assert await it.states(group, BOB) == ["excused", "excused"]
    assert it.kinds(CHANNEL) == []


async def test_a_channel_that_opens_again_hears_what_is_worth_saying(it: Town) -> None:
    """Mended after some hours: opener, thread and cards follow by themselves; the group is not blocked any more."""
    group = await it.group()
    await it.joined(group, ANA)
    it.discord.refusing[CHANNEL] = CLOSED
    await it.until(it.at(FRIDAY, 12))
    await it.said(group, ANA)
    del it.discord.refusing[CHANNEL]
    await it.until(it.at(FRIDAY, 18))
    assert len(it.openers()) == 1
    (place, *_) = it.discord.threads
    assert len(it.cards(place)) == 1
    assert (await it.fresh(group)).blocked_at is None
    (cycle, _) = await it.cycles(group)
    assert HOUR < cycle.blocked < 9 * HOUR
    await it.until(it.at(NEXT_MONDAY, 18))
    assert len(it.digests()) == 1


async def test_a_week_is_lost_to_nobody_by_a_day_without_a_channel_but_by_their_silence(it: Town) -> None:
    """Closed for less than a day: the week counts. A freeze is there for it."""
    group = await it.group()
    await it.joined(group, ANA)
    await it.until(it.at(NEXT_WEDNESDAY, 13))
    it.discord.refusing[CHANNEL] = CLOSED
    await it.until(it.at(FRIDAY, 12) + WEEK)
    del it.discord.refusing[CHANNEL]
    await it.until(it.at(NEXT_WEDNESDAY, 12) + WEEK)
    assert await it.states(group, ANA) == ["excused", "frozen"]


async def test_moderators_can_have_it_tried_again_at_once(it: Town) -> None:
    """The notice's button: refused while the permission is missing, else what died is said."""
    group = await it.group()
    it.discord.refusing[CHANNEL] = CLOSED
    await it.until(it.at(FRIDAY, 12))
    del it.discord.refusing[CHANNEL]
    missing = ("send_messages",)
    assert await refused(notices.retry(it.app, MO, group.id, missing, it.clock())) == "bot_may_not"
    await notices.retry(it.app, MO, group.id, (), it.clock())
    await it.beat()
    assert len(it.openers()) == 1
    assert (await it.fresh(group)).blocked_at is None


async def test_the_notice_waits_until_moderators_have_a_channel(it: Town) -> None:
    """None is chosen yet: the notice is kept, and said as soon as there is one."""
    await it.group()
    it.discord.refusing[CHANNEL] = GONE
    await it.until(it.at(FRIDAY, 12))
    await it.choose_moderators_channel()
    await it.beat()
    assert len(_blocked(it)) == 1


async def test_a_group_that_moved_is_told_in_its_new_channel(it: Town) -> None:
    """The channel was deleted, moderators choose another: this week's opener and its cards stand there."""
    group = await it.group()
    await it.joined(group, ANA, BOB)
    it.discord.refusing[CHANNEL] = GONE
    await it.until(it.at(FRIDAY, 12))
    await it.said(group, ANA)
    await groups.edit(it.app, MO, group.id, {"channel_id": OTHER_CHANNEL}, (), it.clock())
    await it.walk(2 * MINUTE)
    assert len(it.openers(OTHER_CHANNEL)) == 1
    (place, *_) = it.discord.threads
    assert [one.author_id for one in it.cards(place)] == [ANA]
    await it.until(it.at(NEXT_MONDAY, 18))
    assert len(it.digests(OTHER_CHANNEL)) == 1
    assert (await it.fresh(group)).blocked_at is None


async def test_a_group_that_moves_in_an_open_week_keeps_what_stands(it: Town) -> None:
    """Cards that stand stay where they are; the next ones come to the new channel's thread."""
    group = await it.group()
    await it.joined(group, ANA, BOB)
    await it.until(it.at(FRIDAY, 9))
    (old,) = it.discord.threads
    await it.said(group, ANA)
    await it.beat()
    moved = await groups.edit(it.app, MO, group.id, {"channel_id": OTHER_CHANNEL}, (), it.clock())
    await it.walk(2 * MINUTE)
    await it.said(moved, BOB)
    await it.walk(MINUTE)
    place = (await it.cycles(group))[0].place_id or 0
    assert [one.author_id for one in it.cards(old)] == [ANA]
    assert [one.author_id for one in it.cards(place)] == [BOB]
    assert place != old


# -- the bot is removed --------------------------------------------------------------------------


async def test_removed_and_invited_again_it_goes_on_and_nobody_lost_a_week(it: Town) -> None:
    """No week opens while the bot is away, those it was in are excused; the next one opens as ever."""
    group = await it.group()
    await it.joined(group, ANA, at=it.at(0) - WEEK)
    await it.until(it.at(SATURDAY))
    await moderation.server_left(it.app, GUILD, it.clock())
    it.discord.refusing[CHANNEL] = Trouble("missing_access", "not in the server")
    await it.until(it.at(SATURDAY) + 2 * WEEK)
    await moderation.server_joined(it.app, GUILD, it.clock())
    del it.discord.refusing[CHANNEL]
    await it.until(it.at(SATURDAY) + 3 * WEEK)
    states = [one.state for one in await it.cycles(group)]
    assert states == ["final", "skipped", "skipped", "open", "scheduled"]
    assert await it.states(group, ANA) == ["excused", "pending"]
    assert len(it.openers()) == 2
    assert (await it.fresh(group)).blocked_at is None


async def test_a_card_of_a_week_that_is_over_is_not_said_any_more(it: Town) -> None:
    """Its channel was closed till the week was settled: the digest is still worth saying, a card is not."""
    group = await it.group()
    await it.joined(group, ANA)
    it.discord.no_threads[CHANNEL] = Trouble("too_many_threads", "no room")
    await it.until(it.at(SUNDAY))
    it.discord.refusing[CHANNEL] = CLOSED
    await it.said(group, ANA)
    await it.until(it.at(NEXT_WEDNESDAY, 13))
    del it.discord.refusing[CHANNEL]
    await it.until(it.at(NEXT_WEDNESDAY + 1, 13))
    assert CARD not in it.kinds(CHANNEL)
    assert len(it.digests()) == 1
