"""Supply and demand in numbers: counts in steps, and nothing that tells of fewer than five people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.people.counted import STEP
from bot.reviews.stats import Outcome, supply
from bot.reviews.values import Reader, Request
from tests.proofs import size

NOW = datetime(2026, 11, 19, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def reader(user_id: int, capacity: int = 2) -> Reader:
    return Reader(1, user_id, capacity, ("resume",), ("en",), NOW)


def waiting(author_id: int, days: int = 0, needs: int = 2) -> Request:
    since = NOW - days * DAY
    return Request(
        author_id, 1, author_id, "resume", "open", "soon", needs, "en", "waiting", since, waiting_since=since
    )


def test_nobody() -> None:
    """Zeros, and no share of nothing."""
    found = supply([], [], [], NOW)
    assert (found.readers, found.room, found.asking, found.wanted, found.sent) == (0, 0, 0, 0, 0)
    assert found.waited_days is None and found.in_time is None


def test_a_few() -> None:
    """Fewer than five are a few, of whatever; their days and their share are not told."""
    four = range(4)
    found = supply(
        [reader(one, 1) for one in four],
        [waiting(one, needs=1) for one in four],
        [Outcome(one, True, True) for one in four],
        NOW,
    )
    assert (found.readers, found.room, found.asking, found.wanted, found.sent) == (1, 1, 1, 1, 1)
    assert found.waited_days is None and found.in_time is None


def test_many() -> None:
    """In steps of five, rounded down; the median of the days; the share to the nearest five of a hundred."""
    found = supply(
        [reader(one) for one in range(7)],
        [waiting(one, one) for one in range(9)],
        [Outcome(one, one < 11, one < 9) for one in range(12)],
        NOW,
    )
    assert (found.readers, found.room, found.asking, found.wanted, found.sent) == (5, 10, 5, 15, 10)
    assert found.waited_days == 4 and found.in_time == 75


def test_one_busy_reader_is_no_crowd() -> None:
    """Many readings of one person give no share."""
    found = supply([reader(1)], [], [Outcome(1, True, False) for _ in range(40)], NOW)
    assert found.sent == 40 and found.in_time is None


@settings(max_examples=size(50, 1_000))
@given(
    st.lists(st.integers(1, 40), max_size=40),
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 60)), max_size=40),
    st.lists(st.tuples(st.integers(1, 40), st.booleans(), st.booleans()), max_size=60),
)
def test_no_number_tells_of_one_person(
    readers: list[int], asking: list[tuple[int, int]], past: list[tuple[int, bool, bool]]
) -> None:
    """Each count is none, a few or a multiple of five; each share is of five people or more, in steps."""
    found = supply(
        [reader(one) for one in set(readers)],
        [waiting(author, days) for author, days in asking],
        [Outcome(one, sent, sent and in_time) for one, sent, in_time in past],
        NOW,
    )
    for number in (found.readers, found.room, found.asking, found.wanted, found.sent):
        assert number in (0, 1) or number % STEP == 0
    assert found.waited_days is None or len({author for author, _ in asking}) >= STEP
    assert found.in_time is None or (len({one for one, *_ in past}) >= STEP and found.in_time % STEP == 0)
    assert found.in_time is None or 0 <= found.in_time <= 100
