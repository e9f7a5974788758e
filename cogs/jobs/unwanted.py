"""*Blocked companies*: the page of moderators, its form and its menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import unwanted as flow
from bot.moderation.rights import moderators_only
from bot.people.guards import MAX_COMPANY
from cogs import gate
from cogs.jobs import community_pages as pages
from cogs.layout import message
from cogs.person import person
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of this subject and the function that answers it."""

    async def home(press: Press) -> None:
        await gate.answer(press, pages.unwanted(await flow.listed(app, person(press)), 0))

    async def turned(press: Press, page: str) -> None:
        listed = await flow.listed(app, person(press))
        await gate.answer(press, pages.unwanted(listed, int(page)), replace=True)

    async def add(press: Press) -> None:
        moderators_only(person(press))
        form = ui.Modal(title="Block a company", custom_id=custom_id("jobs.unwanted.added", fresh()))
        name: ui.TextInput[Any] = ui.TextInput(custom_id="name", max_length=MAX_COMPANY)
        form.add_item(
            ui.Label(
                text="Company", description="As its openings name it; Ltd or Inc. don't count", component=name
            )
        )
        await gate.ask(press, form, message("That took me too long. Press it again."))

    async def added(press: Press, _fresh: str) -> None:
        listed = await flow.block(app, person(press), typed(press, "name"), app.now())
        await gate.answer(press, pages.unwanted(listed, 0), replace=True)

    async def removed(press: Press, page: str) -> None:
        listed = await flow.unblock(app, person(press), chosen(press)[0])
        await gate.answer(press, pages.unwanted(listed, int(page)), replace=True)

    return {
        "jobs.unwanted": home,
        "jobs.unwanted.page": turned,
        "jobs.unwanted.add": add,
        "jobs.unwanted.added": added,
        "jobs.unwanted.remove": removed,
    }
