"""In our DM: of which server is the page? The list of those we share, and what follows a choice there."""

from __future__ import annotations

from collections.abc import Mapping

from bot.app import App
from bot.people.members import Key
from cogs import gate
from cogs.jobs import market, saved
from cogs.jobs.whose import server_of
from cogs.people import here
from cogs.people.here import Press, key_of
from cogs.router import Handler


def handlers(app: App) -> Mapping[str, Handler]:
    """carried: a filter, which may hold the sign that parts a custom_id."""

    async def chosen(press: Press, page: str, guild: str, *carried: str) -> None:
        await _open(app, press, page, key_of(press, guild), "/".join(carried))

    async def listed(press: Press, page: str, number: str, *carried: str) -> None:
        found, text = await server_of(app, press), "/".join(carried)
        if isinstance(found, int):
            await _open(app, press, page, Key(found, press.user.id), text)
        else:
            view = here.servers_page(found, page, int(number), "jobs.mine", text)
            await gate.answer(press, view, replace=True)

    return {"jobs.mine.server": chosen, "jobs.mine.servers": listed}


async def _open(app: App, press: Press, page: str, key: Key, text: str) -> None:
    if page == "market":
        await market.home(app, press, key, text)
    else:
        await gate.answer(press, await saved.home(app, press, key), replace=True)
