"""What `/rounds` shows of a round, and of a server's reviews as a whole. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.reviews.credit import MOST_WAIVED
from bot.reviews.draw import Chosen
from bot.reviews.flow.drawing import Preview
from bot.reviews.stats import Supply
from bot.reviews.values import Round
from cogs.gate import escape
from cogs.layout import button, message, row
from cogs.reviews.words import board as board_words
from cogs.reviews.words import rounds as words
from cogs.router import custom_id

PER_PAGE = 10  # pairs
MOST_SHORT = 8  # that are named; the others are counted
FIRST_PAGE = -1  # in the place of a page's number: the preview itself
_REASON = 200
_MAIN, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.danger


# -- a round begins ------------------------------------------------------------------------------


def opened(_one: Round) -> ui.LayoutView:
    return message(
        words.OPENED, words.OPENED_WHY, rows=[row(button(words.LOOK, "rounds.preview", style=_MAIN))]
    )


def no_round() -> ui.LayoutView:
    return message(
        words.NO_ROUND,
        words.NO_ROUND_WHY,
        rows=[
            row(
                button(words.DRY_RUN, "rounds.dry", style=_MAIN),
                button(words.OPEN_NOW, "rounds.open"),
                button(words.SETTINGS, "rounds.settings"),
            )
        ],
    )


def drawing() -> ui.LayoutView:
    return message(words.DRAWING, words.DRAWING_WHY, rows=[row(button(words.REFRESH, "rounds.preview"))])


# -- the preview ---------------------------------------------------------------------------------


def preview(seen: Preview, note: str = "") -> ui.LayoutView:
    """Counts, the weakest pairs, and who is short with the reason. note: what has just been done."""
    return message(
        words.TRIED if seen.round_id is None else words.PREVIEW,
        "\n".join(_counts(seen)),
        _block(words.WORST, _pairs(seen.worst, 1)) or words.NO_PAIRS,
        _block(words.SHORT, _short(seen)),
        words.VETO_WHY if seen.round_id is not None and seen.worst else "",
        note,
        words.ONLY_MODERATORS,
        rows=_rows(seen),
    )


def _counts(seen: Preview) -> list[str]:
    lines = [
        words.counts(seen.requests, seen.readers),
        words.coverage(seen.wanted, seen.filled),
        words.served(seen.served),
        words.BESIDE if seen.beside else "",
        words.HIDDEN if seen.hidden else "",
        words.publishes(moment(seen.publish_at)) if seen.publish_at else "",
    ]
    return list(filter(None, lines))


def _block(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([heading, *lines]) if lines else ""


def _pairs(some: Sequence[Chosen], first: int) -> list[str]:
    return [_pair(number, one) for number, one in enumerate(some, first)]


def _pair(number: int, one: Chosen) -> str:
    why = [board_words.pair_reason(reason) for reason in one.reasons]
    return words.pair(number, f"<@{one.author_id}>", f"<@{one.reader_id}>", words.fits(one.score), why)


def _short(seen: Preview) -> list[str]:
    lines = [
        words.short(f"<@{one.author_id}>", one.missing, escape(one.reason, _REASON))
        for one in seen.short[:MOST_SHORT]
    ]
    more = len(seen.short) - MOST_SHORT
    return [*lines, words.and_more(more)] if more > 0 else lines


def moment(at: datetime) -> str:
    """As Discord shows it to each reader."""
    return f"<t:{int(at.timestamp())}:f>"


def _rows(seen: Preview) -> list[ui.ActionRow[Any]]:
    if seen.round_id is None:
        return [
            row(
                button(words.OPEN_NOW, "rounds.open", style=_MAIN),
                button(words.DRY_RUN, "rounds.dry"),
            )
        ]
    return [
        *([row(_veto(seen.round_id, FIRST_PAGE, seen.worst, 1))] if seen.worst else []),
        row(
            button(words.PUBLISH, "rounds.publish", seen.round_id, style=_MAIN),
            button(words.ALL_PAIRS, "rounds.pairs", 0),
            button(words.REFRESH, "rounds.preview"),
            button(words.CANCEL, "rounds.cancel", seen.round_id, style=_DANGER),
        ),
    ]


def _veto(round_id: int, page: int, some: Sequence[Chosen], first: int) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("rounds.veto", round_id, page),
        placeholder=words.VETO_MENU,
        options=[
            discord.SelectOption(label=words.veto_option(number), value=f"{one.author_id}-{one.reader_id}")
            for number, one in enumerate(some, first)
        ],
    )


def pairs(seen: Preview, page: int, note: str = "") -> ui.LayoutView:
    """All pairs of a round that waits for a look, ten a page; those of newcomers come last."""
    every = (*seen.pairs, *seen.beside)
    last = max(0, len(every) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    first = page * PER_PAGE
    shown = every[first : first + PER_PAGE]
    nav = [button(words.EARLIER, "rounds.pairs", page - 1)] if page else []
    nav += [button(words.MORE, "rounds.pairs", page + 1)] if page < last else []
    menu = [row(_veto(seen.round_id, page, shown, first + 1))] if shown and seen.round_id is not None else []
    return message(
        _block(words.PAIRS, _pairs(shown, first + 1)) or words.NO_PAIRS,
        note,
        words.page_of(page + 1, last + 1),
        rows=[*menu, row(*nav, button(words.BACK, "rounds.preview"))],
    )


def cancelling(round_id: int) -> ui.LayoutView:
    return message(
        words.CANCEL_HEADING,
        words.CANCEL_WHY,
        rows=[
            row(
                button(words.CANCEL_IT, "rounds.cancelled", round_id, style=_DANGER),
                button(words.BACK, "rounds.preview"),
            )
        ],
    )


# -- supply and demand ---------------------------------------------------------------------------


def stats(found: Supply) -> ui.LayoutView:
    """What is asked and offered, in words; and the way to a member's give and take."""
    menu: ui.UserSelect[Any] = ui.UserSelect(
        custom_id=custom_id("rounds.member"), placeholder=words.MEMBER_MENU
    )
    lines = [
        words.offered(found.readers, found.room),
        words.asked(found.asking, found.wanted),
        words.waited(found.waited_days),
        words.sent(found.sent, found.in_time),
    ]
    return message(
        words.STATS,
        "\n".join(lines),
        words.STATS_WHY,
        rows=[row(menu), row(button(words.REFRESH, "rounds.stats"))],
    )


def member(user_id: int, note: str = "") -> ui.LayoutView:
    """A menu that lets one member off."""
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("rounds.waive", user_id),
        placeholder=words.WAIVE_MENU,
        options=[
            discord.SelectOption(label=words.waive_option(number), value=str(number))
            for number in range(1, MOST_WAIVED + 1)
        ],
    )
    return message(
        words.member(f"<@{user_id}>"),
        words.WAIVE_WHY,
        note,
        rows=[row(menu), row(button(words.BACK, "rounds.stats"))],
    )
