"""Who reads for whom: the one answer that is best by six goals, each before the next."""

from __future__ import annotations

from collections.abc import Sequence

from bot.reviews.matching import large as by_ortools
from bot.reviews.matching.cover import best_of_graph
from bot.reviews.matching.graph import Graph, graph_of
from bot.reviews.matching.instance import MOST_SCORE, Instance, Matching, Pair
from bot.reviews.matching.reasons import short_members
from bot.reviews.matching.weigh import Progress, best_sum

LARGE = 5_000  # people; more are for OR-tools where it is installed


def solve(instance: Instance, *, large: bool | None = None, progress: Progress | None = None) -> Matching:
    """The best matching by, in this order: most slots filled; most authors served; most days waited, over the filled
    slots; the greatest worst score; the greatest sum of scores; the smallest sum of keyed hashes.

    large: by OR-tools, if it can; None: if it is installed and there are more than 5,000 people. Then the hash does
    not decide, but all goals before it are reached alike.
    """
    graph = graph_of(instance)
    found, worst = best_of_graph(graph)
    held: Sequence[set[int]] | None = None
    if large or (large is None and len(instance.people) > LARGE):
        held = by_ortools.best_sum(graph, found, worst)
    if held is None:
        held = best_sum(graph, found, worst, progress)
    assignments = _assignments(graph, held)
    return Matching(
        assignments,
        short_members(instance, graph, held),
        filled=found.filled,
        served=found.served,
        worst=worst,
        sum=sum(score for _, _, score in assignments),
        waited=found.waited,
    )


def _assignments(graph: Graph, held: Sequence[set[int]]) -> tuple[Pair, ...]:
    """In order of ids, the author's first."""
    size = len(graph.ids)
    return tuple(
        (graph.ids[author], graph.ids[reader], MOST_SCORE - code // size)
        for author, readers in enumerate(held)
        if readers
        for code in sorted(graph.rows[author], key=lambda code: code % size)
        if (reader := code % size) in readers
    )
