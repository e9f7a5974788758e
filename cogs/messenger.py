"""Says deliveries: kind → that subject's card → gate → Discord → Receipt or Trouble."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import discord
from discord.utils import time_snowflake

from bot.deliveries.outcome import SAME_NONCE_FOR
from bot.deliveries.planned import decode
from bot.ports import Files, NewThread, Outgoing, Receipt, Trouble
from cogs import files as documents
from cogs import forums, gate, threads
from cogs.client import Outpost
from cogs.presses import carries
from cogs.troubles import ABOUT_A_MEMBER, UNANSWERED, asked, no_answer, not_sent, trouble_of
from cogs.ways import Way

log = logging.getLogger(__name__)

SEND_TIMEOUT_S = 30.0  # discord.py's own is 300 s
LOOK_BACK_MARGIN = timedelta(seconds=60)  # our clock and Discord's may differ
LOOK_BACK_S = 60.0  # a busy channel may have a dozen pages of that time
QUESTION_S = 10.0  # about one member or channel, or to delete one message
PUBLISH_S = 5.0

_ARCHIVED = 50083  # to change a message there, a thread must be open
_POST_GONE = ("unknown_channel", "thread_locked", "missing_permission")  # one post's trouble, not its forum's
_ANNOUNCEMENTS = discord.ChannelType.news

Writable = discord.PartialMessageable | discord.DMChannel
Place = Writable | discord.ForumChannel
Channel = discord.abc.GuildChannel | discord.Thread


@dataclass(frozen=True, slots=True)
class Kind:
    """How one kind of delivery becomes a message.

    card: (value, nonce) → view; at least one custom_id in it carries the nonce, our marker for `look_back`.
    rings: phones may ring; only for a private alert and a direct promise (design/surface.md, Phone rules).
    way: how it goes out, for one value, instead of `rings`. Only a kind that has one may go to a forum.
    """

    value: type[Any]
    card: Callable[[Any, str], discord.ui.LayoutView]
    rings: bool = False
    way: Callable[[Any], Way] | None = None


class DiscordMessenger:
    """Implements bot.ports.Messenger over a logged-in client; works before the gateway is ready."""

    def __init__(self, client: Outpost, kinds: Mapping[str, Kind]) -> None:
        self._client = client
        self._kinds = kinds
        self._published_enough: dict[int, float] = {}  # channel → until when, by the monotonic clock

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        view, way = self._drawn(outgoing)
        place = await self._place(outgoing)
        if isinstance(place, Trouble):
            return place
        if isinstance(place, discord.ForumChannel):
            return await self._post(place, outgoing, view, way)
        sending = gate.send(place, view, nonce=outgoing.nonce, silent=way.silent, role=way.role_id)
        said = await asked(sending, SEND_TIMEOUT_S)
        if isinstance(said, Trouble):  # a nonce'd create of a message that was deleted since: it had arrived
            return Receipt(None) if said.code == "unknown_message" else said
        if way.publish:
            await self._publish(outgoing.channel_id, said.id)
        return Receipt(said.id)

    async def _post(
        self, forum: discord.ForumChannel, outgoing: Outgoing, view: discord.ui.LayoutView, way: Way
    ) -> Receipt | Trouble:
        """A post of its own; looked for first where it may be there already."""
        if outgoing.tried_at and (seen := await self.look_back(outgoing, outgoing.tried_at)):
            return seen
        tags = forums.tags_of(forum, way)
        if isinstance(tags, Trouble):
            return tags
        http, title, role = self._client.http, way.post_title, way.role_id
        posting = gate.post(http, forum.id, view, title=title, silent=way.silent, role=role, tags=tags)
        made = await asked(posting, SEND_TIMEOUT_S)
        return made if isinstance(made, Trouble) else Receipt(made)

    async def _publish(self, channel_id: int, message_id: int) -> None:
        """Send it on to who follows the channel: ten an hour at most, says Discord, so a refusal is left at that."""
        channel = self._client.get_channel(channel_id)
        known_as_other = isinstance(channel, discord.abc.GuildChannel) and channel.type is not _ANNOUNCEMENTS
        if known_as_other or time.monotonic() < self._published_enough.get(channel_id, 0.0):
            return
        try:
            async with asyncio.timeout(PUBLISH_S):
                await self._client.http.publish_message(channel_id, message_id)
        except discord.RateLimited as error:
            self._published_enough[channel_id] = time.monotonic() + error.retry_after
            log.info("channel %d publishes no more for %.0f s", channel_id, error.retry_after)
        except (discord.HTTPException, *UNANSWERED) as error:
            log.warning("message %d is not published: %s", message_id, error)

    async def look_back(self, outgoing: Outgoing, since: datetime) -> Receipt | Trouble | None:
        place = await (self._readable(outgoing) if outgoing.member_id is None else self._where(outgoing))
        if isinstance(place, Trouble):
            return place
        last_try = since + SAME_NONCE_FOR + timedelta(seconds=SEND_TIMEOUT_S)
        after, before = (
            discord.Object(time_snowflake(moment))
            for moment in (since - LOOK_BACK_MARGIN, last_try + LOOK_BACK_MARGIN)
        )
        found = await asked(self._find(place, outgoing.nonce, after, before), LOOK_BACK_S)
        return Receipt(found) if isinstance(found, int) else found

    async def _find(
        self, place: Place, nonce: str, after: discord.Object, before: discord.Object
    ) -> int | None:
        me = self._client.user
        if isinstance(place, discord.ForumChannel):
            return await forums.find(place, nonce, self._my_id(), after, before)
        async for message in place.history(limit=None, after=after, before=before, oldest_first=True):
            if message.author == me and carries(message, nonce):
                return message.id
        return None

    async def take_back(self, outgoing: Outgoing, message_id: int) -> None:
        place = _at(await self._where(outgoing), message_id)
        if isinstance(place, Trouble):
            log.warning("message %d can't be taken back: %s", message_id, place.detail)
            return
        refused = await asked(place.get_partial_message(message_id).delete(), QUESTION_S)
        if refused:
            log.warning("message %d can't be taken back: %s", message_id, refused.detail)

    async def edit(self, outgoing: Outgoing, message_id: int) -> Trouble | None:
        view, way = self._drawn(outgoing)
        where = await self._where(outgoing)
        in_forum = isinstance(where, discord.ForumChannel)
        place = _at(where, message_id)
        if isinstance(place, Trouble):
            return place
        changing = self._change(place, message_id, view, close=in_forum and way.close)
        trouble = await asked(changing, SEND_TIMEOUT_S)
        if trouble and in_forum and trouble.code in _POST_GONE:
            return Trouble("unknown_message", "Somebody deleted its post, or locked it.")
        return trouble

    async def _change(
        self, place: Writable, message_id: int, view: discord.ui.LayoutView, *, close: bool
    ) -> None:
        """Edit it. A thread that was put away must be opened for that; afterwards it is closed again, if we may."""
        message = place.get_partial_message(message_id)
        try:
            await gate.edit(message, view)
        except discord.HTTPException as error:
            if error.code != _ARCHIVED:
                raise
            await self._client.http.edit_channel(place.id, archived=False)
            close = True
            await gate.edit(message, view)
        if close:
            try:
                await self._client.http.edit_channel(place.id, archived=True)
            except discord.HTTPException as error:
                log.info("thread %d stays open: %s", place.id, error)

    async def is_member(self, guild_id: int, user_id: int) -> bool | Trouble:
        try:
            async with asyncio.timeout(QUESTION_S):
                await self._client.http.get_member(guild_id, user_id)
        except discord.HTTPException as error:
            if ABOUT_A_MEMBER.get(error.code) == "member_left":
                return False
            return not_sent(trouble_of(error), ABOUT_A_MEMBER.get(error.code))
        except UNANSWERED as error:
            return not_sent(no_answer(error))
        return True

    async def open_thread(self, thread: NewThread) -> int | Trouble:
        return await threads.open_thread(self._client.http, self._my_id(), thread)

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        return await threads.let_in(self._client.http, thread_id, user_id)

    async def let_out(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        return await threads.let_out(self._client.http, thread_id, user_id)

    async def find_thread(self, thread: NewThread) -> int | Trouble | None:
        return await threads.find_thread(self._client.http, self._my_id(), thread)

    async def close_thread(self, guild_id: int, thread_id: int) -> Trouble | None:
        return await threads.close_thread(self._client.http, thread_id)

    async def put(self, files: Files) -> int | Trouble:
        if files.tried_at is not None:
            name = files.files[0].name
            if found := await self.find_put(files.guild_id, files.thread_id, name, files.tried_at):
                return found
        return await documents.put(self._partial_of(files.guild_id, files.thread_id), files)

    async def find_put(
        self, guild_id: int, thread_id: int, name: str, since: datetime
    ) -> int | Trouble | None:
        where = await self._readable(Outgoing("", "", guild_id, thread_id, ""))
        if isinstance(where, Trouble):
            return where
        after = discord.Object(time_snowflake(since - LOOK_BACK_MARGIN))
        place = self._partial_of(guild_id, thread_id)
        return await asked(documents.find(place, self._my_id(), name, after), LOOK_BACK_S)

    async def fetch(self, guild_id: int, thread_id: int, message_id: int, most: int) -> bytes | Trouble:
        return await documents.fetch(self._client.http, thread_id, message_id, most)

    async def delete(self, guild_id: int, thread_id: int, message_id: int) -> Trouble | None:
        return await documents.delete(self._client.http, thread_id, message_id)

    def _my_id(self) -> int:
        return self._client.user.id if self._client.user else 0

    def _drawn(self, outgoing: Outgoing) -> tuple[discord.ui.LayoutView, Way]:
        kind = self._kinds[outgoing.kind]
        value = decode(kind.value, outgoing.value)
        view = kind.card(value, outgoing.nonce)
        gate.mention_commands(view, self._client.command_mentions)
        return view, kind.way(value) if kind.way else Way(silent=not kind.rings)

    async def _place(self, outgoing: Outgoing) -> Place | Trouble:
        """Where to say it. A direct message only to somebody who is still in the server that it comes from."""
        if outgoing.member_id is None:
            return await self._where(outgoing)
        here = await self.is_member(outgoing.guild_id, outgoing.member_id)
        if isinstance(here, Trouble):
            return here
        if not here:
            return Trouble("member_left", "They are not in the server any more.")
        return await self._where(outgoing)

    async def _where(self, outgoing: Outgoing) -> Place | Trouble:
        """Only a kind that may go to a forum has to know what its channel is."""
        if outgoing.member_id is None:
            channel = await self._channel(outgoing) if self._kinds[outgoing.kind].way else None
            return channel if isinstance(channel, Trouble | discord.ForumChannel) else self._partial(outgoing)
        opened = await asked(self._client.create_dm(discord.Object(outgoing.member_id)), QUESTION_S)
        return not_sent(opened) if isinstance(opened, Trouble) else opened

    async def _channel(self, outgoing: Outgoing) -> Channel | Trouble:
        """What Discord told us of a channel; asked for one that we don't know, such as a thread that was put away."""
        guild = self._client.get_guild(outgoing.guild_id)
        known = guild.get_channel_or_thread(outgoing.channel_id) if guild else None
        if known is not None:
            return known
        found = await asked(self._client.fetch_channel(outgoing.channel_id), QUESTION_S)
        if isinstance(found, Trouble):  # what is not clear now, surely was not said
            return replace(found, code="out_of_reach") if found.code == "unclear" else found
        if isinstance(found, discord.abc.PrivateChannel):
            return Trouble("unknown_channel", "It is no channel of a server.")
        return found

    def _partial(self, outgoing: Outgoing) -> discord.PartialMessageable:
        return self._partial_of(outgoing.guild_id, outgoing.channel_id)

    def _partial_of(self, guild_id: int, channel_id: int) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(channel_id, guild_id=guild_id)

    async def _readable(self, outgoing: Outgoing) -> Place | Trouble:
        """Without the permission Discord answers an empty list: "can't see" must never mean "not there"."""
        await self._client.connected.wait()
        guild = self._client.get_guild(outgoing.guild_id)
        if guild is None or guild.unavailable:
            return Trouble("unclear", "Discord has not told us about this server yet.")
        channel = await self._channel(outgoing)
        if isinstance(channel, Trouble):
            return channel
        home = channel.parent if isinstance(channel, discord.Thread) else channel
        granted = home.permissions_for(guild.me) if home else discord.Permissions.none()
        if granted.view_channel and granted.read_message_history:
            return channel if isinstance(channel, discord.ForumChannel) else self._partial(outgoing)
        return Trouble("unreadable", "I lack Read Message History there, so I can't tell whether it arrived.")


def _at(where: Place | Trouble, message_id: int) -> Writable | Trouble:
    """Where that message itself stands: a forum's post is a thread that has its first message's id."""
    if not isinstance(where, discord.ForumChannel):
        return where
    return discord.PartialMessageable(state=where._state, id=message_id, guild_id=where.guild.id)
