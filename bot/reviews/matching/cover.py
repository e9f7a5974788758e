"""The goals that count: slots filled, authors served, days waited; and the worst score they leave room for.

A slot is one review that one author needs. Sets of slots that can be filled together are the sets that are linked to
the readers by arc-disjoint paths, hence the independent sets of a matroid (a gammoid, Perfect 1968). Of a matroid,
taking each element that still fits, the heaviest first, gives a base of the greatest weight (Rado 1957). All bases
are of one size, so the weights only have to say: authors' first slots before others, and among either, those who
waited longer first. An augmenting path never takes a slot from an author, so one that did not fit will not fit
later. `tests/reviews/test_matching_small.py` asks every possible answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import repeat

from bot.reviews.matching.graph import Graph, ends
from bot.reviews.matching.instance import MOST_SCORE

_STEP = 7919  # a prime: where on their rows two authors begin has little in common


@dataclass(frozen=True, slots=True)
class Cover:
    """Some answer that is best by the goals that count. got: slots of each author; held: by whom they are filled."""

    filled: int
    served: int
    waited: int
    got: list[int]
    held: list[set[int]]

    @property
    def figures(self) -> tuple[int, int, int]:
        return self.filled, self.served, self.waited


def best_cover(graph: Graph) -> tuple[Cover, int]:
    """A best one, and the greatest score for which pairs of at least that score are enough for it."""
    known = cover(graph, 0)
    low, high = 0, MOST_SCORE + 1  # low is enough, high is not
    if not known.filled:
        return known, 0
    missing = sum(graph.needs) - known.filled
    while high - low > 1:
        middle = (low + high) // 2
        found = _raised(graph, known, low, middle)
        if found is None and missing:  # other slots may count as much
            found = cover(graph, middle, missing)
        if found is not None and found.figures == known.figures:
            known, low = found, middle
        else:
            high = middle
    return known, low


def _raised(graph: Graph, known: Cover, worst: int, better: int) -> Cover | None:
    """The very same slots filled by pairs of at least the score `better`; None: these can't be. worst: so far.

    Only what lost its reader is filled again. Slots are linked one by one, and independent sets are all of one rank:
    if one does not fit, they do not fit together.
    """
    search = _Search(graph, ends(graph, better))
    if any(got > end for got, end in zip(known.got, search.end, strict=True)):
        return None
    lost = []
    for author, (readers, end) in enumerate(zip(known.held, ends(graph, worst), strict=True)):
        gone = (
            {code % search.size for code in graph.rows[author][search.end[author] : end]} if readers else ()
        )
        for reader in readers.difference(gone):
            search.give(author, reader)
        lost += [author] * len(readers.intersection(gone))
    lost.sort(key=search.end.__getitem__)  # what cannot be filled is then soon seen
    if not all(map(search.fill, lost)):
        return None
    return Cover(known.filled, known.served, known.waited, known.got, search.held)


def cover(graph: Graph, worst: int, missing: int | None = None) -> Cover:
    """By pairs of at least that score. missing: it is given up once more slots than this stay empty."""
    search = _Search(graph, ends(graph, worst))
    empty = sum(max(0, needs - end) for needs, end in zip(graph.needs, search.end, strict=True))
    slots: Iterable[int] = _slots(graph, search.end) if missing is None or empty <= missing else ()
    empty, stuck = 0, set[int]()
    for author in slots:
        if author in stuck or not search.fill(author):
            stuck.add(author)
            empty += 1
            if missing is not None and empty > missing:
                break
    held = search.held
    got = [len(some) for some in held]
    waited = sum(days * count for days, count in zip(graph.waited, got, strict=True))
    return Cover(sum(got), sum(map(bool, got)), waited, got, held)


def _slots(graph: Graph, end: list[int]) -> Iterator[int]:
    """The author of each slot, in the order in which they are filled. Of equals, those with the fewest readers come
    first: what cannot be filled is then soon seen."""
    authors = sorted(
        (author for author, needs in enumerate(graph.needs) if needs),
        key=lambda author: (-graph.waited[author], end[author]),
    )
    yield from authors
    for author in authors:
        yield from repeat(author, graph.needs[author] - 1)


class _Search:
    """Slots filled one by one, each along a path that changes who reads for some others, never how many.

    A reader whose capacity is used keeps being used, so each author's row has a place before which nobody is free for
    them: `next`. What was seen by a search that failed leads nowhere for good: `dead` readers.
    """

    def __init__(self, graph: Graph, end: list[int]) -> None:
        size = len(graph.ids)
        self.rows, self.size, self.end = graph.rows, size, end
        self.next = [0] * size
        self.spare = graph.capacity.copy()
        self.held: list[set[int]] = [set() for _ in range(size)]
        self.holders: list[set[int]] = [set() for _ in range(size)]
        self.dead: set[int] = set()

    def fill(self, start: int) -> bool:
        """One slot more for this author, if it can be."""
        if (reader := self._free(start)) is not None:
            self.give(start, reader)
            return True
        size, holders, seen = self.size, self.holders, self.dead.copy()
        came: dict[int, tuple[int, int]] = {}  # author → who took the reader from them, and which reader
        queue = [start]
        for author in queue:
            mine = self.held[author]
            for code in self.rows[author][: self.end[author]]:
                reader = code % size
                if reader in seen or reader in mine:
                    continue
                seen.add(reader)
                for other in holders[reader]:
                    if other == start or other in came:
                        continue
                    came[other] = author, reader
                    if (free := self._free(other)) is not None:
                        self._shift(start, other, free, came)
                        return True
                    queue.append(other)
        self.dead = seen
        return False

    def _free(self, author: int) -> int | None:
        """Somebody on the author's row with time left who does not read for them yet; each looks from another place,
        since the best on one row are the best on many."""
        row, end, mine = self.rows[author], self.end[author], self.held[author]
        start, spare, size = author * _STEP, self.spare, self.size
        for at in range(self.next[author], end):
            reader = row[(start + at) % end] % size
            if spare[reader] and reader not in mine:
                self.next[author] = at
                return reader
        self.next[author] = end
        return None

    def give(self, author: int, reader: int) -> None:
        """This reader, who has time left, reads for them."""
        self.held[author].add(reader)
        self.holders[reader].add(author)
        self.spare[reader] -= 1

    def _shift(self, start: int, author: int, free: int, came: dict[int, tuple[int, int]]) -> None:
        """The last one takes the free reader, and leaves theirs to the one before, until `start` has one."""
        self.give(author, free)
        while author != start:
            before, reader = came[author]
            self.held[author].remove(reader)
            self.holders[reader].remove(author)
            self.held[before].add(reader)
            self.holders[reader].add(before)
            author = before
