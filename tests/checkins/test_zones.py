"""Every zone there is, every week of five years: a week is never lost, doubled or cut short by a clock.

Small: of the first one, with both changes of every clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.checkins import week as weeks
from tests.checkins.values import EIGHTEEN, FRIDAY, NINE, group
from tests.proofs import size

ZONES = sorted(available_timezones())
WEEKS = [date(2026, 1, 5) + weeks.WEEK * nth for nth in range(size(54, 260))]
MONDAY, SATURDAY, LAST_MINUTE = 7, 5, 24 * 60 - 1
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

Spans = dict[str, list[tuple[datetime, datetime]]]

pytestmark = pytest.mark.proof


def noon(week: date, day: int) -> datetime:
    return datetime.combine(week + day * DAY, time(12), UTC)


def offset(moment: datetime, zone: str) -> timedelta:
    found = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert found is not None
    return found


def once(moment: datetime, clock: ZoneInfo, week: date, day: int, minute: int) -> bool:
    """Does the wall read just that then, and at no other moment?"""
    read = moment.astimezone(clock)
    asked = datetime.combine(week + day * DAY, time(*divmod(minute, 60)))
    return read.replace(tzinfo=None) == asked and read.utcoffset() == read.replace(fold=1).utcoffset()


@pytest.fixture(scope="module")
def spans() -> Spans:
    """When each week is due and when being late ends, in every zone."""
    return {
        zone: [(weeks.due_at(week, zone), weeks.late_until(week, zone)) for week in WEEKS] for zone in ZONES
    }


def test_there_are_zones_to_be_looked_at() -> None:
    """All of the time zone database, from 12 hours west to 14 hours east, quarter hours and Troll among them."""
    assert len(ZONES) > 400
    assert {"Etc/GMT+12", "Pacific/Kiritimati", "Asia/Kathmandu", "Antarctica/Troll"} <= set(ZONES)


def test_every_end_exists_once_and_keeps_to_the_world_s_limits(spans: Spans) -> None:
    """Sunday's and Tuesday's midnights are never skipped or doubled; due by Monday 12:00 UTC, over by Wednesday's."""
    wrong = [
        (zone, week)
        for zone in ZONES
        for clock in [ZoneInfo(zone)]
        for week, (due, late) in zip(WEEKS, spans[zone], strict=True)
        if not once(due, clock, week, 7, 0)
        or not once(late, clock, week, 9, 0)
        or due > noon(week, 7)
        or late > noon(week, 9)
    ]
    assert wrong == []
    assert all(weeks.final_at(week) == noon(week, 9) for week in WEEKS)


def test_weeks_follow_each_other_without_a_gap(spans: Spans) -> None:
    """A week is 168 h less what the clock was put forward in it: 167 to 169, in Troll 166 to 170."""
    lengths: dict[timedelta, set[str]] = {}
    for zone in ZONES:
        for (start, _), (end, _) in pairwise(spans[zone]):
            assert end - start == weeks.WEEK - (offset(end, zone) - offset(start, zone)), (zone, start)
            lengths.setdefault(end - start, set()).add(zone)
    beyond = set().union(*(zones for length, zones in lengths.items() if abs(length - weeks.WEEK) > HOUR))
    assert {167 * HOUR, 168 * HOUR, 169 * HOUR} <= set(lengths)
    assert beyond <= {"Antarctica/Troll"}
    assert max(abs(length - weeks.WEEK) for length in lengths) <= 2 * HOUR


def test_the_last_moment_of_a_week_belongs_to_it_and_the_next_does_not(spans: Spans) -> None:
    """H7: no moment has two weeks, be it the end of a week, a month or a year."""
    for zone in ZONES:
        for week, (due, _) in zip(WEEKS, spans[zone], strict=True):
            assert weeks.week_of(due - timedelta(microseconds=1), zone) == week, zone
            assert weeks.week_of(due, zone) == week + weeks.WEEK, zone


def test_18_00_stays_18_00_in_every_zone_and_week() -> None:
    """H5: openings, digests and reminders read the same on the wall each week, whatever the clocks did between."""
    for zone in ZONES:
        one = group(zone=zone, open_minute=EIGHTEEN, digest_minute=EIGHTEEN)
        clock = ZoneInfo(zone)
        for week in WEEKS:
            opens, digest = weeks.opens_at(one, week), weeks.digest_at(one, week)
            assert once(opens, clock, week, FRIDAY, EIGHTEEN), (zone, week)
            assert once(digest, clock, week, 7, EIGHTEEN) or digest == noon(week, 7), (zone, week)
            reminder = weeks.remind_at(6, EIGHTEEN, zone, week, opens, weeks.due_at(week, zone))
            assert reminder is not None
            assert once(reminder, clock, week, 6, EIGHTEEN), (zone, week)


def extremes(day: int, minute: int) -> Iterator[tuple[date, datetime]]:
    """For each week, when the last group of the world opens that opens on this day and minute of its clock."""
    for week in WEEKS:
        yield (
            week,
            max(weeks.opens_at(group(zone=zone, open_day=day, open_minute=minute), week) for zone in ZONES),
        )


def test_the_window_is_open_for_a_day_between_any_two_places(spans: Spans) -> None:
    """The last group to open and the first member to be due: 37 h to be on time where groups open on Friday at 9:00.

    One that opens in the last minute of a Saturday, 12 hours west of Greenwich, leaves 46 h till late is over.
    """
    for nth, (week, opens) in enumerate(extremes(FRIDAY, NINE)):
        assert min(spans[zone][nth][0] for zone in ZONES) - opens == 37 * HOUR, week
    for nth, (week, opens) in enumerate(extremes(SATURDAY, LAST_MINUTE)):
        assert min(spans[zone][nth][1] for zone in ZONES) - opens >= 46 * HOUR, week
