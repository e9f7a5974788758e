"""Who presses and who is meant, as members of one server; also where Discord doesn't say so with the press."""

from __future__ import annotations

from typing import Any

import discord

from bot.moderation.rights import Person
from bot.refusals import Refusal
from cogs.people.here import own_server
from cogs.person import person

Press = discord.Interaction[Any]


async def person_in(press: Press, guild_id: int) -> Person:
    """The person who presses, as a member of this server. In a direct message Discord is asked for them."""
    if own_server(press) == guild_id:
        return person(press)
    found = await somebody(press, guild_id, press.user.id)
    if found is None:
        raise Refusal("not_a_member")
    return found


async def somebody(press: Press, guild_id: int, user_id: int) -> Person | None:
    """Another member as Discord knows them now; None for one who isn't there."""
    guild = press.client.get_guild(guild_id)
    if guild is None:
        return None
    try:
        member = await guild.fetch_member(user_id)
    except discord.NotFound:
        return None
    return Person(
        id=member.id,
        guild_id=guild_id,
        manages=member.guild_permissions.manage_guild,
        joined_at=member.joined_at,
        owner=guild.owner_id == member.id,
        role_ids=frozenset(role.id for role in member.roles),
    )


def owner_of(press: Press, guild_id: int) -> int | None:
    """The server's owner, as Discord tells the bot at this moment."""
    guild = press.client.get_guild(guild_id)
    return None if guild is None else guild.owner_id
