"""The contract's bot, written with discord.py."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import discord
from discord import app_commands, ui

from sandbox import Sandbox
from tests.sandbox.contract import FRUIT

Press = discord.Interaction[discord.Client]


class Form(ui.Modal, title="Your week"):
    goal: ui.TextInput[Form] = ui.TextInput(label="Goal")

    async def on_submit(self, interaction: Press, /) -> None:
        await interaction.response.send_message(f"Goal: {self.goal.value}", ephemeral=True)


class Write(ui.View):
    @ui.button(label="Write")
    async def write(self, interaction: Press, _: ui.Button[Write]) -> None:
        await interaction.response.send_modal(Form())


class Pick(ui.View):
    @ui.select(placeholder="text", options=[discord.SelectOption(label=name) for name in FRUIT])
    async def text(self, interaction: Press, menu: ui.Select[Pick]) -> None:
        await interaction.response.send_message(f"text: {menu.values[0]}")

    @ui.select(cls=ui.UserSelect, placeholder="user")
    async def user(self, interaction: Press, menu: ui.UserSelect[Pick]) -> None:
        await interaction.response.send_message(f"user: {menu.values[0].name}")

    @ui.select(cls=ui.RoleSelect, placeholder="role")
    async def role(self, interaction: Press, menu: ui.RoleSelect[Pick]) -> None:
        await interaction.response.send_message(f"role: {menu.values[0].name}")

    @ui.select(cls=ui.MentionableSelect, placeholder="mentionable")
    async def mentionable(self, interaction: Press, menu: ui.MentionableSelect[Pick]) -> None:
        await interaction.response.send_message(f"mentionable: {menu.values[0].name}")

    @ui.select(cls=ui.ChannelSelect, placeholder="channel")
    async def channel(self, interaction: Press, menu: ui.ChannelSelect[Pick]) -> None:
        await interaction.response.send_message(f"channel: {menu.values[0].name}")


@app_commands.command(description="Answers pong.")
async def ping(interaction: Press, word: str = "") -> None:
    embed = discord.Embed(description=f"pong {word}".strip())
    await interaction.response.send_message(embed=embed, view=Write())


@app_commands.command(description="Five menus.")
async def pick(interaction: Press) -> None:
    await interaction.response.send_message(view=Pick())


@app_commands.command(description="Choose a fruit.")
async def fruit(interaction: Press, name: str) -> None:
    await interaction.response.send_message(f"{'an' if name[0] in 'aeiou' else 'a'} {name}")


@fruit.autocomplete("name")
async def complete(_: Press, typed: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=one, value=one) for one in FRUIT if one.startswith(typed)]


@app_commands.command(description="Keep a file.")
async def keep(interaction: Press, file: discord.Attachment) -> None:
    await interaction.response.send_message(f"{file.filename}: {(await file.read()).decode()}")


class DiscordPy(discord.Client):
    """connector: discord.py's documented way to another address; without one its two addresses must be set.

    heartbeat_timeout: after so many silent seconds it takes the socket for dead; 60 is discord.py's own.
    """

    def __init__(self, connector: aiohttp.BaseConnector | None = None, heartbeat_timeout: float = 60) -> None:
        more: dict[str, Any] = {"connector": connector} if connector else {}
        more["heartbeat_timeout"] = heartbeat_timeout
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1, **more)
        self.heard: list[str] = []
        self._tree = app_commands.CommandTree(self)
        for command in (ping, pick, fruit, keep):
            self._tree.add_command(command)

    async def setup_hook(self) -> None:
        await self._tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without discord.py's 5 s: the sandbox's gap is off."""

    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        self.heard.append(channel.name)

    def in_channels_of(self, guild_id: int) -> set[str]:
        guild = self.get_guild(guild_id)
        return {channel.name for channel in guild.channels} if guild else set()

    async def thread(self, channel_id: int, name: str, text: str) -> None:
        message = await self._channel(channel_id).send("A new week")
        made = await message.create_thread(name=name)
        await made.send(text)

    async def write_to(self, user_id: int, text: str) -> None:
        await (await self.fetch_user(user_id)).send(text)

    async def upload(self, channel_id: int, name: str, text: str) -> str:
        file = discord.File(io.BytesIO(text.encode()), name)
        message = await self._channel(channel_id).send(file=file)
        return (await message.attachments[0].read()).decode()

    def _channel(self, channel_id: int) -> discord.TextChannel:
        found = self.get_channel(channel_id)
        assert isinstance(found, discord.TextChannel)
        return found


@asynccontextmanager
async def connected(
    sandbox: Sandbox, connector: aiohttp.BaseConnector | None = None
) -> AsyncIterator[DiscordPy]:
    """The bot, ready; closed afterwards."""
    bot = DiscordPy(connector, heartbeat_timeout=min(60, 2.5 * sandbox.sockets.heartbeat_s))
    running = asyncio.create_task(bot.start(sandbox.token))
    ready = asyncio.create_task(bot.wait_until_ready())
    try:
        await asyncio.wait([running, ready], timeout=20, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            running.result()
        yield bot
    finally:
        ready.cancel()
        await bot.close()
        await asyncio.gather(running, ready, return_exceptions=True)
