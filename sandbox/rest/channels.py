"""One channel: read, change, delete, typing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sandbox import errors, limits, wire
from sandbox.model import Channel, ChannelKind, Overwrite
from sandbox.permissions import Permission
from sandbox.rest.call import Answer, Call, Route


def get(call: Call) -> Answer:
    return 200, wire.channel(call.world, call.channel())


def change(call: Call) -> Answer:
    """Needs MANAGE_CHANNELS, and MANAGE_ROLES to set overwrites."""
    channel = call.channel(Permission.MANAGE_CHANNELS)
    if "permission_overwrites" in call.body:
        call.channel(Permission.MANAGE_ROLES)
    limits.check_channel(call.body)
    set_fields(channel, call.body)
    call.world.changed_channel(channel)
    return 200, wire.channel(call.world, channel)


def delete(call: Call) -> Answer:
    """Needs MANAGE_CHANNELS. A DM is only closed: it opens again with the same id."""
    channel = call.channel()
    if channel.kind is not ChannelKind.DM:
        call.channel(Permission.MANAGE_CHANNELS)
        call.world.remove_channel(channel)
    return 200, wire.channel(call.world, channel)


def typing(call: Call) -> Answer:
    call.channel(Permission.SEND_MESSAGES)
    return 204, None


def set_overwrite(call: Call) -> Answer:
    """What one role or member may do more or less here. Needs MANAGE_ROLES."""
    channel = call.channel(Permission.MANAGE_ROLES)
    kind = call.body.get("type") or 0
    if call.id("overwrite_id") not in _holders(call, channel, kind):
        raise errors.unknown_role() if kind == 0 else errors.unknown_member()
    call.world.set_overwrite(channel, _overwrite({**call.body, "id": call.path["overwrite_id"]}))
    return 204, None


def drop_overwrite(call: Call) -> Answer:
    channel = call.channel(Permission.MANAGE_ROLES)
    channel.overwrites.pop(call.id("overwrite_id"), None)
    call.world.changed_channel(channel)
    return 204, None


def set_fields(channel: Channel, body: Mapping[str, Any]) -> None:
    """Copy what a request gives; absent keys stay as they are."""
    if body.get("name"):
        channel.name = _as_channel_name(body["name"]) if channel.kind is ChannelKind.TEXT else body["name"]
    if "topic" in body:
        channel.topic = body["topic"]
    if "parent_id" in body:
        channel.parent_id = int(body["parent_id"]) if body["parent_id"] else None
    channel.position = body.get("position") or channel.position
    channel.slowmode = (
        body.get("rate_limit_per_user") or 0 if "rate_limit_per_user" in body else channel.slowmode
    )
    channel.nsfw = bool(body.get("nsfw", channel.nsfw))
    if body.get("permission_overwrites") is not None:
        given = [_overwrite(entry) for entry in body["permission_overwrites"]]
        channel.overwrites = {overwrite.id: overwrite for overwrite in given}


def _holders(call: Call, channel: Channel, kind: int) -> Mapping[int, object]:
    guild = call.world.guild_of(channel)
    if guild is None:
        raise errors.wrong_channel_type()
    return guild.roles if kind == 0 else guild.members


def _overwrite(entry: Mapping[str, Any]) -> Overwrite:
    allow, deny = int(entry.get("allow") or 0), int(entry.get("deny") or 0)
    return Overwrite(int(entry["id"]), entry.get("type") or 0, allow, deny)


def _as_channel_name(name: str) -> str:
    """Text channels are written small and without spaces."""
    return "-".join(name.lower().split())


ROUTES: list[Route] = [
    ("GET", "/channels/{channel_id}", get),
    ("PATCH", "/channels/{channel_id}", change),
    ("DELETE", "/channels/{channel_id}", delete),
    ("POST", "/channels/{channel_id}/typing", typing),
    ("PUT", "/channels/{channel_id}/permissions/{overwrite_id}", set_overwrite),
    ("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}", drop_overwrite),
]
