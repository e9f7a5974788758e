"""Invented members of a review round, and the scores between them: the same for the same seed on every machine.

Their shares follow what communities for remote work look like: a few large fields, most people in the middle of
their career, 15 % whose first language is not English. All scores are whole numbers.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.reviews.matching.instance import Instance, Pair, Person

SEED = 20261121
NEEDS = 2  # reviews that each wants, and gives
LONGEST_WAIT = 30  # days, when supply is scarce

FIELD_SHARES = (26, 17, 12, 10, 8, 7, 5, 4, 4, 3, 2, 2)  # of a hundred; fields 2n and 2n + 1 are related
LEVEL_SHARES = (9, 21, 31, 23, 11, 5)
ZONES = (
    (-16, 12),
    (-12, 8),
    (-10, 22),
    (-6, 9),
    (0, 15),
    (2, 18),
    (6, 6),
    (11, 10),
)  # half hours from UTC, share
ENGLISH, OTHERS, OTHER_SHARES = 0, (1, 2, 3), (50, 30, 20)
NOT_ENGLISH = 0.15  # whose first language it is not
READS_ENGLISH_TOO, READS_ANOTHER_TOO = 2 / 3, 0.1  # of those others; of the English
OWN_SKILLS, COMMON_SKILLS = 12, 8  # of each field; of everybody

BLOCKED = 0.5  # blocks a member, in the mean
LATELY = 6  # reviewers that each had in the last rounds

_SAME_FIELD, _RELATED_FIELD = 350, 150
_LEVELS_ABOVE = {
    -1: 80,
    0: 180,
    1: 250,
    2: 220,
    3: 120,
    4: 120,
    5: 120,
}  # the reviewer's level − the author's → score
_NEAR_IN_TIME, _SKILLS_SHARED, _FIRST_LANGUAGE = 150, 200, 50
_DAY = 48  # half hours
_CROWDED = 4  # points that a reviewer loses for later authors, each time that he is listed
_CHANCE = 3  # candidates beyond the best


@dataclass(frozen=True, slots=True)
class Member:
    """field, level: numbers; zone: half hours from UTC; skills, reads: sets of bits; first, writes: languages."""

    field: int
    level: int
    zone: int
    skills: int
    first: int
    writes: int
    reads: int


def members(count: int, dice: random.Random) -> list[Member]:
    return [_member(dice) for _ in range(count)]


def _member(dice: random.Random) -> Member:
    first, writes, reads = _languages(dice)
    field = dice.choices(range(len(FIELD_SHARES)), FIELD_SHARES)[0]
    return Member(
        field=field,
        level=dice.choices(range(len(LEVEL_SHARES)), LEVEL_SHARES)[0],
        zone=dice.choices([zone for zone, _ in ZONES], [share for _, share in ZONES])[0],
        skills=_skills(field, dice),
        first=first,
        writes=writes,
        reads=reads,
    )


def _languages(dice: random.Random) -> tuple[int, int, int]:
    """First language, the resume's language, and all that they read. Half of those who can write in English do."""
    if dice.random() >= NOT_ENGLISH:
        another = dice.choices(OTHERS, OTHER_SHARES)[0] if dice.random() < READS_ANOTHER_TOO else ENGLISH
        return ENGLISH, ENGLISH, 1 << ENGLISH | 1 << another
    first = dice.choices(OTHERS, OTHER_SHARES)[0]
    if dice.random() >= READS_ENGLISH_TOO:
        return first, first, 1 << first
    return first, dice.choice((ENGLISH, first)), 1 << ENGLISH | 1 << first


