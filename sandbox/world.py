"""The sandbox's world: who and what exists, the few ways in which it changes, and who is told."""

from __future__ import annotations

import asyncio
import base64
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from sandbox import permissions, threads, wire, wire_interactions, wire_messages
from sandbox.clock import Clock, Snowflakes
from sandbox.drafts import Draft
from sandbox.events import Event
from sandbox.gateway_intents import NO_INTENTS
from sandbox.gateway_starts import SessionStarts
from sandbox.model import (
    NOBODY,
    Attachment,
    Channel,
    ChannelKind,
    Command,
    Guild,
    Interaction,
    InteractionKind,
    Member,
    Message,
    MessageFlag,
    Overwrite,
    Role,
    User,
    Webhook,
)

__all__ = ["Event", "World"]

T = TypeVar("T")


class World:
    """Everything that exists. Its methods are the only writers; each tells the listeners what happened.

    listeners: called in order with each event that the bot is to hear of (ephemeral messages and channels
    that it cannot see are left out, as Discord does).
    witnesses: called in order with every event, whoever it is for.
    watchers: called after every change, also those that the bot does not hear of; they look for themselves.
    starts: how soon and how often the bot may IDENTIFY.
    first_answer: what an interaction's first answer may take, on the monotonic clock.
    nonce_window: how long a nonce is remembered, on the sandbox's clock; Discord says "the past few minutes".
    """

    def __init__(
        self,
        clock: Clock,
        *,
        nonce_window: timedelta = timedelta(minutes=5),
        first_answer: timedelta = timedelta(seconds=3),
    ) -> None:
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.nonce_window = nonce_window
        self.first_answer = first_answer
        self.listeners: list[Callable[[Event], None]] = []
        self.witnesses: list[Callable[[Event], None]] = []
        self.watchers: list[Callable[[], None]] = []
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.dms: dict[int, Channel] = {}
        self.in_sight: dict[int, set[int]] = {}  # guild → its channels that the bot saw last
        self.messages: dict[int, Message] = {}
        self.commands: dict[int, Command] = {}
        self.interactions: dict[str, Interaction] = {}  # by token
        self.uploads: dict[int, Attachment] = {}  # what people gave to commands and forms
        self.webhooks: dict[int, Webhook] = {}
        self.commands_made: dict[int | None, list[datetime]] = {}  # home → when commands were created
        self.privileged = NO_INTENTS  # what the application was granted
        self.starts = SessionStarts(clock)
        clock.listeners.append(lambda: threads.sweep(self))
        self.gateway_url = ""  # the two addresses are known once the port is
        self.files_url = ""
        self._nonces: dict[tuple[int, str], int] = {}
        self._waiting: set[asyncio.Future[None]] = set()
        self.bot = self.add_user("outpost", bot=True)
        self.owner = self.add_user("owner")
        self.token = new_token(self.bot.id)

    @property
    def application_id(self) -> int:
        """Discord gives an application and its bot user the same id."""
        return self.bot.id

    # -- telling ---------------------------------------------------------------------------------

    def emit(self, event: Event, *, to_bot: bool = True) -> None:
        """Tell of an event. to_bot: False for what only people in its place get to know."""
        for witness in self.witnesses:
            witness(event)
        for listener in list(self.listeners) if to_bot else ():
            listener(event)
        threads.after_event(self, event)
        self.touch()

    def touch(self) -> None:
        """Wake everybody who waits in `until`, to look again, and tell the watchers."""
        for watcher in list(self.watchers):
            watcher()
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, holds: Callable[[], T | None], within: timedelta) -> T:
        """Wait for the first true answer of `holds`, asked now and after every change in the world.

        Raises TimeoutError when it stays false for `within` (monotonic clock).
        """
        ends = time.monotonic() + within.total_seconds()
        while True:
            if value := holds():
                return value
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.add(future)
            try:
                await asyncio.wait_for(future, ends - time.monotonic())
            finally:
                self._waiting.discard(future)

    # -- people and places -----------------------------------------------------------------------

    def add_user(self, name: str, *, bot: bool = False, locale: str = "en-US") -> User:
        user = User(self.ids.next(), name, bot=bot, locale=locale)
        self.users[user.id] = user
        return user

    def add_guild(self, name: str, owner: User, everyone: int) -> Guild:
        """A guild with its owner in it; `everyone` is what all members may do."""
        guild = Guild(self.ids.next(), name, owner.id)
        guild.roles[guild.id] = Role(guild.id, "@everyone", everyone, 0)
        self.guilds[guild.id] = guild
        self.add_member(guild, owner)
        return guild

    def add_role(self, guild: Guild, name: str, granted: int, *, bot_id: int | None = None) -> Role:
        role = Role(self.ids.next(), name, granted, len(guild.roles), bot_id)
        guild.roles[role.id] = role
        self.emit(Event("GUILD_ROLE_CREATE", {"guild_id": str(guild.id), "role": wire.role(role)}, guild.id))
        return role

    def add_member(self, guild: Guild, user: User, *roles: Role) -> Member:
        member = Member(user, self.clock.now(), {role.id for role in roles})
        guild.members[user.id] = member
        data = {"guild_id": str(guild.id), **wire.member(member)}
        self.emit(Event("GUILD_MEMBER_ADD", data, guild.id))
        return member

    def add_channel(
        self, guild: Guild, name: str, kind: ChannelKind = ChannelKind.TEXT, *, topic: str | None = None
    ) -> Channel:
        channel = Channel(self.ids.next(), kind, name, guild.id, len(guild.channels), topic)
        guild.channels[channel.id] = channel
        self._tell_of_channel("CHANNEL_CREATE", channel)
        return channel

    def changed_channel(self, channel: Channel) -> None:
        """To be called after a channel's fields or overwrites were set."""
        self._tell_of_channel("CHANNEL_UPDATE", channel)

    def remove_channel(self, channel: Channel) -> None:
        """Delete a channel with its threads, or one thread. A category's channels stay, without it."""
        if channel.thread is not None:
            return threads.remove(self, channel)
        threads.remove_all(self, channel)
        channel.deleted = True
        for guild in self.guilds.values():
            guild.channels.pop(channel.id, None)
        self._tell_of_channel("CHANNEL_DELETE", channel)
        home = self.guild_of(channel)
        for child in [] if home is None else list(home.channels.values()):
            if child.parent_id == channel.id:
                child.parent_id = None
                self.changed_channel(child)

    def set_overwrite(self, channel: Channel, overwrite: Overwrite) -> None:
        channel.overwrites[overwrite.id] = overwrite
        self.changed_channel(channel)

    def open_dm(self, user: User) -> Channel:
        """The one DM between the bot and this person, made at the first call."""
        for channel in self.dms.values():
            if channel.recipients == (user.id,):
                return channel
        channel = Channel(self.ids.next(), ChannelKind.DM, "", recipients=(user.id,))
        self.dms[channel.id] = channel
        return channel

    def channel(self, channel_id: int) -> Channel | None:
        """A channel, thread or DM that still exists."""
        for guild in self.guilds.values():
            found = guild.channels.get(channel_id) or guild.threads.get(channel_id)
            if found is not None:
                return found
        return self.dms.get(channel_id)

    def guild_of(self, channel: Channel) -> Guild | None:
        return None if channel.guild_id is None else self.guilds[channel.guild_id]

    def may(self, user_id: int, channel: Channel) -> int:
        """What this user may do here, as Discord's bit set. In a DM: everything a DM allows."""
        guild = self.guild_of(channel)
        if guild is None:
            return int(permissions.IN_DM) if user_id in (*channel.recipients, self.bot.id) else 0
        granted = permissions.in_channel(guild, channel, user_id)
        return permissions.while_timed_out(granted) if self.timed_out(guild, user_id) else granted

    def timed_out(self, guild: Guild, user_id: int) -> bool:
        """Is this member told to be silent for now, by the sandbox's clock?"""
        member = guild.members.get(user_id)
        until = None if member is None else member.timed_out_until
        return until is not None and until > self.clock.now()

    def _tell_of_channel(self, name: str, channel: Channel) -> None:
        self.emit(Event(name, wire.channel(self, channel), channel.guild_id, channel.id))

    # -- messages --------------------------------------------------------------------------------

    def same_nonce(self, author_id: int, nonce: object) -> Message | None:
        """The author's earlier message under this nonce, if it is younger than the window; deleted ones too."""
        message_id = self._nonces.get((author_id, str(nonce)))
        if message_id is None or self.clock.now() - self.messages[message_id].sent_at > self.nonce_window:
            return None
        return self.messages[message_id]

    def post(
        self,
        channel: Channel,
        author_id: int,
        draft: Draft,
        *,
        kind: int = 0,
        interaction: Interaction | None = None,
        message_id: int | None = None,
        thread_id: int | None = None,
    ) -> Message:
        """Put a message into a channel. An ephemeral one belongs to the interaction's user alone.

        message_id: the id that it must have, a forum post's; thread_id: the thread that it tells of.
        """
        private = interaction is not None and bool(draft.flags & MessageFlag.EPHEMERAL)
        if not private:
            threads.before_message(self, channel, kind)
        message_id = message_id or self.ids.next()
        message = Message(
            message_id,
            channel.id,
            author_id,
            self.clock.now(),
            draft.content,
            draft.embeds,
            draft.components,
            draft.attachments,
            draft.flags,
            kind,
            draft.nonce,
            NOBODY if private else draft.mentions,
            draft.reference_id,
            interaction,
            interaction.user_id if interaction is not None and private else None,
            thread_id=thread_id,
            webhook_id=author_id if author_id in self.webhooks else None,
            author_name=draft.author_name,
        )
        self.messages[message_id] = message
        channel.message_ids.append(message_id)
        if message.only_for is None:
            channel.last_public_id = message_id
        if draft.nonce is not None:
            self._nonces[author_id, str(draft.nonce)] = message_id
        self._tell_of_message("MESSAGE_CREATE", message)
        threads.after_message(self, channel, message)
        return message

    def edit(self, message: Message, draft: Draft) -> None:
        """Set what is said. An edit pings nobody anew; the first text of a waiting answer does, and is no edit."""
        if not message.loading:
            message.edited_at = self.clock.now()
        elif message.only_for is None:
            message.pinged = draft.mentions
        message.content, message.embeds, message.components = draft.content, draft.embeds, draft.components
        message.attachments, message.flags = draft.attachments, draft.flags
        message.edits += 1
        self._tell_of_message("MESSAGE_UPDATE", message)

    def delete(self, message: Message) -> None:
        message.deleted = True
        channel = self.channel(message.channel_id)
        if channel is None:
            return self.touch()
        data = {"id": str(message.id), "channel_id": str(channel.id)}
        if channel.guild_id is not None:
            data["guild_id"] = str(channel.guild_id)
        event = Event("MESSAGE_DELETE", data, channel.guild_id, channel.id, message.only_for)
        self.emit(event, to_bot=self.bot_hears(message, channel))

    def history(self, channel: Channel, viewer_id: int) -> Iterator[Message]:
        """What this person finds in the channel, newest first; nothing deleted, nobody else's private answers."""
        for message_id in reversed(channel.message_ids):
            message = self.messages[message_id]
            if not message.deleted and message.only_for in (None, viewer_id):
                yield message

    def changed_message(self, message: Message) -> None:
        """To be called after a message's pin, thread or flags were set."""
        self._tell_of_message("MESSAGE_UPDATE", message)

    def bot_hears(self, message: Message, channel: Channel) -> bool:
        """Private answers reach nobody over the gateway, nor does what the bot cannot see."""
        seen = self.may(self.bot.id, channel) & permissions.Permission.VIEW_CHANNEL
        return message.only_for is None and bool(seen)

    def _tell_of_message(self, name: str, message: Message) -> None:
        channel = self.channel(message.channel_id)
        if channel is None:
            return self.touch()
        data = wire_messages.event(self, message)
        event = Event(name, data, channel.guild_id, channel.id, message.only_for)
        self.emit(event, to_bot=self.bot_hears(message, channel))

    # -- interactions ----------------------------------------------------------------------------

    def open_interaction(
        self,
        kind: InteractionKind,
        user_id: int,
        channel: Channel,
        data: Mapping[str, object],
        *,
        source: Message | None = None,
        parent: Interaction | None = None,
    ) -> Interaction:
        """Somebody typed, pressed or submitted something; the bot hears of it. The 3 seconds begin."""
        interaction = Interaction(
            self.ids.next(),
            secrets.token_urlsafe(48),
            kind,
            user_id,
            channel.id,
            channel.guild_id,
            dict(data),
            self.clock.now(),
            time.monotonic(),
            source.id if source else None,
            parent,
        )
        self.interactions[interaction.token] = interaction
        payload = wire_interactions.interaction(self, interaction)
        self.emit(Event("INTERACTION_CREATE", payload, channel.guild_id, channel.id, self.bot.id))
        return interaction

    def expired(self, interaction: Interaction) -> bool:
        """True when its first answer is too late (monotonic clock)."""
        return time.monotonic() - interaction.opened > self.first_answer.total_seconds()


def new_token(bot_id: int) -> str:
    """A token in the shape that client libraries check: base64 of the id, then two random parts."""
    head = base64.urlsafe_b64encode(str(bot_id).encode()).decode().rstrip("=")
    return f"{head}.{secrets.token_urlsafe(4)}.{secrets.token_urlsafe(28)}"
