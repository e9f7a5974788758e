"""What a group's channel sees of its weeks: the opener, a check-in, the digest. Pure, no flow, no Discord call.

None of it knows who was away, a streak, or how somebody is. It mentions people and pings nobody. Every card carries
its delivery's nonce in a custom_id: our marker, should we ever have to look whether it arrived.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import Any

import discord
from discord import ui

from bot.checkins.messages import Card, Digest, Line, Opener
from bot.checkins.plan import MOST_GOALS
from bot.checkins.values import Goal
from bot.checkins.week import number
from bot.text import cut, tidy
from cogs.checkins.words import cards as words
from cogs.gate import MAX_OPTION, MAX_OPTIONS, escape
from cogs.layout import button, message, row
from cogs.router import custom_id

GROUP, NAME = 80, 60  # characters, escapes included
_STARTER, _QUESTION = 300, 200
_GOALS, _LEARNED, _IF_THEN, _ANSWER, _IDEAS = 650, 650, 250, 650, 250
_LINE, _MOST_LINES, _ROOM = 200, 12, 1_600  # of one; how many wins or wishes; of all of either

_IF_THEN_SAID = re.compile(r"if\s+(?P<when>.+?),?\s+then\s+(?P<what>.+)", re.IGNORECASE | re.DOTALL)


# -- the opener ----------------------------------------------------------------------------------


def opener(value: Opener, nonce: str) -> ui.LayoutView:
    """A week begins. It names no instant at which a member's own week ends: each clock has another one."""
    heading = words.week_of_group(number(value.week), escape(value.group, GROUP))
    check_in = button(words.CHECK_IN, "checkin.now", value.group_id, nonce, style=discord.ButtonStyle.primary)
    if value.holiday:
        mine = button(words.MY_CHECK_IN, "checkin.now", value.group_id, nonce)
        return message(heading, words.WEEK_OFF, rows=[row(mine)])
    return message(
        heading,
        words.OPEN_LONGER if value.longer else words.OPEN_NOW,
        words.to_talk_about(escape(value.starter, _STARTER)) if value.starter else "",
        words.digest_comes(moment(value.digest_at)),
        rows=[
            row(
                check_in,
                button(words.WHEN, "checkin.when", value.cycle_id, nonce),
                button(words.SKIP, "checkin.skip", value.cycle_id, nonce),
            )
        ],
    )


def moment(at: datetime) -> str:
    """Discord renders it on each reader's own clock and in their language."""
    return f"<t:{int(at.timestamp())}:f>"


# -- a check-in ----------------------------------------------------------------------------------


def card(value: Card, nonce: str) -> ui.LayoutView:
    """One check-in, in the group's channel or in a pod's thread. Taken back or hidden, it says not even whose."""
    if value.gone:
        done = button(words.TAKEN_BACK, "checkin.gone", value.week_id, nonce)
        done.disabled = True
        return message(words.GONE, rows=[row(done)])
    said = [
        _reviewed(value.reviewed),
        words.learned(escape(value.learned, _LEARNED)),
        words.planned(_goals(value.goals)),
        _plan(value.if_then),
        words.answered(escape(value.question, _QUESTION), escape(value.answer, _ANSWER))
        if value.answer
        else "",
        words.asks(escape(value.ideas, _IDEAS)),
    ]
    buttons = [button(words.THANK, "checkin.thank", value.week_id, nonce)]
    buttons += [button(words.CAN_HELP, "checkin.help", value.week_id, nonce)] if value.ideas else []
    return message(
        words.week_of_author(who(value.author_id, value.name), number(value.week)),
        "\n".join(filter(None, said)),
        rows=[row(*buttons)],
    )


def who(author_id: int, name: str) -> str:
    """A pen name, else a mention that pings nobody, else nobody in particular."""
    if name:
        return escape(name, NAME)
    return f"<@{author_id}>" if author_id else words.A_MEMBER


def _reviewed(goals: Sequence[Goal]) -> str:
    said = list(zip(goals, _goals(goals), strict=True))
    # A "~" at the end would end the strike-through too early.
    done = [text.rstrip(r"\~") or text for goal, text in said if goal.done]
    return words.reviewed(done, [text for goal, text in said if not goal.done])


def _goals(goals: Sequence[Goal]) -> list[str]:
    """Each has a fifth of the room, or less when there are more."""
    return [escape(goal.text, _GOALS // max(MOST_GOALS, len(goals))) for goal in goals]


def _plan(text: str) -> str:
    """ "If …, then …" as people write it, its two words in bold; anything else as it is."""
    said = _IF_THEN_SAID.fullmatch(text.strip())
    if said is None:
        return words.when_and_where(escape(text, _IF_THEN))
    return words.if_then(escape(said["when"], _IF_THEN), escape(said["what"], _IF_THEN))


# -- the digest ----------------------------------------------------------------------------------


def digest(value: Digest, nonce: str) -> ui.LayoutView:
    """A week, of what its members let the group see. It changes as late ones come, until the week is settled."""
    counts = [  # 0 stands for fewer than five: not said, nor that there were fewer
        say(count)
        for say, count in (
            (words.check_ins, value.checkins),
            (words.goals_finished, value.finished),
            (words.go_on, value.goes_on),
        )
        if count
    ]
    return message(
        words.week_of_group(number(value.week), escape(value.group, GROUP)),
        words.BETWEEN.join(counts),
        _lines(words.WINS, value.wins),
        _lines(words.HELP_WANTED, value.wanted),
        words.A_NEW_WEEK,
        words.LATE_ONES_JOIN if value.still_open else "",
        rows=_ways_on(value, nonce),
    )


def _ways_on(value: Digest, nonce: str) -> list[ui.ActionRow[Any]]:
    """My own check-in; and an offer: one press for the only one who asks, a menu for several."""
    label = words.CHECK_IN if value.still_open else words.MY_CHECK_IN
    mine = button(label, "checkin.now", value.group_id, nonce)
    if not value.wanted:
        return [row(mine)]
    if len(value.wanted) == 1:
        return [row(mine, button(words.OFFER_HELP, "checkin.help", value.wanted[0].week_id, nonce))]
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("checkin.offer", value.cycle_id, nonce),
        placeholder=words.OFFER_HELP,
        options=[_option(one) for one in value.wanted[:MAX_OPTIONS]],
    )
    return [row(mine), row(menu)]


def _option(one: Line) -> discord.SelectOption:
    """A menu shows plain words only, so no mention: the line above it names who asks."""
    return discord.SelectOption(
        label=cut(tidy(one.text), MAX_OPTION),
        value=str(one.week_id),
        description=cut(tidy(one.name), MAX_OPTION) or None,
    )


def _lines(heading: str, every: Sequence[Line]) -> str:
    """As many as there is room for; the others are counted."""
    said = [words.line(who(one.author_id, one.name), escape(one.text, _LINE)) for one in every]
    shown = fitting(said[:_MOST_LINES], _ROOM)
    more = words.and_more(len(said) - len(shown))
    return "\n".join(filter(None, [heading, *shown, more])) if said else ""


def fitting(lines: Sequence[str], room: int) -> Sequence[str]:
    """The first of them that fit into so many characters."""
    return lines[: sum(length <= room for length in accumulate(map(len, lines)))]
