"""After the draw: did they meet, the debrief, early ends that read alike, threads, erasure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.app import App
from bot.meets.flow import debriefs, erasing, joining, meetings, settings, threads
from bot.meets.messages import ASKED, BLOCKED, DRAWN, HELLO, OVER, Asked, Blocked, Over
from bot.meets.values import Kind
from bot.people.flow import meeting
from bot.people.members import Key
from bot.ports import Trouble
from tests.asked import refused
from tests.fakes import FakeMessenger
from tests.meets.club import BOOK, CHANNEL, DAY, DRAW_AT, GUILD, HOUR, MINUTE, SERVER, WEEK, Broken, Club
from tests.reviews.parts import ANA, BOB, CLEO, MO, MODERATORS, NOBODY_SPECIAL


def key(user_id: int) -> Key:
    return Key(GUILD, user_id)


async def drawn(it: Club, *user_ids: int, kind: Kind = "coffee") -> int:
    """These meet; gives the match's id."""
    await it.meet_here()
    await it.wants(*user_ids, kind=kind)
    await it.draw()
    return (await it.the_room()).match.id


# -- did you meet? -------------------------------------------------------------------------------


async def test_asked_three_days_later(it: Club) -> None:
    """Once, each in their own waking hours; a day later nobody is asked again."""
    await drawn(it, ANA, BOB)
    await it.quiet(BOB, 9 * 60, 18 * 60)
    await it.until(DRAW_AT + 3 * DAY + MINUTE)
    assert it.kinds(ANA) == [DRAWN, ASKED] and it.kinds(BOB) == [DRAWN]
    await it.until(DRAW_AT + 3 * DAY + 9 * HOUR)
    assert it.kinds(BOB) == [DRAWN, ASKED]
    assert it.said(Asked, ASKED, ANA)[0].others == (BOB,)
    await it.walk(2 * DAY)
    assert it.kinds(ANA) == [DRAWN, ASKED]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ((True, True), "met"),
        ((True, False), "met"),
        ((False, False), "missed"),
        ((False, None), "missed"),
        ((None, None), "lapsed"),
    ],
)
async def test_what_becomes_of_it(it: Club, said: tuple[bool | None, ...], state: str) -> None:
    """With the next draw it is over; one "we met" is enough, and nobody learns what the other one said."""
    number = await drawn(it, ANA, BOB)
    for who, met in zip((ANA, BOB), said, strict=True):
        if met is not None:
            await meetings.say(it.app, key(who), number, met, it.clock())
    seen = await joining.one_met(it.app, key(ANA), number, it.clock())
    assert seen.said == said[0]
    for one in (ANA, BOB):
        await joining.leave(it.app, key(one), "coffee", it.clock())
    await it.until(DRAW_AT + WEEK + MINUTE)
    assert [one.state for one in await it.matches()] == [state]
    assert OVER not in it.kinds(ANA)
    assert await refused(meetings.say(it.app, key(ANA), number, True, it.clock())) == "meeting_over"


async def test_said_otherwise(it: Club) -> None:
    """The last word counts."""
    number = await drawn(it, ANA, BOB)
    for met in (True, False):
        await meetings.say(it.app, key(ANA), number, met, it.clock())
    assert (await joining.one_met(it.app, key(ANA), number, it.clock())).said is False
    assert await refused(meetings.say(it.app, key(CLEO), number, True, it.clock())) == "not_in_meeting"
    assert await refused(meetings.say(it.app, key(ANA), 404, True, it.clock())) == "not_in_meeting"


async def test_partners_are_asked_each_week(it: Club) -> None:
    """Four times, and each week has its own answer."""
    number = await drawn(it, ANA, BOB, kind="partner")
    await meetings.say(it.app, key(ANA), number, True, it.clock())
    await it.until(DRAW_AT + WEEK + HOUR)
    assert (await joining.one_met(it.app, key(ANA), number, it.clock())).said is None
    await it.until(DRAW_AT + 4 * WEEK - HOUR)
    assert it.kinds(ANA).count(ASKED) == 4
    await it.until(DRAW_AT + 4 * WEEK + MINUTE)
    assert (await it.rooms())[0].match.state == "met"


# -- the debrief ---------------------------------------------------------------------------------


async def test_a_debrief_ends_in_one_step(it: Club) -> None:
    """Six questions one by one; the first "no" of the book decides; all yes has a word of its own."""
    number = await drawn(it, ANA, BOB)
    book = BOOK.debriefs["coffee"]
    seen = await debriefs.debrief(it.app, key(ANA), number)
    for count, check in enumerate(book.checks, start=1):
        assert (seen.number, seen.check, seen.step) == (count, check, "")
        seen = await debriefs.answer(it.app, key(ANA), number, check.id, count != 4, it.clock())
    assert seen.check is None and seen.step == book.checks[3].step
    seen = await debriefs.answer(it.app, key(ANA), number, book.checks[3].id, True, it.clock())
    assert seen.step == book.done
    assert (await debriefs.debrief(it.app, key(BOB), number)).number == 1
    assert (await debriefs.again(it.app, key(ANA), number, it.clock())).number == 1


