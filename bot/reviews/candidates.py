"""Rounds of more than some hundred: a few dozen candidates of each author instead of all pairs. Pure.

First the goals that count are reached on *all* pairs, which bits are enough for: most slots, most authors, most days
waited, and the greatest worst score that leaves them as they are. The pairs of that answer are kept. Then each author
gets their best readers as well, less four points for each time that a reader was listed before ("crowding"), and a
few by a keyed hash. So the solver, which sees these pairs alone, reaches all goals but the last as on all pairs, by
construction; only the sum may be a little smaller (tests/reviews/test_draw.py).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.people.may_meet import Meeting
from bot.reviews.fit import (
    MOST,
    SKILLS_SHARED,
    Reading,
    by_field,
    by_language,
    by_level,
    by_zone,
    comparable,
    effect,
    primary,
)
from bot.reviews.matching.cover import Cover, Wanted, best_cover, numbers
from bot.reviews.matching.instance import Instance, Matching, Pair
from bot.reviews.matching.solve import solve
from bot.reviews.pool import Table, askers, instance, people, readers, reads, together

BEST, CHANCE = 50, 3  # candidates of each author
_CROWDED = 4  # points that a reader loses for later authors, each time that they are listed
_KEPT = 100_000_000  # scores that are kept, of two bytes; beyond, rows are reckoned anew each time
_NEVER = -1

Scores = NDArray[np.int16]
Numbers = NDArray[np.int64]


def matched(
    table: Table, seed: str | int, all_pairs: int, *, best: int = BEST, chance: int = CHANCE
) -> Matching:
    """The solver's answer. all_pairs: up to so many possible pairs it is given every one."""
    if len(askers(table)) * len(readers(table)) <= all_pairs:
        return solve(instance(table, seed))
    return solve(Instance(seed, people(table), tuple(candidates(Rows(table), seed, best, chance))))


# -- scores, a row at a time ---------------------------------------------------------------------


