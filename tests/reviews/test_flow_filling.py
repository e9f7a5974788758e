"""A sheet, press by press, on both databases; sending it; what counts and who hears of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.people.members import Key
from bot.reviews.flow.filling import Board, first, mark, quote, sheet, submit
from bot.reviews.flow.readings import accept, end_for, mind_readings
from bot.reviews.messages import READY, REMINDER, WORD, Ready, Reminder, Word
from bot.reviews.rubric import Evidence, Item, Rubric
from bot.reviews.store import ledger
from bot.reviews.values import Kind, Reading, Request
from bot.storage.tables.reviews import review_credit
from tests.asked import refused
from tests.reviews.parts import ANA, BOB, CLEO, DAY, GUILD, HOUR, SERVER, Square, server_name

BOB_HERE = Key(GUILD, BOB)
ITEMS = ("top", "match", "outcome", "clean")
CLARITY = ("top", "clean")
LINE = "Made the nightly load four times as fast"
REWRITE = "Cut the nightly load from four hours to one for 200 colleagues by partitioning the largest tables."


def _item(name: str) -> Item:
    hints = {"yes": "It does.", "partly": "Here and there.", "no": "Nowhere."}
    return Item(
        name,
        name.title(),
        f"Does {name} hold?",
        hints,  # type: ignore[arg-type]
        (Evidence("It helps.", "Nobody 2020", "practice"),),
        clarity=name in CLARITY,
    )


def rubric(version: int = 1, kind: Kind = "resume") -> Rubric:
    return Rubric(kind, version, "Resume", "For everybody", ("file", "posting"), tuple(map(_item, ITEMS)))


RUBRICS: Mapping[Kind, Rubric] = {"resume": rubric()}


async def reading_begun(it: Square, **values: Any) -> tuple[Request, Reading]:
    """Bob reads Ana's resume, which needs one reader; his sheet is open."""
    it.duties = [lambda app, now: mind_readings(app, server_name, now)]
    await it.settle(keep_days=10)
    await it.met(ANA, BOB, CLEO)
    await it.join_reader(BOB, CLEO)
    asked = await it.hand_in(ANA, **({"needs": 1} | values))
    proposed = await it.propose(asked, BOB)
    one = await accept(it.app, BOB_HERE, proposed.id, it.clock())
    await sheet(it.app, RUBRICS, BOB_HERE, one.id, it.clock())
    return await it.request(asked.id), one


async def fill(it: Square, one: Reading, reader: int = BOB, verdict: str = "partly") -> Board:
    """Everything that is asked for, so that it may be sent."""
    key, now = Key(one.guild_id, reader), it.clock()
    board = await sheet(it.app, RUBRICS, key, one.id, now)
    for item in board.sheet.labels:
        await mark(it.app, key, one.id, item, verdict, now)  # type: ignore[arg-type]
    for item in list(board.sheet.labels)[:2]:
        await quote(it.app, key, one.id, item, LINE, REWRITE, now)
    return await first(it.app, key, one.id, "Put the last job first, and say what it changed.", "", now)


# -- filling in ----------------------------------------------------------------------------------


async def test_every_press_is_kept(it: Square) -> None:
    """An hour later, on another device, all of it is there; the same press twice is the same."""
    _, one = await reading_begun(it)
    await mark(it.app, BOB_HERE, one.id, "top", "yes", it.clock())
    await mark(it.app, BOB_HERE, one.id, "top", "partly", it.clock())
    await quote(it.app, BOB_HERE, one.id, "top", LINE, REWRITE, it.clock())
    await it.walk(HOUR)
    board = await sheet(it.app, RUBRICS, BOB_HERE, one.id, it.clock())
    answer = board.sheet.answers["top"]
    assert (answer.verdict, answer.quote, answer.rewrite) == ("partly", LINE, REWRITE)
    assert board.missing.open == ("match", "outcome", "clean")


async def test_presses_at_once_all_count(it: Square) -> None:
    """Four menus in one moment: no press undoes another."""
    _, one = await reading_begun(it)
    await asyncio.gather(*(mark(it.app, BOB_HERE, one.id, item, "no", it.clock()) for item in ITEMS))
    board = await sheet(it.app, RUBRICS, BOB_HERE, one.id, it.clock())
    assert set(board.sheet.answers) == set(ITEMS)


