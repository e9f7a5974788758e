"""The pages of `/checkin settings` and `/checkin pause`. Values → messages, pure."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.checkins.joining import Mine
from bot.checkins.pauses import MOST_WEEKS
from bot.jobs.days import spoken
from bot.people.members import Member
from cogs.checkins.join_pages import clock
from cogs.checkins.mine_pages import circle_row, circles, last_day
from cogs.checkins.words import mine as mine_words
from cogs.checkins.words import settings as words
from cogs.gate import escape
from cogs.layout import button, message, row
from cogs.router import custom_id

_NAME = 80
_LAST_DAY = 6  # Sunday
_YES, _DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.danger


def settings(guild: int, mine: Mine, member: Member, own_name: str, pod_name: str = "") -> ui.LayoutView:
    """Everything that is set in one group, a line each. own_name: my pen name here; pod_name: of my pod; "" none."""
    about, me = (guild, mine.group.id), mine.membership
    pod = words.POD_OFF if me.wants_pod else words.POD_ON
    lines = [
        words.who_line(me.circle),
        words.pod_line(escape(pod_name, _NAME), me.wants_pod) if mine.group.pods else "",
        words.reminder_line(_reminder(mine), member.dm_since is not None),
        words.drift_line(me.drift),
        words.pen_line(escape(own_name, _NAME)),
    ]
    return message(
        words.heading(escape(mine.group.name, _NAME)),
        "\n".join(filter(None, lines)),
        words.SMALL,
        rows=[
            row(
                button(words.WHO, "checkin.who", *about),
                *([button(pod, "checkin.pod", *about)] if mine.group.pods else []),
                *([button(words.SWAP, "checkin.pod.swap", *about)] if pod_name else []),
                button(words.REMINDER, "checkin.remind", *about),
            ),
            row(
                button(words.DRIFT_OFF if me.drift else words.DRIFT_ON, "checkin.drift", *about),
                button(words.PEN, "checkin.pen", *about),
                button(words.PAUSE, "checkin.pauses", *about),
            ),
            row(
                button(words.MY_WEEK, "checkin.page", *about),
                button(words.LEAVE, "checkin.leave", *about),
            ),
        ],
    )


def _reminder(mine: Mine) -> str:
    day = mine.membership.remind_day
    return "" if day is None else words.when(day, clock(mine.membership.remind_minute))


def who(guild: int, mine: Mine) -> ui.LayoutView:
    """Who sees my check-ins from now on."""
    now = mine.membership.circle
    return message(
        words.WHO_HEADING,
        words.who_line(now),
        "\n".join(mine_words.CIRCLE_MEANS[one] for one in circles(mine) if one != now),
        words.WHO_SMALL,
        rows=[
            circle_row(circles(mine), now, "checkin.who.choose", guild, mine.group.id),
            row(_back(guild, mine)),
        ],
    )


# -- reminder ------------------------------------------------------------------------------------


def reminder(guild: int, mine: Mine, member: Member) -> ui.LayoutView:
    """Day and hour, each a menu that counts at once; first of all whether I may write at all."""
    about, me = (guild, mine.group.id), mine.membership
    may_write = member.dm_since is not None and member.dm_closed_at is None
    consent = [] if may_write else [button(words.WRITE_TO_ME, "checkin.letters", *about, style=_YES)]
    stop = [] if me.remind_day is None else [button(words.NO_REMINDER, "checkin.remind.none", *about)]
    return message(
        words.REMINDER_HEADING,
        words.reminder_line(_reminder(mine), may_write),
        words.REMINDER_TEXT,
        "" if may_write else words.REMINDER_CLOSED,
        words.QUIET_HOURS,
        rows=[
            row(_days(guild, mine)),
            row(_hours(guild, mine)),
            row(*consent, *stop, _back(guild, mine)),
        ],
    )


def _days(guild: int, mine: Mine) -> ui.Select[Any]:
    """From the day on which the group opens: before that there is nothing to do."""
    return ui.Select(
        custom_id=custom_id("checkin.remind.day", guild, mine.group.id),
        placeholder=words.DAY_MENU,
        options=[
            discord.SelectOption(
                label=words.DAYS[day], value=str(day), default=day == mine.membership.remind_day
            )
            for day in range(mine.group.open_day, _LAST_DAY + 1)
        ],
    )


def _hours(guild: int, mine: Mine) -> ui.Select[Any]:
    at = mine.membership.remind_minute if mine.membership.remind_day is not None else None
    return ui.Select(
        custom_id=custom_id("checkin.remind.hour", guild, mine.group.id),
        placeholder=words.HOUR_MENU,
        options=[
            discord.SelectOption(label=clock(hour * 60), value=str(hour * 60), default=hour * 60 == at)
            for hour in range(24)
        ],
    )


# -- pen name, leaving ---------------------------------------------------------------------------


def pen_name(guild: int, mine: Mine, own_name: str) -> ui.LayoutView:
    """own_name: of this group alone; mine.name may come from /me settings."""
    about = guild, mine.group.id
    text = words.pen_is(escape(mine.name, _NAME)) if mine.name else words.PEN_NONE
    label = words.CHANGE_PEN if own_name else words.CHOOSE_PEN
    return message(
        words.PEN_HEADING,
        text,
        words.PEN_SMALL,
        rows=[row(button(label, "checkin.pen.ask", *about, style=_YES), _back(guild, mine))],
    )


def asks_to_leave(guild: int, mine: Mine) -> ui.LayoutView:
    about = guild, mine.group.id
    return message(
        words.leave_heading(escape(mine.group.name, _NAME)),
        words.LEAVE_TEXT,
        words.LEAVE_ERASE,
        rows=[
            row(
                button(words.LEAVE_KEEP, "checkin.left", *about, "keep", style=_DANGER),
                button(words.LEAVE_AND_ERASE, "checkin.left", *about, "erase", style=_DANGER),
                button(words.STAY, "checkin.set", *about),
            )
        ],
    )


def left(mine: Mine) -> ui.LayoutView:
    return message(words.left(escape(mine.group.name, _NAME)))


def left_erased(mine: Mine) -> ui.LayoutView:
    return message(words.left_erased(escape(mine.group.name, _NAME)))


# -- pause ---------------------------------------------------------------------------------------


def pause(guild: int, mine: Mine) -> ui.LayoutView:
    """Time off: this week, several, or because I am ill."""
    about = guild, mine.group.id
    until = mine.paused_until
    resume = [button(words.RESUME, "checkin.resume", *about, style=_YES)] if until else []
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("checkin.paused", *about),
        placeholder=words.WEEKS_MENU,
        options=[
            discord.SelectOption(label=words.weeks(number), value=str(number))
            for number in range(1, MOST_WEEKS + 1)
        ],
    )
    return message(
        words.pause_heading(escape(mine.group.name, _NAME)),
        words.paused(spoken(last_day(until))) if until else words.NOT_PAUSED,
        words.PAUSE_TEXT,
        words.PAUSE_ILL,
        rows=[
            row(
                *resume,
                button(words.SKIP, "checkin.skipped", *about),
                button(words.ILL, "checkin.ill", *about),
            ),
            row(menu),
            row(button(mine_words.MY_WEEK, "checkin.page", *about), _settings(guild, mine)),
        ],
    )


def _back(guild: int, mine: Mine) -> ui.Button[Any]:
    return button(words.BACK, "checkin.set", guild, mine.group.id)


def _settings(guild: int, mine: Mine) -> ui.Button[Any]:
    return button(mine_words.SETTINGS, "checkin.set", guild, mine.group.id)
