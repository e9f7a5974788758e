"""What the command, buttons, menus and forms of `/jobs saved` do. In a server: its list; in our DM: as `/me`."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import cast

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.app import App
from bot.jobs import saved as rules
from bot.jobs.days import MAX_DAY
from bot.jobs.flow import saved as flow
from bot.jobs.saved import Stage
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.jobs import hired
from cogs.jobs import saved_pages as pages
from cogs.jobs.whose import server_of
from cogs.layout import message
from cogs.people import again, here
from cogs.people.here import Press, key_of
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

TABLE = "my-jobs.csv"
_TOO_LATE = "That took me too long. Press the button again."

Field = tuple[str, str, str, int, bool]
"""custom_id, label, hint, most characters, is it long"""
_NOTE: Field = ("note", "Note", "Only you read it", rules.MAX_NOTE, True)
_STEP: Field = ("step", "Next step", "Such as: call back, send the task", rules.MAX_STEP, False)
_DAY: Field = ("day", "On which day", "2026-12-01, Friday, in 3 days; empty for no day", MAX_DAY, False)
_LINK: Field = ("link", "Link", "The posting's own page", 512, False)
_TITLE: Field = ("title", "Job", "What it is called there", rules.MAX_TITLE, False)
_COMPANY: Field = ("company", "Company", "Who hires", rules.MAX_COMPANY, False)


class SavedCommand(commands.Cog):
    """A part of the group `/jobs`. It also works in our DM."""

    _app: App

    @app_commands.command(description="My list: how far I am, notes, what comes next; only you see it")
    async def saved(self, interaction: Press) -> None:
        found = await server_of(self._app, interaction)
        if isinstance(found, int):
            await gate.answer(
                interaction, await home(self._app, interaction, Key(found, interaction.user.id))
            )
        else:
            await gate.answer(interaction, here.servers_page(found, "saved", 0, "jobs.mine"))


async def home(app: App, press: Press, key: Key, number: int = 0) -> ui.LayoutView:
    """The list. Whoever looks at it in their server is known from then on."""
    await here.known(app, press, key)
    return pages.home(key.guild_id, await flow.mine(app, key, app.now()), number)


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "jobs.saved": forms.home,
        "jobs.saved.mine": forms.mine,
        "jobs.saved.one": forms.one,
        "jobs.saved.stage": forms.stage,
        "jobs.saved.undo": forms.undo,
        "jobs.saved.note": forms.note,
        "jobs.saved.note.typed": forms.note_typed,
        "jobs.saved.next": forms.next,
        "jobs.saved.next.typed": forms.next_typed,
        "jobs.saved.done": forms.done,
        "jobs.saved.add": forms.add,
        "jobs.saved.add.typed": forms.add_typed,
        "jobs.saved.remove": forms.remove,
        "jobs.saved.remove.yes": forms.removed,
        "jobs.saved.table": forms.table,
    }


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def home(self, press: Press, guild: str, number: str) -> None:
        view = await home(self._app, press, key_of(press, guild), int(number))
        await gate.answer(press, view, replace=True)

    async def mine(self, press: Press, guild: str, *_nonce: str) -> None:
        """From another message than the list itself: whoever presses sees their own."""
        await gate.answer(press, await home(self._app, press, key_of(press, guild)))

    async def one(self, press: Press, guild: str, number: str) -> None:
        await self._show(press, await self._key(press, guild), int(number))

    async def _show(self, press: Press, key: Key, saved_id: int) -> None:
        opened = await flow.opened(self._app, key, saved_id, self._app.now())
        await gate.answer(press, pages.entry(key.guild_id, opened), replace=True)

    # -- how far ---------------------------------------------------------------------------------

    async def stage(self, press: Press, guild: str, number: str) -> None:
        key, stage = await self._key(press, guild), cast(Stage, chosen(press)[0])
        if stage == "hired":
            await hired.reached(self._app, press, key, int(number))
            return
        await flow.move(self._app, key, int(number), stage, self._app.now())
        await self._show(press, key, int(number))

    async def undo(self, press: Press, guild: str, number: str, stage: str) -> None:
        key = await self._key(press, guild)
        await flow.move(self._app, key, int(number), cast(Stage, stage), self._app.now())
        await self._show(press, key, int(number))

    # -- note, next step -------------------------------------------------------------------------

    async def note(self, press: Press, guild: str, number: str) -> None:
        opened = await flow.opened(self._app, key_of(press, guild), int(number), self._app.now())
        values = {"Note": opened.saved.note}
        await _ask(
            press, "My note", custom_id("jobs.saved.note.typed", guild, number, fresh()), [_NOTE], values
        )

    async def note_typed(self, press: Press, guild: str, number: str, _fresh: str) -> None:
        key = await self._key(press, guild)
        await flow.note(self._app, key, int(number), typed(press, "note"), self._app.now())
        await self._show(press, key, int(number))

    async def next(self, press: Press, guild: str, number: str) -> None:
        one = (await flow.opened(self._app, key_of(press, guild), int(number), self._app.now())).saved
        values = {"Next step": one.next_step, "On which day": one.next_on.isoformat() if one.next_on else ""}
        values |= again.typed_before(press)
        form = custom_id("jobs.saved.next.typed", guild, number, fresh())
        await _ask(press, "What comes next", form, [_STEP, _DAY], values)

    async def next_typed(self, press: Press, guild: str, number: str, _fresh: str) -> None:
        key, texts = await self._key(press, guild), _texts(press, [_STEP, _DAY])
        try:
            words, day = texts.values()
            await flow.next_step(self._app, key, int(number), words, day, self._app.now())
        except Refusal as refusal:
            if refusal.reason == "saved_gone":
                raise
            wrong = again.mistake(refusals.words(refusal), texts, "jobs.saved.next", guild, number)
            await gate.answer(press, wrong, replace=True)
        else:
            await self._show(press, key, int(number))

    async def done(self, press: Press, guild: str, number: str) -> None:
        key = await self._key(press, guild)
        await flow.next_step(self._app, key, int(number), "", "", self._app.now())
        await self._show(press, key, int(number))

    # -- onto the list, off the list -------------------------------------------------------------

    async def add(self, press: Press, guild: str) -> None:
        form = custom_id("jobs.saved.add.typed", guild, fresh())
        await _ask(
            press, "An opening that I found", form, [_LINK, _TITLE, _COMPANY], again.typed_before(press)
        )

    async def add_typed(self, press: Press, guild: str, _fresh: str) -> None:
        key, texts = await self._key(press, guild), _texts(press, [_LINK, _TITLE, _COMPANY])
        try:
            link, title, company = texts.values()
            kept = await flow.save_link(self._app, key, link, title, company, self._app.now())
        except Refusal as refusal:
            wrong = again.mistake(refusals.words(refusal), texts, "jobs.saved.add", guild)
            await gate.answer(press, wrong, replace=True)
        else:
            await self._show(press, key, kept.id)

    async def remove(self, press: Press, guild: str, number: str) -> None:
        opened = await flow.opened(self._app, key_of(press, guild), int(number), self._app.now())
        await gate.answer(press, pages.asks_to_remove(int(guild), opened.saved), replace=True)

    async def removed(self, press: Press, guild: str, number: str) -> None:
        key = await self._key(press, guild)
        await flow.remove(self._app, key, int(number))
        await gate.answer(press, await home(self._app, press, key), replace=True)

    async def table(self, press: Press, guild: str) -> None:
        found = await flow.mine(self._app, await self._key(press, guild), self._app.now())
        file = discord.File(io.BytesIO(rules.table(found.saved)), TABLE)
        await gate.answer(press, pages.table(TABLE), files=[file])


def _texts(press: Press, fields: Sequence[Field]) -> dict[str, str]:
    """Label → what was typed."""
    return {label: typed(press, name) for name, label, *_ in fields}


async def _ask(
    press: Press, title: str, form_id: str, fields: Sequence[Field], values: Mapping[str, str]
) -> None:
    form = ui.Modal(title=title, custom_id=form_id)
    for name, label, hint, longest, is_long in fields:
        style = discord.TextStyle.paragraph if is_long else discord.TextStyle.short
        given = values.get(label, "")[:longest] or None
        field: ui.TextInput[ui.LayoutView] = ui.TextInput(
            custom_id=name, style=style, default=given, required=False, max_length=longest
        )
        form.add_item(ui.Label(text=label, description=hint, component=field))
    await gate.ask(press, form, message(_TOO_LATE))
