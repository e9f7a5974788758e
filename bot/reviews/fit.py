"""How well somebody fits to read for an author, in whole points, and what of it may be said to both. Pure.

The weights are those that the benchmarks were made with (benchmarks/people.py). What is said of two people comes from
fields that both show to those they are brought together with, and from nothing else: a closed field moves points,
but never a word.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from bot.people.languages import language_name
from bot.people.members import FIELDS, LEVELS, Profile
from bot.text import latin

MOST = 1000  # points

SAME_FIELD, RELATED_FIELD = 350, 150
LEVELS_ABOVE: Mapping[int, int] = {-1: 80, 0: 180, 1: 250, 2: 220} | dict.fromkeys(range(3, len(LEVELS)), 120)
"""The reader's level less the author's → points; 0 for what is absent."""
UNKNOWN_LEVEL = 100
NEAR_IN_TIME, UNKNOWN_ZONE = 150, 75
SKILLS_SHARED = 200
FIRST_LANGUAGE = 50

NO_FIELD = ("", "other")  # two who do something else do not do the same
_SISTERS: Mapping[str, str] = {
    "software": "data infrastructure quality",
    "data": "infrastructure",
    "infrastructure": "quality",
    "design": "product marketing",
    "product": "project",
    "project": "operations",
    "marketing": "writing sales",
    "writing": "education",
    "sales": "support",
    "people": "operations education",
    "finance": "operations legal",
    "legal": "operations",
    "support": "operations",
    "education": "health",
}
RELATED = frozenset(frozenset((one, other)) for one, sisters in _SISTERS.items() for other in sisters.split())
"""Whose resumes are read by the same people: about what one hires for beside the other."""

MOST_MOVED = 100  # per mille of the score, by reputation
HALF_LIFE = 180  # days, after which an event counts half
_EVENT = 1000  # what an event of today counts
_ASSUMED = 2 * _EVENT  # of each kind before anything happened: Beta(2, 2)

MOST_REASONS, LEAST_REASONS = 3, 2
_NEAR = 4 * 60  # minutes apart that are still a reason
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of somebody as a reader. Each event counts `weight(days)`, a thousand on its day.

    on_time: how much was delivered in time, of how much. helpful: how much was called helpful, of how much.
    """

    on_time: tuple[int, int] = (0, 0)
    helpful: tuple[int, int] = (0, 0)

    def __post_init__(self) -> None:
        if not all(0 <= good <= every for good, every in (self.on_time, self.helpful)):
            raise ValueError(f"good events are some of all: {self}")


NO_RECORD = Record()


@dataclass(frozen=True, slots=True)
class Reading:
    """What counts of one member, as an author and as a reader. minutes: their clock less UTC; None: not told."""

    user_id: int
    profile: Profile
    minutes: int | None = None
    record: Record = NO_RECORD


Feature = Literal["field", "level", "zone", "skills", "language"]

_FIELD_OF: Mapping[Feature, str] = {
    "field": "field",
    "level": "level",
    "zone": "country",  # where the clock is tells where they are
    "skills": "skills",
    "language": "languages",
}
"""Which field of a profile a part is made of, so that it is told only to those who may see that."""

ReasonKind = Literal[
    "same_field", "related_field", "level", "zone", "skills", "language", "reads", "round", "room"
]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why these two. about: the field that both have, or the tag of a language. count: levels from the author up to
    the reader, minutes between their clocks, or shared skills."""

    kind: ReasonKind
    about: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score. reason: how it is said, None where there is nothing in it to say."""

    feature: Feature
    points: int
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """score: 0 to 1000, the sum of all parts. language: of what is read, "" for nothing."""

    score: int
    parts: tuple[Part, ...]
    language: str = ""


def minutes_ahead(zone: str | None, now: datetime) -> int | None:
    """What a clock there shows more than UTC now, in minutes. zone: an IANA name, None: not told."""
    ahead = now.astimezone(ZoneInfo(zone)).utcoffset() if zone else None
    return None if ahead is None else int(ahead.total_seconds()) // 60


# -- points --------------------------------------------------------------------------------------

_few = lru_cache(maxsize=4096)  # there are few different values, and all pairs of them are asked for


def fit(author: Reading, reader: Reading, language: str = "") -> Fit:
    """How well the reader fits. language: of the document; "" where nothing is read, as when two just meet."""
    parts = (
        by_field(author.profile.field, reader.profile.field),
        by_level(author.profile.level, reader.profile.level),
        by_zone(author.minutes, reader.minutes),
        by_skills(author.profile.skills, reader.profile.skills),
        by_language(language, reader.profile.languages),
    )
    return Fit(sum([part.points for part in parts]), parts, language)


@_few
def by_field(author: str, reader: str) -> Part:
    if author == reader and author not in NO_FIELD:
        return Part("field", SAME_FIELD, Reason("same_field", author))
    if frozenset((author, reader)) in RELATED:
        return Part("field", RELATED_FIELD, Reason("related_field"))
    return Part("field", 0)


@cache
def step(level: str) -> int | None:
    """Which of LEVELS, from 0; None for one that is not told."""
    return list(LEVELS).index(level) if level in LEVELS else None


@_few
def by_level(author: str, reader: str) -> Part:
    mine, theirs = step(author), step(reader)
    if mine is None or theirs is None:
        return Part("level", UNKNOWN_LEVEL)
    above = theirs - mine
    return Part("level", LEVELS_ABOVE.get(above, 0), Reason("level", count=above) if above >= 0 else None)


