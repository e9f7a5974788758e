"""The hourly tick on both databases: very good pairs at once, any after a day, who was let down first of all."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.moderation import flow as moderation
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.reviews.flow import giving, readings, rounds
from bot.reviews.messages import NOBODY, OVER, PROPOSED, Nobody, Over
from bot.reviews.store import settings
from bot.reviews.values import KINDS, Request
from bot.storage.tables import review_reading, review_request
from tests.reviews.parts import (
    ANA,
    BOB,
    CLEO,
    DAN,
    DAY,
    EVE,
    EVERY,
    FAY,
    GUILD,
    HOUR,
    MO,
    MONDAY,
    SERVER,
    WEEK,
    Broken,
    Square,
    minding_readings,
    minding_rounds,
)

GOOD: dict[str, Any] = {"field": "data", "level": "mid", "languages": ("en",), "skills": ("SQL", "Python")}


async def open_square(it: Square, *readers: int, good: bool = True, **way: Any) -> None:
    """These read for others, as well as anybody can for each other, or (not good) with nothing known of them."""
    it.duties += [minding_rounds, minding_readings]
    await it.settle(**way)
    await it.met(*readers, **(GOOD if good else {}))
    await it.join_reader(*readers)


async def asks(it: Square, author_id: int, good: bool = True, **values: Any) -> Request:
    await it.met(author_id, **(GOOD if good else {}))
    return await it.hand_in(author_id, **values)


async def who_reads(it: Square, one: Request) -> set[int]:
    return {each.reader_id for each in await it.readings(one.id)}


# -- patience ------------------------------------------------------------------------------------


async def test_very_good_pairs_at_once(it: Square) -> None:
    """Within the hour both readers are asked; the round of it stands there with what was asked and answered."""
    await open_square(it, BOB, CLEO)
    one = await asks(it, ANA)
    await it.walk(HOUR)
    assert await who_reads(it, one) == {BOB, CLEO}
    assert all(each.score >= 700 for each in await it.readings())
    (kept,) = await it.rounds()
    assert (kept.drawn, kept.state, bool(kept.given), bool(kept.result)) == ("tick", "published", True, True)
    assert it.kinds(BOB) == it.kinds(CLEO) == [PROPOSED]
    assert (await it.request(one.id)).state == "in_review"


async def test_any_pair_after_a_day(it: Square) -> None:
    """Somebody of whom nothing is known is no very good pair: they are asked when the patience is over."""
    await open_square(it, BOB, CLEO, good=False)
    one = await asks(it, ANA, good=False)
    await it.walk(DAY - HOUR)
    assert await it.readings() == []
    assert await it.rounds() == []  # a tick that fills nothing leaves none
    await it.walk(HOUR)
    assert await who_reads(it, one) == {BOB, CLEO}


async def test_without_patience(it: Square) -> None:
    """A server may take any pair from the first hour on."""
    await open_square(it, BOB, CLEO, good=False, patience_h=0)
    one = await asks(it, ANA, good=False)
    await it.walk(HOUR)
    assert await who_reads(it, one) == {BOB, CLEO}


async def test_who_waits_for_the_round(it: Square) -> None:
    """They are in no tick; but for those whose reader did not deliver."""
    await open_square(it, BOB, CLEO)
    one = await asks(it, ANA, when="round")
    two = await asks(it, DAN, when="round", first=MONDAY)
    await it.walk(2 * HOUR)
    assert await who_reads(it, one) == set()
    assert await who_reads(it, two) == {BOB, CLEO}


# -- who is first --------------------------------------------------------------------------------


async def test_who_was_let_down_is_first(it: Square) -> None:
    """Of two for whom there is one reader, whoever's reader did not deliver, however long the other waits."""
    await open_square(it, BOB)
    await giving.change(it.app, Key(GUILD, BOB), it.clock(), capacity=1)
    long = await asks(it, ANA, needs=1, waiting_since=MONDAY - 50 * DAY)
    let_down = await asks(it, CLEO, needs=1, first=MONDAY - HOUR)
    await it.walk(HOUR)
    assert await who_reads(it, let_down) == {BOB}
    assert await who_reads(it, long) == set()


async def test_a_proposal_that_times_out_goes_to_somebody_else(it: Square) -> None:
    """After 36 hours in silence another reader is asked in the next tick, and never the same one again."""
    await open_square(it, BOB)
    one = await asks(it, ANA, needs=1)
    await it.walk(HOUR)
    assert await who_reads(it, one) == {BOB}
    await it.met(CLEO, **GOOD)
    await it.join_reader(CLEO)
    await it.walk(36 * HOUR)
    await it.walk(HOUR)
    states = {each.reader_id: each.state for each in await it.readings(one.id)}
    assert states == {BOB: "timed_out", CLEO: "proposed"}
    await it.walk(3 * DAY)
    assert len(await it.readings(one.id)) == 2


