"""Rounds on both databases: begun, drawn, looked at, published; vetoes, dry runs, and what happens in between."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.deliveries.planned import decode
from bot.moderation.rights import Person
from bot.people.members import Key
from bot.reviews.draw import Drawn, draw
from bot.reviews.flow import asking, giving, rounds
from bot.reviews.flow.drawing import papers
from bot.reviews.flow.publishing import reasons_of
from bot.reviews.messages import NOBODY, PROPOSED, ROUND, Nobody, Proposed, RoundDrawn
from bot.reviews.pool import Table
from bot.reviews.store import settings
from bot.reviews.values import Round
from tests.asked import refused
from tests.reviews.parts import (
    ANA,
    BOB,
    CLEO,
    DAN,
    DAY,
    EVE,
    FAY,
    GUILD,
    HOUR,
    MO,
    MODERATORS,
    MONDAY,
    NOBODY_SPECIAL,
    SERVER,
    WEEK,
    Broken,
    Square,
    minding_rounds,
)

FOUR = (ANA, BOB, CLEO, DAN)


async def four(it: Square, *, when: str = "round", **way: Any) -> None:
    """Four members who read for each other, each with a request; rounds alone, unless `way` says else. None of them
    searches in private."""
    it.duties.append(minding_rounds)
    await it.settle(**({"next_tick_at": None} | way))
    await it.met(*FOUR, field="data", level="mid", languages=("en",))
    await it.in_the_open(*FOUR)
    await it.join_reader(*FOUR)
    for author_id in FOUR:
        await it.hand_in(author_id, when=when)


async def drawn(it: Square) -> Round:
    """A moderator opens a round, and it is drawn."""
    opened = await rounds.open_round(it.app, MO, it.clock())
    await it.beat()
    return (await it.rounds())[-1] if opened else opened


# -- a round -------------------------------------------------------------------------------------


async def test_a_round_is_kept_before_anybody_is_told(it: Square) -> None:
    """What was asked, the seed and the answer stand there, moderators know, and no member has heard a word."""
    await it.choose_moderators_channel()
    await four(it)
    one = await drawn(it)
    assert one.state == "previewed"
    table, answer = decode(Table, one.given), decode(Drawn, one.result)
    assert {each.author_id for each in table.wanting} == set(FOUR)
    assert answer.figures.filled == answer.figures.wanted == 8
    assert len(one.seed) == 32
    assert one.publish_at == MONDAY + 12 * HOUR
    assert await it.readings() == []
    assert all(PROPOSED not in it.kinds(one) for one in FOUR)
    (told,) = it.said(RoundDrawn, ROUND, MODERATORS)
    assert (told.state, told.requests, told.filled, told.short) == ("previewed", 1, 5, 0)


async def test_a_round_publishes_itself(it: Square) -> None:
    """Twelve hours later every reader is asked once for each document, with reasons, and moderators read so."""
    await it.choose_moderators_channel()
    await four(it)
    await drawn(it)
    await it.until(it.at(0, 20, 59))
    assert await it.readings() == []
    await it.until(it.at(0, 21))
    every = await it.readings()
    assert len(every) == 8
    assert {one.state for one in every} == {"proposed"}
    assert {one.accept_by for one in every} == {it.clock() + 36 * HOUR}
    assert all(2 <= len(reasons_of(one)) <= 3 for one in every)
    assert {one.state for one in await it.requests()} == {"in_review"}
    await it.until(it.at(1, 9))  # they sleep till eight
    for reader_id in FOUR:
        letters = it.said(Proposed, PROPOSED, reader_id)
        assert len(letters) == 2
        assert all(letter.server == SERVER and letter.due_days == 4 for letter in letters)
        assert all(2 <= len(letter.reasons) <= 3 for letter in letters)
    (told,) = it.said(RoundDrawn, ROUND, MODERATORS)
    assert told.state == "published"


async def test_at_once_without_a_preview(it: Square) -> None:
    """With no hours to look, one beat is enough."""
    await four(it, preview_h=0)
    one = await drawn(it)
    assert one.state == "published"
    assert len(await it.readings()) == 8


async def test_the_same_round_again(it: Square) -> None:
    """What was asked and the seed give the answer that was kept, to the byte."""
    await four(it)
    one = await drawn(it)
    assert papers(draw(decode(Table, one.given), one.seed)) == one.result


async def test_papers_go(it: Square) -> None:
    """Thirty days after a round was published nobody can read any more who wanted what."""
    await four(it, preview_h=0)
    await drawn(it)
    await it.walk(30 * DAY)
    (one,) = await it.rounds()
    assert (one.state, one.given, one.result) == ("closed", "", "")


# -- when ----------------------------------------------------------------------------------------


async def test_a_weekly_round(it: Square) -> None:
    """It begins on its day, by the server's clock, and the next one a week later."""
    await it.choose_moderators_channel()
    await four(it, weekly=True, next_round_at=MONDAY + WEEK, zone="Europe/Lisbon")
    await it.until(MONDAY + WEEK - HOUR)
    assert await it.rounds() == []
    await it.until(MONDAY + WEEK)
    (one,) = await it.rounds()
    assert (one.state, one.drawn, one.opened_by) == ("previewed", "weekly", None)
    async with it.app.store.read() as tx:
        assert (await settings.one(tx, GUILD)).next_round_at == MONDAY + 2 * WEEK


