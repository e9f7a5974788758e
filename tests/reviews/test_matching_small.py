"""Rounds so small that every answer can be asked: ours is the best by all six goals, in this order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from bot.reviews.matching.instance import Instance, Short
from bot.reviews.matching.solve import solve
from tests import proofs
from tests.reviews.rounds import Goals, best, checked, every, of, person, rounds

FILLED, SERVED, WAITED, WORST, SUM, HASH = range(6)


@settings(max_examples=proofs.size(200, 2000))
@given(rounds(most=6))
def test_no_answer_is_better(instance: Instance) -> None:
    """Of all answers to a round of up to six, the hash that decides between equals included."""
    assert checked(instance, solve(instance, large=False)) == best(instance)


@given(rounds(most=3))
def test_the_judge_knows_the_best(instance: Instance) -> None:
    """The quick judge of six people and the one that lists every answer agree."""
    assert best(instance) == max(every(instance))


@pytest.mark.parametrize("people", range(4))
@pytest.mark.parametrize("needs", range(3))
def test_pools_of_up_to_three(people: int, needs: int) -> None:
    """Everybody may read for everybody: each gets as many as there are others, and the rest is told."""
    everybody = [person(number, needs, needs) for number in range(people)]
    pairs = [(a.id, b.id, 500) for a in everybody for b in everybody if a is not b]
    found = solve(of(everybody, pairs))
    each = min(needs, max(people - 1, 0))
    assert checked(of(everybody, pairs), found)[FILLED] == each * people
    assert [one.missing for one in found.short] == [needs - each] * people * (needs > each)


def test_everybody_is_absent() -> None:
    """Nobody may read for anybody: no match, worst 0, and everybody is told so."""
    found = solve(of([person(n, 2, 2, waited=n) for n in range(5)], []))
    assert (found.assignments, found.filled, found.served, found.worst, found.sum) == ((), 0, 0, 0, 0)
    assert found.short == tuple(Short(n, 2, "nobody in this round fits") for n in range(5))


def test_one_reader_of_a_language() -> None:
    """Three documents in Portuguese and one who reads it: those who waited longest are first, one review each."""
    people = [person(n, 2, 0, waited=n) for n in range(3)] + [person("reader", 0, 2)]
    found = solve(of(people, [(n, "reader", 900 - n) for n in range(3)]))
    assert found.assignments == ((1, "reader", 899), (2, "reader", 898))
    assert [(one.id, one.missing) for one in found.short] == [(0, 2), (1, 1), (2, 1)]


def test_a_worst_score_of_zero_counts() -> None:
    """A pair of score 0 is allowed, so it is better than nobody."""
    found = solve(of([person("a"), person("b")], [("a", "b", 0)]))
    assert (found.filled, found.worst, found.sum) == (1, 0, 0)


def test_who_needs_more_than_there_are() -> None:
    """Numbers far beyond the round, of needs, capacity and days, cost nothing."""
    huge = 10**9
    instance = of([person("a", huge, huge, huge), person("b", 3, 1, huge)], [("a", "b", 1), ("b", "a", 2)])
    found = solve(instance)
    assert checked(instance, found)[:WORST] == (2, 2, 2 * huge)
    assert [one.missing for one in found.short] == [huge - 1, 2]


# Each pair of goals that follow each other, with a round in which the other order gives another answer. Filled and
# served are no such pair: see test_filled_and_served_never_conflict.
ORDERS: dict[tuple[int, int], Instance] = {
    # Two free readers: both for "long", who waited, or one of them for "new".
    (SERVED, WAITED): of(
        [person("long", 2, 0, 9), person("new", 1, 0, 0), person("x", 0), person("y", 0)],
        [("long", "x", 500), ("long", "y", 500), ("new", "x", 500), ("new", "y", 500)],
    ),
    # One free reader, and the one who waited longer has the worse score.
    (WAITED, WORST): of(
        [person("long", 1, 0, 9), person("new", 1, 0, 0), person("x", 0)],
        [("long", "x", 100), ("new", "x", 900)],
    ),
    # 1000 + 10, or 400 + 400.
    (WORST, SUM): of(
        [person("a", 1, 0), person("b", 1, 0), person("x", 0), person("y", 0)],
        [("a", "x", 1000), ("a", "y", 400), ("b", "x", 400), ("b", "y", 10)],
    ),
    # One review by x or by y: by y it is better, and x has the smaller hash under this seed.
    (SUM, HASH): of(
        [person("a", 1, 0), person("b", 1, 0), person("x", 0), person("y", 0), person("z", 0)],
        [("a", "x", 600), ("a", "y", 601), ("b", "z", 100)],
        seed="1",
    ),
}


@pytest.mark.parametrize("goals", ORDERS)
def test_the_order_of_goals(goals: tuple[int, int]) -> None:
    """Ours is the best in our order, and would not be if these two were exchanged."""
    instance = ORDERS[goals]
    first, second = goals

    def exchanged(one: Goals) -> list[int]:
        key = list(one)
        key[first], key[second] = key[second], key[first]
        return key

    found = checked(instance, solve(instance))
    assert found == max(every(instance))
    assert found != max(every(instance), key=exchanged)


@given(rounds(most=3))
def test_filled_and_served_never_conflict(instance: Instance) -> None:
    """The most slots and the most authors with a review are reached together, whichever is asked first."""
    found = checked(instance, solve(instance))
    assert found[FILLED] == max(one[FILLED] for one in every(instance))
    assert found[SERVED] == max(one[SERVED] for one in every(instance))
