"""Who presses, and what the bot may do where: read from an interaction, given to flows as plain values."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import discord

from bot.moderation import permissions
from bot.moderation.rights import Person
from bot.refusals import Refusal


def person(interaction: discord.Interaction[Any]) -> Person:
    """The person who pressed. Rights are checked at each press: command permissions are only a default.

    Refuses a direct message, and a server that has not invited the bot: somebody carries it there for themselves.
    """
    if interaction.guild_id is None or not interaction.is_guild_integration():
        raise Refusal("server_only")
    user, guild = interaction.user, interaction.guild
    return Person(
        id=user.id,
        guild_id=interaction.guild_id,
        manages=interaction.permissions.manage_guild,
        joined_at=user.joined_at if isinstance(user, discord.Member) else None,
        locale=str(interaction.locale),
        owner=guild is not None and guild.owner_id == user.id,
        role_ids=frozenset(role.id for role in getattr(user, "roles", ())),
    )


def missing_in(interaction: discord.Interaction[Any], channel_id: int | None) -> tuple[str, ...] | None:
    """The permissions that the bot lacks in a channel of this server; None where there is no such channel."""
    if channel_id is None or interaction.guild is None:
        return ()
    channel = interaction.guild.get_channel(channel_id)
    if channel is None:
        return None
    return lacking(channel.permissions_for(interaction.guild.me))


def missing_for_threads(
    interaction: discord.Interaction[Any], channel_id: int | None, needed: Collection[str]
) -> tuple[str, ...] | None:
    """Of these permissions, by Discord's name, those that the bot lacks in a channel of this server.

    None: there is no such channel, or no private thread can open in it, as in one for announcements.
    """
    if channel_id is None or interaction.guild is None:
        return ()
    channel = interaction.guild.get_channel(channel_id)
    if not isinstance(channel, discord.TextChannel) or channel.is_news():
        return None
    granted = channel.permissions_for(interaction.guild.me)
    return tuple(name for name in needed if not getattr(granted, name))


def lacking(granted: discord.Permissions) -> tuple[str, ...]:
    """The permissions that the bot needs and doesn't have, by Discord's name.

    Asked by name: iterating over discord.py's Permissions calls View Channel "read_messages".
    """
    return permissions.missing([name for name in permissions.NEEDED if getattr(granted, name)])
