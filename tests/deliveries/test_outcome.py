"""What an answer makes of a delivery."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deliveries.outcome import (
    CHANNEL_CODES,
    CODES,
    LONGEST_WAIT,
    SAME_NONCE_FOR,
    TRIES,
    TRIES_OF_A_BUG,
    after_edit,
    after_look,
    after_send,
    interrupted,
    must_look,
)
from bot.deliveries.planned import Row
from bot.ports import Receipt, Trouble
from tests.deliveries.parts import NOON, SECOND

BEGAN, NOW = NOON + 5 * SECOND, NOON + 6 * SECOND
FRESH = Row(1, "word", 1, 10, None, None, "{}", "n", "sending", 1, NOON, None, None, None, None, None)
EDIT = replace(FRESH, version=2, message_id=99)
DOUBTFUL = replace(FRESH, attempts=3, started_at=NOON - timedelta(hours=1))
MAY_ARRIVE = ("unclear", "bug", "a code nobody wrote down")
jitters = st.floats(0, 1)


def test_sent() -> None:
    """A receipt settles it, with the message's id when Discord gave one."""
    for message_id in 99, None:
        done = after_send(FRESH, BEGAN, Receipt(message_id), NOW, 0)
        assert (done.state, done.message_id, done.settled_at) == ("sent", message_id, NOW)


@pytest.mark.parametrize("code", sorted(CHANNEL_CODES | {"bad_request"}))
def test_dead_at_once(code: str) -> None:
    """A gone channel, a missing right and a message Discord can't take are not tried again."""
    done = after_send(FRESH, BEGAN, Trouble(code, "why"), NOW, 0)
    assert (done.state, done.trouble, done.trouble_detail, done.settled_at) == ("dead", code, "why", NOW)
    assert done.started_at is None


@pytest.mark.parametrize("code", MAY_ARRIVE)
def test_what_may_have_arrived_is_remembered(code: str) -> None:
    """After an unclear answer the moment of the first doubtful attempt stays."""
    assert after_send(FRESH, BEGAN, Trouble(code, ""), NOW, 0).started_at == BEGAN
    assert after_send(DOUBTFUL, BEGAN, Trouble(code, ""), NOW, 0).started_at == DOUBTFUL.started_at


@pytest.mark.parametrize("code", ["rate_limited", "unauthorized"])
def test_what_was_not_taken_is_no_doubt(code: str) -> None:
    """429 and 401 surely did not arrive; an earlier doubt stays nevertheless."""
    assert after_send(FRESH, BEGAN, Trouble(code, ""), NOW, 0).started_at is None
    assert after_send(DOUBTFUL, BEGAN, Trouble(code, ""), NOW, 0).started_at == DOUBTFUL.started_at


@given(st.integers(1, TRIES - 1), jitters)
def test_retries_wait_longer_each_time_and_never_over_ten_minutes(attempts: int, jitter: float) -> None:
    """2, 4, 8 … seconds less up to a fifth, at most ten minutes."""
    done = after_send(replace(FRESH, attempts=attempts), BEGAN, Trouble("unclear", ""), NOW, jitter)
    full = min(LONGEST_WAIT, 2 ** min(attempts, 20) * SECOND)
    assert done.state == "retry" and full * 0.799 <= done.due_at - NOW <= full


def test_all_retries_are_over_within_a_day() -> None:
    """The waits of all tries together stay under 24 hours, and come near it."""
    waits = [
        after_send(replace(FRESH, attempts=n), BEGAN, Trouble("unclear", ""), NOW, 0).due_at - NOW
        for n in range(1, TRIES)
    ]
    assert timedelta(hours=23) < sum(waits, timedelta()) < timedelta(hours=24)


@given(st.integers(0, 7200), jitters)
def test_discords_own_wait_is_kept(seconds: int, jitter: float) -> None:
    """Nothing goes out before the moment a 429 named."""
    asked = timedelta(seconds=seconds)
    done = after_send(FRESH, BEGAN, Trouble("rate_limited", "", asked), NOW, jitter)
    assert done.state == "retry" and done.due_at - NOW >= asked


def test_giving_up() -> None:
    """After the last try: dead if it surely never arrived, uncertain if it may have."""
    last = replace(FRESH, attempts=TRIES)
    assert after_send(last, BEGAN, Trouble("rate_limited", ""), NOW, 0).state == "dead"
    assert after_send(last, BEGAN, Trouble("unclear", ""), NOW, 0).state == "uncertain"
    buggy = replace(FRESH, attempts=TRIES_OF_A_BUG)
    assert after_send(buggy, BEGAN, Trouble("bug", ""), NOW, 0).state == "uncertain"


