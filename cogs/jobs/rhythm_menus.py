"""When and how much a subscription tells: in words, and as menus. Pure.

Each menu is kept at once and the page is shown again; custom_ids carry the draft and the saved one that it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.jobs.hearing import CAPS
from bot.jobs.subscriptions import Preset, Rhythm, Subscription
from bot.people.members import Member
from cogs.jobs.places import Place
from cogs.layout import row
from cogs.router import custom_id

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PRESETS: Mapping[Preset, str] = {
    "calm": f"Calm: {CAPS['calm']} cards a day",
    "normal": f"Normal: {CAPS['normal']} cards a day",
    "all": "All: every card at once",
}
RHYTHMS: Mapping[Rhythm, str] = {"now": "At once", "daily": "Once a day", "weekly": "Once a week"}


def clock(minutes: int) -> str:
    """Minutes after midnight as 09:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def when(kept: Subscription, member: Member | None) -> str:
    """When it tells what, as a sentence. member: whose own it is."""
    return _of_channel(kept) if kept.channel_id else _of_member(kept, member)


def _of_channel(kept: Subscription) -> str:
    at = f"{clock(kept.at_minute)} {zone_words(kept.zone)}"
    if kept.rhythm == "daily":
        return f"One digest a day, at {at}."
    if kept.rhythm == "weekly":
        return f"One digest a week, on {WEEKDAYS[kept.weekday]} at {at}."
    cap = CAPS[kept.preset]
    if cap is None:
        return "At once, all of them."
    return f"At once, at most {cap} cards a day. The rest comes in one digest at {at}."


def _of_member(kept: Subscription, member: Member | None) -> str:
    at = f"{clock(kept.at_minute)} {zone_words(kept.zone or (member.zone if member else None))}"
    quiet = member.quiet if member else (0, 0)
    silent = f", but not from {clock(quiet[0])} to {clock(quiet[1])}" if quiet[0] != quiet[1] else ""
    if kept.rhythm == "now":
        return f"At once{silent}."
    if kept.rhythm == "daily":
        return f"Once a day, at {at}{silent}."
    return f"Once a week, on {WEEKDAYS[kept.weekday]} at {at}{silent}."


def zone_words(zone: str | None) -> str:
    return f"({(zone or 'UTC').replace('_', ' ')})"


def menus(kept: Subscription, editing: int) -> list[ui.ActionRow[Any]]:
    """How often; at which hour and on which day, where that matters; how many cards, in a channel."""
    ids = kept.id, editing
    rhythms = [(name, words) for name, words in RHYTHMS.items()]
    shown = [_menu("jobs.rhythm", ids, "How often?", rhythms, kept.rhythm)]
    if kept.channel_id and kept.rhythm == "now":
        shown.append(_menu("jobs.preset", ids, "How many?", list(PRESETS.items()), kept.preset))
    if kept.rhythm == "weekly":
        days = [(str(number), f"On {name}") for number, name in enumerate(WEEKDAYS)]
        shown.append(_menu("jobs.weekday", ids, "On which day?", days, str(kept.weekday)))
    if kept.rhythm != "now" or (kept.channel_id and CAPS[kept.preset] is not None):
        digest = "Digest at" if kept.channel_id else "At"
        hours = [(str(hour * 60), f"{digest} {clock(hour * 60)}") for hour in range(24)]
        shown.append(_menu("jobs.hour", ids, "At what time?", hours, str(kept.at_minute)))
    return [row(one) for one in shown]


def _menu(
    name: str, ids: tuple[int, int], ask: str, options: Sequence[tuple[str, str]], chosen: str
) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id(name, *ids),
        placeholder=ask,
        options=[
            discord.SelectOption(label=words, value=value, default=value == chosen)
            for value, words in options
        ],
    )


def tag_menu(where: Place, name: str, *arguments: object) -> ui.Select[Any]:
    """A forum's tags; one that has none that the bot may give says so."""
    options = [discord.SelectOption(label=tag[:100], value=tag[:100]) for tag in dict.fromkeys(where.tags)]
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id(name, *arguments),
        placeholder="The tag when no other fits" if options else "This forum has no tag that I may give",
        options=options or [discord.SelectOption(label="None", value="-")],
        disabled=not options,
    )
    return menu
