"""The pages of `/me profile`: values → messages, pure. Every button names the server that it is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

import discord
from discord import ui

from bot.people.checklist import Line, checklist
from bot.people.countries import country_name
from bot.people.languages import language_name
from bot.people.members import FIELDS, LEVELS, OPEN_TO, PROFILE_FIELDS, Member, Profile, Shown
from cogs.gate import escape, title_link
from cogs.layout import ACCENT, button, message, row
from cogs.router import custom_id

NAMES: Mapping[str, str] = {
    "headline": "Headline",
    "field": "Field",
    "level": "Level",
    "skills": "Skills",
    "languages": "Languages",
    "country": "Country",
    "may_work": "Where I may work",
    "pay_floor": "Pay",
    "links": "Links",
    "open_to": "Open to",
}
CIRCLES: Mapping[Shown, str] = {"server": "everybody here", "pairs": "people I meet here", "me": "only me"}
_SEES: Mapping[Shown, str] = {
    "server": "As everybody here sees you",
    "pairs": "As people you meet here see you",
    "me": "As only you see it",
}
_MAX_NAME, _MAX_HEADLINE, _MAX_SKILLS, _MAX_PLACES, _MAX_LINK = 100, 240, 700, 500, 250
_MAX_ADDRESS = 60  # of a link's words; the rest of the address is behind them


@dataclass(frozen=True, slots=True)
class Face:
    """Who the card is of, as Discord shows them. picture: the address of their avatar; None: no picture."""

    name: str
    picture: str | None = None


# -- the card ------------------------------------------------------------------------------------


def card(profile: Profile, fields: Collection[str], face: Face) -> ui.Container[Any]:
    """Somebody's profile, as those see it who may see these fields: the order in which people ask."""
    lines = "\n".join(_lines(profile, fields)) or "Nothing is shown here yet."
    heading = ui.TextDisplay[Any](f"### {escape(face.name, _MAX_NAME)}")
    body = ui.TextDisplay[Any](lines)
    if face.picture is None:
        return ui.Container(heading, body, accent_colour=ACCENT)
    picture = ui.Thumbnail[Any](face.picture, description=f"The picture of {escape(face.name, _MAX_NAME)}")
    return ui.Container(ui.Section(heading, body, accessory=picture), accent_colour=ACCENT)


def _lines(profile: Profile, fields: Collection[str]) -> Iterator[str]:
    if "headline" in fields and profile.headline:
        yield f"**{escape(profile.headline, _MAX_HEADLINE)}**"
    work = [
        words
        for name, words in (("field", FIELDS.get(profile.field)), ("level", LEVELS.get(profile.level)))
        if name in fields and words
    ]
    if work:
        yield " · ".join(work)
    if "skills" in fields and profile.skills:
        yield escape(" · ".join(profile.skills), _MAX_SKILLS)
    facts = {
        "country": escape(country_name(profile.country), 100) if profile.country else "",
        "may_work": _places(profile.may_work),
        "languages": escape(", ".join(map(language_name, profile.languages)), _MAX_PLACES),
        "pay_floor": f"from {profile.pay_floor:,} {profile.pay_currency} a year" if profile.pay_floor else "",
        "open_to": ", ".join(map(_small, (OPEN_TO[one] for one in profile.open_to if one in OPEN_TO))),
    }
    yield from (f"**{_SAID[name]}:** {words}" for name, words in facts.items() if name in fields and words)
    if "links" in fields:
        yield from (f"• {_link(url)}" for url in profile.links)


_SAID = {
    "country": "Lives in",
    "may_work": "May work in",
    "languages": "Speaks",
    "pay_floor": "Pay",
    "open_to": "Open to",
}


def _small(words: str) -> str:
    """As it stands inside a sentence."""
    return words[:1].lower() + words[1:]


def _places(codes: Collection[str]) -> str:
    return escape(", ".join(map(country_name, codes)), _MAX_PLACES)


def _link(url: str) -> str:
    shown = url.split("://", 1)[-1].removesuffix("/")
    words = shown if len(shown) <= _MAX_ADDRESS else f"{shown[: _MAX_ADDRESS - 1]}…"
    return title_link(words, url, len(url) + 2 * _MAX_ADDRESS + 4 if len(url) <= _MAX_LINK else _MAX_LINK)


# -- the first page ------------------------------------------------------------------------------


def home(member: Member, profile: Profile, face: Face, circle: Shown) -> ui.LayoutView:
    """The card as this circle would see it, who really sees it, and the ways to change it."""
    guild = member.key.guild_id
    fields = profile.seen_by(circle)
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay(f"{_who_sees(member)}\n-# {_SEES[circle]}:"))
    view.add_item(card(profile, fields, face))
    if hidden := [NAMES[name] for name in PROFILE_FIELDS if name not in fields and getattr(profile, name)]:
        view.add_item(ui.TextDisplay(f"-# Not on it: {', '.join(hidden)}."))
    view.add_item(row(*(_circle(guild, one, circle) for one in ("server", "pairs", "me"))))
    view.add_item(
        row(
            button("Edit", "me.edit", guild, style=discord.ButtonStyle.primary),
            button("Who sees what", "me.shown", guild),
            button("Checklist", "me.check", guild),
        )
    )
    return view