async def test_a_week_without_requests(it: Square) -> None:
    """Nobody waits: there is no round, and no word."""
    it.duties.append(minding_rounds)
    await it.choose_moderators_channel()
    await it.settle(weekly=True, next_round_at=MONDAY + DAY, next_tick_at=None)
    await it.met(ANA)
    await it.join_reader(ANA)
    await it.walk(2 * DAY)
    assert await it.rounds() == []
    assert it.said(RoundDrawn, ROUND, MODERATORS) == []


async def test_who_may_open_a_round_and_when(it: Square) -> None:
    """Moderators, where reviews are on and somebody waits."""
    assert await refused(rounds.open_round(it.app, NOBODY_SPECIAL, it.clock())) == "moderators_only"
    assert await refused(rounds.open_round(it.app, MO, it.clock())) == "reviews_off"
    await it.settle()
    assert await refused(rounds.open_round(it.app, MO, it.clock())) == "nobody_waits"
    assert await refused(rounds.dry_run(it.app, MO, it.clock())) == "nobody_waits"
    assert await refused(rounds.preview(it.app, MO)) == "no_round"
    assert await refused(rounds.publish(it.app, MO, 1, SERVER, it.clock())) == "round_gone"
    for press in (rounds.preview(it.app, NOBODY_SPECIAL), rounds.dry_run(it.app, NOBODY_SPECIAL, MONDAY)):
        assert await refused(press) == "moderators_only"


async def test_a_weekly_round_waits_for_another(it: Square) -> None:
    """One that still waits for a look is not joined by the weekly one."""
    await four(it, weekly=True, next_round_at=MONDAY + HOUR, preview_h=72)
    await drawn(it)
    await it.walk(DAY)
    assert len(await it.rounds()) == 1


# -- small servers -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3])
async def test_a_small_server(it: Square, size: int) -> None:
    """One, two or three: each gets as many readers as there are others, and hears of it if that is none."""
    it.duties.append(minding_rounds)
    await it.settle(next_tick_at=None, preview_h=0)
    some = FOUR[:size]
    await it.met(*some)
    await it.join_reader(*some)
    for author_id in some:
        await it.hand_in(author_id, when="round")
    await drawn(it)
    assert len(await it.readings()) == size * (size - 1)
    assert [len(it.said(Nobody, NOBODY, one)) for one in some] == [int(size == 1)] * size


# -- who may not meet ----------------------------------------------------------------------------


async def test_a_block_before_the_draw(it: Square) -> None:
    """These two are not brought together; the author hears what everybody hears whom nobody fits."""
    it.duties.append(minding_rounds)
    await it.settle(next_tick_at=None, preview_h=0)
    await it.met(ANA, BOB)
    await it.join_reader(BOB)
    await it.hand_in(ANA, when="round")
    await it.block(BOB, ANA)
    await drawn(it)
    assert await it.readings() == []
    assert it.said(Nobody, NOBODY, ANA) == [Nobody(GUILD, SERVER, 1, "resume", None, named=False)]


async def test_a_block_between_draw_and_publication(it: Square) -> None:
    """Each pair is looked at once more before it is told: this one is left out, the others stay."""
    await four(it)
    await drawn(it)
    await it.block(ANA, BOB)
    await it.until(it.at(0, 21))
    pairs = {(one.author_id, one.reader_id) for one in await it.readings()}
    assert pairs
    assert not pairs & {(ANA, BOB), (BOB, ANA)}


