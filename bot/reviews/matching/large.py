"""The same best sum by OR-tools, for rounds of more than 5,000: `pip install outpost-bot[large]`."""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from types import ModuleType
from typing import Any

from bot.reviews.matching.cover import Cover
from bot.reviews.matching.graph import TIE_BITS, Graph, ends, ties
from bot.reviews.matching.weigh import nobody

MOST_ARCS = 3_000_000  # more take it longer than our own search, which does not look at most of them
_HASH_BITS = (
    8  # of the hash's 32: OR-tools multiplies costs by the number of nodes, and 64 bits must hold that
)


def best_sum(graph: Graph, found: Cover, worst: int) -> list[set[int]] | None:
    """As `weigh.best_sum`, except that of equal sums the hash's first bits decide. None: absent, or it can't."""
    end = ends(graph, worst)
    flow_of = _ortools()
    if flow_of is None or sum(end) > MOST_ARCS:
        return None
    flow, size = flow_of.SimpleMinCostFlow(), len(graph.ids)
    heads = _arcs(flow, graph, found, end)
    if flow.solve() != flow.OPTIMAL:  # such as costs that are too large for it
        return None
    held: list[set[int]] = [set() for _ in range(size)]
    for arc, reader in enumerate(heads):
        if flow.flow(arc):
            held[flow.tail(arc)].add(reader)
    return held


def _arcs(flow: Any, graph: Graph, found: Cover, end: list[int]) -> list[int]:
    """Nodes: authors, readers, nobody, the end. The readers of the first arcs, which are the pairs."""
    size, none, add = len(graph.ids), nobody(graph, found), flow.add_arc_with_capacity_and_unit_cost
    shift = _HASH_BITS + sum(graph.needs).bit_length()
    heads = []
    for author, row in enumerate(graph.rows):
        tie = ties(graph.seed, graph.ids[author])
        for code in row[: end[author]]:
            reader = code % size
            cost = (code // size << shift) + (tie(graph.ids[reader]) >> TIE_BITS - _HASH_BITS)
            add(author, size + reader, 1, cost)
            heads.append(reader)
    capacity = [min(one, size) for one in graph.capacity] + none.capacity
    last = size + len(capacity)
    for author, slots in enumerate(none.slots):
        for reader, count in Counter(slots).items():
            add(author, 2 * size + reader, count, 0)
    for reader, count in enumerate(capacity):
        add(size + reader, last, count, 0)
    for author, needs in enumerate(graph.needs):
        flow.set_node_supply(author, needs)
    flow.set_node_supply(last, -sum(graph.needs))
    return heads


def _ortools() -> ModuleType | None:
    try:
        return import_module("ortools.graph.python.min_cost_flow")
    except ImportError:
        return None
