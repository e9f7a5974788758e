"""One channel: read, change, delete, typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox import errors, limits, wire
from sandbox.model import Channel, ChannelKind, Guild, Overwrite
from sandbox.permissions import Permission, in_channel, in_guild, speaking
from sandbox.rest import forums, threads
from sandbox.rest.call import Answer, Call, Route


def get(call: Call) -> Answer:
    """A thread comes with the bot's membership."""
    channel = call.channel()
    shown = wire.channel if channel.thread is None else wire.joined_thread
    return 200, shown(call.world, channel)


def change(call: Call) -> Answer:
    """Needs MANAGE_CHANNELS, and MANAGE_ROLES to set overwrites."""
    if (channel := call.channel()).thread is not None:
        return threads.change(call, channel)
    call.channel(Permission.MANAGE_CHANNELS)
    if "permission_overwrites" in call.body:
        call.channel(Permission.MANAGE_ROLES)
        wanted = call.body["permission_overwrites"] or ()
        check_overwrites(call, _guild(call, channel), wanted, channel)
    check_fields(channel.kind, call.body)
    set_fields(call, channel)
    call.world.changed_channel(channel)
    return 200, wire.channel(call.world, channel)


def delete(call: Call) -> Answer:
    """Needs MANAGE_CHANNELS, for a thread MANAGE_THREADS. A DM is only closed: it opens again with the same id."""
    channel = call.channel()
    if channel.kind is not ChannelKind.DM:
        call.channel(Permission.MANAGE_CHANNELS if channel.thread is None else Permission.MANAGE_THREADS)
        call.world.remove_channel(channel)
    return 200, wire.channel(call.world, channel)


def typing(call: Call) -> Answer:
    call.channel(speaking(call.channel()))
    return 204, None


def set_overwrite(call: Call) -> Answer:
    """What one role or member may do more or less here. Needs MANAGE_ROLES."""
    channel = call.channel(Permission.MANAGE_ROLES)
    kind = call.body.get("type") or 0
    if call.id("overwrite_id") not in _holders(call, channel, kind):
        raise errors.unknown_role() if kind == 0 else errors.unknown_member()
    wanted = {**call.body, "id": call.path["overwrite_id"]}
    check_overwrites(call, _guild(call, channel), [wanted], channel)
    call.world.set_overwrite(channel, _overwrite(wanted))
    return 204, None


def drop_overwrite(call: Call) -> Answer:
    channel = call.channel(Permission.MANAGE_ROLES)
    channel.overwrites.pop(call.id("overwrite_id"), None)
    call.world.changed_channel(channel)
    return 204, None


def check_fields(kind: ChannelKind, body: Mapping[str, Any]) -> None:
    """What a channel is made or changed with."""
    limits.check_channel(body)
    if kind is ChannelKind.FORUM:
        forums.check_fields(body)


def set_fields(call: Call, channel: Channel) -> None:
    """Copy what a request gives; absent keys stay as they are."""
    body = call.body
    if channel.kind is ChannelKind.FORUM:
        forums.set_fields(call, channel)
    if body.get("name"):
        as_it_is = channel.kind is ChannelKind.CATEGORY
        channel.name = body["name"] if as_it_is else _as_channel_name(body["name"])
    if "topic" in body:
        channel.topic = body["topic"]
    if "parent_id" in body:
        channel.parent_id = int(body["parent_id"]) if body["parent_id"] else None
    channel.position = body.get("position") or channel.position
    channel.slowmode = (
        body.get("rate_limit_per_user") or 0 if "rate_limit_per_user" in body else channel.slowmode
    )
    channel.nsfw = bool(body.get("nsfw", channel.nsfw))
    if "default_auto_archive_duration" in body:
        channel.default_auto_archive = body["default_auto_archive_duration"]
    if "default_thread_rate_limit_per_user" in body:
        channel.default_thread_slowmode = body["default_thread_rate_limit_per_user"] or 0
    if body.get("permission_overwrites") is not None:
        given = [_overwrite(entry) for entry in body["permission_overwrites"]]
        channel.overwrites = {overwrite.id: overwrite for overwrite in given}


def check_overwrites(
    call: Call, guild: Guild, wanted: Sequence[Mapping[str, Any]], channel: Channel | None = None
) -> None:
    """Raises 50013 for a change of what the bot itself does not have. channel: None for one that is yet to be made.

    docs, Edit Channel Permissions: "Only permissions your bot has in the guild or parent channel (if applicable)
    can be allowed/denied (unless your bot has a `MANAGE_ROLES` overwrite in the channel)."
    """
    bot = call.world.bot.id
    stand = channel.overwrites if channel else {}
    mine = [one for one in stand.values() if one.id in (bot, *guild.members[bot].roles)]
    if any(one.allow & Permission.MANAGE_ROLES for one in mine):
        return
    parent = guild.channels.get(channel.parent_id or 0) if channel else None
    held = in_guild(guild, bot) | (in_channel(guild, parent, bot) if parent else 0)
    for one in map(_overwrite, wanted):
        before = stand.get(one.id, Overwrite(one.id, one.kind))
        if ((one.allow ^ before.allow) | (one.deny ^ before.deny)) & ~held:
            raise errors.missing_permissions()


def _holders(call: Call, channel: Channel, kind: int) -> Mapping[int, object]:
    guild = _guild(call, channel)
    return guild.roles if kind == 0 else guild.members


def _guild(call: Call, channel: Channel) -> Guild:
    """Raises 50024 where there are no overwrites: in a DM or a thread."""
    guild = call.world.guild_of(channel)
    if guild is None or channel.thread is not None:
        raise errors.wrong_channel_type()
    return guild


def _overwrite(entry: Mapping[str, Any]) -> Overwrite:
    allow, deny = int(entry.get("allow") or 0), int(entry.get("deny") or 0)
    return Overwrite(int(entry["id"]), entry.get("type") or 0, allow, deny)


def _as_channel_name(name: str) -> str:
    """Text channels and forums are written small and without spaces."""
    return "-".join(name.lower().split())


ROUTES: list[Route] = [
    ("GET", "/channels/{channel_id}", get),
    ("PATCH", "/channels/{channel_id}", change),
    ("DELETE", "/channels/{channel_id}", delete),
    ("POST", "/channels/{channel_id}/typing", typing),
    ("PUT", "/channels/{channel_id}/permissions/{overwrite_id}", set_overwrite),
    ("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}", drop_overwrite),
]
