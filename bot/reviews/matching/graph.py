"""An instance as lists of numbers, in an order that does not depend on the order of the input."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

from bot.reviews.matching.instance import MOST_SCORE, Id, Instance, order

TIE_BITS = 32


@dataclass(frozen=True, slots=True)
class Graph:
    """People are numbers, in the order of their ids.

    needs: of each, at most as many as there are readers for them. rows: of each author, who may read for them, as
    (MOST_SCORE - score) * len(ids) + reader, ascending: the best score stands first.
    """

    seed: str | int
    ids: tuple[Id, ...]
    needs: list[int]
    capacity: list[int]
    waited: list[int]
    rows: list[list[int]]


def graph_of(instance: Instance) -> Graph:
    """Pairs whose reviewer reads nothing, or whose author needs nothing, are left out."""
    people = sorted(instance.people, key=lambda one: order(one.id))
    size = len(people)
    rows: list[list[int]] = [[] for _ in people]
    into = {one.id: rows[n].append for n, one in enumerate(people) if one.needs}
    readers = {one.id: n for n, one in enumerate(people) if one.capacity}
    worth = [(MOST_SCORE - score) * size for score in range(MOST_SCORE + 1)]
    for author, reviewer, score in instance.pairs:
        if author in into and reviewer in readers:
            into[author](worth[score] + readers[reviewer])
    for row in rows:
        row.sort()
    return Graph(
        instance.seed,
        tuple(one.id for one in people),
        [min(one.needs, len(row)) for one, row in zip(people, rows, strict=True)],
        [one.capacity for one in people],
        [one.waited_days for one in people],
        rows,
    )


def ends(graph: Graph, worst: int) -> list[int]:
    """How many of each author's row, from its beginning, have a score of `worst` or better."""
    limit = (MOST_SCORE - worst + 1) * len(graph.ids)
    return [bisect_left(row, limit) for row in graph.rows]


def ties(seed: str | int, author: Id) -> Callable[[Id], int]:
    """The keyed hash of this author with a reviewer: 0 to 2^32 - 1."""
    start = hashlib.blake2b(
        _bytes(author), digest_size=TIE_BITS // 8, key=hashlib.blake2b(_bytes(seed)).digest()
    )

    def tie(reviewer: Id) -> int:
        both = start.copy()
        both.update(b"\0" + _bytes(reviewer))
        return int.from_bytes(both.digest())

    return tie


def _bytes(one: Id) -> bytes:
    """7 and "7" differ, and no id's bytes are the beginning of another's and a reviewer's."""
    if isinstance(one, int):
        return b"n%d" % one
    text = one.encode(errors="surrogatepass")
    return b"t%d:" % len(text) + text
