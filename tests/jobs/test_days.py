"""Days as people type them, and working days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.days import FURTHEST, day_of, spoken, working_days_after
from bot.refusals import Refusal

SATURDAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-12-01", date(2026, 12, 1)),
        ("1.12.2026", date(2026, 12, 1)),
        ("1. 12.", date(2026, 12, 1)),
        ("1.3", date(2027, 3, 1)),
        ("today", SATURDAY),
        ("Tomorrow", date(2026, 11, 22)),
        ("Friday", date(2026, 11, 27)),
        ("on fri", date(2026, 11, 27)),
        ("next Monday", date(2026, 11, 23)),
        ("Saturday", date(2026, 11, 28)),
        ("in 3 days", date(2026, 11, 24)),
        ("in a week", date(2026, 11, 28)),
        ("2 weeks", date(2026, 12, 5)),
        ("in 3 months", date(2027, 2, 21)),
        ("1 Dec", date(2026, 12, 1)),
        ("1st of december", date(2026, 12, 1)),
        ("December 1, 2026", date(2026, 12, 1)),
        ("3 January", date(2027, 1, 3)),
        ("29 Feb", date(2028, 2, 29)),
        ("   ", None),
    ],
)
def test_what_is_meant(typed: str, meant: date | None) -> None:
    """Any usual spelling; a weekday or a day without a year is the next one to come."""
    assert day_of(typed, SATURDAY) == meant


@pytest.mark.parametrize(
    "typed", ["1/2/2026", "soon", "2026-02-30", "31.11.2026", "in x days", "2040-01-01", "mo"]
)
def test_no_day(typed: str) -> None:
    """What is no day, might be two, or is years away, is refused with what was typed."""
    with pytest.raises(Refusal) as refused:
        day_of(typed, SATURDAY)
    assert (refused.value.reason, refused.value.facts["text"]) == ("day_unclear", typed)


@pytest.mark.parametrize("typed", ["2026-11-20", "20.11.2026", "November 20 2026"])
def test_a_day_that_is_over(typed: str) -> None:
    """A day before today is refused by its name."""
    with pytest.raises(Refusal) as refused:
        day_of(typed, SATURDAY)
    assert (refused.value.reason, refused.value.facts["day"]) == ("day_past", "Fri 20 November 2026")


def test_the_end_of_a_month() -> None:
    """In one month from the 31st is the last day that the month has."""
    assert day_of("in 1 month", date(2027, 1, 31)) == date(2027, 2, 28)


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(0, FURTHEST.days))
def test_what_is_said_can_be_typed(today: date, ahead: int) -> None:
    """The ISO spelling of any day that may be chosen is read back; so is a day as we say it, but for its weekday."""
    day = today + timedelta(days=ahead)
    assert day_of(day.isoformat(), today) == day
    assert day_of(spoken(day).split(" ", 1)[1], today) == day


@given(st.text(max_size=60))
def test_anything_is_read_or_refused(text: str) -> None:
    """No text breaks it: a day from today on, nothing, or a refusal."""
    try:
        found = day_of(text, SATURDAY)
    except Refusal:
        return
    assert found is None or SATURDAY <= found <= SATURDAY + FURTHEST


@given(st.dates(date(2020, 1, 1), date(2090, 1, 1)), st.integers(1, 30))
def test_working_days(day: date, number: int) -> None:
    """The number-th Monday to Friday after a day: exactly so many lie between."""
    found = working_days_after(day, number)
    between = [day + timedelta(days=ahead) for ahead in range(1, (found - day).days + 1)]
    assert found.weekday() < 5 and sum(one.weekday() < 5 for one in between) == number
