"""The pages of `/checkin now`: my week as I see it. Values → messages, pure. A button names its server and group."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import discord
from discord import ui

from bot.checkins import cards as card_rules
from bot.checkins.joining import Mine
from bot.checkins.values import Circle, Goal, MemberWeek
from bot.checkins.week import number
from bot.jobs.days import spoken
from bot.text import cut
from cogs.checkins import cards
from cogs.checkins.words import mine as words
from cogs.gate import MAX_LABEL, MAX_TEXT, escape
from cogs.layout import button, message, row

LETTERS: Mapping[Circle, str] = {"pod": "p", "me": "m", "group": "g"}
"""Circle → how a custom_id writes it; in the order in which they are offered."""
MOST_GROUPS = 22  # two a row, and one for all of them: Discord has forty components
_NAME, _LINE, _GOAL = 80, 300, 120  # characters
_MOST_HELPERS = 20
_HEAD = 400  # characters that stand above a card
_YES = discord.ButtonStyle.primary


def circle_of(letter: str) -> Circle:
    """What a custom_id meant; what nobody wrote is the narrowest."""
    return next((circle for circle, one in LETTERS.items() if one == letter), "me")


def exactly(moment: datetime) -> str:
    """In each reader's own clock; for private answers only. An exclusive end is said as its last minute."""
    return f"<t:{int((moment - timedelta(minutes=1)).timestamp())}:F>"


# -- which group, who sees it --------------------------------------------------------------------


def choose(guild: int, every: Sequence[Mine], name: str, together: str = "") -> ui.LayoutView:
    """name: of the handler that answers. together: label of a button for all of them, "" none."""
    buttons = [
        button(cut(one.group.name, MAX_LABEL), name, guild, one.group.id) for one in every[:MOST_GROUPS]
    ]
    buttons += [button(together, name, guild, 0)] if together else []
    pairs = [row(*buttons[first : first + 2]) for first in range(0, len(buttons), 2)]
    return message(words.CHOOSE, words.CHOOSE_SMALL, rows=pairs)


def ask_circle(guild: int, mine: Mine) -> ui.LayoutView:
    """Before the first form; a press opens it."""
    offered = circles(mine)
    return message(
        words.ask_circle(escape(mine.group.name, _NAME)),
        "\n".join(words.CIRCLE_MEANS[circle] for circle in offered),
        words.ASK_CIRCLE,
        rows=[circle_row(offered, None, "checkin.circle", guild, mine.group.id)],
    )


def circles(mine: Mine) -> list[Circle]:
    """Those that this group has, the narrow ones first."""
    return [circle for circle in LETTERS if circle != "pod" or mine.group.pods]


def circle_row(
    offered: Sequence[Circle], now: Circle | None, name: str, *arguments: object
) -> ui.ActionRow[Any]:
    """A button for each circle but that of `now`; the first one is what we suggest."""
    rest = [circle for circle in offered if circle != now]
    return row(
        *(
            button(
                words.CIRCLES[circle],
                name,
                *arguments,
                LETTERS[circle],
                style=_YES if now is None and circle == rest[0] else discord.ButtonStyle.secondary,
            )
            for circle in rest
        )
    )


# -- my card -------------------------------------------------------------------------------------


def takes_one(mine: Mine) -> bool:
    """Can they check in now, and haven't they yet?"""
    return mine.cycle is not None and (mine.week is None or mine.week.submitted_at is None)


def card(guild: int, mine: Mine, week: MemberWeek, said: str = "") -> ui.LayoutView:
    """The card as others see it, and below it what only I see. week: mine.week. said: what was done just now."""
    about, mine_alone = (guild, mine.group.id), "\n".join(filter(None, _only_for_me(mine, week)))
    return message(
        said,
        f"-# {escape(mine.group.name, _NAME)} · {_seen_by(week)}",
        _as_others_see_it(mine, week, MAX_TEXT - _HEAD - len(mine_alone)),
        mine_alone,
        rows=[
            *_changes(guild, mine, week),
            row(
                *_numbers_button(guild, mine, week),
                button(words.MY_PLAN_BUTTON, "checkin.plan", *about),
                button(words.HISTORY, "checkin.history", *about),
                button(words.SETTINGS, "checkin.set", *about),
            ),
        ],
    )


def _as_others_see_it(mine: Mine, week: MemberWeek, room: int) -> str:
    """The lines of the card as its readers see them, as many as fit; a hidden one as it would be."""
    if mine.cycle is None or week.withdrawn_at is not None:
        return ""
    shown = card_rules.card(replace(week, hidden_at=None), mine.cycle, mine.name)
    drawn = cards.card(shown, "").walk_children()
    lines = "\n".join(item.content for item in drawn if isinstance(item, ui.TextDisplay)).splitlines(True)
    return "".join(cards.fitting(lines, room)).rstrip()


def _seen_by(week: MemberWeek) -> str:
    if week.withdrawn_at is not None:
        return words.TAKEN_BACK
    return words.HIDDEN if week.hidden_at is not None else words.SEEN_BY[week.circle or "me"]


def _only_for_me(mine: Mine, week: MemberWeek) -> Iterator[str]:
    yield words.thanked(mine.thanks)
    yield words.helpers([f"<@{one}>" for one in mine.helpers[:_MOST_HELPERS]])
    if week.withdrawn_at is None:
        yield words.going(week.said.going)
    yield words.standing(mine.standing)
    if line := numbers_line(mine, week):
        yield words.from_my_list(line)


