"""Whoever may not meet any more, leaves or is erased reads nothing of the other's, and leaves nothing behind."""

from __future__ import annotations

import json
import re

import pytest
from sqlalchemy import select

from bot.people.members import Key
from bot.ports import Trouble
from bot.reviews.flow import documents, erasing, parting
from bot.reviews.messages import PAGES, Pages
from bot.reviews.values import Request
from bot.storage.tables import metadata, review_reading, review_round, review_sheet
from tests.fakes import FakeMessenger
from tests.reviews.papers import accepted, draft, files_in, hellos, inside, open_threads, placed, ready, rest
from tests.reviews.parts import ANA, BOB, CLEO, DAN, GUILD, HOUR, MONDAY, Square

SECRET = "A wish that nobody else has"


@pytest.fixture
async def square(it: Square) -> Square:
    await it.settle()
    await it.met(ANA, BOB, CLEO, DAN)
    await it.join_reader(BOB, CLEO, DAN)
    ready(it)
    return it


async def state(it: Square, number: int) -> str:
    return (await it.reading(number)).state


async def wholly_gone(it: Square, one: Request) -> bool:
    now = await it.request(one.id)
    return now.gone_at is not None and not files_in(it, one.thread_id) and not open_threads(it)


# -- blocks and guards ---------------------------------------------------------------------------


@pytest.mark.parametrize("pair", [(ANA, BOB), (BOB, ANA)])
@pytest.mark.parametrize("mode", ["open", "blind"])
async def test_a_block_parts_two(square: Square, pair: tuple[int, int], mode: str) -> None:
    """Whoever pressed: from the next beat on they read nothing of each other's; others go on."""
    one = await placed(square, ANA, mode=mode)
    bob, cleo = [await accepted(square, one, reader) for reader in (BOB, CLEO)]
    await square.block(*pair)
    await rest(square)
    assert (await state(square, bob.id), await state(square, cleo.id)) == ("ended", "accepted")
    assert BOB not in inside(square, bob.thread_id or one.thread_id)
    assert CLEO in inside(square, cleo.thread_id or one.thread_id)
    assert files_in(square, one.thread_id) != []


async def test_a_proposal_between_two_who_parted(square: Square) -> None:
    """It ends as well, before anything was opened; nobody hears a word."""
    one = await placed(square, ANA)
    reading = await square.propose(one, BOB)
    await square.block(BOB, ANA)
    await rest(square)
    assert await state(square, reading.id) == "ended"
    assert square.kinds(ANA) == square.kinds(BOB) == []


async def test_a_review_that_was_delivered_stays(square: Square) -> None:
    """But its reader leaves the thread, once Discord does it."""
    one = await placed(square, ANA)
    reading = await accepted(square, one, BOB)
    await square.became(review_reading, reading.id, state="submitted", next_at=None)
    stubborn = _Stubborn(square.clock)
    stubborn.inside, stubborn.threads = square.discord.inside, square.discord.threads
    object.__setattr__(square.app, "messenger", stubborn)
    await square.block(ANA, BOB)
    for _ in range(3):
        await square.beat()
        assert inside(square, one.thread_id) == {ANA, BOB}
    stubborn.stays = False
    square.clock.move(HOUR)  # a block that was not dealt with is not forgotten
    await square.beat()
    assert inside(square, one.thread_id) == {ANA}
    assert await state(square, reading.id) == "submitted"
    square.clock.move(HOUR)
    assert await parting.mind_parting(square.app, square.clock()) == 0