async def test_what_changed_between_draw_and_publication(it: Square) -> None:
    """Who left the server, stopped reading or took their request back is in no pair that is told."""
    await four(it)
    await drawn(it)
    await it.leave_server(ANA)
    await giving.leave(it.app, Key(GUILD, BOB), it.clock())
    withdrawn = next(one for one in await it.requests() if one.author_id == CLEO)
    await asking.withdraw(it.app, Key(GUILD, CLEO), withdrawn.id, it.clock())
    await it.until(it.at(0, 21))
    pairs = {(one.author_id, one.reader_id) for one in await it.readings()}
    assert pairs == {(BOB, CLEO), (BOB, DAN), (DAN, CLEO)} & pairs
    assert pairs


# -- moderators look -----------------------------------------------------------------------------


async def test_a_preview(it: Square) -> None:
    """Counts, coverage, the five worst scores, who is short and why."""
    await four(it)
    await it.met(EVE)
    await it.in_the_open(EVE)
    await it.hand_in(EVE, "portfolio", when="round", language="pt")
    await drawn(it)
    seen = await rounds.preview(it.app, MO)
    assert (seen.requests, seen.readers, seen.wanted, seen.filled, seen.served) == (5, 1, 10, 5, 1)
    assert len(seen.pairs) == 8 and not seen.hidden
    assert len(seen.worst) == 5
    assert [one.score for one in seen.worst] == sorted(one.score for one in seen.pairs)[:5]
    (short,) = seen.short
    assert (short.author_id, short.missing) == (EVE, 2)
    assert short.reason == "nobody else in this round reads Portuguese"


async def test_a_moderator_never_sees_their_own_readers(it: Square) -> None:
    """A moderator who has something read, or reads, sees all pairs but theirs."""
    await four(it)
    await drawn(it)
    seen = await rounds.preview(it.app, Person(ANA, GUILD, True))
    assert seen.hidden and len(seen.pairs) == 4
    assert all(ANA not in (one.author_id, one.reader_id) for one in (*seen.pairs, *seen.worst))


@pytest.mark.parametrize("why", ["private", "guard"])
async def test_who_is_in_private_is_in_no_preview(it: Square, why: str) -> None:
    """Nor whom this moderator may not meet: neither a pair, nor a reason, nor one more in a number tells of them."""
    await four(it)
    await it.met(EVE)
    await it.hand_in(EVE, "portfolio", when="round", language="pt")
    if why == "guard":
        await it.in_the_open(EVE)
        await it.block(EVE, MO.id)
    without = await rounds.dry_run(it.app, MO, it.clock())
    await it.join_reader(EVE)
    seen = await rounds.dry_run(it.app, MO, it.clock())
    assert seen.hidden and without.hidden
    assert EVE not in {each for one in (*seen.pairs, *seen.beside) for each in (one.author_id, one.reader_id)}
    assert seen.short == without.short == ()
    assert (seen.requests, seen.wanted) == (without.requests, without.wanted)


async def test_a_veto(it: Square) -> None:
    """The round is drawn again at once without that pair, everybody else is served, its hour stays."""
    await it.choose_moderators_channel()
    await four(it)
    await it.met(EVE, FAY)
    await it.join_reader(EVE, FAY)
    before = await drawn(it)
    pair = (await rounds.preview(it.app, MO)).pairs[0]
    it.clock.move(HOUR)
    seen = await rounds.veto(it.app, MO, before.id, pair.author_id, pair.reader_id, it.clock())
    assert (pair.author_id, pair.reader_id) not in {(one.author_id, one.reader_id) for one in seen.pairs}
    assert (seen.filled, len(seen.pairs)) == (5, 8)
    (after,) = await it.rounds()
    assert (after.state, after.publish_at, after.seed) == ("previewed", before.publish_at, before.seed)
    await it.until(it.at(0, 21))
    told = {(one.author_id, one.reader_id) for one in await it.readings()}
    assert (pair.author_id, pair.reader_id) not in told
    assert len(told) == 8
    assert len(it.said(RoundDrawn, ROUND, MODERATORS)) == 1


async def test_vetoes_that_are_none(it: Square) -> None:
    """Only a pair of this round that its moderator may see, while it is not told."""
    await four(it)
    one = await drawn(it)
    assert await refused(rounds.veto(it.app, NOBODY_SPECIAL, one.id, ANA, BOB, MONDAY)) == "moderators_only"
    assert await refused(rounds.veto(it.app, MO, one.id, ANA, ANA, MONDAY)) == "pair_gone"
    own = Person(ANA, GUILD, True)
    reader = next(
        each.reader_id for each in (await rounds.preview(it.app, MO)).pairs if each.author_id == ANA
    )
    assert await refused(rounds.veto(it.app, own, one.id, ANA, reader, MONDAY)) == "pair_gone"
    await rounds.publish(it.app, MO, one.id, SERVER, it.clock())
    assert await refused(rounds.veto(it.app, MO, one.id, ANA, reader, MONDAY)) == "round_over"


