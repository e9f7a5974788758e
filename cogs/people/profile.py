"""What the buttons, menus and forms of `/me profile` do. Each form is kept at once; a refused one keeps its text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

import discord
from discord import ui

from bot.app import App
from bot.people import profile as rules
from bot.people.countries import countries, country, country_name
from bot.people.flow import members
from bot.people.languages import language_name, languages
from bot.people.members import PROFILE_FIELDS, Key, Profile, Shown
from bot.refusals import Refusal
from cogs import gate, refusals
from cogs.layout import message
from cogs.people import again, here
from cogs.people import profile_pages as pages
from cogs.people.here import Press, key_of
from cogs.presses import chosen, typed
from cogs.router import Handler, custom_id, fresh


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a form. written: what stands in it; read: what was typed → fields of a Profile, or a refusal."""

    name: str
    label: str
    hint: str
    longest: int
    written: Callable[[Profile], str]
    read: Callable[[str], Mapping[str, Any]]

    @property
    def is_long(self) -> bool:
        return self.longest > 200


def _pay(text: str) -> Mapping[str, Any]:
    amount, currency = rules.pay(text) or (None, "")
    return {"pay_floor": amount, "pay_currency": currency}


def _pay_written(profile: Profile) -> str:
    return f"{profile.pay_floor:,} {profile.pay_currency}" if profile.pay_floor else ""


_HEADLINE = Part(
    "headline",
    "Headline",
    "One line that says what you do",
    rules.MAX_HEADLINE,
    lambda profile: profile.headline,
    lambda text: {"headline": rules.headline(text)},
)
_SKILLS = Part(
    "skills",
    "Skills",
    "With commas between, the strongest first",
    900,
    lambda profile: ", ".join(profile.skills),
    lambda text: {"skills": rules.skills(text)},
)
_COUNTRY = Part(
    "country",
    "Where you live",
    "A country",
    100,
    lambda profile: country_name(profile.country) if profile.country else "",
    lambda text: {"country": country(text)},
)
_MAY_WORK = Part(
    "may_work",
    "Where you may work",
    "Countries, with commas between",
    1000,
    lambda profile: ", ".join(map(country_name, profile.may_work)),
    lambda text: {"may_work": countries(text)},
)
_LANGUAGES = Part(
    "languages",
    "Languages you could work in",
    "With commas between",
    300,
    lambda profile: ", ".join(map(language_name, profile.languages)),
    lambda text: {"languages": languages(text)},
)
_PAY = Part(
    "pay_floor", "The least pay a year", "Amount and currency, such as 60,000 EUR", 60, _pay_written, _pay
)
_LINKS = Part(
    "links",
    "Links",
    "Portfolio, code, professional network; a line each",
    2000,
    lambda profile: "\n".join(profile.links),
    lambda text: {"links": rules.links(text)},
)
FORMS: Mapping[str, tuple[str, tuple[Part, ...]]] = {
    "words": ("What you do", (_HEADLINE, _SKILLS)),
    "places": ("Places", (_COUNTRY, _MAY_WORK)),
    "terms": ("Languages and pay", (_LANGUAGES, _PAY)),
    "links": ("Links", (_LINKS,)),
}


def handlers(app: App) -> Mapping[str, Handler]:
    """Every custom_id of these pages and the function that answers it."""
    forms = Forms(app)
    return {
        "me.profile": forms.home,
        "me.edit": forms.edit,
        "me.edit.form": forms.open_form,
        "me.edit.typed": forms.form_typed,
        "me.edit.choose": forms.chosen,
        "me.shown": forms.shown,
        "me.shown.choose": forms.shown_chosen,
        "me.check": forms.check,
        "me.check.tick": forms.tick,
    }


async def home(app: App, press: Press, key: Key, circle: Shown = "server") -> ui.LayoutView:
    """The first page: the card as this circle would see it."""
    member = await here.known(app, press, key)
    face = pages.Face(press.user.display_name, None if member.plain else _picture(press.user))
    return pages.home(member, await members.profile(app, key), face, circle)


