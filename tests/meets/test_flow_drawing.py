"""The weekly draw: who meets whom, kept before it is told, told once; whatever the cause, nobody fits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.meets.flow import joining, settings
from bot.meets.messages import DRAWN, HELLO, NOBODY, Drawn, Hello, Nobody
from bot.moderation import flow as moderation
from bot.people.flow import meeting
from bot.people.members import Key
from tests.meets.club import BOOK, DAY, DRAW_AT, GUILD, HOUR, MINUTE, MONDAY, SERVER, WEEK, Broken, Club
from tests.reviews.parts import ANA, BOB, CLEO, DAN, EVE, FAY, MO, Here

SIX = (ANA, BOB, CLEO, DAN, EVE, FAY)


async def test_two_meet(it: Club) -> None:
    """Both are let into a thread that names nobody, and hear once whom they meet and where."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    await it.draw()
    room = await it.the_room()
    assert room.match.members == (ANA, BOB) and room.match.state == "drawn"
    assert it.inside(room) == {ANA, BOB}
    assert room.thread_id is not None
    assert it.discord.threads[room.thread_id].private
    (hello,) = it.said(Hello, HELLO, room.thread_id)
    assert hello.members == (ANA, BOB) and len(hello.openers) == 3 and set(hello.openers) <= set(BOOK.openers)
    for one, other in ((ANA, BOB), (BOB, ANA)):
        (letter,) = it.said(Drawn, DRAWN, one)
        assert (letter.others, letter.thread_id, letter.server) == ((other,), room.thread_id, SERVER)
    assert await it.draws() == [("coffee", "told", 1)]


@pytest.mark.parametrize(("number", "sizes", "alone"), [(0, [], 0), (1, [], 1), (2, [2], 0), (3, [3], 0)])
async def test_small_pools(it: Club, number: int, sizes: list[int], alone: int) -> None:
    """Nobody, one, two or three: an odd one joins two, and one alone hears that nobody fits."""
    await it.meet_here()
    await it.wants(*SIX[:number])
    await it.draw()
    assert [len(one.members) for one in await it.matches()] == sizes
    assert sum(NOBODY in it.kinds(one) for one in SIX) == alone


async def test_each_week_others(it: Club) -> None:
    """Four people have three weeks without a repeat."""
    await it.meet_here()
    await it.wants(ANA, BOB, CLEO, DAN)
    for _ in range(3):
        await it.draw()
    pairs = [one.members for one in await it.matches()]
    assert len(pairs) == len(set(pairs)) == 6


async def test_who_had_nobody_comes_first(it: Club) -> None:
    """Of three of whom two may meet only the third, whoever was left is not left again the week after."""
    await it.meet_here()
    await it.wants(ANA, BOB, CLEO)
    await it.block(ANA, BOB)
    await it.draw()
    (first,) = await it.matches()
    left = ({ANA, BOB} - set(first.members)).pop()
    assert NOBODY in it.kinds(left)
    await it.draw()
    assert left in (await it.matches())[1].members


async def _one_alone(it: Club) -> None:
    await it.wants(ANA)


async def _blocked(it: Club) -> None:
    await it.wants(ANA, BOB)
    await it.block(BOB, ANA)


async def _guarded(it: Club) -> None:
    await it.wants(ANA, BOB)
    await meeting.guard_member(it.app, Key(GUILD, BOB), ANA, "Ana", it.clock())


async def _same_employer(it: Club) -> None:
    await it.wants(ANA, BOB)
    for one in (ANA, BOB):
        await meeting.guard_company(it.app, Key(GUILD, one), "Acme", it.clock(), employer=True)


async def _never_awake_together(it: Club) -> None:
    await it.wants(ANA, BOB)
    await it.quiet(ANA, 12 * 60, 0)
    await it.quiet(BOB, 0, 12 * 60)


async def _skips(it: Club) -> None:
    await it.wants(ANA, BOB)
    await joining.skip(it.app, Key(GUILD, BOB), "coffee", it.clock())


async def _has_left(it: Club) -> None:
    await it.wants(ANA, BOB)
    await it.leave_server(BOB)


async def _worker_dies(it: Club) -> None:
    await it.wants(ANA, BOB)
    it.app = replace(it.app, workers=Broken())


CAUSES = (
    *(_one_alone, _blocked, _guarded, _same_employer, _never_awake_together, _skips, _has_left, _worker_dies),
)


@pytest.mark.parametrize("cause", CAUSES)
async def test_nobody_fits_is_the_only_answer(it: Club, cause: Any) -> None:
    """Whatever the cause, the same words, and nothing else."""
    await it.meet_here()
    await cause(it)
    await it.draw()
    assert it.kinds(ANA) == [NOBODY]
    assert it.said(Nobody, NOBODY, ANA) == [Nobody(GUILD, SERVER, "coffee", DRAW_AT + WEEK, named=False)]
    assert await it.matches() == [] and it.discord.threads == {}


