"""A group in numbers, for its moderators. Pure.

Only check-ins that the whole group may see count, as in its digest. A number is shown when it is made by five people
at least, and so is whatever a reader gets by taking one shown number from another: those who are not in it. None
means that it is not shown; a zero is not shown either, since it is fewer than five.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.checkins.values import MemberWeek, Pod
from bot.checkins.week import WEEK, number

FEWEST = 5
"""People behind every number that is shown."""

WEEKS = 12


@dataclass(frozen=True, slots=True)
class WeekStats:
    """One week. off: the group took it off. checkins: people. planned, finished: goals of that week."""

    week: date
    checkins: int | None = None
    planned: int | None = None
    finished: int | None = None
    off: bool = False

    @property
    def number(self) -> int:
        """Of the ISO week."""
        return number(self.week)


@dataclass(frozen=True, slots=True)
class GroupStats:
    """weeks: the oldest first, without a gap. members: whom it has seen of late. pods: now. thanks: in all weeks."""

    weeks: tuple[WeekStats, ...]
    members: int | None = None
    pods: int | None = None
    thanks: int | None = None


def visible(weeks: Iterable[MemberWeek]) -> list[MemberWeek]:
    """Those whose words everybody in the group may see."""
    return [one for one in weeks if one.speaks and one.circle == "group"]


def stats(
    last: date,
    members: Collection[int],
    weeks: Iterable[MemberWeek],
    *,
    thanks: Iterable[tuple[int, int]] = (),
    pods: Iterable[Pod] = (),
    off: Collection[date] = (),
    since: date | None = None,
    most: int = WEEKS,
) -> GroupStats:
    """The `most` weeks up to `last`, none before `since` (the group's first).

    members: whom it has seen of late. weeks: of any of its members. thanks: (the week's id, who gave it); those of
    people who show nothing here don't count. off: weeks that the group took off.
    """
    first = last - (most - 1) * WEEK
    first = max(first, since) if since else first
    seen = [one for one in visible(weeks) if first <= one.week <= last]
    shown = tuple(
        _week(week, [one for one in seen if one.week == week], week in off) for week in _from_to(first, last)
    )
    most_seen = max((one.checkins or 0 for one in shown), default=0)
    shows_members = len(members) - most_seen >= FEWEST
    return GroupStats(
        weeks=shown,
        members=len(members) if shows_members else None,
        pods=_pods(pods, members if shows_members else None),
        thanks=_thanks(thanks, seen),
    )


def _from_to(first: date, last: date) -> list[date]:
    return [first + n * WEEK for n in range((last - first) // WEEK + 1)]


def _week(week: date, seen: Collection[MemberWeek], off: bool) -> WeekStats:
    finished = [one for one in seen if any(goal.done for goal in one.said.reviewed)]
    goes_on = [one for one in seen if not all(goal.done for goal in one.said.reviewed)]
    planned = [one for one in seen if one.said.reviewed]
    shows_planned = len(planned) >= FEWEST
    # Beside the planned ones, those finished tell those that go on; and each is made by people of its own.
    shows_finished = len(finished) >= FEWEST and (not shows_planned or len(goes_on) >= FEWEST)
    goals = [goal for one in seen for goal in one.said.reviewed]
    return WeekStats(
        week=week,
        checkins=len(seen) if len(seen) >= FEWEST else None,
        planned=len(goals) if shows_planned else None,
        finished=sum(goal.done for goal in goals) if shows_finished else None,
        off=off,
    )


def _pods(pods: Iterable[Pod], members: Collection[int] | None) -> int | None:
    """How many. members: None: their number is not shown, so nobody can tell who is in no pod."""
    open_ones = [pod for pod in pods if pod.ended_at is None]
    inside = {member for pod in open_ones for member in pod.members}
    outside = FEWEST if members is None else len(members) - len(inside)
    return len(open_ones) if len(inside) >= FEWEST and outside >= FEWEST else None


def _thanks(thanks: Iterable[tuple[int, int]], seen: Iterable[MemberWeek]) -> int | None:
    authors = {one.id: one.user_id for one in seen}
    shown = set(authors.values())  # who shows nothing here changes no number by a thank-you either
    given = {(week_id, giver) for week_id, giver in thanks if week_id in authors and giver in shown}
    few = min(len({giver for _, giver in given}), len({authors[week_id] for week_id, _ in given}))
    return len(given) if few >= FEWEST else None
