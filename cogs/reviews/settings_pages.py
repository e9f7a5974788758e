"""The pages of `/rounds settings`. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.moderation.permissions import WHERE, named
from bot.people import zones
from bot.reviews.values import Settings
from cogs.checkins.cohort_times import clock, zone_name
from cogs.city_menu import city_menu
from cogs.layout import button, message, row
from cogs.reviews.words import rounds as words
from cogs.router import custom_id, fresh

NEEDED = (
    "view_channel",
    "send_messages",
    "read_message_history",
    "create_private_threads",
    "send_messages_in_threads",
    "manage_threads",
    "attach_files",
)
"""What the bot must be allowed where threads of reviews open, by Discord's name, in the order to grant it."""

_PREVIEW, _PATIENCE, _KEEP = (0, 2, 6, 12, 24, 48, 72), (0, 12, 24, 48, 72, 168), (1, 3, 7, 14, 21, 30)
_DANGER = discord.ButtonStyle.danger


def home(way: Settings, missing: Sequence[str] | None) -> ui.LayoutView:
    """How a server reads, and what the bot lacks in its channel. missing: None: that channel is gone."""
    on = way.channel_id is not None
    return message(
        words.SETTINGS_PAGE,
        "\n".join(_facts(way, missing)),
        words.SETTINGS_SMALL,
        rows=[row(_channel(way)), *(_when(way) if on else []), row(*_buttons(way, on))],
    )


def _facts(way: Settings, missing: Sequence[str] | None) -> Iterable[str]:
    if way.channel_id is None:
        yield words.OFF
        return
    mention = f"<#{way.channel_id}>"
    yield words.channel_gone(mention) if missing is None else words.channel(mention)
    if missing:
        yield words.lacks(mention, named(missing), WHERE)
    zone = zone_name(way.zone)
    yield words.weekly(words.DAYS[way.day], clock(way.minute), zone) if way.weekly else words.NOT_WEEKLY
    if way.weekly and way.next_round_at:
        yield words.next_round(f"<t:{int(way.next_round_at.timestamp())}:F>")
    yield from _rules(way)


def _rules(way: Settings) -> Iterable[str]:
    yield words.preview_hours(way.preview_h)
    yield words.patience(way.patience_h, least(way.least).lower())
    yield words.keep(way.keep_days)


def least(score: int) -> str:
    """In words, that of the nearest step below."""
    return words.LEAST[max(step for step in words.LEAST if step <= score)]


def _channel(way: Settings) -> ui.ChannelSelect[Any]:
    kind = discord.SelectDefaultValueType.channel
    known = [discord.SelectDefaultValue(id=way.channel_id, type=kind)] if way.channel_id else []
    return ui.ChannelSelect(
        custom_id=custom_id("rounds.channel"),
        placeholder=words.CHANNEL_MENU,
        channel_types=[discord.ChannelType.text],
        default_values=known,
    )


def _when(way: Settings) -> list[ui.ActionRow[Any]]:
    if not way.weekly:
        return []
    days = [(str(number), name) for number, name in enumerate(words.DAYS)]
    hours = [(str(hour * 60), clock(hour * 60)) for hour in range(24)]
    return [
        row(_menu("rounds.day", (), words.DAY_MENU, days, str(way.day))),
        row(_menu("rounds.hour", (), words.HOUR_MENU, hours, str(way.minute))),
    ]


def _buttons(way: Settings, on: bool) -> list[ui.Button[Any]]:
    meetings = button(words.MEETINGS, "meets.settings")
    if not on:
        return [meetings]
    turn = (words.WEEKLY_OFF, "off") if way.weekly else (words.WEEKLY_ON, "on")
    return [
        button(words.ZONE, "rounds.zone"),
        button(turn[0], "rounds.weekly", turn[1]),
        button(words.RULES, "rounds.rules"),
        meetings,
        button(words.TURN_OFF, "rounds.off", style=_DANGER),
    ]


def _menu(
    name: str, ids: Sequence[object], ask: str, options: Sequence[tuple[str, str]], now: str
) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id(name, *ids),
        placeholder=ask,
        options=[
            discord.SelectOption(label=label, value=value, default=value == now) for value, label in options
        ],
    )


# -- the clock -----------------------------------------------------------------------------------


def zone(text: str) -> ui.Modal:
    form = ui.Modal(title=words.ZONE_TITLE, custom_id=custom_id("rounds.zone.typed", fresh()))
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
        rows=[row(city_menu(hits, now, "rounds.zone.chosen")), row(_back())],
    )


# -- rules ---------------------------------------------------------------------------------------


def rules(way: Settings) -> ui.LayoutView:
    """Four menus; each counts at once."""
    scores = [(str(step), label) for step, label in words.LEAST.items()]
    near = str(max(step for step in words.LEAST if step <= way.least))
    return message(
        words.RULES_PAGE,
        "\n".join(_rules(way)),
        rows=[
            row(_numbers("preview", words.PREVIEW_MENU, _PREVIEW, words.preview_option, way.preview_h)),
            row(_numbers("patience", words.PATIENCE_MENU, _PATIENCE, words.patience_option, way.patience_h)),
            row(_menu("rounds.rule", ("least",), words.LEAST_MENU, scores, near)),
            row(_numbers("keep", words.KEEP_MENU, _KEEP, words.keep_option, way.keep_days)),
            row(_back()),
        ],
    )


def _numbers(
    name: str, ask: str, some: Sequence[int], said: Callable[[int], str], now: int
) -> ui.Select[Any]:
    options = [(str(number), said(number)) for number in some]
    return _menu("rounds.rule", (name,), ask, options, str(now))


def turning_off() -> ui.LayoutView:
    return message(
        words.OFF_HEADING,
        words.OFF_WHY,
        rows=[
            row(button(words.OFF_IT, "rounds.off.yes", style=_DANGER), button(words.STAY, "rounds.settings"))
        ],
    )


def _back() -> ui.Button[Any]:
    return button(words.BACK, "rounds.settings")
