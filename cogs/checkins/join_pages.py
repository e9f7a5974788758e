"""The pages of `/checkin join`: which groups there are, my clock, who sees me. Values → messages, pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import discord
from discord import ui

from bot.checkins.joining import Mine, Open
from cogs.checkins.mine_pages import circle_row, circles, takes_one
from cogs.checkins.words import joining as words
from cogs.checkins.words import mine as mine_words
from cogs.checkins.words import settings as settings_words
from cogs.gate import escape
from cogs.layout import ACCENT, button, message, row

PER_PAGE = 8  # a group takes three of Discord's forty components
_NAME = 80
_YES = discord.ButtonStyle.primary


def clock(minute: int) -> str:
    """Minutes after midnight as 09:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def groups(guild: int, every: Sequence[Open], page: int = 0) -> ui.LayoutView:
    """Those that can be joined, and those I am in."""
    if not every:
        return message(words.GROUPS, words.NO_GROUPS)
    last = (len(every) - 1) // PER_PAGE
    page = min(max(page, 0), last)
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"{words.GROUPS}\n{words.GROUPS_TEXT}")]
    parts += _groups(guild, every[page * PER_PAGE : (page + 1) * PER_PAGE])
    turns = [button(words.EARLIER, "checkin.groups", guild, page - 1)] if page else []
    turns += [button(words.MORE, "checkin.groups", guild, page + 1)] if page < last else []
    parts += [row(*turns)] if turns else []
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*parts, accent_colour=ACCENT))
    return view


def _groups(guild: int, shown: Sequence[Open]) -> Iterator[ui.Item[Any]]:
    for one in shown:
        group = one.group
        label, name = (words.OPEN, "checkin.page") if one.joined else (words.JOIN, "checkin.join")
        zone = group.zone.replace("_", " ")
        opens = words.opens_each(settings_words.DAYS[group.open_day], clock(group.open_minute), zone)
        small = words.between(opens, words.JOINED_MARK if one.joined else "")
        style = discord.ButtonStyle.secondary if one.joined else _YES
        yield ui.Section(
            ui.TextDisplay(words.group(escape(group.name, _NAME), small)),
            accessory=button(label, name, guild, group.id, style=style),
        )


# -- after joining -------------------------------------------------------------------------------


def ask_clock(guild: int, mine: Mine, now: datetime) -> ui.LayoutView:
    """Their zone is not known: is it the group's?"""
    about, there = (guild, mine.group.id), now.astimezone(ZoneInfo(mine.group.zone))
    return message(
        words.joined(escape(mine.group.name, _NAME)),
        words.clock(f"{there:%H:%M}"),
        words.CLOCK_SMALL,
        rows=[
            row(
                button(words.CLOCK_YES, "checkin.clock", *about, style=_YES),
                button(words.CLOCK_NO, "me.zone", guild),
                button(words.CLOCK_LATER, "checkin.circles", *about),
            )
        ],
    )


def first_circle(guild: int, mine: Mine) -> ui.LayoutView:
    """Who sees my check-ins here? What is chosen leads on to `ready`."""
    offered = circles(mine)
    return message(
        mine_words.ask_circle(escape(mine.group.name, _NAME)),
        "\n".join(mine_words.CIRCLE_MEANS[circle] for circle in offered),
        words.CIRCLE_SMALL,
        rows=[circle_row(offered, None, "checkin.first", guild, mine.group.id)],
    )


def ready(guild: int, mine: Mine) -> ui.LayoutView:
    """All is set; what else can be chosen, each by one press."""
    about = guild, mine.group.id
    check_in = [button(words.CHECK_IN, "checkin.fill", *about, style=_YES)] if takes_one(mine) else []
    return message(
        words.ready(escape(mine.group.name, _NAME)),
        "\n".join(filter(None, _lines(mine))),
        words.REMIND_HINT,
        rows=[
            row(
                *check_in,
                button(words.REMINDER, "checkin.remind", *about),
                button(words.PEN_NAME, "checkin.pen", *about),
                button(words.ALL_SETTINGS, "checkin.set", *about),
            )
        ],
    )


def _lines(mine: Mine) -> Iterator[str]:
    yield settings_words.who_line(mine.membership.circle)
    if mine.membership.wants_pod and mine.group.pods:
        yield words.POD_WISH
    if takes_one(mine):
        yield mine_words.OPEN_NOW
    elif mine.next_opens:
        yield mine_words.opens(f"<t:{int(mine.next_opens.timestamp())}:F>")
