"""*Who knows this company?*: the page, and the line to whoever is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import knows as flow
from bot.text import cut, tidy
from cogs import gate
from cogs.jobs import community_pages as pages
from cogs.layout import message
from cogs.people.here import server_name
from cogs.person import person
from cogs.presses import typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

MAX_LINE = 200


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this subject and the function that answers it."""

    async def look(press: Press, opening_id: str) -> None:
        found = await flow.look(app, person(press), int(opening_id), app.now())
        await gate.answer(press, pages.knows(found, int(opening_id)))

    async def ask(press: Press, opening_id: str) -> None:
        company = await flow.may_ask(app, person(press), int(opening_id), app.now())
        await gate.ask(press, _form(opening_id, company), message("That took me too long. Press it again."))

    async def asked(press: Press, opening_id: str, _fresh: str) -> None:
        who, line = person(press), typed(press, "words")
        server = server_name(press, who.guild_id)
        found = await flow.ask(app, who, int(opening_id), line, server, app.now())
        await gate.answer(press, pages.knows(found, int(opening_id)), replace=True)

    return {"jobs.knows": look, "jobs.knows.ask": ask, "jobs.knows.asked": asked}


def _form(opening_id: str, company: str) -> ui.Modal:
    form = ui.Modal(
        title=cut(f"Ask about {tidy(company)}", gate.MAX_MODAL_TITLE),
        custom_id=custom_id("jobs.knows.asked", opening_id, fresh()),
    )
    words: ui.TextInput[Any] = ui.TextInput(
        custom_id="words", style=discord.TextStyle.paragraph, max_length=MAX_LINE
    )
    form.add_item(
        ui.Label(text="A line to them", description="They read it before your name", component=words)
    )
    return form
