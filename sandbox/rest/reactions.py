"""Reactions below one message: put, take away, list."""

from __future__ import annotations

from sandbox import errors, reactions, wire
from sandbox.model import Channel, Message
from sandbox.permissions import Permission
from sandbox.rest.call import Answer, Call, Route, number
from sandbox.thread_rules import check_active


def put(call: Call) -> Answer:
    """One's own. Needs READ_MESSAGE_HISTORY; for an emoji that nobody has put yet ADD_REACTIONS too.

    Raises 10014 for what is no emoji, 30010 for the twenty-first.
    """
    channel, message, emoji = _below(call, Permission.READ_MESSAGE_HISTORY)
    check_active(channel)
    if emoji not in message.reactions:
        call.channel(Permission.ADD_REACTIONS)
    if reactions.is_full(message, emoji):
        raise errors.too_many_reactions()
    reactions.add(call.world, message, call.world.bot.id, emoji)
    return 204, None


def take_own(call: Call) -> Answer:
    _, message, emoji = _below(call)
    reactions.remove(call.world, message, call.world.bot.id, emoji)
    return 204, None


def take(call: Call) -> Answer:
    """Somebody else's. Needs MANAGE_MESSAGES."""
    own = call.id("user_id") == call.world.bot.id
    _, message, emoji = _below(call, *(() if own else (Permission.MANAGE_MESSAGES,)))
    if call.id("user_id") not in call.world.users:
        raise errors.unknown_user()
    reactions.remove(call.world, message, call.id("user_id"), emoji)
    return 204, None


def take_emoji(call: Call) -> Answer:
    """Everybody's of one emoji. Needs MANAGE_MESSAGES."""
    _, message, emoji = _below(call, Permission.MANAGE_MESSAGES)
    reactions.clear(call.world, message, emoji)
    return 204, None


def take_all(call: Call) -> Answer:
    """Everybody's. Needs MANAGE_MESSAGES."""
    reactions.clear(call.world, call.message(call.channel(Permission.MANAGE_MESSAGES)))
    return 204, None


def listed(call: Call) -> Answer:
    """Who put one emoji, by id: `limit` of them (25) after `after`. There are no super reactions (type 1) here."""
    _, message, emoji = _below(call, Permission.READ_MESSAGE_HISTORY)
    limit = number(call.query, "limit", 25)
    if not 1 <= limit <= 100:
        raise errors.out_of_range("limit", 1, 100, limit)
    after = number(call.query, "after")
    users = [] if call.query.get("type") == "1" else sorted(message.reactions.get(emoji, ()))
    return 200, [wire.user(call.world.users[one]) for one in users if one > after][:limit]


def _below(call: Call, *needed: Permission) -> tuple[Channel, Message, str]:
    channel = call.channel(*needed)
    emoji = call.path["emoji_name"]
    if not reactions.is_emoji(emoji):
        raise errors.unknown_emoji()
    return channel, call.message(channel), emoji


_ALL = "/channels/{channel_id}/messages/{message_id}/reactions"
_ONE = _ALL + "/{emoji_name}"

ROUTES: list[Route] = [
    ("DELETE", _ALL, take_all),
    ("GET", _ONE, listed),
    ("DELETE", _ONE, take_emoji),
    ("PUT", _ONE + "/@me", put),
    ("DELETE", _ONE + "/@me", take_own),
    ("DELETE", _ONE + "/{user_id}", take),
]
