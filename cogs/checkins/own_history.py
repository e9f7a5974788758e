"""What `/checkin history` does: my weeks as picture and words, my results, files."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import datetime

import discord

from bot.app import App
from bot.checkins.flow import history as flow
from bot.checkins.flow import joining, results
from bot.checkins.plan import MAX_RESULT
from bot.checkins.week import week_of
from bot.people.members import Key, Member
from bot.ports import Part
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.checkins import form, mine_pages, own
from cogs.checkins import history_pages as pages
from cogs.checkins.form import Small
from cogs.checkins.own import Press
from cogs.checkins.words import form as form_words
from cogs.checkins.words import history as words
from cogs.people import again, here
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

FILES: Mapping[str, str] = {
    "csv": "my-weeks.csv",
    "json": "my-weeks.json",
    "ics": "my-weeks.ics",
    "txt": "my-results.txt",
}
_MADE: Mapping[str, Callable[[flow.History, datetime], bytes]] = {
    "csv": lambda one, _: flow.table(one),
    "json": flow.document,
    "txt": lambda one, _: flow.bullets(one),
}
_RESULT = Small(
    form_words.RESULT_TITLE, Part(form_words.RESULT, form_words.RESULT_HINT), MAX_RESULT, required=True
)


async def home(app: App, press: Press, key: Key) -> None:
    """My weeks; of several groups, whose?"""
    member = await here.known(app, press, key)
    every = await joining.mine(app, key, app.now())
    if len(every) > 1:
        view = mine_pages.choose(key.guild_id, every, "checkin.history", words.CHOOSE_ALL)
        await own.answer(press, view)
    else:
        await _show(app, press, member, 0)


async def _show(app: App, press: Press, member: Member, group_id: int) -> None:
    """group_id: 0 for all. Drawing takes a while: Discord is told so first."""
    await gate.defer(press, replace=own.on_my_page(press))
    one = await flow.history(app, member.key, group_id or None, app.now())
    png = await flow.picture(app, one, words.PICTURE) if one.rows and not member.plain else None
    files = [discord.File(io.BytesIO(png), pages.PICTURE)] if png else []
    await own.answer(press, pages.history(member.key.guild_id, group_id, one, bool(png)), files)


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "checkin.history": forms.home,
        "checkin.results": forms.results,
        "checkin.results.add": forms.add,
        "checkin.results.added": forms.added,
        "checkin.results.remove": forms.remove,
        "checkin.file": forms.file,
    }


class Forms(own.Forms):
    async def home(self, press: Press, guild: str, group: str) -> None:
        member = await self._known(press, guild)
        await _show(self._app, press, member, int(group))

    # -- results ---------------------------------------------------------------------------------

    async def results(self, press: Press, guild: str, group: str) -> None:
        key = await self._key(press, guild)
        every = await results.results(self._app, key)
        await own.answer(press, pages.results(key.guild_id, int(group), every))

    async def add(self, press: Press, guild: str, group: str) -> None:
        text = again.typed_before(press).get(_RESULT.part.label, "")
        form_id = custom_id("checkin.results.added", guild, group, fresh())
        await form.ask(press, form.small(_RESULT, form_id, text))

    async def added(self, press: Press, guild: str, group: str, _fresh: str) -> None:
        member, text, now = await self._known(press, guild), typed(press, "text"), self._app.now()
        try:
            await results.pin(self._app, member.key, text, week_of(now, member.zone or "UTC"), now)
        except Refusal as refusal:
            about = "checkin.results.add", guild, group
            wrong = again.mistake(refusals.words(refusal), {_RESULT.part.label: text}, *about)
            await own.answer(press, wrong)
        else:
            await self.results(press, guild, group)

    async def remove(self, press: Press, guild: str, group: str) -> None:
        key = await self._key(press, guild)
        await results.unpin(self._app, key, int(chosen(press)[0]))
        await self.results(press, guild, group)

    # -- files -----------------------------------------------------------------------------------

    async def file(self, press: Press, guild: str, group: str, kind: str) -> None:
        """In a message of its own, so that the page stays."""
        key, now = await self._key(press, guild), self._app.now()
        if kind == "ics":
            made = await flow.calendar(self._app, key, words.EVENT, now)
        else:
            one = await flow.history(self._app, key, int(group) or None, now)
            made = _MADE[kind](one, now)
        file = discord.File(io.BytesIO(made), FILES[kind])
        await gate.answer(press, pages.file(kind, FILES[kind]), files=[file])
