"""The pages of `/meet status`: whom I meet and met, questions, my debrief. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.checkins.week import number
from bot.meets.debrief import CHECKS
from bot.meets.flow.debriefs import Progress
from bot.meets.flow.joining import Met, Mine, Overview
from bot.meets.values import QuestionSet
from cogs.gate import escape
from cogs.layout import ACCENT, button, message, row
from cogs.meets.words import kinds
from cogs.meets.words import status as words
from cogs.router import custom_id

MOST_NOW = 6  # meetings at a time on one page; nobody has more but a mentor of many kinds
_NAME, _SENTENCE = 80, 250
_QUESTION = 200  # eight of them, with what each shows, fit into a message
_YES, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.danger


def home(guild: int, mine: Overview) -> ui.LayoutView:
    """What I want, whom I meet now; one press to each."""
    parts: list[ui.Item[Any]] = [ui.TextDisplay(words.STATUS)]
    parts += [_now(guild, one) for one in mine.now[:MOST_NOW]]
    parts += [_wanted(guild, one) for one in mine.kinds]
    if not mine.now and not mine.kinds:
        parts.append(ui.TextDisplay(words.NOTHING))
    parts.append(ui.TextDisplay(words.SMALL))
    before = [button(words.BEFORE, "meets.before", guild)] if mine.before else []
    parts.append(row(button(words.JOIN, "meets.join", guild), *before))
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _now(guild: int, one: Met) -> ui.Section[Any]:
    match = one.room.match
    return ui.Section(
        ui.TextDisplay(words.meeting(kinds.name(match.kind), one.others, match.weeks)),
        accessory=button(words.OPEN, "meets.meeting", guild, match.id, style=_YES),
    )


def _wanted(guild: int, one: Mine) -> ui.Section[Any]:
    at = f"<t:{int(one.next_at.timestamp())}:F>" if one.next_at else ""
    return ui.Section(
        ui.TextDisplay(words.wanted(kinds.name(one.joined.kind), words.in_draw(at, one.in_next, one.busy))),
        accessory=button(words.CHANGE, "meets.kind", guild, one.joined.kind),
    )


def meeting(guild: int, one: Met) -> ui.LayoutView:
    """One meeting: with whom, where, what about; did we meet?"""
    match = one.room.match
    about = guild, match.id
    over = words.OVER[match.state]
    lines = [
        words.with_whom(one.others, match.weeks, one.role),
        kinds.topic_line(match.kind, escape(one.topic, _NAME)),
        words.thread(one.room.thread_id) if one.live else over.capitalize() + ".",
        words.said(one.said),
    ]
    met = [
        button(words.WE_MET, "meets.met", *about, "yes", style=_YES),
        button(words.NOT_THIS_TIME, "meets.met", *about, "no"),
    ]
    ask = [button(words.QUESTIONS, "meets.questions", *about)] if match.kind == "interview" else []
    mine = [button(words.DEBRIEF, "meets.debrief", *about)] if one.said else []
    end = [button(words.STOP, "meets.stop", *about, style=_DANGER)] if one.live else []
    return message(
        words.heading(kinds.name(match.kind)),
        "\n".join(filter(None, lines)),
        words.DID_YOU if one.answerable and one.said is None else "",
        rows=[
            *([row(*met)] if one.answerable else []),
            row(*ask, *mine, *end, button(words.BACK, "meets.home", guild)),
        ],
    )


def before(guild: int, some: Sequence[Met]) -> ui.LayoutView:
    """Whom I met, the newest first."""
    lines = [
        words.before(
            number(one.room.match.week),
            kinds.name(one.room.match.kind),
            one.others,
            words.OVER[one.room.match.state],
        )
        for one in some
    ]
    return message(
        words.BEFORE_PAGE,
        "\n".join(lines) or words.BEFORE_NONE,
        rows=[row(button(words.BACK, "meets.home", guild))],
    )


# -- did we meet? --------------------------------------------------------------------------------


def answered(guild: int, match_id: int, met: bool) -> ui.LayoutView:
    """We met: six questions for me; not this time: no harm done."""
    back = button(words.BACK, "meets.meeting", guild, match_id)
    if not met:
        return message(words.FINE, words.FINE_TEXT, rows=[row(back)])
    begin = button(words.DEBRIEF, "meets.debrief", guild, match_id, style=_YES)
    return message(words.GOOD, words.GOOD_TEXT, rows=[row(begin, back)])


def debrief(guild: int, now: Progress) -> ui.LayoutView:
    """One question, or the one next step."""
    about = guild, now.match.id
    back = button(words.BACK, "meets.meeting", *about)
    if now.check is None:
        again = button(words.AGAIN, "meets.again", *about)
        return message(words.step(escape(now.step, _SENTENCE)), words.DEBRIEF_SMALL, rows=[row(again, back)])
    return message(
        words.check(now.number, CHECKS, escape(now.check.asks, _SENTENCE)),
        words.DEBRIEF_SMALL,
        rows=[
            row(
                button(words.YES, "meets.check", *about, now.check.id, "yes"),
                button(words.NO, "meets.check", *about, now.check.id, "no"),
                back,
            )
        ],
    )


# -- questions -----------------------------------------------------------------------------------


def questions(guild: int, match_id: int, one: QuestionSet, every: Sequence[QuestionSet]) -> ui.LayoutView:
    """A set, for whoever asks; any other one is one choice away."""
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("meets.set", guild, match_id),
        placeholder=words.OTHER_SET,
        options=[
            discord.SelectOption(label=each.name[:100], value=each.id, default=each.id == one.id)
            for each in every
        ],
    )
    asked = [
        words.question(count, escape(each.asks, _QUESTION), escape(each.shows, _QUESTION))
        for count, each in enumerate(one.questions, start=1)
    ]
    return message(
        words.question_set(escape(one.name, _NAME), escape(one.about, _SENTENCE), one.minutes),
        words.ASKING,
        "\n".join(asked),
        rows=[row(menu), row(button(words.BACK, "meets.meeting", guild, match_id))],
    )


def ending(guild: int, one: Met) -> ui.LayoutView:
    about = guild, one.room.match.id
    return message(
        words.ending(one.room.match.kind, one.others),
        words.END_TEXT,
        rows=[
            row(
                button(words.END_IT, "meets.stopped", *about, style=_DANGER),
                button(words.KEEP_IT, "meets.meeting", *about),
            )
        ],
    )


def ended(guild: int) -> ui.LayoutView:
    return message(words.ENDED, rows=[row(button(words.BACK, "meets.home", guild))])
