"""`/me …`: what everybody types about themselves. It works in a server, in the bot's own DM, and after leaving."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.people.flow import members
from bot.people.flow import privacy as kept
from bot.people.members import Key
from cogs import gate
from cogs.people import blocks, privacy, profile, settings, start
from cogs.people.here import Press, key_of, own_server, server_name, servers_page
from cogs.router import Handler

PAGES: Mapping[str, Callable[[App, Press, Key], Awaitable[ui.LayoutView]]] = {
    "profile": profile.home,
    "settings": settings.home,
    "blocks": blocks.home,
    "privacy": privacy.home,
    "start": start.home,
}


@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Me(
    commands.GroupCog, name="me", description="Your profile, settings, blocks and privacy; only you see them"
):
    """The command group. Everything it answers is private to the person who asked."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description="What others see of you: edit it, choose who sees what")
    async def profile(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "profile")

    @app_commands.command(description="Time zone, quiet hours, direct messages, private search, pen name")
    async def settings(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "settings")

    @app_commands.command(description="Companies and people you must not meet here")
    async def blocks(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "blocks")

    @app_commands.command(description="What I keep about you and who looked at it; take it away, erase it")
    async def privacy(self, interaction: Press) -> None:
        await open_page(self._app, interaction, "privacy")


async def open_page(app: App, press: Press, page: str) -> None:
    """Answer a command with the page of this server; elsewhere with that of the only server there is, or a list."""
    guild_id = own_server(press)
    if guild_id is None:
        await gate.answer(press, await _servers(app, press, page, 0))
    else:
        await gate.answer(press, await PAGES[page](app, press, Key(guild_id, press.user.id)))


def block_menu(app: App) -> app_commands.ContextMenu:
    """*Block in Outpost* on a person: one press, a word that it is done, and a way back."""

    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def block(interaction: Press, somebody: discord.Member | discord.User) -> None:
        await gate.answer(interaction, await blocks.block(app, interaction, somebody))

    return app_commands.ContextMenu(name="Block in Outpost", callback=block)


def handlers(app: App) -> Mapping[str, Handler]:
    """The list of servers, and pages that are opened from another message than their own."""

    async def opened(press: Press, page: str, guild_id: str, *_nonce: str) -> None:
        await gate.answer(press, await PAGES[page](app, press, key_of(press, guild_id)))

    async def listed(press: Press, page: str, number: str) -> None:
        await gate.answer(press, await _servers(app, press, page, int(number)), replace=True)

    async def chosen(press: Press, page: str, guild_id: str) -> None:
        view = await PAGES[page](app, press, key_of(press, guild_id))
        await gate.answer(press, view, replace=True)

    return {"me.open": opened, "me.servers": listed, "me.server": chosen}


async def _servers(app: App, press: Press, page: str, number: int) -> ui.LayoutView:
    """The servers that know this person, for /me privacy also those they left; the page itself when it is one."""
    asked = kept.servers_of if page == "privacy" else members.servers_of
    servers = await asked(app, press.user.id)
    if len(servers) == 1:
        return await PAGES[page](app, press, Key(servers[0], press.user.id))
    return servers_page([(one, server_name(press, one)) for one in servers], page, number)
