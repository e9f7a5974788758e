"""Threads and forum posts: what happens to them, as plain functions over the world.

Who may do it is asked before, of `thread_rules`; here only what is a limit for everybody is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sandbox import errors, wire
from sandbox.drafts import Draft
from sandbox.events import Event
from sandbox.model import NOBODY, Channel, ChannelKind, Guild, Json, Message, MessageFlag, Pinged, Thread
from sandbox.thread_rules import (
    THREAD_CREATED,
    THREAD_STARTER,
    Change,
    check_pin,
    check_room,
    is_closed,
    is_first,
    is_full,
    manages,
    of,
    parent_of,
    sees,
)

if TYPE_CHECKING:
    from sandbox.world import World

AUTO_ARCHIVE_MINUTES = 1440
OLD = timedelta(
    minutes=1
)  # docs on THREAD_CREATED: "older is still TBD, but is currently set to a very small value"

# Message types (docs: Message Types).
RECIPIENT_ADD, RECIPIENT_REMOVE, NAME_CHANGE = 1, 2, 4
_MAY_SHOW = ("CHANNEL_UPDATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE")
_SHOWS = ("CHANNEL_CREATE", "CHANNEL_DELETE", "GUILD_CREATE")
_NOTICES = (RECIPIENT_ADD, RECIPIENT_REMOVE, NAME_CHANGE, THREAD_STARTER)


# -- what there is -------------------------------------------------------------------------------


def in_parent(world: World, parent: Channel) -> list[Channel]:
    """Every thread of a channel, archived ones too, oldest first."""
    guild = world.guild_of(parent)
    return [] if guild is None else [one for one in guild.threads.values() if one.parent_id == parent.id]


def active(world: World, guild: Guild, user_id: int) -> list[Channel]:
    """The active threads of a guild that this user may look into, newest first."""
    sweep(world)
    found = [one for one in guild.threads.values() if not of(one).archived and sees(world, user_id, one)]
    return sorted(found, key=lambda one: one.id, reverse=True)


def visible(world: World, user_id: int) -> list[Channel]:
    """The active threads in this person's list, newest first: private ones only when they were let in."""
    return [
        one
        for guild in world.guilds.values()
        for one in active(world, guild, user_id)
        if one.kind is not ChannelKind.PRIVATE_THREAD or user_id in of(one).members
    ]


# -- starting ------------------------------------------------------------------------------------


def start(
    world: World,
    parent: Channel,
    owner_id: int,
    name: str,
    *,
    source: Message | None = None,
    private: bool = False,
    auto_archive: int | None = None,
    invitable: bool = True,
    tags: Iterable[int] = (),
    first: Draft | None = None,
    slowmode: int | None = None,
) -> Channel:
    """A new thread with its owner in it: from a message (`source`), without one, or a forum's post (`first`).

    auto_archive: minutes of silence; slowmode: seconds; both are the parent's defaults when left out. Raises
    160004 when the message has a thread already, 160006 when the guild has too many.
    """
    guild = world.guilds[parent.guild_id or 0]
    if source is not None and source.thread_id is not None:
        raise errors.thread_exists()
    sweep(world)
    check_room(guild)
    now = world.clock.now()
    minutes = auto_archive or parent.default_auto_archive or AUTO_ARCHIVE_MINUTES
    thread = Channel(
        source.id if source is not None else world.ids.next(),
        ChannelKind.PRIVATE_THREAD if private else ChannelKind.PUBLIC_THREAD,
        name,
        guild.id,
        parent_id=parent.id,
        slowmode=parent.default_thread_slowmode if slowmode is None else slowmode,
        thread=Thread(owner_id, now, now, minutes, invitable=invitable, tags=tuple(tags)),
    )
    guild.threads[thread.id] = thread
    joins = [owner_id] if owner_id in guild.members else []  # a webhook is in no thread
    of(thread).members |= dict.fromkeys(joins, now)
    _tell(world, "THREAD_CREATE", thread, {**wire.channel(world, thread), "newly_created": True})
    if joins:
        _tell_of_members(world, thread, added=joins)
    _first_messages(world, parent, thread, source, first)
    return thread


def _first_messages(
    world: World, parent: Channel, thread: Channel, source: Message | None, first: Draft | None
) -> None:
    """What a new thread leaves behind: its starter, the mark below the source, a line in the parent."""
    owner_id = of(thread).owner_id
    if first is not None:
        world.post(thread, owner_id, first, message_id=thread.id)
        return
    if source is not None:
        world.post(thread, owner_id, Draft(reference_id=source.id), kind=THREAD_STARTER)
        source.thread_id, source.flags = thread.id, source.flags | MessageFlag.HAS_THREAD
        world.changed_message(source)
    late = source is None or world.clock.now() - source.sent_at > OLD
    if late and parent.kind is ChannelKind.TEXT and thread.kind is ChannelKind.PUBLIC_THREAD:
        world.post(parent, owner_id, Draft(thread.name), kind=THREAD_CREATED, thread_id=thread.id)


