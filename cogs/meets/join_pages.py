"""The pages of `/meet join`: which kinds there are, and what somebody chose of one. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

import discord
from discord import ui

from bot.checkins.week import WEEK
from bot.jobs.days import spoken
from bot.meets.flow.joining import Mine
from bot.meets.kinds import KINDS, MOST_MENTEES, MOST_TOPICS
from bot.meets.values import Kind
from bot.people.letters import reachable
from bot.people.members import Member
from cogs.gate import escape
from cogs.layout import button, message, row
from cogs.meets.words import joining as words
from cogs.meets.words import kinds
from cogs.router import custom_id

_NAME = 60
_MOST_WEEKS = 8
_YES, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.danger


def join(guild: int, on: bool) -> ui.LayoutView:
    """Which kind? on: meetings are on in this server."""
    if not on:
        return message(words.JOIN, words.OFF)
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("meets.kinds", guild),
        placeholder=words.KIND_MENU,
        options=[
            discord.SelectOption(label=about.name, value=kind, description=about.about[:100])
            for kind, about in KINDS.items()
        ],
    )
    return message(
        words.JOIN,
        words.JOIN_TEXT,
        words.WHO_SEES,
        rows=[row(menu), row(button(words.STATUS, "meets.home", guild))],
    )


def roles(guild: int) -> ui.LayoutView:
    """A mentor, or somebody who would like one?"""
    return message(
        words.MENTOR,
        kinds.ABOUT["mentor"],
        rows=[
            row(
                button(words.I_HELP, "meets.role", guild, "mentor", style=_YES),
                button(words.I_LEARN, "meets.role", guild, "mentee", style=_YES),
            )
        ],
    )


def kind(guild: int, mine: Mine, member: Member) -> ui.LayoutView:
    """What they chose of one kind, and every choice there is; each counts at once."""
    joined = mine.joined
    about = guild, joined.kind
    off = not mine.in_next
    consent = [] if reachable(member) else [button(words.WRITE_TO_ME, "meets.letters", *about, style=_YES)]
    turn = (words.RESUME, "meets.resume") if off else (words.SKIP, "meets.skip")
    return message(
        words.heading(kinds.name(joined.kind)),
        "\n".join(_lines(mine)),
        words.at_most(),
        "" if member.zone else words.NO_CLOCK,
        words.MAY_NOT_WRITE if consent else "",
        rows=[
            *([row(_topics(guild, mine))] if mine.topics else []),
            *([row(_most(guild, mine))] if joined.role == "mentor" else []),
            row(_pause(guild, joined.kind)),
            row(button(turn[0], turn[1], *about), button(words.LEAVE, "meets.leave", *about), *consent),
            row(button(words.STATUS, "meets.home", guild), button(words.MORE_KINDS, "meets.join", guild)),
        ],
    )


def _lines(mine: Mine) -> Iterator[str]:
    joined = mine.joined
    yield kinds.ABOUT[joined.kind]
    yield words.next_draw(_at(mine.next_at), mine.in_next, mine.busy)
    if joined.paused_until is not None and not mine.in_next:
        yield words.off_until(spoken(joined.paused_until + WEEK))
    if joined.role:
        yield kinds.ROLES[joined.role]
    if joined.role == "mentor":
        yield words.takes(joined.most)
    named = dict(mine.topics)
    chosen = [escape(named[one], _NAME) for one in joined.topics if one in named]
    if chosen:
        yield words.topics(joined.kind, ", ".join(chosen))
    else:
        yield words.ANY_SET if joined.kind == "interview" else words.ANY_TOPIC


def _topics(guild: int, mine: Mine) -> ui.Select[Any]:
    """None chosen means any."""
    interview = mine.joined.kind == "interview"
    return ui.Select(
        custom_id=custom_id("meets.topics", guild, mine.joined.kind),
        placeholder=words.SETS_MENU if interview else words.TOPICS_MENU,
        min_values=0,
        max_values=min(MOST_TOPICS, len(mine.topics)),
        options=[
            discord.SelectOption(label=name[:100], value=one, default=one in mine.joined.topics)
            for one, name in mine.topics
        ],
    )


def _most(guild: int, mine: Mine) -> ui.Select[Any]:
    return _menu(
        "meets.most",
        (guild, mine.joined.kind),
        words.MOST_MENU,
        [(number, words.count(number)) for number in range(1, MOST_MENTEES + 1)],
        mine.joined.most,
    )


def _pause(guild: int, one: Kind) -> ui.Select[Any]:
    weeks = [(number, words.weeks(number)) for number in range(1, _MOST_WEEKS + 1)]
    return _menu("meets.pause", (guild, one), words.PAUSE_MENU, weeks, 0)


def _menu(
    name: str, ids: Sequence[object], ask: str, options: Sequence[tuple[int, str]], now: int
) -> ui.Select[Any]:
    return ui.Select(
        custom_id=custom_id(name, *ids),
        placeholder=ask,
        options=[
            discord.SelectOption(label=label, value=str(value), default=value == now)
            for value, label in options
        ],
    )


def leaving(guild: int, one: Kind) -> ui.LayoutView:
    return message(
        words.leaving(kinds.name(one)),
        words.LEAVE_TEXT,
        rows=[
            row(
                button(words.LEAVE_IT, "meets.left", guild, one, style=_DANGER),
                button(words.STAY, "meets.kind", guild, one),
            )
        ],
    )


def left(guild: int, one: Kind) -> ui.LayoutView:
    return message(words.left(kinds.name(one)), rows=[row(button(words.STATUS, "meets.home", guild))])


def _at(moment: datetime | None) -> str:
    return f"<t:{int(moment.timestamp())}:F>" if moment else ""
