"""Real discord.py: reactions, pins, webhooks, moderation and roles, with what its cache hears of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import discord
import pytest

from sandbox import Permission, Sandbox
from sandbox.gateway_intents import PRIVILEGED
from sandbox.permissions import ALL
from tests.sandbox.conftest import Bot, logged_in

pytestmark = [
    pytest.mark.wire,
    pytest.mark.usefixtures("discord_py"),
    pytest.mark.sandbox(privileged=PRIVILEGED),
]


class Community:
    """A bot that may everything but be an administrator, and its own view of #reviews."""

    def __init__(self, sandbox: Sandbox, bot: Bot) -> None:
        self.sandbox, self.bot = sandbox, bot
        guild = bot.get_guild(sandbox.guild.id)
        channel = bot.get_channel(sandbox.channel("reviews").id)
        assert guild is not None and isinstance(channel, discord.TextChannel)
        self.guild, self.channel = guild, channel


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Community]:
    role = next(role for role in sandbox.guild.roles.values() if role.bot_id is not None)
    role.permissions = ALL & ~Permission.ADMINISTRATOR
    async with logged_in(sandbox, Bot(discord.Intents.all() ^ discord.Intents(presences=True))) as bot:
        yield Community(sandbox, bot)


async def test_reactions_of_people_reach_the_bot_and_its_own_are_put_and_counted(town: Community) -> None:
    """on_raw_reaction_add, users(), clear()."""
    ana = town.sandbox.member("ana").go("reviews")
    message = await town.channel.send("Good?")
    heard = asyncio.create_task(town.bot.wait_for("raw_reaction_add", timeout=10))
    await asyncio.sleep(0)
    ana.react(str(message.id), "👍")
    payload = await heard
    assert (payload.user_id, str(payload.emoji), payload.message_author_id) == (
        ana.user.id,
        "👍",
        town.sandbox.world.bot.id,
    )
    await message.add_reaction("👍")
    fetched = await town.channel.fetch_message(message.id)
    assert [(str(one.emoji), one.count, one.me) for one in fetched.reactions] == [("👍", 2, True)]
    assert sorted([user.name async for user in fetched.reactions[0].users()]) == ["ana", "outpost"]
    await message.remove_reaction("👍", discord.Object(ana.user.id))
    await message.clear_reaction("👍")
    assert (await town.channel.fetch_message(message.id)).reactions == []
    with pytest.raises(discord.HTTPException) as refused:
        await message.add_reaction("nothing")
    assert refused.value.code == 10014


async def test_pins_are_put_listed_and_taken_away(town: Community) -> None:
    """pin(), pins(), unpin(); the channel's notice arrives as a message of its own type."""
    message = await town.channel.send("Read me.")
    heard = asyncio.create_task(
        town.bot.wait_for("message", timeout=10, check=lambda m: m.type is discord.MessageType.pins_add)
    )
    await asyncio.sleep(0)
    await message.pin()
    assert (await heard).reference.message_id == message.id
    assert [one.id async for one in town.channel.pins()] == [message.id]
    await message.unpin()
    assert [one async for one in town.channel.pins()] == []


async def test_messages_are_deleted_in_bulk(town: Community) -> None:
    """delete_messages() of two; purge() of the rest."""
    sent = [await town.channel.send(str(number)) for number in range(4)]
    await town.channel.delete_messages(sent[:2])
    assert len(await town.channel.purge(limit=10)) == 2
    assert all(one.deleted for one in town.sandbox.messages("reviews"))


async def test_a_webhook_speaks_for_a_board(town: Community) -> None:
    """create_webhook(), send(wait=True) with another name and an embed, edit, delete."""
    hook = await town.channel.create_webhook(name="Feeds")
    assert [one.id for one in await town.channel.webhooks()] == [hook.id]
    sent = await hook.send("New.", username="Remote OK", embed=discord.Embed(title="Python"), wait=True)
    assert (sent.author.display_name, sent.webhook_id) == ("Remote OK", hook.id)
    await sent.edit(content="Newer.")
    assert [one.text for one in town.sandbox.member("ana").sees("reviews")] == ["Newer.\nPython"]
    await sent.delete()
    await hook.delete()
    assert await town.channel.webhooks() == []


async def test_members_are_moderated(town: Community) -> None:
    """Nick, role, timeout, kick, ban and unban, by discord.py's own words; the cache follows."""
    ana = await town.guild.fetch_member(town.sandbox.member("ana").user.id)
    role = await town.guild.create_role(name="readers", permissions=discord.Permissions.none())
    await ana.edit(nick="Ann")
    await ana.add_roles(role)
    await ana.timeout(timedelta(hours=1))
    assert town.sandbox.world.timed_out(town.sandbox.guild, ana.id)
    fetched = await town.guild.fetch_member(ana.id)
    assert (fetched.nick, [one.name for one in fetched.roles[1:]], fetched.is_timed_out()) == (
        "Ann",
        ["readers"],
        True,
    )
    await role.delete(reason="done")
    await town.guild.ban(ana, reason="Spam", delete_message_seconds=60)
    assert [(one.user.name, one.reason) async for one in town.guild.bans()] == [("ana", "Spam")]
    await town.guild.unban(ana)
    bob = await town.guild.fetch_member(town.sandbox.member("bob").user.id)
    await bob.kick()
    assert "bob" not in [member.name async for member in town.guild.fetch_members(limit=None)]
    done = await town.guild.bulk_ban([discord.Object(town.sandbox.member("tom").user.id)])
    assert len(done.banned) == 1
    owner = town.guild.get_member(town.sandbox.guild.owner_id)
    assert owner is not None
    with pytest.raises(discord.Forbidden) as refused:
        await owner.kick()
    assert refused.value.code == 50013


async def test_an_answer_pings_unless_told_otherwise(town: Community) -> None:
    """reply() calls the author; mention_author=False does not; who was called is on record."""
    question = town.sandbox.member("ana").go("reviews").say("Anyone?")
    message = await town.channel.fetch_message(question.id)
    loud = await message.reply("Yes.")
    quiet = await message.reply("Still yes.", mention_author=False, silent=True)
    truth = town.sandbox.world.messages
    assert (truth[loud.id].pinged.users, truth[quiet.id].pinged.users) == ((question.author_id,), ())
    assert quiet.flags.suppress_notifications
