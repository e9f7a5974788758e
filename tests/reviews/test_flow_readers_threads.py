"""Readers come into threads and go out of them: in the open, or blind, in one of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.people.members import Key
from bot.ports import Trouble, WorkerTrouble
from bot.reviews.flow import documents, entering, readings, threads
from bot.reviews.messages import PAGES, WORD, Pages, Word
from tests.fakes import FakeMessenger
from tests.reviews.papers import UNCLEAR, accepted, draft, files_in, inside, notices, place, placed, rest
from tests.reviews.parts import ANA, BOB, CHANNEL, GUILD, HOUR, Square

# -- read in the open ----------------------------------------------------------------------------


async def test_a_reader_comes_and_goes(square: Square) -> None:
    """In at acceptance, with one word; out when it is over; each once."""
    one = await placed(square, ANA)
    reading = await accepted(square, one, BOB)
    assert reading.let_in_at == square.clock()
    assert inside(square, one.thread_id) == {ANA, BOB}
    (word,) = square.said(Word, WORD, one.thread_id or 0)
    assert (word.what, word.user_id) == ("reader", BOB)
    await readings.decline(square.app, Key(GUILD, BOB), reading.id, square.clock())
    await rest(square)
    assert inside(square, one.thread_id) == {ANA}
    assert (await square.reading(reading.id)).let_out_at == square.clock()
    assert len(square.said(Word, WORD, one.thread_id or 0)) == 1
    assert files_in(square, one.thread_id) == [threads.file_name(square.app.key, one)]


async def test_who_was_only_asked_never_comes_in(square: Square) -> None:
    """A proposal opens nothing."""
    one = await placed(square, ANA)
    await square.propose(one, BOB)
    await rest(square)
    assert inside(square, one.thread_id) == {ANA}


async def test_a_reader_who_left(square: Square) -> None:
    """Discord says so as they are let in: their reading is over, the next beat has nothing to do."""
    one = await placed(square, ANA)
    square.discord.elsewhere.add(BOB)
    reading = await accepted(square, one, BOB)
    await rest(square)
    assert (await square.reading(reading.id)).state == "ended"
    assert inside(square, one.thread_id) == {ANA}


async def test_nobody_can_be_let_in(square: Square, monkeypatch: pytest.MonkeyPatch) -> None:
    """Moderators are told once; it is tried again each hour, and the reader comes in when it works."""
    one = await placed(square, ANA)
    closed = _Closed(square.clock)
    for name in ("threads", "files", "closed", "inside", "channels"):
        setattr(closed, name, getattr(square.discord, name))
    square.app = replace(square.app, messenger=closed)
    reading = await accepted(square, one, BOB)
    for _ in range(3):
        square.clock.move(HOUR)
        await square.beat()
    assert closed.tries == 4 and notices(square) == ["missing_permission"]
    closed.shut = False
    square.clock.move(HOUR)
    await rest(square)
    assert inside(square, one.thread_id) == {ANA, BOB}
    assert (await square.reading(reading.id)).let_in_at == square.clock()
    await documents.may_place(square.app, GUILD, square.clock())


class _Closed(FakeMessenger):
    """Nobody can be let into any thread."""

    shut = True
    tries = 0

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        self.tries += 1
        return (
            Trouble("missing_permission", "no")
            if self.shut
            else await super().let_in(guild_id, thread_id, user_id)
        )


# -- read blind ----------------------------------------------------------------------------------


async def test_a_blind_reader_has_a_thread_of_their_own(square: Square) -> None:
    """First words, then a picture a page, then they come in; nobody meets the author, no name is told."""
    one = await placed(square, ANA, mode="blind")
    reading = await accepted(square, one, BOB)
    assert inside(square, one.thread_id) == {ANA}
    assert inside(square, reading.thread_id) == {BOB}
    (pages,) = square.said(Pages, PAGES, reading.thread_id or 0)
    assert (pages.reading_id, pages.target, pages.due_at) == (reading.id, one.target, reading.due_at)
    stored = square.discord.files[reading.message_id or 0].files
    assert [file.alt for file in stored.files] == ["Page 1 of 2", "Page 2 of 2"]
    assert all(file.data.startswith(b"\x89PNG") for file in stored.files)
    told = (
        f"{square.discord.threads[reading.thread_id or 0].name} {files_in(square, reading.thread_id)} {pages}"
    )
    assert str(ANA) not in told and str(BOB) not in told
    assert square.said(Word, WORD, one.thread_id or 0) == []


async def test_blind_readers_come_in_last(square: Square) -> None:
    """Not before the pages stand: while these can't be read, nobody is let in."""
    one = await placed(square, ANA, mode="blind")
    square.discord.no_files[one.thread_id or 0] = UNCLEAR
    proposed = await square.propose(one, BOB)
    await readings.accept(square.app, Key(GUILD, BOB), proposed.id, square.clock())
    for _ in range(4):
        await square.beat()
    reading = await square.reading(proposed.id)
    assert reading.thread_id and inside(square, reading.thread_id) == set()
    square.discord.no_files.clear()
    await rest(square)
    assert inside(square, reading.thread_id) == {BOB}


