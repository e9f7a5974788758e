"""What `/me blocks` and the menu *Block in Outpost* do. Nobody who is blocked or guarded against learns of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.people.flow import meeting
from bot.people.guards import MAX_COMPANY
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.layout import message
from cogs.people import again, here
from cogs.people import blocks_pages as pages
from cogs.people.here import Press
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

_COMPANY = "Company"
_TITLES = {"employer": "Where do you work?", "company": "Which company?"}


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "me.blocks": forms.home,
        "me.unblock": forms.unblock,
        "me.unguard": forms.unguard,
        "me.guard.ask": forms.ask_company,
        "me.guard.typed": forms.company_typed,
        "me.guard.member": forms.member_chosen,
        "me.block.undo": forms.undo,
    }


async def home(app: App, press: Press, key: Key, page: int = 0) -> ui.LayoutView:
    """The list."""
    await here.known(app, press, key)
    return await _listed(app, press, key, page)


async def _listed(app: App, press: Press, key: Key, page: int) -> ui.LayoutView:
    blocked, guards = await meeting.blocks(app, key), await meeting.guards(app, key)
    return pages.home(key.guild_id, blocked, guards, page, here.own_server(press) == key.guild_id)


async def block(app: App, press: Press, somebody: discord.Member | discord.User) -> ui.LayoutView:
    """The menu on a person: blocked at once, with a way back."""
    if somebody.bot:
        raise Refusal("that_is_a_bot")
    key = Key(press.guild_id or 0, press.user.id)
    await here.known(app, press, key)
    await meeting.block(app, key, somebody.id, app.now())
    return pages.blocked(key.guild_id, somebody.id)


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def _show(self, press: Press, key: Key, page: int = 0) -> None:
        await gate.answer(press, await _listed(self._app, press, key, page), replace=True)

    async def home(self, press: Press, guild: str, page: str = "0") -> None:
        await self._show(press, await self._key(press, guild), int(page))

    async def unblock(self, press: Press, guild: str, user_id: str) -> None:
        key = await self._key(press, guild)
        await meeting.unblock(self._app, key, int(user_id))
        await self._show(press, key)

    async def undo(self, press: Press, guild: str, user_id: str) -> None:
        key = await self._key(press, guild)
        await meeting.unblock(self._app, key, int(user_id))
        await gate.answer(press, pages.unblocked(int(user_id)), replace=True)

    async def unguard(self, press: Press, guild: str, guard_id: str) -> None:
        key = await self._key(press, guild)
        await meeting.unguard(self._app, key, int(guard_id))
        await self._show(press, key)

    async def ask_company(self, press: Press, guild: str, kind: str) -> None:
        form = ui.Modal(title=_TITLES[kind], custom_id=custom_id("me.guard.typed", guild, kind, fresh()))
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id="company", default=again.typed_before(press).get(_COMPANY), max_length=MAX_COMPANY
        )
        form.add_item(ui.Label(text=_COMPANY, description="You won't meet its people here", component=field))
        await gate.ask(press, form, message("That took me too long. Press the button again."))

    async def company_typed(self, press: Press, guild: str, kind: str, _fresh: str) -> None:
        key = await self._key(press, guild)
        text = typed(press, "company")
        try:
            await meeting.guard_company(self._app, key, text, self._app.now(), employer=kind == "employer")
        except Refusal as refusal:
            words = refusals.words(refusal)
            view = again.mistake(words, {_COMPANY: text}, "me.guard.ask", guild, kind)
            await gate.answer(press, view, replace=True)
        else:
            await self._show(press, key)

    async def member_chosen(self, press: Press, guild: str) -> None:
        key = await self._key(press, guild)
        other_id = int(chosen(press)[0])
        await meeting.guard_member(self._app, key, other_id, _name_of(press, other_id), self._app.now())
        await self._show(press, key)


def _name_of(press: Press, user_id: int) -> str:
    """What a chosen member is called, as Discord sent it along with the choice."""
    data: Any = press.data or {}
    found = data.get("resolved", {})
    member, user = (found.get(table, {}).get(str(user_id), {}) for table in ("members", "users"))
    return str(member.get("nick") or user.get("global_name") or user.get("username") or user_id)
