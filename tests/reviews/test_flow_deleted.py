"""A thread that somebody deletes by hand is noticed at once, and what stood in it ends as all that ends early."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.people.members import Key
from bot.ports import Files, Trouble
from bot.reviews.flow import asking, deleted
from bot.reviews.messages import PAGES, Pages
from bot.storage.tables import metadata, review_reading
from tests.fakes import FakeMessenger
from tests.reviews.papers import accepted, draft, files_in, inside, placed, rest
from tests.reviews.parts import ANA, BOB, CLEO, GUILD, Square


async def thread_goes(it: Square, thread_id: int | None) -> int:
    """Somebody deletes it, with all that stands in it; gives how much that changed."""
    number, discord = thread_id or 0, it.discord
    discord.threads[number] = replace(
        discord.threads[number], name="deleted"
    )  # its number is not given again
    discord.closed.add(number)
    discord.inside.pop(number, None)
    discord.files = {key: one for key, one in discord.files.items() if one.files.thread_id != number}
    discord.no_files[number] = Trouble("unknown_channel", "gone")
    return await deleted.thread_deleted(it.app, GUILD, number, it.clock())


async def test_the_documents_thread(square: Square) -> None:
    """Who reads it hears in the next beat that it is over; twice is once, and nothing is asked of it for ever."""
    one = await placed(square, ANA)
    theirs = [await accepted(square, one, reader_id) for reader_id in (BOB, CLEO)]
    assert await thread_goes(square, one.thread_id) == 1
    assert await thread_goes(square, one.thread_id) == 0
    await rest(square)
    assert [(await square.reading(each.id)).state for each in theirs] == ["ended", "ended"]
    now = await square.request(one.id)
    assert (now.state, now.gone_at, now.target) == ("expired", square.clock(), "")
    assert square.kinds(BOB) == square.kinds(CLEO) == ["review_over"]


async def test_reviews_that_came_stay(square: Square) -> None:
    """One is here, the other one is being read: the first can be read on."""
    one = await placed(square, ANA)
    here, coming = await accepted(square, one, BOB), await accepted(square, one, CLEO)
    sent = {"state": "submitted", "submitted_at": square.clock(), "next_at": None}
    await square.became(review_reading, here.id, **sent)
    assert await thread_goes(square, one.thread_id) == 1
    await rest(square)
    mine = await asking.mine(square.app, Key(GUILD, ANA), square.clock())
    assert [(each.request.state, each.progress) for each in mine.requests] == [("closed", ("here",))]
    assert (await square.reading(coming.id)).state == "ended"
    assert square.kinds(BOB) == [] and square.kinds(CLEO) == ["review_over"]


async def test_a_blind_readers_own_thread(square: Square) -> None:
    """Another one is opened, with its pages and the reader; nobody is told, and the first one's words are gone."""
    one = await placed(square, ANA, mode="blind", asks="A secret wish")
    reading = await accepted(square, one, BOB)
    assert await thread_goes(square, reading.thread_id) == 1
    assert await thread_goes(square, reading.thread_id) == 0
    async with square.app.store.read() as tx:
        c = metadata.tables["delivery"].c
        asked = select(c.value).where(c.channel_id == reading.thread_id)
        kept = "".join((await tx.execute(asked)).scalars())
    assert kept and "A secret wish" not in kept
    await rest(square)
    again = await square.reading(reading.id)
    assert (again.state, again.due_at) == ("accepted", reading.due_at)
    assert again.thread_id != reading.thread_id and inside(square, again.thread_id) == {BOB}
    assert len(files_in(square, again.thread_id)) == 2
    assert square.said(Pages, PAGES, again.thread_id or 0)[0].asks == "A secret wish"
    assert square.kinds(BOB) == square.kinds(ANA) == []


@pytest.mark.parametrize("step", ["put", "let_in"])
async def test_a_thread_that_goes_while_it_is_filled(square: Square, step: str) -> None:
    """Whatever of the first one is noted late, the reader comes into the second, and its pages stand there."""
    one = await placed(square, ANA, mode="blind")
    late = Late(square.clock)
    share(square, late)
    late.square, late.step = square, step
    reading = await accepted(square, one, BOB)
    assert late.step == "" and inside(square, reading.thread_id) == {BOB}
    assert len(files_in(square, reading.thread_id)) == 2


async def test_what_is_none_of_ours(square: Square) -> None:
    """Any other thread, one of another server, and a draft that is on its way change nothing."""
    one = await placed(square, ANA)
    coming = await draft(square, BOB, thread_id=77, message_id=78)
    assert await deleted.thread_deleted(square.app, GUILD, 5, square.clock()) == 0
    assert await deleted.thread_deleted(square.app, GUILD + 1, one.thread_id or 0, square.clock()) == 0
    assert await deleted.thread_deleted(square.app, GUILD, 77, square.clock()) == 0
    states = [(await square.request(number)).state for number in (one.id, coming.id)]
    assert states == ["waiting", "draft"]


class Late(FakeMessenger):
    """A reader's own thread is deleted once, between this step and our note of it."""

    square: Square
    step: str = ""

    async def put(self, files: Files) -> int | Trouble:
        answer = await super().put(files)
        await self._goes("put", files.thread_id)
        return answer

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        answer = await super().let_in(guild_id, thread_id, user_id)
        await self._goes("let_in", thread_id)
        return answer

    async def _goes(self, step: str, thread_id: int) -> None:
        if self.step == step:
            self.step = ""
            assert await thread_goes(self.square, thread_id) == 1


def share(it: Square, discord: FakeMessenger) -> None:
    """This one stands in for Discord from now on, with all that is there."""
    for name in ("threads", "files", "puts", "closed", "inside", "channels"):
        setattr(discord, name, getattr(it.discord, name))
    it.discord = discord
    it.app = replace(it.app, messenger=discord)
