"""What somebody types into the form, made into goals and lines; what of an old plan goes on. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.checkins.joining import Mine, plan_in, plans_ahead
from bot.checkins.values import Circle, Cycle, Goal, Going, MemberWeek, Said
from bot.checkins.week import number, taken
from bot.ports import Template
from bot.refusals import Refusal
from bot.text import cut, tidy, tidy_lines

MOST_GOALS, MAX_GOAL, MAX_LEARNED, MAX_IF_THEN = 5, 120, 600, 200
MAX_ANSWER, MAX_IDEAS, MAX_WIN, MAX_RESULT = 600, 200, 120, 200

CHANGE_FOR = timedelta(days=14)
"""So long after its week is settled a check-in can be changed."""

# "- ", "2. ", "[ ] ", "• ": how people begin a line of a list. "3.5 hours" and "2 letters" are goals.
_BULLET = re.compile(r"(?:(?:[-*+–—]|\d{1,2}[.)]|\[[ xX]?\])(?:\s+|$)|[•·▪◦‣●○■□☐✓✔]\s*)+")


@dataclass(frozen=True, slots=True)
class Typed:
    """What came back in a form. done: which of `Ask.goals` were ticked, from 0. goals_text: one a line."""

    done: tuple[int, ...] = ()
    learned: str = ""
    goals_text: str = ""
    if_then: str = ""
    going: Going = "unsaid"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a form shows. goals: to be ticked; prefill: what stands in its parts already."""

    mine: Mine
    template: Template
    goals: tuple[Goal, ...]
    prefill: Said


def goals_of(text: str) -> tuple[Goal, ...]:
    """One goal a line, without bullets and numbers; the same one twice is once.

    Refuses "too_many_goals" and "goal_too_long": nobody's words are cut behind their back.
    """
    lines = [_BULLET.sub("", line, count=1) for line in tidy_lines(text).split("\n")]
    goals = {_same(line): line for line in reversed(lines) if line}
    found = tuple(Goal(line) for line in reversed(goals.values()))
    for goal in found:
        if len(goal.text) > MAX_GOAL:
            raise Refusal("goal_too_long", limit=MAX_GOAL, goal=cut(goal.text, 60))
    if len(found) > MOST_GOALS:
        raise Refusal("too_many_goals", limit=MOST_GOALS, count=len(found))
    return found


def text_of(goals: Sequence[Goal]) -> str:
    """As they stand in the form: one a line."""
    return "\n".join(goal.text for goal in goals)


