"""`/meet …`: be drawn together with somebody, see whom I meet, find somebody by myself."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.people.members import Key
from cogs.checkins.own import Press
from cogs.meets import join, status
from cogs.meets.words import commands as words
from cogs.people import find
from cogs.person import person


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class Meet(commands.GroupCog, name="meet", description=words.GROUP):
    """The command group. Everything it answers is private to the person who asked."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description=words.JOIN)
    async def join(self, interaction: Press) -> None:
        await join.home(self._app, interaction, _key(interaction))

    @app_commands.command(description=words.FIND)
    async def find(self, interaction: Press) -> None:
        await find.home(self._app, interaction)

    @app_commands.command(description=words.STATUS)
    async def status(self, interaction: Press) -> None:
        await status.home(self._app, interaction, _key(interaction))


def _key(press: Press) -> Key:
    who = person(press)
    return Key(who.guild_id, who.id)
