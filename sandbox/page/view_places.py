"""Where one can go, and what one may do there. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox import thread_rules, threads
from sandbox.model import Channel, ChannelKind, Guild, Json, MessageFlag, User
from sandbox.page.memory import Memory, rings
from sandbox.page.view_messages import visible
from sandbox.page.view_people import label
from sandbox.permissions import Permission, speaking
from sandbox.world import World

_KINDS = {
    ChannelKind.TEXT: "text",
    ChannelKind.ANNOUNCEMENT: "text",
    ChannelKind.FORUM: "forum",
    ChannelKind.PUBLIC_THREAD: "thread",
    ChannelKind.PRIVATE_THREAD: "private_thread",
    ChannelKind.DM: "dm",
}


def sees(world: World, user_id: int, place: Channel) -> bool:
    """May this person look at the place at all?"""
    return place.kind in _KINDS and bool(world.may(user_id, place) & Permission.VIEW_CHANNEL)


def seen(world: World, guild: Guild, user: User) -> Iterator[Channel]:
    """The places in the list, in order: channels, each with its active threads, and the DM with the bot last."""
    for channel in sorted(guild.channels.values(), key=lambda one: (one.position, one.id)):
        if sees(world, user.id, channel):
            yield channel
            yield from (one for one in threads.in_parent(world, channel) if _listed(one, user))
    yield from (dm for dm in world.dms.values() if dm.recipients == (user.id,))


def _listed(thread: Channel, user: User) -> bool:
    """Active, and for all who see its channel; a private one only for those who were let in."""
    state = thread_rules.of(thread)
    return not state.archived and (thread.kind is ChannelKind.PUBLIC_THREAD or user.id in state.members)


def places(world: World, memory: Memory, guild: Guild, user: User) -> list[Json]:
    return [_entry(world, memory, guild, user, one) for one in seen(world, guild, user)]


def _entry(world: World, memory: Memory, guild: Guild, user: User, one: Channel) -> Json:
    unread, pinged = _unread(world, memory, guild, user, one)
    state = one.thread
    return {
        "id": str(one.id),
        "name": name_of(world, guild, one),
        "kind": _KINDS[one.kind],
        "topic": one.topic,
        "parent_id": str(one.parent_id) if one.parent_id else None,
        "unread": unread,
        "pinged": pinged,
        "archived": bool(state and state.archived),
        "joined": state is None or user.id in state.members,
    }


def name_of(world: World, guild: Guild, place: Channel) -> str:
    return label(guild, world.bot) if place.kind is ChannelKind.DM else place.name


def _unread(world: World, memory: Memory, guild: Guild, user: User, place: Channel) -> tuple[int, int]:
    """How many messages of others came after the last one read, and how many of them rang."""
    after = memory.read_up_to(user.id, place)
    if not place.message_ids or place.message_ids[-1] <= after or memory.since is None:
        return 0, 0
    member = guild.members.get(user.id)
    roles = member.roles if member else set()
    unread = pinged = 0
    for message in visible(world, user.id, place, after):
        if message.id <= after:
            break
        if message.author_id == user.id or message.only_for is not None:
            continue
        unread += 1
        loud = not message.flags & MessageFlag.SUPPRESS_NOTIFICATIONS
        pinged += loud and (place.kind is ChannelKind.DM or rings(message, user.id, roles))
    return unread, pinged


# -- the place that is looked at -----------------------------------------------------------------


def place(
    world: World, memory: Memory, guild: Guild, user: User, one: Channel, since: int, older: bool
) -> Json:
    can = powers(world, user, one)
    pinned = [m for m in visible(world, user.id, one, since) if m.pinned_at is not None]
    pinned.sort(key=lambda message: (message.pinned_at, message.id), reverse=True)
    shown: Json = {
        "id": str(one.id),
        "name": name_of(world, guild, one),
        "kind": _KINDS[one.kind],
        "topic": one.topic,
        "parent_id": str(one.parent_id) if one.parent_id else None,
        "older": older,
        "can": can,
        "why_not": None if can["write"] else _why_not(world, user, one),
        "pins": [str(message.id) for message in pinned],
        "slowmode": one.slowmode,
    }
    if one.thread is not None:
        shown |= _thread(one, user)
    if one.kind is ChannelKind.FORUM:
        shown |= _forum(world, memory, guild, user, one)
    elif one.kind is ChannelKind.TEXT:
        shown["archived_threads"] = _archived(world, guild, user, one)
    return shown


def _archived(world: World, guild: Guild, user: User, one: Channel) -> list[Json]:
    """The channel's threads that are out of the list of places, the last archived one first."""
    found = [
        (thread.thread.archived_at, thread)
        for thread in guild.threads.values()
        if thread.parent_id == one.id and thread.thread is not None and thread.thread.archived
        if not thread.deleted and sees(world, user.id, thread)
    ]
    found.sort(key=lambda each: each[0], reverse=True)
    return [
        {"id": str(thread.id), "name": thread.name, "at": at.isoformat(timespec="seconds")}
        for at, thread in found
    ]


