"""A community whose members may use threads, and short words for what the bot does there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from sandbox import Permission, Sandbox
from sandbox.drafts import Draft
from sandbox.events import Event
from sandbox.model import Channel, ChannelKind, Message, Overwrite, Tag, User
from tests.sandbox.rest_client import Rest

RIGHTS = (
    Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS | Permission.SEND_MESSAGES_IN_THREADS
)
BUG, WISH, OFFICIAL = Tag(11, "bug"), Tag(12, "wish", emoji="✨"), Tag(13, "official", moderated=True)


@asynccontextmanager
async def town_without_description() -> AsyncIterator[Town]:
    """For requests that Discord's description refuses by itself: here only what is written by hand does."""
    async with Sandbox(refuses=False) as sandbox, aiohttp.ClientSession() as session:
        yield Town(sandbox, Rest(sandbox, session))


class Town:
    """place: #reviews; forum: one with three tags, the last of which is moderated; heard: what the bot is told."""

    def __init__(self, sandbox: Sandbox, rest: Rest) -> None:
        self.sandbox, self.rest, self.world, self.guild = sandbox, rest, sandbox.world, sandbox.guild
        self.guild.roles[self.guild.id].permissions |= RIGHTS
        self.bot = self.world.bot
        self.place = sandbox.channel("reviews")
        self.forum = self.world.add_channel(self.guild, "questions", ChannelKind.FORUM)
        self.forum.tags = (BUG, WISH, OFFICIAL)
        self.heard: list[Event] = []
        self.world.listeners.append(self.heard.append)

    def person(self, name: str) -> User:
        return self.sandbox.member(name).user

    def names(self) -> list[str]:
        """The events that the bot was told of since the last call."""
        names = [event.name for event in self.heard]
        self.heard.clear()
        return names

    def last(self, name: str) -> dict[str, Any]:
        """The data of the latest event of this name."""
        return next(event.data for event in reversed(self.heard) if event.name == name)

    def grant(self, *permissions: Permission, channel: Channel | None = None) -> None:
        """Give the bot permissions in a channel, #reviews if none is named."""
        place = channel or self.place
        allowed = place.overwrites.get(self.bot.id, Overwrite(self.bot.id, 1)).allow
        for permission in permissions:
            allowed |= permission
        self.world.set_overwrite(place, Overwrite(self.bot.id, 1, allow=allowed))

    def deny(self, *permissions: Permission, channel: Channel | None = None) -> None:
        """Take permissions away from the bot in a channel, #reviews if none is named."""
        self.sandbox.deny((channel or self.place).name, *permissions)

    def say(self, name: str, text: str = "Hello", channel: Channel | None = None) -> Message:
        """A person says something."""
        return self.world.post(channel or self.place, self.person(name).id, Draft(text))

    # -- what the bot does -----------------------------------------------------------------------

    async def start(self, channel: Channel | None = None, **body: Any) -> Any:
        """A public thread, or what `body` makes of it."""
        path = f"/channels/{(channel or self.place).id}/threads"
        status, thread = await self.rest("POST", path, {"name": "A thread", "type": 11, **body})
        assert status == 201, thread
        return thread

    async def post(self, **body: Any) -> Any:
        """A post in the forum."""
        path = f"/channels/{self.forum.id}/threads"
        status, post = await self.rest(
            "POST", path, {"name": "A post", "message": {"content": "First"}, **body}
        )
        assert status == 201, post
        return post

    async def refused_start(self, channel: Channel | None = None, **body: Any) -> tuple[int, int]:
        path = f"/channels/{(channel or self.place).id}/threads"
        return await self.rest.refused("POST", path, {"name": "A thread", **body})

    async def patch(self, thread_id: object, **body: Any) -> Any:
        status, changed = await self.rest("PATCH", f"/channels/{thread_id}", body)
        assert status == 200, changed
        return changed

    async def refused_patch(self, thread_id: object, **body: Any) -> tuple[int, int]:
        return await self.rest.refused("PATCH", f"/channels/{thread_id}", body)

    def thread(self, thread_id: object) -> Channel:
        found = self.world.channel(int(str(thread_id)))
        assert found is not None
        return found
