"""When a week opens, is due and is over, and what a check-in of one moment is."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.checkins import week as weeks
from bot.checkins.values import CycleState, MemberWeek
from tests.checkins.values import EIGHTEEN, FRIDAY, NINE, WEEK, cycle, group, member_week, utc

KIRITIMATI, PAGO_PAGO, LISBON = (
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Europe/Lisbon",
)  # +14, −11, 0 or +1
SUNDAY, INSTANT = 6, timedelta(microseconds=1)

LORD_HOWE = "Australia/Lord_Howe"  # whose clock changes by half an hour
moments = st.integers(-2 * 365 * 24 * 60, 7 * 365 * 24 * 60).map(
    lambda minutes: utc(0) + timedelta(minutes=minutes)
)
places = st.sampled_from([KIRITIMATI, PAGO_PAGO, LISBON, "UTC", "Asia/Kathmandu", LORD_HOWE])


# -- whose week ------------------------------------------------------------------------------------


def test_it_is_another_week_on_another_clock() -> None:
    """Sunday noon in UTC: Monday in Kiritimati already; Monday noon: Sunday late in Pago Pago no more."""
    assert weeks.week_of(utc(SUNDAY, 12), KIRITIMATI) == WEEK + weeks.WEEK
    assert weeks.week_of(utc(SUNDAY, 12), PAGO_PAGO) == WEEK
    assert weeks.week_of(utc(7, 10, 59), PAGO_PAGO) == WEEK
    assert weeks.week_of(utc(7, 11), PAGO_PAGO) == WEEK + weeks.WEEK


@pytest.mark.parametrize(
    ("day", "week", "number"),
    [
        (date(2026, 11, 30), date(2026, 11, 30), 49),  # a month that ends on a week's Monday
        (date(2026, 12, 31), date(2026, 12, 28), 53),
        (date(2027, 1, 1), date(2026, 12, 28), 53),  # a Friday: still the old year's week
        (date(2027, 1, 3), date(2026, 12, 28), 53),
        (date(2027, 1, 4), date(2027, 1, 4), 1),
        (date(2024, 12, 30), date(2024, 12, 30), 1),  # a Monday: the new year's week already
        (date(2028, 2, 29), date(2028, 2, 28), 9),
    ],
)
def test_weeks_are_whole_over_months_and_years(day: date, week: date, number: int) -> None:
    """H7: a week is the date of its Monday, the number is what ISO says, and one week never has two."""
    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    assert weeks.week_of(moment, LISBON) == week
    assert weeks.number(week) == number


@given(moments, places)
def test_every_moment_lies_in_one_week(moment: datetime, zone: str) -> None:
    """From its Monday 00:00 on that clock till the next one."""
    week = weeks.week_of(moment, zone)
    assert week.weekday() == 0
    assert weeks.local(week, 0, 0, zone) <= moment < weeks.due_at(week, zone)


# -- a local time ----------------------------------------------------------------------------------


def wall(moment: datetime, zone: str) -> str:
    return f"{moment.astimezone(ZoneInfo(zone)):%d %H:%M}"


def test_a_time_in_a_gap_moves_forward_and_a_doubled_one_means_the_first() -> None:
    """Sunday 2:30 in Berlin, Friday 0:30 in Cairo, Sunday 0:00 in Havana and Santiago."""
    berlin, cairo = "Europe/Berlin", "Africa/Cairo"
    assert wall(weeks.local(date(2026, 3, 23), SUNDAY, 150, berlin), berlin) == "29 03:30"
    assert weeks.local(date(2026, 10, 19), SUNDAY, 150, berlin) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert wall(weeks.local(date(2026, 4, 20), FRIDAY, 30, cairo), cairo) == "24 01:30"
    for zone, monday in (("America/Havana", date(2026, 3, 2)), ("America/Santiago", date(2026, 8, 31))):
        assert wall(weeks.local(monday, SUNDAY, 0, zone), zone).endswith("01:00")


@given(moments, places, st.integers(0, 6), st.integers(0, 1_439))
@example(datetime(2026, 3, 29, tzinfo=UTC), LISBON, SUNDAY, 90)
@example(datetime(2026, 10, 25, tzinfo=UTC), LISBON, SUNDAY, 90)
@example(datetime(2026, 10, 3, tzinfo=UTC), LORD_HOWE, SUNDAY, 135)
@example(datetime(2027, 4, 3, tzinfo=UTC), LORD_HOWE, SUNDAY, 105)
def test_a_local_time_is_what_the_wall_says_or_just_after_the_gap(
    moment: datetime, zone: str, day: int, minute: int
) -> None:
    """It is the first that reads so; where none does, it is later by the gap."""
    week = weeks.week_of(moment, zone)
    asked = datetime.combine(week, time()) + timedelta(days=day, minutes=minute)
    found = weeks.local(week, day, minute, zone)
    read = found.astimezone(ZoneInfo(zone))
    assert read.fold == 0
    gap = read.replace(tzinfo=None) - asked
    if gap:
        before = (found - timedelta(hours=3)).astimezone(ZoneInfo(zone)).utcoffset()
        assert before is not None
        assert read.utcoffset() == before + gap


# -- a group's -------------------------------------------------------------------------------------


def test_a_group_s_times_are_by_its_own_clock() -> None:
    """Friday 9:00 and Monday 18:00 in Lisbon, which is UTC in November and an hour ahead in June."""
    summer = date(2026, 6, 8)
    assert weeks.opens_at(group(), WEEK) == utc(4, 9)
    assert weeks.opens_at(group(), summer) == utc(4, 8, week=summer)
    assert weeks.digest_at(group(), WEEK) == utc(7, 18)
    assert weeks.digest_at(group(), summer) == utc(7, 17, week=summer)


def test_a_digest_waits_till_the_week_is_due_everywhere() -> None:
    """18:00 in Kiritimati is Monday 4:00 in UTC, when Pago Pago has seven hours of Sunday left."""
    assert weeks.digest_at(group(zone=KIRITIMATI), WEEK) == utc(7, 12)
    assert weeks.digest_at(group(zone=PAGO_PAGO), WEEK) == utc(8, 5)
    assert weeks.final_at(WEEK) == utc(9, 12)


# -- a member's ------------------------------------------------------------------------------------


def test_who_lives_far_west_of_the_group_has_the_whole_window() -> None:
    """H1: a group in Kolkata, a member in Los Angeles: from Thursday evening till their own Sunday ends."""
    kolkata, here = group(zone="Asia/Kolkata"), "America/Los_Angeles"
    opens, one = weeks.opens_at(kolkata, WEEK), member_week(here)
    assert wall(opens, here) == "19 19:30"
    assert wall(one.due_at - INSTANT, here) == "22 23:59"
    assert wall(one.late_until - INSTANT, here) == "24 23:59"
    assert one.due_at - opens == timedelta(days=3, hours=4, minutes=30)


def test_who_lives_far_east_is_reminded_at_their_own_hour() -> None:
    """H2: a group in Los Angeles, a member in Auckland who asked for Saturday 10:00."""
    west, here = group(zone="America/Los_Angeles"), "Pacific/Auckland"
    opens, one = weeks.opens_at(west, WEEK), member_week(here)
    when = weeks.remind_at(5, 600, here, WEEK, opens, one.due_at)
    assert when is not None
    assert wall(when, here) == "21 10:00"
    assert opens <= when < one.due_at


def test_a_reminder_comes_neither_before_the_opening_nor_after_the_end() -> None:
    """Asked for on a Monday it comes when the week opens; who asked for none gets none."""
    one, opens = member_week(), utc(4, 9)
    assert weeks.remind_at(0, NINE, LISBON, WEEK, opens, one.due_at) == opens
    assert weeks.remind_at(SUNDAY, EIGHTEEN, LISBON, WEEK, opens, one.due_at) == utc(6, 18)
    assert weeks.remind_at(None, NINE, LISBON, WEEK, opens, one.due_at) is None
    assert weeks.remind_at(SUNDAY, EIGHTEEN, LISBON, WEEK, one.due_at, one.due_at) is None
    assert weeks.remind_at(SUNDAY, 1_439, LISBON, WEEK, opens, utc(6, 10)) is None


def test_who_joins_till_wednesday_on_their_own_clock_is_expected() -> None:
    """Wednesday 23:59 is early enough, Thursday 00:00 is not; nor does UTC decide."""
    thursday = weeks.local(WEEK, 3, 0, PAGO_PAGO)
    assert thursday == utc(3, 11)
    assert weeks.expected(thursday - INSTANT, WEEK, PAGO_PAGO)
    assert not weeks.expected(thursday, WEEK, PAGO_PAGO)
    assert not weeks.expected(thursday - INSTANT, WEEK, LISBON)
    assert weeks.expected(thursday - weeks.WEEK, WEEK, LISBON)


@given(st.lists(places, max_size=8))
def test_moving_back_and_forth_never_shortens_a_week(zones: list[str]) -> None:
    """It lasts as long as in the westernmost place they said; the same place again changes nothing."""
    one = member_week(LISBON)
    for zone in zones:
        moved = weeks.longest(one, zone)
        assert moved.due_at >= one.due_at
        assert moved.late_until >= one.late_until
        assert weeks.longest(moved, zone) == moved
        one = moved
    seen = [LISBON, *zones]
    assert one.due_at == max(weeks.due_at(WEEK, zone) for zone in seen)
    assert one.late_until == max(weeks.late_until(WEEK, zone) for zone in seen)


# -- what a check-in is ----------------------------------------------------------------------------


def taken(
    one: MemberWeek,
    sent_at: datetime,
    opened_at: datetime | None = None,
    state: CycleState = "open",
    extra: timedelta = timedelta(),
) -> str | None:
    return weeks.taken(one, cycle(state=state, extra=extra), sent_at, opened_at or sent_at)


def test_a_check_in_is_on_time_till_sunday_23_59_and_late_till_tuesday_23_59() -> None:
    """The last microsecond belongs to it, the next does not."""
    one = member_week(LISBON)
    assert taken(one, utc(4, 9)) == "on_time"
    assert taken(one, utc(7) - INSTANT) == "on_time"
    assert taken(one, utc(7)) == "late"
    assert taken(one, utc(9) - INSTANT) == "late"
    assert taken(one, utc(9)) is None


def test_a_form_opened_in_time_is_taken_a_quarter_of_an_hour_after_the_end() -> None:
    """Even of a settled week; one that was opened after the end is not. Only the end waits, not the due time."""
    one, end = member_week(LISBON), utc(9)
    for state in ("digested", "final"):
        assert taken(one, end + weeks.GRACE - INSTANT, end - INSTANT, state) == "late"
        assert taken(one, end + weeks.GRACE, end - INSTANT, state) is None
        assert taken(one, end + INSTANT, end, state) is None
    assert taken(one, utc(7), utc(7) - INSTANT) == "late"


def test_a_slow_handler_costs_nobody_a_week() -> None:
    """What Discord says was sent in time is on time, though the cycle was settled before we read it."""
    assert taken(member_week(PAGO_PAGO), utc(7, 10), state="final") == "on_time"


def test_nothing_is_taken_before_the_opening_or_in_a_skipped_week() -> None:
    """The state says whether it is open: Discord's clock may be a little behind ours."""
    one = member_week(LISBON)
    assert taken(one, utc(4, 9), state="scheduled") is None
    assert taken(one, utc(5), state="skipped") is None
    assert taken(one, utc(4, 9) - timedelta(seconds=2)) == "on_time"


def test_an_outage_moves_both_ends() -> None:
    """Three hours lost are three hours more to be on time, and three more to be late."""
    one, extra = member_week(LISBON), timedelta(hours=3)
    assert weeks.due_of(one, cycle(extra=extra)) == utc(7, 3)
    assert weeks.end_of(one, cycle(extra=extra)) == utc(9, 3)
    assert taken(one, utc(7, 3) - INSTANT, extra=extra) == "on_time"
    assert taken(one, utc(7, 3), extra=extra) == "late"
    assert taken(one, utc(9, 3) - INSTANT, extra=extra) == "late"
    assert taken(one, utc(9, 3), extra=extra) is None
