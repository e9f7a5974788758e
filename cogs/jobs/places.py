"""Channels that openings can be posted in: which kinds, and what the bot needs in each.

Who may do what is Discord's (docs, Permissions): a thread wants Send Messages in Threads, a post in a forum is made
with Send Messages, which its settings call Create Posts; the bot's own messages are published with nothing more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import discord
from discord import app_commands

from bot.jobs.subscriptions import Target
from bot.refusals import Refusal
from cogs import person

KINDS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
    discord.ChannelType.forum,
]
_MOST_TAGS = 25  # options of a menu; a forum has at most 20

Channel = discord.abc.GuildChannel | discord.Thread


@dataclass(frozen=True, slots=True)
class Place:
    """A channel as a subscription's target. missing: as in `bot_must_speak`. tags: a forum's that the bot may give.

    may_mention_all: every role, also those that not everybody may mention.
    """

    channel_id: int
    target: Target
    missing: tuple[str, ...] | None
    tags: tuple[str, ...] = ()
    tag_required: bool = False
    may_mention_all: bool = False


class Postable(app_commands.Transformer):
    """An option that takes any channel we can post in, also a thread that was put away or that the bot can't see."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        return KINDS

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> int:
        return int(value.id)


async def place(press: discord.Interaction[Any], channel_id: int) -> Place:
    """What this channel of the server is, and what the bot lacks there. Asks Discord only for one it doesn't know."""
    guild = press.guild
    if guild is None:
        raise Refusal("server_only")
    channel: Channel | None = guild.get_channel_or_thread(channel_id)
    if channel is None:
        found = await _asked(guild, channel_id)
        if not isinstance(found, discord.abc.GuildChannel | discord.Thread):
            return Place(channel_id, "text", found)
        channel = found
    return _known(channel, guild.me)


async def _asked(guild: discord.Guild, channel_id: int) -> Channel | tuple[str, ...] | None:
    """A channel that Discord hasn't told us of, such as a thread that was put away; else what is missing."""
    try:
        return await guild.fetch_channel(channel_id)
    except discord.Forbidden:
        return ("view_channel",)
    except (discord.NotFound, discord.InvalidData):
        return None


def _known(channel: Channel, me: discord.Member) -> Place:
    home = channel.parent if isinstance(channel, discord.Thread) else channel
    if home is None:
        return Place(channel.id, "thread", ("view_channel",))
    granted = home.permissions_for(me)
    lacking = person.lacking(granted)
    kind = target_of(channel)
    if isinstance(channel, discord.Thread):
        speaks = "send_messages_in_threads"
        lacking = _instead(lacking, None if granted.send_messages_in_threads else speaks)
        if channel.locked and not granted.manage_threads:
            lacking = (*lacking, "manage_threads")
    elif kind == "forum":
        lacking = _instead(lacking, None if granted.send_messages else "create_posts")
    forum = channel if isinstance(channel, discord.ForumChannel) else None
    tags = (
        # By name, once each: a menu may not offer the same value twice.
        list(
            dict.fromkeys(
                tag.name for tag in forum.available_tags if granted.manage_threads or not tag.moderated
            )
        )
        if forum
        else []
    )
    return Place(
        channel.id,
        kind,
        lacking,
        tags=tuple(tags[:_MOST_TAGS]),
        tag_required=forum is not None and forum.flags.require_tag,
        may_mention_all=granted.mention_everyone,
    )


def target_of(channel: Channel) -> Target:
    """What a subscription calls this kind of channel."""
    if isinstance(channel, discord.Thread):
        return "thread"
    if isinstance(channel, discord.ForumChannel):
        return "forum"
    return "news" if channel.type is discord.ChannelType.news else "text"


def _instead(lacking: tuple[str, ...], name: str | None) -> tuple[str, ...]:
    """The same with another permission in the place of Send Messages."""
    others = [one for one in lacking if one != "send_messages"]
    at = sum(one == "view_channel" for one in others)
    return tuple([*others[:at], *([name] if name else []), *others[at:]])


def check_role(role: discord.Role, where: Place) -> None:
    """Refuses a role that can't be mentioned there. That it stands above the bot's own is no hindrance to Discord."""
    if role.is_default():
        raise Refusal("role_of_everybody")
    if role.managed and not role.is_premium_subscriber():
        raise Refusal("role_of_a_bot")
    if not role.mentionable and not where.may_mention_all:
        raise Refusal("role_not_mentionable", role_id=role.id, channel_id=where.channel_id)


def visible_to(press: discord.Interaction[Any]) -> frozenset[int]:
    """The channels of this server that the person who presses can see."""
    guild, user = press.guild, press.user
    if guild is None or not isinstance(user, discord.Member):
        return frozenset()
    known: list[Channel] = [*guild.channels, *guild.threads]
    return frozenset(one.id for one in known if _sees(one, user))


def channel_name(press: discord.Interaction[Any], channel_id: int) -> str:
    """As members know it."""
    found = press.guild.get_channel_or_thread(channel_id) if press.guild else None
    return found.name if found else str(channel_id)


def _sees(channel: Channel, member: discord.Member) -> bool:
    if isinstance(channel, discord.Thread):
        if channel.parent is None or channel.is_private():
            return False
        channel = channel.parent
    return channel.permissions_for(member).view_channel
