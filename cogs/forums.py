"""A forum's posts: the tags they get, and finding one of ours again.

A post can't carry a nonce, so whether one arrived can only be seen by looking.
"""

from __future__ import annotations

from collections.abc import AsyncIterator

import discord
from discord.utils import snowflake_time

from bot.ports import Trouble
from cogs.presses import carries
from cogs.ways import Tag, Way, tags_for


def tags_of(forum: discord.ForumChannel, way: Way) -> list[int] | Trouble:
    """The tags for a post there; a moderated one only where the bot may give it."""
    me: discord.Member | None = forum.guild.me  # None before Discord has told us this server
    moderates = me is not None and forum.permissions_for(me).manage_threads
    there = [Tag(tag.id, tag.name, moderates or not tag.moderated) for tag in forum.available_tags]
    chosen = tags_for(way, there, required=forum.flags.require_tag)
    return Trouble("tag_required", "This forum wants a tag on each post.") if chosen is None else chosen


async def find(
    forum: discord.ForumChannel, nonce: str, me: int, after: discord.Object, before: discord.Object
) -> int | None:
    """The post with this marker that `me` made between the two ids; discord.py's errors pass."""
    async for post in _since(forum, after):
        if post.owner_id == me and after.id <= post.id <= before.id:
            try:
                first = await post.fetch_message(post.id)
            except discord.NotFound:  # its first message was deleted
                continue
            if carries(first, nonce):
                return post.id
    return None


async def _since(forum: discord.ForumChannel, after: discord.Object) -> AsyncIterator[discord.Thread]:
    """Every post that can be so new: the active ones, and those put away since then."""
    for thread in await forum.guild.active_threads():
        if thread.parent_id == forum.id:
            yield thread
    async for thread in forum.archived_threads(limit=None):
        if thread.archive_timestamp < snowflake_time(after.id):
            return
        yield thread
