"""`/review …`: what members type to be read and to read for others. It works in a server, and in the bot's own DM."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.people.flow import members
from bot.people.members import Key
from cogs import gate
from cogs.people.here import key_of, own_server, server_name, servers_page
from cogs.reviews import ask, give, mine
from cogs.reviews.own import Press
from cogs.reviews.words import commands as words
from cogs.router import Handler

PAGES: Mapping[str, Callable[[App, Press, Key], Awaitable[None]]] = {
    "request": ask.home,
    "give": give.home,
    "status": mine.home,
}


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Reviews(commands.GroupCog, name="review", description=words.GROUP):
    """The command group. Everything it answers is private to the person who asked."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description=words.REQUEST)
    async def request(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "request")

    @app_commands.command(description=words.GIVE)
    async def give(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "give")

    @app_commands.command(description=words.STATUS)
    async def status(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "status")


async def open_page(app: App, press: Press, page: str, number: int = 0, *, replace: bool = False) -> None:
    """The page of this server; elsewhere that of the only server we share, or a list of them."""
    guild_id = own_server(press)
    servers = [guild_id] if guild_id is not None else await members.servers_of(app, press.user.id)
    if len(servers) == 1:
        await PAGES[page](app, press, Key(servers[0], press.user.id))
        return
    named = [(one, server_name(press, one)) for one in servers]
    await gate.answer(press, servers_page(named, page, number, "review.mine"), replace=replace)


def handlers(app: App) -> Mapping[str, Handler]:
    """The list of servers."""

    async def chosen(press: Press, page: str, guild: str) -> None:
        await PAGES[page](app, press, key_of(press, guild))

    async def listed(press: Press, page: str, number: str) -> None:
        await open_page(app, press, page, int(number), replace=True)

    return {"review.mine.server": chosen, "review.mine.servers": listed}
