"""The page behind `/setup`, and its one menu."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.jobs.flow import subscriptions
from bot.moderation import flow
from cogs import gate
from cogs.moderation import cards
from cogs.people import missing_in, person
from cogs.presses import chosen
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    async def channel_chosen(press: Press) -> None:
        channel_id = int(chosen(press)[0])
        missing = missing_in(press, channel_id)
        await flow.choose_moderators_channel(app, person(press), channel_id, missing, app.now())
        await gate.answer(press, await home(app, press), replace=True)

    return {"setup.channel": channel_chosen}


async def home(app: App, press: Press) -> ui.LayoutView:
    """The state of this server: the moderators' channel, and what is missing in every channel we speak in."""
    who = person(press)
    chosen = await flow.moderators_channel(app, who.guild_id)
    listed = await subscriptions.alerts(app, who)
    spoken_in = {one.subscription.channel_id for one in listed} - {None}
    channels = sorted({*spoken_in, *([chosen] if chosen else [])}, key=lambda one: one or 0)
    lacking = {channel_id: missing_in(press, channel_id) for channel_id in channels if channel_id}
    paused = sum(one.subscription.state == "paused" and bool(one.subscription.channel_id) for one in listed)
    return cards.home(chosen, lacking, paused)
