"""`/jobs …`: what people type."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.jobs import query
from bot.jobs.flow import subscriptions as flow
from bot.refusals import Refusal
from cogs import gate
from cogs.jobs import pages
from cogs.person import missing_in, person

MOST_TYPED = 300  # characters of a filter


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.guild_only()  # of the whole group: on a subcommand Discord does not know it
class Jobs(commands.GroupCog, name="jobs", description="Remote jobs: follow, find, keep"):
    """The command group. Everything it answers is private to the person who asked."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description="Follow remote jobs; moderators can let a channel follow them")
    @app_commands.describe(
        filter='What to hear, as in: python "machine learning" NOT senior. Empty: everything',
        channel="For moderators: post there. Without it the alert is yours alone",
    )
    async def subscribe(
        self,
        interaction: discord.Interaction[Any],
        filter: app_commands.Range[str, 0, MOST_TYPED] = "",
        channel: discord.TextChannel | None = None,
    ) -> None:
        now, who = self._app.now(), person(interaction)
        channel_id = channel.id if channel else None
        try:
            proposal = await flow.propose(
                self._app, who, filter, channel_id, missing_in(interaction, channel_id), now
            )
        except Refusal as refusal:
            if refusal.reason != "filter_wrong":
                raise
            await gate.answer(interaction, pages.mistake(refusal))
        else:
            await gate.answer(interaction, pages.proposal(proposal))

    @subscribe.autocomplete("filter")
    async def complete_filter(
        self, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        boards = sorted({feed.name for feed in self._app.feeds.book if feed.enabled})
        return [app_commands.Choice(name=text, value=text) for text in query.complete(current, boards)]

    @app_commands.command(description="Everything you follow: try on last week, pause, resume, stop")
    async def alerts(self, interaction: discord.Interaction[Any]) -> None:
        listed = await flow.alerts(self._app, person(interaction))
        await gate.answer(interaction, pages.alerts(listed, 0))