async def test_a_no_show_is_replaced(it: Square) -> None:
    """A reader accepts and sends nothing: twelve hours after the end their author reads so, and another is asked
    in the next tick, before everybody who waits."""
    it.duties += EVERY
    await it.settle()
    await it.met(BOB, CLEO, **GOOD)
    await it.join_reader(BOB, CLEO, capacity=1)
    one = await asks(it, ANA, needs=1)
    await it.walk(HOUR)
    (asked,) = await it.readings()
    accepted = await readings.accept(it.app, Key(GUILD, asked.reader_id), asked.id, it.clock())
    (other,) = {BOB, CLEO} - {asked.reader_id}
    await giving.pause(it.app, Key(GUILD, other), 1, it.clock())
    assert accepted.due_at == it.at(4, 20)
    await it.until(it.at(5, 7, 59))
    await giving.leave(it.app, Key(GUILD, asked.reader_id), it.clock())
    await giving.pause(it.app, Key(GUILD, other), 0, it.clock())
    await asks(it, DAN, needs=1, waiting_since=MONDAY - 50 * DAY)
    await it.until(it.at(5, 9))
    assert (await it.reading(asked.id)).state == "expired"
    assert await who_reads(it, one) == {asked.reader_id, other}
    (word,) = it.said(Over, OVER, ANA)
    assert (word.to, word.next_at) == ("author", it.at(5, 9))
    assert len(await it.readings()) == 2  # nobody for the one who only waited longer


async def test_a_tick_changes_nothing_that_stands(it: Square) -> None:
    """What is proposed or accepted stays as it is, and takes its reader's room."""
    await open_square(it, BOB, CLEO)
    one = await asks(it, ANA)
    await it.walk(HOUR)
    accepted = (await it.readings())[0]
    await readings.accept(it.app, Key(GUILD, accepted.reader_id), accepted.id, it.clock())
    before = await it.readings()
    for author_id in (DAN, EVE, FAY):
        await asks(it, author_id, needs=1)
    await it.walk(HOUR)
    after = await it.readings()
    assert [each for each in after if each.request_id == one.id] == before
    load = [each.reader_id for each in after]
    assert (load.count(BOB), load.count(CLEO)) == (2, 2)  # two at a time


async def test_not_the_same_two_again(it: Square) -> None:
    """Whoever read for an author lately is not asked to read what they hand in next."""
    await open_square(it, BOB, CLEO)
    one = await asks(it, ANA, needs=1)
    await it.walk(HOUR)
    (first,) = await it.readings()
    await it.became(review_reading, first.id, state="submitted", accepted_at=it.clock(), next_at=None)
    await it.became(review_request, one.id, state="delivered")
    two = await it.hand_in(ANA, sha256="e" * 64)
    await it.walk(HOUR)
    assert await who_reads(it, two) == {BOB, CLEO} - {first.reader_id}


# -- who may read --------------------------------------------------------------------------------


async def test_who_is_never_asked(it: Square) -> None:
    """Who pauses, left the server, is here for less than seven days, reads no such kind or language, is blocked."""
    await open_square(it, BOB, CLEO, DAN, EVE, FAY)
    newcomer, guarded = 107, 108
    await members.met(it.app, Person(newcomer, GUILD, False), it.clock(), joined_at=MONDAY - 6 * DAY)
    await it.met(guarded, **GOOD)
    await it.join_reader(newcomer, guarded)
    one = await asks(it, ANA)
    await giving.pause(it.app, Key(GUILD, BOB), 1, it.clock())
    await it.leave_server(CLEO)
    kinds = tuple(kind for kind in KINDS if kind != "resume")
    await giving.change(it.app, Key(GUILD, DAN), it.clock(), kinds=kinds)
    await giving.change(it.app, Key(GUILD, EVE), it.clock(), languages=("fr",))
    await it.block(FAY, ANA)
    await it.block(ANA, guarded)
    await it.walk(23 * HOUR)
    assert await who_reads(it, one) == set()
    await it.walk(2 * HOUR)  # the newcomer is here for seven days now, and patience is over
    assert await who_reads(it, one) == {newcomer}


async def test_a_newcomer_reads_beside_others(it: Square) -> None:
    """Who has neither read the sample nor sent a review fills no slot: one of them is asked beside a reader."""
    await open_square(it, BOB)
    await it.met(CLEO, DAN, **GOOD)
    await it.join_reader(CLEO, DAN, sample_at=None)
    one = await asks(it, ANA)
    await it.walk(2 * HOUR)
    every = await it.readings(one.id)
    assert sorted(each.clarity for each in every) == [False, True]
    assert [each.reader_id for each in every if not each.clarity] == [BOB]
    assert (await it.request(one.id)).state == "waiting"  # for its second reader


async def test_a_newcomer_alone(it: Square) -> None:
    """Nobody is read by a newcomer alone."""
    await open_square(it, good=False)
    await it.met(CLEO, **GOOD)
    await it.join_reader(CLEO, sample_at=None)
    await asks(it, ANA)
    await it.walk(2 * DAY)
    assert await it.readings() == []


