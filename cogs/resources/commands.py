"""`/resources`: what people type."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.resources.listed import NEEDS, need_of, needs_like
from cogs import gate
from cogs.resources import forms


class Resources(commands.Cog):
    """The answer is private. In a direct message it has no server's own entries."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description="Communities, courses and guides for what you need now")
    @app_commands.describe(need="What you need help with. Empty: choose from all of them")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def resources(
        self, interaction: discord.Interaction[Any], need: app_commands.Range[str, 0, 60] = ""
    ) -> None:
        if need.strip():
            view = await forms.listed(self._app, interaction, need_of(need), 0)
        else:
            view = await forms.overview(self._app, interaction)
        await gate.answer(interaction, view)

    @resources.autocomplete("need")
    async def complete_need(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=NEEDS[need], value=need) for need in needs_like(current)]
