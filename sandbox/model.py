"""What is in the sandbox's world: plain records, changed only by `sandbox.world` and `sandbox.rest`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]


class ChannelKind(IntEnum):
    """Discord's channel types that the sandbox knows."""

    TEXT = 0
    DM = 1
    CATEGORY = 4
    ANNOUNCEMENT = 5
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


THREADS = (ChannelKind.PUBLIC_THREAD, ChannelKind.PRIVATE_THREAD)


class MessageFlag(IntFlag):
    """Discord's message flags that the sandbox acts upon."""

    CROSSPOSTED = 1 << 0
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


class InteractionKind(IntEnum):
    PING = 1
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    """The ways to answer an interaction first (docs: Interaction Callback Type)."""

    PONG = 1
    MESSAGE = 4
    DEFER_MESSAGE = 5
    DEFER_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(slots=True)
class User:
    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    avatar: str | None = None  # the hash of a picture they chose; the picture itself is Discord's CDN's
    dms_open: bool = True  # False: "allow direct messages from server members" is off


@dataclass(slots=True)
class Role:
    """position 0 is @everyone, whose id is the guild's."""

    id: int
    name: str
    permissions: int
    position: int
    bot_id: int | None = None
    mentionable: bool = False


@dataclass(slots=True)
class Overwrite:
    """What a role (kind 0) or a member (kind 1) may do more or less in one channel."""

    id: int
    kind: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class Member:
    user: User
    joined_at: datetime
    roles: set[int] = field(default_factory=set)
    nick: str | None = None
    timed_out_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A forum's tag. moderated: only who holds MANAGE_THREADS may give it to a post."""

    id: int
    name: str
    moderated: bool = False
    emoji: str | None = None


@dataclass(slots=True)
class Thread:
    """What makes a channel a thread. auto_archive: minutes of silence; posted: messages ever sent but the first.

    members: user → when they joined; only they find a private thread. pinned: at the top of its forum.
    """

    owner_id: int
    made_at: datetime
    archived_at: datetime  # Discord's archive_timestamp: when `archived` last changed
    auto_archive: int = 1440
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    members: dict[int, datetime] = field(default_factory=dict)
    posted: int = 0
    tags: tuple[int, ...] = ()
    pinned: bool = False


@dataclass(slots=True)
class Channel:
    """A place for messages. recipients are the people of a DM, the bot left out.

    last_public_id: of the newest message that is no private answer, deleted ones too.
    thread: set for threads and forum posts alone; tags, require_tag, default_reaction (an emoji), default_sort,
    default_layout: of a forum.
    """

    id: int
    kind: ChannelKind
    name: str
    guild_id: int | None = None
    position: int = 0
    topic: str | None = None
    parent_id: int | None = None
    slowmode: int = 0
    nsfw: bool = False
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    recipients: tuple[int, ...] = ()
    message_ids: list[int] = field(default_factory=list)
    last_public_id: int | None = None
    deleted: bool = False
    thread: Thread | None = None
    tags: tuple[Tag, ...] = ()
    require_tag: bool = False
    default_auto_archive: int | None = None
    default_thread_slowmode: int = 0
    default_reaction: str | None = None
    default_sort: int | None = None
    default_layout: int = 0


@dataclass(slots=True)
class Guild:
    """threads: those that are not deleted, archived ones too; they are no part of `channels`."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    bans: dict[int, str | None] = field(default_factory=dict)  # user → reason
    locale: str = "en-US"
    unavailable: bool = False  # an outage at Discord, not a kick


@dataclass(frozen=True, slots=True)
class Attachment:
    id: int
    filename: str
    content_type: str
    data: bytes
    description: str | None = None


@dataclass(frozen=True, slots=True)
class Pinged:
    """Who was really called by a message, after allowed_mentions and permissions."""

    users: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    everyone: bool = False


NOBODY = Pinged()


@dataclass(slots=True)
class Message:
    """One message as it stands. A deleted one stays here, marked, because tests ask for the truth."""

    id: int
    channel_id: int
    author_id: int
    sent_at: datetime
    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    kind: int = 0  # 0 plain, 19 reply to a message, 20 answer to a command
    nonce: str | int | None = None
    pinged: Pinged = NOBODY
    reference_id: int | None = None
    interaction: Interaction | None = None
    only_for: int | None = None  # the one user who sees an ephemeral message
    edited_at: datetime | None = None
    edits: int = 0
    deleted: bool = False
    reactions: dict[str, list[int]] = field(default_factory=dict)  # emoji → users, in the order they came
    pinned_at: datetime | None = None
    thread_id: int | None = None  # the thread that was started from it or that it (type 18) tells of
    webhook_id: int | None = None
    author_name: str | None = None  # what a webhook calls itself for this message

    @property
    def loading(self) -> bool:
        return bool(self.flags & MessageFlag.LOADING)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & MessageFlag.EPHEMERAL)


@dataclass(slots=True)
class Webhook:
    """A way into one channel for whoever knows its token; it speaks as a user of its own id."""

    id: int
    token: str
    channel_id: int
    name: str
    maker_id: int


@dataclass(slots=True)
class Command:
    """An application command; body is what the bot registered, in the shape of the response."""

    id: int
    version: int
    guild_id: int | None
    body: Json

    @property
    def key(self) -> tuple[int | None, int, str]:
        """What makes a command the same after a PUT: its home, type and name."""
        return self.guild_id, self.body["type"], self.body["name"]


@dataclass(slots=True)
class Interaction:
    """A press, a command or a form on its way to the bot, and what came back."""

    id: int
    token: str
    kind: InteractionKind
    user_id: int
    channel_id: int
    guild_id: int | None
    data: Json
    made_at: datetime  # the sandbox's clock: the token lives 15 minutes
    opened: float  # the monotonic clock: the first answer has 3 seconds
    source_id: int | None = None  # the message whose button or menu was used
    parent: Interaction | None = None  # what opened the form
    answer: Callback | None = None
    original_id: int | None = None  # the message that @original means
    followup_ids: list[int] = field(default_factory=list)
    modal: Json | None = None
    choices: list[Json] | None = None
