"""What all pages of reviews share: where an answer goes, how long something takes, and who can open a thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from cogs import gate
from cogs.reviews.words import ask as words

Press = discord.Interaction[Any]

MOST_KEEPERS = 8


def on_my_page(press: Press) -> bool:
    """Is it pressed on a page that only they see? A letter, and what stands in a thread, is never replaced."""
    return press.message is not None and press.message.flags.ephemeral


async def answer(press: Press, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """In place of my own page, where I press on one."""
    await gate.answer(press, view, replace=on_my_page(press), files=files)


async def working(press: Press) -> None:
    """Tell Discord that an answer will come: what follows reads a file, or opens a thread."""
    await gate.defer(press, replace=on_my_page(press))


def keepers(press: Press, guild_id: int, channel_id: int | None) -> tuple[str, ...]:
    """Who can open a private thread of this channel beside those in it, but for the owner and ourselves: names."""
    guild = press.client.get_guild(guild_id)
    if guild is None:
        return ()
    channel = guild.get_channel(channel_id) if channel_id else None
    found = list(_roles(guild, channel))
    shown = found[:MOST_KEEPERS]
    shown += [words.more_roles(len(found) - len(shown))] if len(found) > len(shown) else []
    return (*shown, *([words.MEMBERS_THERE] if channel is not None and _members(channel) else ()))


def _roles(guild: discord.Guild, channel: discord.abc.GuildChannel | None) -> Iterator[str]:
    for role in guild.roles:
        if role == guild.self_role:
            continue
        granted = role.permissions if channel is None else channel.permissions_for(role)
        if granted.manage_threads or granted.administrator:
            yield words.EVERYBODY if role.is_default() else role.name


def _members(channel: discord.abc.GuildChannel) -> bool:
    """Is there somebody else to whom the channel itself gives it?"""
    given = {whom.id for whom, some in channel.overwrites.items() if some.manage_threads}
    return bool(given - {role.id for role in channel.guild.roles} - {channel.guild.me.id})
