"""The board: a reader's sheet as one private message, with a menu an item. Values → messages, pure.

Four items stand on one page: with their menus and buttons more would not fit into Discord's forty components.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.reviews.answers import Answer, Missing, Sheet
from bot.reviews.credit import Account
from bot.reviews.flow.asking import Task
from bot.reviews.flow.filling import Board
from bot.reviews.flow.notices import about
from bot.reviews.flow.publishing import reasons_of
from bot.reviews.rubric import VERDICTS, Item, Rubric
from bot.reviews.values import Reading, Request
from bot.text import cut
from cogs.gate import MAX_OPTION, escape
from cogs.layout import ACCENT, ago, button, message, row
from cogs.reviews.words import board as words
from cogs.reviews.words.ask import KINDS
from cogs.router import custom_id

PER_PAGE = 4
_ABOUT, _ASKS, _LINE, _REWRITE, _FIRST, _QUESTION, _LABEL, _SAYS = 200, 300, 120, 160, 500, 300, 80, 200
_MAIN, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.danger


# -- accepted, given back ------------------------------------------------------------------------


def task(guild: int, found: Task) -> ui.LayoutView:
    """What they accepted: when it is due, where it stands, and the way to its board."""
    one = found.reading
    due = words.due(_moment(one), ago(one.due_at)) if one.due_at else ""
    return message(
        words.accepted(called(found.request)),
        due,
        _stands(one, found.request),
        words.AGAIN_WITH,
        rows=[
            row(
                button(words.OPEN_BOARD, "review.board", guild, one.id, style=_MAIN),
                button(words.CANT, "review.decline", guild, one.id),
            )
        ],
    )


def giving_back(guild: int, reading_id: int) -> ui.LayoutView:
    return message(
        words.GIVE_BACK,
        words.GIVE_BACK_WHY,
        rows=[
            row(
                button(words.RETURN, "review.return", guild, reading_id, style=_DANGER),
                button(words.KEEP, "review.task", guild, reading_id),
            )
        ],
    )


def called(request: Request) -> str:
    """What a reader calls it, in one line: what it is for, else its kind."""
    said = about(request)
    return KINDS[request.kind] if said == request.kind else escape(said, _ABOUT)


def _stands(one: Reading, request: Request) -> str:
    """Where the document stands, once they are let in."""
    thread = request.thread_id if request.mode == "open" else one.thread_id
    if one.let_in_at is None or thread is None:
        return words.COMING
    return words.stands_in(f"<#{thread}>")


def _moment(one: Reading) -> str:
    return f"<t:{int(one.due_at.timestamp())}:F>" if one.due_at else ""


# -- the board -----------------------------------------------------------------------------------


def first_open(sheet: Sheet) -> int:
    """The page of the first item without an answer; the first page when there is none."""
    open_items = (nth for nth, item in enumerate(sheet.labels) if item not in sheet.answers)
    return next(open_items, 0) // PER_PAGE


def board(guild: int, seen: Board, rubric: Rubric | None, page: int) -> ui.LayoutView:
    """One page of a sheet that is not sent. rubric: as it is now; without it an item has its label alone."""
    one, sheet = seen.reading, seen.sheet
    last = (len(sheet.labels) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    ids = guild, one.id, page
    parts: list[ui.Item[Any]] = [ui.TextDisplay(_head(seen))]
    for item in list(sheet.labels)[page * PER_PAGE : (page + 1) * PER_PAGE]:
        parts += _item(ids, sheet, item, rubric.item(item) if rubric else None)
    parts.append(ui.TextDisplay(_foot(seen)))
    parts.append(row(*_buttons(ids, seen.missing, last)))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _head(seen: Board) -> str:
    one, request = seen.reading, seen.request
    due = f"<t:{int(one.due_at.timestamp())}:f>" if one.due_at else ""
    why = [words.reason(reason) for reason in reasons_of(one)]
    lines = [
        words.heading(called(request), due),
        words.why_you(why) if why else "",
        _stands(one, request),
        words.they_ask(escape(request.asks, _ASKS)) if request.asks else "",
        words.SECOND if request.revision > 1 else "",
        words.CLARITY if one.clarity else "",
    ]
    return "\n".join(filter(None, lines))


def _item(ids: tuple[int, int, int], sheet: Sheet, item: str, now: Item | None) -> list[ui.Item[Any]]:
    """What is asked with its evidence one press away, the menu, and the quote where it is not simply yes."""
    said = sheet.answers.get(item)
    text = words.item(escape(sheet.labels[item], _LABEL), escape(now.asks, _SAYS) if now else "")
    if said and (said.quote or said.rewrite):
        text += f"\n{words.quoted(escape(said.quote, _LINE), escape(said.rewrite, _REWRITE))}"
    parts: list[ui.Item[Any]] = [
        ui.Section(text, accessory=button(words.WHY, "review.why", *ids, item)),
        row(_menu(ids, item, said, now)),
    ]
    if said:
        label = words.EDIT_QUOTE if said.quote or said.rewrite else words.QUOTE
        parts.append(row(button(label, "review.quote", *ids, item)))
    return parts


def _menu(ids: tuple[int, int, int], item: str, said: Answer | None, now: Item | None) -> ui.Select[Any]:
    """Below each choice stands when it is the right one."""
    return ui.Select(
        custom_id=custom_id("review.mark", *ids, item),
        placeholder=words.ANSWER,
        options=[
            discord.SelectOption(
                label=words.VERDICTS[verdict],
                value=verdict,
                description=cut(now.hints[verdict], MAX_OPTION) if now else None,
                default=said is not None and said.verdict == verdict,
            )
            for verdict in VERDICTS
        ],
    )


def _foot(seen: Board) -> str:
    sheet, missing = seen.sheet, seen.missing
    saved = ago(sheet.saved_at) if sheet.saved_at else ""
    lines = [
        words.change_first(escape(sheet.change_first, _FIRST), escape(sheet.question, _QUESTION)),
        words.READY if missing.nothing else _lacks(missing),
        words.progress(len(sheet.answers), len(sheet.labels), saved),
    ]
    return "\n".join(lines)


def _lacks(missing: Missing) -> str:
    return words.lacks(len(missing.open), missing.quotes, bool(missing.of_yes), missing.first, missing.words)


def _buttons(ids: tuple[int, int, int], missing: Missing, last: int) -> list[ui.Button[Any]]:
    guild, reading_id, page = ids
    turns = [button(words.EARLIER, "review.items", guild, reading_id, page - 1)] if page else []
    turns += [button(words.NEXT, "review.items", guild, reading_id, page + 1)] if page < last else []
    send = button(words.SEND, "review.send", guild, reading_id, style=_MAIN)
    send.disabled = not missing.nothing
    return [*turns, button(words.FIRST, "review.first", *ids), send]


# -- evidence ------------------------------------------------------------------------------------


def evidence(guild: int, reading_id: int, page: int, label: str, item: Item | None) -> ui.LayoutView:
    """Why an item is asked, and when it is yes, partly or no. None: no rubric has it any more."""
    return message(
        words.why(escape(label, _LABEL)),
        *(why_asked(item) if item else (words.NO_EVIDENCE,)),
        rows=[row(button(words.BACK, "review.items", guild, reading_id, page))],
    )


def why_asked(item: Item) -> tuple[str, str, str]:
    """The question, its hints, and what it rests on with how strong that is."""
    hints = [words.hint(verdict, escape(item.hints[verdict], _SAYS)) for verdict in VERDICTS]
    known = [
        words.evidence(escape(one.says, 2 * _SAYS), escape(one.source, _SAYS), one.strength)
        for one in item.evidence
    ]
    return escape(item.asks, _SAYS), "\n".join(hints), "\n".join(known)


# -- sent ----------------------------------------------------------------------------------------


def sent(seen: Board, mine: Account) -> ui.LayoutView:
    """Thanks, what they give and received by now, and what they said."""
    sheet = seen.sheet
    said = [_said(label, sheet.answers.get(item)) for item, label in sheet.labels.items()]
    return message(
        words.SENT,
        words.SENT_WHY,
        words.balance(mine.given, mine.received),
        "\n".join(said),
        words.change_first(escape(sheet.change_first, _FIRST), escape(sheet.question, _QUESTION)),
        words.MY_REVIEWS,
    )


def _said(label: str, answer: Answer | None) -> str:
    verdict, line = (answer.verdict, answer.quote) if answer else (None, "")
    return words.answered(escape(label, _LABEL), verdict, escape(line, _LINE))
