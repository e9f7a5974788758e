"""`/meet find`, the menu *Ask for an introduction*, and the buttons of both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands, ui

from bot.app import App
from bot.people.find import Wanted
from bot.people.flow import find as flow
from bot.people.flow import introductions
from bot.people.introductions import MAX_WORDS, Introduction
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate
from cogs.layout import message
from cogs.people import find_pages
from cogs.people.here import server_name
from cogs.people.staff import person_in
from cogs.person import person
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

Press = discord.Interaction[Any]

MENU = "Ask for an introduction"
_SLOW = "That took me too long. Press it again."


async def home(app: App, press: Press) -> None:
    """What `/meet find` answers; the command is in `cogs.meets`, with the rest of its group."""
    await gate.answer(press, await _found(app, press, Wanted(), 0))


def menu(app: App) -> app_commands.ContextMenu:
    """*Ask for an introduction* on a person: it works alike for everybody, so that it tells nothing of them."""

    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    async def ask(press: Press, member: discord.Member) -> None:
        if member.bot:
            raise Refusal("that_is_a_bot")
        if member.id == press.user.id:
            raise Refusal("that_is_you")
        await _ask(app, press, custom_id("meet.asked.member", member.id, fresh()))

    return app_commands.ContextMenu(name=MENU, callback=ask)


def handlers(app: App) -> Mapping[str, Handler]:
    forms = Forms(app)
    return {
        "meet.page": forms.page,
        "meet.field": forms.field,
        "meet.open_to": forms.open_to,
        "meet.ask": forms.ask,
        "meet.asked": forms.asked,
        "meet.asked.member": forms.asked_member,
        "meet.waiting": forms.waiting,
        "meet.show": forms.show,
        "meet.accept": forms.accept,
        "meet.decline": forms.decline,
    }


class Forms:
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    def __init__(self, app: App) -> None:
        self._app = app

    # -- looking ---------------------------------------------------------------------------------

    async def page(self, press: Press, number: str, field: str, open_to: str) -> None:
        await self._turn(press, find_pages.wanted_of(field, open_to), int(number))

    async def field(self, press: Press, open_to: str) -> None:
        await self._turn(press, find_pages.wanted_of(chosen(press)[0], open_to), 0)

    async def open_to(self, press: Press, field: str) -> None:
        await self._turn(press, find_pages.wanted_of(field, chosen(press)[0]), 0)

    async def _turn(self, press: Press, wanted: Wanted, number: int) -> None:
        await gate.answer(press, await _found(self._app, press, wanted, number), replace=True)

    # -- asking ----------------------------------------------------------------------------------

    async def ask(self, press: Press, mark: str) -> None:
        await _ask(self._app, press, custom_id("meet.asked", mark, fresh()))

    async def asked(self, press: Press, mark: str, _fresh: str) -> None:
        who, words = person(press), typed(press, "words")
        server, now = server_name(press, who.guild_id), self._app.now()
        made = await flow.ask_found(self._app, who, mark, words, server, now)
        await gate.answer(press, _asked(made, who.id))

    async def asked_member(self, press: Press, user_id: str, _fresh: str) -> None:
        who, words = person(press), typed(press, "words")
        server, now = server_name(press, who.guild_id), self._app.now()
        made = await introductions.ask(self._app, who, int(user_id), words, server, now)
        await gate.answer(press, _asked(made, who.id))

    # -- answering -------------------------------------------------------------------------------

    async def waiting(self, press: Press, guild_id: str) -> None:
        who = await person_in(press, int(guild_id))
        mine = await introductions.mine(self._app, who, self._app.now())
        await gate.answer(press, find_pages.waiting(mine.waiting))

    async def show(self, press: Press, guild_id: str, introduction_id: str, _nonce: str) -> None:
        key = await self._key(press, guild_id)
        one = await introductions.one_waiting(self._app, key, int(introduction_id), self._app.now())
        await gate.answer(press, find_pages.waiting([one]))

    async def accept(self, press: Press, guild_id: str, introduction_id: str, nonce: str = "") -> None:
        key, server = await self._key(press, guild_id), server_name(press, int(guild_id))
        met = await introductions.accept(self._app, key, int(introduction_id), server, self._app.now())
        await gate.answer(press, find_pages.accepted(met, nonce), replace=True)

    async def decline(self, press: Press, guild_id: str, introduction_id: str, nonce: str = "") -> None:
        await introductions.decline(
            self._app, await self._key(press, guild_id), int(introduction_id), self._app.now()
        )
        await gate.answer(press, find_pages.declined(nonce), replace=True)

    async def _key(self, press: Press, guild_id: str) -> Key:
        """The person who presses, who must be a member there still."""
        who = await person_in(press, int(guild_id))
        return Key(who.guild_id, who.id)


async def _found(app: App, press: Press, wanted: Wanted, number: int) -> ui.LayoutView:
    who, now = person(press), app.now()
    page = await flow.find(app, who, wanted, number, now)
    return find_pages.found(page, wanted, await introductions.mine(app, who, now), who.guild_id)


def _asked(made: Introduction, me: int) -> ui.LayoutView:
    """Whom I asked may have asked me before: then we are introduced."""
    if made.state == "accepted":
        return find_pages.accepted(introductions.met_by(made, me))
    return find_pages.asked(made)


async def _ask(app: App, press: Press, form_id: str) -> None:
    await introductions.may_ask(app, person(press), app.now())
    form = ui.Modal(title=MENU, custom_id=form_id)
    words: ui.TextInput[Any] = ui.TextInput(
        custom_id="words", style=discord.TextStyle.paragraph, max_length=MAX_WORDS
    )
    form.add_item(
        ui.Label(text="A line to them", description="They read it before your name", component=words)
    )
    await gate.ask(press, form, message(_SLOW))
