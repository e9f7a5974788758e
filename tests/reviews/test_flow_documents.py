"""Documents stand in threads: placed once, read by whoever may, gone when their time is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.moderation import flow as moderation
from bot.people.members import Key
from bot.ports import Files, Trouble, WorkerTrouble
from bot.refusals import Refusal
from bot.reviews.flow import asking, documents, entering, readings, threads
from bot.reviews.messages import HELLO, PAGES, WORD, Pages, Word
from bot.storage.tables import metadata, review_reading, review_request
from tests.fakes import LOST_ANSWER, NEVER_ARRIVED, FakeMessenger
from tests.reviews.papers import (
    NOT_A_PDF,
    accepted,
    draft,
    files_in,
    hellos,
    inside,
    notices,
    open_threads,
    pdf,
    placed,
    ready,
    rest,
)
from tests.reviews.parts import ANA, BOB, CHANNEL, CLEO, DAY, GUILD, HOUR, Square, refused

UNCLEAR = Trouble("unclear", "no answer")


@pytest.fixture
async def square(it: Square) -> Square:
    """Reviews are on, moderators have their channel, everybody has been here for long and reads."""
    await it.settle()
    await it.choose_moderators_channel()
    await it.met(ANA, BOB, CLEO)
    await it.join_reader(BOB, CLEO)
    ready(it)
    return it


async def place(it: Square, number: int, data: bytes | None = NOT_A_PDF) -> Trouble | None:
    return await documents.place(it.app, number, data, it.clock(), keepers=("Moderators",))


# -- placing -------------------------------------------------------------------------------------


async def test_a_document_stands_in_its_thread(square: Square) -> None:
    """A private thread that names nobody, its author in it, the file, what it is for, who can open it; it waits."""
    one = await draft(square, ANA, asks="The first third, please")
    assert await place(square, one.id) is None
    await square.beat()
    now = await square.request(one.id)
    (thread,) = square.discord.threads.values()
    assert (thread.private, thread.channel_id) == (True, CHANNEL)
    assert thread.name == f"Reading {threads.code(square.app.key, one.id)}"
    assert inside(square, now.thread_id) == {ANA}
    assert square.discord.files[now.message_id or 0].files.files[0].data == NOT_A_PDF
    (hello,) = hellos(square, now.thread_id)
    assert (hello.target, hello.asks, hello.keepers) == (
        one.target,
        "The first third, please",
        ("Moderators",),
    )
    assert (now.state, now.waiting_since, hello.gone) == ("waiting", square.clock(), False)


async def test_placing_twice_is_placing_once(square: Square) -> None:
    """One thread, one file, one hello."""
    one = await draft(square, ANA)
    for _ in range(3):
        assert await place(square, one.id) is None
        await square.beat()
    now = await square.request(one.id)
    assert len(square.discord.threads) == len(square.discord.files) == 1
    assert square.kinds(now.thread_id or 0) == [HELLO]


async def test_a_link_needs_no_file(square: Square) -> None:
    """Its words stand in the first message; it waits like any other, and goes like any other."""
    one = await draft(square, ANA, kind="profile", link="https://example.org/ana", target="")
    assert await place(square, one.id, None) is None
    await square.beat()
    now = await square.request(one.id)
    assert (now.state, square.discord.files) == ("waiting", {})
    assert hellos(square, now.thread_id)[0].link == "https://example.org/ana"
    await asking.withdraw(square.app, Key(GUILD, ANA), one.id, square.clock())
    await rest(square)
    assert open_threads(square) == [] and hellos(square, now.thread_id)[0].link == ""


async def test_no_byte_of_it_is_kept(square: Square) -> None:
    """Whatever became of it: placed, interrupted, refused. Our tables hold none of it."""
    await place(square, (await draft(square, ANA)).id)
    square.discord.no_files[1_000_001] = UNCLEAR
    await place(square, (await draft(square, BOB)).id)
    square.discord.no_threads[CHANNEL] = Trouble("too_many_threads", "full")
    await refused(place(square, (await draft(square, CLEO)).id))
    async with square.app.store.read() as tx:
        for table in metadata.sorted_tables:
            rows = str([tuple(row) for row in await tx.execute(select(table))])
            assert "word for word" not in rows and NOT_A_PDF.hex() not in rows


async def test_thread_names_are_all_different() -> None:
    """No two of many in a row share a name, on any key."""
    for key in (bytes(32), bytes(range(32))):
        assert len({threads.thread_name(key, number) for number in range(5000)}) == 5000
        assert len({threads.own_name(key, number) for number in range(5000)}) == 5000


# -- when Discord says no ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("too_many_threads", "review_threads_full"),
        ("missing_permission", "review_place_blocked"),
        ("missing_access", "review_place_blocked"),
        ("unknown_channel", "review_place_blocked"),
    ],
)
async def test_no_thread_can_be_opened(square: Square, code: str, reason: str) -> None:
    """Refused with words, moderators are told once, for an hour nobody else is sent there; then it is tried again."""
    one = await draft(square, ANA)
    square.discord.no_threads[CHANNEL] = Trouble(code, "no")
    assert await refused(place(square, one.id)) == reason
    assert await refused(documents.may_place(square.app, GUILD, square.clock())) == reason
    square.discord.no_threads.clear()
    assert await refused(place(square, one.id)) == reason  # within the hour Discord isn't asked
    square.discord.no_threads[CHANNEL] = Trouble(code, "no")
    square.clock.move(HOUR)
    assert await refused(place(square, one.id)) == reason
    await square.beat()
    assert notices(square) == [code]
    assert (await square.request(one.id)).state == "draft"
    square.discord.no_threads.clear()
    square.clock.move(HOUR)
    await documents.may_place(square.app, GUILD, square.clock())
    assert await place(square, one.id) is None


async def test_it_worked_and_fails_again(square: Square) -> None:
    """The moderators hear of the second time as well."""
    for author_id in (ANA, BOB):
        square.discord.no_threads[CHANNEL] = Trouble("too_many_threads", "full")
        one = await draft(square, author_id)
        assert await refused(place(square, one.id)) == "review_threads_full"
        square.discord.no_threads.clear()
        square.clock.move(HOUR)
        assert await place(square, one.id) is None
    await square.beat()
    assert notices(square) == ["too_many_threads"] * 2


async def test_another_channel_is_tried_at_once(square: Square) -> None:
    """What was wrong with one channel says nothing of the next."""
    one = await draft(square, ANA)
    square.discord.no_threads[CHANNEL] = Trouble("missing_permission", "no")
    assert await refused(place(square, one.id)) == "review_place_blocked"
    setting = metadata.tables["review_setting"]
    async with square.app.store.begin() as tx:
        await tx.execute(setting.update().values(channel_id=CHANNEL + 1))
    assert await place(square, one.id) is None


async def test_reviews_are_off(square: Square) -> None:
    """Nothing is taken, before the upload and after it; what is not there any more says so."""
    one = await draft(square, ANA)
    setting = metadata.tables["review_setting"]
    async with square.app.store.begin() as tx:
        await tx.execute(setting.update().values(channel_id=None))
    assert await refused(documents.may_place(square.app, GUILD, square.clock())) == "reviews_off"
    assert await refused(place(square, one.id)) == "reviews_off"
    await asking.withdraw(square.app, Key(GUILD, ANA), one.id, square.clock())
    assert await refused(place(square, one.id)) == "request_gone"
    assert await refused(place(square, 12345)) == "request_gone"


@pytest.mark.parametrize("fault", [LOST_ANSWER, NEVER_ARRIVED], ids=["arrived", "lost"])
async def test_a_thread_without_an_answer(square: Square, fault: Any) -> None:
    """The draft stays; handed in again there is one thread, whether the first attempt arrived or not."""
    one = await draft(square, ANA)
    square.discord.faults.append(fault)
    trouble = await place(square, one.id)
    assert trouble and trouble.code == "unclear"
    assert (await square.request(one.id)).state == "draft"
    assert await place(square, one.id) is None
    assert len(square.discord.threads) == 1


async def test_a_file_without_an_answer(square: Square) -> None:
    """It stands there all the same: a quarter of an hour later it is found, and waits for readers."""
    one = await draft(square, ANA)
    square.discord.faults.extend([replace(LOST_ANSWER, answer=None), LOST_ANSWER])
    assert await place(square, one.id)
    assert await documents.mind_documents(square.app, square.clock()) == 0
    square.clock.move(documents.STALE)
    await rest(square)
    now = await square.request(one.id)
    assert now.state == "waiting" and now.message_id in square.discord.files
    assert len(square.discord.files) == 1


async def test_a_draft_left_half_done(square: Square) -> None:
    """No file came: its thread is closed with all words gone, the draft is still there and can be handed in again."""
    one = await draft(square, ANA, asks="My secret wish")
    square.discord.faults.extend([replace(LOST_ANSWER, answer=None), NEVER_ARRIVED])
    assert await place(square, one.id)
    square.clock.move(documents.STALE)
    await rest(square)
    now = await square.request(one.id)
    assert (now.state, now.thread_id, now.tried_at) == ("draft", None, None)
    assert len(square.discord.closed) == 1 and open_threads(square) == []
    (closed,) = square.discord.closed
    assert hellos(square, closed)[0].asks == ""
    assert await place(square, one.id) is None
    await square.beat()
    fresh = await square.request(one.id)
    assert len(open_threads(square)) == 1 and fresh.thread_id not in square.discord.closed
    assert hellos(square, fresh.thread_id)[0].asks == "My secret wish"


class Withdrawing(FakeMessenger):
    """While a file goes up, its author takes the request back and a beat passes."""

    it: Square
    request_id: int

    async def put(self, files: Files) -> int | Trouble:
        await asking.withdraw(self.it.app, Key(GUILD, ANA), self.request_id, self.clock())
        await rest(self.it)
        return await super().put(files)


async def test_withdrawn_while_it_goes_up(square: Square) -> None:
    """It goes all the same, however late it arrived."""
    one = await draft(square, ANA)
    slow = Withdrawing(square.clock)
    slow.it, slow.request_id = square, one.id
    for name in ("threads", "files", "closed", "inside", "channels"):
        setattr(slow, name, getattr(square.discord, name))
    square.app = replace(square.app, messenger=slow)
    await place(square, one.id)
    await rest(square)
    now = await square.request(one.id)
    assert (now.state, now.gone_at is not None) == ("withdrawn", True)
    assert (square.discord.files, open_threads(square)) == ({}, [])


async def test_an_author_who_left_meanwhile(square: Square) -> None:
    """Nobody is let in; what was begun goes with their request."""
    one = await draft(square, ANA)
    square.discord.elsewhere.add(ANA)
    trouble = await place(square, one.id)
    assert trouble and trouble.code == "member_left"
    await rest(square)
    assert (await square.request(one.id)).state == "withdrawn"
    assert open_threads(square) == []


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


# -- gone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["open", "blind"])
async def test_its_time_is_over(square: Square, mode: str) -> None:
    """Every file deleted, every word of its author gone, every thread closed, every reader out; once."""
    one = await placed(square, ANA, mode=mode, asks="A secret wish", text="Dear all")
    theirs = [await accepted(square, one, reader_id) for reader_id in (BOB, CLEO)]
    for each in theirs:
        await square.became(review_reading, each.id, state="submitted", next_at=None)
    expires = square.clock() + 14 * DAY
    await square.became(review_request, one.id, state="delivered", expires_at=expires)
    square.clock.move(14 * DAY - timedelta(minutes=1))
    await rest(square)
    assert files_in(square, one.thread_id) != []
    square.clock.move(timedelta(minutes=1))
    await rest(square)
    now = await square.request(one.id)
    assert (now.state, now.gone_at, now.text) == ("expired", square.clock(), "")
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


async def test_what_moderators_look_at_stays(square: Square) -> None:
    """A request that is held is kept until they are done."""
    one = await placed(square, ANA)
    await square.became(review_request, one.id, state="held", expires_at=square.clock())
    await rest(square)
    assert files_in(square, one.thread_id) != []


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


async def test_refusals_are_refusals(square: Square) -> None:
    """The channel is among the facts of a refusal, so that its words can name it."""
    one = await draft(square, ANA)
    square.discord.no_threads[CHANNEL] = Trouble("missing_permission", "no")
    with pytest.raises(Refusal) as refusal:
        await place(square, one.id)
    assert refusal.value.facts["channel_id"] == CHANNEL
