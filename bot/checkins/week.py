"""When a week opens, is due and is over, on whose clock. Pure.

A week is the date of its Monday. A local time is a rule and a zone, turned into an instant for each week anew: 168 h
after one Sunday evening is not always the next. Ends are exclusive: "till Sunday 23:59" is Monday 00:00.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from bot.checkins.values import Cycle, Group, MemberWeek

WEEK = timedelta(days=7)

THURSDAY, SATURDAY, NEXT_MONDAY, NEXT_WEDNESDAY = 3, 5, 7, 9  # days after a week's Monday

GRACE = timedelta(minutes=15)
"""A form that was opened in time is taken this long after the end: nobody loses what they were typing."""


# -- whose week, and a time in it ------------------------------------------------------------------


def week_of(moment: datetime, zone: str) -> date:
    """The week that it is on that clock."""
    day = moment.astimezone(_clock(zone)).date()
    return day - timedelta(days=day.weekday())


def number(week: date) -> int:
    """The ISO number, 1 to 53, by which people know it. Not unique: only the date of its Monday is."""
    return week.isocalendar().week


def local(week: date, day: int, minute: int, zone: str) -> datetime:
    """That time on that clock as an instant: aware UTC. day: 0 its Monday, 7 the next; minute: 0 to 1439.

    A time in a gap moves forward by the gap, a doubled one means the first: both are what fold=0 says.
    """
    on_the_wall = datetime.combine(week + timedelta(days=day), time(*divmod(minute, 60)), _clock(zone))
    return on_the_wall.astimezone(UTC)


# -- a group's --------------------------------------------------------------------------------------


def opens_at(group: Group, week: date) -> datetime:
    """When the opener is due, by the group's clock."""
    return local(week, group.open_day, group.open_minute, group.zone)


def digest_at(group: Group, week: date) -> datetime:
    """On the Monday after, by the group's clock; never before the week is due everywhere: Monday 12:00 UTC."""
    return max(local(week, NEXT_MONDAY, group.digest_minute, group.zone), _noon(week, NEXT_MONDAY))


def final_at(week: date) -> datetime:
    """When being late is over everywhere, at 12 hours west of Greenwich too: Wednesday 12:00 UTC."""
    return _noon(week, NEXT_WEDNESDAY)


# -- a member's -------------------------------------------------------------------------------------


def due_at(week: date, zone: str) -> datetime:
    """The end of Sunday, exclusive."""
    return local(week, NEXT_MONDAY, 0, zone)


def late_until(week: date, zone: str) -> datetime:
    """The end of the Tuesday after, exclusive."""
    return local(week, NEXT_WEDNESDAY, 0, zone)


def remind_at(
    day: int | None, minute: int, zone: str, week: date, opens_at: datetime, due_at: datetime
) -> datetime | None:
    """When a member asked to be reminded, but not before there is something to do. None: no more, or never.

    Quiet hours are not looked at here: letters keep them.
    """
    if day is None:
        return None
    when = max(local(week, day, minute, zone), opens_at)
    return when if when < due_at else None


def expected(joined_at: datetime, week: date, zone: str) -> bool:
    """Did they join early enough for this week to count? Till its Wednesday on their clock."""
    return joined_at < local(week, THURSDAY, 0, zone)


def longest(one: MemberWeek, zone: str) -> MemberWeek:
    """Their week after they changed their zone: it never gets shorter by that, back and forth neither."""
    return replace(
        one,
        due_at=max(one.due_at, due_at(one.week, zone)),
        late_until=max(one.late_until, late_until(one.week, zone)),
    )


def due_of(one: MemberWeek, cycle: Cycle) -> datetime:
    """When this member's week is due, with what outages added."""
    return one.due_at + cycle.extra


def end_of(one: MemberWeek, cycle: Cycle) -> datetime:
    """When this member can be late no more, with what outages added."""
    return one.late_until + cycle.extra


def taken(
    one: MemberWeek, cycle: Cycle, sent_at: datetime, opened_at: datetime
) -> Literal["on_time", "late"] | None:
    """What a check-in is that was sent then, in a form opened then. None: too early, or too late.

    Both are Discord's own times, of the presses: a slow handler costs nobody a week, so a settled cycle may still
    take what was sent before. Whether it has begun is the cycle's state, since Discord's clock may be behind ours.
    """
    if cycle.state in ("scheduled", "skipped"):
        return None
    if sent_at < due_of(one, cycle):
        return "on_time"
    end = end_of(one, cycle)
    in_time = sent_at < end or (opened_at < end and sent_at < end + GRACE)
    return "late" if in_time else None


def _noon(week: date, day: int) -> datetime:
    return datetime.combine(week + timedelta(days=day), time(12), UTC)


@cache  # ZoneInfo keeps eight of the 600 itself, and a group's members live in more
def _clock(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)
