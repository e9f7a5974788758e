"""What is asked and offered in a server, in numbers for its moderators. Pure.

Who searches in private is in them too, so counts are told as `bot.people.counted` rounds them, and what is no count
only where five people make it: None means that it is not told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from bot.people.counted import STEP, told
from bot.reviews.values import Reader, Request


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

    readers: int
    room: int
    asking: int
    wanted: int
    waited_days: int | None
    sent: int
    in_time: int | None


def supply(
    readers: Collection[Reader], waiting: Sequence[Request], outcomes: Sequence[Outcome], now: datetime
) -> Supply:
    """readers: who take documents now. waiting: requests that lack a reader. outcomes: of late."""
    people = {one.author_id for one in waiting}
    past = {one.reader_id for one in outcomes}
    return Supply(
        readers=told(len(readers)),
        room=told(sum(one.capacity for one in readers)),
        asking=told(len(people)),
        wanted=told(sum(one.needs for one in waiting)),
        waited_days=_waited(waiting, now) if len(people) >= STEP else None,
        sent=told(sum(one.sent for one in outcomes)),
        in_time=_share(outcomes) if len(past) >= STEP else None,
    )


def _waited(waiting: Sequence[Request], now: datetime) -> int:
    return int(median((now - (one.waiting_since or one.made_at)).days for one in waiting))


def _share(outcomes: Sequence[Outcome]) -> int:
    """To the nearest five of a hundred."""
    share = 100 * sum(one.in_time for one in outcomes) / len(outcomes)
    return round(share / STEP) * STEP
