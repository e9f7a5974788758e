"""The goals that count: slots filled, authors served, days waited; and the worst score they leave room for.

A slot is one review that one author needs. Sets of slots that can be filled together are the sets that are linked to
the readers by arc-disjoint paths, hence the independent sets of a matroid (a gammoid, Perfect 1968). Of a matroid,
taking each element that still fits, the heaviest first, gives a base of the greatest weight (Rado 1957). All bases
are of one size, so the weights only have to say: authors' first slots before others, and among either, those who
waited longer first. An augmenting path never takes a slot from an author, so one that did not fit will not fit
later. `tests/reviews/test_matching_small.py` asks every possible answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import repeat

from bot.reviews.matching.graph import Graph, ends
from bot.reviews.matching.instance import MOST_SCORE

Rows = Callable[[int], list[int]]
"""Score → of each author, as bits, who may read for them and is worth at least that much to them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """needs, waited: of each author, slots and days. capacity: of each reader. Both are numbered from 0."""

    needs: Sequence[int]
    waited: Sequence[int]
    capacity: Sequence[int]


@dataclass(frozen=True, slots=True)
class Cover:
    """Some answer that is best by the goals that count. got: slots of each author; held: their readers, as bits."""

    filled: int
    served: int
    waited: int
    got: list[int]
    held: list[int]

    @property
    def figures(self) -> tuple[int, int, int]:
        return self.filled, self.served, self.waited


def best_of_graph(graph: Graph) -> tuple[Cover, int]:
    return best_cover(Wanted(graph.needs, graph.waited, graph.capacity), _Bits(graph).at)


def best_cover(wanted: Wanted, rows: Rows) -> tuple[Cover, int]:
    """A best one, and the greatest score for which pairs of at least that score are enough for it."""
    known = _cover(wanted, rows(0))
    low, high = 0, MOST_SCORE + 1  # low is enough, high is not
    if not known.filled:
        return known, 0
    missing = sum(wanted.needs) - known.filled
    while high - low > 1:
        middle = (low + high) // 2
        found = _raised(wanted, known, some := rows(middle))
        if found is None and missing:  # other slots may count as much
            found = _cover(wanted, some, missing)
        if found is not None and found.figures == known.figures:
            known, low = found, middle
        else:
            high = middle
    return known, low


def _cover(wanted: Wanted, rows: list[int], missing: int | None = None) -> Cover:
    """By these pairs. missing: it is given up once more slots than this stay empty."""
    counts = [row.bit_count() for row in rows]
    empty = sum(max(0, needs - count) for needs, count in zip(wanted.needs, counts, strict=True))
    search = _Search(rows, wanted.capacity)
    if missing is None or empty <= missing:
        search.fill_all(_slots(wanted, counts), missing)
    got = [held.bit_count() for held in search.held]
    waited = sum(days * count for days, count in zip(wanted.waited, got, strict=True))
    return Cover(sum(got), sum(map(bool, got)), waited, got, search.held)


def _raised(wanted: Wanted, known: Cover, rows: list[int]) -> Cover | None:
    """The very same slots filled by these pairs, which are some of those before; None: these can't be.

    Only what lost its reader is filled again. Slots are linked one by one, and if one does not fit beside some of the
    others, they do not fit together.
    """
    if any(got > row.bit_count() for got, row in zip(known.got, rows, strict=True)):
        return None
    search, lost = _Search(rows, wanted.capacity), []
    for author, (held, row) in enumerate(zip(known.held, rows, strict=True)):
        search.give(author, held & row)
        lost += [author] * (held & ~row).bit_count()
    lost.sort(key=lambda author: rows[author].bit_count())  # what cannot be filled is then soon seen
    if not all(map(search.fill, lost)):
        return None
    return Cover(known.filled, known.served, known.waited, known.got, search.held)