def test_a_lost_token_is_not_the_deliverys_fault() -> None:
    """At 401 a delivery keeps its turn, however often it was tried."""
    done = after_send(replace(FRESH, attempts=TRIES), BEGAN, Trouble("unauthorized", ""), NOW, 0)
    assert (done.state, done.due_at, done.settled_at) == ("retry", FRESH.due_at, None)


def test_when_to_look_first() -> None:
    """Within two minutes the nonce protects; afterwards one must look; what never started needs neither."""
    started = replace(FRESH, started_at=NOON)
    assert not must_look(FRESH, NOON + timedelta(days=9))
    assert not must_look(started, NOON + SAME_NONCE_FOR - SECOND)
    assert must_look(started, NOON + SAME_NONCE_FOR)


def test_found_in_the_history() -> None:
    """Found is sent."""
    done = after_look(DOUBTFUL, Receipt(99), NOW, 0)
    assert (done.state, done.message_id) == ("sent", 99)


def test_not_in_the_history() -> None:
    """Surely not there: due at once, without any doubt left."""
    done = after_look(DOUBTFUL, None, NOW, 0)
    assert (done.state, done.due_at, done.started_at) == ("retry", DOUBTFUL.due_at, None)


@pytest.mark.parametrize("code", ["unreadable", "missing_access", "missing_permission", "bad_request"])
def test_unreadable_history_is_uncertain(code: str) -> None:
    """Who cannot look does not say it twice."""
    done = after_look(DOUBTFUL, Trouble(code, "why"), NOW, 0)
    assert (done.state, done.trouble, done.settled_at) == ("uncertain", code, NOW)


def test_a_look_that_fails_for_the_moment_is_tried_again() -> None:
    """A 5xx or 429 while looking says nothing about the history: look again later, doubt kept."""
    for code in "unclear", "rate_limited", "bug", "unauthorized":
        done = after_look(DOUBTFUL, Trouble(code, ""), NOW, 0)
        assert (done.state, done.started_at) == ("retry", DOUBTFUL.started_at)
    assert after_look(replace(DOUBTFUL, attempts=TRIES), Trouble("unclear", ""), NOW, 0).state == "uncertain"


def test_a_channel_that_is_gone_needs_no_doubt() -> None:
    """Looking into a deleted channel: dead."""
    assert after_look(DOUBTFUL, Trouble("unknown_channel", ""), NOW, 0).state == "dead"


@pytest.mark.parametrize("row", [EDIT, replace(EDIT, started_at=NOON - timedelta(hours=1))])
def test_an_edit_leaves_no_doubt(row: Row) -> None:
    """Made, refused for good, or to be made again at the usual moments; given up in the end, never uncertain."""
    made = after_edit(row, Receipt(99), NOW, 0)
    assert (made.state, made.message_id, made.settled_at) == ("sent", 99, NOW)
    for code in sorted(CHANNEL_CODES | {"unknown_message", "bad_request"}):
        refused = after_edit(row, Trouble(code, "why"), NOW, 0)
        assert (refused.state, refused.trouble, refused.of_edit) == ("dead", code, True)
    for code in "unclear", "rate_limited", "bug":
        again = after_edit(row, Trouble(code, ""), NOW, 0)
        assert (again.state, again.due_at, again.started_at) == ("retry", NOW + 2 * SECOND, None)
        assert after_edit(replace(row, attempts=TRIES), Trouble(code, ""), NOW, 0).state == "dead"


def test_cut_off_at_the_end() -> None:
    """A request that stopping cut off waits again and may have arrived."""
    done = interrupted(FRESH, BEGAN)
    assert (done.state, done.due_at, done.started_at) == ("retry", FRESH.due_at, BEGAN)
    assert interrupted(DOUBTFUL, BEGAN).started_at == DOUBTFUL.started_at


@given(st.sampled_from([FRESH, DOUBTFUL]), st.sampled_from([*CODES]), st.integers(1, TRIES + 5), jitters)
def test_no_answer_loses_a_delivery(row: Row, code: str, attempts: int, jitter: float) -> None:
    """Whatever comes back, a delivery ends, or waits for a moment at most ten minutes away."""
    counted = replace(row, attempts=attempts)
    for done in (
        after_send(counted, BEGAN, Trouble(code, "why"), NOW, jitter),
        after_look(counted, Trouble(code, "why"), NOW, jitter),
        after_edit(counted, Trouble(code, "why"), NOW, jitter),
    ):
        assert done.id == row.id and done.state in ("retry", "dead", "uncertain")
        assert (done.settled_at is None) == (done.state == "retry")
        assert done.due_at <= NOW + LONGEST_WAIT