async def test_a_block_after_the_draw_was_made(it: Club) -> None:
    """Looked at once more before it is told: they never hear of each other."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    await it.draw()
    await it.wants(CLEO, DAN, kind="interview")
    it.clock.move(DRAW_AT + WEEK - it.clock() - MINUTE)
    await it.beat()
    it.clock.move(MINUTE)
    blocking = Blocking(it, CLEO, DAN)
    it.app = replace(it.app, workers=blocking)
    await it.beat()
    assert blocking.called
    assert [one.kind for one in await it.matches()] == ["coffee", "coffee"]
    assert it.kinds(CLEO) == it.kinds(DAN) == [NOBODY]


class Blocking(Here):
    """A worker during whose work one blocks the other."""

    def __init__(self, it: Club, one: int, other: int) -> None:
        super().__init__()
        self._it, self._who = it, (one, other)

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        await self._it.block(*self._who)
        return await super().call(function, *arguments)


async def test_a_worker_that_comes_back(it: Club) -> None:
    """It is tried again a minute later, and nothing is lost."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    working, it.app = it.app, replace(it.app, workers=Broken())
    await it.until(DRAW_AT)
    assert await it.draws() == [("coffee", "asked", 1)]
    it.app = working
    await it.until(DRAW_AT + MINUTE)
    assert await it.draws() == [("coffee", "told", 2)] and len(await it.matches()) == 1


async def test_a_partner_stays(it: Club) -> None:
    """Partners are drawn for four weeks; who is busy is in no draw, and hears nothing of it."""
    await it.meet_here()
    await it.wants(ANA, BOB, kind="partner")
    await it.draw()
    for _ in range(3):
        await it.draw()
    assert len(await it.matches()) == 1
    await it.draw()
    assert [one.week for one in await it.matches()] == [MONDAY.date(), MONDAY.date() + 4 * WEEK]
    assert NOBODY not in it.kinds(ANA)


async def test_mentors(it: Club) -> None:
    """One mentor of two takes two mentees; each has a thread of their own."""
    await it.meet_here()
    await it.wants(ANA, kind="mentor", role="mentor")
    await joining.choose_most(it.app, Key(GUILD, ANA), "mentor", 2, it.clock())
    await it.wants(BOB, CLEO, kind="mentor", role="mentee")
    await it.draw()
    assert [one.members for one in await it.matches()] == [(ANA, BOB), (ANA, CLEO)]
    assert [one.role for one in it.said(Drawn, DRAWN, ANA)] == ["mentor", "mentor"]
    assert [one.role for one in it.said(Drawn, DRAWN, BOB)] == ["mentee"]


async def test_an_interview_has_questions(it: Club) -> None:
    """The set that both chose; its questions don't stand in the thread, where both would read them before."""
    await it.meet_here()
    await it.wants(ANA, BOB, kind="interview")
    for one, sets in ((ANA, ("video", "offer-talk")), (BOB, ("offer-talk", "first-call"))):
        await joining.choose_topics(it.app, Key(GUILD, one), "interview", sets, it.clock())
    await it.draw()
    room = await it.the_room()
    assert room.about == "offer-talk" and room.thread_id is not None
    (hello,) = it.said(Hello, HELLO, room.thread_id)
    assert (hello.topic, hello.minutes, hello.openers) == ("Talking about an offer", 20, ())
    found = await joining.questions(it.app, Key(GUILD, BOB), room.match.id)
    assert found.id == "offer-talk"


async def test_reasons_show_what_both_show(it: Club) -> None:
    """Why these two comes from fields that both show to those they meet."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    await it.met(ANA, BOB, field="data", skills=("sql", "python"))
    await it.draw()
    (letter,) = it.said(Drawn, DRAWN, ANA)
    assert {one.kind for one in letter.reasons} == {"same_field", "skills"}


async def test_a_draw_that_was_missed_by_days(it: Club) -> None:
    """The bot was away: a few hours later it draws all the same, three days later it waits for the next week."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    it.clock.move(HOUR + 5 * HOUR)
    await it.beat()
    assert len(await it.matches()) == 1
    it.clock.move(WEEK + 3 * DAY)
    await it.beat()
    assert len(await it.matches()) == 1
    assert (await settings.settings(it.app, GUILD)).next_draw_at == DRAW_AT + 2 * WEEK


async def test_no_week_is_drawn_twice(it: Club) -> None:
    """Another day later in a week that was drawn means the week after."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    await it.draw()
    after = await settings.change(it.app, MO, it.clock(), day=4, zone="Europe/Lisbon")
    assert after.next_draw_at == DRAW_AT + WEEK + 4 * DAY
    await it.draw()
    assert len(await it.draws()) == 2


async def test_meetings_that_were_switched_off(it: Club) -> None:
    """Nothing is drawn; who stands in a meeting keeps it."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    await it.draw()
    assert (await settings.choose_channel(it.app, MO, None, None, it.clock())).next_draw_at is None
    await it.walk(2 * WEEK)
    assert len(await it.draws()) == 1


async def test_a_server_without_us(it: Club) -> None:
    """Where the bot was removed nothing is drawn."""
    await it.meet_here()
    await it.wants(ANA, BOB)
    await moderation.server_joined(it.app, GUILD, it.clock())
    await moderation.server_left(it.app, GUILD, it.clock())
    await it.until(DRAW_AT + HOUR)
    assert await it.draws() == []


async def test_letters_only_to_those_who_allow_them(it: Club) -> None:
    """Who allowed none is let into the thread, and that is all."""
    await it.meet_here()
    await it.met(ANA, letters=False)
    await it.met(BOB)
    for one in (ANA, BOB):
        await joining.join(it.app, Key(GUILD, one), "coffee", it.clock())
    await it.draw()
    assert it.kinds(ANA) == [] and it.kinds(BOB) == [DRAWN]
    assert it.inside(await it.the_room()) == {ANA, BOB}
