"""What the command, the menu and the form of `/jobs market` do."""

from __future__ import annotations

import io
from collections.abc import Mapping

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.jobs.flow import market as flow
from bot.jobs.query import MAX_LENGTH
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.jobs import market_pages as pages
from cogs.jobs.whose import server_of
from cogs.layout import message
from cogs.people import again, here
from cogs.people.here import Press, key_of
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

MOST_TYPED = 4_000  # as long as Discord takes: our words answer, and point at the place
MOST_CARRIED = 50  # characters of a filter that a button can hold, while somebody chooses a server
_FIELD = "What to count"


class MarketCommand(commands.Cog):
    """A part of the group `/jobs`. It also works in our DM."""

    _app: App

    @app_commands.command(description="What openings ask for, what they pay, where they hire; beside you")
    @app_commands.describe(filter="Which openings to count, as in: python -senior. Empty: all")
    async def market(self, interaction: Press, filter: app_commands.Range[str, 0, MOST_TYPED] = "") -> None:
        found = await server_of(self._app, interaction)
        if isinstance(found, int):
            await _show(self._app, interaction, Key(found, interaction.user.id), filter)
        elif len(filter) > MOST_CARRIED:
            raise Refusal("server_only")
        else:
            await gate.answer(interaction, here.servers_page(found, "market", 0, "jobs.mine", filter))


async def _show(app: App, press: Press, key: Key, text: str, *, replace: bool = False) -> None:
    """Counting takes a second or two: Discord is told to wait."""
    await gate.defer(press, replace=replace)
    try:
        seen = await flow.market(app, key, text, app.now())
    except Refusal as refusal:
        if refusal.reason != "filter_wrong":
            raise
        wrong = again.mistake(refusals.words(refusal), {_FIELD: text}, "jobs.market.ask", key.guild_id)
        await gate.answer(press, wrong, replace=replace)
        return
    files = [discord.File(io.BytesIO(seen.picture), pages.PICTURE)] if seen.picture else []
    await gate.answer(press, pages.market(key.guild_id, seen, text), replace=replace, files=files)


async def home(app: App, press: Press, key: Key, text: str) -> None:
    """A server was chosen."""
    await _show(app, press, key, text, replace=True)


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""

    async def behind(press: Press, guild: str) -> None:
        kind, ids, name = pages.read_option(chosen(press)[0])
        found = await flow.behind(app, key_of(press, guild), kind, name, ids, app.now())
        await gate.answer(press, pages.behind(found))

    async def ask(press: Press, guild: str) -> None:
        form = ui.Modal(title="The market", custom_id=custom_id("jobs.market.typed", guild, fresh()))
        field: ui.TextInput[ui.LayoutView] = ui.TextInput(
            custom_id="filter",
            default=again.typed_before(press).get(_FIELD) or None,
            required=False,
            max_length=MAX_LENGTH,
        )
        form.add_item(ui.Label(text=_FIELD, description="As in: python -senior. Empty: all", component=field))
        await gate.ask(press, form, message("That took me too long. Press the button again."))

    async def asked(press: Press, guild: str, _fresh: str) -> None:
        await _show(app, press, key_of(press, guild), typed(press, "filter"), replace=True)

    return {"jobs.market.behind": behind, "jobs.market.ask": ask, "jobs.market.typed": asked}