def unfinished(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """What of a plan goes on."""
    return tuple(goal for goal in goals if not goal.done)


def ticked(goals: Sequence[Goal], numbers: Collection[int]) -> tuple[Goal, ...]:
    """The same goals, of which exactly these are finished; numbers from 0, unknown ones mean nothing."""
    return tuple(Goal(goal.text, position in numbers) for position, goal in enumerate(goals))


def said(typed: Typed, plan: Sequence[Goal], before: Said) -> Said:
    """What they say now. plan: the goals that were to be ticked. before: what they said of this week already.

    A goal that is ticked is no goal of the next week, though its line was prefilled. Refuses "checkin_empty".
    """
    reviewed = ticked(plan, typed.done)
    finished = {_same(goal.text) for goal in reviewed if goal.done}
    goals = [goal for goal in goals_of(typed.goals_text) if _same(goal.text) not in finished]
    now = replace(
        before,
        reviewed=reviewed,
        learned=lines_of(typed.learned, MAX_LEARNED, "learned"),
        goals=_as_before(goals, before.goals),
        if_then=line_of(typed.if_then, MAX_IF_THEN, "if_then"),
        going=typed.going,
    )
    if not (finished or now.learned or now.goals or now.if_then):
        raise Refusal("checkin_empty")
    return now


def planned(goals_text: str, if_then: str, before: Sequence[Goal]) -> tuple[tuple[Goal, ...], str]:
    """(goals, if-then) of a plan alone. before: the plan it takes the place of; what was ticked of it stays so."""
    goals = _as_before(goals_of(goals_text), before)
    line = line_of(if_then, MAX_IF_THEN, "if_then")
    if not (goals or line):
        raise Refusal("plan_empty")
    return goals, line


def with_plan(one: MemberWeek, goals_text: str, if_then: str, *, ahead: bool) -> MemberWeek:
    """A week with this plan in it. ahead: it is the plan for this very week; else for what comes after it."""
    before = one.said.reviewed if ahead else one.said.goals
    goals, line = planned(goals_text, if_then, before)
    said = replace(one.said, if_then=line)
    return replace(one, said=replace(said, reviewed=goals) if ahead else replace(said, goals=goals))


def with_ticks(one: MemberWeek, numbers: Collection[int]) -> MemberWeek:
    """A week in whose plan exactly these goals are finished."""
    goals = ticked(plan_in(one), numbers)
    ahead = plans_ahead(one)
    return replace(one, said=replace(one.said, reviewed=goals) if ahead else replace(one.said, goals=goals))


def prefill(one: MemberWeek, goals: Sequence[Goal]) -> Said:
    """What stands in the form already. goals: those to be ticked; what is unfinished of them goes on."""
    if one.submitted_at is not None and one.withdrawn_at is None:
        return one.said
    return Said(goals=one.said.goals or unfinished(goals), if_then=one.said.if_then)


def line_of(text: str, limit: int, part: str) -> str:
    """One line. Refuses "too_long" with the part of the form that it stands in."""
    return _within(tidy(text), limit, part)


def lines_of(text: str, limit: int, part: str) -> str:
    """As `line_of`, with its line breaks."""
    return _within(tidy_lines(text), limit, part)


def _within(text: str, limit: int, part: str) -> str:
    if len(text) > limit:
        raise Refusal("too_long", part=part, limit=limit, length=len(text))
    return text


def _as_before(goals: Sequence[Goal], before: Sequence[Goal]) -> tuple[Goal, ...]:
    """What was ticked already stays ticked."""
    finished = {_same(goal.text) for goal in before if goal.done}
    return tuple(Goal(goal.text, _same(goal.text) in finished) for goal in goals)


def _same(text: str) -> str:
    return text.casefold()


def asking(one: MemberWeek, ideas: str) -> Said:
    """What they say with this question to those who see the card. Refuses "only_you_see_it"."""
    if ideas and one.circle not in ("group", "pod"):
        raise Refusal("only_you_see_it")
    return replace(one.said, ideas=ideas)


def winning(one: MemberWeek, win: str) -> Said:
    """What they say with this line for the digest. Refuses "not_in_digest": it tells of what the group sees."""
    if win and one.circle != "group":
        raise Refusal("not_in_digest")
    return replace(one.said, win=win)


# -- a check-in ----------------------------------------------------------------------------------


def checked_in(
    one: MemberWeek, cycle: Cycle, said: Said, circle: Circle, *, opened_at: datetime, sent_at: datetime
) -> MemberWeek:
    """Their week after a form that was opened and sent then; the second one changes the first.

    When it was sent is Discord's own time. Refuses "checkin_not_open", "checkin_week_off" and "checkin_closed".
    """
    in_time = taken(one, cycle, sent_at, opened_at)
    again = one.submitted_at is not None
    if in_time is None and not (again and can_be_changed(one, cycle, sent_at)):
        raise not_taken(cycle)
    return replace(
        one,
        state=one.state if again or in_time is None else in_time,
        submitted_at=one.submitted_at or sent_at,
        edited_at=sent_at if again else None,
        withdrawn_at=None,
        remind_at=None,
        circle=circle,
        said=said,
    )


def can_be_changed(one: MemberWeek, cycle: Cycle, now: datetime) -> bool:
    """Are there words, and is their week not over for long?"""
    return one.submitted_at is not None and one.withdrawn_at is None and now < cycle.final_at + CHANGE_FOR


def to_change(one: MemberWeek, cycle: Cycle, now: datetime) -> None:
    """Refuses "checkin_gone" and "edit_over"."""
    is_said(one)
    if not can_be_changed(one, cycle, now):
        raise Refusal("edit_over", days=CHANGE_FOR.days)


def is_said(one: MemberWeek) -> None:
    """Refuses "checkin_gone": nothing was said, or it was taken back."""
    if one.submitted_at is None or one.withdrawn_at is not None:
        raise Refusal("checkin_gone")


def taken_back(one: MemberWeek, now: datetime, *, erase: bool) -> MemberWeek:
    """Their week without a word in it. That they were here stays, unless that is to be erased as well."""
    bare = replace(one, said=Said(), withdrawn_at=now, edited_at=None, remind_at=None)
    return replace(bare, state="excused", submitted_at=None) if erase else bare


def not_taken(cycle: Cycle) -> Refusal:
    """Why this one takes no check-in of theirs."""
    if cycle.state == "scheduled":
        return Refusal("checkin_not_open", opens_at=cycle.opens_at)
    if cycle.state == "skipped":
        return Refusal("checkin_week_off", week=number(cycle.week))
    return Refusal("checkin_closed", week=number(cycle.week))
