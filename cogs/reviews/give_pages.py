"""The pages of `/review give`. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.people.languages import language_name
from bot.reviews.credit import Account
from bot.reviews.flow.giving import MOST_CAPACITY, MOST_PAUSE, Joined
from bot.reviews.ratings import Thanks
from bot.reviews.values import Kind, Reader
from cogs.layout import button, message, row
from cogs.reviews.words import give as words
from cogs.reviews.words.ask import KINDS
from cogs.router import custom_id, fresh

_LONGEST = 300  # characters of typed languages
_MAIN, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.danger


def join(guild: int) -> ui.LayoutView:
    """What it is, and one menu that makes them a reader."""
    return message(
        words.HEADING, words.JOIN_WHY, words.JOIN_CHOOSE, words.SMALL, rows=[row(_capacity(guild, 0))]
    )


def reader(
    guild: int, joined: Joined, mine: Account, thanked: Thanks, offered: Sequence[Kind], now: datetime
) -> ui.LayoutView:
    """All that a reader has chosen. thanked: what their reviews have brought. offered: kinds with a rubric."""
    me = joined.reader
    pauses = me.paused_until is not None and me.paused_until > now
    sample = [button(words.SAMPLE, "review.sample", guild, style=_MAIN)] if joined.sample else []
    resume = [button(words.RESUME, "review.resume", guild, style=_MAIN)] if pauses else []
    return message(
        words.READING,
        "\n".join(_lines(joined, mine, thanked, pauses)),
        words.SMALL,
        rows=[
            row(_capacity(guild, me.capacity)),
            *([row(_kinds(guild, me, offered))] if offered else []),
            row(_pause(guild)),
            row(
                *sample,
                *resume,
                button(words.LANGUAGES, "review.languages", guild),
                button(words.LEAVE, "review.leave", guild),
            ),
        ],
    )


def _lines(joined: Joined, mine: Account, thanked: Thanks, pauses: bool) -> list[str]:
    me = joined.reader
    lines = [
        words.gate(_moment(joined.reads_from)) if joined.reads_from else "",
        words.SAMPLE_FIRST if joined.sample else "",
        words.paused(_moment(me.paused_until)) if pauses and me.paused_until else "",
        words.at_a_time(me.capacity),
        words.kinds([KINDS[kind] for kind in me.kinds]),
        words.languages(list(map(language_name, me.languages))),
        words.given(mine.given, mine.received),
        _thanked(thanked),
    ]
    return list(filter(None, lines))


def _thanked(found: Thanks) -> str:
    said = found.helpful, found.specific, found.respectful
    return words.thanks(found.reviews, *said) if any(said) else ""


def _moment(at: datetime) -> str:
    return f"<t:{int(at.timestamp())}:f>"


def _capacity(guild: int, now: int) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("review.join", guild),
        placeholder=words.CAPACITY_MENU,
        options=[
            discord.SelectOption(label=words.capacity(number), value=str(number), default=number == now)
            for number in range(1, MOST_CAPACITY + 1)
        ],
    )


def _kinds(guild: int, me: Reader, offered: Sequence[Kind]) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("review.kinds", guild),
        placeholder=words.KINDS_MENU,
        max_values=len(offered),
        options=[
            discord.SelectOption(label=KINDS[kind], value=kind, default=kind in me.kinds) for kind in offered
        ],
    )


def _pause(guild: int) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("review.pause", guild),
        placeholder=words.PAUSE_MENU,
        options=[
            discord.SelectOption(label=words.weeks(number), value=str(number))
            for number in range(1, MOST_PAUSE + 1)
        ],
    )


def languages(guild: str, text: str) -> ui.Modal:
    form = ui.Modal(
        title=words.LANGUAGES_TITLE, custom_id=custom_id("review.languages.typed", guild, fresh())
    )
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id="languages", default=text[:_LONGEST] or None, required=False, max_length=_LONGEST
    )
    form.add_item(ui.Label(text=words.LANGUAGES_FIELD, description=words.LANGUAGES_HINT, component=field))
    return form


def leaving(guild: int) -> ui.LayoutView:
    return message(
        words.LEAVE_HEADING,
        words.LEAVE_WHY,
        rows=[
            row(
                button(words.LEAVE, "review.left", guild, style=_DANGER),
                button(words.STAY, "review.give", guild),
            )
        ],
    )
