"""Pinned messages of a channel: the routes of today, and the older ones that clients still use."""

from __future__ import annotations

from datetime import datetime

from sandbox import errors, pins, wire
from sandbox.model import Channel, Message
from sandbox.permissions import Permission
from sandbox.rest.call import Answer, Call, Route, number
from sandbox.thread_rules import check_active

MOST_IN_PAGE = 50
_BY_PEOPLE = (0, 19, 20, 23)  # message types that somebody wrote; all others are notices


def listed(call: Call) -> Answer:
    """Latest pin first: `limit` of them (50) pinned before `before`. Without READ_MESSAGE_HISTORY there are none."""
    limit = number(call.query, "limit", MOST_IN_PAGE)
    if not 1 <= limit <= MOST_IN_PAGE:
        raise errors.out_of_range("limit", 1, MOST_IN_PAGE, limit)
    found = _readable(call)
    if "before" in call.query:
        before = _moment(call.query["before"])
        found = [message for message in found if message.pinned_at and message.pinned_at < before]
    items = [
        {"pinned_at": wire.when(message.pinned_at), "message": call.shown(message)}
        for message in found[:limit]
        if message.pinned_at is not None
    ]
    return 200, {"items": items, "has_more": len(found) > limit}


def listed_before(call: Call) -> Answer:
    """The older route: the latest 50 messages."""
    return 200, [call.shown(one) for one in _readable(call)[:MOST_IN_PAGE]]


def pin(call: Call) -> Answer:
    """Needs PIN_MESSAGES. Raises 50021 for a notice, 30003 for the pin after the 250th."""
    channel, message = _pinnable(call)
    if message.kind not in _BY_PEOPLE:
        raise errors.system_message()
    if message.pinned_at is None and len(pins.pinned(call.world, channel)) >= pins.MOST:
        raise errors.too_many_pins()
    pins.pin(call.world, channel, message, call.world.bot.id)
    return 204, None


def unpin(call: Call) -> Answer:
    pins.unpin(call.world, *_pinnable(call))
    return 204, None


def _pinnable(call: Call) -> tuple[Channel, Message]:
    channel = call.channel(Permission.PIN_MESSAGES)
    check_active(channel)
    return channel, call.message(channel)


def _readable(call: Call) -> list[Message]:
    channel = call.channel()
    granted = call.world.may(call.world.bot.id, channel)
    return pins.pinned(call.world, channel) if granted & Permission.READ_MESSAGE_HISTORY else []


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise errors.not_a_moment("before", text) from None


_NOW, _OLD = "/channels/{channel_id}/messages/pins", "/channels/{channel_id}/pins"

ROUTES: list[Route] = [
    ("GET", _NOW, listed),
    ("GET", _OLD, listed_before),
    *[("PUT", f"{path}/{{message_id}}", pin) for path in (_NOW, _OLD)],
    *[("DELETE", f"{path}/{{message_id}}", unpin) for path in (_NOW, _OLD)],
]
