"""What all pages about my own weeks share: whose and which group's they are, and where an answer goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.checkins.flow import joining, saying
from bot.checkins.joining import Mine
from bot.checkins.values import MemberWeek
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate
from cogs.people import here
from cogs.people.here import own_server

Press = discord.Interaction[Any]


async def answer(press: Press, view: ui.LayoutView, files: Sequence[discord.File] = ()) -> None:
    """In place of my own page, where I press on one. A message that others read is never replaced."""
    await gate.answer(press, view, replace=on_my_page(press), files=files)


def on_my_page(press: Press) -> bool:
    return press.message is not None and press.message.flags.ephemeral


async def everywhere(app: App, press: Press) -> list[tuple[Key, Mine]]:
    """My groups here; in our direct messages those of all servers that we share."""
    guild_id = own_server(press)
    servers = [guild_id] if guild_id is not None else await members.servers_of(app, press.user.id)
    keys = [Key(one, press.user.id) for one in servers]
    return [(key, mine) for key in keys for mine in await joining.mine(app, key, app.now())]


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def _mine(self, press: Press, guild: str, group: str) -> tuple[Key, Mine]:
        """The one who presses, and the group as they see it. Refuses a group that isn't theirs."""
        key = await self._key(press, guild)
        return key, await joining.one(self._app, key, int(group), self._app.now())

    async def _week(self, press: Press, guild: str, group: str, week: str) -> tuple[Key, Mine, MemberWeek]:
        """A week that I was in: this one, or an earlier one as long as it can be changed. Refuses others."""
        key, mine = await self._mine(press, guild, group)
        if mine.week is None or mine.week.id != int(week):
            mine = (await saying.form_of_week(self._app, key, int(week), self._app.now())).mine
        if mine.week is None or mine.week.submitted_at is None:
            raise Refusal("checkin_gone")
        return key, mine, mine.week