# -- beside a round ------------------------------------------------------------------------------


async def test_a_tick_while_a_round_waits_for_a_look(it: Square) -> None:
    """What is in the round is left to it, with the room that it takes; who came later has what is left."""
    await open_square(it, BOB, CLEO, preview_h=72)
    inside = await asks(it, ANA)
    await rounds.open_round(it.app, MO, it.clock())
    await it.beat()
    later = await asks(it, DAN)
    last = await asks(it, EVE)
    await it.walk(HOUR)
    assert await who_reads(it, inside) == set()
    asked = await it.readings()
    assert len(asked) == 2  # four places, two of them the round's
    assert {each.request_id for each in asked} <= {later.id, last.id}
    round_id = (await it.rounds())[0].id
    await rounds.publish(it.app, MO, round_id, SERVER, it.clock())
    assert await who_reads(it, inside) == {BOB, CLEO}


# -- nobody fits ---------------------------------------------------------------------------------


async def test_nobody_fits(it: Square) -> None:
    """Without weekly rounds the tick says so, when the patience is over, and once in seven days."""
    await open_square(it)
    one = await asks(it, ANA)
    await it.walk(DAY - HOUR)
    assert it.said(Nobody, NOBODY, ANA) == []
    await it.walk(2 * HOUR)
    (word,) = it.said(Nobody, NOBODY, ANA)
    assert (word.request_id, word.server, word.kind) == (one.id, SERVER, "resume")
    for day, words in ((3, 1), (6, 1), (8, 1), (9, 2), (10, 2)):
        it.clock.move(it.at(day, 12) - it.clock())
        await it.beat()
        assert len(it.said(Nobody, NOBODY, ANA)) == words


async def test_rounds_say_it_where_there_are_some(it: Square) -> None:
    """With weekly rounds the ticks say nothing; the round does, with the day of the next one."""
    await open_square(it, weekly=True, next_round_at=MONDAY + 3 * DAY, preview_h=0, day=3)
    await asks(it, ANA)
    await it.walk(2 * DAY)
    assert it.said(Nobody, NOBODY, ANA) == []
    await it.walk(DAY)
    (word,) = it.said(Nobody, NOBODY, ANA)
    assert word.next_at == MONDAY + 3 * DAY + WEEK


async def test_whatever_the_cause_the_words_are_the_same(it: Square) -> None:
    """Nobody reads at all, or somebody does and is blocked: the two authors read the very same letter."""
    await open_square(it, BOB)
    await it.block(BOB, ANA)
    one = await asks(it, ANA)
    two = await asks(it, CLEO, language="fr")
    await it.walk(DAY)
    (to_ana,) = it.said(Nobody, NOBODY, ANA)
    (to_cleo,) = it.said(Nobody, NOBODY, CLEO)
    assert replace(to_ana, request_id=0) == replace(to_cleo, request_id=0)
    assert [(await it.request(each.id)).state for each in (one, two)] == ["waiting", "waiting"]


# -- troubles ------------------------------------------------------------------------------------


async def test_a_tick_that_can_not_be_drawn(it: Square) -> None:
    """Nothing happens, and an hour later it is tried again."""
    await open_square(it, BOB)
    one = await asks(it, ANA)
    whole, it.app = it.app, replace(it.app, workers=Broken())
    await it.walk(HOUR)
    assert await it.readings() == []
    it.app = whole
    await it.walk(HOUR)
    assert await who_reads(it, one) == {BOB}


async def test_a_server_without_us(it: Square) -> None:
    """The bot was removed: nothing is drawn, and nothing is due at each beat."""
    await open_square(it, BOB)
    await asks(it, ANA)
    await rounds.open_round(it.app, MO, it.clock())
    await moderation.server_left(it.app, GUILD, it.clock())
    await it.walk(2 * HOUR)
    assert await it.readings() == []
    assert [one.state for one in await it.rounds()] == ["cancelled"]
    assert await rounds.mind_rounds(it.app, lambda _: SERVER, it.clock()) == 0


async def test_a_bot_that_was_away(it: Square) -> None:
    """The ticks of a day are one."""
    await open_square(it, BOB)
    await asks(it, ANA)
    it.clock.move(DAY)
    await it.beat()
    assert len(it.workers.called) == 1
    async with it.app.store.read() as tx:
        assert (await settings.one(tx, GUILD)).next_tick_at == it.clock() + HOUR


async def test_a_quiet_beat_asks_two_questions(it: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is due: two short questions, no worker, nothing written."""
    await open_square(it, BOB)
    await asks(it, ANA)
    await it.walk(HOUR)
    before = len(it.workers.called)
    monkeypatch.setattr(it.app.store, "begin", None)
    assert await rounds.mind_rounds(it.app, lambda _: SERVER, it.clock()) == 0
    assert len(it.workers.called) == before
