"""Threads and forums by real discord.py over the wire: what it sends, and what its cache makes of what it hears."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TypeVar

import discord
import pytest

from sandbox import Permission, thread_rules, threads
from sandbox.gateway_intents import Intents
from sandbox.model import InteractionKind
from tests.sandbox.conftest import Bot, logged_in
from tests.sandbox.thread_town import BUG, OFFICIAL, WISH, Town

pytestmark = [
    pytest.mark.wire,
    pytest.mark.usefixtures("discord_py"),
    pytest.mark.sandbox(privileged=Intents.GUILD_MEMBERS),
]

WITHIN_S = 20.0
T = TypeVar("T")


class Threader(Bot):
    """Remembers what it hears about threads, as (event, name of the thread or person)."""

    def __init__(self) -> None:
        super().__init__(discord.Intents(guilds=True, members=True, guild_messages=True))
        self.heard = asyncio.Queue[tuple[str, str]]()

    async def on_thread_create(self, thread: discord.Thread) -> None:
        self.heard.put_nowait(("create", thread.name))

    async def on_thread_join(self, thread: discord.Thread) -> None:
        self.heard.put_nowait(("join", thread.name))

    async def on_thread_remove(self, thread: discord.Thread) -> None:
        self.heard.put_nowait(("remove", thread.name))

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        self.heard.put_nowait(("archived" if after.archived else "update", after.name))

    async def on_thread_delete(self, thread: discord.Thread) -> None:
        self.heard.put_nowait(("delete", thread.name))

    async def on_thread_member_join(self, member: discord.ThreadMember) -> None:
        self.heard.put_nowait(("member", str(member.id)))

    async def next(self) -> tuple[str, str]:
        """What it heard next."""
        return await asyncio.wait_for(self.heard.get(), WITHIN_S)


@pytest.fixture
async def bot(town: Town) -> AsyncIterator[Threader]:
    town.grant(Permission.MANAGE_THREADS)
    async with logged_in(town.sandbox, Threader()) as running:
        assert isinstance(running, Threader)
        yield running


def channel(bot: Threader, town: Town) -> discord.TextChannel:
    return _as(discord.TextChannel, bot.get_channel(town.place.id))


def forum(bot: Threader, town: Town) -> discord.ForumChannel:
    return _as(discord.ForumChannel, bot.get_channel(town.forum.id))


def _as(kind: type[T], found: object) -> T:
    assert isinstance(found, kind)
    return found


async def test_a_thread_from_a_message(town: Town, bot: Threader) -> None:
    """create_thread on a message: same id, in the cache, and its starter resolves to the message."""
    said = await channel(bot, town).send("Let us talk")
    thread = await said.create_thread(name="The talk", auto_archive_duration=60)
    assert await bot.next() == ("create", "The talk")
    assert (thread.id, thread.owner_id, thread.archived) == (said.id, town.bot.id, False)
    [starter] = [one async for one in thread.history()]
    assert starter.type is discord.MessageType.thread_starter_message
    assert (await channel(bot, town).fetch_message(said.id)).flags.has_thread
    with pytest.raises(discord.HTTPException) as refused:
        await said.create_thread(name="Another")
    assert refused.value.code == 160004


async def test_a_private_thread_and_who_is_in_it(town: Town, bot: Threader) -> None:
    """add_user, fetch_members, remove_user; the members' events reach the cache."""
    thread = await channel(bot, town).create_thread(name="Quiet", invitable=False)
    ana = town.person("ana")
    assert thread.is_private() and not thread.invitable
    assert await bot.next() == ("create", "Quiet")
    assert await bot.next() == ("join", "Quiet")
    await thread.add_user(discord.Object(ana.id))
    assert await bot.next() == ("member", str(ana.id))
    assert {one.id for one in await thread.fetch_members()} == {town.bot.id, ana.id}
    assert (await thread.fetch_member(ana.id)).thread_id == thread.id
    await thread.remove_user(discord.Object(ana.id))
    assert {one.id for one in await thread.fetch_members()} == {town.bot.id}


