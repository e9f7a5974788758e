"""What `/me privacy` does. It makes nobody known: whoever looks at nothing leaves nothing behind."""

from __future__ import annotations

import io
from collections.abc import Mapping

import discord
from discord import ui

from bot.app import App
from bot.people.flow import cases
from bot.people.flow import privacy as flow
from bot.people.members import Key
from cogs import gate
from cogs.people import here
from cogs.people import privacy_page as pages
from cogs.people.here import Press, key_of
from cogs.router import Handler


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""

    async def export(press: Press, guild: str) -> None:
        await gate.defer(press)
        await _give(press, await flow.export(app, key_of(press, guild), app.now()), guild)

    async def export_all(press: Press) -> None:
        await gate.defer(press)
        await _give(press, await flow.export_everywhere(app, press.user.id, app.now()), "all")

    async def ask(press: Press, guild: str) -> None:
        view = pages.erase(int(guild), here.server_name(press, int(guild)))
        await gate.answer(press, view, replace=True)

    async def ask_all(press: Press) -> None:
        await gate.answer(press, pages.erase(None, ""), replace=True)

    async def erase(press: Press, guild: str) -> None:
        await gate.defer(press, replace=True)
        done = await flow.erase(app, key_of(press, guild), app.now())
        await gate.answer(press, pages.erased(done.rows, done.clean), replace=True)

    async def erase_all(press: Press) -> None:
        await gate.defer(press, replace=True)
        done = await flow.erase_everywhere(app, press.user.id, app.now())
        await gate.answer(press, pages.erased(done.rows, done.clean), replace=True)

    async def keep(press: Press) -> None:
        await gate.answer(press, pages.kept(), replace=True)

    return {
        "me.export": export,
        "me.export.all": export_all,
        "me.erase": ask,
        "me.erase.all": ask_all,
        "me.erase.yes": erase,
        "me.erase.all.yes": erase_all,
        "me.erase.no": keep,
    }


async def home(app: App, press: Press, key: Key) -> ui.LayoutView:
    """The page."""
    held, looks = await flow.held(app, key), await cases.looks(app, key)
    return pages.home(key.guild_id, here.server_name(press, key.guild_id), held, looks)


async def _give(press: Press, data: bytes, which: str) -> None:
    name = f"outpost-{which}.json"
    await gate.answer(press, pages.taken(name), files=[discord.File(io.BytesIO(data), name)])
