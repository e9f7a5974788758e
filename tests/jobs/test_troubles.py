"""When a feed is read again, and what moderators are told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.troubles import CODES, again_at, next_read, words
from bot.ports import FeedSpec, Trouble

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
FEED = FeedSpec(id="a", name="A Board", url="https://a.example/feed", poll_minutes=60, jitter_pct=20)


def test_failures_back_off_to_once_a_day_and_never_end() -> None:
    """5, 10, 20 minutes …, then a day, then a day for ever."""
    down = Trouble("unavailable", "The server answered 503.")
    waits = [again_at(down, failures, HOUR, NOW, 0) - NOW for failures in (1, 2, 3, 9, 10, 1_000_000)]
    minutes = [wait / timedelta(minutes=1) for wait in waits]
    assert minutes == [5, 10, 20, 1280, 1440, 1440]


def test_retry_after_is_obeyed() -> None:
    """A server that asks for three hours is left alone for three hours; one that asks for little changes nothing."""
    asked = Trouble("throttled", "The server answered 429.", timedelta(hours=3))
    assert again_at(asked, 1, HOUR, NOW, 0) == NOW + 3 * HOUR
    hurried = Trouble("throttled", "The server answered 429.", timedelta(0))
    assert again_at(hurried, 2, HOUR, NOW, 0) == NOW + timedelta(minutes=10)


def test_what_only_a_person_mends_waits_its_interval() -> None:
    """A feed that is gone is not asked for every five minutes."""
    assert again_at(Trouble("gone", "The server answered 404."), 1, 6 * HOUR, NOW, 0) == NOW + 6 * HOUR
    assert again_at(Trouble("timeout", "No answer."), 1, 6 * HOUR, NOW, 0) == NOW + timedelta(minutes=5)


@given(
    st.sampled_from(sorted(CODES)),
    st.integers(1, 10_000),
    st.timedeltas(timedelta(minutes=1), timedelta(days=7)),
    st.none() | st.timedeltas(timedelta(0), timedelta(days=7)),
    st.floats(0, 1),
)
def test_a_feed_is_never_given_up(
    code: str, failures: int, interval: timedelta, asked: timedelta | None, jitter: float
) -> None:
    """Whatever happens, it is tried again: not sooner than asked, within 1.1 days or what the server asked for."""
    wait = again_at(Trouble(code, "…", asked), failures, interval, NOW, jitter) - NOW
    assert wait >= max(timedelta(minutes=5), asked or timedelta(0))
    assert wait <= 1.1 * max(timedelta(days=1), asked or timedelta(0))


def test_the_interval_is_the_boards_or_what_is_fresh_longer() -> None:
    """`poll_minutes` is the floor; a day is the most that a header can ask for; jitter only adds."""
    assert next_read(FEED, None, NOW, 0) == NOW + HOUR
    assert next_read(FEED, timedelta(minutes=5), NOW, 0) == NOW + HOUR
    assert next_read(FEED, 3 * HOUR, NOW, 0) == NOW + 3 * HOUR
    assert next_read(FEED, timedelta(days=30), NOW, 0) == NOW + timedelta(days=1)
    assert next_read(FEED, None, NOW, 1) == NOW + 1.2 * HOUR


def test_a_quiet_board_is_asked_less_often() -> None:
    """Silence stretches the interval, to 6 hours at most, and never shortens one that is longer."""
    slow = FeedSpec(id="b", name="B", url="https://b.example/feed", poll_minutes=720)
    assert next_read(FEED, None, NOW, 0, timedelta(hours=3)) == NOW + HOUR
    assert next_read(FEED, None, NOW, 0, timedelta(days=1)) == NOW + 2 * HOUR
    assert next_read(FEED, None, NOW, 0, timedelta(days=9)) == NOW + 4 * HOUR
    assert next_read(slow, None, NOW, 0, timedelta(days=9)) == NOW + 12 * HOUR


@pytest.mark.parametrize("code", sorted(CODES))
def test_moderators_read_whole_sentences(code: str) -> None:
    """Each trouble names the feed, says what happened, and what to do; no sentence has 20 words or more."""
    text = words(Trouble(code, "The server answered 503."), "A Board")
    sentences = [sentence for sentence in text.split(". ") if sentence]
    assert text.startswith("A Board ")
    assert text.endswith(".")
    assert len(sentences) >= 3
    assert all(len(sentence.split()) < 20 for sentence in sentences)