async def test_a_post_with_tags_and_a_file(town: Town, bot: Threader) -> None:
    """create_thread on a forum: tags, embed and upload come back on the post and its first message."""
    place = forum(bot, town)
    assert [(tag.name, tag.moderated) for tag in place.available_tags] == [
        ("bug", False),
        ("wish", False),
        ("official", True),
    ]
    file = discord.File(io.BytesIO(b"trace"), "trace.txt", description="What it said")
    made = await place.create_thread(
        name="It breaks",
        content="Look",
        embed=discord.Embed(title="Trace"),
        file=file,
        applied_tags=[tag for tag in place.available_tags if tag.id in (BUG.id, WISH.id)],
    )
    assert [tag.id for tag in made.thread.applied_tags] == [BUG.id, WISH.id]
    assert made.message.id == made.thread.id and made.message.embeds[0].title == "Trace"
    [kept] = made.message.attachments
    assert (kept.filename, kept.description, await kept.read()) == ("trace.txt", "What it said", b"trace")
    plain = await place.create_thread(name="No file", content="x")
    assert await bot.next() == ("create", "It breaks")
    assert _as(discord.Thread, bot.get_channel(plain.thread.id)).parent == place


async def test_a_posts_tags_and_pin_are_edited(town: Town, bot: Threader) -> None:
    """edit(applied_tags=, pinned=) as a moderator; the cache follows by THREAD_UPDATE."""
    town.grant(Permission.MANAGE_THREADS, channel=town.forum)
    place = forum(bot, town)
    post, _ = await place.create_thread(name="A post", content="x")
    assert await bot.next() == ("create", "A post")
    assert await bot.next() == ("join", "A post")
    edited = await post.edit(applied_tags=[_as(discord.ForumTag, place.get_tag(OFFICIAL.id))], pinned=True)
    assert [tag.id for tag in edited.applied_tags] == [OFFICIAL.id] and edited.flags.pinned
    assert await bot.next() == ("update", "A post")
    cached = _as(discord.Thread, bot.get_channel(post.id))
    assert cached.flags.pinned and [tag.id for tag in cached.applied_tags] == [OFFICIAL.id]


async def test_a_forum_is_made_and_changed(town: Town, bot: Threader) -> None:
    """create_forum, create_tag, edit(require_tag=): discord.py reads back what it wrote."""
    role = town.world.add_role(town.guild, "builders", Permission.MANAGE_CHANNELS | Permission.MANAGE_THREADS)
    town.guild.members[town.bot.id].roles.add(role.id)
    guild = _as(discord.Guild, bot.get_guild(town.guild.id))
    place = await guild.create_forum(
        "showcase",
        topic="Show it",
        default_layout=discord.ForumLayoutType.gallery_view,
        default_sort_order=discord.ForumOrderType.creation_date,
        default_reaction_emoji="🎉",
        default_thread_slowmode_delay=5,
    )
    assert (place.default_layout, place.default_sort_order) == (
        discord.ForumLayoutType.gallery_view,
        discord.ForumOrderType.creation_date,
    )
    assert str(place.default_reaction_emoji) == "🎉"
    tag = await place.create_tag(name="game", emoji=discord.PartialEmoji(name="🎲"), moderated=True)
    changed = await place.edit(require_tag=True)
    assert changed is not None and changed.flags.require_tag
    assert [(one.id, one.name, str(one.emoji)) for one in changed.available_tags] == [(tag.id, "game", "🎲")]
    with pytest.raises(discord.HTTPException) as refused:
        await place.create_thread(name="Untagged", content="x")
    assert refused.value.code == 40067


async def test_put_away_and_taken_out_again(town: Town, bot: Threader) -> None:
    """An archived thread leaves the cache and comes back with its membership; silence is heard of as well."""
    thread = await channel(bot, town).create_thread(name="Talk", type=discord.ChannelType.public_thread)
    assert [await bot.next() for _ in range(2)] == [("create", "Talk"), ("join", "Talk")]
    await thread.edit(archived=True, locked=True)
    assert await bot.next() == ("archived", "Talk")
    assert bot.get_channel(thread.id) is None
    [found] = [one async for one in channel(bot, town).archived_threads()]
    assert (found.id, found.locked) == (thread.id, True)
    assert _as(discord.Thread, await bot.fetch_channel(thread.id)).archived
    await thread.edit(archived=False, locked=False)
    assert await bot.next() == ("join", "Talk")
    assert _as(discord.Thread, bot.get_channel(thread.id)).me is not None
    town.sandbox.clock.move(timedelta(days=2))
    assert await bot.next() == ("archived", "Talk")


