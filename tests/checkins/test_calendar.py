"""Coming weeks in a member's own calendar: an event a week, right on every clock, telling nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.calendar import LENGTH, WEEKS, Due, calendar, coming
from bot.checkins.week import due_at
from tests.checkins.values import WEEK, utc

NOW = utc(2, 9)  # Wednesday 9:00
SEVEN = timedelta(weeks=1)
ZONES = [
    "Europe/Berlin",
    "America/Santiago",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Australia/Lord_Howe",
]


def events(file: bytes) -> list[icalendar.Event]:
    found = icalendar.Calendar.from_ical(file).walk("VEVENT")
    return [event for event in found if isinstance(event, icalendar.Event)]


@pytest.mark.parametrize("zone", ZONES)
def test_twelve_sundays_on_their_own_clock(zone: str) -> None:
    """Each event ends with Sunday there, whatever the clocks do in between: March brings changes both ways."""
    now = datetime(2027, 2, 24, 9, tzinfo=UTC)
    found = coming(zone, now)
    assert len(found) == WEEKS
    for due in found:
        last_minute = (due.at - timedelta(minutes=1)).astimezone(ZoneInfo(zone))
        assert (last_minute.weekday(), f"{last_minute:%H:%M}") == (6, "23:59")
    assert len({due.at.hour for due in coming("Europe/Berlin", now)}) == 2


def test_what_is_over_is_not_coming() -> None:
    """The moment a week is due the next one is the first."""
    end = due_at(WEEK, "Europe/Berlin")
    assert coming("Europe/Berlin", end - timedelta(seconds=1))[0] == Due(WEEK, end)
    assert coming("Europe/Berlin", end)[0].week == WEEK + SEVEN


def test_weeks_off_are_left_out() -> None:
    """Two weeks of holiday make two events less, and none later."""
    found = coming("Europe/Berlin", NOW, off=[WEEK + SEVEN, WEEK + 2 * SEVEN])
    assert [(due.week - WEEK).days // 7 for due in found] == [0, *range(3, 12)]


def test_a_week_that_a_change_of_zone_made_longer() -> None:
    """What is known of an open week counts, also of the one before this one."""
    later = due_at(WEEK - SEVEN, "Pacific/Pago_Pago")
    now = due_at(WEEK - SEVEN, "Pacific/Auckland") + timedelta(hours=1)
    found = coming("Pacific/Auckland", now, known={WEEK - SEVEN: later})
    assert found[0] == Due(WEEK - SEVEN, later)
    assert found[1] == Due(WEEK, due_at(WEEK, "Pacific/Auckland"))


def test_the_file() -> None:
    """Private, free, without an alarm or a rule, each half an hour; and a title that was given and nothing else."""
    dues = coming("Europe/Berlin", NOW)
    file = calendar(dues, "Half an hour for me", (1, 2), NOW)
    found = events(file)
    assert [(one.start, one.end) for one in found] == [(due.at - LENGTH, due.at) for due in dues]
    assert {str(one["SUMMARY"]) for one in found} == {"Half an hour for me"}
    assert {(str(one["CLASS"]), str(one["TRANSP"])) for one in found} == {("PRIVATE", "TRANSPARENT")}
    for word in (b"RRULE", b"VALARM", b"check", b"week", b"job", b"DESCRIPTION", b"ATTENDEE"):
        assert word.lower() not in file.lower()
    assert all(line.endswith(b"\r") and len(line) <= 76 for line in file.split(b"\n")[:-1])


def test_taken_again_it_replaces_itself() -> None:
    """An event's name is that of owner and week, whenever and in whatever zone the file is made; others' differ."""
    first = {str(one["UID"]) for one in events(calendar(coming("Europe/Berlin", NOW), "x", (1, 2), NOW))}
    again = {
        str(one["UID"]) for one in events(calendar(coming("Asia/Tokyo", NOW), "y", (1, 2), NOW + LENGTH))
    }
    other = {str(one["UID"]) for one in events(calendar(coming("Europe/Berlin", NOW), "x", (1, 3), NOW))}
    assert len(first) == WEEKS and first == again and not first & other


@given(st.text(max_size=120))
def test_any_title_stays_a_title(title: str) -> None:
    """Line breaks and colons in it add no line of their own."""
    (event,) = events(calendar([Due(WEEK, utc(7))], title, (1, 2), NOW))
    assert set(event) == {"SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "CLASS", "TRANSP"}