def _who_sees(member: Member) -> str:
    if not member.private:
        return "**People here can see this card.** Private search is off."
    if member.opens("card"):
        return "**This card may be shown here.** You opened it in private search."
    return "**Nobody sees this card.** You search in private; /me settings can open it."


def _circle(guild: int, one: Shown, now: Shown) -> ui.Button[Any]:
    labels: Mapping[Shown, str] = {"server": "Everybody", "pairs": "People I meet", "me": "Only me"}
    turn = button(labels[one], "me.profile", guild, one)
    turn.disabled = one == now
    return turn


# -- editing -------------------------------------------------------------------------------------


def editing(guild: int, profile: Profile) -> ui.LayoutView:
    """Four forms for what is typed, three menus for what is chosen; each is kept at once."""
    told = "\n".join(_lines(profile, PROFILE_FIELDS))
    return message(
        "### Your profile",
        told or "It is empty. Begin where you like; each part is kept at once.",
        "-# New parts are seen by nobody but you, until you choose who sees what.",
        rows=[
            row(
                button("Headline, skills", "me.edit.form", guild, "words"),
                button("Places", "me.edit.form", guild, "places"),
                button("Languages, pay", "me.edit.form", guild, "terms"),
            ),
            row(
                button("Links", "me.edit.form", guild, "links"), button("Back", "me.profile", guild, "server")
            ),
            row(_menu(guild, "field", FIELDS, [profile.field])),
            row(_menu(guild, "level", LEVELS, [profile.level])),
            row(_menu(guild, "open_to", OPEN_TO, profile.open_to)),
        ],
    )


def _menu(guild: int, name: str, offered: Mapping[str, str], chosen: Collection[str]) -> ui.Select[Any]:
    """None may be chosen, which empties it; of what somebody is open to, several."""
    return ui.Select(
        custom_id=custom_id("me.edit.choose", guild, name),
        placeholder=NAMES[name],
        min_values=0,
        max_values=len(offered) if name == "open_to" else 1,
        options=[
            discord.SelectOption(label=label, value=value, default=value in chosen)
            for value, label in offered.items()
        ],
    )


# -- who sees what -------------------------------------------------------------------------------


def shown(member: Member, profile: Profile) -> ui.LayoutView:
    """A menu a field; the field's name stands in the choice itself, so that it is read together with it."""
    guild = member.key.guild_id
    shut = member.private and not member.opens("card")
    return message(
        "### Who sees what",
        "People you meet are those you are introduced to or paired with.",
        "-# Nobody sees any of it before you open your card in /me settings." if shut else "",
        rows=[
            *(row(_circle_menu(guild, name, profile.shown.get(name, "me"))) for name in PROFILE_FIELDS),
            row(button("Back", "me.profile", guild, "server")),
        ],
    )


def _circle_menu(guild: int, name: str, now: Shown) -> ui.Select[Any]:
    circles: tuple[Shown, ...] = get_args(Shown)
    return ui.Select(
        custom_id=custom_id("me.shown.choose", guild, name),
        placeholder=NAMES[name],
        options=[
            discord.SelectOption(label=f"{NAMES[name]}: {CIRCLES[one]}", value=one, default=one == now)
            for one in circles
        ],
    )


# -- the checklist -------------------------------------------------------------------------------


def check(guild: int, profile: Profile) -> ui.LayoutView:
    """The four things that whoever hires from afar looks for: a yes, or one next step. No score."""
    view = ui.LayoutView(timeout=None)
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay("### Can they see you work?\nFour things that people who hire from afar look for.")
    ]
    parts += [_item(guild, line) for line in checklist(profile)]
    parts.append(
        row(button("Edit my profile", "me.edit", guild), button("Back", "me.profile", guild, "server"))
    )
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _item(guild: int, line: Line) -> ui.Item[Any]:
    item = line.item
    if line.seen:
        return ui.TextDisplay(f"**Yes.** {item.words}\n-# Your profile shows it.")
    if line.done:
        turn = button("Not yet", "me.check.tick", guild, "no", item.id)
        return ui.Section(ui.TextDisplay(f"**Yes.** {item.words}\n-# You said so."), accessory=turn)
    turn = button("Yes, done", "me.check.tick", guild, "yes", item.id)
    return ui.Section(ui.TextDisplay(f"**Not yet.** {item.words}\n{item.next_step}"), accessory=turn)
