"""`/help`: gathers who asks, where, and what they have set."""

from __future__ import annotations

from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.app import App
from bot.checkins.flow import joining
from bot.jobs.flow import subscriptions
from bot.moderation import flow as moderation
from bot.people.cases import Desk, is_safety
from bot.people.flow import members
from bot.people.members import Key
from cogs import gate
from cogs.help import pages
from cogs.help.pages import Standing
from cogs.people.here import own_server, server_name
from cogs.people.staff import owner_of
from cogs.person import person


class Help(commands.Cog):
    """The answer is private, and different for each person and place."""

    def __init__(self, app: App) -> None:
        self._app = app

    @app_commands.command(description="What you can do here, the next best step first")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    async def help(self, interaction: discord.Interaction[Any]) -> None:
        standing = await self._standing(interaction)
        await gate.answer(interaction, pages.help(standing, set(interaction.client.command_mentions)))

    async def _standing(self, press: discord.Interaction[Any]) -> Standing:
        """In a direct message: whether they are known in any server that we share."""
        guild_id = own_server(press)
        if guild_id is None:
            return Standing(None, started=bool(await members.servers_of(self._app, press.user.id)))
        who, key = person(press), Key(guild_id, press.user.id)
        member, profile = await members.member(self._app, key), await members.profile(self._app, key)
        followed = await subscriptions.alerts(self._app, who)
        server = await moderation.settings(self._app, guild_id)
        desk = Desk(owner_of(press, guild_id), server.safety_role_id, server.second_contact_id)
        return Standing(
            server_name(press, guild_id),
            moderator=who.manages,
            reads_cases=is_safety(who, desk) or who.id == desk.second_id,
            told_of_troubles=server.moderators_channel_id is not None,
            has_panel=server.panel is not None,
            started=member is not None and member.started_at is not None,
            wishes=member.wishes if member else (),
            has_place=bool(profile.country or profile.may_work),
            has_profile=bool(profile.headline or profile.field),
            follows=sum(one.subscription.member_id == who.id for one in followed),
            in_group=any(one.joined for one in await joining.open_groups(self._app, key, self._app.now())),
        )
