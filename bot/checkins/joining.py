"""A group as somebody in it sees it: what they can do now, what they said last, what their weeks add up to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from bot.checkins import pauses, streak
from bot.checkins import week as weeks
from bot.checkins.values import (
    Circle,
    Cycle,
    Goal,
    Group,
    Membership,
    MemberWeek,
    Pause,
    Standing,
    WeekState,
)
from bot.refusals import Refusal

COMES_BACK = timedelta(days=90)
"""So long after leaving, whoever joins again finds everything as it was."""


@dataclass(frozen=True, slots=True)
class Open:
    """A group that can be joined. joined: they are in it already."""

    group: Group
    joined: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """One group of mine.

    cycle: the one that takes a check-in now, the oldest first; else the one I was in already and can still change.
    week: mine in it. last: the newest before it in which I said or planned something.
    plan, if_then: what I planned for now; plan_id: the member week that holds it, None without one.
    open_until: the end of being late, due_at: of being on time, with what an outage added; None without a week.
    next_opens: when the next week opens. name: my pen name, "" none. thanks, helpers: of my newest card.
    paused_until: the last week that I take off. numbers: what "my list" counted in this week; for me alone.
    """

    group: Group
    membership: Membership
    cycle: Cycle | None
    week: MemberWeek | None
    last: MemberWeek | None
    standing: Standing
    open_until: datetime | None
    due_at: datetime | None
    next_opens: datetime | None
    name: str = ""
    thanks: int = 0
    helpers: tuple[int, ...] = ()
    paused_until: date | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    plan: tuple[Goal, ...] = ()
    if_then: str = ""
    plan_id: int | None = None


class Glance(NamedTuple):
    """One of a member's weeks, no more of it than is needed of all; a tuple, since each form reads years of them.

    spoken: words of theirs are in it.
    """

    id: int
    cycle_id: int
    week: date
    state: WeekState
    spoken: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """All that is known of somebody in a group. zone: of their clock, else the group's.

    cycles: those of the group that are not over. past: all their weeks, the oldest first; rows: the few of them that
    matter now, whole. thanks, helpers: by the week's id.
    """

    group: Group
    membership: Membership
    zone: str
    cycles: tuple[Cycle, ...] = ()
    past: tuple[Glance, ...] = ()
    rows: Mapping[int, MemberWeek] = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    name: str = ""
    thanks: Mapping[int, int] = field(default_factory=dict)
    helpers: Mapping[int, tuple[int, ...]] = field(default_factory=dict)

    def row_of(self, cycle_id: int) -> MemberWeek | None:
        """Their week in a cycle."""
        return next((one for one in self.rows.values() if one.cycle_id == cycle_id), None)

    def before(self, week: date | None) -> MemberWeek | None:
        """The newest week before this one in which they said or planned something; None: before none."""
        for one in reversed(self.past):
            if one.spoken and one.id in self.rows and (week is None or one.week < week):
                return self.rows[one.id]
        return None

    def states_before(self, week: date) -> tuple[WeekState, ...]:
        """The oldest first."""
        return tuple(one.state for one in self.past if one.week < week)

    def mends(self, week: date) -> int | None:
        """The id of the missed week that a check-in in this one repairs, if it does."""
        if not streak.repairs(self.states_before(week)):
            return None
        return [one.id for one in self.past if one.week < week][-1]

    def with_week(self, one: MemberWeek) -> Seat:
        """The same after this week of theirs has changed."""
        known = replace_glance(self.past, one)
        return replace(self, past=known, rows={**self.rows, one.id: one})

    def repaired(self, week_id: int) -> Seat:
        """The same after that missed week was repaired."""
        past = tuple(one._replace(state="repaired") if one.id == week_id else one for one in self.past)
        rows = dict(self.rows)
        if week_id in rows:
            rows[week_id] = replace(rows[week_id], state="repaired")
        return replace(self, past=past, rows=rows)


def glance(one: MemberWeek) -> Glance:
    return Glance(one.id, one.cycle_id, one.week, one.state, _spoken(one))


def replace_glance(past: Iterable[Glance], one: MemberWeek) -> tuple[Glance, ...]:
    """All of a member's weeks with this one as it is now, the oldest first."""
    others = [known for known in past if known.id != one.id]
    return tuple(sorted([*others, glance(one)], key=lambda known: known.week))


def _spoken(one: MemberWeek) -> bool:
    return (one.submitted_at is not None and one.withdrawn_at is None) or bool(one.said.goals)


# -- what they see -------------------------------------------------------------------------------