async def test_a_debrief_of_somebody_else(it: Club) -> None:
    """Only those in it have one; a check that the book has no more is refused."""
    number = await drawn(it, ANA, BOB)
    assert await refused(debriefs.debrief(it.app, key(CLEO), number)) == "not_in_meeting"
    wrong = debriefs.answer(it.app, key(ANA), number, "no-such", True, it.clock())
    assert await refused(wrong) == "debrief_changed"
    assert await it.debriefs() == 0


# -- early ends ----------------------------------------------------------------------------------


async def _block(it: Club, number: int) -> None:
    await it.block(BOB, ANA)


async def _guard(it: Club, number: int) -> None:
    await meeting.guard_member(it.app, key(BOB), ANA, "Ana", it.clock())


async def _stop(it: Club, number: int) -> None:
    await meetings.stop(it.app, key(BOB), number, it.clock())


async def _leave(it: Club, number: int) -> None:
    await it.leave_server(BOB)


async def _erase(it: Club, number: int) -> None:
    await erasing.step_out(it.app, key(BOB))
    async with it.app.store.begin() as tx:
        await erasing.forget(tx, key(BOB), it.clock())


ENDS = (_block, _guard, _stop, _leave, _erase)


@pytest.mark.parametrize("way", ENDS)
async def test_every_early_end_reads_alike(it: Club, way: Any) -> None:
    """From the next beat on: both out of the thread, it is closed, one letter that tells no cause."""
    number = await drawn(it, ANA, BOB)
    room = await it.the_room()
    it.clock.move(2 * MINUTE)
    await way(it, number)
    await it.beat()
    assert it.said(Over, OVER, ANA) == [Over(GUILD, SERVER, "coffee", DRAW_AT + WEEK, named=False)]
    assert it.inside(room) == set() and room.thread_id in it.discord.closed
    ended = await it.the_room()
    assert (ended.match.state, ended.parted, ended.thread_at) == ("ended", True, None)
    assert await refused(meetings.say(it.app, key(ANA), number, True, it.clock())) == "meeting_over"
    assert await refused(meetings.stop(it.app, key(ANA), number, it.clock())) == "meeting_over"
    await it.until(DRAW_AT + 4 * DAY)
    assert it.kinds(ANA) == [DRAWN, OVER]


async def test_a_three_ends_as_a_whole(it: Club) -> None:
    """Nobody in it can tell who is meant; all are in the next draw."""
    await drawn(it, ANA, BOB, CLEO)
    it.clock.move(2 * MINUTE)
    await it.block(ANA, BOB)
    await it.beat()
    assert [it.kinds(one) for one in (ANA, BOB, CLEO)] == [[DRAWN, OVER]] * 3
    await it.draw()
    assert (await it.matches())[-1].members in ((ANA, CLEO), (BOB, CLEO))


async def test_a_block_years_after(it: Club) -> None:
    """What is over stays over and is told to nobody; its thread is closed all the same."""
    number = await drawn(it, ANA, BOB)
    for one in (ANA, BOB):
        await joining.leave(it.app, key(one), "coffee", it.clock())
    await meetings.say(it.app, key(ANA), number, True, it.clock())
    await it.walk(3 * WEEK)
    before = it.kinds(BOB)
    await it.block(ANA, BOB)
    await it.beat()
    room = await it.the_room()
    assert room.match.state == "met" and room.parted and it.inside(room) == set()
    assert it.kinds(BOB) == before


async def test_what_still_waits_is_not_said(it: Club) -> None:
    """In quiet hours: somebody who was to hear whom they meet hears only that it is over."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    await it.quiet(ANA, 9 * 60, 20 * 60)
    await it.draw()
    await it.block(BOB, ANA)
    await it.beat()
    await it.until(DRAW_AT + 11 * HOUR)
    assert it.kinds(ANA) == [OVER]


# -- threads -------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["too_many_threads", "missing_permission", "missing_access"])
async def test_a_channel_that_takes_no_threads(it: Club, code: str) -> None:
    """Moderators hear it once; hourly it is tried again, and a press tries at once."""
    await it.choose_moderators_channel()
    await it.meet_here()
    await it.wants(ANA, BOB)
    it.discord.no_threads[CHANNEL] = Trouble(code, "Discord says no.")
    await it.draw()
    await it.walk(5 * HOUR)
    assert it.said(Blocked, BLOCKED, MODERATORS) == [Blocked(GUILD, CHANNEL, code)]
    assert it.kinds(ANA) == [] and (await it.the_room()).thread_id is None
    it.discord.no_threads.clear()
    await settings.try_again(it.app, MO, it.clock())
    await it.walk(5 * MINUTE)
    assert it.inside(await it.the_room()) == {ANA, BOB} and it.kinds(ANA) == [DRAWN]
    assert (await settings.settings(it.app, GUILD)).blocked_at is None


async def test_another_channel(it: Club) -> None:
    """Chosen because the first one is gone: what waits opens there at once."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    it.discord.no_threads[CHANNEL] = Trouble("unknown_channel", "It is gone.")
    await it.draw()
    await settings.choose_channel(it.app, MO, 12, (), it.clock())
    await it.walk(5 * MINUTE)
    room = await it.the_room()
    assert room.thread_id is not None and it.discord.threads[room.thread_id].channel_id == 12


