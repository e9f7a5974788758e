"""Limits on what one person can put on others, and the first seven days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people import cooldowns
from bot.people.cooldowns import (
    BETWEEN_REPORTS,
    KNOWN_FOR,
    account_made,
    may_ask,
    may_read_others,
    may_report,
    reads_others_from,
)
from bot.refusals import Refusal

NOW = datetime(2026, 9, 7, 9, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 10 * 365 * 86_400).map(lambda ago: NOW - timedelta(seconds=ago))


def test_an_account_tells_its_own_age() -> None:
    """Discord's documentation gives 175928847299117063 as made on 30 April 2016, 11:18:25.796 UTC."""
    assert account_made(175928847299117063) == datetime(2016, 4, 30, 11, 18, 25, 796000, UTC)


@given(made=MOMENTS, joined=MOMENTS, now=MOMENTS)
def test_the_first_seven_days(made: datetime, joined: datetime, now: datetime) -> None:
    """Both the account and the membership must be seven days old; the date it opens is when it does."""
    opens = reads_others_from(made, joined, now)
    assert may_read_others(made, joined, now) == (now - made >= KNOWN_FOR and now - joined >= KNOWN_FOR)
    assert may_read_others(made, joined, opens)
    assert not may_read_others(made, joined, opens - timedelta(microseconds=1))


@given(made=MOMENTS, now=MOMENTS)
def test_an_unknown_membership_is_a_new_one(made: datetime, now: datetime) -> None:
    """Where Discord doesn't tell when somebody joined, they can't read others' files yet."""
    assert not may_read_others(made, None, now)


def test_reports_have_a_pace() -> None:
    """One a minute, and five that are open."""
    may_report(4, NOW - BETWEEN_REPORTS, NOW)
    with pytest.raises(Refusal) as soon:
        may_report(0, NOW - BETWEEN_REPORTS + timedelta(seconds=1), NOW)
    assert soon.value.reason == "report_too_soon" and soon.value.facts == {"at": NOW + timedelta(seconds=1)}
    with pytest.raises(Refusal, match="too_many_cases"):
        may_report(cooldowns.MOST_OPEN_CASES, None, NOW)


def test_asks_have_a_limit() -> None:
    """Three that are open, ten in thirty days."""
    may_ask(2, 9)
    with pytest.raises(Refusal, match=r"^too_many_asks$"):
        may_ask(3, 3)
    with pytest.raises(Refusal, match="too_many_asks_a_month"):
        may_ask(0, 10)