def _changes(guild: int, mine: Mine, week: MemberWeek) -> list[ui.ActionRow[Any]]:
    about = guild, mine.group.id
    if week.withdrawn_at is not None:
        return [row(button(words.WRITE_AGAIN, "checkin.fill", *about))] if mine.cycle else []
    tick = [button(words.TICK, "checkin.tick", *about)] if mine.plan_id and mine.plan else []
    return [
        row(
            button(words.EDIT, "checkin.edit", *about, week.id),
            *tick,
            *(
                button(label, f"checkin.{name}", *about, week.id)
                for label, name in ((words.SEES, "sees"), (words.DELETE, "delete"), (words.MORE, "more"))
            ),
        )
    ]


def _numbers_button(guild: int, mine: Mine, week: MemberWeek) -> list[ui.Button[Any]]:
    if not numbers_line(mine, week):
        return []
    return [button(words.KEEP_NUMBERS, "checkin.numbers", guild, mine.group.id, week.id)]


def numbers_line(mine: Mine, week: MemberWeek) -> str:
    """ "Week 47: 3 applied, 1 interview"; "" when there is nothing to count."""
    counted = [(mine.numbers.get(stage, 0), names) for stage, names in words.NUMBERS.items()]
    parts = [f"{many} {one if many == 1 else several}" for many, (one, several) in counted if many]
    return words.numbers(number(week.week), parts) if parts else ""


# -- between two weeks ---------------------------------------------------------------------------


def plan(guild: int, mine: Mine, said: str = "") -> ui.LayoutView:
    """What I planned, and when the next week opens. said: what was done just now."""
    about = guild, mine.group.id
    seen = mine.week is not None and mine.week.submitted_at is not None
    return message(
        said,
        words.plan_heading(escape(mine.group.name, _NAME)),
        "\n".join(filter(None, _when(mine))),
        "\n".join([words.MY_PLAN, *goal_lines(mine.plan), *_if_then(mine)]) if mine.plan else words.NO_PLAN,
        words.standing(mine.standing),
        rows=[
            row(
                *([button(words.CHECK_IN, "checkin.fill", *about, style=_YES)] if takes_one(mine) else []),
                button(words.CHANGE_PLAN if mine.plan else words.MAKE_PLAN, "checkin.plan.ask", *about),
                *([button(words.TICK, "checkin.tick", *about)] if mine.plan_id and mine.plan else []),
                *_last(mine),
                *([button(words.RESUME, "checkin.resume", *about)] if mine.paused_until else []),
            ),
            row(
                *([button(words.MY_WEEK, "checkin.page", *about)] if seen else []),
                button(words.HISTORY, "checkin.history", *about),
                button(words.SETTINGS, "checkin.set", *about),
                button(words.GROUPS, "checkin.groups", guild, 0),
            ),
        ],
    )


def _last(mine: Mine) -> list[ui.Button[Any]]:
    """To the check-in of a week that is over."""
    if mine.cycle is not None or mine.last is None or not mine.last.speaks:
        return []
    return [button(words.LAST, "checkin.last", mine.group.guild_id, mine.group.id, mine.last.id)]


def _when(mine: Mine) -> Iterator[str]:
    if mine.paused_until:
        yield words.away_until(spoken(last_day(mine.paused_until)))
    if takes_one(mine):
        yield words.OPEN_NOW
    elif mine.next_opens:
        yield words.opens(f"<t:{int(mine.next_opens.timestamp())}:F>")
    else:
        yield words.NO_WEEK


def last_day(week: date) -> date:
    """A week's Sunday."""
    return week + timedelta(days=6)


def goal_lines(goals: Sequence[Goal]) -> list[str]:
    """One a line; what is done says so in words, too: strike-through alone is read by nobody's screen reader."""
    return [
        words.done_goal(escape(goal.text.rstrip("~"), _GOAL))
        if goal.done
        else words.goal(escape(goal.text, _GOAL))
        for goal in goals
    ]


def _if_then(mine: Mine) -> list[str]:
    return [words.if_then(escape(mine.if_then, _LINE))] if mine.if_then else []


# -- short answers -------------------------------------------------------------------------------


def due(_guild: int, mine: Mine) -> ui.LayoutView:
    """When this week ends for the one who asks. Private: it is an instant of theirs."""
    if mine.due_at is None or mine.open_until is None:
        return message(words.NOTHING_OPEN)
    return message(words.due_for_me(exactly(mine.due_at), exactly(mine.open_until)))


def skipped(guild: int, mine: Mine) -> ui.LayoutView:
    """Which weeks are off now."""
    if mine.paused_until is None:
        return message(words.NOTHING_OPEN)
    text = words.away_until(spoken(last_day(mine.paused_until)))
    return message(text, rows=[row(button(words.RESUME, "checkin.resume", guild, mine.group.id))])


def not_in(guild: int) -> ui.LayoutView:
    return message(words.NOT_IN, rows=[row(button(words.GROUPS, "checkin.groups", guild, 0, style=_YES))])


def not_in_this(guild: int, group_id: int | None) -> ui.LayoutView:
    """group_id: None when only the week is known."""
    if group_id is None:
        return not_in(guild)
    join = button(words.JOIN, "checkin.join", guild, group_id, style=_YES)
    return message(words.NOT_IN_THIS, rows=[row(join, button(words.GROUPS, "checkin.groups", guild, 0))])


def helpers(guild: int, group_id: int, who: Sequence[int]) -> ui.LayoutView:
    """Who offered to help with what I asked for."""
    mentions = [f"<@{one}>" for one in who[:_MOST_HELPERS]]
    back = button(words.BACK, "checkin.page", guild, group_id)
    return message(words.helpers(mentions) or words.NO_HELPERS, rows=[row(back)])


def to_week(guild: int, mine: Mine) -> ui.Button[Any]:
    return button(words.BACK, "checkin.page", guild, mine.group.id)
