"""What can be done with a check-in beside editing it: tick, who sees it, take it back, and what stands under More.

Values → messages, pure.
"""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.checkins.joining import Mine
from bot.checkins.values import Goal, MemberWeek
from bot.text import cut, tidy
from cogs.checkins.mine_pages import circle_row, circles, goal_lines, to_week
from cogs.checkins.words import mine as words
from cogs.gate import MAX_OPTION, MAX_OPTIONS, escape
from cogs.layout import button, message, row
from cogs.router import custom_id

_TEXT, _QUESTION = 500, 300
_DANGER = discord.ButtonStyle.danger


def tick(guild: int, mine: Mine) -> ui.LayoutView:
    """The plan, as a menu: what is chosen when it closes is done."""
    goals = mine.plan[:MAX_OPTIONS]
    if not goals or mine.plan_id is None:
        return message(words.TICK_HEADING, words.NO_GOALS, rows=[row(to_week(guild, mine))])
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("checkin.ticked", guild, mine.group.id, mine.plan_id),
        placeholder=words.TICK_MENU,
        min_values=0,
        max_values=len(goals),
        options=[_option(number, goal, default=goal.done) for number, goal in enumerate(goals)],
    )
    return message(
        words.TICK_HEADING,
        "\n".join(goal_lines(goals)),
        words.TICK_TEXT,
        rows=[row(menu), row(to_week(guild, mine))],
    )


def _option(number: int, goal: Goal, *, default: bool = False) -> discord.SelectOption:
    return discord.SelectOption(label=cut(tidy(goal.text), MAX_OPTION), value=str(number), default=default)


def sees(guild: int, mine: Mine, week: MemberWeek) -> ui.LayoutView:
    """Who sees this one."""
    now = week.circle or "me"
    return message(
        words.SEES_HEADING,
        words.SEES_NOW[now],
        "\n".join(words.CIRCLE_MEANS[one] for one in circles(mine) if one != now),
        words.SEES_TEXT,
        words.SEES_SMALL,
        rows=[
            circle_row(circles(mine), now, "checkin.seen", guild, mine.group.id, week.id),
            row(to_week(guild, mine)),
        ],
    )


def asks_to_delete(guild: int, mine: Mine, week: MemberWeek) -> ui.LayoutView:
    about = guild, mine.group.id, week.id
    return message(
        words.DELETE_HEADING,
        words.DELETE_TEXT,
        words.DELETE_ERASE,
        rows=[
            row(
                button(words.TAKE_BACK, "checkin.deleted", *about, "keep", style=_DANGER),
                button(words.ERASE, "checkin.deleted", *about, "erase", style=_DANGER),
                button(words.KEEP, "checkin.page", guild, mine.group.id),
            )
        ],
    )


# -- more ----------------------------------------------------------------------------------------


def more(guild: int, mine: Mine, week: MemberWeek, said: str = "") -> ui.LayoutView:
    """Ideas only where somebody can read that they are asked for, a win only where the digest may know of it."""
    about, question = (guild, mine.group.id, week.id), question_of(mine, week)
    others, group = week.circle in ("group", "pod"), week.circle == "group"
    asking = [
        *([button(_turn(week.said.ideas, "ideas"), "checkin.ask", *about, "ideas")] if others else []),
        *([button(words.ENOUGH_IDEAS, "checkin.enough", *about)] if others and week.said.ideas else []),
        *([button(_turn(week.said.win, "win"), "checkin.ask", *about, "win")] if group else []),
        *([button(_turn(week.said.answer, "answer"), "checkin.ask", *about, "answer")] if question else []),
    ]
    keeping = [button(words.PIN, "checkin.pin", *about)] if finished(week) else []
    keeping += [button(words.POST_AGAIN, "checkin.again", *about)] if others else []
    return message(
        said,
        words.MORE_HEADING,
        "\n".join(
            filter(
                None,
                [
                    words.more_ideas(escape(week.said.ideas, _TEXT)) if others else "",
                    words.more_win(escape(week.said.win, _TEXT)) if group else "",
                    words.more_question(escape(question, _QUESTION), escape(week.said.answer, _TEXT)),
                    words.MORE_PIN if finished(week) else "",
                    words.MORE_AGAIN if others else "",
                ],
            )
        ),
        rows=[*([row(*asking)] if asking else []), row(*keeping, to_week(guild, mine))],
    )


_TURNS = {
    "ideas": (words.ASK_IDEAS, words.CHANGE_IDEAS),
    "win": (words.ASK_WIN, words.CHANGE_WIN),
    "answer": (words.ASK_QUESTION, words.CHANGE_ANSWER),
}


def _turn(text: str, what: str) -> str:
    return _TURNS[what][bool(text)]


def question_of(mine: Mine, week: MemberWeek) -> str:
    """The group's own, of the week that it is about; "" when it has none or the week is over."""
    return mine.cycle.question if mine.cycle is not None and mine.cycle.id == week.cycle_id else ""


def finished(week: MemberWeek) -> list[tuple[int, Goal]]:
    """The goals that were finished in this week, with their numbers."""
    return [(number, goal) for number, goal in enumerate(week.said.reviewed) if goal.done]


def pin(guild: int, mine: Mine, week: MemberWeek) -> ui.LayoutView:
    """Which finished goal goes onto my list of results?"""
    menu: ui.Select[Any] = ui.Select(
        custom_id=custom_id("checkin.pinned", guild, mine.group.id, week.id),
        placeholder=words.PIN_MENU,
        options=[_option(number, goal) for number, goal in finished(week)][:MAX_OPTIONS],
    )
    return message(words.PIN_HEADING, words.PIN_TEXT, rows=[row(menu), row(to_week(guild, mine))])
