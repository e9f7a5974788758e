"""Which of very many saved filters let an opening through: an index instead of a loop.

Each filter is taken apart into alternatives, each alternative is kept under the two rarest things it needs:
words, phrases, levels, countries … An opening says once what it has; only the alternatives under two such things are
tried, by two set operations each. The few that need nothing (`-senior`) are tried for every opening.

Same answers as asking each filter, in the order in which they were added. Memory holds numbers, not filters.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.jobs.query.alternatives import alternatives
from bot.jobs.query.atoms import Atoms, Demand, Number
from bot.jobs.query.document import Document, Truth
from bot.jobs.query.tree import Filter

Key = TypeVar("Key", bound=Hashable)

_Entry = tuple[tuple[Number, ...], tuple[Number, ...], int]
"""What else is needed, what is barred, and whose it is."""


_NOTHING: Number = -1  # what every opening has: for alternatives that need nothing more


@dataclass(frozen=True, slots=True)
class _Kept:
    """A filter's place in the line of what was added, and the two numbers that each alternative is kept under."""

    place: int
    under: tuple[tuple[Number, Number], ...]


class Index(Generic[Key]):
    """Filters by key. One opening against 100,000 takes a few milliseconds (docs/benchmarks.md)."""

    def __init__(self, filters: Iterable[tuple[Key, Filter]] = ()) -> None:
        self._atoms = Atoms()
        self._kept: dict[Key, _Kept] = {}
        self._keys: dict[int, Key] = {}  # by place
        self._whole: dict[int, Filter] = {}  # whose alternatives are necessary only
        self._entries: dict[Number, dict[Number, list[_Entry]]] = {}
        self._next = 0
        self._add_all(filters)

    def __len__(self) -> int:
        return len(self._kept)

    def add(self, key: Key, query: Filter) -> None:
        """Keep a filter. One that was kept under this key is replaced, and stands last now."""
        self._add_all([(key, query)])

    def remove(self, key: Key) -> None:
        """Forget a filter; KeyError when there is none."""
        kept = self._kept.pop(key)
        del self._keys[kept.place]
        self._whole.pop(kept.place, None)
        for first, second in dict.fromkeys(kept.under):
            entries = self._entries[first].pop(second)
            left = [entry for entry in entries if entry[2] != kept.place]
            for others, barred, _ in (entry for entry in entries if entry[2] == kept.place):
                self._atoms.forget(first, second, *others, *barred)
            if left:
                self._entries[first][second] = left
            elif not self._entries[first]:
                del self._entries[first]

    def matching(self, document: Document) -> list[Key]:
        """The keys of all filters that this opening passes, in the order in which they were added."""
        true = self._atoms.true_of(document)
        true.add(_NOTHING)
        has_all, has_none = true.issuperset, true.isdisjoint
        found: set[int] = set()
        for first in self._entries.keys() & true:
            under = self._entries[first]
            for second in under.keys() & true:
                for others, barred, place in under[second]:
                    if has_all(others) and has_none(barred):
                        found.add(place)
        passed = (place for place in sorted(found) if self._passes_whole(place, document))
        return [self._keys[place] for place in passed]

    def _passes_whole(self, place: int, document: Document) -> bool:
        whole = self._whole.get(place)
        return whole is None or whole.matches(document) is Truth.TRUE

    def _add_all(self, filters: Iterable[tuple[Key, Filter]]) -> None:
        """All are counted before the first is placed: what is rare shows only then."""
        counted: list[tuple[Key, list[Demand], Filter | None]] = []
        for key, query in filters:
            found, exact = alternatives(query.root)
            counted.append((key, [self._atoms.demand(one) for one in found], None if exact else query))
        for key, demands, whole in counted:
            if key in self._kept:
                self.remove(key)
            self._place(key, demands, whole)

    def _place(self, key: Key, demands: list[Demand], whole: Filter | None) -> None:
        place = self._next
        self._next += 1
        under: list[tuple[Number, Number]] = []
        for demand in demands:
            numbers = self._atoms.rarest_first(demand.needed)
            first, second = (*numbers, _NOTHING, _NOTHING)[:2]
            entry = (tuple(numbers[2:]), demand.barred, place)
            self._entries.setdefault(first, {}).setdefault(second, []).append(entry)
            under.append((first, second))
        self._kept[key] = _Kept(place, tuple(under))
        self._keys[place] = key
        if whole is not None:
            self._whole[place] = whole
