"""May two talk at all, and how well do they fit for one kind of meeting? In whole points. Pure.

What counts of a profile is weighed as for readers (bot.reviews.fit). Beside it stand the topics that both chose, and
the hours in which both are awake. How much of each, is a matter of the kind: partners need the same hours, mentors
the same field.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.meets.pairing import MOST_SCORE
from bot.meets.values import Kind, Role
from bot.reviews.fit import Reading, Reason, fit, primary, reasons

TOGETHER = 4  # half hours a day that two must be awake together: enough to find one hour in
_PLENTY = 16  # more of them are no better

SHARES: Mapping[Kind, tuple[int, int, int]] = {
    "coffee": (500, 300, 200),
    "interview": (400, 400, 200),
    "partner": (300, 200, 500),
    "mentor": (600, 300, 100),
}
"""Of a thousand points: for the profile, for topics, for hours."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What counts of one member in a draw. awake: half hours of a UTC day as bits (bot.checkins.pods.awake)."""

    reading: Reading
    awake: int
    topics: tuple[str, ...] = ()
    role: Role = ""
    most: int = 1

    @property
    def user_id(self) -> int:
        return self.reading.user_id


@dataclass(frozen=True, slots=True)
class Why:
    """Why these two, as both may read it. topics: ids that both chose; reasons: of their profiles."""

    topics: tuple[str, ...]
    reasons: tuple[Reason, ...]


def can_talk(one: Candidate, other: Candidate) -> bool:
    """A language in common, and two hours a day in which both are awake; somebody who told no language can."""
    if _hours(one, other) < TOGETHER:
        return False
    mine, theirs = _spoken(one.reading.profile.languages), _spoken(other.reading.profile.languages)
    return not mine or not theirs or not mine.isdisjoint(theirs)


def score(kind: Kind, one: Candidate, other: Candidate) -> int:
    """0 to 1000. The same both ways, but for a mentor, who stands first."""
    parts = (
        _profile(kind, one, other),
        _topics(one, other),
        MOST_SCORE * min(_hours(one, other), _PLENTY) // _PLENTY,
    )
    return sum(share * part for share, part in zip(SHARES[kind], parts, strict=True)) // MOST_SCORE


def why(one: Candidate, other: Candidate) -> Why:
    """As `one` reads it; what each side's profile keeps to itself is not in it."""
    found = fit(one.reading, other.reading)
    return Why(_shared(one, other), reasons(one.reading, other.reading, found))


def _profile(kind: Kind, one: Candidate, other: Candidate) -> int:
    """A mentor is looked at as a reader is, by the mentee; else the mean of both views."""
    if kind == "mentor":
        return fit(other.reading, one.reading).score
    return (fit(one.reading, other.reading).score + fit(other.reading, one.reading).score) // 2


def _topics(one: Candidate, other: Candidate) -> int:
    """Half the points where one of them leaves it open."""
    if not one.topics or not other.topics:
        return MOST_SCORE // 2
    mine, theirs = _set(one.topics), _set(other.topics)
    return MOST_SCORE * len(mine & theirs) // min(len(mine), len(theirs))


def _shared(one: Candidate, other: Candidate) -> tuple[str, ...]:
    return tuple(sorted(_set(one.topics) & _set(other.topics)))


@lru_cache(maxsize=4096)  # asked for every pair
def _set(topics: tuple[str, ...]) -> frozenset[str]:
    return frozenset(topics)


@lru_cache(maxsize=4096)
def _spoken(languages: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(primary, languages))


def _hours(one: Candidate, other: Candidate) -> int:
    return (one.awake & other.awake).bit_count()
