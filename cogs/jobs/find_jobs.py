"""The panel's *Find jobs*: one field, then what it would hear, as /jobs subscribe shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import subscriptions
from bot.refusals import Refusal
from cogs import gate
from cogs.jobs import pages
from cogs.jobs.subscribe_form import MOST_TYPED
from cogs.layout import message
from cogs.person import person
from cogs.presses import typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    """The button by its id; a panel's nonce, which it carries, says nothing to it."""

    async def find_jobs(press: Press, *_nonce: str) -> None:
        person(press)  # in a direct message there is no server to follow
        form = ui.Modal(title="Find jobs", custom_id=custom_id("panel.jobs.typed", fresh()))
        words: ui.TextInput[Any] = ui.TextInput(
            custom_id="filter",
            placeholder='python "machine learning" NOT senior',
            required=False,
            max_length=MOST_TYPED,
        )
        hint = "Words that an opening must have. Empty: everything"
        form.add_item(ui.Label(text="What do you look for?", description=hint, component=words))
        await gate.ask(press, form, message("That took me too long. Press the button again."))

    async def jobs_typed(press: Press, _fresh: str) -> None:
        who, text = person(press), typed(press, "filter")
        try:
            proposal = await subscriptions.propose(app, who, text, None, (), app.now())
        except Refusal as refusal:
            if refusal.reason != "filter_wrong":
                raise
            await gate.answer(press, pages.mistake(refusal))
        else:
            await gate.answer(press, pages.proposal(proposal))

    return {"panel.jobs": find_jobs, "panel.jobs.typed": jobs_typed}
