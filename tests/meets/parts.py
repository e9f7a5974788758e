"""Values that the tests of meetings share."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import combinations

from bot.meets.values import DrawTime

WEEK = date(2026, 11, 23)  # a Monday
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TUESDAYS = DrawTime(day=1, minute=9 * 60, zone="Europe/Lisbon")

Two = tuple[int, int]


def ordered(one: int, other: int) -> Two:
    return min(one, other), max(one, other)


def every_way(ids: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Each way of putting some of these into twos and threes."""
    if not ids:
        yield ()
        return
    first, rest = ids[0], ids[1:]
    yield from every_way(rest)
    for count in (1, 2):
        for others in combinations(rest, count):
            for way in every_way(tuple(one for one in rest if one not in others)):
                yield ((first, *others), *way)
