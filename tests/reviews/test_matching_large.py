"""OR-tools on the same rounds: it finds what we find."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from hypothesis import given

from bot.reviews.matching import large
from bot.reviews.matching.cover import best_of_graph
from bot.reviews.matching.graph import graph_of
from bot.reviews.matching.instance import Instance
from bot.reviews.matching.solve import solve
from tests.reviews.rounds import checked, of, person, rounds
from tests.reviews.test_matching_properties import invented

ABSENT = "OR-tools absent: its answers were not compared with ours"


@pytest.fixture(scope="module")
def ortools() -> Iterator[None]:
    if find_spec("ortools") is None:
        pytest.skip(ABSENT)
    yield


@given(rounds(most=40))
def test_ortools_finds_the_same(ortools: None, instance: Instance) -> None:
    """All goals but the hash, on scarce and plentiful rounds."""
    ours, theirs = solve(instance, large=False), solve(instance, large=True)
    assert checked(instance, theirs)[:5] == checked(instance, ours)[:5]


def test_ortools_finds_the_same_for_three_hundred(ortools: None) -> None:
    """And it was OR-tools that found it."""
    instance = invented(300, 5, 20)
    graph = graph_of(instance)
    found, worst = best_of_graph(graph)
    assert large.best_sum(graph, found, worst) is not None
    assert checked(instance, solve(instance, large=True))[:5] == checked(instance, solve(instance))[:5]


def test_numbers_far_beyond_the_round(ortools: None) -> None:
    """OR-tools counts in 64 bits, and no needs, capacity or days are too many for it."""
    instance = of([person("a", 10**9, 10**9, 10**9), person("b", 1, 10**9)], [("a", "b", 3), ("b", "a", 4)])
    assert checked(instance, solve(instance, large=True))[:5] == (2, 2, 10**9, 3, 7)


def test_without_ortools_ours_answers() -> None:
    """`large` is a wish: the answer is as good where the library is absent."""
    instance = invented(40, 3, 20)
    assert checked(instance, solve(instance, large=True))[:5] == checked(instance, solve(instance))[:5]
