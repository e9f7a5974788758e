"""Which server a page about me is of. In a server: that one. In the bot's own DM: the only one we share, or a list.

Everything that somebody told is kept per server; so each button of these pages carries its server in its custom_id.
Whose pages they are is never in it: that is always the person who presses.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.people.flow import members
from bot.people.members import Key, Member
from bot.refusals import Refusal
from bot.text import cut, tidy
from cogs.layout import button, message, row
from cogs.people import privacy_page
from cogs.person import person

Press = discord.Interaction[Any]

PER_PAGE = 10  # servers of a list
MAX_NAME = 80  # characters of a button's label


def own_server(press: Press) -> int | None:
    """The server of this press; None in a direct message, and in a server that has not invited the bot.

    A member who installed the bot for themselves carries it into servers that know nothing of it.
    """
    return press.guild_id if press.is_guild_integration() else None


def key_of(press: Press, guild_id: str) -> Key:
    """The person who presses, in the server that the button names."""
    return Key(int(guild_id), press.user.id)


def server_name(press: Press, guild_id: int) -> str:
    """As its members know it; a server that the bot has left keeps its number only."""
    guild = press.client.get_guild(guild_id)
    return tidy(guild.name) if guild else f"Server {guild_id}"


async def known(app: App, press: Press, key: Key) -> Member:
    """The member whose page this is: met, when they press in their server; elsewhere whoever we know."""
    if own_server(press) == key.guild_id:
        return await members.met(app, person(press), app.now())
    member = await members.member(app, key)
    if member is None:
        raise Refusal("member_unknown")
    return member


def servers_page(
    servers: Sequence[tuple[int, str]], page: str, number: int, name: str = "me", carried: str = ""
) -> ui.LayoutView:
    """Which server? servers: (id, name). name: of the handlers that answer; carried: what the page needs beside."""
    if not servers:
        return message("I keep nothing about you. Type this in a server where I am.")
    last = (len(servers) - 1) // PER_PAGE
    number = min(max(number, 0), last)
    shown = servers[number * PER_PAGE : (number + 1) * PER_PAGE]
    beside = (carried,) if carried else ()
    rows = [
        row(button(cut(server, MAX_NAME), f"{name}.server", page, guild_id, *beside))
        for guild_id, server in shown
    ]
    turns = [button("Earlier", f"{name}.servers", page, number - 1, *beside)] if number else []
    turns += [button("More", f"{name}.servers", page, number + 1, *beside)] if number < last else []
    rows += [row(*turns)] if turns else []
    rows += [privacy_page.everywhere()] if page == "privacy" else []
    return message(
        "### Which server is it about?",
        "What you tell me in one server, no other server learns.",
        rows=rows,
    )


class Forms:
    """What every page about me has: each method answers one press; arguments come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def _known(self, press: Press, guild: str) -> Member:
        return await known(self._app, press, key_of(press, guild))

    async def _key(self, press: Press, guild: str) -> Key:
        return (await self._known(press, guild)).key
