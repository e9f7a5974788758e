"""A whole round at once, for a worker: who reads for whom, why these two, and who is short.

    drawn = await app.workers.call("bot.reviews.draw:draw", table, seed, timeout_s=seconds_for(len(members)))

Pure: the same table and seed give the same rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.reviews.fit import Reason, fit, reasons
from bot.reviews.matching.instance import Matching
from bot.reviews.pool import Lack, Table, askers, beside, lacks, people

ALL_PAIRS = 160_000  # author times reader: all pairs of 400 members


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody who reads for an author. score: 0 to 1000, for moderators. reasons: two or three, for both."""

    request_id: int
    author_id: int
    reader_id: int
    score: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """A round in numbers, without who reads beside others. wanted, offered: reviews; the rest: as in Matching."""

    wanted: int
    offered: int
    filled: int
    served: int
    waited: int
    worst: int
    sum: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """By ids, the author's first. beside: who reads for clarity only, at most one for each author with a reader."""

    chosen: tuple[Chosen, ...]
    beside: tuple[Chosen, ...]
    short: tuple[Lack, ...]
    figures: Figures


def draw(table: Table, seed: str | int, all_pairs: int = ALL_PAIRS) -> Drawn:
    """The best round. all_pairs: up to so many possible pairs, every one of them is weighed."""
    from bot.reviews.candidates import matched  # numpy: it is for workers

    found = matched(table, seed, all_pairs)
    got = Counter(int(author) for author, _, _ in found.assignments)
    extra = beside(table, got)
    return Drawn(
        chosen=_chosen(table, found),
        beside=_chosen(extra, matched(extra, seed, all_pairs)),
        short=lacks(table, got),
        figures=_figures(table, found),
    )


def seconds_for(members: int) -> float:
    """How long a worker may take for so many; about ten times what a slow core needs."""
    return 15.0 + members * members / 100_000


def _chosen(table: Table, found: Matching) -> tuple[Chosen, ...]:
    wants = {one.author_id: one for one in askers(table)}
    rows = []
    for author_id, reader_id, score in found.assignments:
        want = wants[int(author_id)]
        author, reader = table.reading(want.author_id), table.reading(int(reader_id))
        why = reasons(author, reader, fit(author, reader, want.language))
        rows.append(Chosen(want.request_id, author.user_id, reader.user_id, score, why))
    return tuple(rows)


def _figures(table: Table, found: Matching) -> Figures:
    everybody = people(table)
    return Figures(
        wanted=sum(one.needs for one in everybody),
        offered=sum(one.capacity for one in everybody),
        filled=found.filled,
        served=found.served,
        waited=found.waited,
        worst=found.worst,
        sum=found.sum,
    )
