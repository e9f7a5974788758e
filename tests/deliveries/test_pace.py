"""The token bucket against a count by hand, and the breaker."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.pace import INVALID_LIMIT, INVALID_WINDOW, Breaker, TokenBucket

# Who wants to speak, after what rest: many channels at once, one channel alone, long silences.
wishes = st.lists(
    st.tuples(st.integers(1, 12), st.sampled_from([0.0, 0.0, 0.0, 0.01, 0.5, 3.0, 20.0])), max_size=300
)


def spoken(wishes: Sequence[tuple[int, float]], begin: float = 1000.0) -> list[tuple[float, int]]:
    """When each wish is granted by somebody who always waits as told, as (moment, channel)."""
    bucket, at, said = TokenBucket(), begin, []
    for channel, rest in wishes:
        at += rest
        while wait := bucket.wait_for(channel, at):
            at += wait
        bucket.take(channel, at)
        said.append((at, channel))
    return said


def most_within(moments: Sequence[float], seconds: float) -> int:
    """The most moments in any window of this length, counted by hand."""
    return max((sum(begin <= at < begin + seconds for at in moments) for begin in moments), default=0)


@given(wishes)
def test_no_second_sees_more_than_fifty(wishes: list[tuple[int, float]]) -> None:
    """However requests come, no window of one second holds more than 50."""
    assert most_within([at for at, _ in spoken(wishes)], 1.0 - 1e-6) <= 50


@given(wishes)
def test_no_channel_sees_more_than_five_in_five_seconds(wishes: list[tuple[int, float]]) -> None:
    """In any window of five seconds a channel gets at most five messages."""
    said = spoken(wishes)
    for channel in {channel for _, channel in said}:
        assert most_within([at for at, where in said if where == channel], 5.0 - 1e-6) <= 5


def test_the_rate_is_reached() -> None:
    """1,000 messages to 200 channels take 1,000 ÷ 45 seconds, less the first burst."""
    said = spoken([(n % 200, 0.0) for n in range(1000)])
    assert said[-1][0] - said[0][0] == pytest.approx((1000 - 5) / 45, abs=0.01)


def test_one_channel_gets_one_a_second() -> None:
    """100 messages to one channel: five at once, then five every five seconds."""
    said = spoken([(7, 0.0)] * 100)
    assert said[-1][0] - said[0][0] == pytest.approx(95, abs=1)


def test_silent_channels_are_forgotten() -> None:
    """The memory holds the channels of the last seconds, not all that ever spoke."""
    bucket, at = TokenBucket(), 0.0
    for channel in range(5000):
        while wait := bucket.wait_for(channel, at):
            at += wait
        bucket.take(channel, at)
    assert len(bucket.spent) <= 1001


def test_a_lost_token_stops_everything_for_good() -> None:
    """After one 401 nothing is sent any more, however long one waits."""
    breaker = Breaker()
    assert breaker.stopped(0) is None
    breaker.note("unauthorized", 1)
    assert breaker.stopped(1) == breaker.stopped(1e9) == "unauthorized"


@pytest.mark.parametrize("code", ["missing_access", "missing_permission", "rate_limited"])
def test_a_thousand_invalid_requests_stop_everything_for_a_while(code: str) -> None:
    """999 in ten minutes pass; the thousandth stops; ten minutes after the first it goes on."""
    breaker = Breaker()
    for n in range(INVALID_LIMIT - 1):
        breaker.note(code, n / 10)
    assert breaker.stopped(100) is None
    breaker.note(code, 100)
    assert breaker.stopped(100) == "too_many_invalid"
    assert breaker.stopped(INVALID_WINDOW) is None


def test_other_troubles_do_not_count() -> None:
    """5xx and unknown channels are no invalid requests."""
    breaker = Breaker()
    for code in ("unclear", "unknown_channel", "bad_request"):
        for n in range(2 * INVALID_LIMIT):
            breaker.note(code, n / 100)
    assert breaker.stopped(20) is None