async def test_a_thread_that_was_deleted(it: Club) -> None:
    """Before its first words stood there: another one is opened, and everybody let in anew."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    it.discord.refusing[1_000_000] = Trouble("unknown_channel", "It is gone.")
    await it.draw()
    await it.walk(5 * MINUTE)
    room = await it.the_room()
    assert room.thread_id is not None and it.kinds(room.thread_id) == [HELLO]
    assert it.kinds(ANA) == [DRAWN]


async def test_a_thread_that_somebody_deletes_by_hand(it: Club) -> None:
    """Another one opens within a beat, with both in it and no second letter; it can be ended like the first."""
    number = await drawn(it, ANA, BOB)
    first = (await it.the_room()).thread_id or 0
    del it.discord.inside[first]
    it.discord.threads[first] = replace(it.discord.threads[first], name="deleted")
    assert await threads.thread_deleted(it.app, first, it.clock())
    assert not await threads.thread_deleted(it.app, first, it.clock())
    await it.walk(5 * MINUTE)
    room = await it.the_room()
    assert room.thread_id not in (None, first) and it.inside(room) == {ANA, BOB}
    assert it.kinds(room.thread_id or 0) == [HELLO] and it.kinds(ANA) == it.kinds(BOB) == [DRAWN]
    await meetings.stop(it.app, key(ANA), number, it.clock())
    await it.walk(5 * MINUTE)
    assert room.thread_id in it.discord.closed and it.kinds(BOB) == [DRAWN, OVER]


async def test_a_thread_that_goes_while_they_come_in(it: Club) -> None:
    """Whatever of the first one is noted late: both come into the second."""
    late = Late(it.clock)
    for name in ("threads", "closed", "inside", "channels"):
        setattr(late, name, getattr(it.discord, name))
    it.discord = late
    it.app = late.app = replace(it.app, messenger=late)
    await drawn(it, ANA, BOB)
    await it.walk(5 * MINUTE)
    room = await it.the_room()
    assert late.lost is not None and room.thread_id not in (None, late.lost)
    assert it.inside(room) == {ANA, BOB} and it.kinds(ANA) == [DRAWN]


class Late(FakeMessenger):
    """The first thread in which everybody would be is deleted just before we note it."""

    app: App
    lost: int | None = None

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        answer = await super().let_in(guild_id, thread_id, user_id)
        if self.lost is None and self.inside[thread_id] == {ANA, BOB}:
            self.lost = thread_id
            self.threads[thread_id] = replace(self.threads[thread_id], name="deleted")
            del self.inside[thread_id]
            assert await threads.thread_deleted(self.app, thread_id, self.clock())
        return answer


async def test_a_thread_that_is_deleted_when_it_is_over(it: Club) -> None:
    """None is opened any more; nor for a thread that is none of ours."""
    number = await drawn(it, ANA, BOB)
    first = (await it.the_room()).thread_id or 0
    assert not await threads.thread_deleted(it.app, first + 1, it.clock())
    await meetings.stop(it.app, key(ANA), number, it.clock())
    assert not await threads.thread_deleted(it.app, first, it.clock())
    await it.walk(5 * MINUTE)
    assert (await it.the_room()).thread_id == first and len(it.discord.threads) == 1


async def test_somebody_who_left_unknown_to_us(it: Club) -> None:
    """Discord says so when they are to be let in: it ends as any early end does."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    it.discord.elsewhere.add(BOB)
    await it.draw()
    assert it.kinds(ANA)[-1] == OVER and (await it.the_room()).parted


# -- erasing -------------------------------------------------------------------------------------


async def test_an_erasure_while_it_is_drawn(it: Club) -> None:
    """A draw of which nobody was told yet is asked anew, without a trace of them."""
    await it.meet_here()
    await it.wants(ANA, BOB, CLEO)
    await it.block(CLEO, BOB)
    working, it.app = it.app, replace(it.app, workers=Broken())
    await it.until(DRAW_AT)
    assert any(str(BOB) in one.given for one in await it.standing())
    async with it.app.store.begin() as tx:
        await erasing.forget(tx, key(BOB), it.clock())
    assert not any(str(BOB) in one.given for one in await it.standing())
    it.app = working
    await it.walk(2 * MINUTE)
    assert [one.members for one in await it.matches()] == [(ANA, CLEO)]