async def test_only_a_reader_who_accepted_fills_in(it: Square) -> None:
    """Nobody else, nothing unknown, not before accepting, and not after the end."""
    asked, one = await reading_begun(it)
    now = it.clock()
    assert await refused(mark(it.app, Key(GUILD, CLEO), one.id, "top", "yes", now)) == "reading_gone"
    assert await refused(sheet(it.app, RUBRICS, Key(2, BOB), one.id, now)) == "reading_gone"
    assert await refused(mark(it.app, BOB_HERE, one.id, "luck", "yes", now)) == "rubric_item_unknown"
    only_asked = await it.propose(asked, CLEO)
    assert await refused(sheet(it.app, RUBRICS, Key(GUILD, CLEO), only_asked.id, now)) == "reading_over"
    late = it.at(5, 8)
    assert await refused(mark(it.app, BOB_HERE, one.id, "top", "yes", late)) == "reading_over"
    assert await refused(submit(it.app, BOB_HERE, one.id, SERVER, late)) == "reading_over"


async def test_a_board_that_was_never_begun_takes_nothing(it: Square) -> None:
    """A press on an old message: there is no sheet of this version."""
    asked, _ = await reading_begun(it)
    other = await it.propose(asked, CLEO)
    hers = await accept(it.app, Key(GUILD, CLEO), other.id, it.clock())
    assert await refused(mark(it.app, Key(GUILD, CLEO), hers.id, "top", "yes", it.clock())) == "reading_over"


async def test_a_kind_without_a_rubric_can_t_be_read(it: Square) -> None:
    """Its file is gone: the reader is told so, and nothing is begun."""
    asked, _ = await reading_begun(it)
    other = await it.propose(asked, CLEO)
    cleo = Key(GUILD, CLEO)
    await accept(it.app, cleo, other.id, it.clock())
    assert await refused(sheet(it.app, {}, cleo, other.id, it.clock())) == "rubric_gone"
    assert await refused(mark(it.app, cleo, other.id, "top", "yes", it.clock())) == "reading_over"


async def test_a_newcomer_is_asked_for_clarity_alone(it: Square) -> None:
    """Two items of four; and no verdict on the rest is taken."""
    asked, _ = await reading_begun(it)
    beside = await it.propose(asked, CLEO, clarity=True)
    cleo = Key(GUILD, CLEO)
    await accept(it.app, cleo, beside.id, it.clock())
    board = await sheet(it.app, RUBRICS, cleo, beside.id, it.clock())
    assert list(board.sheet.labels) == list(CLARITY)
    assert await refused(mark(it.app, cleo, beside.id, "match", "yes", it.clock())) == "rubric_item_unknown"


async def test_a_sheet_keeps_the_rubric_it_was_begun_under(it: Square) -> None:
    """A newer version in the meantime changes nothing in it."""
    _, one = await reading_begun(it)
    board = await sheet(it.app, {"resume": rubric(version=2)}, BOB_HERE, one.id, it.clock())
    assert board.sheet.version == 1


# -- sending -------------------------------------------------------------------------------------


async def test_a_review_that_is_sent_counts_and_is_told(it: Square) -> None:
    """One for one in the ledger, a letter to the author, a line in their thread; the request is delivered."""
    asked, one = await reading_begun(it)
    await fill(it, one)
    board = await submit(it.app, BOB_HERE, one.id, SERVER, it.clock())
    await it.beat()
    assert board.sent_at == it.clock()
    assert (await it.reading(one.id)).state == "submitted"
    after = await it.request(asked.id)
    assert (after.state, after.expires_at) == ("delivered", it.clock() + 10 * DAY)
    async with it.app.store.read() as tx:
        lines = await ledger.entries(tx, GUILD, [ANA, BOB])
    assert [(line.amount, line.why) for line in lines[BOB]] == [(1, "given")]
    assert [(line.amount, line.why) for line in lines[ANA]] == [(-1, "received")]
    assert it.said(Ready, READY, ANA) == [Ready(GUILD, SERVER, asked.id, "resume", 0, named=False)]
    assert asked.thread_id is not None
    assert it.said(Word, WORD, asked.thread_id) == [Word(GUILD, asked.id, "review", BOB)]


async def test_sending_twice_is_once(it: Square) -> None:
    """Also at the same moment: one letter, one line each; and what was sent can't be changed."""
    asked, one = await reading_begun(it)
    await fill(it, one)
    await asyncio.gather(*(submit(it.app, BOB_HERE, one.id, SERVER, it.clock()) for _ in range(3)))
    await it.beat()
    async with it.app.store.read() as tx:
        lines = await ledger.entries(tx, GUILD, [ANA, BOB])
    assert [len(mine) for mine in lines.values()] == [1, 1]
    assert it.kinds(ANA).count(READY) == 1
    assert await refused(mark(it.app, BOB_HERE, one.id, "top", "yes", it.clock())) == "reading_over"
    again = await sheet(it.app, RUBRICS, BOB_HERE, one.id, it.clock())
    assert again.sheet.answers["top"].verdict == "partly"
    assert asked.id == again.request.id


