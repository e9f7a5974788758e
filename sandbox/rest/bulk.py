"""Many messages at once, and publishing one of an announcement channel."""

from __future__ import annotations

from datetime import timedelta

from sandbox import errors, wire_messages
from sandbox.events import Event
from sandbox.model import ChannelKind, MessageFlag
from sandbox.permissions import Permission
from sandbox.rest.call import Answer, Call, Route

LEAST, MOST = 2, 100
NOT_OLDER_THAN = timedelta(days=14)


def delete(call: Call) -> Answer:
    """2 to 100 ids, none twice; what does not exist counts. Needs MANAGE_MESSAGES. Raises 50034 for old ones."""
    world, channel = call.world, call.channel()
    if channel.guild_id is None:
        raise errors.not_in_a_dm()
    call.channel(Permission.MANAGE_MESSAGES)
    wanted = [int(one) for one in call.body.get("messages") or ()]
    if not LEAST <= len(wanted) <= MOST or len(set(wanted)) < len(wanted):
        raise errors.bad_length("messages", LEAST, MOST)
    found = [world.messages[one] for one in wanted if one in world.messages]
    found = [one for one in found if one.channel_id == channel.id and not one.deleted and not one.only_for]
    if any(world.clock.now() - one.sent_at > NOT_OLDER_THAN for one in found):
        raise errors.message_too_old()
    for one in found:
        one.deleted = True
    data = {
        "ids": [str(one.id) for one in found],
        "channel_id": str(channel.id),
        "guild_id": str(channel.guild_id),
    }
    world.emit(Event("MESSAGE_DELETE_BULK", data, channel.guild_id, channel.id))
    return 204, None


def crosspost(call: Call) -> Answer:
    """Publish a message to who follows. Raises 50024 outside announcement channels, 40033 the second time."""
    world, channel = call.world, call.channel(Permission.SEND_MESSAGES)
    message = call.message(channel)
    if channel.kind is not ChannelKind.ANNOUNCEMENT:
        raise errors.wrong_channel_type()
    if message.author_id != world.bot.id:
        call.channel(Permission.MANAGE_MESSAGES)
    if message.flags & MessageFlag.CROSSPOSTED:
        raise errors.already_crossposted()
    message.flags |= MessageFlag.CROSSPOSTED
    world.changed_message(message)
    return 200, wire_messages.message(world, message)


ROUTES: list[Route] = [
    ("POST", "/channels/{channel_id}/messages/bulk-delete", delete),
    ("POST", "/channels/{channel_id}/messages/{message_id}/crosspost", crosspost),
]