class _Stubborn(FakeMessenger):
    stays = True

    async def let_out(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        trouble = Trouble("unclear", "no answer")
        return trouble if self.stays else await super().let_out(guild_id, thread_id, user_id)


async def test_a_block_between_others_changes_nothing(square: Square) -> None:
    """Only whoever is one of the two is looked at."""
    one = await placed(square, ANA)
    reading = await accepted(square, one, BOB)
    await square.block(BOB, CLEO)
    await rest(square)
    assert await state(square, reading.id) == "accepted"
    assert inside(square, one.thread_id) == {ANA, BOB}


async def test_nothing_to_part(square: Square) -> None:
    """A beat without a press or a leaver does nothing."""
    await accepted(square, await placed(square, ANA), BOB)
    assert await parting.mind_parting(square.app, square.clock()) == 0


# -- leaving -------------------------------------------------------------------------------------


async def test_an_author_leaves_the_server(square: Square) -> None:
    """Their document goes at once; who had accepted it keeps the credit."""
    one = await placed(square, ANA, mode="blind")
    reading = await accepted(square, one, BOB)
    await square.leave_server(ANA)
    await rest(square)
    assert (await square.request(one.id)).state == "withdrawn" and await wholly_gone(square, one)
    assert await state(square, reading.id) == "ended"
    credit = metadata.tables["review_credit"]
    async with square.app.store.read() as tx:
        lines = (await tx.execute(select(credit.c.user_id, credit.c.amount, credit.c.why))).all()
    assert [tuple(line) for line in lines] == [(BOB, 1, "kept")]


async def test_a_reader_leaves_the_server(square: Square) -> None:
    """What they read is over and looked for anew; the document stays."""
    one = await placed(square, ANA)
    reading = await accepted(square, one, BOB)
    await square.leave_server(BOB)
    await rest(square)
    assert await state(square, reading.id) == "ended"
    assert (await square.request(one.id)).first is not None
    assert inside(square, one.thread_id) == {ANA} and files_in(square, one.thread_id)


async def test_a_draft_of_somebody_who_left(square: Square) -> None:
    """It goes as well, with whatever was begun of it."""
    one = await draft(square, ANA)
    await square.leave_server(ANA)
    await rest(square)
    assert (await square.request(one.id)).state == "withdrawn"


# -- erasing -------------------------------------------------------------------------------------


async def erased(it: Square, user_id: int) -> int:
    key = Key(GUILD, user_id)
    await erasing.step_out(it.app, key)
    async with it.app.store.begin() as tx:
        return await erasing.erase(tx, key, it.clock())


async def everything(it: Square, *more: str) -> str:
    """All that our tables of reviews hold, and these."""
    names = [*(name for name in metadata.tables if name.startswith("review_")), *more]
    found = ""
    async with it.app.store.read() as tx:
        for name in names:
            found += str([tuple(row) for row in await tx.execute(select(metadata.tables[name]))])
    return found


async def sheet(it: Square, reading_id: int, reader_id: int, *, sent: bool) -> None:
    row = {"reading_id": reading_id, "revision": 1, "guild_id": GUILD, "reader_id": reader_id}
    more = {"sheet": json.dumps({"quote": SECRET}), "saved_at": MONDAY, "sent_at": MONDAY if sent else None}
    async with it.app.store.begin() as tx:
        await tx.execute(review_sheet.insert().values(row | more))


@pytest.mark.parametrize("mode", ["open", "blind"])
async def test_an_author_is_erased(square: Square, mode: str) -> None:
    """No name and no word of theirs is left in our tables; the document goes from Discord in the next beat."""
    one = await placed(square, ANA, mode=mode, target=SECRET, asks=SECRET)
    bob, cleo = [await accepted(square, one, reader) for reader in (BOB, CLEO)]
    await square.became(review_reading, cleo.id, state="submitted", next_at=None)
    await sheet(square, cleo.id, CLEO, sent=True)
    assert await erased(square, ANA) > 0
    kept = await everything(square, "delivery")
    assert SECRET not in kept and str(ANA) not in kept
    assert await state(square, bob.id) == "ended"
    await rest(square)
    assert await wholly_gone(square, one)
    assert hellos(square, one.thread_id)[0].target == ""
    for reading in (bob, cleo):
        assert all(not pages.target for pages in square.said(Pages, PAGES, reading.thread_id or 0))
    assert await erased(square, ANA) == 0


async def test_a_reader_is_erased(square: Square) -> None:
    """They leave the thread before; what they delivered stays without a name, an unsent sheet goes."""
    one = await placed(square, ANA)
    other = await placed(square, DAN)
    bob, both = await accepted(square, one, BOB), await accepted(square, other, BOB)
    await square.became(review_reading, bob.id, state="submitted", next_at=None)
    await sheet(square, bob.id, BOB, sent=True)
    await sheet(square, both.id, BOB, sent=False)
    await erased(square, BOB)
    assert re.search(rf"(?<!\d){BOB}(?!\d)", await everything(square)) is None
    assert BOB not in inside(square, one.thread_id) | inside(square, other.thread_id)
    assert (await state(square, bob.id), await state(square, both.id)) == ("submitted", "ended")
    async with square.app.store.read() as tx:
        left = (await tx.execute(select(review_sheet.c.reading_id, review_sheet.c.reader_id))).all()
    assert [tuple(row) for row in left] == [(bob.id, 0)]
    await rest(square)
    assert (await square.request(other.id)).state == "waiting"
    assert await erased(square, BOB) == 0


async def test_two_readers_of_one_request_are_erased(square: Square) -> None:
    """They stay two, and nobody."""
    one = await placed(square, ANA)
    for reader in (BOB, CLEO):
        await accepted(square, one, reader)
    await erased(square, BOB)
    await erased(square, CLEO)
    assert len({each.reader_id for each in await square.readings(one.id)}) == 2
    await rest(square)
    assert inside(square, one.thread_id) == {ANA}


async def test_a_moderator_is_erased(square: Square) -> None:
    """What they opened stays, without their name."""
    row = {"guild_id": GUILD, "drawn": "hand", "state": "closed", "seed": "s", "opened_at": MONDAY}
    async with square.app.store.begin() as tx:
        await tx.execute(review_round.insert().values(row | {"opened_by": DAN, "given": "", "result": ""}))
    await erased(square, DAN)
    assert [one.opened_by for one in await square.rounds()] == [None]


async def test_erased_while_it_goes_up(square: Square) -> None:
    """A thread that was begun is closed, though nobody knows any more whose it was."""
    one = await draft(square, ANA)
    square.discord.no_files[1_000_000] = Trouble("unclear", "no answer")
    assert await documents.place(square.app, one.id, b"%PDF", square.clock())
    await erased(square, ANA)
    square.discord.no_files.clear()
    await rest(square)
    assert open_threads(square) == []