async def test_what_lacks_is_said_before_it_goes(it: Square) -> None:
    """Nothing is sent, nothing counts, and the request waits on."""
    asked, one = await reading_begun(it)
    assert await refused(submit(it.app, BOB_HERE, one.id, SERVER, it.clock())) == "review_not_ready"
    await fill(it, one)
    await quote(it.app, BOB_HERE, one.id, "top", "x", "", it.clock())
    assert await refused(submit(it.app, BOB_HERE, one.id, SERVER, it.clock())) == "review_words_short"
    async with it.app.store.read() as tx:
        assert await ledger.entries(tx, GUILD, [BOB]) == {BOB: []}
    assert (await it.request(asked.id)).state == "in_review"


async def test_a_blind_one_names_nobody(it: Square) -> None:
    """The line in the author's thread says that a review came, and not whose."""
    asked, one = await reading_begun(it, mode="blind")
    await fill(it, one)
    await submit(it.app, BOB_HERE, one.id, SERVER, it.clock())
    await it.beat()
    assert asked.thread_id is not None
    assert it.said(Word, WORD, asked.thread_id) == [Word(GUILD, asked.id, "review", 0)]


async def test_the_first_of_two_says_that_another_is_to_come(it: Square) -> None:
    """It is not delivered yet, and one more is missing."""
    asked, one = await reading_begun(it, needs=2)
    await fill(it, one)
    await submit(it.app, BOB_HERE, one.id, SERVER, it.clock())
    await it.beat()
    assert [said.missing for said in it.said(Ready, READY, ANA)] == [1]
    assert (await it.request(asked.id)).state == "waiting"


async def test_a_newcomer_s_present_costs_nobody(it: Square) -> None:
    """Who reads for clarity gets their credit; the author, who never asked for it, pays nothing."""
    asked, _ = await reading_begun(it)
    beside = await it.propose(asked, CLEO, clarity=True)
    cleo = Key(GUILD, CLEO)
    await accept(it.app, cleo, beside.id, it.clock())
    await fill(it, beside, CLEO)
    await submit(it.app, cleo, beside.id, SERVER, it.clock())
    async with it.app.store.read() as tx:
        lines = await ledger.entries(tx, GUILD, [ANA, CLEO])
    assert [line.amount for line in lines[CLEO]] == [1]
    assert lines[ANA] == []


async def test_a_late_review_counts_till_the_morning(it: Square) -> None:
    """Eleven hours after its time it is still taken, and nobody is reminded or told that it is over."""
    _, one = await reading_begun(it)
    await fill(it, one)
    await it.until(it.at(5, 7))
    await submit(it.app, BOB_HERE, one.id, SERVER, it.clock())
    await it.until(it.at(7))
    assert (await it.reading(one.id)).state == "submitted"
    assert it.kinds(BOB).count(REMINDER) == 2


async def test_a_reminder_says_how_far_they_are(it: Square) -> None:
    """Two of four items by half time."""
    _, one = await reading_begun(it)
    for item in ITEMS[:2]:
        await mark(it.app, BOB_HERE, one.id, item, "yes", it.clock())
    await it.until(it.at(3))
    (said,) = it.said(Reminder, REMINDER, BOB)
    assert (said.answered, said.items) == (2, 4)


async def test_after_sending_nobody_is_reminded(it: Square) -> None:
    """The end of the time passes in silence."""
    _, one = await reading_begun(it)
    await fill(it, one)
    await submit(it.app, BOB_HERE, one.id, SERVER, it.clock())
    await it.until(it.at(7))
    assert REMINDER not in it.kinds(BOB)


async def test_an_end_comes_before_a_send_that_is_too_late(it: Square) -> None:
    """Parted in the same moment: the review is not taken, and nothing is counted."""
    _, one = await reading_begun(it)
    await fill(it, one)
    async with it.app.store.begin() as tx:
        await end_for(tx, [await it.reading(one.id)], it.clock())
    assert await refused(submit(it.app, BOB_HERE, one.id, SERVER, it.clock())) == "reading_over"
    async with it.app.store.read() as tx:
        assert (await tx.execute(review_credit.select())).all() == []