def _slots(wanted: Wanted, counts: Sequence[int]) -> Iterator[int]:
    """The author of each slot, in the order in which they are filled. Of equals, those with the fewest readers come
    first: what cannot be filled is then soon seen."""
    authors = sorted(
        (author for author, needs in enumerate(wanted.needs) if needs),
        key=lambda author: (-wanted.waited[author], counts[author]),
    )
    yield from authors
    for author in authors:
        yield from repeat(author, wanted.needs[author] - 1)


class _Search:
    """Slots filled one by one, each along a path that changes who reads for some others, never how many.

    Whole rows of readers are bits of one number. What was seen by a search that failed leads nowhere for good: `dead`
    readers.
    """

    def __init__(self, rows: list[int], capacity: Sequence[int]) -> None:
        self.rows, self.spare = rows, list(capacity)
        self.free = sum(1 << reader for reader, count in enumerate(capacity) if count)
        self.held = [0] * len(rows)
        self.holders: list[set[int]] = [set() for _ in capacity]
        self.dead = 0

    def fill_all(self, slots: Iterable[int], missing: int | None) -> None:
        """Each in turn; it stops once more than `missing` stay empty."""
        stuck, empty = set[int](), 0
        for author in slots:
            if author in stuck or not self.fill(author):
                stuck.add(author)
                empty += 1
                if missing is not None and empty > missing:
                    return

    def fill(self, start: int) -> bool:
        """One slot more for this author, if it can be."""
        if self._take(start):
            return True
        seen = self.dead
        came: dict[int, tuple[int, int]] = {}  # author → who took the reader from them, and which reader
        queue = [start]
        for author in queue:
            new = self.rows[author] & ~seen & ~self.held[author]
            seen |= new
            for reader in numbers(new):
                for other in self.holders[reader]:
                    if other == start or other in came:
                        continue
                    came[other] = author, reader
                    if self._take(other):
                        self._shift(start, other, came)
                        return True
                    queue.append(other)
        self.dead = seen
        return False

    def give(self, author: int, readers: int) -> None:
        """These, who have time left, read for this author."""
        self.held[author] |= readers
        for reader in numbers(readers):
            self.holders[reader].add(author)
            self.spare[reader] -= 1
            if not self.spare[reader]:
                self.free ^= 1 << reader

    def _take(self, author: int) -> bool:
        """A reader with time left for this author, if there is one."""
        some = self.rows[author] & self.free & ~self.held[author]
        self.give(author, some & -some)
        return bool(some)

    def _shift(self, start: int, author: int, came: dict[int, tuple[int, int]]) -> None:
        """Who has another reader now leaves theirs to the one before, until `start` has one."""
        while author != start:
            before, reader = came[author]
            self.held[author] ^= 1 << reader
            self.holders[reader].remove(author)
            self.held[before] |= 1 << reader
            self.holders[reader].add(before)
            author = before


class _Bits:
    """The rows of a graph as bits. Those of a better score are made of others that were asked for before."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._one = [1 << reader for reader in range(len(graph.ids))]
        self._known: dict[int, tuple[list[int], list[int]]] = {}  # score → how much of each row, and its bits

    def at(self, worst: int) -> list[int]:
        end = ends(self._graph, worst)
        base = max((score for score in self._known if score <= worst), default=None)
        if base is None:
            bits = [self._of(row[:stop]) for row, stop in zip(self._graph.rows, end, strict=True)]
        else:
            parts = zip(*self._known[base], self._graph.rows, end, strict=True)
            bits = [known ^ self._of(row[stop:before]) for before, known, row, stop in parts]
        self._known[worst] = end, bits
        return bits

    def _of(self, codes: list[int]) -> int:
        size = len(self._one)
        return sum(map(self._one.__getitem__, [code % size for code in codes]))


def numbers(bits: int) -> Iterator[int]:
    """Which bits are set, ascending."""
    while bits:
        bit = bits & -bits
        yield bit.bit_length() - 1
        bits ^= bit