async def test_private_archives_are_read(town: Town, bot: Threader) -> None:
    """archived_threads(private=True), also only the joined ones."""
    mine = await channel(bot, town).create_thread(name="Mine")
    theirs = threads.start(town.world, town.place, town.person("ana").id, "Theirs", private=True)
    for one in (town.thread(mine.id), theirs):
        threads.archive(town.world, one, archived=True)
    everything = [one.name async for one in channel(bot, town).archived_threads(private=True)]
    joined = [one.name async for one in channel(bot, town).archived_threads(private=True, joined=True)]
    assert (everything, joined) == (["Theirs", "Mine"], ["Mine"])


async def test_threads_of_others_reach_the_cache(town: Town, bot: Threader) -> None:
    """People start them, let the bot in, take it out, and delete them."""
    ana = town.person("ana").id
    public = threads.start(town.world, town.place, ana, "Public")
    assert [await bot.next() for _ in range(2)] == [("create", "Public"), ("member", str(ana))]
    private = threads.start(town.world, town.place, ana, "Quiet", private=True)
    threads.join(town.world, private, town.bot.id, by=ana)
    heard = {await bot.next() for _ in range(3)}
    assert ("join", "Quiet") in heard
    assert {one.id for one in channel(bot, town).threads} == {public.id, private.id}
    threads.leave(town.world, private, town.bot.id)
    while await bot.next() != ("remove", "Quiet"):
        pass
    threads.remove(town.world, public)
    assert await bot.next() == ("delete", "Public")


async def test_a_channel_in_sight_again_brings_its_threads(town: Town, bot: Threader) -> None:
    """THREAD_LIST_SYNC fills the cache of a channel that the bot could not see."""
    town.deny(Permission.VIEW_CHANNEL)
    thread = threads.start(town.world, town.place, town.person("ana").id, "Missed")
    town.sandbox.allow("reviews", Permission.VIEW_CHANNEL)
    assert await bot.next() == ("join", "Missed")
    assert bot.get_channel(thread.id) is not None


async def test_active_threads_are_there_from_the_start(town: Town) -> None:
    """GUILD_CREATE carries them; the bot knows in which it is."""
    mine = await town.start(name="Mine")
    theirs = threads.start(town.world, town.place, town.person("ana").id, "Theirs")
    async with logged_in(town.sandbox, Bot()) as bot:
        guild = _as(discord.Guild, bot.get_guild(town.guild.id))
        assert {one.id: one.me is not None for one in guild.threads} == {
            int(mine["id"]): True,
            theirs.id: False,
        }
        assert {one.id for one in await guild.active_threads()} == {int(mine["id"]), theirs.id}


async def test_a_command_in_a_thread(town: Town) -> None:
    """interaction.channel is the thread, and what is answered is said there."""
    bot = Bot()

    @bot.tree.command(name="where", description="Says where it was called.")
    async def where(interaction: discord.Interaction[Bot]) -> None:
        place = _as(discord.Thread, interaction.channel)
        await interaction.response.send_message(f"{place.name} in {place.parent}")

    thread = town.thread((await town.start(name="Corner"))["id"])
    async with logged_in(town.sandbox, bot):
        data = {"id": str(next(iter(town.world.commands))), "name": "where", "type": 1}
        ana = town.person("ana").id
        asked = town.world.open_interaction(InteractionKind.COMMAND, ana, thread, data)
        await town.sandbox.until(lambda: asked.original_id)
    [answer] = [town.world.messages[one] for one in thread.message_ids]
    assert answer.content == "Corner in reviews"
    assert ana not in thread_rules.of(thread).members
