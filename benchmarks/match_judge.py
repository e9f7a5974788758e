"""The lexicographic optimum of a round by OR-tools, which shares no line with our solver.

Where OR-tools is installed, `python -m benchmarks.match_judge` measures again what benchmarks/match_kept.py holds.
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np

from benchmarks.match_kept import BEST_SUM, NETWORKX, OF_ALL_PAIRS, OPTIMUM
from benchmarks.match_rivals import RIVALS, figures, networkx_flow
from benchmarks.people import ALL_PAIRS, ROUNDS, digest
from bot.reviews.matching.instance import Instance, Pair

NETWORKX_TO = 200  # members: more take it many seconds


class Judge:
    """One instance as arrays. Node 0 is the source, then authors, readers, and the sink.

    The slots that a flow can fill are a matroid over the authors' slots. So weights in the right order are enough:
    each author's first slot before any second one, and among equals the longest wait. No large factors are needed.
    Raises ImportError without OR-tools.
    """

    def __init__(self, given: Instance) -> None:
        self._solver = importlib.import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow
        self.given = given
        number = {one.id: place for place, one in enumerate(given.people)}
        count = len(given.people)
        self.sink = 2 * count + 1
        most = len(given.pairs)
        self.authors = np.fromiter((number[author] + 1 for author, _, _ in given.pairs), np.int64, most)
        self.readers = np.fromiter(
            (number[reader] + count + 1 for _, reader, _ in given.pairs), np.int64, most
        )
        self.scores = np.fromiter((score for _, _, score in given.pairs), np.int64, most)
        self.needs = np.array([one.needs for one in given.people], dtype=np.int64)
        self.capacity = np.array([one.capacity for one in given.people], dtype=np.int64)
        self.waits = np.array([one.waited_days for one in given.people], dtype=np.int64)
        self._waited = {one.id: one.waited_days for one in given.people}
        self.longest = int(self.waits.max(initial=0))

    def best(self) -> tuple[list[Pair], float]:
        """Rows that reach every goal in its order, and the seconds it took."""
        return timed(lambda _: self._best(), self.given)

    def _best(self) -> list[Pair]:
        """The most that can be reached; the highest least score that still reaches it; the best sum with that."""
        if not len(self.scores):
            return []
        reached = self._worth(self._flow(0, scored=False))
        low, high = 0, len(steps := np.unique(self.scores)) - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self._worth(self._flow(int(steps[middle]), scored=False)) == reached:
                low = middle
            else:
                high = middle - 1
        rows = self._flow(int(steps[low]), scored=True)
        if self._worth(rows) != reached:
            raise RuntimeError("OR-tools: the best sum has fewer slots than the most")
        return rows

    def best_sum(self) -> tuple[list[Pair], float]:
        """The most slots and the best sum in one flow, as everybody uses it: not served first, no worst score."""
        return timed(lambda _: self._flow(0, scored=True, lexicographic=False), self.given)

    def _worth(self, rows: Sequence[Pair]) -> tuple[int, int, int]:
        waited = sum(self._waited[author] for author, _, _ in rows)
        return len(rows), len({author for author, _, _ in rows}), waited

    def _flow(self, least: int, *, scored: bool, lexicographic: bool = True) -> list[Pair]:
        """The rows of one flow over the pairs that score at least so much."""
        solver = self._solver()
        used = np.flatnonzero(self.scores >= least)
        most_moved = 1000 * (len(self.needs) + 1)  # of the sum, by one exchange: it passes each author once
        scale = 2 * most_moved if scored else 1
        costs = -self.scores[used] if scored else np.zeros(len(used), dtype=np.int64)
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            self.authors[used], self.readers[used], np.ones(len(used), dtype=np.int64), costs
        )
        self._add_ends(solver, scale, lexicographic)
        if solver.solve() != solver.OPTIMAL:
            raise RuntimeError("OR-tools found no optimum")
        filled = used[np.flatnonzero(solver.flows(arcs))]
        return [self.given.pairs[place] for place in filled.tolist()]

    def _add_ends(self, solver: Any, scale: int, lexicographic: bool) -> None:
        """Source to authors, readers to sink, and one arc around, so that nobody has to be filled."""
        count = len(self.needs)
        authors = np.arange(1, count + 1, dtype=np.int64)
        source, sink = np.zeros(count, dtype=np.int64), np.full(count, self.sink, dtype=np.int64)
        first = np.minimum(self.needs, 1)
        wait = (1 + self.waits) * scale if lexicographic else np.full(count, scale, dtype=np.int64)
        ahead = (self.longest + 1) * scale if lexicographic else 0
        add = solver.add_arcs_with_capacity_and_unit_cost
        add(source, authors, first, -wait - ahead)
        add(source, authors, self.needs - first, -wait)
        add(authors + count, sink, self.capacity, np.zeros(count, dtype=np.int64))
        supply = int(self.needs.sum())
        solver.add_arc_with_capacity_and_unit_cost(0, self.sink, supply, 0)
        solver.set_node_supply(0, supply)
        solver.set_node_supply(self.sink, -supply)


def has(library: str) -> bool:
    return find_spec(library) is not None


def timed(fill: Callable[[Instance], list[Pair]], given: Instance) -> tuple[list[Pair], float]:
    """Its rows, and the seconds of the processor."""
    began = time.thread_time()
    rows = fill(given)
    return rows, time.thread_time() - began


def by_libraries(given: Instance) -> Iterator[tuple[str, list[Pair], float]]:
    """Name, rows and seconds of each library that is installed."""
    if has("networkx") and len(given.people) <= NETWORKX_TO:
        importlib.import_module("networkx")  # which is not timed
        yield NETWORKX, *timed(networkx_flow, given)
    if has("ortools"):
        judge = Judge(given)
        yield BEST_SUM, *judge.best_sum()
        yield OPTIMUM, *judge.best()


def main() -> None:
    """Prints the lines of benchmarks/match_kept.py; 3 minutes and 4 gigabytes."""
    for name, one in ROUNDS.items():
        given = one.instance()
        lines = [_line(given, *found) for found in by_libraries(given)]
        if name in ALL_PAIRS:
            lines = _of_all_pairs(ALL_PAIRS[name].instance()) + lines
        print(f'    "{name}": Kept("{digest(given)}", {{\n{"".join(lines)}    }}),', flush=True)


def _of_all_pairs(given: Instance) -> list[str]:
    lines = [_line(given, who, *timed(fill, given)) for who, fill in RIVALS.items()]
    return [*lines, _line(given, OF_ALL_PAIRS, *Judge(given).best())]


def _line(given: Instance, who: str, rows: Sequence[Pair], seconds: float) -> str:
    found = figures(given, rows)
    values = f"{found.filled}, {found.served}, {found.waited}, {found.worst}, {found.sum}"
    return f'        "{who}": (Figures({values}), {seconds:.2g}),\n'


if __name__ == "__main__":
    main()
