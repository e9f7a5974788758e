"""What an author says of a review: till when, when its reader sees it, and what it counts. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.refusals import Refusal
from bot.reviews.answers import Sheet
from bot.reviews.fit import HALF_LIFE, Record, weight
from bot.reviews.values import LIVE, Rating, Reading

WINDOW = timedelta(days=14)
"""So long after a review came its author may say what they think of it; then it shows what was said."""

REMEMBERED = timedelta(days=10 * HALF_LIFE)
"""What was accepted longer ago counts nothing any more."""


@dataclass(frozen=True, slots=True)
class Side:
    """One reading with what else it depends on. beside: all readings of its request. back: those in which its reader
    is the author and its author reads. rated: ids of those of them that were rated. rating: what was said of it."""

    reading: Reading
    beside: Collection[Reading]
    back: Collection[Reading] = ()
    rated: Collection[int] = ()
    rating: Rating | None = None


def window_closed(one: Reading, now: datetime) -> bool:
    return one.submitted_at is not None and now >= one.submitted_at + WINDOW


def revealed(side: Side, now: datetime) -> bool:
    """May its reader see what was said? When both sides are done with each other, or the window has closed.

    Both are done when nobody reads or is to be rated any more, in this request and, where these two read for each
    other, in the one the other way: no rating can answer another.
    """
    if side.rating is None:
        return False
    every = (*side.beside, *side.back)
    return window_closed(side.reading, now) or not any(_is_open(one, side.rated, now) for one in every)


def _is_open(one: Reading, rated: Collection[int], now: datetime) -> bool:
    """Is its first review still to come, or to be rated? A second one opens nothing again."""
    if one.submitted_at is None:
        return one.state in LIVE
    return one.id not in rated and not window_closed(one, now)


def rate(side: Side, rating: Rating) -> Rating:
    """What is kept: the first press of the same stays.

    Refuses "no_review_yet" before a review came, and "rating_over" once it shows or its window has closed.
    """
    one, before, now = side.reading, side.rating, rating.rated_at
    if one.submitted_at is None:
        raise Refusal("no_review_yet")
    if before is not None and _said(before) == _said(rating):
        return before
    if window_closed(one, now) or revealed(side, now):
        raise Refusal("rating_over")
    return rating


def _said(one: Rating) -> tuple[bool, bool, bool]:
    return one.helpful, one.specific, one.respectful


# -- what it counts ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Thanks:
    """What a reader's reviews have brought. reviews: all that were sent; the others: of those whose rating shows."""

    reviews: int = 0
    helpful: int = 0
    specific: int = 0
    respectful: int = 0


def thanks(sides: Iterable[Side], now: datetime) -> Thanks:
    """Of all readings of one reader. Nobody else sees it, and nobody is ranked by it."""
    sent = [side for side in sides if side.reading.submitted_at is not None]
    shown = [side.rating for side in sent if side.rating is not None and revealed(side, now)]
    return Thanks(
        len(sent),
        sum(one.helpful for one in shown),
        sum(one.specific for one in shown),
        sum(one.respectful for one in shown),
    )


def is_harsh(sheet: Sheet) -> bool:
    """Did the reader answer *no* to more than half of what they answered?"""
    verdicts = [answer.verdict for answer in sheet.answers.values()]
    return 2 * verdicts.count("no") > len(verdicts)


@dataclass(frozen=True, slots=True)
class Event:
    """One accepted reading as it counts. in_time: its review came by its hour; at: when that was decided.

    helpful: as its author said at rated_at, None: not. harsh: the author had been judged harshly.
    """

    in_time: bool
    at: datetime
    helpful: bool | None = None
    rated_at: datetime | None = None
    harsh: bool = False


def record(events: Iterable[Event], now: datetime) -> Record:
    """What a reader's past counts, with its half-life. An unhelpful word of somebody judged harshly weighs half."""
    on_time = [0, 0]
    helpful = [0, 0]
    for one in events:
        weighs = weight(max(0, (now - one.at).days))
        on_time[0] += weighs * one.in_time
        on_time[1] += weighs
        if one.helpful is not None and one.rated_at is not None:
            weighs = weight(max(0, (now - one.rated_at).days))
            helpful[0] += weighs * one.helpful
            helpful[1] += weighs // 2 if one.harsh and not one.helpful else weighs
    return Record((on_time[0], on_time[1]), (helpful[0], helpful[1]))
