"""What is asked and offered in a server, in numbers for its moderators. Pure.

Each number is of five people at least and told in steps of five, so that two looks tell nothing of one person. None
means that it is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from bot.reviews.values import Reader, Request

STEP = 5


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one reading that was accepted."""

    reader_id: int
    sent: bool
    in_time: bool


@dataclass(frozen=True, slots=True)
class Supply:
    """readers: who take documents now; room: documents that they read at a time. asking: who wait for a reader;
    wanted: reviews that these ask for. waited_days: the median of them. sent: reviews of late; in_time: of 100 that
    were accepted.
    """

    readers: int | None = None
    room: int | None = None
    asking: int | None = None
    wanted: int | None = None
    waited_days: int | None = None
    sent: int | None = None
    in_time: int | None = None


def told(number: int) -> int | None:
    """In steps of five, rounded down; None for fewer than five."""
    return number // STEP * STEP or None


def supply(
    readers: Collection[Reader], waiting: Sequence[Request], outcomes: Sequence[Outcome], now: datetime
) -> Supply:
    """readers: who take documents now. waiting: requests without all their readers. outcomes: of late."""
    people = {one.author_id for one in waiting}
    past = {one.reader_id for one in outcomes}
    return Supply(
        readers=told(len(readers)),
        room=_of(len(readers), sum(one.capacity for one in readers)),
        asking=told(len(people)),
        wanted=_of(len(people), sum(one.needs for one in waiting)),
        waited_days=_waited(waiting, now) if len(people) >= STEP else None,
        sent=_of(len({one.reader_id for one in outcomes if one.sent}), sum(one.sent for one in outcomes)),
        in_time=_share(outcomes) if len(past) >= STEP else None,
    )


def _of(people: int, number: int) -> int | None:
    """A number that so many people make."""
    return told(number) if people >= STEP else None


def _waited(waiting: Sequence[Request], now: datetime) -> int:
    return int(median((now - (one.waiting_since or one.made_at)).days for one in waiting))


def _share(outcomes: Sequence[Outcome]) -> int:
    """To the nearest five of a hundred."""
    share = 100 * sum(one.in_time for one in outcomes) / len(outcomes)
    return round(share / STEP) * STEP
