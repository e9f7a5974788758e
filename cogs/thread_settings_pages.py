"""What pages share where moderators set in which channel private threads open, and when. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.people import zones
from cogs.checkins.cohort_times import clock
from cogs.city_menu import city_menu
from cogs.layout import button, message, row
from cogs.router import custom_id, fresh

NEEDED = (
    "view_channel",
    "send_messages",
    "read_message_history",
    "create_private_threads",
    "send_messages_in_threads",
    "manage_threads",
)
"""What the bot must be allowed where private threads open, by Discord's name, in the order to grant it."""

DANGER = discord.ButtonStyle.danger


@dataclass(frozen=True, slots=True)
class Words:
    """What a subject says on them. days: their names, Monday first."""

    channel_menu: str
    day_menu: str
    hour_menu: str
    days: Sequence[str]
    zone_title: str
    zone_field: str
    zone_hint: str
    which_city: str
    which_city_why: str
    back: str
    too_late: str
    off_heading: str
    off_why: str
    off_it: str
    stay: str


@dataclass(frozen=True, slots=True)
class Pages:
    """Those of one subject. home: the custom_id that opens its settings. prefix: what all others begin with."""

    home: str
    prefix: str
    words: Words

    def channel(self, channel_id: int | None) -> ui.ChannelSelect[Any]:
        kind = discord.SelectDefaultValueType.channel
        known = [discord.SelectDefaultValue(id=channel_id, type=kind)] if channel_id else []
        return ui.ChannelSelect(
            custom_id=custom_id(f"{self.prefix}.channel"),
            placeholder=self.words.channel_menu,
            channel_types=[discord.ChannelType.text],
            default_values=known,
        )

    def when(self, day: int, minute: int) -> list[ui.ActionRow[Any]]:
        """Two menus. day: 0 for Monday. minute: of that day."""
        days = [(str(number), name) for number, name in enumerate(self.words.days)]
        hours = [(str(hour * 60), clock(hour * 60)) for hour in range(24)]
        return [
            row(menu(f"{self.prefix}.day", (), self.words.day_menu, days, str(day))),
            row(menu(f"{self.prefix}.hour", (), self.words.hour_menu, hours, str(minute))),
        ]

    def zone(self, text: str) -> ui.Modal:
        words = self.words
        form = ui.Modal(title=words.zone_title, custom_id=custom_id(f"{self.prefix}.zone.typed", fresh()))
        field: ui.TextInput[Any] = ui.TextInput(
            custom_id="zone", default=text[: zones.MAX_QUERY] or None, max_length=zones.MAX_QUERY
        )
        form.add_item(ui.Label(text=words.zone_field, description=words.zone_hint, component=field))
        return form

    def cities(self, hits: Sequence[tuple[str, str]], now: datetime) -> ui.LayoutView:
        """What a typed city may mean."""
        return message(
            self.words.which_city,
            self.words.which_city_why,
            rows=[row(city_menu(hits, now, f"{self.prefix}.zone.chosen")), row(self.back())],
        )

    def turning_off(self) -> ui.LayoutView:
        off = button(self.words.off_it, f"{self.prefix}.off.yes", style=DANGER)
        stay = button(self.words.stay, self.home)
        return message(self.words.off_heading, self.words.off_why, rows=[row(off, stay)])

    def back(self) -> ui.Button[Any]:
        return button(self.words.back, self.home)


def menu(
    name: str, ids: Sequence[object], ask: str, options: Sequence[tuple[str, str]], now: str
) -> ui.Select[Any]:
    """name, ids: of its custom_id. options: (value, label). now: the value that is chosen."""
    return ui.Select(
        custom_id=custom_id(name, *ids),
        placeholder=ask,
        options=[
            discord.SelectOption(label=label, value=value, default=value == now) for value, label in options
        ],
    )