def _skills(field: int, dice: random.Random) -> int:
    """Three to eight of the field's, up to three of everybody's. Related fields share a third of theirs."""
    start = field * OWN_SKILLS - (field % 2) * (OWN_SKILLS // 3)
    common = len(FIELD_SHARES) * OWN_SKILLS
    chosen = [start + number for number in dice.sample(range(OWN_SKILLS), dice.randint(3, 8))]
    chosen += [common + number for number in dice.sample(range(COMMON_SKILLS), dice.randint(0, 3))]
    return sum(1 << number for number in chosen)


class Scores:
    """What each author's pairs are worth, a row at a time; −1 where the pair is not allowed."""

    def __init__(self, people: list[Member], dice: random.Random) -> None:
        self.count = len(people)
        self._people = people
        self._field = np.array([one.field for one in people])
        self._level = np.array([one.level for one in people])
        self._zone = np.array([one.zone for one in people])
        self._first = np.array([one.first for one in people])
        self._reads = np.array([one.reads for one in people])
        width = len(FIELD_SHARES) * OWN_SKILLS + COMMON_SKILLS
        self._skills = np.array(
            [[one.skills >> number & 1 for number in range(width)] for one in people], dtype=np.float32
        ).reshape(len(people), width)
        self._skill_counts = self._skills.sum(axis=1).astype(np.int64)
        self._never = _never(len(people), dice)

    def row(self, author: int) -> NDArray[np.int64]:
        """The score of each possible reviewer of this author, 0 to 1000."""
        one = self._people[author]
        scores = np.where(self._field == one.field, _SAME_FIELD, 0)
        scores += np.where(self._field == (one.field ^ 1), _RELATED_FIELD, 0)
        above = np.array([_LEVELS_ABOVE.get(step, 0) for step in range(-5, 6)])
        scores += above[self._level - one.level + 5]
        apart = np.abs(self._zone - one.zone)
        scores += _NEAR_IN_TIME - _NEAR_IN_TIME * np.minimum(apart, _DAY - apart) // (_DAY // 2)
        shared = (self._skills @ self._skills[author]).astype(np.int64)  # small whole numbers: exact
        scores += _SKILLS_SHARED * shared // (self._skill_counts + self._skill_counts[author] - shared)
        scores += np.where(self._first == one.first, _FIRST_LANGUAGE, 0)
        scores[self._reads >> one.writes & 1 == 0] = -1
        scores[self._never[author]] = -1
        return scores


def _never(count: int, dice: random.Random) -> list[list[int]]:
    """Of each author: who must not read, that is they themselves, blocks either way, and the last reviewers."""
    never = [{number} for number in range(count)]
    for _ in range(round(count * BLOCKED)):
        one, other = dice.randrange(count), dice.randrange(count)
        never[one].add(other)
        never[other].add(one)
    for ids in never:
        ids.update(dice.sample(range(count), min(LATELY, count // 4)))
    return [sorted(ids) for ids in never]


def instance(count: int, seed: int, *, scarce: bool = False, most: int | None = None) -> Instance:
    """A round of so many members; all eligible pairs, or the `most` best candidates of each author and a few others.

    scarce: a third reads only one resume, and members have waited 0 to 30 days.
    """
    dice = random.Random(f"people/{count}/{seed}/{scarce}")
    scores = Scores(members(count, dice), dice)
    reading = [1 if scarce and dice.random() < 1 / 3 else NEEDS for _ in range(count)]
    waited = [dice.randint(0, LONGEST_WAIT) if scarce else 0 for _ in range(count)]
    people = tuple(Person(number, NEEDS, reading[number], waited[number]) for number in range(count))
    rows = _every(scores) if most is None else _candidates(scores, most, dice)
    return Instance(seed=seed, people=people, pairs=tuple(rows))


def _every(scores: Scores) -> Iterator[Pair]:
    for author in range(scores.count):
        row = scores.row(author)
        yield from _pairs(author, row, np.flatnonzero(row >= 0))


def _candidates(scores: Scores, most: int, dice: random.Random) -> Iterator[Pair]:
    """Each author's best by score − crowding price, and a few by chance; the authors come in an order by chance."""
    crowd = np.zeros(scores.count, dtype=np.int64)
    tie = np.arange(scores.count)  # a total order: the same candidates with every numpy
    for author in dice.sample(range(scores.count), scores.count):
        row = scores.row(author)
        allowed = np.flatnonzero(row >= 0)
        order = np.lexsort((tie[allowed], crowd[allowed] - row[allowed]))
        best = allowed[order[:most]]
        crowd[best] += _CROWDED
        rest = allowed[order[most:]]
        chance = dice.sample(range(len(rest)), min(_CHANCE, len(rest)))
        yield from _pairs(author, row, np.concatenate([best, rest[chance]]))


def _pairs(author: int, row: NDArray[np.int64], reviewers: NDArray[np.intp]) -> Iterator[Pair]:
    for reviewer, score in zip(reviewers.tolist(), row[reviewers].tolist(), strict=True):
        yield author, reviewer, score


def digest(given: Instance) -> str:
    """Eight letters that tell one instance from another, whatever the order of its pairs."""
    people = [(one.id, one.needs, one.capacity, one.waited_days) for one in given.people]
    return hashlib.blake2b(repr((people, sorted(given.pairs))).encode(), digest_size=4).hexdigest()


@dataclass(frozen=True, slots=True)
class Round:
    """The arguments of `instance`."""

    count: int
    scarce: bool = False
    most: int | None = None

    def instance(self) -> Instance:
        return instance(self.count, SEED, scarce=self.scarce, most=self.most)


ROUNDS = {
    "50": Round(50),
    "200": Round(200),
    "400": Round(400),
    "1,000": Round(1000),
    "5,000": Round(5000, most=60),
    "50, scarce": Round(50, scarce=True),
    "200, scarce": Round(200, scarce=True),
    "400, scarce": Round(400, scarce=True),
    "1,000, scarce": Round(1000, scarce=True),
}
ALL_PAIRS = {"5,000": Round(5000)}  # 21 million: minutes and gigabytes, so measured once and kept
