"""Quiet hours: nobody is written to at night, in any zone, also when clocks are put forward or back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.members import Key, Member, local_now, may_write_at

ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
MINUTE = timedelta(minutes=1)
minutes = st.integers(0, 24 * 60 - 1)
moments = st.integers(0, 28 * 365 * 24 * 60).map(lambda n: datetime(2010, 1, 1, tzinfo=UTC) + n * MINUTE)


def member(zone: str | None, quiet: tuple[int, int]) -> Member:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return Member(Key(1, 2), start, start, zone=zone, quiet=quiet)


def is_quiet(who: Member, moment: datetime) -> bool:
    """By their own clock, minute by minute round the day."""
    here, (start, end) = local_now(who, moment), who.quiet
    passed = (here.hour * 60 + here.minute - start) % (24 * 60)
    return passed < (end - start) % (24 * 60)


def steady(zone: str | None, since: datetime, until: datetime) -> bool:
    """Were the clocks of this zone left alone?"""
    known = ZoneInfo(zone or "UTC")
    hours = int((until - since) / timedelta(hours=1)) + 2
    return len({(since + timedelta(hours=h)).astimezone(known).utcoffset() for h in range(hours)}) == 1


@given(st.one_of(st.none(), st.sampled_from(ZONES)), st.tuples(minutes, minutes), moments)
def test_it_is_the_first_moment_outside_them(zone: str | None, quiet: tuple[int, int], now: datetime) -> None:
    """Never before now, never in quiet hours, at once outside them, and not a minute later than needed."""
    who = member(zone, quiet)
    at = may_write_at(who, now)
    assert at >= now and at.tzinfo is UTC
    assert not is_quiet(who, at)
    if not is_quiet(who, now):
        assert at == now
    elif steady(zone, now, at):
        assert is_quiet(who, at - MINUTE)
        assert at - now <= timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-28T23:30", "2026-03-29T06:00"),  # 00:30 in Berlin; the night is an hour short
        ("2026-10-24T22:30", "2026-10-25T07:00"),  # 00:30; the night is an hour long
        ("2026-09-07T20:00", "2026-09-08T06:00"),  # 22:00 sharp is quiet
        ("2026-09-07T19:59", "2026-09-07T19:59"),
        ("2026-09-08T06:00", "2026-09-08T06:00"),  # 08:00 sharp is not
    ],
)
def test_a_night_in_berlin(now: str, expected: str) -> None:
    """22:00 to 08:00 by the clock on the wall, whatever the clocks do that night."""
    who = member("Europe/Berlin", (22 * 60, 8 * 60))
    at = may_write_at(who, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert at == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_an_end_in_the_gap_moves_forward_and_a_doubled_one_is_the_next_to_come() -> None:
    """02:30 doesn't exist on 29 March in Berlin and comes twice on 25 October."""
    who = member("Europe/Berlin", (22 * 60, 2 * 60 + 30))
    assert may_write_at(who, datetime(2026, 3, 29, 0, 0, tzinfo=UTC)) == datetime(
        2026, 3, 29, 1, 30, tzinfo=UTC
    )
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert may_write_at(who, first - 10 * MINUTE) == first
    assert may_write_at(who, second - 10 * MINUTE) == second


def test_a_day_that_never_was() -> None:
    """Samoa left out 30 December 2011: a message waits over it and arrives outside the quiet hours."""
    who = member("Pacific/Apia", (22 * 60, 8 * 60))
    at = may_write_at(who, datetime(2011, 12, 30, 9, 0, tzinfo=UTC))  # 23:00 on the 29th
    assert local_now(who, at).isoformat() == "2011-12-31T08:00:00+14:00"


def test_no_quiet_hours_when_they_begin_where_they_end() -> None:
    """The same minute twice means: write at any time."""
    now = datetime(2026, 1, 1, 3, tzinfo=UTC)
    assert may_write_at(member("Europe/Berlin", (0, 0)), now) == now
