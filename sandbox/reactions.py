"""Reactions below a message: plain functions over the world. Who may react is asked where somebody tries to."""

from __future__ import annotations

import re
import unicodedata

from sandbox import wire
from sandbox.events import Event
from sandbox.model import Channel, Json, Message
from sandbox.world import World

MOST = 20  # different emoji below one message; docs: JSON error code 30010

# What an emoji may be written with besides its signs: joiner, presentation, skin, tags of regional flags.
_BETWEEN = re.compile("[\u200d\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
_OTHER_SIGNS = frozenset("‼⁉〰↔◾◽")  # emoji that Unicode files under punctuation or mathematics


def is_emoji(text: str) -> bool:
    """Is this one emoji of Unicode? The sandbox's guilds have none of their own, so there is no other kind."""
    signs = _BETWEEN.sub("", text)
    if _KEYCAP.fullmatch(text):
        return True
    return 1 <= len(signs) <= 8 and all(unicodedata.category(s) == "So" or s in _OTHER_SIGNS for s in signs)


def is_full(message: Message, emoji: str) -> bool:
    """Would this emoji be the twenty-first?"""
    return emoji not in message.reactions and len(message.reactions) >= MOST


def add(world: World, message: Message, user_id: int, emoji: str) -> None:
    """One person's reaction; a second time changes nothing."""
    users = message.reactions.setdefault(emoji, [])
    if user_id not in users:
        users.append(user_id)
        _tell(world, "MESSAGE_REACTION_ADD", message, emoji, _who(world, message, user_id))


def remove(world: World, message: Message, user_id: int, emoji: str) -> None:
    """Take one person's reaction away, if it is there."""
    users = message.reactions.get(emoji, [])
    if user_id in users:
        users.remove(user_id)
        if not users:
            del message.reactions[emoji]
        data = {"user_id": str(user_id), "burst": False, "type": 0}
        _tell(world, "MESSAGE_REACTION_REMOVE", message, emoji, data)


def clear(world: World, message: Message, emoji: str | None = None) -> None:
    """Take away everybody's reactions: of one emoji, or of all."""
    if emoji is None:
        message.reactions.clear()
        _tell(world, "MESSAGE_REACTION_REMOVE_ALL", message, None, {})
    elif message.reactions.pop(emoji, None):
        _tell(world, "MESSAGE_REACTION_REMOVE_EMOJI", message, emoji, {})


def _who(world: World, message: Message, user_id: int) -> Json:
    data: Json = {"user_id": str(user_id), "burst": False, "type": 0}
    data["message_author_id"] = str(message.author_id)
    place = world.channel(message.channel_id)
    guild = None if place is None else world.guild_of(place)
    if guild is not None and user_id in guild.members:
        data["member"] = wire.member(guild.members[user_id])
    return data


def _tell(world: World, name: str, message: Message, emoji: str | None, more: Json) -> None:
    place: Channel | None = world.channel(message.channel_id)
    if place is None:
        return world.touch()
    data: Json = {"channel_id": str(place.id), "message_id": str(message.id), **more}
    if emoji is not None:
        data["emoji"] = {"id": None, "name": emoji}
    if place.guild_id is not None:
        data["guild_id"] = str(place.guild_id)
    event = Event(name, data, place.guild_id, place.id, message.only_for)
    world.emit(event, to_bot=world.bot_hears(message, place))
