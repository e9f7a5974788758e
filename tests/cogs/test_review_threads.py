"""A document's whole life by real discord.py over the wire: in a thread, read in the open or blind, gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from discord import ui
from sqlalchemy import insert

from bot.deliveries.flow import send_due
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.reviews.flow import asking, documents, readings
from bot.reviews.messages import HELLO, PAGES, WORD, Hello, Pages, Word
from bot.storage.tables import review_reading, review_request, review_setting
from cogs.layout import button, message, row
from cogs.messenger import DiscordMessenger, Kind
from sandbox import Permission
from sandbox.model import Channel, Overwrite
from tests.cogs.post_office import PostOffice
from tests.reviews.papers import pdf

pytestmark = pytest.mark.wire


def _card(value: Any, nonce: str) -> ui.LayoutView:
    words = (
        "gone" if getattr(value, "gone", False) else f"{type(value).__name__} {getattr(value, 'target', '')}"
    )
    return message(words, rows=[row(button("Fine", "note/fine", nonce))])


KINDS = {HELLO: Kind(Hello, _card), PAGES: Kind(Pages, _card), WORD: Kind(Word, _card)}


class Papers:
    """Two members of the town, one server that reads for each other."""

    def __init__(self, office: PostOffice) -> None:
        self.office, self.sandbox = office, office.town.sandbox
        self.app = replace(office.app, messenger=DiscordMessenger(office.town.bot.client, KINDS))
        self.guild = self.sandbox.guild.id
        self.ana, self.bob = office.town.ana.user.id, self.sandbox.member("bob").user.id

    async def settle(self) -> None:
        channel = self.sandbox.world.add_channel(self.sandbox.guild, "papers")
        allowed = Permission.MANAGE_THREADS | Permission.ATTACH_FILES | Permission.CREATE_PRIVATE_THREADS
        self.sandbox.world.set_overwrite(channel, Overwrite(self.sandbox.world.bot.id, 1, allow=allowed))
        numbers = {"day": 0, "minute": 540, "preview_h": 12, "patience_h": 24, "least": 700, "keep_days": 14}
        way: dict[str, Any] = {
            "guild_id": self.guild,
            "channel_id": channel.id,
            "zone": "UTC",
            "weekly": False,
        }
        async with self.app.store.begin() as tx:
            await tx.execute(insert(review_setting).values(way | numbers | {"changed_at": self.app.now()}))
        for user_id in (self.ana, self.bob):
            await members.met(self.app, Person(user_id, self.guild, False), self.app.now())

    async def hand_in(self, mode: str) -> int:
        words = {"target": "Data engineer", "asks": "", "link": "", "text": "", "sha256": "f" * 64}
        kind = {
            "kind": "resume",
            "mode": mode,
            "when": "soon",
            "needs": 1,
            "language": "en",
            "state": "draft",
        }
        more = {"made_at": self.app.now(), "revision": 1, "pages": 1, "guild_id": self.guild}
        async with self.app.store.begin() as tx:
            asked = insert(review_request).values(words | kind | more | {"author_id": self.ana})
            number: int = (await tx.execute(asked.returning(review_request.c.id))).scalar_one()
        assert await documents.place(self.app, number, pdf(1), self.app.now()) is None
        return number

    async def accepted(self, request_id: int) -> int:
        now = self.app.now()
        who = {"guild_id": self.guild, "round_id": 0, "author_id": self.ana, "reader_id": self.bob}
        how = {"state": "accepted", "score": 700, "reasons": "[]", "clarity": False, "reminded": 0}
        when = {"proposed_at": now, "accepted_at": now, "due_at": now}
        async with self.app.store.begin() as tx:
            asked = insert(review_reading).values(who | how | when | {"request_id": request_id})
            number: int = (await tx.execute(asked.returning(review_reading.c.id))).scalar_one()
        await self.rest()
        return number

    async def rest(self) -> None:
        for _ in range(10):
            done = await documents.mind_documents(self.app, self.app.now())
            await send_due(self.app, self.office.town.bot.sender)
            if not done:
                return
        raise AssertionError("it never comes to rest")

    def thread(self, name: str) -> Channel:
        (found,) = [one for one in self.sandbox.guild.threads.values() if one.name.startswith(name)]
        return found

    def shows(self, thread: Channel) -> list[str]:
        """Words and file names, in order; deleted ones left out."""
        world = self.sandbox.world
        standing = [world.messages[one] for one in thread.message_ids if not world.messages[one].deleted]
        return [
            one.attachments[0].filename
            if one.attachments
            else str(one.components[0]["components"][0]["content"])
            for one in standing
            if one.attachments or one.components
        ]


@pytest.mark.parametrize("mode", ["open", "blind"])
async def test_from_the_hand_in_to_the_end(office: PostOffice, mode: str) -> None:
    """The author and whoever may read it, and nobody else, and in the end nothing of it."""
    it = Papers(office)
    await it.settle()
    number = await it.hand_in(mode)
    await it.rest()
    bot, there = it.sandbox.world.bot.id, it.thread("Reading")
    assert there.thread and set(there.thread.members) == {bot, it.ana}
    assert sorted(it.shows(there))[0] == "Hello Data engineer" and len(it.shows(there)) == 2
    await it.accepted(number)
    read = there if mode == "open" else it.thread("Pages")
    assert read.thread and it.bob in read.thread.members
    assert (it.bob in there.thread.members) is (mode == "open")
    if mode == "blind":
        assert it.ana not in read.thread.members
        assert [words.split("-")[0] for words in it.shows(read)] == ["Pages Data engineer", "pages"]
    await asking.withdraw(it.app, Key(it.guild, it.ana), number, it.app.now())
    await it.rest()
    assert await readings.mind_readings(it.app, lambda _: "Town", it.app.now()) >= 0
    for one in {there.id: there, read.id: read}.values():
        assert one.thread and (one.thread.archived, one.thread.locked) == (True, True)
        assert it.bob not in one.thread.members
        assert it.shows(one)[:1] == ["gone"] and not any("." in words for words in it.shows(one))
