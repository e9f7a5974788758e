"""What a member sees of their own weeks: a row for each, what they add up to, and all groups week by week. Pure.

A week is shown in four kinds, so that it never counts against anybody. Late is as good as on time, and whatever took
a week off (a pause, a holiday, an outage, a freeze, a repair, not being there) is one kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.checkins import streak
from bot.checkins.values import Circle, Goal, MemberWeek, Result, Said, Standing, WeekState
from bot.checkins.week import WEEK, number

Kind = Literal["done", "off", "open", "quiet"]
"""done: they checked in · off: it does not count · open: it can still be done · quiet: nothing was said."""

KINDS: Mapping[WeekState, Kind] = {
    "on_time": "done",
    "late": "done",
    "excused": "off",
    "amnesty": "off",
    "frozen": "off",
    "repaired": "off",
    "pending": "open",
    "missed": "quiet",
}

MOST_CELLS = 52
"""Weeks in a picture: a year."""

_FIRST: Sequence[Kind] = (
    "done",
    "open",
    "quiet",
    "off",
)  # which kind a week is that is several in several groups


@dataclass(frozen=True, slots=True)
class Row:
    """One week in one group. planned, finished: goals of that week; of an open one, those of the plan for it.

    question: the group's own, which `said.answer` answers. said_at: None: no check-in. taken_back: nobody else sees
    it any more. thanks: for its card.
    """

    week_id: int
    week: date
    group_id: int
    group: str
    kind: Kind
    planned: int
    finished: int
    said: Said
    question: str = ""
    circle: Circle | None = None
    said_at: datetime | None = None
    edited_at: datetime | None = None
    taken_back: bool = False
    thanks: int = 0

    @property
    def number(self) -> int:
        """Of the ISO week."""
        return number(self.week)


@dataclass(frozen=True, slots=True)
class Cell:
    """One week over all groups, as a picture shows it."""

    week: date
    kind: Kind
    planned: int = 0
    finished: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """checkins: weeks in which there was one. planned, finished: goals."""

    checkins: int
    planned: int
    finished: int


@dataclass(frozen=True, slots=True)
class History:
    """A member's weeks, in all their groups or in one. rows: the oldest first. standings: by group id."""

    rows: tuple[Row, ...]
    standings: Mapping[int, Standing]
    results: tuple[Result, ...] = ()

    @property
    def totals(self) -> Totals:
        return Totals(
            checkins=len({row.week for row in self.rows if row.kind == "done"}),
            planned=sum(row.planned for row in self.rows),
            finished=sum(row.finished for row in self.rows),
        )


def history(
    weeks: Iterable[MemberWeek],
    names: Mapping[int, str],
    results: Iterable[Result] = (),
    *,
    questions: Mapping[int, str] | None = None,
    thanks: Mapping[int, int] | None = None,
) -> History:
    """All of it. weeks: of one member, in any order. names: of the groups, by id.

    questions: a group's own, by cycle id; thanks: how many, by the week's id; nothing where there are none.
    """
    by_group: dict[int, list[MemberWeek]] = {}
    for one in sorted(weeks, key=lambda one: one.week):
        by_group.setdefault(one.group_id, []).append(one)
    rows = [
        _row(one, plan, names.get(one.group_id, ""), (questions or {}), (thanks or {}))
        for every in by_group.values()
        for one, plan in zip(every, _plans(every), strict=True)
    ]
    return History(
        rows=tuple(sorted(rows, key=lambda row: (row.week, row.group.casefold(), row.group_id))),
        standings={group_id: streak.standing(every) for group_id, every in by_group.items()},
        results=tuple(sorted(results, key=lambda one: (one.week, one.made_at, one.id))),
    )


def cells(one: History, most: int = MOST_CELLS) -> tuple[Cell, ...]:
    """Week by week without a gap, the oldest first, the newest `most`. Weeks in which they had no group are off."""
    by_week: dict[date, list[Row]] = {}
    for row in one.rows:
        by_week.setdefault(row.week, []).append(row)
    every: list[Cell] = []
    for week in sorted(by_week):
        while every and every[-1].week + WEEK < week:
            every.append(Cell(every[-1].week + WEEK, "off"))
        every.append(_cell(week, by_week[week]))
    return tuple(every[max(0, len(every) - most) :])


def totals(every: Iterable[Cell]) -> Totals:
    """What these weeks add up to."""
    seen = tuple(every)
    return Totals(
        checkins=sum(one.kind == "done" for one in seen),
        planned=sum(one.planned for one in seen),
        finished=sum(one.finished for one in seen),
    )


def _plans(every: Sequence[MemberWeek]) -> list[tuple[Goal, ...]]:
    """The goals of each week of one group, the oldest first: those that were looked back on.

    The first open week has the plan that was made last; what is ticked there already is finished.
    """
    goals: list[tuple[Goal, ...]] = []
    plan: tuple[Goal, ...] = ()
    for one in every:
        waits = one.state == "pending"
        goals.append(plan if waits else one.said.reviewed)
        plan = one.said.goals or (() if waits else plan)
    return goals


def _row(
    one: MemberWeek,
    goals: tuple[Goal, ...],
    name: str,
    questions: Mapping[int, str],
    thanks: Mapping[int, int],
) -> Row:
    return Row(
        week_id=one.id,
        week=one.week,
        group_id=one.group_id,
        group=name,
        kind=KINDS[one.state],
        planned=len(goals),
        finished=sum(goal.done for goal in goals),
        said=one.said,
        question=questions.get(one.cycle_id, ""),
        circle=one.circle,
        said_at=one.submitted_at,
        edited_at=one.edited_at,
        taken_back=one.withdrawn_at is not None,
        thanks=thanks.get(one.id, 0),
    )


def _cell(week: date, rows: Sequence[Row]) -> Cell:
    return Cell(
        week=week,
        kind=min((row.kind for row in rows), key=_FIRST.index),
        planned=sum(row.planned for row in rows),
        finished=sum(row.finished for row in rows),
    )
