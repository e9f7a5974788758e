"""The town's bot with one kind of message of the tests: what it says, and in which way, each test says itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import discord
from discord import ui

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.flow import Sent, send_due
from bot.deliveries.planned import Planned, Row
from cogs.layout import button, message, row
from cogs.messenger import DiscordMessenger, Kind
from cogs.ways import Way
from sandbox.model import Channel, Message
from tests.deliveries.parts import versions
from tests.end_to_end.town import Town


@dataclass(frozen=True)
class Note:
    """Something to say, and how."""

    text: str
    way: Way = field(default_factory=Way)


def card(value: Note, nonce: str) -> ui.LayoutView:
    return message(value.text, rows=[row(button("Fine", "note/fine", nonce))])


KINDS = {"note": Kind(Note, card, way=lambda note: note.way)}


@dataclass
class PostOffice:
    """Notes are written to channels, the outbox says them; the sandbox knows what stands there."""

    town: Town
    app: App

    async def write(self, channel: Channel, text: str, **way: object) -> None:
        """Promise a note under its text as its key."""
        now, guild = self.app.now(), self.town.sandbox.guild
        note = Note(text, Way(**way))  # type: ignore[arg-type]
        async with self.app.store.begin() as tx:
            await outbox.plan(tx, [Planned("note", f"note/{text}", note, guild.id, channel.id, now)], now)

    async def rewrite(self, text: str, other: str, **way: object) -> None:
        async with self.app.store.begin() as tx:
            anew = Note(other, Way(**way))  # type: ignore[arg-type]
            assert await outbox.revise(tx, [(f"note/{text}", anew)], self.app.now()) == 1

    async def beat(self, after: timedelta = timedelta()) -> Sent:
        self.town.sandbox.clock.move(after)
        return await send_due(self.app, self.town.bot.sender)

    async def say(self, channel: Channel, text: str, **way: object) -> Message:
        """Write it, say it, and give the message that it became."""
        await self.write(channel, text, **way)
        assert await self.beat() == Sent(sent=1)
        return self.town.sandbox.world.messages[(await self.kept(text)).message_id or 0]

    async def kept(self, text: str, version: int = 1) -> Row:
        return (await versions(self.app.store))[f"note/{text}", version]

    async def heard(self, channel: Channel, holds: Callable[[discord.ForumChannel], bool]) -> None:
        """Wait until the bot has been told this of a forum."""
        async with asyncio.timeout(10):
            while True:
                known = self.town.bot.client.get_channel(channel.id)
                if isinstance(known, discord.ForumChannel) and holds(known):
                    return
                await asyncio.sleep(0.01)

    def shown(self, channel: Channel) -> list[str]:
        """How the bot's messages in a channel read, in order; deleted ones left out."""
        world = self.town.sandbox.world
        found = [world.messages[one] for one in channel.message_ids]
        return [text_of(one) for one in found if one.author_id == world.bot.id and not one.deleted]


def text_of(shown: Message) -> str:
    """The first text of a card."""
    (container,) = shown.components
    return str(container["components"][0]["content"])


def post_office(town: Town) -> PostOffice:
    return PostOffice(town, replace(town.bot.app, messenger=DiscordMessenger(town.bot.client, KINDS)))
