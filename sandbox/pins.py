"""Pinned messages: plain functions over the world. Who may pin is asked where somebody tries to."""

from __future__ import annotations

from sandbox import wire
from sandbox.drafts import Draft
from sandbox.events import Event
from sandbox.model import Channel, Json, Message
from sandbox.permissions import Permission
from sandbox.world import World

MOST = 250  # of one channel; docs: JSON error code 30003
PINNED_MESSAGE = 6  # docs, Message Types: CHANNEL_PINNED_MESSAGE


def pinned(world: World, channel: Channel) -> list[Message]:
    """The channel's pins, the latest pin first."""
    found = [
        (message.pinned_at, message)
        for message in map(world.messages.__getitem__, channel.message_ids)
        if message.pinned_at is not None and not message.deleted
    ]
    return [message for _, message in sorted(found, key=lambda pair: pair[0], reverse=True)]


def pin(world: World, channel: Channel, message: Message, user_id: int) -> None:
    """Pin a message and say so in the channel; a second time changes nothing."""
    if message.pinned_at is not None:
        return
    message.pinned_at = world.clock.now()
    world.changed_message(message)
    _tell(world, channel)
    world.post(channel, user_id, Draft(reference_id=message.id), kind=PINNED_MESSAGE)


def unpin(world: World, channel: Channel, message: Message) -> None:
    """Take a pin away, if it is there."""
    if message.pinned_at is not None:
        message.pinned_at = None
        world.changed_message(message)
        _tell(world, channel)


def _tell(world: World, channel: Channel) -> None:
    latest = next((message.pinned_at for message in pinned(world, channel)), None)
    data: Json = {"channel_id": str(channel.id), "last_pin_timestamp": latest and wire.when(latest)}
    if channel.guild_id is not None:
        data["guild_id"] = str(channel.guild_id)
    event = Event("CHANNEL_PINS_UPDATE", data, channel.guild_id, channel.id)
    seen = world.may(world.bot.id, channel) & Permission.VIEW_CHANNEL
    world.emit(event, to_bot=bool(seen))
