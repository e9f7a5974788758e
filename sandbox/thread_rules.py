"""Who may do what with threads and forum posts, and how many there may be. Pure but for reading the world.

Rules: Discord's "Threads" topic and its Channel resource. Each `check_…` returns None or raises ApiError.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sandbox import errors
from sandbox.model import Channel, ChannelKind, Guild, Message, Thread
from sandbox.permissions import Permission, speaking

if TYPE_CHECKING:
    from sandbox.world import World

ACTIVE_THREADS = 1000  # of one guild; Discord gives no figure beside 160006, this is the one in use
THREAD_MEMBERS = 1000  # docs: JSON error code 30033
PINNED_POSTS = 1  # of one forum; code 30047
APPLIED_TAGS = 5

THREAD_CREATED, THREAD_STARTER = 18, 21  # docs: Message Types


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be different; None stays as it is. auto_archive: minutes; slowmode: seconds; tags: their ids."""

    name: str | None = None
    archived: bool | None = None
    locked: bool | None = None
    auto_archive: int | None = None
    invitable: bool | None = None
    slowmode: int | None = None
    tags: tuple[int, ...] | None = None
    pinned: bool | None = None


# -- what it is ----------------------------------------------------------------------------------


def of(channel: Channel) -> Thread:
    """What makes it a thread. Raises 50024 for any other channel."""
    if channel.thread is None:
        raise errors.wrong_channel_type()
    return channel.thread


def parent_of(world: World, thread: Channel) -> Channel | None:
    guild = world.guild_of(thread)
    return None if guild is None else guild.channels.get(thread.parent_id or 0)


def sees(world: World, user_id: int, channel: Channel) -> bool:
    return bool(world.may(user_id, channel) & Permission.VIEW_CHANNEL)


def manages(world: World, user_id: int, channel: Channel) -> bool:
    return bool(world.may(user_id, channel) & Permission.MANAGE_THREADS)


def speaks(world: World, user_id: int, channel: Channel) -> bool:
    return bool(world.may(user_id, channel) & speaking(channel))


def is_first(thread: Channel, message: Message) -> bool:
    """Is it what the thread began with? It is in none of the counts."""
    return message.kind == THREAD_STARTER or message.id == thread.id


def is_full(thread: Channel) -> bool:
    return len(of(thread).members) >= THREAD_MEMBERS


def is_closed(thread: Channel) -> bool:
    """Do only moderators let people in?"""
    return thread.kind is ChannelKind.PRIVATE_THREAD and not of(thread).invitable


# -- who may -------------------------------------------------------------------------------------


def check_start(world: World, user_id: int, parent: Channel, *, private: bool = False) -> None:
    """May this user start a thread or a post here? Raises 50024 for a place that has no such threads, 50013.

    docs, Forums: "creating a thread in a thread-only channel only requires the SEND_MESSAGES permission".
    """
    if parent.kind is ChannelKind.FORUM and not private:
        needed = Permission.SEND_MESSAGES
    elif parent.kind is ChannelKind.TEXT:
        needed = Permission.CREATE_PRIVATE_THREADS if private else Permission.CREATE_PUBLIC_THREADS
    else:
        raise errors.wrong_channel_type()
    if not world.may(user_id, parent) & needed:
        raise errors.missing_permissions()


def check_tags(
    world: World, user_id: int, forum: Channel, tags: tuple[int, ...], before: tuple[int, ...] = ()
) -> None:
    """The tags that a post is to have instead of `before`: at most five, known, moderated ones by moderators alone.

    Raises 50035, 10087, 50013.
    """
    known = {tag.id: tag for tag in forum.tags}
    if len(tags) > APPLIED_TAGS:
        raise errors.too_long("applied_tags", APPLIED_TAGS)
    if any(tag not in known for tag in tags):
        raise errors.unknown_tag()
    changed = set(tags) ^ {tag for tag in before if tag in known}
    if any(known[tag].moderated for tag in changed) and not manages(world, user_id, forum):
        raise errors.missing_permissions()


def check_has_tag(world: World, user_id: int, forum: Channel, tags: tuple[int, ...]) -> None:
    """A forum may ask for a tag on each new post. Raises 40067, or 40066 when there is none for this user."""
    if forum.require_tag and not tags:
        free = any(not tag.moderated for tag in forum.tags) or manages(world, user_id, forum)
        raise errors.tag_required() if free else errors.no_tag_for_members()


def check_active(channel: Channel) -> None:
    """Raises 50083 for an archived thread; nothing for an active one or for any other channel."""
    if channel.thread is not None and channel.thread.archived:
        raise errors.thread_archived()


def check_unlocked(world: World, user_id: int, channel: Channel) -> None:
    """Raises 160005 when the thread is locked for this user; nothing for any other channel."""
    if channel.thread is not None and channel.thread.locked and not manages(world, user_id, channel):
        raise errors.thread_locked()


def check_add(world: World, user_id: int, thread: Channel) -> None:
    """May this user add others? Raises 50083, 50013."""
    check_active(thread)
    if not speaks(world, user_id, thread):
        raise errors.missing_permissions()
    if is_closed(thread) and not manages(world, user_id, thread):
        raise errors.missing_permissions()


def check_remove(world: World, user_id: int, thread: Channel) -> None:
    """May this user take others out? Raises 50083, 50013."""
    check_active(thread)
    theirs = thread.kind is ChannelKind.PRIVATE_THREAD and of(thread).owner_id == user_id
    if not theirs and not manages(world, user_id, thread):
        raise errors.missing_permissions()


def check_change(world: World, user_id: int, thread: Channel, change: Change) -> None:
    """May this user change this? Raises 50083, 160005, 50013.

    Its owner may rename, archive, tag and time it; to take it out again needs no more than to speak, unless it
    is locked; the rest needs MANAGE_THREADS.
    """
    if of(thread).archived and change.archived is not False:
        raise errors.thread_archived()
    if manages(world, user_id, thread):
        return
    check_unlocked(world, user_id, thread)
    for_owners = (change.name, change.auto_archive, change.tags, change.archived or None)
    for_managers = (change.locked, change.slowmode, change.invitable, change.pinned)
    if any(one is not None for one in for_managers):
        raise errors.missing_permissions()
    if of(thread).owner_id != user_id and any(one is not None for one in for_owners):
        raise errors.missing_permissions()
    if not speaks(world, user_id, thread):
        raise errors.missing_permissions()


# -- how many ------------------------------------------------------------------------------------


def check_room(guild: Guild) -> None:
    """Raises 160006 when one more active thread would be too many."""
    if sum(not of(one).archived for one in guild.threads.values()) >= ACTIVE_THREADS:
        raise errors.too_many_active_threads()


def check_pin(world: World, thread: Channel) -> None:
    """Raises 50024 for what is no post of a forum, 30047 when the forum has its pinned post."""
    parent, guild = parent_of(world, thread), world.guild_of(thread)
    if parent is None or guild is None or parent.kind is not ChannelKind.FORUM:
        raise errors.wrong_channel_type()
    posts = [one for one in guild.threads.values() if one.parent_id == parent.id and one is not thread]
    if sum(of(one).pinned for one in posts) >= PINNED_POSTS:
        raise errors.too_many_pinned_posts()
