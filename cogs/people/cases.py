"""What the buttons of cases do: in the readers' direct messages, in the moderators' channel, on the pages themselves.

A press from a letter or a notice has its nonce and is answered beside it; a press from a page turns that page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import ui

from bot.app import App
from bot.moderation.rights import Person
from bot.people.cases import MAX_NOTE, Deed
from bot.people.flow import cases as flow
from bot.people.flow.cases import Opened
from cogs import gate
from cogs.layout import message
from cogs.people import case_pages
from cogs.people.here import server_name
from cogs.people.staff import owner_of, person_in
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

_SLOW = "That took me too long. Press it again."


def handlers(app: App) -> Mapping[str, Handler]:
    forms = Cases(app)
    return {
        "case.open": forms.open,
        "case.chosen": forms.chosen,
        "case.claim": forms.claim,
        "case.close": forms.close,
        "case.reopen": forms.reopen,
        "case.record": forms.record,
        "case.note": forms.note,
        "case.noted": forms.noted,
        "case.pen": forms.pen,
        "case.penned": forms.penned,
    }


class Cases:
    """Each method answers one press; whether its person may read the case is asked every time."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def open(self, press: Press, guild_id: str, number: str, nonce: str = "") -> None:
        await self._show(press, await self._read(press, int(guild_id), int(number)), nonce)

    async def chosen(self, press: Press, guild_id: str) -> None:
        await self._show(press, await self._read(press, int(guild_id), int(chosen(press)[0])), "")

    async def claim(self, press: Press, guild_id: str, number: str, nonce: str = "") -> None:
        await self._turn(press, int(guild_id), int(number), "claimed", nonce)

    async def close(self, press: Press, guild_id: str, number: str, nonce: str = "") -> None:
        await self._turn(press, int(guild_id), int(number), "closed", nonce)

    async def reopen(self, press: Press, guild_id: str, number: str) -> None:
        await self._turn(press, int(guild_id), int(number), "reopened", "")

    async def record(self, press: Press, guild_id: str, number: str) -> None:
        who, owner_id = await _who(press, int(guild_id))
        found = await flow.record(self._app, who, int(number), owner_id, self._app.now())
        await gate.answer(press, case_pages.record(found), replace=True)

    # -- forms -----------------------------------------------------------------------------------

    async def note(self, press: Press, guild_id: str, number: str, nonce: str = "") -> None:
        form_id = custom_id("case.noted", guild_id, number, nonce, fresh())
        form = ui.Modal(title=f"A note on case {number}", custom_id=form_id)
        words: ui.TextInput[Any] = ui.TextInput(
            custom_id="note", style=discord.TextStyle.paragraph, max_length=MAX_NOTE
        )
        form.add_item(ui.Label(text="Note", description="Only its readers see it", component=words))
        await self._ask(press, int(guild_id), int(number), form)

    async def noted(self, press: Press, guild_id: str, number: str, nonce: str, _fresh: str) -> None:
        who, owner_id = await _who(press, int(guild_id))
        words = typed(press, "note")
        opened = await flow.note(self._app, who, int(number), words, owner_id, self._app.now())
        await self._show(press, opened, nonce)

    async def pen(self, press: Press, guild_id: str, number: str) -> None:
        form_id = custom_id("case.penned", guild_id, number, fresh())
        form = ui.Modal(title="Resolve a pen name", custom_id=form_id)
        for field, label in (("circle", "Group"), ("name", "Pen name")):
            line: ui.TextInput[Any] = ui.TextInput(custom_id=field, max_length=100)
            form.add_item(ui.Label(text=label, component=line))
        await self._ask(press, int(guild_id), int(number), form)

    async def penned(self, press: Press, guild_id: str, number: str, _fresh: str) -> None:
        who, owner_id = await _who(press, int(guild_id))
        circle, name = typed(press, "circle"), typed(press, "name")
        server = server_name(press, int(guild_id))
        _, user_id = await flow.resolve(
            self._app, who, int(number), circle, name, server, owner_id, self._app.now()
        )
        page = case_pages.resolved(int(number), int(guild_id), name, user_id)
        await gate.answer(press, page, replace=True)

    # -- parts -----------------------------------------------------------------------------------

    async def _ask(self, press: Press, guild_id: int, number: int, form: ui.Modal) -> None:
        await self._read(press, guild_id, number)  # who may not read it is refused before they type
        await gate.ask(press, form, message(_SLOW))

    async def _read(self, press: Press, guild_id: int, number: int) -> Opened:
        who, owner_id = await _who(press, guild_id)
        return await flow.read(self._app, who, number, owner_id, self._app.now())

    async def _turn(self, press: Press, guild_id: int, number: int, deed: Deed, nonce: str) -> None:
        who, owner_id = await _who(press, guild_id)
        server, now = server_name(press, guild_id), self._app.now()
        await self._show(press, await flow.turn(self._app, who, number, deed, server, owner_id, now), nonce)

    async def _show(self, press: Press, opened: Opened, nonce: str) -> None:
        await gate.answer(press, case_pages.case(opened), replace=not nonce)


async def _who(press: Press, guild_id: int) -> tuple[Person, int | None]:
    """(who presses, as a member there; the owner's id)."""
    return await person_in(press, guild_id), owner_of(press, guild_id)
