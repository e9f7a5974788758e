"""The pages on which moderators set how their server draws. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.meets.values import Settings
from bot.moderation.permissions import WHERE, named
from bot.people import zones
from cogs.checkins.cohort_times import clock, zone_name
from cogs.city_menu import city_menu
from cogs.layout import button, message, row
from cogs.meets.words import settings as words
from cogs.router import custom_id, fresh

NEEDED = (
    "view_channel",
    "send_messages",
    "read_message_history",
    "create_private_threads",
    "send_messages_in_threads",
    "manage_threads",
)
"""What the bot must be allowed where threads of meetings open, by Discord's name, in the order to grant it."""

_DANGER = discord.ButtonStyle.danger


def home(way: Settings, missing: Sequence[str] | None) -> ui.LayoutView:
    """When a server draws, and what the bot lacks in its channel. missing: None: that channel is gone."""
    on = way.channel_id is not None
    again = [button(words.TRY_AGAIN, "meets.settings.again")] if way.blocked_at else []
    buttons = [
        button(words.ZONE, "meets.settings.zone"),
        *again,
        button(words.TURN_OFF, "meets.settings.off", style=_DANGER),
    ]
    return message(
        words.PAGE,
        "\n".join(_facts(way, missing)),
        words.SMALL,
        rows=[row(_channel(way)), *(_when(way) if on else []), *([row(*buttons)] if on else [])],
    )


def _facts(way: Settings, missing: Sequence[str] | None) -> Iterable[str]:
    if way.channel_id is None:
        yield words.OFF
        return
    mention = f"<#{way.channel_id}>"
    yield words.gone(mention) if missing is None else words.channel(mention)
    if missing:
        yield words.lacks(mention, named(missing), WHERE)
    yield words.draws(words.DAYS[way.day], clock(way.minute), zone_name(way.zone))
    if way.next_draw_at:
        yield words.next_draw(f"<t:{int(way.next_draw_at.timestamp())}:F>")
    if way.blocked_at:
        yield words.BLOCKED


def _channel(way: Settings) -> ui.ChannelSelect[Any]:
    kind = discord.SelectDefaultValueType.channel
    known = [discord.SelectDefaultValue(id=way.channel_id, type=kind)] if way.channel_id else []
    return ui.ChannelSelect(
        custom_id=custom_id("meets.settings.channel"),
        placeholder=words.CHANNEL_MENU,
        channel_types=[discord.ChannelType.text],
        default_values=known,
    )


def _when(way: Settings) -> list[ui.ActionRow[Any]]:
    days = [(str(number), name) for number, name in enumerate(words.DAYS)]
    hours = [(str(hour * 60), clock(hour * 60)) for hour in range(24)]
    return [
        row(_menu("meets.settings.day", words.DAY_MENU, days, str(way.day))),
        row(_menu("meets.settings.hour", words.HOUR_MENU, hours, str(way.minute))),
    ]


def _menu(name: str, ask: str, options: Sequence[tuple[str, str]], now: str) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id(name),
        placeholder=ask,
        options=[
            discord.SelectOption(label=label, value=value, default=value == now) for value, label in options
        ],
    )


def zone(text: str) -> ui.Modal:
    form = ui.Modal(title=words.ZONE_TITLE, custom_id=custom_id("meets.settings.zone.typed", fresh()))
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id="zone", default=text[: zones.MAX_QUERY] or None, max_length=zones.MAX_QUERY
    )
    form.add_item(ui.Label(text=words.ZONE_FIELD, description=words.ZONE_HINT, component=field))
    return form


def cities(hits: Sequence[tuple[str, str]], now: datetime) -> ui.LayoutView:
    """What a typed city may mean."""
    return message(
        words.WHICH_CITY,
        words.WHICH_CITY_WHY,
        rows=[
            row(city_menu(hits, now, "meets.settings.zone.chosen")),
            row(button(words.BACK, "meets.settings")),
        ],
    )


def turning_off() -> ui.LayoutView:
    return message(
        words.OFF_HEADING,
        words.OFF_WHY,
        rows=[
            row(
                button(words.OFF_IT, "meets.settings.off.yes", style=_DANGER),
                button(words.STAY, "meets.settings"),
            )
        ],
    )