@_few
def by_zone(author: int | None, reader: int | None) -> Part:
    """By what the two clocks show: 23 h apart is one hour, on another day."""
    if author is None or reader is None:
        return Part("zone", UNKNOWN_ZONE)
    apart = abs(author - reader) % _DAY
    apart = min(apart, _DAY - apart)
    points = NEAR_IN_TIME - NEAR_IN_TIME * apart // (_DAY // 2)
    return Part("zone", points, Reason("zone", count=apart) if apart <= _NEAR else None)


@_few
def comparable(skills: tuple[str, ...]) -> frozenset[str]:
    """Skills by their letters alone."""
    return frozenset(filter(None, map(latin, skills)))


def by_skills(author: tuple[str, ...], reader: tuple[str, ...]) -> Part:
    """Shared ones as a share of all (Jaccard)."""
    mine, theirs = comparable(author), comparable(reader)
    shared = len(mine & theirs)
    if not shared:
        return Part("skills", 0)
    points = SKILLS_SHARED * shared // (len(mine) + len(theirs) - shared)
    return Part("skills", points, Reason("skills", count=shared))


def primary(tag: str) -> str:
    """Of a BCP 47 tag, the language alone: who reads pt reads pt-BR."""
    return tag.partition("-")[0].lower()


@_few
def by_language(language: str, languages: tuple[str, ...]) -> Part:
    if language and languages and primary(languages[0]) == primary(language):
        return Part("language", FIRST_LANGUAGE, Reason("language", language))
    return Part("language", 0)


# -- reputation ----------------------------------------------------------------------------------


@cache
def weight(days: int) -> int:
    """What an event of so many days ago counts: 1000 · 2^(−days / 180), rounded down, without a fraction between."""
    if days < 0:
        raise ValueError(f"an event lies {days} days back")
    if days > 10 * HALF_LIFE:  # less than a thousandth
        return 0
    most: int = _EVENT**HALF_LIFE
    return bisect_right(range(_EVENT + 1), most, key=lambda one: one**HALF_LIFE << days) - 1


def moved(score: int, record: Record) -> int:
    """The score with the reader's reputation: a tenth more at most, a tenth less at most, the same without any."""
    return min(MOST, score * (1000 + effect(record)) // 1000)


@_few
def effect(record: Record) -> int:
    """In per mille, −100 to 100; in time and helpful count half each. Smoothed by Beta(2, 2)."""
    halves = (record.on_time, record.helpful)
    return sum(MOST_MOVED // 2 * (2 * good - every) // (every + 2 * _ASSUMED) for good, every in halves)


# -- what is said --------------------------------------------------------------------------------


def reasons(author: Reading, reader: Reading, found: Fit) -> tuple[Reason, ...]:
    """Two or three: the largest parts of which both show the field; then what both know by being brought together.

    How long somebody waited is never among these: why they did is theirs.
    """
    open_fields = _shown(author.profile) & _shown(reader.profile)
    told = [part for part in found.parts if part.reason and _FIELD_OF[part.feature] in open_fields]
    told.sort(key=lambda part: -part.points)  # of equals the order of parts
    chosen = [part.reason for part in told if part.reason][:MOST_REASONS]
    for reason in _known_to_both(found, chosen):
        if len(chosen) >= LEAST_REASONS:
            break
        chosen.append(reason)
    return tuple(chosen)


def _shown(profile: Profile) -> set[str]:
    return set(profile.seen_by("pairs"))


def _known_to_both(found: Fit, chosen: Collection[Reason]) -> list[Reason]:
    """That two are brought together says this by itself."""
    reads = found.language and not any(one.kind == "language" for one in chosen)
    return [*([Reason("reads", found.language)] if reads else []), Reason("round"), Reason("room")]


def said(reason: Reason, *, to_reader: bool = False) -> str:
    """In plain English, to the author, or to the reader."""
    count, who = reason.count, "you" if to_reader else "they"
    match reason.kind:
        case "same_field":
            return f"same field: {FIELDS.get(reason.about, reason.about)}"
        case "related_field":
            return "related fields"
        case "level":
            return _levels(-count if to_reader else count)
        case "zone":
            return f"{_hours(count)} apart" if count else "same time of day"
        case "skills":
            return f"{count} shared skill{'s' if count > 1 else ''}"
        case "language":
            return f"{'your' if to_reader else 'their'} first language is {language_name(reason.about)}"
        case "reads":
            return f"{who} read {language_name(reason.about)}"
        case "round":
            return "both in this round"
        case "room":
            return f"{who} have room this week"


def dumped(some: Iterable[Reason]) -> str:
    """As they are kept."""
    return json.dumps([[one.kind, one.about, one.count] for one in some], ensure_ascii=False)


def loaded(text: str) -> tuple[Reason, ...]:
    """What `dumped` wrote."""
    return tuple(Reason(*row) for row in json.loads(text or "[]"))


def _levels(above: int) -> str:
    if not above:
        return "same level"
    count = "one level" if abs(above) == 1 else f"{abs(above)} levels"
    return f"{count} {'above' if above > 0 else 'below'} you"


def _hours(minutes: int) -> str:
    """2 h, 2½ h, 45 min."""
    hours, rest = divmod(minutes, 60)
    if rest == 30:
        return f"{hours or ''}½ h"
    return f"{minutes} min" if rest and not hours else f"{hours} h {rest} min" if rest else f"{hours} h"
