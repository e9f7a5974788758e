"""Some members deliver nothing: what those who delivered end with, without and with a rematch."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from benchmarks.match_rivals import figures, first_come
from benchmarks.parts import Tell
from benchmarks.people import instance
from benchmarks.tables import Outcome, Row, Target
from bot.reviews.matching.instance import Id, Instance, Pair
from bot.reviews.matching.solve import solve

Rematch = Callable[["After"], Sequence[Pair]]


@dataclass(frozen=True, slots=True)
class Case:
    """silent: the share of the members who deliver nothing; bound: our promise covers it."""

    count: int
    silent: float
    seeds: int
    bound: bool = True

    def __str__(self) -> str:
        return f"{self.count} members, {self.silent:.0%} silent"


CASES = (Case(200, 0.2, 8), Case(500, 0.2, 4), Case(200, 0.4, 8, bound=False))


@dataclass(frozen=True, slots=True)
class After:
    """A round whose last day has passed. got: the rows that were delivered; silent: who delivered none of theirs."""

    given: Instance
    rows: tuple[Pair, ...]
    silent: frozenset[Id]

    @property
    def got(self) -> Counter[Id]:
        """Author → the reviews that came."""
        return Counter(author for author, reviewer, _ in self.rows if reviewer not in self.silent)

    def again(self, authors: Collection[Id], taken: Collection[Id] = ()) -> Instance:
        """What these authors still miss; who delivered reads one more, but for `taken`; no row is repeated."""
        had = {(author, reviewer) for author, reviewer, _ in self.rows}
        got = self.got
        people = tuple(
            replace(
                one,
                needs=max(0, one.needs - got[one.id]) if one.id in authors else 0,
                capacity=0 if one.id in self.silent or one.id in taken else 1,
            )
            for one in self.given.people
        )
        pairs = tuple(pair for pair in self.given.pairs if pair[:2] not in had and pair[1] not in self.silent)
        return replace(self.given, people=people, pairs=pairs)


def no_rematch(_: After) -> Sequence[Pair]:
    return ()


def first_come_rematch(after: After) -> Sequence[Pair]:
    """Whoever asks first takes the best of the readers who are free."""
    return first_come(after.again({one.id for one in after.given.people}))


def kind_first_come_rematch(after: After) -> Sequence[Pair]:
    """The same, but only who delivered may ask."""
    return first_come(after.again({one.id for one in after.given.people} - after.silent))


def exact_rematch(after: After) -> Sequence[Pair]:
    """Who delivered first, then the silent with whom is left."""
    delivered = {one.id for one in after.given.people} - after.silent
    first = _solved(after.again(delivered))
    return *first, *_solved(after.again(after.silent, {reviewer for _, reviewer, _ in first}))


def _solved(given: Instance) -> Sequence[Pair]:
    rows = solve(given, large=False).assignments
    figures(given, rows)  # raises if a row breaks a rule
    return rows


_REMATCHES: dict[str, Rematch] = {
    "no rematch": no_rematch,
    "first come": first_come_rematch,
    "first come, who delivered before the silent": kind_first_come_rematch,
    "Outpost": exact_rematch,
}


async def measure(tell: Tell) -> Outcome:
    """Every seed has other people and other silent members; the rematch's readers all deliver."""
    counted: dict[tuple[str, Case], Counter[int]] = {}
    for case in CASES:
        for seed in range(1, case.seeds + 1):
            tell(f"{case}, seed {seed}")
            await asyncio.sleep(0)
            after = _round(case, seed)
            for name, rematch in _REMATCHES.items():
                counted.setdefault((name, case), Counter()).update(_ends(after, rematch(after)))
    return Outcome(
        title="Readers who never deliver",
        setup="The same kind of members; each wants and gives two, some deliver nothing. "
        "In the rematch everybody who delivered reads at most one more, and does. "
        "Shares are of the members who delivered. "
        f"Each case has {' or '.join(map(str, sorted({case.seeds for case in CASES})))} seeds, "
        "with other people and other silent ones.",
        columns=("fewer than two, %", "none, %"),
        rows=[Row(f"{case}: {name}", _cells(counted[name, case])) for case in CASES for name in _REMATCHES],
        targets=[_target(case, counted["Outpost", case]) for case in CASES if case.bound],
    )


def _target(case: Case, ends: Counter[int]) -> Target:
    return Target(f"{case}, members who delivered and have fewer than two", ends[0] + ends[1], 0)


def _round(case: Case, seed: int) -> After:
    given = instance(case.count, seed)
    dice = random.Random(f"silent/{case}/{seed}")
    silent = dice.sample([one.id for one in given.people], round(case.count * case.silent))
    return After(given, tuple(_solved(given)), frozenset(silent))


def _ends(after: After, rows: Sequence[Pair]) -> Counter[int]:
    """Reviews (0, 1, 2) → members who delivered and end with so many."""
    got = after.got + Counter(author for author, _, _ in rows)
    return Counter(got[one.id] for one in after.given.people if one.id not in after.silent)


def _cells(ends: Counter[int]) -> tuple[str, ...]:
    return tuple(f"{100 * members / ends.total():.1f}" for members in (ends[0] + ends[1], ends[0]))