def remove(world: World, thread: Channel) -> None:
    """Delete it. The message that it was started from stays, without it."""
    guild = world.guilds[thread.guild_id or 0]
    heard = sees(world, world.bot.id, thread)
    thread.deleted = True
    guild.threads.pop(thread.id, None)
    source = world.messages.get(thread.id)
    if source is not None and source.thread_id == thread.id:
        source.thread_id, source.flags = None, source.flags & ~MessageFlag.HAS_THREAD
    shown = wire.channel(world, thread)
    data = {key: shown[key] for key in ("id", "guild_id", "parent_id", "type")}
    world.emit(Event("THREAD_DELETE", data, guild.id, thread.id), to_bot=heard)


def remove_all(world: World, parent: Channel) -> None:
    """They go with their channel, whose CHANNEL_DELETE is the only word about it."""
    for thread in in_parent(world, parent):
        thread.deleted = True
        del world.guilds[parent.guild_id or 0].threads[thread.id]


# -- who is in it --------------------------------------------------------------------------------


def join(world: World, thread: Channel, user_id: int, *, by: int | None = None) -> None:
    """Put somebody in; a second time changes nothing. by: who added them, which the thread is told.

    Raises 30033 when the thread is full.
    """
    members = of(thread).members
    if user_id in members:
        return
    if is_full(thread):
        raise errors.too_many_thread_members()
    members[user_id] = world.clock.now()
    if user_id == world.bot.id:
        data = {**wire.channel(world, thread), "member": wire.thread_member(thread, user_id)}
        _tell(world, "THREAD_CREATE", thread, data)
    _tell_of_members(world, thread, added=[user_id])
    if by not in (None, user_id):
        _notice(world, thread, by or 0, RECIPIENT_ADD, about=user_id)


def leave(world: World, thread: Channel, user_id: int, *, by: int | None = None) -> None:
    """Take somebody out, if they are in. by: who removed them, which the thread is told."""
    if of(thread).members.pop(user_id, None) is None:
        return
    _tell_of_members(world, thread, removed=[user_id])
    if by not in (None, user_id):
        _notice(world, thread, by or 0, RECIPIENT_REMOVE, about=user_id)


# -- changing ------------------------------------------------------------------------------------


def change(world: World, thread: Channel, wanted: Change, by: int | None = None) -> None:
    """Set what is wanted and tell of it once. by: who renames it, which the thread is told.

    Raises 160006 when it cannot be reopened, 30047 when the forum has its pinned post.
    """
    about = of(thread)
    reopened = wanted.archived is False and about.archived
    if reopened:
        sweep(world)
        check_room(world.guilds[thread.guild_id or 0])
    if wanted.pinned and not about.pinned:
        check_pin(world, thread)
    renamed = wanted.name not in (None, thread.name)
    _set(thread, wanted, world.clock.now())
    if renamed and by is not None:
        _notice(world, thread, by, NAME_CHANGE, text=thread.name)
    _tell_of_change(world, thread, reopened=reopened)


def _set(thread: Channel, wanted: Change, now: datetime) -> None:
    """docs: archive_timestamp moves when a thread is put away or taken out, and with its auto-archive time."""
    about = of(thread)
    if wanted.archived not in (None, about.archived) or wanted.auto_archive not in (None, about.auto_archive):
        about.archived_at = now
    thread.name = wanted.name or thread.name
    thread.slowmode = thread.slowmode if wanted.slowmode is None else wanted.slowmode
    about.locked = about.locked if wanted.locked is None else wanted.locked
    about.invitable = about.invitable if wanted.invitable is None else wanted.invitable
    about.tags = about.tags if wanted.tags is None else wanted.tags
    about.auto_archive = wanted.auto_archive or about.auto_archive
    about.archived = about.archived if wanted.archived is None else wanted.archived
    about.pinned = (about.pinned if wanted.pinned is None else wanted.pinned) and not about.archived


def archive(world: World, thread: Channel, archived: bool, locked: bool | None = None) -> None:
    """Put it away or take it out again, and lock or unlock it. Raises 160006 when it cannot be reopened."""
    change(world, thread, Change(archived=archived, locked=locked))


def _tell_of_change(world: World, thread: Channel, *, reopened: bool = False) -> None:
    _tell(world, "THREAD_UPDATE", thread, wire.channel(world, thread))
    if reopened and world.bot.id in of(thread).members:
        data = {**wire.thread_member(thread, world.bot.id), "guild_id": str(thread.guild_id)}
        _tell(world, "THREAD_MEMBER_UPDATE", thread, data)


# -- silence -------------------------------------------------------------------------------------


