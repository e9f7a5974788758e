"""How others fill a review round, on the same instances; and the figures of anybody's rows, counted here."""

from __future__ import annotations

import importlib
import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.reviews.matching.instance import Id, Instance, Pair, Person


@dataclass(frozen=True, slots=True)
class Figures:
    """filled: slots; served: authors with a review; waited: days of the author over the filled slots; worst, sum: of
    the scores."""

    filled: int
    served: int
    waited: int
    worst: int
    sum: int


class Broken(ValueError):
    """Somebody's rows break a rule of the round."""


def figures(given: Instance, rows: Sequence[Pair]) -> Figures:
    """Counted from the rows alone. Raises Broken unless every row is eligible, once, and within what was promised."""
    people = {one.id: one for one in given.people}
    wanted = set(rows)
    authors = Counter(author for author, _, _ in rows)
    reviewers = Counter(reviewer for _, reviewer, _ in rows)
    if len({(author, reviewer) for author, reviewer, _ in rows}) < len(rows):
        raise Broken("somebody reads the same resume twice")
    if wanted - {pair for pair in given.pairs if pair in wanted}:
        raise Broken("a row is no eligible pair, or its score is another")
    if any(people[author].needs < count for author, count in authors.items()):
        raise Broken("an author has more than he needs")
    if any(people[reviewer].capacity < count for reviewer, count in reviewers.items()):
        raise Broken("a reviewer has more than he can")
    return Figures(
        filled=len(rows),
        served=len(authors),
        waited=sum(people[author].waited_days for author, _, _ in rows),
        worst=min((score for _, _, score in rows), default=0),
        sum=sum(score for _, _, score in rows),
    )


# -- the rivals: rows of an instance -------------------------------------------------------------


def shuffled_ring(given: Instance) -> list[Pair]:
    """Everybody in a circle by chance reads those who sit before them. Rows that are not allowed don't count."""
    order = _by_chance(given)
    ring = {
        (author.id, order[(place + step) % len(order)].id)
        for place, author in enumerate(order)
        for step in range(1, author.needs + 1)
    }
    free = {one.id: one.capacity for one in given.people}
    rows = []
    for pair in (pair for pair in given.pairs if pair[:2] in ring):
        if free[pair[1]]:
            free[pair[1]] -= 1
            rows.append(pair)
    return rows


def first_come(given: Instance) -> list[Pair]:
    """Members come one by one, in an order by chance, and each takes the best who are still free."""
    free = {one.id: one.capacity for one in given.people}
    own: dict[Id, list[Pair]] = {one.id: [] for one in given.people}
    for pair in given.pairs:
        own[pair[0]].append(pair)
    rows = []
    for author in _by_chance(given):
        best = sorted((pair for pair in own[author.id] if free[pair[1]]), key=_best_first)[: author.needs]
        rows += best
        for _, reviewer, _ in best:
            free[reviewer] -= 1
    return rows


def greedy(given: Instance) -> list[Pair]:
    """The best pair of all first."""
    free = {one.id: one.capacity for one in given.people}
    wanted = {one.id: one.needs for one in given.people}
    rows = []
    for author, reviewer, score in sorted(given.pairs, key=_best_first):
        if wanted[author] and free[reviewer]:
            wanted[author] -= 1
            free[reviewer] -= 1
            rows.append((author, reviewer, score))
    return rows


RIVALS: dict[str, Callable[[Instance], list[Pair]]] = {
    "shuffled ring": shuffled_ring,
    "first come, best free reader": first_come,
    "greedy, best pair first": greedy,
}


def networkx_flow(given: Instance) -> list[Pair]:
    """One flow for the most slots and then the best sum, by networkx's network simplex. ImportError without it."""
    nx: Any = importlib.import_module("networkx")
    graph = nx.DiGraph()
    most = 1 + 1000 * sum(one.needs for one in given.people)
    for one in given.people:
        graph.add_edge("all", ("author", one.id), capacity=one.needs, weight=0)
        graph.add_edge(("reader", one.id), "none", capacity=one.capacity, weight=0)
    for author, reviewer, score in given.pairs:
        graph.add_edge(("author", author), ("reader", reviewer), capacity=1, weight=-most - score)
    graph.add_edge("none", "all", weight=0, capacity=sum(one.needs for one in given.people))
    flow = nx.min_cost_flow(graph)
    return [pair for pair in given.pairs if flow["author", pair[0]]["reader", pair[1]]]


def _by_chance(given: Instance) -> list[Person]:
    return random.Random(f"order/{given.seed}").sample(given.people, len(given.people))


def _best_first(pair: Pair) -> tuple[int, Id, Id]:
    return -pair[2], pair[0], pair[1]