def mine_of(seat: Seat, now: datetime) -> Mine:
    """All of it but the numbers of "my list"."""
    cycle, week = _now(seat, now)
    last = seat.before(week.week if week else None)
    newest = week if week and week.submitted_at else last
    held = _holds_plan(seat, week, last)
    plan = () if held is None else plan_in(held)
    return Mine(
        group=seat.group,
        membership=seat.membership,
        cycle=cycle,
        week=week,
        last=last,
        standing=streak.fold(one.state for one in seat.past),
        open_until=weeks.end_of(week, cycle) if week and cycle else None,
        due_at=weeks.due_of(week, cycle) if week and cycle else None,
        next_opens=min((one.opens_at for one in seat.cycles if one.state == "scheduled"), default=None),
        name=seat.name,
        thanks=seat.thanks.get(newest.id, 0) if newest else 0,
        helpers=seat.helpers.get(newest.id, ()) if newest else (),
        paused_until=pauses.until(seat.pauses, weeks.week_of(now, seat.zone)),
        plan=plan,
        if_then=held.said.if_then if held else "",
        plan_id=held.id if held and plan else None,
    )


def _now(seat: Seat, now: datetime) -> tuple[Cycle | None, MemberWeek | None]:
    """The cycle that takes their check-in now, with their week in it."""
    known = [(cycle, seat.row_of(cycle.id)) for cycle in seat.cycles if cycle.state in ("open", "digested")]
    open_now = [(cycle, row) for cycle, row in known if row and weeks.taken(row, cycle, now, now)]
    waiting = [(cycle, row) for cycle, row in open_now if row.submitted_at is None]
    return waiting[0] if waiting else open_now[-1] if open_now else (None, None)


def _holds_plan(seat: Seat, week: MemberWeek | None, last: MemberWeek | None) -> MemberWeek | None:
    """Where what they planned for now stands."""
    if week and ((week.submitted_at and not week.withdrawn_at) or week.said.reviewed):
        return week
    ahead = next((one for one in seat.rows.values() if week is None and plans_ahead(one)), None)
    return ahead or last


def plans_ahead(one: MemberWeek) -> bool:
    """A week with a plan for it that was made before it opened; only in the first week of somebody."""
    return one.submitted_at is None and bool(one.said.reviewed)


def plan_in(one: MemberWeek) -> tuple[Goal, ...]:
    """The goals that `tick` changes: those planned for this week, until they check in; then those to come."""
    return one.said.reviewed if plans_ahead(one) else one.said.goals


def to_tick(seat: Seat, one: MemberWeek) -> tuple[Goal, ...]:
    """The goals that were planned for this week: those of the form, in its order."""
    if one.said.reviewed or (one.submitted_at and not one.withdrawn_at):
        return one.said.reviewed
    last = seat.before(one.week)
    return last.said.goals if last else ()


# -- coming and going ----------------------------------------------------------------------------


def joined(group: Group, user_id: int, former: Membership | None, now: datetime) -> Membership:
    """Their membership from now on. Within 90 days everything they had chosen holds again.

    Refuses "group_ended".
    """
    if group.state == "ended":
        raise Refusal("group_ended")
    if former and former.left_at and now - former.left_at <= COMES_BACK:
        return replace(former, joined_at=now, left_at=None, drift_told=0)
    return Membership(group.id, group.guild_id, user_id, joined_at=now)


class Joined(Protocol):
    """What a week needs to know of whoever is in a group."""

    @property
    def group_id(self) -> int: ...
    @property
    def guild_id(self) -> int: ...
    @property
    def user_id(self) -> int: ...
    @property
    def joined_at(self) -> datetime: ...
    @property
    def remind_day(self) -> int | None: ...
    @property
    def remind_minute(self) -> int: ...


def fresh_week(one: Joined, cycle: Cycle, zone: str, off: bool, *, first: bool = True) -> MemberWeek:
    """A member's week before anything was said, by default as their first one; its id is 0 until it is kept.

    off: they take it off. Who joined too late for it to count need not say anything, but may.
    """
    counts = weeks.expected(one.joined_at, cycle.week, zone) and not off
    due_at = weeks.due_at(cycle.week, zone)
    remind_at = weeks.remind_at(one.remind_day, one.remind_minute, zone, cycle.week, cycle.opens_at, due_at)
    return MemberWeek(
        id=0,
        cycle_id=cycle.id,
        group_id=one.group_id,
        guild_id=one.guild_id,
        user_id=one.user_id,
        week=cycle.week,
        state="pending" if counts else "excused",
        due_at=due_at,
        late_until=weeks.late_until(cycle.week, zone),
        first=first,
        remind_at=remind_at if counts else None,
    )


def checked_circle(circle: Circle, group: Group) -> Circle:
    """Refuses "no_pods_here"."""
    if circle == "pod" and not group.pods:
        raise Refusal("no_pods_here")
    return circle
