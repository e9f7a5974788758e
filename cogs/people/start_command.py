"""`/start`: what everybody types first. In the bot's own DM it asks which server it is about."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.app import App
from cogs.people import me
from cogs.people.here import Press


class Start(commands.Cog):
    """The command; its page is one of those in `cogs.people.me`."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description="Set me up, or change my mind: wishes, where I may work, how private")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def start(self, interaction: Press) -> None:
        await me.open_page(self._app, interaction, "start")
