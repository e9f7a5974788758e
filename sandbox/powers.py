"""What Discord's client lets a person do with messages and threads. A no is in words for that person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from sandbox import limits, names, pins, reactions, thread_rules
from sandbox.errors import ApiError
from sandbox.model import Attachment, Channel, ChannelKind, Message, User
from sandbox.names import CannotDo
from sandbox.permissions import Permission, speaking
from sandbox.world import World

PLAIN, REPLY = 0, 19  # message types that a person writes
TALK = (
    ChannelKind.TEXT,
    ChannelKind.ANNOUNCEMENT,
    ChannelKind.DM,
    ChannelKind.PUBLIC_THREAD,
    ChannelKind.PRIVATE_THREAD,
)
_NAME_CHARACTERS = limits.CHANNEL_NAME
_TIMED_OUT = "{} is timed out and can only read."


def has(world: World, user: User, place: Channel, needed: Permission) -> bool:
    return bool(world.may(user.id, place) & needed)


def why_silent(world: World, user: User, place: Channel) -> str | None:
    """Why this person cannot write here now; None when they can."""
    guild = world.guild_of(place)
    if guild is not None and world.timed_out(guild, user.id):
        return _TIMED_OUT.format(user.name)
    if place.kind is ChannelKind.FORUM:
        return f"#{place.name} is a forum: make a post there."
    if place.kind not in TALK:
        return f"Nobody can write in {place.name}."
    if not has(world, user, place, speaking(place)):
        return f"{user.name} may not write in #{place.name}."
    if (
        place.thread is not None
        and place.thread.locked
        and not has(world, user, place, Permission.MANAGE_THREADS)
    ):
        return f"#{place.name} is locked."
    wait = slow_for(world, user, place)
    return f"#{place.name} is in slow mode: wait {wait.total_seconds():.0f} seconds." if wait else None


def check_awake(world: World, user: User, place: Channel) -> None:
    """Raises CannotDo for who is timed out here: they press nothing."""
    guild = world.guild_of(place)
    if guild is not None and world.timed_out(guild, user.id):
        raise CannotDo(_TIMED_OUT.format(user.name))


def slow_for(world: World, user: User, place: Channel) -> timedelta:
    """How long slowmode still keeps this person quiet here, by the sandbox's clock; zero with BYPASS_SLOWMODE."""
    if not place.slowmode or has(world, user, place, Permission.BYPASS_SLOWMODE):
        return timedelta()
    latest = max((m.sent_at for m in world.history(place, user.id) if m.author_id == user.id), default=None)
    over = timedelta() if latest is None else latest + timedelta(seconds=place.slowmode) - world.clock.now()
    return max(timedelta(), over)


def check_words(text: str, files: Sequence[Attachment]) -> None:
    """Raises CannotDo for more than 2,000 characters and for nothing at all."""
    if len(text) > limits.CONTENT_CHARACTERS:
        raise CannotDo(f"A message takes up to {limits.CONTENT_CHARACTERS} characters, not {len(text)}.")
    if not text.strip() and not files:
        raise CannotDo("Write something, or add a file.")


def check_speak(world: World, user: User, place: Channel, files: Sequence[Attachment] = ()) -> None:
    """Raises CannotDo for whoever may not write here, or not with files."""
    if (reason := why_silent(world, user, place)) is not None:
        raise CannotDo(reason)
    if files and not has(world, user, place, Permission.ATTACH_FILES):
        raise CannotDo(f"{user.name} may not send files in #{place.name}.")


def check_reply(world: World, user: User, place: Channel, original: Message) -> None:
    if original.channel_id != place.id or original.only_for is not None:
        raise CannotDo("Only a message of the same channel can be answered.")
    if not has(world, user, place, Permission.READ_MESSAGE_HISTORY):
        raise CannotDo(f"{user.name} may not answer without reading what was said before.")


def check_edit(user: User, message: Message) -> None:
    if message.author_id != user.id or message.kind not in (PLAIN, REPLY):
        raise CannotDo(f"{user.name} may edit only what they wrote.")


def check_delete(world: World, user: User, place: Channel, message: Message) -> None:
    """One's own, one's own private answer, or in a guild anybody's with MANAGE_MESSAGES."""
    mine = user.id in (message.author_id, message.only_for)
    if not mine and (place.guild_id is None or not has(world, user, place, Permission.MANAGE_MESSAGES)):
        raise CannotDo(f"{user.name} may not delete that message.")


def check_react(world: World, user: User, place: Channel, message: Message, emoji: str) -> None:
    """Joining a reaction that is there takes less than starting one (docs: Create Reaction)."""
    if message.only_for is not None or not reactions.is_emoji(emoji):
        raise CannotDo(
            "A private answer takes no reactions." if message.only_for else f"{emoji!r} is no emoji."
        )
    needed = Permission.READ_MESSAGE_HISTORY
    if emoji not in message.reactions:
        needed |= Permission.ADD_REACTIONS
    if world.may(user.id, place) & needed != needed:
        raise CannotDo(f"{user.name} may not react in #{place.name}.")
    if reactions.is_full(message, emoji):
        raise CannotDo(f"A message takes up to {reactions.MOST} different reactions.")
    _check_open(place)


def check_pin(world: World, user: User, place: Channel, message: Message) -> None:
    if message.only_for is not None or not has(world, user, place, Permission.PIN_MESSAGES):
        raise CannotDo(f"{user.name} may not pin messages in #{place.name}.")
    if message.pinned_at is None and len(pins.pinned(world, place)) >= pins.MOST:
        raise CannotDo(f"A channel takes up to {pins.MOST} pins.")
    _check_open(place)


def check_start(
    world: World, user: User, parent: Channel, name: str, *, private: bool = False, post: bool = False
) -> None:
    """May they start a thread, or a forum's post, of this name here?"""
    if post != (parent.kind is ChannelKind.FORUM):
        raise CannotDo(
            f"#{parent.name} is no forum." if post else f"#{parent.name} is a forum: make a post there."
        )
    if not 1 <= len(name.strip()) <= _NAME_CHARACTERS:
        raise CannotDo(f"A name has 1 to {_NAME_CHARACTERS} characters.")
    with in_words(f"{user.name} may not start that in #{parent.name}."):
        thread_rules.check_start(world, user.id, parent, private=private)


def tags_for(world: World, user: User, forum: Channel, wanted: Sequence[str | int]) -> list[int]:
    """The ids of a post's tags. Raises CannotDo for too many, for none where one is needed, for a moderators' tag."""
    found = [names.tag_named(forum, one) for one in wanted]
    if len(found) > thread_rules.APPLIED_TAGS:
        raise CannotDo(f"A post takes up to {thread_rules.APPLIED_TAGS} tags.")
    if forum.require_tag and not found:
        raise CannotDo(f"#{forum.name} asks for a tag.")
    for tag in found:
        if tag.moderated and not has(world, user, forum, Permission.MANAGE_THREADS):
            raise CannotDo(f"Only moderators give the tag {tag.name!r}.")
    return [tag.id for tag in found]


@contextmanager
def in_words(forbidden: str) -> Iterator[None]:
    """Discord's refusals as a client shows them. forbidden: what stands for a missing permission or a wrong place."""
    try:
        yield
    except ApiError as error:
        raise CannotDo(
            forbidden if error.code in (50013, 50024) else f"{error.message.rstrip('.')}."
        ) from None


def _check_open(place: Channel) -> None:
    if place.thread is not None and place.thread.archived:
        raise CannotDo(f"#{place.name} is archived: write something to open it again.")
