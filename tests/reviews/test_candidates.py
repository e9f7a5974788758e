"""Large rounds: the same scores as pair by pair, and every goal but the sum as on all pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.people.may_meet import Meeting
from bot.reviews.candidates import Rows, candidates, covering, matched
from bot.reviews.matching.cover import best_of_graph, numbers
from bot.reviews.matching.graph import graph_of
from bot.reviews.matching.instance import Matching
from bot.reviews.pool import Table, askers, instance, pairs, readers
from tests import proofs
from tests.reviews.test_pool import offer, reading, table, tables, want

ALL = 10**9


def goals(found: Matching) -> tuple[int, int, int, int]:
    """All but the sum and the hash."""
    return found.filled, found.served, found.waited, found.worst


@given(tables())
def test_rows_say_what_pairs_say(some: Table) -> None:
    """Each score, and each pair that is not allowed; reckoned a row at a time or one by one."""
    rows = Rows(some)
    found = {
        (want.author_id, reader.reader_id, score)
        for number, want in enumerate(rows.wanting)
        for reader, score in zip(rows.readers, rows.row(number).tolist(), strict=True)
        if score >= 0
    }
    assert found == set(pairs(some))


@given(tables(most=25), st.integers(0, 3), st.integers(0, 2))
def test_few_candidates_cost_nothing_that_counts(some: Table, best: int, chance: int) -> None:
    """However few there are: as many slots, authors and days as with all pairs, and the same worst score."""
    found = matched(some, "seed", 0, best=best, chance=chance)
    whole = matched(some, "seed", ALL)
    assert goals(found) == goals(whole)
    assert found.sum <= whole.sum
    assert set(found.assignments) <= set(pairs(some))


@pytest.mark.proof
@settings(max_examples=proofs.size(6, 150))
@given(tables(most=300, least=200), st.integers(0, 5))
def test_hundreds_of_people(some: Table, best: int) -> None:
    """The same for up to 300 people, most of them with five candidates at most."""
    assert goals(matched(some, 1, 0, best=best, chance=1)) == goals(matched(some, 1, ALL))


@given(tables(most=25))
def test_bits_cover_as_lists_do(some: Table) -> None:
    """Rows of scores and lists of pairs, made into bits in two ways, have the same answer and worst score."""
    covered, worst = covering(Rows(some))
    known, known_worst = best_of_graph(graph_of(instance(some, 1)))
    assert covered.figures == known.figures
    if known.filled:
        assert worst == known_worst


@given(tables(most=25), st.randoms(use_true_random=False))
def test_the_order_of_rows_tells_nothing(some: Table, random: Random) -> None:
    """The same candidates for the same people and seed, however they are listed."""
    shuffled = replace(
        some,
        wanting=tuple(random.sample(some.wanting, len(some.wanting))),
        offering=tuple(random.sample(some.offering, len(some.offering))),
        readings=dict(random.sample(sorted(some.readings.items()), len(some.readings))),
        meetings=dict(random.sample(sorted(some.meetings.items()), len(some.meetings))),
    )
    assert list(candidates(Rows(shuffled), "seed", 2, 1)) == list(candidates(Rows(some), "seed", 2, 1))


@given(tables(most=25), st.integers(0, 3), st.integers(0, 2))
def test_everybody_has_their_candidates(some: Table, best: int, chance: int) -> None:
    """As many as asked for, where so many are good enough for the worst score; each once."""
    rows = Rows(some)
    _, worst = covering(rows)
    found = list(candidates(rows, "seed", best, chance))
    assert len({row[:2] for row in found}) == len(found)
    count = Counter(author for author, _, _ in found)
    for number, asked in enumerate(rows.wanting):
        good = sum(score >= worst for score in rows.row(number).tolist())
        assert count[asked.author_id] >= min(good, best + chance)


def test_crowding_spreads_the_best() -> None:
    """Forty authors and forty readers alike: with two candidates each, nobody stands on more than a few lists."""
    some = table([want(one) for one in range(1, 41)], [offer(one) for one in range(101, 141)])
    found = Counter(reader for _, reader, _ in candidates(Rows(some), "seed", 2, 0))
    assert set(found) == set(range(101, 141))
    assert max(found.values()) <= 4


def test_chance_is_keyed() -> None:
    """Another seed, other candidates by chance; as many."""
    some = table([want(1)], [offer(one) for one in range(2, 200)])
    first, second = (list(candidates(Rows(some), seed, 0, 50)) for seed in ("a", "b"))
    assert len(first) >= 50
    assert abs(len(first) - len(second)) <= 2
    assert len(set(first) & set(second)) < 30


Wall = Callable[[int], Meeting]
WALLS: dict[str, Wall] = {
    "blocked": lambda one: Meeting(one, blocked=frozenset({1})),
    "avoided": lambda one: Meeting(one, avoided=frozenset({1})),
    "works there too": lambda one: Meeting(one, works_at=frozenset({"acme"})),
    "avoids the company": lambda one: Meeting(one, avoids=frozenset({"acme"})),
}


@pytest.mark.parametrize("wall", WALLS)
def test_who_may_not_meet_is_no_candidate(wall: str) -> None:
    """Whoever raised the wall, and whatever it is made of."""
    me = Meeting(1, works_at=frozenset({"acme"}))
    some = table([want(1)], [offer(one) for one in range(2, 9)], [me, *map(WALLS[wall], range(2, 7))])
    assert {reader for _, reader, _ in candidates(Rows(some), 1)} == {7, 8}


@pytest.mark.parametrize("some", [table([], []), table([want(1)], []), table([], [offer(1)])])
def test_nobody(some: Table) -> None:
    """Without authors or readers there are no candidates and no matches."""
    assert not list(candidates(Rows(some), 1))
    assert goals(matched(some, 1, -1)) == (0, 0, 0, 0)


def test_everybody_blocked() -> None:
    """An empty answer, not an error."""
    ids = range(1, 6)
    walls = [Meeting(one, blocked=frozenset(ids)) for one in ids]
    some = table([want(one) for one in ids], [offer(one) for one in ids], walls)
    assert goals(matched(some, 1, 0)) == (0, 0, 0, 0)


def test_bits() -> None:
    """Which are set, also beyond 64."""
    assert list(numbers(0)) == []
    assert list(numbers(1 | 1 << 5 | 1 << 70)) == [0, 5, 70]


def test_the_threshold_is_possible_pairs() -> None:
    """Up to so many every pair is weighed; with one less, only candidates are: here none but who fills the slots."""
    ids, random = range(1, 13), Random(3)
    some = table([want(one) for one in ids], [offer(one) for one in ids])
    some = replace(some, readings={one: reading(one, random) for one in ids})
    count = len(askers(some)) * len(readers(some))
    best = matched(some, 1, ALL).sum
    assert matched(some, 1, count, best=0, chance=0).sum == best
    assert matched(some, 1, count - 1, best=0, chance=0).sum < best