def powers(world: World, user: User, one: Channel) -> Json:
    """What the person is offered here; whether it is done is decided anew when it is asked for."""
    granted = world.may(user.id, one)
    locked = one.thread is not None and one.thread.locked and not granted & Permission.MANAGE_THREADS
    write = bool(granted & speaking(one)) and not locked
    history = bool(granted & Permission.READ_MESSAGE_HISTORY)
    starts = Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS
    return {
        "write": write,
        "attach": write and bool(granted & Permission.ATTACH_FILES),
        "react": history and bool(granted & Permission.ADD_REACTIONS),
        "thread": one.kind is ChannelKind.TEXT and bool(granted & starts),
        "pin": bool(granted & Permission.PIN_MESSAGES),
        "delete_others": one.kind is not ChannelKind.DM and bool(granted & Permission.MANAGE_MESSAGES),
        "commands": bool(granted & Permission.USE_APPLICATION_COMMANDS),
    }


def _why_not(world: World, user: User, one: Channel) -> str:
    guild = world.guild_of(one)
    if guild is not None and world.timed_out(guild, user.id):
        return "You are in time-out: you can read, but not write."
    if one.thread is not None and one.thread.locked:
        return "This thread is locked. Only moderators can write here."
    return "You can read here, but not write."


def _thread(one: Channel, user: User) -> Json:
    state = thread_rules.of(one)
    return {
        "archived": state.archived,
        "locked": state.locked,
        "private": one.kind is ChannelKind.PRIVATE_THREAD,
        "joined": user.id in state.members,
        "owner_id": str(state.owner_id),
        "members": [str(member) for member in state.members],
        "tags": [str(tag) for tag in state.tags],
    }


def _forum(world: World, memory: Memory, guild: Guild, user: User, one: Channel) -> Json:
    posts = [_post(world, memory, guild, user, post) for post in threads.in_parent(world, one)]
    posts.sort(key=lambda post: (post["pinned"], post["at"]), reverse=True)
    return {
        "tags": [
            {"id": str(tag.id), "name": tag.name, "emoji": tag.emoji, "moderated": tag.moderated}
            for tag in one.tags
        ],
        "require_tag": one.require_tag,
        "posts": posts,
    }


def _post(world: World, memory: Memory, guild: Guild, user: User, one: Channel) -> Json:
    state = thread_rules.of(one)
    readable = list(visible(world, user.id, one, memory.since or 0))
    first = next((message for message in readable if message.id == one.id), None)
    at = readable[0].sent_at if readable else state.made_at
    return {
        "id": str(one.id),
        "name": one.name,
        "owner_id": str(state.owner_id),
        "tags": [str(tag) for tag in state.tags],
        "count": state.posted,
        "at": at.isoformat(timespec="seconds"),
        "archived": state.archived,
        "pinned": state.pinned,
        "first": first.content if first else "",
        "unread": _unread(world, memory, guild, user, one)[0],
    }
