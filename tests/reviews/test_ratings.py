"""What is said of a review: till when, when it shows, and what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusals import Refusal
from bot.reviews import ratings
from bot.reviews.answers import Answer, Sheet
from bot.reviews.fit import MOST_MOVED, NO_RECORD, effect
from bot.reviews.ratings import Event, Side
from bot.reviews.rubric import Verdict
from bot.reviews.values import Rating, Reading
from tests.reviews.readings import ANA, BOB, CLEO, DAY, NOW, reading


def sent(**given: Any) -> Reading:
    """Bob's review of Ana's came now."""
    return reading(**({"state": "submitted", "submitted_at": NOW} | given))


def said(helpful: bool = True, at: datetime = NOW + DAY) -> Rating:
    return Rating(1, helpful, True, True, at)


def side(one: Reading, *others: Reading, back: Sequence[Reading] = (), rating: Rating | None = None) -> Side:
    """Those in the state "rated" are rated."""
    every = (one, *others, *back)
    return Side(one, (one, *others), back, [each.id for each in every if each.state == "rated"], rating)


# -- when it shows -------------------------------------------------------------------------------


def test_it_shows_once_every_review_of_the_request_is_rated() -> None:
    """While another reader still reads, or is to be rated, nobody sees what was said; then both do."""
    one = sent(state="rated")
    for state in ("accepted", "proposed", "submitted"):
        other = sent(id=2, reader_id=CLEO, state=state)
        assert not ratings.revealed(side(one, other, rating=said()), NOW + DAY)
    for state in ("declined", "expired"):
        other = reading(id=2, reader_id=CLEO, state=state)
        assert ratings.revealed(side(one, other, rating=said()), NOW + DAY)
    assert ratings.revealed(side(one, sent(id=2, state="rated"), rating=said()), NOW + DAY)


def test_a_second_version_hides_nothing_again() -> None:
    """While a reader who was rated is asked anew, what was said of both still shows."""
    one, again = sent(state="rated"), sent(id=2, reader_id=CLEO, state="accepted")
    both = Side(one, (one, again), (), (1, 2), said())
    assert ratings.revealed(both, NOW + DAY)
    assert not ratings.revealed(replace(both, rated=(1,)), NOW + DAY)


def test_two_who_read_for_each_other_see_it_together() -> None:
    """What Ana says of Bob's review shows when Bob has said what he thinks of hers: neither can answer the other."""
    one = sent(state="rated")
    hers = sent(id=2, request_id=2, author_id=BOB, reader_id=ANA)
    assert not ratings.revealed(side(one, back=[hers], rating=said()), NOW + DAY)
    assert ratings.revealed(side(one, back=[replace(hers, state="rated")], rating=said()), NOW + DAY)


def test_after_fourteen_days_it_shows_anyway() -> None:
    """Nobody hides a word by saying none: when its window has closed, what was said shows."""
    one = sent(state="rated")
    waiting = sent(id=2, reader_id=CLEO, submitted_at=NOW + 10 * DAY)
    both = side(one, waiting, rating=said())
    assert not ratings.revealed(both, NOW + 14 * DAY - timedelta(seconds=1))
    assert ratings.revealed(both, NOW + 14 * DAY)


def test_what_was_not_said_never_shows() -> None:
    """There is nothing to reveal without a rating."""
    assert not ratings.revealed(side(sent()), NOW + 100 * DAY)


# -- till when -----------------------------------------------------------------------------------


def reason(one: Side, rating: Rating) -> str:
    with pytest.raises(Refusal) as refusal:
        ratings.rate(one, rating)
    return refusal.value.reason


def test_a_rating_needs_a_review() -> None:
    """One that is only accepted can't be rated."""
    assert reason(side(reading(state="accepted")), said()) == "no_review_yet"


def test_it_may_be_said_anew_until_it_shows() -> None:
    """While another review is to come, it may change; the same press again keeps the first; after that it stays."""
    one, other = sent(state="rated"), reading(id=2, reader_id=CLEO)
    before = said(True)
    assert ratings.rate(side(one, other, rating=before), said(False, NOW + 2 * DAY)).helpful is False
    assert ratings.rate(side(one, other, rating=before), said(True, NOW + 2 * DAY)) is before
    assert ratings.rate(side(one, rating=before), said(True, NOW + 2 * DAY)) is before
    assert reason(side(one, rating=before), said(False, NOW + 2 * DAY)) == "rating_over"


def test_after_its_window_nothing_is_taken() -> None:
    """The last moment is 14 days after the review came, exclusive."""
    end = NOW + 14 * DAY
    assert ratings.rate(side(sent()), said(at=end - timedelta(seconds=1))).helpful
    assert reason(side(sent()), said(at=end)) == "rating_over"


# -- what it counts ------------------------------------------------------------------------------


def sheet(*verdicts: Verdict) -> Sheet:
    answers = {str(nth): Answer(str(nth), verdict) for nth, verdict in enumerate(verdicts)}
    return Sheet("resume", 1, dict.fromkeys(answers, "Label"), answers)


def test_harsh_is_more_no_than_all_else() -> None:
    """Half is not harsh; nothing answered is not either."""
    assert ratings.is_harsh(sheet("no", "no", "yes"))
    assert not ratings.is_harsh(sheet("no", "partly"))
    assert not ratings.is_harsh(sheet())


def test_an_unhappy_word_of_somebody_judged_harshly_weighs_half() -> None:
    """It moves a score less than the same word of anybody else; a happy one counts whole."""
    plain = ratings.record([Event(True, NOW, False, NOW)], NOW)
    harsh = ratings.record([Event(True, NOW, False, NOW, harsh=True)], NOW)
    assert plain.helpful == (0, 1000)
    assert harsh.helpful == (0, 500)
    assert effect(plain) < effect(harsh) < effect(ratings.record([Event(True, NOW)], NOW))
    assert ratings.record([Event(True, NOW, True, NOW, harsh=True)], NOW).helpful == (1000, 1000)


def test_the_past_counts_half_after_180_days() -> None:
    """And without one there is no record at all."""
    assert ratings.record([Event(False, NOW - 180 * DAY)], NOW).on_time == (0, 500)
    assert ratings.record([], NOW) == NO_RECORD


events = st.lists(
    st.builds(
        Event,
        st.booleans(),
        st.integers(0, 3000).map(lambda days: NOW - days * DAY),
        st.none() | st.booleans(),
        st.none() | st.integers(0, 3000).map(lambda days: NOW - days * DAY),
        st.booleans(),
    ),
    max_size=30,
)


@given(events)
def test_no_past_moves_a_score_by_more_than_a_tenth(past: list[Event]) -> None:
    """Good events are some of all, whatever they weigh; coming late never helps, a helpful word never harms."""
    record = ratings.record(past, NOW)
    assert abs(effect(record)) <= MOST_MOVED
    assert effect(ratings.record([*past, Event(False, NOW)], NOW)) <= effect(record)
    good = [*past, Event(True, NOW, True, NOW)]
    assert effect(ratings.record(good, NOW)) >= effect(record)


def test_thanks_count_what_shows() -> None:
    """All reviews that were sent, and of their ratings only those that may be seen."""
    shown = side(sent(state="rated"), rating=said())
    hidden = side(sent(id=2, state="rated"), reading(id=3, reader_id=CLEO), rating=said())
    found = ratings.thanks([shown, hidden, side(reading(id=4))], NOW + DAY)
    assert (found.reviews, found.helpful, found.specific, found.respectful) == (2, 1, 1, 1)
