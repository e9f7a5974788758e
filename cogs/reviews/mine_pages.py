"""`/review status`: what I had read, what I read for others, how I stand. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import discord
from discord import ui

from bot.reviews import fit
from bot.reviews.flow.asking import Mine, Standing, Task
from bot.reviews.flow.notices import about
from bot.reviews.values import Request
from bot.text import cut, tidy
from cogs.gate import MAX_OPTION, MAX_OPTIONS, escape
from cogs.layout import ACCENT, button, message, row
from cogs.reviews.ask_pages import moment, next_at
from cogs.reviews.words import ask
from cogs.reviews.words import mine as words
from cogs.router import custom_id

MOST_REQUESTS, MOST_TASKS = 2, 4  # each takes up to five of Discord's forty components
_ABOUT, _REASON = 120, 80
_YES = discord.ButtonStyle.primary
_READ = ("delivered", "closed")


def status(guild: int, mine: Mine, said: str = "") -> ui.LayoutView:
    """All of it on one page; older requests in a menu. said: what was done just now."""
    newest = sorted(mine.requests, key=lambda one: (one.request.state not in _READ, one.request.id))[::-1]
    shown, earlier = newest[:MOST_REQUESTS], newest[MOST_REQUESTS:]
    tasks = sorted(mine.tasks, key=lambda one: (one.reading.state != "accepted", one.reading.id))
    parts: list[ui.Item[Any]] = [ui.TextDisplay("\n".join(filter(None, _head(mine, said))))]
    for one in shown:
        parts += _request(guild, mine, one)
    if earlier:
        parts.append(row(_earlier(guild, earlier)))
    if tasks:
        parts.append(ui.TextDisplay(words.TASKS))
    for task in tasks[:MOST_TASKS]:
        parts += _task(guild, task)
    parts.append(ui.TextDisplay("\n".join(filter(None, _foot(mine, len(tasks) - MOST_TASKS)))))
    parts.append(_ways(guild, mine))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _head(mine: Mine, said: str) -> Iterator[str]:
    yield said
    yield words.HEADING
    if not mine.requests and not mine.tasks:
        yield words.NOTHING


def _foot(mine: Mine, more: int) -> Iterator[str]:
    one = mine.account
    yield words.more(max(0, more))
    yield words.balance(one.given + one.kept, one.received, one.balance, one.free)
    if mine.settings.channel_id is None:
        yield words.OFF


def _ways(guild: int, mine: Mine) -> ui.ActionRow[Any]:
    return row(
        button(words.HAVE_READ, "review.request", guild),
        button(words.READ_FOR_OTHERS, "review.give", guild),
    )


# -- what I had read -----------------------------------------------------------------------------


def _request(guild: int, mine: Mine, one: Standing) -> Iterator[ui.Item[Any]]:
    yield ui.TextDisplay("\n".join(filter(None, _lines(mine, one))))
    buttons = list(_buttons(guild, one))
    if buttons:
        yield row(*buttons)


def _lines(mine: Mine, one: Standing) -> Iterator[str]:
    request = one.request
    yield words.request(ask.KINDS[request.kind], request.revision)
    yield words.state(request.state)
    if request.state in ("waiting", "in_review"):
        yield words.readers(one.progress, request.needs)
    if request.state == "waiting":
        yield words.waiting(next_at(mine.settings, request.when))
    if "reading" in one.progress and request.state != "delivered":
        yield words.FOUR_DAYS
    if request.state == "delivered":
        yield words.ALL_HERE
    if request.thread_id and not request.gone_at:
        yield words.stands(f"<#{request.thread_id}>")
    if request.state == "delivered" and request.expires_at and not request.gone_at:
        yield words.goes(moment(request.expires_at))


def _buttons(guild: int, one: Standing) -> Iterator[ui.Button[Any]]:
    request = one.request
    if "here" in one.progress:
        yield button(words.READ_IT, "review.read", guild, request.id, style=_YES)
    if may_revise(request):
        yield button(words.AGAIN, "review.again", guild, request.id)
    elif request.state == "draft":
        yield button(words.TRY_AGAIN, "review.request", guild, "again", request.id)
    if request.state != "closed":  # nothing of it stands any more
        yield button(words.WITHDRAW, "review.withdraw", guild, request.id)


def may_revise(one: Request) -> bool:
    """Can its second version be handed in now, or again?"""
    if one.state == "draft":
        return one.revision > 1
    return one.state == "delivered" and one.revision == 1 and one.gone_at is None


def _earlier(guild: int, some: Sequence[Standing]) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id("review.earlier", guild),
        placeholder=words.EARLIER_MENU,
        options=[
            discord.SelectOption(
                label=ask.KINDS[one.request.kind],
                value=str(one.request.id),
                description=cut(tidy(about(one.request)), MAX_OPTION) or None,
            )
            for one in some[:MAX_OPTIONS]
        ],
    )


# -- what I read ---------------------------------------------------------------------------------


def _task(guild: int, task: Task) -> Iterator[ui.Item[Any]]:
    one, request = task.reading, task.request
    kind, what = ask.KINDS[request.kind], escape(_named(request), _ABOUT)
    if one.state == "accepted":
        due = moment(one.due_at) if one.due_at else ""
        go_on = button(words.GO_ON, "review.board", guild, one.id, style=_YES)
        yield ui.Section(ui.TextDisplay(words.reading(kind, what, due)), accessory=go_on)
        return
    why = [escape(fit.said(reason, to_reader=True), _REASON) for reason in fit.loaded(one.reasons)]
    until = moment(one.accept_by) if one.accept_by else ""
    yield ui.TextDisplay(words.asked(kind, what, why, until))
    yield row(
        button(words.ACCEPT, "review.accept", guild, one.id, style=_YES),
        button(words.NOT_THIS_ONE, "review.decline", guild, one.id),
    )


def _named(request: Request) -> str:
    what = about(request)
    return ask.KINDS[request.kind] if what == request.kind else what


# -- withdrawing ---------------------------------------------------------------------------------


def withdrawing(guild: int, request_id: int) -> ui.LayoutView:
    """Do they mean it?"""
    yes = button(words.WITHDRAW_YES, "review.withdrawn", guild, request_id, style=discord.ButtonStyle.danger)
    keep = button(words.KEEP, "review.status", guild)
    return message(words.WITHDRAW_ASK, words.WITHDRAW_TEXT, rows=[row(yes, keep)])