def quiet_since(world: World, thread: Channel) -> datetime:
    """The last activity: "sending a message, unarchiving a thread, or changing the auto-archive time"."""
    said = [world.messages[one].sent_at for one in thread.message_ids[-1:]]
    return max([of(thread).archived_at, *said])


def sweep(world: World) -> None:
    """Archive every thread that has been silent for its time, by the sandbox's clock."""
    for guild in world.guilds.values():
        for thread in guild.threads.values():
            settle(world, thread)


def settle(world: World, thread: Channel) -> None:
    """Archive a thread at the moment it was due. A pinned one does not archive itself (docs: Forums)."""
    about = of(thread)
    due = quiet_since(world, thread) + timedelta(minutes=about.auto_archive)
    if due <= world.clock.now() and not about.archived and not about.pinned:
        about.archived, about.archived_at = True, due
        _tell_of_change(world, thread)


# -- messages in it ------------------------------------------------------------------------------


def before_message(world: World, channel: Channel, kind: int) -> None:
    """Somebody is about to speak: an archived thread is taken out again. Nothing in any other channel."""
    if channel.thread is not None and channel.thread.archived and kind not in _NOTICES:
        archive(world, channel, archived=False)


def after_message(world: World, channel: Channel, message: Message) -> None:
    """Somebody spoke: it is counted, and who spoke and who was called is in the thread from now on."""
    guild = world.guild_of(channel)
    if guild is None or channel.thread is None or message.only_for is not None:
        return
    if not is_first(channel, message):
        channel.thread.posted += 1
    if message.kind in _NOTICES or message.interaction is not None:
        return
    called = set(message.pinged.users)
    called |= {one for one, member in guild.members.items() if member.roles & set(message.pinged.roles)}
    parent = parent_of(world, channel) or channel
    invites = not is_closed(channel) or manages(world, message.author_id, channel)
    for user_id in (message.author_id, *(sorted(called) if invites else ())):
        if user_id in guild.members and sees(world, user_id, parent) and not is_full(channel):
            join(world, channel, user_id)


def _notice(world: World, thread: Channel, by: int, kind: int, *, text: str = "", about: int = 0) -> None:
    world.post(thread, by, Draft(text, mentions=Pinged((about,)) if about else NOBODY), kind=kind)


# -- telling -------------------------------------------------------------------------------------


def after_event(world: World, event: Event) -> None:
    """What the bot may see can have changed: of channels that it sees anew, it hears the threads.

    Not of a channel that is new itself, nor with a guild that it enters: there the threads come along.
    """
    about_bot = event.data.get("user", {}).get("id") == str(world.bot.id)
    if event.guild_id not in world.guilds:
        return
    if event.name in _MAY_SHOW or (event.name == "GUILD_MEMBER_UPDATE" and about_bot):
        _sync(world, world.guilds[event.guild_id])
    elif event.name in _SHOWS or (event.name == "GUILD_MEMBER_ADD" and about_bot):
        world.in_sight[event.guild_id] = _in_sight(world, world.guilds[event.guild_id])


def _in_sight(world: World, guild: Guild) -> set[int]:
    return {one.id for one in guild.channels.values() if sees(world, world.bot.id, one)}


def _sync(world: World, guild: Guild) -> None:
    seen = _in_sight(world, guild)
    gained = seen - world.in_sight.get(guild.id, seen)
    world.in_sight[guild.id] = seen
    if not gained:
        return
    found = [one for one in active(world, guild, world.bot.id) if one.parent_id in gained]
    data: Json = {
        "guild_id": str(guild.id),
        "channel_ids": [str(one) for one in sorted(gained)],
        **wire.thread_list(world, found),
    }
    world.emit(Event("THREAD_LIST_SYNC", data, guild.id, only_user=world.bot.id))


def _tell(world: World, name: str, thread: Channel, data: Json) -> None:
    """docs: "Clients will not be informed of a thread … if they do not have permission to view that thread"."""
    world.emit(Event(name, data, thread.guild_id, thread.id), to_bot=sees(world, world.bot.id, thread))


def _tell_of_members(
    world: World, thread: Channel, *, added: Iterable[int] = (), removed: Iterable[int] = ()
) -> None:
    guild = world.guilds[thread.guild_id or 0]
    data: Json = {
        "id": str(thread.id),
        "guild_id": str(guild.id),
        "member_count": wire.thread_member_count(of(thread)),
        "added_members": [
            {
                **wire.thread_member(thread, one),
                "member": wire.member(guild.members[one]),
                "presence": None,
            }
            for one in added
        ],
        "removed_member_ids": [str(one) for one in removed],
    }
    concerned = world.bot.id in (*added, *removed) or sees(world, world.bot.id, thread)
    world.emit(Event("THREAD_MEMBERS_UPDATE", data, guild.id, thread.id), to_bot=concerned)