def _picture(of: discord.User | discord.Member) -> str | None:
    """The address of a picture they chose. What Discord draws for those without one says nothing of them."""
    own = getattr(of, "guild_avatar", None) or of.avatar
    return None if own is None else str(own.replace(size=128, static_format="png").url)


class Forms(here.Forms):
    """Each method answers one press; arguments after the interaction come from the custom_id, as text."""

    async def home(self, press: Press, guild: str, circle: str) -> None:
        view = await home(self._app, press, key_of(press, guild), cast(Shown, circle))
        await gate.answer(press, view, replace=True)

    # -- editing ---------------------------------------------------------------------------------

    async def edit(self, press: Press, guild: str) -> None:
        key = await self._key(press, guild)
        await self._show_edit(press, key, await members.profile(self._app, key))

    async def open_form(self, press: Press, guild: str, name: str) -> None:
        profile = await members.profile(self._app, key_of(press, guild))
        title, parts = FORMS[name]
        form = ui.Modal(title=title, custom_id=custom_id("me.edit.typed", guild, name, fresh()))
        before = again.typed_before(press)
        for part in parts:
            text = before.get(part.label) if before else part.written(profile)
            form.add_item(_field(part, text or ""))
        await gate.ask(press, form, message("That took me too long. Press the button again."))

    async def form_typed(self, press: Press, guild: str, name: str, _fresh: str) -> None:
        key = await self._key(press, guild)
        parts = FORMS[name][1]
        texts = {part.label: typed(press, part.name) for part in parts}
        try:
            changes = {name: value for part in parts for name, value in part.read(texts[part.label]).items()}
            kept = await self._keep(key, changes)
        except Refusal as refusal:
            words = refusals.words(refusal)
            await gate.answer(press, again.mistake(words, texts, "me.edit.form", guild, name), replace=True)
        else:
            await self._show_edit(press, key, kept)

    async def chosen(self, press: Press, guild: str, name: str) -> None:
        key = await self._key(press, guild)
        values = chosen(press)
        changes = {name: tuple(values) if name == "open_to" else next(iter(values), "")}
        await self._show_edit(press, key, await self._keep(key, changes))

    async def _keep(self, key: Key, changes: Mapping[str, Any]) -> Profile:
        """Write these fields and no others."""
        only = [name for name in PROFILE_FIELDS if name in changes]
        changed = replace(Profile(), **changes)
        return await members.change_profile(self._app, key, changed, self._app.now(), only=only)

    async def _show_edit(self, press: Press, key: Key, profile: Profile) -> None:
        await gate.answer(press, pages.editing(key.guild_id, profile), replace=True)

    # -- who sees what, the checklist ------------------------------------------------------------

    async def shown(self, press: Press, guild: str) -> None:
        member = await here.known(self._app, press, key_of(press, guild))
        profile = await members.profile(self._app, member.key)
        await gate.answer(press, pages.shown(member, profile), replace=True)

    async def shown_chosen(self, press: Press, guild: str, name: str) -> None:
        member = await here.known(self._app, press, key_of(press, guild))
        who = cast(Shown, chosen(press)[0])
        profile = await members.show_field(self._app, member.key, name, who, self._app.now())
        await gate.answer(press, pages.shown(member, profile), replace=True)

    async def check(self, press: Press, guild: str) -> None:
        key = await self._key(press, guild)
        profile = await members.profile(self._app, key)
        await gate.answer(press, pages.check(key.guild_id, profile), replace=True)

    async def tick(self, press: Press, guild: str, answer: str, item: str) -> None:
        key = await self._key(press, guild)
        profile = await members.tick(self._app, key, item, answer == "yes", self._app.now())
        await gate.answer(press, pages.check(key.guild_id, profile), replace=True)


def _field(part: Part, text: str) -> ui.Label[Any]:
    style = discord.TextStyle.paragraph if part.is_long else discord.TextStyle.short
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=part.name,
        style=style,
        default=text[: part.longest] or None,
        required=False,
        max_length=part.longest,
    )
    return ui.Label(text=part.label, description=part.hint, component=field)
