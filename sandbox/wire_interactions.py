"""Interactions → Discord's JSON: what the bot hears, and what it is told about its answer. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sandbox import permissions, wire, wire_messages
from sandbox.model import Attachment, Callback, Interaction, Json, Message

if TYPE_CHECKING:
    from sandbox.world import World

ATTACHMENT_LIMIT = 10 * 1024 * 1024  # bytes a file; docs: Uploading Files


def interaction(world: World, one: Interaction) -> Json:
    """INTERACTION_CREATE's data."""
    channel = world.channel(one.channel_id)
    user = world.users[one.user_id]
    payload: Json = {
        "id": str(one.id),
        "application_id": str(world.application_id),
        "type": int(one.kind),
        "token": one.token,
        "version": 1,
        "data": one.data,
        "channel_id": str(one.channel_id),
        "locale": user.locale,
        "entitlements": [],
        "authorizing_integration_owners": wire_messages.owners(one),
        "context": 1 if one.guild_id is None else 0,
        "attachment_size_limit": ATTACHMENT_LIMIT,
    }
    if channel is not None:
        payload["channel"] = partial_channel(world, one.user_id, channel.id)
        payload["app_permissions"] = str(world.may(world.bot.id, channel))
    if one.guild_id is None:
        payload["user"] = wire.user(user)
    else:
        payload |= _in_guild(world, one, one.guild_id)
    if one.source_id is not None:
        payload["message"] = wire_messages.message(world, world.messages[one.source_id])
    return payload


def _in_guild(world: World, one: Interaction, guild_id: int) -> Json:
    guild, channel = world.guilds[guild_id], world.channel(one.channel_id)
    granted = 0 if channel is None else world.may(one.user_id, channel)
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": {**wire.member(guild.members[one.user_id]), "permissions": str(granted)},
    }


def callback(world: World, one: Interaction, answer: Message | None) -> Json:
    """The body of a callback's 200 answer (`with_response`). answer: the message that was made or changed."""
    about: Json = {"id": str(one.id), "type": int(one.kind)}
    if answer is None:
        return {"interaction": about}
    about |= {
        "response_message_id": str(answer.id),
        "response_message_loading": answer.loading,
        "response_message_ephemeral": answer.ephemeral,
    }
    if one.answer not in (Callback.MESSAGE, Callback.UPDATE):
        return {"interaction": about}  # docs: a message comes with these two types only
    resource = {"type": one.answer, "message": wire_messages.message(world, answer)}
    return {"interaction": about, "resource": resource}


def resolved(
    world: World, guild_id: int | None, viewer_id: int, ids: Iterable[int], files: Iterable[Attachment] = ()
) -> Json:
    """`resolved` for picked users, roles, channels and given files, one table each; empty ones are left out."""
    tables: dict[str, Json] = {"users": {}, "members": {}, "roles": {}, "channels": {}}
    home = world.application_id
    tables["attachments"] = {
        str(file.id): wire_messages.attachment(world, home, file, ephemeral=True) for file in files
    }
    guild = None if guild_id is None else world.guilds[guild_id]
    for one in ids:
        if one in world.users:
            tables["users"][str(one)] = wire.user(world.users[one])
        if guild is None:
            continue
        if one in guild.members:
            granted = {"permissions": str(permissions.in_guild(guild, one))}
            tables["members"][str(one)] = {**wire.member_only(guild.members[one]), **granted}
        if one in guild.roles:
            tables["roles"][str(one)] = wire.role(guild.roles[one])
        if one in guild.channels or one in guild.threads:
            tables["channels"][str(one)] = partial_channel(world, viewer_id, one)
    return {name: table for name, table in tables.items() if table}


def partial_channel(world: World, viewer_id: int, channel_id: int) -> Json:
    """A channel as an interaction shows it: with its user's permissions in it."""
    channel = world.channel(channel_id)
    if channel is None:
        return {}
    return {**wire.channel(world, channel), "permissions": str(world.may(viewer_id, channel))}