async def test_a_dry_run_leaves_nothing(it: Square) -> None:
    """It shows what a round would be; no round, no pair, no word is kept."""
    await it.choose_moderators_channel()
    await four(it)
    seen = await rounds.dry_run(it.app, MO, it.clock())
    assert (seen.round_id, seen.publish_at, seen.filled) == (None, None, 5)
    await it.walk(DAY)
    assert (await it.rounds(), await it.readings()) == ([], [])
    assert it.kinds(MODERATORS) == []


async def test_published_by_hand(it: Square) -> None:
    """Once, however often it is pressed."""
    await four(it)
    one = await drawn(it)
    await rounds.publish(it.app, MO, one.id, SERVER, it.clock())
    assert len(await it.readings()) == 8
    assert await refused(rounds.publish(it.app, MO, one.id, SERVER, it.clock())) == "round_over"
    assert await refused(rounds.cancel(it.app, MO, one.id, it.clock())) == "round_over"
    await it.walk(DAY)
    assert len(await it.readings()) == 8


async def test_a_round_is_not_published_before_it_is_drawn(it: Square) -> None:
    """Its answer is not there yet."""
    await four(it)
    one = await rounds.open_round(it.app, MO, it.clock())
    assert await refused(rounds.publish(it.app, MO, one.id, SERVER, it.clock())) == "round_not_previewed"
    assert await refused(rounds.preview(it.app, MO)) == "round_not_previewed"


async def test_a_cancelled_round(it: Square) -> None:
    """Nobody is told, who waits waits on, its papers go, and another one may be opened."""
    await it.choose_moderators_channel()
    await four(it)
    one = await drawn(it)
    await rounds.cancel(it.app, MO, one.id, it.clock())
    after = await rounds.cancel(it.app, MO, one.id, it.clock())
    assert (after.state, after.given, after.result) == ("cancelled", "", "")
    await it.walk(DAY)
    assert await it.readings() == []
    assert [told.state for told in it.said(RoundDrawn, ROUND, MODERATORS)] == ["cancelled"]
    await rounds.open_round(it.app, MO, it.clock())


async def test_a_round_that_can_not_be_drawn(it: Square) -> None:
    """It is cancelled and moderators hear so; it is not tried again at each beat."""
    await it.choose_moderators_channel()
    await four(it)
    it.app = replace(it.app, workers=Broken())
    one = await drawn(it)
    assert one.state == "cancelled"
    assert [told.state for told in it.said(RoundDrawn, ROUND, MODERATORS)] == ["cancelled"]
    assert await refused(rounds.dry_run(it.app, MO, it.clock())) == "draw_failed"


# -- erasure -------------------------------------------------------------------------------------


async def test_an_erased_member_is_in_no_paper(it: Square) -> None:
    """A round that waits is asked and drawn anew without them, its vetoes kept; one that was told has no papers."""
    await four(it)
    await it.met(EVE, FAY)
    await it.join_reader(EVE, FAY)
    one = await drawn(it)
    pairs = (await rounds.preview(it.app, MO)).pairs
    pair = next(each for each in pairs if ANA not in (each.author_id, each.reader_id))
    await rounds.veto(it.app, MO, one.id, pair.author_id, pair.reader_id, it.clock())
    await it.leave_server(ANA)
    async with it.app.store.begin() as tx:
        await rounds.forget(tx, Key(GUILD, ANA), it.clock())
    await it.beat()
    (after,) = await it.rounds()
    assert after.state == "previewed"
    assert str(ANA) not in after.given.replace(after.seed, "")
    told = {(each.author_id, each.reader_id) for each in (await rounds.preview(it.app, MO)).pairs}
    assert (pair.author_id, pair.reader_id) not in told
    await rounds.publish(it.app, MO, one.id, SERVER, it.clock())
    async with it.app.store.begin() as tx:
        await rounds.forget(tx, Key(GUILD, BOB), it.clock())
    (after,) = await it.rounds()
    assert (after.state, after.given, after.result) == ("published", "", "")
