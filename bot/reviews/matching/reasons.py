"""Why somebody gets fewer reviews than they need, for a moderator, from the round's own figures alone.

Why two are no pair is not known here, so no word of it can be told: who does not fit is just not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.reviews.matching.graph import Graph
from bot.reviews.matching.instance import Instance, Short, order


def short_members(instance: Instance, graph: Graph, held: Sequence[set[int]]) -> tuple[Short, ...]:
    """Everybody who gets too few, by id. held: the readers of each author of the graph."""
    users: list[list[int]] = [[] for _ in graph.ids]
    for author, readers in enumerate(held):
        for reader in readers:
            users[reader].append(author)
    fits = Counter(author for author, _, _ in instance.pairs)
    found = []
    for author, one in enumerate(sorted(instance.people, key=lambda one: order(one.id))):
        missing = one.needs - len(held[author])
        if missing:
            reason = _reason(graph, author, fits[one.id], one.needs, held, users)
            found.append(Short(one.id, missing, reason))
    return tuple(found)


def _reason(
    graph: Graph,
    author: int,
    fits: int,
    needs: int,
    held: Sequence[set[int]],
    users: Sequence[Sequence[int]],
) -> str:
    """fits: how many would fit, with those who read nothing in this round."""
    if not fits:
        return "nobody in this round fits"
    size = len(graph.ids)
    mine = held[author]
    readers = {code % size for code in graph.rows[author]}
    busy = readers - mine
    if not readers:
        return "nobody who fits is reading in this round"
    if not busy:
        return f"only {len(readers)} in this round {_fit(len(readers))}" + _reads(fits, len(readers))
    words = f"only {fits} in this round {_fit(fits)}, and " if fits < needs else ""
    who = f"everybody {'else ' if mine else ''}who fits" if fits > 1 else "that one"
    others = {other for reader in busy for other in users[reader]}
    if all(graph.waited[other] > graph.waited[author] for other in others):
        return f"{words}{who} is needed by somebody who waited longer"
    if mine and all(len(held[other]) == 1 for other in others):
        return f"{words}{who} is needed by somebody who would get no review"
    return f"{words}{who} has enough to read"


def _fit(count: int) -> str:
    return "fits" if count == 1 else "fit"


def _reads(fits: int, reading: int) -> str:
    return "" if fits == reading else " and would read"
