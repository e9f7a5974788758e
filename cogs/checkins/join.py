"""What `/checkin join` does: into a group, with my clock, and with who sees me."""

from __future__ import annotations

from collections.abc import Mapping

from discord import ui

from bot.app import App
from bot.checkins.flow import joining
from bot.checkins.joining import Mine
from bot.people.flow import members
from bot.people.members import Key, Member
from cogs.checkins import join_pages as pages
from cogs.checkins import own
from cogs.checkins.mine_pages import circle_of
from cogs.checkins.own import Press
from cogs.people import here
from cogs.people.staff import person_in
from cogs.router import Handler


async def home(app: App, press: Press, key: Key) -> None:
    await here.known(app, press, key)
    await own.answer(press, await groups(app, key))


async def groups(app: App, key: Key, page: int = 0) -> ui.LayoutView:
    return pages.groups(key.guild_id, await joining.open_groups(app, key, app.now()), page)


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "checkin.groups": forms.groups,
        "checkin.join": forms.join,
        "checkin.clock": forms.clock,
        "checkin.circles": forms.circles,
        "checkin.first": forms.first,
    }


class Forms(own.Forms):
    async def groups(self, press: Press, guild: str, page: str) -> None:
        key = await self._key(press, guild)
        await own.answer(press, await groups(self._app, key, int(page)))

    async def join(self, press: Press, guild: str, group: str, *_nonce: str) -> None:
        """Also from another message than the list: whoever presses joins."""
        member = await self._known(press, guild)
        who = await person_in(press, member.key.guild_id)
        mine = await joining.join(self._app, who, int(group), self._app.now())
        await self._next(press, member, mine)

    async def _next(self, press: Press, member: Member, mine: Mine) -> None:
        """What is not known yet, one question at a time."""
        guild = member.key.guild_id
        if member.zone is None:
            await own.answer(press, pages.ask_clock(guild, mine, self._app.now()))
        elif mine.membership.circle is None:
            await own.answer(press, pages.first_circle(guild, mine))
        else:
            await own.answer(press, pages.ready(guild, mine))

    async def clock(self, press: Press, guild: str, group: str) -> None:
        """Yes, their clock is the group's."""
        key, mine = await self._mine(press, guild, group)
        now = self._app.now()
        member = await members.change(self._app, key, now, zone=mine.group.zone)
        await joining.zone_changed(self._app, key, now)
        await self._next(press, member, mine)

    async def circles(self, press: Press, guild: str, group: str) -> None:
        key, mine = await self._mine(press, guild, group)
        await own.answer(press, pages.first_circle(key.guild_id, mine))

    async def first(self, press: Press, guild: str, group: str, letter: str) -> None:
        key = await self._key(press, guild)
        await joining.choose_circle(self._app, key, int(group), circle_of(letter), self._app.now())
        _, mine = await self._mine(press, guild, group)
        await own.answer(press, pages.ready(key.guild_id, mine))