class Rows:
    """What each reader is worth to an author, as `pool.pairs` says it, −1 where a pair is not allowed.

    Authors and readers are numbers, in the order of `askers` and `readers`.
    """

    def __init__(self, table: Table) -> None:
        self.wanting, self.readers = askers(table), readers(table)
        self._table = table
        self._ids = {one.reader_id: number for number, one in enumerate(self.readers)}
        self._who = [table.reading(one.reader_id) for one in self.readers]
        profiles = [one.profile for one in self._who]
        self._tables = (
            _Points([one.field for one in profiles], lambda mine, theirs: by_field(mine, theirs).points),
            _Points([one.level for one in profiles], lambda mine, theirs: by_level(mine, theirs).points),
            _Points([one.minutes for one in self._who], lambda mine, theirs: by_zone(mine, theirs).points),
            _Points(
                [one.languages[:1] for one in profiles], lambda mine, theirs: by_language(mine, theirs).points
            ),
        )
        self._skills = _Skills(self._who)
        self._effects = np.array([1000 + effect(one.record) for one in self._who], dtype=np.int64)
        self._suspects = _Suspects(table.meetings, self._ids)
        self._apart = defaultdict(list)
        for author_id, reader_id in table.apart:
            if reader_id in self._ids:
                self._apart[author_id].append(self._ids[reader_id])
        self._masks: dict[tuple[str, str], NDArray[np.bool_]] = {}
        self._kept: dict[int, Scores] = {}

    def row(self, author: int) -> Scores:
        """0 to 1000, or −1, of each reader."""
        found = self._kept.get(author)
        if found is None:
            found = self._row(author)
            if len(self._kept) * len(self.readers) < _KEPT:
                self._kept[author] = found
        return found

    def bits(self, worst: int) -> list[int]:
        """Of each author, who is worth at least that much to them (`matching.cover.Rows`)."""
        return [
            int.from_bytes(np.packbits(self.row(author) >= worst, bitorder="little").tobytes(), "little")
            for author in range(len(self.wanting))
        ]

    def _row(self, author: int) -> Scores:
        want = self.wanting[author]
        me = self._table.reading(want.author_id)
        mine = (me.profile.field, me.profile.level, me.minutes, want.language)
        scores = self._skills.points(me)
        for points, value in zip(self._tables, mine, strict=True):
            scores += points.row(value)
        scores = np.minimum(MOST, scores * self._effects // 1000)
        scores[~self._mask(want.kind, primary(want.language))] = _NEVER
        scores[scores < want.least] = _NEVER
        scores[self._not_for(want.author_id)] = _NEVER
        small: NDArray[np.int16] = scores.astype(np.int16)
        return small

    def _mask(self, kind: str, language: str) -> NDArray[np.bool_]:
        if (kind, language) not in self._masks:
            able = [kind in one.kinds and language in reads(self._table, one) for one in self.readers]
            self._masks[kind, language] = np.array(able, dtype=np.bool_)
        return self._masks[kind, language]

    def _not_for(self, author_id: int) -> list[int]:
        """Readers who are not brought together with this author. Whoever has nothing to do with them may be."""
        may, meeting = together(self._table, author_id), self._table.meetings[author_id]
        suspects = self._suspects.of(meeting)
        return self._apart[author_id] + [self._ids[reader_id] for reader_id in suspects if not may(reader_id)]


class _Points:
    """One part of the score, for each of the few values that authors and readers have."""

    def __init__(self, theirs: Sequence[Hashable], points: Callable[..., int]) -> None:
        self._values = list(dict.fromkeys(theirs))
        place = {value: number for number, value in enumerate(self._values)}
        self._which = np.array([place[value] for value in theirs], dtype=np.int64)
        self._points = points
        self._known: dict[Hashable, Numbers] = {}

    def row(self, mine: Hashable) -> Numbers:
        if mine not in self._known:
            some = [self._points(mine, value) for value in self._values]
            self._known[mine] = np.array(some, dtype=np.int64)[self._which]
        return self._known[mine]


class _Skills:
    """Shared skills, by who has each."""

    def __init__(self, who: Sequence[Reading]) -> None:
        self._count = np.array([len(comparable(one.profile.skills)) for one in who], dtype=np.int64)
        holders = defaultdict(list)
        for number, one in enumerate(who):
            for skill in comparable(one.profile.skills):
                holders[skill].append(number)
        self._holders = {skill: np.array(some, dtype=np.int64) for skill, some in holders.items()}

    def points(self, me: Reading) -> Numbers:
        mine = comparable(me.profile.skills)
        shared = np.zeros(len(self._count), dtype=np.int64)
        for skill in mine:
            if skill in self._holders:
                shared[self._holders[skill]] += 1
        points: Numbers = SKILLS_SHARED * shared // np.maximum(1, self._count + len(mine) - shared)
        return points


class _Suspects:
    """Who has anything to do with somebody: `may_meet` is asked of these, and true of all others."""

    def __init__(self, meetings: Mapping[int, Meeting], among: Iterable[int]) -> None:
        self._by_company, self._by_member = defaultdict(set), defaultdict(set)
        self._all = set(among)
        for user_id in self._all:
            one = meetings[user_id]
            for company in one.works_at | one.avoids:
                self._by_company[company].add(user_id)
            for member in one.avoided | one.blocked:
                self._by_member[member].add(user_id)

    def of(self, me: Meeting) -> set[int]:
        found = {me.user_id} | me.avoided | me.blocked | self._by_member.get(me.user_id, set())
        for company in me.works_at | me.avoids:
            found |= self._by_company.get(company, set())
        return found & self._all


# -- candidates ----------------------------------------------------------------------------------


def covering(rows: Rows) -> tuple[Cover, int]:
    """On all pairs: an answer that is best by the goals that count, and the worst score that it leaves room for."""
    needs, waited = [one.needs for one in rows.wanting], [one.waited_days for one in rows.wanting]
    return best_cover(Wanted(needs, waited, [one.capacity for one in rows.readers]), rows.bits)


def candidates(rows: Rows, seed: str | int, best: int = BEST, chance: int = CHANCE) -> Iterator[Pair]:
    """Pairs that are enough for all goals but the last. best, chance: how many of each author beside those."""
    covered, worst = covering(rows)
    authors = _keys(seed, (one.author_id for one in rows.wanting))
    theirs = _keys(seed, (one.reader_id for one in rows.readers))
    crowd = np.zeros(len(theirs), dtype=np.int64)
    for author in np.lexsort((np.arange(len(authors)), authors)).tolist():
        row = rows.row(author)
        good = np.flatnonzero(row >= worst)
        hashed = _mixed(theirs[good] ^ authors[author])
        cost = crowd[good] + (MOST - row[good].astype(np.int64))
        first = _least(cost << 24 | hashed >> 39, best)
        crowd[good[first]] += _CROWDED
        rest = np.setdiff1d(np.arange(len(good)), first)
        lucky = rest[_least(hashed[rest] & (1 << 39) - 1, chance)]
        chosen = {*good[first].tolist(), *good[lucky].tolist(), *numbers(covered.held[author])}
        for reader in sorted(chosen):
            yield rows.wanting[author].author_id, rows.readers[reader].reader_id, int(row[reader])


def _least(values: Numbers, count: int) -> NDArray[np.intp]:
    """Where the smallest stand; of equals the first."""
    if len(values) > count:
        some = np.flatnonzero(values <= np.partition(values, count)[count])
        return some[np.argsort(values[some], kind="stable")][:count]
    return np.arange(len(values))


def _keys(seed: str | int, ids: Iterable[int]) -> Numbers:
    """A keyed hash of each, 0 to 2^63 − 1."""
    key = hashlib.blake2b(repr(seed).encode()).digest()
    whole = (hashlib.blake2b(b"%d" % one, digest_size=8, key=key).digest() for one in ids)
    return np.array([int.from_bytes(one) >> 1 for one in whole], dtype=np.int64)


def _mixed(values: Numbers) -> Numbers:
    """Scattered, 0 to 2^63 − 1: the last steps of SplitMix64 (Steele, Lea and Flood 2014)."""
    some = values.astype(np.uint64)
    some = (some ^ some >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    some = (some ^ some >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return ((some ^ some >> np.uint64(31)) >> np.uint64(1)).astype(np.int64)
