"""`/start`: wishes, where I may work, how private; each step by buttons and menus, each can be skipped or changed.

It ends with openings. The first time the steps lead on to one another; afterwards each leads back to what is set.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, get_args

from discord import ui

from bot.app import App
from bot.checkins.flow import joining
from bot.jobs.flow.open_to import open_to
from bot.people import zones
from bot.people.countries import countries, country, country_name
from bot.people.flow import meeting, members
from bot.people.guards import MAX_COMPANY
from bot.people.members import Key, Member, Profile, Wish
from bot.people.welcome import is_new, may_work_in, moved_to
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.layout import message
from cogs.people import again, here
from cogs.people import start_pages as pages
from cogs.people.here import Press, key_of
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh

TOO_LATE = "That took me too long. Press the button again."
_COUNTRY, _OTHERS, _CITY, _COMPANY = (
    "The country I am in",
    "Other countries where I may work",
    "City",
    "Company",
)


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "start.home": forms.home,
        "start.step": forms.step,
        "start.wishes.choose": forms.wishes_chosen,
        "start.place.choose": forms.country_chosen,
        "start.place.ask": forms.ask_countries,
        "start.place.typed": forms.countries_typed,
        "start.zone.yes": forms.zone_confirmed,
        "start.zone.choose": forms.zone_chosen,
        "start.city.ask": forms.ask_city,
        "start.city.typed": forms.city_typed,
        "start.employer.ask": forms.ask_employer,
        "start.employer.typed": forms.employer_typed,
        "start.private.on": forms.private_on,
        "start.private.ask_off": forms.ask_private_off,
        "start.private.off": forms.private_off,
    }


async def home(app: App, press: Press, key: Key) -> ui.LayoutView:
    """The first step for somebody new; for those who return, what is set."""
    member = await here.known(app, press, key)
    if is_new(member):
        return pages.wishes(member, _who_opens_threads(press, key.guild_id))
    profile = await members.profile(app, key)
    return pages.home(member, profile, here.server_name(press, key.guild_id), app.now())


def _who_opens_threads(press: Press, guild_id: int) -> list[str]:
    """The roles that hold Manage Threads in this server, the highest first; bots' own are left out."""
    guild = press.client.get_guild(guild_id)
    roles = sorted(guild.roles, reverse=True) if guild else []
    return [
        role.name
        for role in roles
        if not role.managed and (role.permissions.manage_threads or role.permissions.administrator)
    ]


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def home(self, press: Press, guild: str) -> None:
        await gate.answer(press, await home(self._app, press, key_of(press, guild)), replace=True)

    async def step(self, press: Press, guild: str, name: str) -> None:
        await self._show(press, await self._known(press, guild), name)

    async def _go_on(self, press: Press, member: Member, step: str) -> None:
        """After a choice: the first time the next step, later what is set."""
        await self._show(press, member, step if is_new(member) else "home")

    async def _show(self, press: Press, member: Member, step: str) -> None:
        profile = await members.profile(self._app, member.key)
        server = member.key.guild_id
        if step == "wishes":
            view = pages.wishes(member, _who_opens_threads(press, server))
        elif step == "place":
            view = pages.place(member, profile, str(press.locale))
        elif step == "private":
            view = pages.private(member)
        elif step == "end":
            view = await self._end(member, profile)
        else:
            view = pages.home(member, profile, here.server_name(press, server), self._app.now())
        await gate.answer(press, view, replace=True)

    async def _end(self, member: Member, profile: Profile) -> ui.LayoutView:
        now = self._app.now()
        found = await open_to(self._app, member.key, may_work_in(profile), profile.skills, now)
        if is_new(member):
            member = await members.change(self._app, member.key, now, started_at=now)
        return pages.end(member, profile, found)

    # -- wishes ----------------------------------------------------------------------------------

    async def wishes_chosen(self, press: Press, guild: str) -> None:
        key, wanted = await self._key(press, guild), chosen(press)
        wishes: tuple[Wish, ...] = tuple(wish for wish in get_args(Wish) if wish in wanted)
        member = await members.change(self._app, key, self._app.now(), wishes=wishes)
        await self._go_on(press, member, "place")

    # -- place and time --------------------------------------------------------------------------

    async def country_chosen(self, press: Press, guild: str) -> None:
        member, code = await self._known(press, guild), chosen(press)[0]
        before = await members.profile(self._app, member.key)
        await self._keep_place(press, member, Profile(country=code, may_work=moved_to(before, code)))

    async def ask_countries(self, press: Press, guild: str) -> None:
        profile = await members.profile(self._app, await self._key(press, guild))
        others = [country_name(code) for code in profile.may_work if code != profile.country]
        filled = again.typed_before(press) or {
            _COUNTRY: country_name(profile.country) if profile.country else "",
            _OTHERS: ", ".join(others),
        }
        form = ui.Modal(title="Where may you work?", custom_id=custom_id("start.place.typed", guild, fresh()))
        form.add_item(_field("country", _COUNTRY, "Its name, as you write it", filled, 100, required=True))
        form.add_item(_field("others", _OTHERS, "With commas between; leave it empty for none", filled, 1000))
        await gate.ask(press, form, message(TOO_LATE))

    async def countries_typed(self, press: Press, guild: str, _fresh: str) -> None:
        written = {_COUNTRY: typed(press, "country"), _OTHERS: typed(press, "others")}
        try:
            home_is = country(written[_COUNTRY])
            may_work = tuple(dict.fromkeys(filter(None, (home_is, *countries(written[_OTHERS])))))
        except Refusal as refusal:
            view = again.mistake(refusals.words(refusal), written, "start.place.ask", guild)
            await gate.answer(press, view, replace=True)
        else:
            member = await self._known(press, guild)
            await self._keep_place(press, member, Profile(country=home_is, may_work=may_work))

    async def _keep_place(self, press: Press, member: Member, place: Profile) -> None:
        """Keep it; then the zone is proposed from the country, unless theirs is one of its zones already."""
        now, only = self._app.now(), ("country", "may_work")
        profile = await members.change_profile(self._app, member.key, place, now, only=only)
        hits = await asyncio.to_thread(zones.of_country, profile.country)  # its first use reads all cities
        if hits and member.zone not in [zone for zone, _ in hits]:
            await gate.answer(press, pages.zone_asked(member, profile, hits[0], now), replace=True)
        else:
            await self._go_on(press, member, "private")

    async def zone_confirmed(self, press: Press, guild: str, *zone: str) -> None:
        await self._keep_zone(press, guild, "/".join(zone))

    async def zone_chosen(self, press: Press, guild: str) -> None:
        await self._keep_zone(press, guild, chosen(press)[0].partition(" ")[2])

    async def _keep_zone(self, press: Press, guild: str, zone: str) -> None:
        key, now = await self._key(press, guild), self._app.now()
        member = await members.change(self._app, key, now, zone=zone)
        await joining.zone_changed(self._app, key, now)
        await self._go_on(press, member, "private")

    async def ask_city(self, press: Press, guild: str) -> None:
        form = ui.Modal(title="Where are you?", custom_id=custom_id("start.city.typed", guild, fresh()))
        filled = again.typed_before(press)
        form.add_item(_field("city", _CITY, "Or a zone", filled, zones.MAX_QUERY, required=True))
        await gate.ask(press, form, message(TOO_LATE))

    async def city_typed(self, press: Press, guild: str, _fresh: str) -> None:
        text = typed(press, "city")
        try:
            found = await asyncio.to_thread(zones.find, text)
        except Refusal as refusal:
            view = again.mistake(refusals.words(refusal), {_CITY: text}, "start.city.ask", guild)
        else:
            view = pages.cities(await self._known(press, guild), found, self._app.now())
        await gate.answer(press, view, replace=True)

    # -- how private -----------------------------------------------------------------------------

    async def ask_employer(self, press: Press, guild: str) -> None:
        form = ui.Modal(
            title="Who must not meet you?", custom_id=custom_id("start.employer.typed", guild, fresh())
        )
        hint = "Where you work now. Nobody of it is brought together with you"
        form.add_item(
            _field("company", _COMPANY, hint, again.typed_before(press), MAX_COMPANY, required=True)
        )
        await gate.ask(press, form, message(TOO_LATE))

    async def employer_typed(self, press: Press, guild: str, _fresh: str) -> None:
        member, name = await self._known(press, guild), typed(press, "company")
        now = self._app.now()
        try:
            await meeting.guard_company(self._app, member.key, name, now, employer=True)
        except Refusal as refusal:
            view = again.mistake(refusals.words(refusal), {_COMPANY: name}, "start.employer.ask", guild)
            await gate.answer(press, view, replace=True)
        else:
            member = await members.change(self._app, member.key, now, private=True)
            await self._go_on(press, member, "end")

    async def private_on(self, press: Press, guild: str) -> None:
        await self._turn_private(press, guild, on=True)

    async def ask_private_off(self, press: Press, guild: str) -> None:
        await gate.answer(press, pages.private_off(await self._known(press, guild)), replace=True)

    async def private_off(self, press: Press, guild: str) -> None:
        await self._turn_private(press, guild, on=False)

    async def _turn_private(self, press: Press, guild: str, *, on: bool) -> None:
        key = await self._key(press, guild)
        member = await members.change(self._app, key, self._app.now(), private=on)
        await self._go_on(press, member, "end")


def _field(
    name: str, label: str, hint: str, filled: Mapping[str, str], longest: int, *, required: bool = False
) -> ui.Label[Any]:
    """One line of a form. filled: label → what stands in it."""
    text: ui.TextInput[Any] = ui.TextInput(
        custom_id=name, default=filled.get(label) or None, required=required, max_length=longest
    )
    return ui.Label(text=label, description=hint, component=text)
