"""Groups, cycles and members' weeks for tests of rules: one of each, changed as asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.checkins import week as weeks
from bot.checkins.cycle import due, next_cycle
from bot.checkins.values import Cycle, Group, MemberWeek, WeekState

WEEK = date(2026, 11, 16)  # number 47: no clock changes in it
MADE = datetime(2026, 11, 2, 12, tzinfo=UTC)

FRIDAY, NINE, EIGHTEEN = 4, 9 * 60, 18 * 60


def group(**given: Any) -> Group:
    """Opens Fridays at 9:00, tells its digest Mondays at 18:00, both in Lisbon."""
    one = Group(
        id=1,
        guild_id=1,
        name="Remote job seekers",
        channel_id=10,
        zone="Europe/Lisbon",
        open_day=FRIDAY,
        open_minute=NINE,
        digest_minute=EIGHTEEN,
        template="steady",
        question="",
        starters=False,
        pods=False,
        state="active",
        season_week=WEEK,
        made_at=MADE,
    )
    return replace(one, **given)


def cycle(of: Group | None = None, week: date = WEEK, **given: Any) -> Cycle:
    """That week of that group, scheduled unless a state is given; it goes on when that state does."""
    one = replace(next_cycle(of or group(), week, holiday=False), **given)
    return replace(one, next_at=due(one))


def member_week(
    zone: str = "Europe/Lisbon", week: date = WEEK, state: WeekState = "pending", **given: Any
) -> MemberWeek:
    """A week of somebody whose clock is there."""
    one = MemberWeek(
        id=1,
        cycle_id=1,
        group_id=1,
        guild_id=1,
        user_id=2,
        week=week,
        state=state,
        due_at=weeks.due_at(week, zone),
        late_until=weeks.late_until(week, zone),
    )
    return replace(one, **given)


def utc(day: int, hour: int = 0, minute: int = 0, week: date = WEEK) -> datetime:
    """That time in UTC, so many days after the week's Monday."""
    return datetime(week.year, week.month, week.day, hour, minute, tzinfo=UTC) + timedelta(days=day)
