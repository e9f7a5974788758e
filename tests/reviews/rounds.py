"""Rounds to match, small and invented, and three judges of an answer that know nothing of how it was found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from random import Random

from hypothesis import strategies as st

from bot.reviews.matching.graph import ties
from bot.reviews.matching.instance import Id, Instance, Matching, Pair, Person

Goals = tuple[int, int, int, int, int, int]
"""filled, served, waited, worst, sum, − hash: the greater the better, each before the next."""


def person(who: Id, needs: int = 1, capacity: int = 1, waited: int = 0) -> Person:
    return Person(who, needs, capacity, waited)


def of(people: Sequence[Person], pairs: Sequence[Pair], seed: str | int = "seed") -> Instance:
    return Instance(seed, tuple(people), tuple(pairs))


@st.composite
def rounds(draw: st.DrawFn, most: int, least: int = 0) -> Instance:
    """Plenty and scarcity, few and many different scores and waiting days, ids of both types."""
    random = Random(draw(st.integers(0, 2**32)))
    numbers = random.sample(range(1000), draw(st.integers(least, most)))
    ids: list[Id] = [str(one) if random.random() < 0.3 else one for one in numbers]
    wait, scores = random.choice([0, 1, 3, 30]), random.choice([[5], [0, 500, 1000], range(1001)])
    generous, density = random.choice([1, 2, 3]), random.choice([0.1, 0.3, 0.6, 0.95])
    people = [
        person(one, random.choice([0, 1, 2, 2, 3]), random.randint(0, generous), random.randint(0, wait))
        for one in ids
    ]
    pairs = [(a, b, random.choice(scores)) for a in ids for b in ids if a != b and random.random() < density]
    seeds: list[str | int] = ["seed", 7]
    return of(people, pairs, random.choice(seeds))


# -- what an answer is worth ---------------------------------------------------------------------


def worth(instance: Instance, rows: Sequence[Pair]) -> Goals:
    """By the goals' own words."""
    days = {one.id: one.waited_days for one in instance.people}
    scores = [score for _, _, score in rows]
    waited = sum(days[author] for author, _, _ in rows)
    return (
        *(len(rows), len({author for author, _, _ in rows}), waited),
        *(min(scores, default=0), sum(scores), -sum(_hash(instance, one) for one in rows)),
    )


def _hash(instance: Instance, pair: Pair) -> int:
    return ties(instance.seed, pair[0])(pair[1])


def checked(instance: Instance, found: Matching) -> Goals:
    """What it is worth, after everything about it that must hold of any answer."""
    rows = found.assignments
    assert set(rows) <= set(instance.pairs)
    assert len({row[:2] for row in rows}) == len(rows)
    gets, gives = Counter(row[0] for row in rows), Counter(row[1] for row in rows)
    assert all(gets[one.id] <= one.needs and gives[one.id] <= one.capacity for one in instance.people)
    assert all(author != reviewer for author, reviewer, _ in rows)
    goals = worth(instance, rows)
    assert goals[:5] == (found.filled, found.served, found.waited, found.worst, found.sum)
    missing = {one.id: one.needs - gets[one.id] for one in instance.people if one.needs > gets[one.id]}
    assert {one.id: one.missing for one in found.short} == missing
    assert len(found.short) == len(missing)
    assert all(one.reason.strip() for one in found.short)
    return goals


# -- every answer --------------------------------------------------------------------------------


def every(instance: Instance) -> Iterator[Goals]:
    """The worth of every possible answer, for three or four people."""
    for count in range(len(instance.pairs) + 1):
        for rows in combinations(instance.pairs, count):
            gets, gives = Counter(row[0] for row in rows), Counter(row[1] for row in rows)
            if all(gets[one.id] <= one.needs and gives[one.id] <= one.capacity for one in instance.people):
                yield worth(instance, rows)


def best(instance: Instance) -> Goals:
    """The greatest worth of all, for six people: author after author, the best for each capacity that is left."""
    place = {one.id: number for number, one in enumerate(instance.people)}
    offers: dict[Id, list[Pair]] = defaultdict(list)
    for pair in instance.pairs:
        offers[pair[0]].append(pair)
    known: dict[tuple[int, ...], set[Goals]] = {
        tuple(one.capacity for one in instance.people): {(0, 0, 0, 1001, 0, 0)}
    }
    for author in instance.people:
        after: dict[tuple[int, ...], dict[tuple[int, ...], Goals]] = defaultdict(dict)
        for left, ways in known.items():
            for rows in _choices(offers[author.id], author.needs):
                rest = list(left)
                for _, reviewer, _ in rows:
                    rest[place[reviewer]] -= 1
                if min(rest, default=0) >= 0:
                    for way in ways:
                        new = _and(instance, author, way, rows)
                        kept = after[tuple(rest)]
                        kept[new[:4]] = max(kept.get(new[:4], new), new)
        known = {left: set(ways.values()) for left, ways in after.items()}
    filled, served, waited, worst, total, tie = max(way for ways in known.values() for way in ways)
    return filled, served, waited, worst if filled else 0, total, tie


def _choices(offers: Sequence[Pair], needs: int) -> Iterator[tuple[Pair, ...]]:
    for count in range(min(needs, len(offers)) + 1):
        yield from combinations(offers, count)


def _and(instance: Instance, author: Person, way: Goals, rows: Sequence[Pair]) -> Goals:
    filled, served, waited, worst, total, tie = way
    return (
        *(filled + len(rows), served + bool(rows), waited + author.waited_days * len(rows)),
        *(min([worst, *(score for _, _, score in rows)]), total + sum(score for _, _, score in rows)),
        tie - sum(_hash(instance, row) for row in rows),
    )


# -- no answer is better -------------------------------------------------------------------------


def improvable(instance: Instance, found: Matching, worst: int) -> bool:
    """Is there a better answer by pairs of at least that score, by all goals but the worst score?

    A flow is of least cost exactly if no cycle of what could be changed costs less than nothing (Klein 1967). Here
    a cost is one number, in which each goal outweighs all that stand after it.
    """
    arcs = list(_changes(instance, found, worst))
    far: dict[object, int] = defaultdict(int)
    for _ in range(2 * len(instance.people) + 3):
        changed = False
        for start, end, cost in arcs:
            if far[start] + cost < far[end]:
                far[end] = far[start] + cost
                changed = True
        if not changed:
            return False
    return True


def _changes(instance: Instance, found: Matching, worst: int) -> Iterator[tuple[object, object, int]]:
    """Every change of one unit as an arc. Authors are (0, id), readers (1, id)."""
    slots = sum(one.needs for one in instance.people) + 1
    hashed = 1 << 32
    score = hashed * slots
    day = score * 1001 * slots
    served = day * (sum(one.waited_days * one.needs for one in instance.people) + 1)
    filled = served * slots
    used = set(found.assignments)
    gets, gives = Counter(row[0] for row in used), Counter(row[1] for row in used)
    for one in instance.people:
        gain = filled + day * one.waited_days
        if gets[one.id] < one.needs:
            yield "all", (0, one.id), -gain - served * (not gets[one.id])
        if gets[one.id]:
            yield (0, one.id), "all", gain + served * (gets[one.id] == 1)
        if gives[one.id] < one.capacity:
            yield (1, one.id), "all", 0
        if gives[one.id]:
            yield "all", (1, one.id), 0
    for pair in instance.pairs:
        author, reviewer = (0, pair[0]), (1, pair[1])
        cost = _hash(instance, pair) - score * pair[2]
        if pair in used:
            yield reviewer, author, -cost
        elif pair[2] >= worst:
            yield author, reviewer, cost
