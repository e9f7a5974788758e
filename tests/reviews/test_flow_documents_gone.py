"""Documents go when their time is over, make room for a second version, and are looked after at our own pace."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.moderation import flow as moderation
from bot.people.members import Key
from bot.reviews.flow import asking, documents, threads
from bot.reviews.messages import PAGES, WORD, Pages, Word
from bot.storage.tables import metadata, review_reading, review_request
from tests.asked import refused
from tests.fakes import NEVER_ARRIVED
from tests.reviews.papers import (
    UNCLEAR,
    accepted,
    draft,
    files_in,
    hellos,
    inside,
    open_threads,
    pdf,
    place,
    placed,
    rest,
)
from tests.reviews.parts import ANA, BOB, CLEO, DAY, GUILD, HOUR, Square

# -- gone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["open", "blind"])
async def test_its_time_is_over(square: Square, mode: str) -> None:
    """Every file deleted, every word of its author gone, every thread closed, every reader out; once."""
    one = await placed(square, ANA, mode=mode, asks="A secret wish", text="Dear all")
    theirs = [await accepted(square, one, reader_id) for reader_id in (BOB, CLEO)]
    for each in theirs:
        sent = {"state": "submitted", "submitted_at": square.clock(), "next_at": None}
        await square.became(review_reading, each.id, **sent)
    expires = square.clock() + 14 * DAY
    await square.became(review_request, one.id, state="delivered", expires_at=expires)
    square.clock.move(14 * DAY - timedelta(minutes=1))
    await rest(square)
    assert files_in(square, one.thread_id) != []
    square.clock.move(timedelta(minutes=1))
    await rest(square)
    now = await square.request(one.id)
    assert (now.state, now.gone_at, now.text) == ("closed", square.clock(), "")
    mine = await asking.mine(square.app, Key(GUILD, ANA), square.clock())
    assert [each.progress for each in mine.requests] == [("here", "here")]  # the reviews can be read on
    assert (square.discord.files, open_threads(square)) == ({}, [])
    assert [await _state(square, each.id) for each in theirs] == ["submitted", "submitted"]
    own = {each.thread_id for each in theirs} - {None}
    for thread_id in {one.thread_id, *own}:
        assert inside(square, thread_id) <= {ANA}
    (hello,) = hellos(square, one.thread_id)
    assert (hello.gone, hello.target, hello.asks) == (True, "", "")
    assert await documents.mind_documents(square.app, square.clock()) == 0
    async with square.app.store.read() as tx:
        said = str([tuple(row) for row in await tx.execute(select(metadata.tables["delivery"].c.value))])
    assert "A secret wish" not in said and "Dear all" not in said


async def _state(it: Square, number: int) -> str:
    return (await it.reading(number)).state


async def test_nobody_came_in_time(square: Square) -> None:
    """Who reads it still hears that it is over, as with any other end."""
    one = await placed(square, ANA)
    reading = await accepted(square, one, BOB)
    await square.became(review_request, one.id, expires_at=square.clock())
    await rest(square)
    assert await _state(square, reading.id) == "ended"
    assert (await square.request(one.id)).state == "expired" and square.discord.files == {}
    await square.beat()
    assert "review_over" in square.kinds(BOB)


async def test_a_draft_that_is_never_handed_in_again(square: Square) -> None:
    """After a day it goes by itself."""
    one = await draft(square, ANA)
    square.discord.faults.append(NEVER_ARRIVED)
    assert await place(square, one.id)
    square.clock.move(documents.STALE)
    await rest(square)
    assert (await square.request(one.id)).state == "draft"
    square.clock.move(documents.DRAFTS)
    await rest(square)
    assert (await square.request(one.id)).state == "expired"
    assert await refused(place(square, one.id)) == "request_gone"


async def test_withdrawn(square: Square) -> None:
    """At once, whoever is reading."""
    one = await placed(square, ANA, mode="blind")
    await accepted(square, one, BOB)
    await asking.withdraw(square.app, Key(GUILD, ANA), one.id, square.clock())
    await rest(square)
    assert (square.discord.files, open_threads(square)) == ({}, [])


async def test_a_file_that_can_not_be_deleted_now(square: Square) -> None:
    """It is asked for again until it is done: nothing counts as gone before."""
    one = await placed(square, ANA)
    square.discord.refusing[one.thread_id or 0] = UNCLEAR
    await asking.withdraw(square.app, Key(GUILD, ANA), one.id, square.clock())
    for _ in range(3):
        await square.beat()
    assert (await square.request(one.id)).gone_at is None and square.discord.files
    square.discord.refusing.clear()
    await rest(square)
    assert (await square.request(one.id)).gone_at and not square.discord.files


async def test_somebody_deleted_the_document(square: Square) -> None:
    """A blind reader's pages can't be drawn any more: it is over, and what is left goes."""
    one = await placed(square, ANA, mode="blind")
    square.discord.files.clear()
    square.clock.move(HOUR)
    reading = await accepted(square, one, BOB)
    await rest(square)
    assert await _state(square, reading.id) == "ended"
    assert (await square.request(one.id)).state == "expired" and open_threads(square) == []


# -- the second version --------------------------------------------------------------------------


async def test_a_second_version_takes_the_first_ones_place(square: Square) -> None:
    """One file in the thread, other words, other pages for the same blind reader, who need not be let in anew."""
    one = await placed(square, ANA, pdf(2), mode="blind")
    reading = await accepted(square, one, BOB)
    await square.became(
        review_reading, reading.id, state="submitted", submitted_at=square.clock(), next_at=None
    )
    values = {"state": "draft", "revision": 2, "asks": "Better now?", "pages": 1}
    await square.became(review_request, one.id, **values)
    assert await place(square, one.id, pdf(1)) is None
    await square.beat()
    again = await square.request(one.id)
    assert (again.state, again.thread_id) == ("waiting", one.thread_id)
    assert files_in(square, one.thread_id) == [threads.file_name(square.app.key, again)]
    assert files_in(square, reading.thread_id) == []
    assert [word.what for word in square.said(Word, WORD, one.thread_id or 0)] == ["revised"]
    assert hellos(square, one.thread_id)[0].asks == "Better now?"
    await square.became(review_reading, reading.id, state="accepted")
    await rest(square)
    assert len(files_in(square, reading.thread_id)) == 1
    (pages,) = square.said(Pages, PAGES, reading.thread_id or 0)
    assert (pages.asks, inside(square, reading.thread_id)) == ("Better now?", {BOB})


# -- one beat ------------------------------------------------------------------------------------


async def test_a_server_without_us_is_not_asked(square: Square) -> None:
    """The bot was removed: nothing is tried there; when it is back, it goes on."""
    one = await placed(square, ANA)
    await asking.withdraw(square.app, Key(GUILD, ANA), one.id, square.clock())
    await moderation.server_left(square.app, GUILD, square.clock())
    assert await documents.mind_documents(square.app, square.clock()) == 0
    assert files_in(square, one.thread_id) != []
    await moderation.server_joined(square.app, GUILD, square.clock())
    await rest(square)
    assert square.discord.files == {}


async def test_no_faster_than_our_pace(square: Square) -> None:
    """What our own pace does not allow waits for the next beat."""
    one = await placed(square, ANA)
    await square.propose(one, BOB, state="accepted", accepted_at=square.clock())
    await square.propose(one, CLEO, state="accepted", accepted_at=square.clock())
    square.app = replace(square.app, pace=_OneABeat())
    for expected in ({ANA, BOB}, {ANA, BOB, CLEO}):
        square.app.pace.left = 1  # type: ignore[attr-defined]
        await documents.mind_documents(square.app, square.clock())
        assert inside(square, one.thread_id) == expected


class _OneABeat:
    left = 0

    def wait_for(self, channel_id: int, at: float, requests: int = 1) -> float:
        return 0.0 if self.left else 1.0

    def take(self, channel_id: int, at: float, requests: int = 1) -> None:
        self.left -= requests
