"""The pages of `/rounds settings`. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from discord import ui

from bot.moderation.permissions import WHERE, named
from bot.reviews.values import Settings
from cogs.checkins.cohort_times import clock, zone_name
from cogs.layout import button, message, row
from cogs.reviews.words import rounds as words
from cogs.thread_settings_pages import DANGER, Pages, Words, menu
from cogs.thread_settings_pages import NEEDED as OF_THREADS

NEEDED = (*OF_THREADS, "attach_files")
"""What the bot must be allowed where threads of reviews open, by Discord's name, in the order to grant it."""

_PREVIEW, _PATIENCE, _KEEP = (0, 2, 6, 12, 24, 48, 72), (0, 12, 24, 48, 72, 168), (1, 3, 7, 14, 21, 30)
PAGES = Pages(
    home="rounds.settings",
    prefix="rounds",
    words=Words(
        channel_menu=words.CHANNEL_MENU,
        day_menu=words.DAY_MENU,
        hour_menu=words.HOUR_MENU,
        days=words.DAYS,
        zone_title=words.ZONE_TITLE,
        zone_field=words.ZONE_FIELD,
        zone_hint=words.ZONE_HINT,
        which_city=words.WHICH_CITY,
        which_city_why=words.WHICH_CITY_WHY,
        back=words.BACK,
        too_late=words.TOO_LATE,
        off_heading=words.OFF_HEADING,
        off_why=words.OFF_WHY,
        off_it=words.OFF_IT,
        stay=words.STAY,
    ),
)


def home(way: Settings, missing: Sequence[str] | None) -> ui.LayoutView:
    """How a server reads, and what the bot lacks in its channel. missing: None: that channel is gone."""
    on = way.channel_id is not None
    return message(
        words.SETTINGS_PAGE,
        "\n".join(_facts(way, missing)),
        words.SETTINGS_SMALL,
        rows=[
            row(PAGES.channel(way.channel_id)),
            *(PAGES.when(way.day, way.minute) if on and way.weekly else []),
            row(*_buttons(way, on)),
        ],
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
        button(words.TURN_OFF, "rounds.off", style=DANGER),
    ]


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
            row(menu("rounds.rule", ("least",), words.LEAST_MENU, scores, near)),
            row(_numbers("keep", words.KEEP_MENU, _KEEP, words.keep_option, way.keep_days)),
            row(PAGES.back()),
        ],
    )


def _numbers(
    name: str, ask: str, some: Sequence[int], said: Callable[[int], str], now: int
) -> ui.Select[Any]:
    options = [(str(number), said(number)) for number in some]
    return menu("rounds.rule", (name,), ask, options, str(now))
