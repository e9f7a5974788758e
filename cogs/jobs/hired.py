"""What the buttons of the page after *Hired* do."""

from __future__ import annotations

import io
from collections.abc import Mapping

import discord

from bot.app import App
from bot.jobs.flow import hired as flow
from bot.people.members import Key
from bot.refusals import Refusal
from cogs import gate
from cogs.jobs import hired_pages as pages
from cogs.people import here
from cogs.people.here import Press, own_server
from cogs.person import lacking
from cogs.router import Handler


async def reached(app: App, press: Press, key: Key, saved_id: int) -> None:
    """They chose *Hired* for an opening of their list."""
    await gate.answer(
        press, pages.home(key.guild_id, await flow.hired(app, key, saved_id, app.now())), replace=True
    )


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "jobs.hired": forms.home,
        "jobs.hired.alerts": forms.alerts,
        "jobs.hired.nobody": forms.nobody,
        "jobs.hired.pod": forms.pod,
        "jobs.hired.ask": forms.ask,
        "jobs.hired.post": forms.post,
        "jobs.hired.reader": forms.reader,
        "jobs.hired.page": forms.page,
    }


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def home(self, press: Press, guild: str, number: str) -> None:
        key = await self._key(press, guild)
        await self._show(press, key, await flow.look(self._app, key, int(number)))

    async def _show(self, press: Press, key: Key, one: flow.Hired) -> None:
        await gate.answer(press, pages.home(key.guild_id, one), replace=True)

    async def alerts(self, press: Press, guild: str, number: str) -> None:
        key = await self._key(press, guild)
        await flow.keep_alerts(self._app, key, self._app.now())
        await self._show(press, key, await flow.look(self._app, key, int(number)))

    async def nobody(self, press: Press, guild: str, number: str) -> None:
        key = await self._key(press, guild)
        await self._show(press, key, await flow.tell_nobody(self._app, key, int(number), self._app.now()))

    async def pod(self, press: Press, guild: str, number: str) -> None:
        key = await self._key(press, guild)
        await self._show(press, key, await flow.tell_pod(self._app, key, int(number), self._app.now()))

    async def reader(self, press: Press, guild: str, number: str) -> None:
        key = await self._key(press, guild)
        await self._show(press, key, await flow.stay_as_reader(self._app, key, int(number), self._app.now()))

    # -- telling it ------------------------------------------------------------------------------

    async def ask(self, press: Press, guild: str, number: str, how: str) -> None:
        key = await self._key(press, guild)
        one = await flow.look(self._app, key, int(number))
        channel_id = _channel(press, key)
        if channel_id is None:
            await gate.answer(press, pages.only_in_a_channel(key.guild_id, one), replace=True)
            return
        told = flow.news(one.saved, with_company=how == "with")
        await gate.answer(press, pages.preview(key.guild_id, one, told, channel_id), replace=True)

    async def post(self, press: Press, guild: str, number: str, how: str) -> None:
        key = await self._key(press, guild)
        channel_id = _channel(press, key)
        if channel_id is None:
            raise Refusal("server_only")
        if not _may_write(press):
            raise Refusal("not_yours_to_write")
        one = await flow.tell(
            self._app,
            key,
            int(number),
            channel_id,
            lacking(press.app_permissions),
            with_company=how == "with",
            now=self._app.now(),
        )
        await self._show(press, key, one)

    # -- the last page ---------------------------------------------------------------------------

    async def page(self, press: Press, guild: str, number: str) -> None:
        await gate.defer(press)
        one = await flow.look(self._app, await self._key(press, guild), int(number))
        png = await flow.picture(self._app, one)
        files = [discord.File(io.BytesIO(png), pages.PICTURE)] if png else []
        await gate.answer(press, pages.last_page(one, bool(png)), files=files)


def _channel(press: Press, key: Key) -> int | None:
    """Where they press, if that is in the server that it is about."""
    return press.channel_id if own_server(press) == key.guild_id else None


def _may_write(press: Press) -> bool:
    """May this member themselves say something where they press?"""
    may = press.permissions
    return may.send_messages_in_threads if isinstance(press.channel, discord.Thread) else may.send_messages
