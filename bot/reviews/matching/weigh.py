"""The best sum of scores among the answers that are best by all goals before it, and of those the smallest hash.

The slots that stay empty are given to readers that do not exist, one for each kind of slot: first slots and others,
by the author's waiting days. In all bases of greatest weight each kind has as many slots (two bases differ by
exchanges of elements of one weight), so each such reader has room for exactly those, and then every slot must be
filled: a transport problem, without penalties. It is solved by successive shortest paths with potentials (Edmonds and
Karp 1972), one slot after the other. A row is in order of cost and prices are never negative, so a search leaves a
row as soon as its costs alone reach the best end found: all pairs count, most are never looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from heapq import heappop, heappush

from bot.reviews.matching.cover import Cover
from bot.reviews.matching.graph import TIE_BITS, Graph, ends, ties

Progress = Callable[[int, int], None]
"""Told now and then: slots filled, of how many."""

_OPENED = 64  # pairs of a row at first; then half as many again, or as many as these
_FAR = 1 << 200  # greater than any cost of a path


@dataclass(frozen=True, slots=True)
class Nobody:
    """Who "reads" what stays empty. capacity: of each such reader. slots: of each author, to whom theirs may go, as
    often as they may."""

    capacity: list[int]
    slots: list[list[int]]


def nobody(graph: Graph, found: Cover) -> Nobody:
    """Of any best cover, for all of them."""
    empty = Counter[tuple[bool, int]]()
    for needs, got, days in zip(graph.needs, found.got, graph.waited, strict=True):
        empty[True, days] += needs > 0 and not got
        empty[False, days] += max(0, needs - max(got, 1))
    kinds = {kind: number for number, kind in enumerate(sorted(kind for kind in empty if empty[kind]))}
    slots: list[list[int]] = [[] for _ in graph.needs]
    for some, needs, days in zip(slots, graph.needs, graph.waited, strict=True):
        if needs and (True, days) in kinds:
            some.append(kinds[True, days])
        if (False, days) in kinds:
            some += [kinds[False, days]] * (needs - 1)
    return Nobody([empty[kind] for kind in kinds], slots)


def best_sum(graph: Graph, found: Cover, worst: int, progress: Progress | None = None) -> list[set[int]]:
    """Who reads for each author, at best. found: a best cover by pairs of at least the score `worst`."""
    transport = _Transport(graph, nobody(graph, found), ends(graph, worst))
    total = sum(graph.needs)
    done = 0
    for author, needs in enumerate(graph.needs):
        for _ in range(needs):
            transport.fill(author)
            done += 1
            if progress is not None and not done % 100:
                progress(done, total)
    return transport.held()


class _Rows:
    """Each author's arcs in order of cost, opened bit by bit: a hash is only made for pairs that are looked at.

    Cost: (MOST_SCORE - score) shifted by `shift` bits, plus the hash; sums of hashes stay below one point of score.
    Nobody costs nothing and stands first. An arc is the author, plus the number of people for each further one to
    the same nobody.
    """

    def __init__(self, graph: Graph, none: Nobody, end: list[int]) -> None:
        size = len(graph.ids)
        self._graph, self._end, self._opened = graph, end, [0] * size
        self._shift = TIE_BITS + sum(graph.needs).bit_length()
        self.readers = [[size + reader for reader in slots] for slots in none.slots]
        self.costs = [[0] * len(slots) for slots in none.slots]
        self.arcs = [
            [author + size * n for n in range(len(slots))] for author, slots in enumerate(none.slots)
        ]

    def open(self, author: int) -> bool:
        """Some more of this author's row: all pairs of a score, or none. False: there are no more."""
        row, ids, shift = self._graph.rows[author], self._graph.ids, self._shift
        start, end, size = self._opened[author], self._end[author], len(ids)
        if start == end:
            return False
        stop = min(end, start + max(start // 2, _OPENED))
        while stop < end and row[stop] // size == row[stop - 1] // size:
            stop += 1
        tie = ties(self._graph.seed, ids[author])
        some = [((code // size << shift) + tie(ids[code % size]), code % size) for code in row[start:stop]]
        some.sort()
        self._opened[author] = stop
        self.costs[author] += [cost for cost, _ in some]
        self.readers[author] += [reader for _, reader in some]
        self.arcs[author] += [author] * len(some)
        return True


class _Transport:
    """Slots given to readers, at the least cost for those given so far.

    level, price: potentials of authors and readers; for each arc cost + price - level is not negative if it is not
    used, and not positive if it is. A reader with time left has price 0.
    """

    def __init__(self, graph: Graph, none: Nobody, end: list[int]) -> None:
        self.size = len(graph.ids)
        self.rows = _Rows(graph, none, end)
        self.spare = graph.capacity + none.capacity
        self.price = [0] * len(self.spare)
        self.level = [0] * self.size
        self.users: list[dict[int, int]] = [{} for _ in self.spare]  # arc → its cost
        self.bits = (
            len(self.spare) + self.size
        ).bit_length()  # of a node: a reader, or an author after all readers

    def held(self) -> list[set[int]]:
        """The readers of each author, without nobody."""
        held: list[set[int]] = [set() for _ in range(self.size)]
        for reader, arcs in enumerate(self.users[: self.size]):
            for author in arcs:
                held[author].add(reader)
        return held

    def fill(self, start: int) -> None:
        """One slot more for this author, along the cheapest path. It must be possible."""
        users, level, price, size = self.users, self.level, self.price, self.size
        bits, mask = self.bits, (1 << self.bits) - 1
        path = _Path()
        path.far[~start] = 0
        self._look(start, 0, path)
        while path.heap:
            code = heappop(path.heap)
            distance, node = code >> bits, code & mask
            if distance >= path.best:
                break
            if node >= len(users):
                if distance == path.far[~(node - len(users))]:
                    self._look(node - len(users), distance, path)
            elif distance == path.far[node]:
                back = distance - price[node]
                for arc, cost in users[node].items():
                    there = back + level[arc % size] - cost
                    who = ~(arc % size)
                    if there < path.best and there < path.far.get(who, _FAR):
                        path.far[who] = there
                        path.left[who] = node, arc
                        heappush(path.heap, there << bits | len(users) + ~who)
        self._follow(start, path)

    def _look(self, author: int, distance: int, path: _Path) -> None:
        """From an author who is reached to every reader of theirs that is nearer now than the best end."""
        rows, start = self.rows, 0
        readers, costs, arcs = rows.readers[author], rows.costs[author], rows.arcs[author]
        while start < len(readers) or rows.open(author):
            some = (readers, costs, arcs) if not start else (readers[start:], costs[start:], arcs[start:])
            start = len(readers)
            if self._reach(some, distance - self.level[author], path):
                return

    def _reach(self, some: tuple[list[int], list[int], list[int]], base: int, path: _Path) -> bool:
        """Part of an author's row. base: what the way to them costs. True: the rest of the row is too far."""
        far, price, spare, users = path.far, self.price, self.spare, self.users
        limit = path.best - base
        for reader, cost, arc in zip(*some, strict=True):
            if cost >= limit:
                break
            reduced = cost + price[reader]
            if reduced >= limit or arc in users[reader]:
                continue
            there = base + reduced
            if spare[reader]:
                path.best, limit, path.last = there, reduced, reader
            elif there < far.get(reader, _FAR):
                far[reader] = there
                heappush(path.heap, there << self.bits | reader)
            else:
                continue
            path.came[reader] = arc, cost
        else:
            return False
        return True

    def _follow(self, start: int, path: _Path) -> None:
        """Raise the potentials of what is nearer than the end, and give the readers along the path."""
        best, reader = path.best, path.last
        for node, distance in path.far.items():
            if distance < best:
                if node < 0:
                    self.level[~node] += best - distance
                else:
                    self.price[node] += best - distance
        self.spare[reader] -= 1
        while True:
            arc, cost = path.came[reader]
            self.users[reader][arc] = cost
            author = arc % self.size
            if author == start:
                return
            reader, arc = path.left[~author]
            del self.users[reader][arc]


class _Path:
    """One search. far: distances, of authors under ~author. came: reader → the arc to it and its cost.

    left: ~author → the reader they would leave, and by which arc. best, last: the nearest reader with time left.
    """

    __slots__ = ("best", "came", "far", "heap", "last", "left")

    def __init__(self) -> None:
        self.best, self.last = _FAR, -1
        self.far: dict[int, int] = {}
        self.came: dict[int, tuple[int, int]] = {}
        self.left: dict[int, tuple[int, int]] = {}
        self.heap: list[int] = []
