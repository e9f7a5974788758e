"""What the buttons, menus and forms of `/me settings` do. Each change is kept at once, and its page shown again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import discord
from discord import ui

from bot.app import App
from bot.checkins.flow import joining
from bot.people import zones
from bot.people.flow import meeting, members
from bot.people.members import DOORS, Door, Key, Member
from bot.people.pen_names import EVERY_GROUP, LONGEST, skeleton
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.layout import message
from cogs.people import again, here
from cogs.people import settings_pages as pages
from cogs.people.here import Press, key_of
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

TOO_LATE = "That took me too long. Press the button again."
_CITY, _PEN_NAME = "City", "Pen name"
_MEMBERS_S = 5.0  # to ask Discord for the members of a name
_MOST_NAMES = 100  # Discord's limit of one question


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "me.settings": forms.home,
        "me.zone": forms.zone,
        "me.zone.ask": forms.ask_city,
        "me.zone.typed": forms.city_typed,
        "me.zone.choose": forms.zone_chosen,
        "me.quiet": forms.quiet,
        "me.quiet.set": forms.quiet_chosen,
        "me.quiet.none": forms.no_quiet,
        "me.letters": forms.letters,
        "me.letters.start": forms.start_letters,
        "me.letters.stop": forms.stop_letters,
        "me.private": forms.private,
        "me.private.on": forms.private_on,
        "me.private.off": forms.ask_private_off,
        "me.private.off.yes": forms.private_off,
        "me.door": forms.door,
        "me.pen": forms.pen_name,
        "me.pen.ask": forms.ask_pen_name,
        "me.pen.typed": forms.pen_name_typed,
        "me.language": forms.language,
        "me.language.choose": forms.language_chosen,
        "me.plain": forms.plain,
    }


async def home(app: App, press: Press, key: Key) -> ui.LayoutView:
    """The first page."""
    member = await here.known(app, press, key)
    return await _home(app, press, member)


async def _home(app: App, press: Press, member: Member) -> ui.LayoutView:
    guards = await meeting.guards(app, member.key)
    blocked = await meeting.blocks(app, member.key)
    server = here.server_name(press, member.key.guild_id)
    name = await _pen_name(app, member.key)
    return pages.home(member, len(guards) + len(blocked), name, server, app.now())


async def _pen_name(app: App, key: Key) -> str:
    mine = await meeting.pen_names(app, key)
    return next((one.name for one in mine if one.circle == EVERY_GROUP), "")


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def home(self, press: Press, guild: str) -> None:
        await gate.answer(press, await home(self._app, press, key_of(press, guild)), replace=True)

    # -- time ------------------------------------------------------------------------------------

    async def zone(self, press: Press, guild: str) -> None:
        member = await self._known(press, guild)
        await gate.answer(press, pages.zone(member, self._app.now()), replace=True)

    async def ask_city(self, press: Press, guild: str) -> None:
        form = ui.Modal(title="Where are you?", custom_id=custom_id("me.zone.typed", guild, fresh()))
        field = ui.TextInput[ui.LayoutView](
            custom_id="city", default=again.typed_before(press).get(_CITY), max_length=zones.MAX_QUERY
        )
        form.add_item(ui.Label(text=_CITY, description="Or a country, or a zone", component=field))
        await gate.ask(press, form, message(TOO_LATE))

    async def city_typed(self, press: Press, guild: str, _fresh: str) -> None:
        text = typed(press, "city")
        try:
            found = await asyncio.to_thread(zones.find, text)  # its first use reads all cities: 0.4 s
        except Refusal as refusal:
            words = refusals.words(refusal)
            await gate.answer(press, again.mistake(words, {_CITY: text}, "me.zone.ask", guild), replace=True)
        else:
            await gate.answer(press, pages.cities(int(guild), found, self._app.now()), replace=True)

    async def zone_chosen(self, press: Press, guild: str) -> None:
        member = await self._known(press, guild)
        _, _, zone = chosen(press)[0].partition(" ")
        now = self._app.now()
        member = await members.change(self._app, member.key, now, zone=zone)
        await joining.zone_changed(self._app, member.key, now)
        await gate.answer(press, pages.zone(member, now), replace=True)

    async def quiet(self, press: Press, guild: str) -> None:
        member = await self._known(press, guild)
        await gate.answer(press, pages.quiet(member, self._app.now()), replace=True)

    async def quiet_chosen(self, press: Press, guild: str, which: str) -> None:
        start, end = (await self._known(press, guild)).quiet
        minute = int(chosen(press)[0])
        await self._keep_quiet(press, guild, (minute, end) if which == "from" else (start, minute))

    async def no_quiet(self, press: Press, guild: str) -> None:
        await self._known(press, guild)
        await self._keep_quiet(press, guild, (0, 0))

    async def _keep_quiet(self, press: Press, guild: str, quiet: tuple[int, int]) -> None:
        now = self._app.now()
        member = await members.change(self._app, key_of(press, guild), now, quiet=quiet)
        await gate.answer(press, pages.quiet(member, now), replace=True)

    # -- direct messages -------------------------------------------------------------------------

    async def letters(self, press: Press, guild: str) -> None:
        await self._show_letters(press, await self._known(press, guild))

    async def start_letters(self, press: Press, guild: str) -> None:
        member = await self._known(press, guild)
        await self._show_letters(press, await members.consent(self._app, member.key, self._app.now()))

    async def stop_letters(self, press: Press, guild: str) -> None:
        member = await self._known(press, guild)
        await self._show_letters(
            press, await members.withdraw_consent(self._app, member.key, self._app.now())
        )

    async def _show_letters(self, press: Press, member: Member) -> None:
        server = here.server_name(press, member.key.guild_id)
        await gate.answer(press, pages.letters(member, server), replace=True)

    # -- private search --------------------------------------------------------------------------

    async def private(self, press: Press, guild: str) -> None:
        await gate.answer(press, pages.private(await self._known(press, guild)), replace=True)

    async def private_on(self, press: Press, guild: str) -> None:
        await self._turn_private(press, guild, on=True)

    async def ask_private_off(self, press: Press, guild: str) -> None:
        await gate.answer(press, pages.private_off(int(guild)), replace=True)

    async def private_off(self, press: Press, guild: str) -> None:
        await self._turn_private(press, guild, on=False)

    async def _turn_private(self, press: Press, guild: str, *, on: bool) -> None:
        key = await self._key(press, guild)
        member = await members.change(self._app, key, self._app.now(), private=on)
        await gate.answer(press, pages.private(member), replace=True)

    async def door(self, press: Press, guild: str, name: str, turn: str) -> None:
        key = await self._key(press, guild)
        member = await members.set_door(self._app, key, _door(name), turn == "open", self._app.now())
        await gate.answer(press, pages.private(member), replace=True)

    # -- pen name --------------------------------------------------------------------------------

    async def pen_name(self, press: Press, guild: str) -> None:
        member = await self._known(press, guild)
        name = await _pen_name(self._app, member.key)
        view = pages.pen_name(member, name)
        await gate.answer(press, view, replace=True)

    async def ask_pen_name(self, press: Press, guild: str) -> None:
        form = ui.Modal(title="Your pen name", custom_id=custom_id("me.pen.typed", guild, fresh()))
        field = ui.TextInput[ui.LayoutView](
            custom_id="name", default=again.typed_before(press).get(_PEN_NAME), max_length=LONGEST
        )
        form.add_item(ui.Label(text=_PEN_NAME, description="No member's name", component=field))
        await gate.ask(press, form, message(TOO_LATE))

    async def pen_name_typed(self, press: Press, guild: str, _fresh: str) -> None:
        member = await self._known(press, guild)
        key, text, now = member.key, typed(press, "name"), self._app.now()
        try:
            living = await names_like(press, key.guild_id, text)
            kept = await meeting.choose_pen_name(self._app, key, EVERY_GROUP, text, living, now)
        except Refusal as refusal:
            words = refusals.words(refusal)
            await gate.answer(
                press, again.mistake(words, {_PEN_NAME: text}, "me.pen.ask", guild), replace=True
            )
        else:
            view = pages.pen_name(member, kept.name)
            await gate.answer(press, view, replace=True)

    # -- language and pictures -------------------------------------------------------------------

    async def language(self, press: Press, guild: str) -> None:
        member = await self._known(press, guild)
        await gate.answer(press, pages.language(member, str(press.locale)), replace=True)

    async def language_chosen(self, press: Press, guild: str) -> None:
        key = await self._key(press, guild)
        locale = pages.ENGLISH if chosen(press)[0] == pages.ENGLISH else str(press.locale)
        member = await members.change(self._app, key, self._app.now(), locale=locale)
        await gate.answer(press, pages.language(member, str(press.locale)), replace=True)

    async def plain(self, press: Press, guild: str) -> None:
        member = await self._known(press, guild)
        changed = await members.change(self._app, member.key, self._app.now(), plain=not member.plain)
        await gate.answer(press, await _home(self._app, press, changed), replace=True)


def _door(name: str) -> Door:
    return next(door for door in DOORS if door == name)


async def names_like(press: Press, guild_id: int, text: str) -> Iterable[str]:
    """Names of members here that may look like this one, as others see them.

    The bot has no list of members; Discord answers for one beginning at a time, at most a hundred of them.
    """
    guild: discord.Guild | None = press.client.get_guild(guild_id)
    bare = skeleton(text)
    if guild is None or not bare:
        return ()
    beginnings = dict.fromkeys((text.strip(), bare, bare[0]))
    try:
        async with asyncio.timeout(_MEMBERS_S):
            asked = (guild.query_members(one, limit=_MOST_NAMES, cache=False) for one in beginnings)
            found = [member for members in await asyncio.gather(*asked) for member in members]
    except TimeoutError:
        raise Refusal("members_unasked") from None
    return [name for one in found for name in (one.display_name, one.name, one.global_name) if name]
