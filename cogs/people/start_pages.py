"""The pages of `/start`: values → messages, pure. Every button names the server that it is about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.jobs.flow.open_to import OpenTo
from bot.jobs.openings import Opening
from bot.jobs.place_words import place_line
from bot.jobs.subscriptions import TRIED_DAYS
from bot.people.countries import country_name
from bot.people.members import WISHES, Member, Profile, Wish, local_now
from bot.people.welcome import is_new, likely_countries, may_work_in
from cogs.city_menu import city_menu
from cogs.gate import escape, title_link
from cogs.layout import ago, button, message, row
from cogs.router import custom_id

_YES = discord.ButtonStyle.primary
MOST_NAMED = 5  # roles, countries

# What a wish leads to today; what isn't there yet is said plainly.
_NEXT: dict[Wish, str] = {
    "jobs": "Follow what you look for: /jobs subscribe.",
    "checkin": "Choose a group, and check in once a week: /checkin join.",
    "review": "Reading each other's resumes is not here yet. I keep your wish.",
    "meet": "See who wants to be found: /meet find.",
    "help": "Say what others may ask you for: /me profile, under Edit.",
}


def plainly(roles: Sequence[str]) -> str:
    """What is said before the first step. roles: the names of those that hold Manage Threads."""
    named = ", ".join(escape(name, 60) for name in roles[:MOST_NAMED])
    more = " and more" if len(roles) > MOST_NAMED else ""
    who = f"the owner, {named}{more}" if roles else "the owner alone"
    return (
        "**Before you begin.** I can't hide that you are in this server. "
        f"Whoever holds Manage Threads can open private threads here: {who}. "
        "The people who run this bot can read its database."
    )


# -- the three steps -----------------------------------------------------------------------------


def wishes(member: Member, roles: Sequence[str]) -> ui.LayoutView:
    """First: what would help. Choosing leads on at once."""
    guild = member.key.guild_id
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("start.wishes.choose", guild),
        placeholder="What would help you here?",
        max_values=len(WISHES),
        options=[
            discord.SelectOption(label=words, value=wish, default=wish in member.wishes)
            for wish, words in WISHES.items()
        ],
    )
    first = is_new(member)
    return message(
        f"### {'1 of 3 · ' if first else ''}What would help you here?",
        plainly(roles) if first else "",
        "Choose as many as you like. Only you and I see this.",
        rows=[row(menu), row(_on(member, "place"))],
    )


def place(member: Member, profile: Profile, locale: str | None) -> ui.LayoutView:
    """Second: where they may work. The likely countries to choose from; every other one is typed."""
    guild = member.key.guild_id
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("start.place.choose", guild),
        placeholder="The country I am in",
        options=[
            discord.SelectOption(label=country_name(code), value=code, default=code == profile.country)
            for code in likely_countries(locale)
        ],
    )
    return message(
        f"### {'2 of 3 · ' if is_new(member) else ''}Where may you work?",
        _may_work(profile),
        "Many openings are remote in some countries only. With yours I can tell which are open to you.",
        rows=[
            row(menu),
            row(button("Another country, or several", "start.place.ask", guild), _on(member, "private")),
        ],
    )


def zone_asked(member: Member, profile: Profile, hit: tuple[str, str], now: datetime) -> ui.LayoutView:
    """The zone is proposed from the country. hit: (zone, label of a city in it)."""
    guild, (zone, city) = member.key.guild_id, hit
    there = f"{now.astimezone(ZoneInfo(zone)):%H:%M}"
    return message(
        f"### Is it {there} where you are?",
        f"{_may_work(profile)} That is the time in {escape(city, 100)}.",
        rows=[
            row(
                button("Yes", "start.zone.yes", guild, zone, style=_YES),
                button("No, choose a city", "start.city.ask", guild),
                _on(member, "private"),
            )
        ],
    )


def cities(member: Member, hits: Sequence[tuple[str, str]], now: datetime) -> ui.LayoutView:
    """What a typed city may mean. hits: at most 25 (zone, label)."""
    guild = member.key.guild_id
    return message(
        "### Which one is it?",
        "Choose where it is the same time as with you.",
        rows=[
            row(city_menu(hits, now, "start.zone.choose", guild)),
            row(button("Another city", "start.city.ask", guild), _on(member, "private")),
        ],
    )


def private(member: Member) -> ui.LayoutView:
    """Third: how private. Private search is on for everybody from the first minute."""
    guild = member.key.guild_id
    state = "Private search is on." if member.private else "Private search is off."
    return message(
        f"### {'3 of 3 · ' if is_new(member) else ''}Could anyone here be your boss, a colleague or a client?",
        f"**{state}** While it is on:",
        "• No role, card, digest or search shows that you look for something.\n"
        "• Groups show a pen name. Messages to you don't say what they are about.\n"
        "• You never meet people of a company that you name; nobody is told why.",
        rows=[
            row(
                button("Yes: name the company", "start.employer.ask", guild, style=_YES),
                button("Keep it on", "start.private.on", guild),
                button("No, nobody could", "start.private.ask_off", guild),
            ),
            row(_on(member, "end")),
        ],
    )


def private_off(member: Member) -> ui.LayoutView:
    """Nobody could: then it may be switched off, which stays their own decision."""
    guild = member.key.guild_id
    return message(
        "### Leave private search on?",
        "Others may join tomorrow, so it stays on unless you switch it off. Off, people here can find you "
        "by the fields that you open in your profile.",
        rows=[
            row(
                button("Leave it on", "start.private.on", guild, style=_YES),
                button("Switch it off", "start.private.off", guild),
            )
        ],
    )


def _on(member: Member, step: str) -> ui.Button[Any]:
    """The first time: on to the next step. Afterwards: back to what is set."""
    if is_new(member):
        return button("Skip", "start.step", member.key.guild_id, step)
    return button("Back", "start.home", member.key.guild_id)


# -- what is set, and what it brings -------------------------------------------------------------


def home(member: Member, profile: Profile, server: str, now: datetime) -> ui.LayoutView:
    """For those who return: what is set, and one part to change."""
    guild = member.key.guild_id
    wished = "; ".join(WISHES[wish] for wish in member.wishes) or "Nothing yet"
    zone = (
        f"{member.zone.replace('_', ' ')}, where it is {local_now(member, now):%H:%M}."
        if member.zone
        else "Not set."
    )
    return message(
        f"### You in {escape(server, 100)}",
        f"**Wishes.** {wished}.\n**Place.** {_may_work(profile)}\n**Time zone.** {zone}\n"
        f"**Private search.** {'On.' if member.private else 'Off.'}",
        "-# More of you: /me profile and /me settings.",
        rows=[
            row(
                button("Wishes", "start.step", guild, "wishes"),
                button("Place and time", "start.step", guild, "place"),
                button("How private", "start.step", guild, "private"),
            ),
            row(button("Openings for me", "start.step", guild, "end", style=_YES)),
        ],
    )


def _may_work(profile: Profile) -> str:
    countries = may_work_in(profile)
    if not countries:
        return "I don't know yet where you may work."
    named = ", ".join(country_name(code) for code in countries[:MOST_NAMED])
    more = f" and {len(countries) - MOST_NAMED} more" if len(countries) > MOST_NAMED else ""
    return f"You may work in {named}{more}."


def end(member: Member, profile: Profile, found: OpenTo) -> ui.LayoutView:
    """Three openings that are proven to be open to them; or that there is none, and what brings some."""
    guild = member.key.guild_id
    return message(
        f"### {'Open to you' if found.openings else 'Nothing that I could promise you'}",
        *(_opening(one) for one in found.openings),
        _why_these(profile, found),
        "\n".join(f"• {_NEXT[wish]}" for wish in member.wishes if wish != "jobs" or found.openings),
        rows=[
            row(
                button("Find jobs", "panel.jobs", style=_YES),
                button("Where I may work", "start.step", guild, "place"),
                button("What is set", "start.home", guild),
            )
        ],
    )


def _opening(one: Opening) -> str:
    company = f" · {escape(one.company, 100)}" if one.company else ""
    words = place_line(one.facts.place, one.place_claim)
    where = f"{words.said}: “{escape(words.quote, 90)}”" if words.quote else words.said
    return (
        f"**{title_link(one.title, one.url, 200)}**{company}\n"
        f"Open to: {where}\n-# {escape(one.attribution, 60)} · {ago(one.dated)}"
    )


def _why_these(profile: Profile, found: OpenTo) -> str:
    if not found.of:
        return (
            "I have read no openings yet. Come back in a few hours, or let them come to you: /jobs subscribe."
        )
    if found.openings:
        return "-# As their own words prove it. /jobs check tells whether you may apply anywhere else."
    where = may_work_in(profile)
    said = f"Of {found.of} openings of the last {TRIED_DAYS} days none says it is open to "
    said += (
        "you." if not where else f"{country_name(where[0])}{' or your other countries' if where[1:] else ''}."
    )
    silent = (
        f" {found.silent} of them state{'s' if found.silent == 1 else ''} no place, and I don't guess."
        if found.silent
        else ""
    )
    brings = "Name every country where you may work" if where else "Tell me where you may work"
    return f"{said}{silent} {brings}; or let the next ones come to you: /jobs subscribe."