async def test_erased_twice(it: Club) -> None:
    """Twice is once, and whoever wants nothing is in nothing."""
    await drawn(it, ANA, BOB)
    async with it.app.store.begin() as tx:
        assert [await erasing.forget(tx, key(one), it.clock()) for one in (BOB, BOB, CLEO)] == [1, 0, 0]
    assert await erasing.step_out(it.app, key(CLEO)) == 0


# -- joining -------------------------------------------------------------------------------------


async def test_joining_needs_meetings(it: Club) -> None:
    """Off, it is refused; on, a second press changes nothing that was chosen."""
    await it.met(ANA)
    assert await refused(joining.join(it.app, key(ANA), "coffee", it.clock())) == "meets_off"
    await it.meet_here()
    await joining.join(it.app, key(ANA), "coffee", it.clock())
    await joining.choose_topics(it.app, key(ANA), "coffee", ["pay"], it.clock())
    await joining.skip(it.app, key(ANA), "coffee", it.clock())
    mine = await joining.join(it.app, key(ANA), "coffee", it.clock() + HOUR)
    assert mine.joined.topics == ("pay",) and not mine.in_next
    assert mine.joined.joined_at == it.clock()


async def test_time_off(it: Club) -> None:
    """One week, several, back again, gone; each for its kind alone."""
    await it.meet_here()
    await it.wants(ANA)
    await joining.join(it.app, key(ANA), "partner", it.clock())
    assert not (await joining.skip(it.app, key(ANA), "coffee", it.clock())).in_next
    assert (await joining.resume(it.app, key(ANA), "coffee", it.clock())).in_next
    paused = await joining.pause(it.app, key(ANA), "coffee", 3, it.clock())
    assert paused.joined.paused_until == DRAW_AT.date() + timedelta(weeks=2) and not paused.in_next
    assert await refused(joining.pause(it.app, key(ANA), "coffee", 99, it.clock())) == "pause_weeks"
    await joining.leave(it.app, key(ANA), "coffee", it.clock())
    assert await refused(joining.skip(it.app, key(ANA), "coffee", it.clock())) == "not_joined"
    seen = await joining.overview(it.app, key(ANA), it.clock())
    assert [one.joined.kind for one in seen.kinds] == ["partner"] and seen.kinds[0].in_next


async def test_choices_are_checked(it: Club) -> None:
    """Roles, topics and numbers that nobody offers are refused."""
    await it.meet_here()
    await it.wants(ANA)
    app, now = it.app, it.clock()
    assert await refused(joining.join(app, key(ANA), "mentor", now)) == "meet_role"
    assert await refused(joining.choose_topics(app, key(ANA), "coffee", ["x"], now)) == "meet_topic_gone"
    four = [one.id for one in BOOK.topics[:4]]
    assert await refused(joining.choose_topics(app, key(ANA), "coffee", four, now)) == "meet_topics"
    assert await refused(joining.choose_most(app, key(ANA), "coffee", 2, now)) == "meet_most"
    await joining.join(app, key(ANA), "mentor", now, "mentor")
    await joining.choose_most(app, key(ANA), "mentor", 3, now)
    changed = await joining.join(app, key(ANA), "mentor", now, "mentee")
    assert (changed.joined.role, changed.joined.most) == ("mentee", 1)


# -- moderators ----------------------------------------------------------------------------------


async def test_settings_are_moderators(it: Club) -> None:
    """Checked at each press; values that are on no clock are refused, and a channel that lacks something."""
    app, now = it.app, it.clock()
    assert await refused(settings.change(app, NOBODY_SPECIAL, now, day=1)) == "moderators_only"
    assert await refused(settings.try_again(app, NOBODY_SPECIAL, now)) == "moderators_only"
    assert await refused(settings.choose_channel(app, NOBODY_SPECIAL, 1, (), now)) == "moderators_only"
    assert await refused(settings.change(app, MO, now, day=7)) == "meet_setting"
    assert await refused(settings.change(app, MO, now, minute=1440)) == "meet_setting"
    assert await refused(settings.change(app, MO, now, zone="Mars/Base")) == "place_unknown"
    missing = ("create_private_threads",)
    assert await refused(settings.choose_channel(app, MO, 1, missing, now)) == "bot_may_not"
    assert await refused(settings.choose_channel(app, MO, 1, None, now)) == "channel_gone"
    on = await settings.choose_channel(app, MO, 1, (), now)
    assert on.next_draw_at == DRAW_AT - HOUR + WEEK  # nine on Mondays, which is now
