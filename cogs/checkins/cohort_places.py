"""The channel of a group: what the bot may do there, asked before anything is promised.

Who may do what is Discord's (docs, Permissions): a thread on a message wants Create Public Threads, a pod's own
wants Create Private Threads, to let members into it Manage Threads. Words in either want Send Messages in Threads.
Announcement channels have no private ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord

from cogs.person import missing_in

KINDS = [discord.ChannelType.text, discord.ChannelType.news]

Press = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class Place:
    """A group's channel. missing: as in `bot_must_speak`. cards, pods: may their threads be made there?

    news: it is an announcement channel.
    """

    channel_id: int
    missing: tuple[str, ...] | None = ()
    cards: bool = True
    pods: bool = True
    news: bool = False


def place(press: Press, channel_id: int) -> Place:
    """What the bot lacks in this channel of the server."""
    channel = press.guild.get_channel(channel_id) if press.guild else None
    missing = missing_in(press, channel_id)
    if press.guild is None or not isinstance(channel, discord.TextChannel):
        return Place(channel_id, missing if channel is None else None)
    granted = channel.permissions_for(press.guild.me)
    speaks = granted.send_messages_in_threads
    return Place(
        channel_id,
        missing,
        cards=speaks and granted.create_public_threads,
        pods=speaks and granted.create_private_threads and granted.manage_threads and not channel.is_news(),
        news=channel.is_news(),
    )


def here(press: Press) -> int | None:
    """The channel to begin with: this one; a thread's own channel; none where a group can't be."""
    channel = press.channel
    if isinstance(channel, discord.Thread):
        channel = channel.parent
    return channel.id if isinstance(channel, discord.TextChannel) else None
