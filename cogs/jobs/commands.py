"""`/jobs …`: what people type."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.jobs import query
from bot.jobs.flow import subscriptions as flow
from cogs import gate
from cogs.jobs import alert_pages, pages
from cogs.jobs.check import CheckCommand
from cogs.jobs.market import MarketCommand
from cogs.jobs.places import Postable, channel_name, place, visible_to
from cogs.jobs.saved import SavedCommand
from cogs.jobs.search import SearchCommand
from cogs.jobs.shares import ShareCommand
from cogs.jobs.subscribe_form import MOST_TYPED, propose
from cogs.person import person


# Of the whole group, since Discord knows no such thing of a subcommand: check, saved and market work everywhere,
# others refuse.
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Jobs(  # discord.py lists the last base's commands first, and Discord shows them in that order
    ShareCommand,
    MarketCommand,
    CheckCommand,
    SavedCommand,
    SearchCommand,
    commands.GroupCog,
    name="jobs",
    description="Remote jobs: follow, find, keep",
):
    """The command group. Everything it answers is private to the person who asked."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description="Follow remote jobs; moderators can let a channel follow them")
    @app_commands.describe(
        filter='What to hear, as in: python "machine learning" NOT senior. Empty: I ask',
        channel="For moderators: post there. Without it the alert is yours alone",
    )
    async def subscribe(
        self,
        interaction: discord.Interaction[Any],
        filter: app_commands.Range[str, 0, MOST_TYPED] = "",
        channel: app_commands.Transform[int, Postable] | None = None,
    ) -> None:
        if channel is None and not filter.strip():
            await gate.answer(interaction, await self._what(interaction))
            return
        where = None if channel is None else await place(interaction, channel)
        await propose(self._app, interaction, filter, where)

    async def _what(self, interaction: discord.Interaction[Any]) -> ui.LayoutView:
        """The first question; the channels that can be followed are those that this person sees."""
        known, visible = await flow.followable(self._app, person(interaction)), visible_to(interaction)
        named = [(number, channel_name(interaction, number)) for number in known if number in visible]
        return pages.follow(named)

    @subscribe.autocomplete("filter")
    async def complete_filter(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        boards = sorted({feed.name for feed in self._app.feeds.book if feed.enabled})
        return [app_commands.Choice(name=text, value=text) for text in query.complete(current, boards)]

    @app_commands.command(description="Everything you follow: edit, try on last week, pause, stop, why")
    async def alerts(self, interaction: discord.Interaction[Any]) -> None:
        listed = await flow.alerts(self._app, person(interaction))
        await gate.answer(interaction, alert_pages.alerts(listed, 0))
