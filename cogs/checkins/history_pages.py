"""The pages of `/checkin history`: my weeks as picture and words, my results, files. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.checkins.history import History, cells
from bot.checkins.pictures import alt_of_history
from bot.checkins.values import Result
from bot.checkins.week import number
from bot.text import cut, tidy
from cogs.checkins.words import history as words
from cogs.checkins.words import mine as mine_words
from cogs.gate import MAX_ALT_TEXT, MAX_OPTION, MAX_OPTIONS, escape
from cogs.layout import ACCENT, button, message, row
from cogs.router import custom_id

PICTURE = "my-weeks.png"
MOST_WEEKS, MOST_LINES = 12, 15
_NAME, _RESULT = 80, 200


def history(guild: int, group_id: int, one: History, drawn: bool) -> ui.LayoutView:
    """group_id: 0 for all my groups. drawn: a picture goes with it, whose alt text holds the same facts."""
    rows = [_ways(guild, group_id, one)]
    if not one.rows:
        return message(words.heading(""), words.NOTHING, rows=rows)
    if not drawn:
        return message(*_head(group_id, one), "\n".join(_weeks(one)), words.SMALL, rows=rows)
    alt = alt_of_history(words.PICTURE, cells(one))
    picture = discord.MediaGalleryItem(f"attachment://{PICTURE}", description=alt[:MAX_ALT_TEXT])
    text: ui.TextDisplay[Any] = ui.TextDisplay("\n".join(filter(None, [*_head(group_id, one), words.SMALL])))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(text, ui.MediaGallery(picture), *rows, accent_colour=ACCENT))
    return view


def _head(group_id: int, one: History) -> list[str]:
    names = {row.group_id: escape(row.group, _NAME) for row in one.rows}
    said = {each: mine_words.standing(standing) for each, standing in one.standings.items()}
    if len(said) == 1:
        standings = list(said.values())
    else:
        standings = [words.in_group(names.get(each, ""), line) for each, line in said.items() if line]
    only = names.get(group_id, "") if group_id else ""
    return [words.heading(only), "\n".join(filter(None, [words.totals(one.totals), *standings[:MOST_LINES]]))]


def _weeks(one: History) -> Iterator[str]:
    """The newest first."""
    every = cells(one)
    for cell in reversed(every[-MOST_WEEKS:]):
        yield words.week(number(cell.week), cell.kind, cell.planned, cell.finished)
    if len(every) > MOST_WEEKS:
        yield words.earlier(len(every) - MOST_WEEKS)


def _ways(guild: int, group_id: int, one: History) -> ui.ActionRow[Any]:
    about = guild, group_id
    files = [(words.CSV, "csv"), (words.JSON, "json")] if one.rows else []
    return row(
        button(words.RESULTS, "checkin.results", *about),
        *(button(label, "checkin.file", *about, kind) for label, kind in files),
        button(words.CALENDAR, "checkin.file", *about, "ics"),
    )


# -- results -------------------------------------------------------------------------------------


def results(guild: int, group_id: int, every: Sequence[Result], said: str = "") -> ui.LayoutView:
    """The newest first; what is too much for a message stands in the file."""
    about, newest = (guild, group_id), list(reversed(every))
    shown = newest[:MOST_LINES]
    lines = [words.result(escape(one.text, _RESULT), number(one.week)) for one in shown]
    if len(newest) > len(shown):
        lines.append(words.more_results(len(newest) - len(shown)))
    bullets = [button(words.AS_BULLETS, "checkin.file", *about, "txt")] if every else []
    return message(
        said,
        words.RESULTS_HEADING,
        "\n".join(lines) or words.NO_RESULTS,
        words.RESULTS_TEXT if every else "",
        rows=[
            row(
                button(words.ADD, "checkin.results.add", *about),
                *bullets,
                button(words.HISTORY, "checkin.history", *about),
            ),
            *([row(_remove(about, newest))] if newest else []),
        ],
    )


def _remove(about: tuple[int, int], newest: Sequence[Result]) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("checkin.results.remove", *about),
        placeholder=words.REMOVE_MENU,
        options=[
            discord.SelectOption(label=cut(tidy(one.text), MAX_OPTION), value=str(one.id))
            for one in newest[:MAX_OPTIONS]
        ],
    )


# -- files ---------------------------------------------------------------------------------------


def file(kind: str, name: str) -> ui.LayoutView:
    """name: of the file that goes with this message."""
    view = ui.LayoutView(timeout=None)
    text: ui.TextDisplay[Any] = ui.TextDisplay(f"{words.FILES[kind]}\n{words.SMALL}")
    view.add_item(ui.Container(text, ui.File(f"attachment://{name}"), accent_colour=ACCENT))
    return view
