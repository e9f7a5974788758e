"""`/setup`: what moderators type."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.moderation.rights import moderators_only
from cogs import gate
from cogs.moderation import forms
from cogs.person import person


class Moderation(commands.Cog):
    """Hidden from those who don't manage the server; checked again at each press."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(
        description="For moderators: channels, safety, the panel, and what I may not do yet"
    )
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.guild_only()
    @app_commands.default_permissions(manage_guild=True)
    async def setup(self, interaction: discord.Interaction[Any]) -> None:
        moderators_only(person(interaction))
        await gate.answer(interaction, await forms.home(self._app, interaction))
