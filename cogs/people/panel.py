"""What the panel's *Set me up* does: it opens, in private, what /start would. *Find jobs*: `cogs.jobs.find_jobs`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord

from bot.app import App
from bot.people.members import Key
from cogs import gate
from cogs.people import start
from cogs.person import person
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """The button by its id; a panel's nonce, which it carries, says nothing to it."""

    async def set_me_up(press: Press, *_nonce: str) -> None:
        who = person(press)
        await gate.answer(press, await start.home(app, press, Key(who.guild_id, who.id)))

    return {"panel.start": set_me_up}
