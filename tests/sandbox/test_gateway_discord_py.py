"""discord.py's own reconnecting against the sandbox: cut cables, op 7, op 9, close codes, a fault at one event."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import discord
import pytest

from sandbox import Sandbox
from sandbox.gateway_intents import Intents
from tests.sandbox.conftest import Bot, logged_in

pytestmark = [pytest.mark.wire, pytest.mark.usefixtures("discord_py")]

WITHIN_S = 20.0


class Listener(Bot):
    """Answers /ping and remembers what it heard."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents)
        self.resumed = asyncio.Event()
        self.readied = asyncio.Queue[None]()
        self.gone = asyncio.Event()
        self.channels: list[str] = []

        @self.tree.command(name="ping", description="Answers pong.")
        async def ping(interaction: discord.Interaction[Bot]) -> None:
            await interaction.response.send_message("pong")

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without discord.py's 5 s: the sandbox's gap is off."""

    async def close(self) -> None:
        await super().close()
        self.gone.set()

    async def on_ready(self) -> None:
        self.readied.put_nowait(None)

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        self.channels.append(channel.name)


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Listener]:
    async with logged_in(sandbox, Listener()) as running:
        assert isinstance(running, Listener)
        await asyncio.wait_for(running.readied.get(), WITHIN_S)
        yield running


async def answers(sandbox: Sandbox) -> bool:
    reply = await sandbox.member("ana").slash("ping")
    return not hasattr(reply, "submit") and reply.text == "pong"


async def test_a_cut_cable_is_resumed_and_what_was_missed_is_heard(sandbox: Sandbox, bot: Listener) -> None:
    """No close frame, one RESUME, the missed channel, and the bot answers as before."""
    sandbox.sockets.drop_all()
    sandbox.add_channel("made-meanwhile")
    await asyncio.wait_for(bot.resumed.wait(), WITHIN_S)
    assert bot.channels == ["made-meanwhile"]
    assert (sandbox.sockets.identifies, sandbox.sockets.resumes) == (1, 1)
    assert await answers(sandbox)


async def test_a_command_given_while_the_socket_is_cut_is_answered(sandbox: Sandbox, bot: Listener) -> None:
    """The interaction waits in the session and comes with the replay."""
    sandbox.faults.add(method="GATEWAY", route="^INTERACTION_CREATE$", drop=True)
    assert await answers(sandbox)
    assert sandbox.sockets.resumes == 1


async def test_op_7_is_followed_by_a_resume(sandbox: Sandbox, bot: Listener) -> None:
    """discord.py leaves with 4000, which keeps the session."""
    sandbox.sockets.reconnect_all()
    await asyncio.wait_for(bot.resumed.wait(), WITHIN_S)
    assert (sandbox.sockets.identifies, sandbox.sockets.resumes) == (1, 1)
    assert await answers(sandbox)


async def test_op_9_that_can_be_resumed_is_followed_by_a_resume(sandbox: Sandbox, bot: Listener) -> None:
    """d = true: the session is still there."""
    sandbox.sockets.invalidate(resumable=True)
    await asyncio.wait_for(bot.resumed.wait(), WITHIN_S)
    assert (sandbox.sockets.identifies, sandbox.sockets.resumes) == (1, 1)


async def test_op_9_is_followed_by_a_new_identify(sandbox: Sandbox, bot: Listener) -> None:
    """d = false: the session is forgotten, a new READY comes, the bot answers as before."""
    sandbox.sockets.invalidate()
    await asyncio.wait_for(bot.readied.get(), WITHIN_S)
    assert (sandbox.sockets.identifies, sandbox.sockets.resumes) == (2, 0)
    assert len(sandbox.sockets.sessions) == 1
    assert await answers(sandbox)


@pytest.mark.parametrize("code", [4000, 4008, 4009])
async def test_a_close_that_is_no_verdict_is_followed_by_a_resume(
    sandbox: Sandbox, bot: Listener, code: int
) -> None:
    """Unknown error, rate limited, timed out: discord.py comes back with its session."""
    sandbox.sockets.close_all(code)
    await asyncio.wait_for(bot.resumed.wait(), WITHIN_S)
    assert sandbox.sockets.identifies == 1


async def test_a_token_that_was_renewed_ends_the_bot(sandbox: Sandbox) -> None:
    """4004 in answer to RESUME: discord.py gives up and says why."""
    with pytest.raises(discord.ConnectionClosed) as ended:
        async with logged_in(sandbox, Listener()) as bot:
            assert isinstance(bot, Listener)
            sandbox.world.token = "MTIz.renewed.by-its-owner-after-a-leak"
            sandbox.sockets.drop_all()
            await asyncio.wait_for(bot.gone.wait(), WITHIN_S)
    assert ended.value.code == 4004


async def test_a_privileged_intent_that_was_not_granted_ends_the_bot(sandbox: Sandbox) -> None:
    """4014 becomes discord.py's own error, which says where to switch it on."""
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with logged_in(sandbox, Listener(discord.Intents(guilds=True, members=True))):
            pass


async def test_a_granted_members_intent_fills_the_member_cache(sandbox: Sandbox) -> None:
    """discord.py asks for the members by op 8 and knows them by name."""
    sandbox.sockets.privileged = Intents.GUILD_MEMBERS
    async with logged_in(sandbox, Listener(discord.Intents(guilds=True, members=True))) as bot:
        guild = bot.get_guild(sandbox.guild.id)
        assert guild is not None
        names = {member.name for member in await guild.query_members("an", limit=5)}
        assert "ana" in names
