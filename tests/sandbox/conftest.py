"""Real discord.py, pointed at a sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import aiohttp
import discord
import pytest
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from sandbox import Sandbox
from tests.sandbox.rest_client import Rest
from tests.sandbox.thread_town import Town


@pytest.fixture
async def town(sandbox: Sandbox) -> AsyncIterator[Town]:
    """A community that uses threads and has a forum."""
    async with aiohttp.ClientSession() as session:
        yield Town(sandbox, Rest(sandbox, session))


@pytest.fixture
def discord_py() -> Iterator[None]:
    """Puts discord.py's two addresses back after the test."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    yield
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


class Bot(discord.Client):
    """A discord.py client with a command tree, synced at login."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents=intents or discord.Intents(guilds=True), guild_ready_timeout=0.1)
        self.tree: discord.app_commands.CommandTree[Bot] = discord.app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        await self.tree.sync()


@asynccontextmanager
async def logged_in(sandbox: Sandbox, bot: Bot) -> AsyncIterator[Bot]:
    """The bot, logged in to the sandbox and ready; closed afterwards. Needs the fixture `discord_py`."""
    Route.BASE = sandbox.rest
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(sandbox.gateway)
    tasks: list[asyncio.Task[None]] = []
    try:
        await bot.login(sandbox.token)
        connected = asyncio.create_task(bot.connect())
        ready = asyncio.create_task(bot.wait_until_ready())
        tasks += [connected, ready]
        await asyncio.wait(tasks, timeout=20, return_when=asyncio.FIRST_COMPLETED)
        if connected.done():
            connected.result()
        await sandbox.bot_ready()
        yield bot
    finally:
        await bot.close()
        for task in tasks[1:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    connected.result()
