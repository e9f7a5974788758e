"""`/cohort …`: what moderators type. Hidden from everybody else; checked again at each press."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.checkins.flow import groups as flow
from bot.moderation.rights import moderators_only
from bot.refusals import Refusal
from bot.text import folded
from cogs import gate
from cogs.checkins import cohort_forms as forms
from cogs.checkins import cohort_making as making
from cogs.checkins import cohort_pages as pages
from cogs.checkins import stats_forms
from cogs.checkins.words import cohort as words
from cogs.person import person

Press = discord.Interaction[Any]

MOST_TYPED, MOST_CHOICES = 100, 25  # Discord's own limits of a choice's name, and of choices


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.guild_only()
@app_commands.default_permissions(manage_guild=True)
class Cohort(commands.GroupCog, name="cohort", description=words.ABOUT):
    """The command group. Everything it answers is private to the moderator who asked."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description=words.ABOUT_CREATE)
    async def create(self, interaction: Press) -> None:
        await making.ask_new(self._app, interaction)

    @app_commands.command(name="list", description=words.ABOUT_LIST)
    async def listed(self, interaction: Press) -> None:
        every = await flow.listed(self._app, person(interaction), self._app.now())
        await gate.answer(interaction, pages.groups(every, 0, self._app.now()))

    @app_commands.command(description=words.ABOUT_EDIT)
    @app_commands.describe(group=words.ABOUT_GROUP)
    async def edit(self, interaction: Press, group: app_commands.Range[str, 0, MOST_TYPED] = "") -> None:
        found = await self._named(interaction, group)
        if isinstance(found, int):
            await forms.show(self._app, interaction, found, replace=False)
        else:
            await gate.answer(interaction, pages.groups(found, 0, self._app.now()))

    @app_commands.command(description=words.ABOUT_STATS)
    @app_commands.describe(group=words.ABOUT_GROUP)
    async def stats(self, interaction: Press, group: app_commands.Range[str, 0, MOST_TYPED] = "") -> None:
        found = await self._named(interaction, group)
        if isinstance(found, int):
            await stats_forms.show(self._app, interaction, found)
        else:
            await gate.answer(interaction, pages.groups(found, 0, self._app.now()))

    async def _named(self, press: Press, text: str) -> int | list[flow.Listed]:
        """The group that was chosen or typed, or the only one; else all of them, to choose from."""
        every = list(await flow.listed(self._app, person(press), self._app.now()))
        wanted = folded(text)
        if not wanted:
            return every[0].group.id if len(every) == 1 else every
        found = [one.group.id for one in every if folded(one.group.name) == wanted]
        if not found:
            raise Refusal("group_gone")
        return found[0]

    @edit.autocomplete("group")
    @stats.autocomplete("group")
    async def complete_group(self, interaction: Press, current: str) -> list[app_commands.Choice[str]]:
        who = person(interaction)
        moderators_only(who)
        every = await flow.listed(self._app, who, self._app.now())
        wanted = folded(current)
        fitting = [one.group for one in every if wanted in folded(one.group.name)]
        return [app_commands.Choice(name=one.name, value=one.name) for one in fitting[:MOST_CHOICES]]