async def test_no_room_for_a_blind_readers_thread(square: Square) -> None:
    """Their acceptance stands and waits; each hour it is tried again."""
    one = await placed(square, ANA, mode="blind")
    square.discord.no_threads[CHANNEL] = Trouble("too_many_threads", "full")
    reading = await accepted(square, one, BOB)
    assert (reading.state, reading.thread_id) == ("accepted", None)
    await rest(square)
    assert notices(square) == ["too_many_threads"]
    square.discord.no_threads.clear()
    await square.beat()
    assert (await square.reading(reading.id)).thread_id is None
    square.clock.move(HOUR)
    await rest(square)
    assert inside(square, (await square.reading(reading.id)).thread_id) == {BOB}


async def test_a_blind_reading_is_over(square: Square) -> None:
    """Out, the pages deleted, the words gone, the thread closed; the document itself stays for others."""
    one = await placed(square, ANA, mode="blind", asks="A secret wish")
    reading = await accepted(square, one, BOB)
    await readings.decline(square.app, Key(GUILD, BOB), reading.id, square.clock())
    await rest(square)
    assert inside(square, reading.thread_id) == set()
    assert files_in(square, reading.thread_id) == [] and reading.thread_id in square.discord.closed
    (pages,) = square.said(Pages, PAGES, reading.thread_id or 0)
    assert (pages.gone, pages.asks, pages.target) == (True, "", "")
    assert files_in(square, one.thread_id) != [] and one.thread_id not in square.discord.closed


async def test_a_blind_link_has_words_alone(square: Square) -> None:
    """Nothing is drawn where there is no file."""
    one = await draft(square, ANA, kind="letter", mode="blind", text="Dear all")
    assert await place(square, one.id, None) is None
    await rest(square)
    reading = await accepted(square, await square.request(one.id), BOB)
    assert inside(square, reading.thread_id) == {BOB} and square.discord.files == {}
    assert square.said(Pages, PAGES, reading.thread_id or 0)[0].text == "Dear all"


@pytest.mark.parametrize("error", [ValueError("no PDF"), WorkerTrouble("memory", "too large")])
async def test_pages_that_can_not_be_drawn(square: Square, error: Exception) -> None:
    """It waits an hour and is tried again; nothing half done is shown."""
    one = await placed(square, ANA, mode="blind")
    square.app = replace(square.app, workers=_Failing(error))
    reading = await accepted(square, one, BOB)
    await square.beat()
    assert inside(square, reading.thread_id) == set() and files_in(square, reading.thread_id) == []
    assert square.app.workers.calls == 1  # type: ignore[attr-defined]
    square.clock.move(HOUR)
    await square.beat()
    assert square.app.workers.calls == 2  # type: ignore[attr-defined]


class _Failing:
    def __init__(self, error: Exception) -> None:
        self.error, self.calls = error, 0

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        self.calls += 1
        raise self.error


async def test_a_readers_thread_that_a_moderator_deleted(square: Square) -> None:
    """Before they came in: another one is opened, with all that belongs in it."""
    one = await placed(square, ANA, mode="blind")
    proposed = await square.propose(one, BOB)
    await readings.accept(square.app, Key(GUILD, BOB), proposed.id, square.clock())
    await square.beat()
    first = (await square.reading(proposed.id)).thread_id or 0
    del square.discord.threads[first]
    square.discord.no_files[first] = Trouble("unknown_channel", "gone")
    await square.beat()
    assert (await square.reading(proposed.id)).thread_id == first  # Discord may only not know it yet
    square.clock.move(entering.NEW_FOR + timedelta(seconds=1))
    square.discord.threads[first - 500] = square.discord.threads[one.thread_id or 0]  # so that ids differ
    await rest(square)
    second = (await square.reading(proposed.id)).thread_id
    assert second != first and inside(square, second) == {BOB}
