"""What readers say of a document, side by side and never averaged. Values → messages, pure.

A whole sheet does not fit one message: the first page has each reader's first change and all verdicts, the others the
quoted lines and their rewrites. The evidence of each item is one press away on each of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.reviews.answers import Answer, Change, Row
from bot.reviews.flow.results import Result, Review
from bot.reviews.rubric import VERDICTS, Item, Rubric
from bot.text import cut, tidy
from cogs.gate import MAX_OPTION, MAX_OPTIONS, escape
from cogs.layout import button, message, row
from cogs.reviews.mine_pages import may_revise
from cogs.reviews.words import ask
from cogs.reviews.words import mine as words
from cogs.router import custom_id

ROOM = 3_300  # characters of quotes on a page
MOST_REVIEWS = 3
_LABEL, _FIRST, _QUESTION, _QUOTE, _REWRITE = 60, 500, 300, 220, 440
_SAYS, _CHANGES = 320, 200


def overview(guild: int, one: Result, said: str = "") -> ui.LayoutView:
    """Every reader's first change, and every verdict. said: what was done just now."""
    kind, shown = ask.KINDS[one.request.kind], one.reviews[:MOST_REVIEWS]
    if not shown:
        rows = [row(button(words.MY_REVIEWS, "review.status", guild))]
        return message(said, words.heading(kind, False), words.NO_REVIEW, rows=rows)
    return message(
        said,
        words.heading(kind, any(review.revision > 1 for review in shown)),
        *(_reader(number, review) for number, review in enumerate(shown, 1)),
        "\n".join([_verdicts(each) for each in one.rows] + _footing(one)),
        words.missing(one.missing),
        rows=[*_why(guild, one), _steps(guild, one), *_ways(guild, one)],
    )


def _reader(number: int, review: Review) -> str:
    who = f"<@{review.reader_id}>" if review.reader_id else ""
    rating = review.rating
    rated = [
        words.RATINGS[name] if getattr(rating, name) else words.NOT_RATINGS[name]
        for name in (words.RATINGS if rating else ())
    ]
    lines = [
        words.reader(number, who, review.clarity),
        words.first(escape(review.sheet.change_first, _FIRST)),
        words.question(escape(review.sheet.question, _QUESTION)),
        _since(review) if review.revision > 1 else "",
        words.rated(rated),
    ]
    return "\n".join(filter(None, lines))


def _since(review: Review) -> str:
    lines = [_change(one) for one in review.changes if one.way != "same"]
    while len("; ".join(lines)) > _CHANGES:
        lines.pop()
    return words.changes(lines) or words.SAME


def _change(one: Change) -> str:
    before, after = (words.VERDICTS[each.verdict] if each else "" for each in (one.before, one.after))
    return words.changed(escape(one.label, _LABEL), before, after)


def _verdicts(one: Row) -> str:
    said = [words.VERDICTS[each.verdict] if each else words.UNSAID for each in one.answers[:MOST_REVIEWS]]
    return words.verdicts(escape(one.label, _LABEL), said, one.agreement == "differ")


def _footing(one: Result) -> list[str]:
    order = words.in_order(len(one.reviews)) if len(one.reviews) > 1 else ""
    differ = any(each.agreement == "differ" for each in one.rows)
    return [*filter(None, [order]), *([words.DISAGREE] if differ else [])]


# -- quotes and rewrites -------------------------------------------------------------------------


def quotes(guild: int, one: Result, number: int) -> ui.LayoutView:
    """number: of the page, from 0."""
    every = pages(one)
    number = min(max(number, 0), len(every) - 1)
    return message(
        words.heading(ask.KINDS[one.request.kind], one.request.revision > 1),
        *every[number],
        rows=[*_why(guild, one), _turns(guild, one, number, len(every))],
    )


def pages(one: Result) -> list[list[str]]:
    """The items that somebody quoted a line for, as many a page as there is room for; at least one page."""
    found: list[list[str]] = [[]]
    for each in one.rows:
        block = _block(each)
        if not block:
            continue
        if found[-1] and sum(map(len, found[-1])) + len(block) > ROOM:
            found.append([])
        found[-1].append(block)
    return found if found[0] else [[words.NO_QUOTES]]


def _block(one: Row) -> str:
    said = [
        _quoted(number, answer)
        for number, answer in enumerate(one.answers[:MOST_REVIEWS], 1)
        if answer and (answer.quote or answer.rewrite)
    ]
    return "\n".join([words.item(escape(one.label, _LABEL)), *said]) if said else ""


def _quoted(number: int, answer: Answer) -> str:
    quote, rewrite = escape(answer.quote, _QUOTE), escape(answer.rewrite, _REWRITE)
    return words.quoted(number, words.VERDICTS[answer.verdict], quote, rewrite)


# -- why it is asked -----------------------------------------------------------------------------


def evidence(guild: int, one: Result, rubric: Rubric | None, item_id: str) -> ui.LayoutView:
    """What stands behind one item, the best first."""
    item = rubric.item(item_id) if rubric else None
    back = row(
        button(words.OVERVIEW, "review.read", guild, one.request.id),
        button(words.QUOTES, "review.quotes", guild, one.request.id, 0),
    )
    if item is None:
        return message(words.NO_EVIDENCE, rows=[back])
    return message(*_asked(item), rows=[back])


def _asked(item: Item) -> Iterator[str]:
    yield words.evidence(escape(item.label, _LABEL), escape(item.asks, _SAYS))
    for one in item.evidence:
        yield words.says(escape(one.says, _SAYS), escape(one.source, _SAYS), words.STRENGTHS[one.strength])
    yield words.hints(*(escape(item.hints[verdict], _SAYS) for verdict in VERDICTS))


# -- ways on -------------------------------------------------------------------------------------


def _why(guild: int, one: Result) -> list[ui.ActionRow[Any]]:
    if not one.rows:
        return []
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("review.evidence", guild, one.request.id),
        placeholder=words.WHY_MENU,
        options=[
            discord.SelectOption(
                label=cut(tidy(each.label), MAX_OPTION), value=each.item, description=words.EVIDENCE_HINT
            )
            for each in one.rows[:MAX_OPTIONS]
        ],
    )
    return [row(menu)]


def _steps(guild: int, one: Result) -> ui.ActionRow[Any]:
    """The quotes, and a rating for each reader."""
    quotes = button(
        words.QUOTES, "review.quotes", guild, one.request.id, 0, style=discord.ButtonStyle.primary
    )
    shown = one.reviews[:MOST_REVIEWS]
    rates = [
        button(words.rate(number, len(shown) == 1), "review.rate", guild, one.request.id, review.reading_id)
        for number, review in enumerate(shown, 1)
    ]
    return row(quotes, *rates)


def _ways(guild: int, one: Result) -> Sequence[ui.ActionRow[Any]]:
    again = [button(words.AGAIN, "review.again", guild, one.request.id)] if may_revise(one.request) else []
    gone = [] if one.request.gone_at else [button(words.WITHDRAW, "review.withdraw", guild, one.request.id)]
    return [row(*again, *gone, button(words.MY_REVIEWS, "review.status", guild))]


def _turns(guild: int, one: Result, number: int, count: int) -> ui.ActionRow[Any]:
    about = guild, one.request.id
    turns = [button(words.OVERVIEW, "review.read", *about)]
    turns += [button(words.EARLIER, "review.quotes", *about, number - 1)] if number else []
    turns += [button(words.MORE, "review.quotes", *about, number + 1)] if number < count - 1 else []
    return row(*turns)
