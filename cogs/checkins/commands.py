"""`/checkin …`: what members type about their weeks. It works in a server, and in the bot's own DM."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.people.flow import members
from bot.people.members import Key
from cogs import gate
from cogs.checkins import join, now, own_history, own_settings
from cogs.checkins.own import Press
from cogs.checkins.words import commands as words
from cogs.people.here import key_of, own_server, server_name, servers_page
from cogs.router import Handler

PAGES: Mapping[str, Callable[[App, Press, Key], Awaitable[None]]] = {
    "now": now.home,
    "join": join.home,
    "history": own_history.home,
    "pause": own_settings.pause,
    "settings": own_settings.home,
}


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Checkins(commands.GroupCog, name="checkin", description=words.GROUP):
    """The command group. Everything it answers is private to the person who asked."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description=words.NOW)
    async def now(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "now")

    @app_commands.command(description=words.JOIN)
    async def join(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "join")

    @app_commands.command(description=words.HISTORY)
    async def history(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "history")

    @app_commands.command(description=words.PAUSE)
    async def pause(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "pause")

    @app_commands.command(description=words.SETTINGS)
    async def settings(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "settings")


async def open_page(app: App, press: Press, page: str, number: int = 0, *, replace: bool = False) -> None:
    """The page of this server; elsewhere that of the only server we share, or a list of them."""
    guild_id = own_server(press)
    servers = [guild_id] if guild_id is not None else await members.servers_of(app, press.user.id)
    if len(servers) == 1:
        await PAGES[page](app, press, Key(servers[0], press.user.id))
        return
    named = [(one, server_name(press, one)) for one in servers]
    await gate.answer(press, servers_page(named, page, number, "checkin.mine"), replace=replace)


def handlers(app: App) -> Mapping[str, Handler]:
    """The list of servers, and pages that are opened from another message than their own."""

    async def chosen(press: Press, page: str, guild: str, *_nonce: str) -> None:
        await PAGES[page](app, press, key_of(press, guild))

    async def listed(press: Press, page: str, number: str) -> None:
        await open_page(app, press, page, int(number), replace=True)

    return {"checkin.mine.server": chosen, "checkin.mine.servers": listed}
