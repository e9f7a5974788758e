"""Documents stand in threads: placed once, and with words where that can not be."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from bot.people.members import Key
from bot.ports import Files, Trouble
from bot.refusals import Refusal
from bot.reviews.flow import asking, documents, threads
from bot.reviews.messages import HELLO
from bot.storage.tables import metadata
from tests.asked import refused
from tests.fakes import LOST_ANSWER, NEVER_ARRIVED, FakeMessenger
from tests.reviews.papers import NOT_A_PDF, UNCLEAR, draft, hellos, inside, notices, open_threads, place, rest
from tests.reviews.parts import ANA, BOB, CHANNEL, CLEO, GUILD, HOUR, Square

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


async def test_refusals_are_refusals(square: Square) -> None:
    """The channel is among the facts of a refusal, so that its words can name it."""
    one = await draft(square, ANA)
    square.discord.no_threads[CHANNEL] = Trouble("missing_permission", "no")
    with pytest.raises(Refusal) as refusal:
        await place(square, one.id)
    assert refusal.value.facts["channel_id"] == CHANNEL
