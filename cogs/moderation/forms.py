"""The page behind `/setup`, and its menus: each choice is kept at once, and the page shown again."""

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
from cogs.person import missing_in, person
from cogs.presses import chosen
from cogs.router import Handler

Press = discord.Interaction[Any]


def handlers(app: App) -> Mapping[str, Handler]:
    async def channel_chosen(press: Press) -> None:
        channel_id = int(chosen(press)[0])
        missing = missing_in(press, channel_id)
        await flow.choose_moderators_channel(app, person(press), channel_id, missing, app.now())
        await gate.answer(press, await home(app, press), replace=True)

    async def safety_chosen(press: Press) -> None:
        role_id = next(map(int, chosen(press)), None)
        role = press.guild.get_role(role_id) if press.guild and role_id else None
        of_a_bot = role is not None and role.managed
        await flow.choose_safety_role(app, person(press), role_id, app.now(), of_a_bot=of_a_bot)
        await gate.answer(press, await home(app, press), replace=True)

    async def contact_chosen(press: Press) -> None:
        user_id = next(map(int, chosen(press)), None)
        who, bot = person(press), _is_bot(press, user_id)
        await flow.choose_second_contact(app, who, user_id, _owner(press), app.now(), bot=bot)
        await gate.answer(press, await home(app, press), replace=True)

    async def panel_place_chosen(press: Press) -> None:
        channel_id = int(chosen(press)[0])
        await flow.post_panel(app, person(press), channel_id, missing_in(press, channel_id), app.now())
        await gate.answer(press, await home(app, press), replace=True)

    return {
        "setup.channel": channel_chosen,
        "setup.safety": safety_chosen,
        "setup.contact": contact_chosen,
        "setup.panel": panel_place_chosen,
    }


def _is_bot(press: Press, user_id: int | None) -> bool:
    """Discord sends along what it knows of whoever was chosen in a menu."""
    data: Any = press.data or {}
    users = data.get("resolved", {}).get("users", {})
    return bool(users.get(str(user_id), {}).get("bot"))


def _owner(press: Press) -> int | None:
    return press.guild.owner_id if press.guild else None


async def home(app: App, press: Press) -> ui.LayoutView:
    """The state of this server: what is set, and what is missing in every channel we speak in."""
    who = person(press)
    server = await flow.settings(app, who.guild_id)
    listed = await subscriptions.alerts(app, who)
    spoken_in = {one.subscription.channel_id for one in listed}
    spoken_in |= {server.moderators_channel_id, server.panel.channel_id if server.panel else None}
    channels = sorted(channel for channel in spoken_in if channel)
    lacking = {channel_id: missing_in(press, channel_id) for channel_id in channels}
    paused = sum(one.subscription.state == "paused" and bool(one.subscription.channel_id) for one in listed)
    return cards.home(server, _owner(press), lacking, paused)
