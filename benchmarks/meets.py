"""The same people meet in twos every week: how soon does somebody meet somebody again?"""

from __future__ import annotations

import asyncio
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from benchmarks.parts import Tell
from benchmarks.tables import Outcome, Row, Target
from bot.meets.pairing import season

Two = tuple[int, int]
Week = Sequence[Two]
Way = Callable[["Case", int], Iterator[Week]]

START = date(2026, 11, 16)


@dataclass(frozen=True, slots=True)
class Case:
    """Everybody takes part in every week. seeds: how many seasons."""

    people: int
    weeks: int
    seeds: int

    def __str__(self) -> str:
        return f"{self.people} people, {self.weeks} weeks"


CASES = (Case(20, 19, 40), Case(60, 12, 4))
BOUND = CASES[0]
"""Each could meet each other exactly once, so the last weeks leave hardly a choice."""

# research/matching.md, section 3, B2: five seeds of the same case; (first week with a repeat, % of the pairs).
PUBLISHED = {"Barista's rule": ("5.2", "7.6"), "codeybot": ("18.0", "3.3")}


def shuffled(case: Case, seed: int) -> Iterator[Week]:
    """What most coffee bots do."""
    dice, everybody = random.Random(seed), list(range(case.people))
    for _ in range(case.weeks):
        dice.shuffle(everybody)
        yield [_two(*everybody[at : at + 2]) for at in range(0, case.people, 2)]


def greedy(case: Case, seed: int) -> Iterator[Week]:
    """Each in turn takes the best of those they have not met; of those they have, when nobody else is left."""
    scores, dice, met = _scores(case, seed), random.Random(seed), set[Two]()
    for _ in range(case.weeks):
        free, week = dice.sample(range(case.people), case.people), []
        while free:
            one = free.pop()
            other = min(free, key=lambda each: (_two(one, each) in met, -scores[_two(one, each)]))
            free.remove(other)
            week.append(_two(one, other))
        met.update(week)
        yield week


def outpost(case: Case, seed: int) -> Iterator[Week]:
    scores = _scores(case, seed)
    drawn = season(
        range(case.people), lambda *_: True, lambda a, b: scores[_two(a, b)], START, case.weeks, b"%d" % seed
    )
    for one in drawn:
        yield [_two(*pair) for match in one.matches for pair in combinations(match, 2)]


WAYS: dict[str, Way] = {"shuffle": shuffled, "greedy, best first": greedy, "Outpost": outpost}


async def measure(tell: Tell) -> Outcome:
    """Every way has the same people with the same scores."""
    seen: dict[tuple[str, Case], list[tuple[int, int, int]]] = {}
    for case in CASES:
        for seed in range(case.seeds):
            tell(f"{case}, seed {seed}")
            await asyncio.sleep(0)
            for name, way in WAYS.items():
                seen.setdefault((name, case), []).append(_repeats(case, way(case, seed)))
    ours = seen["Outpost", BOUND]
    return Outcome(
        title="Who meets whom again",
        setup="Everybody takes part every week, and every score is anybody's. A repeat is a pair that met before in "
        f"the same season. {', '.join(f'{case}: {case.seeds} seeds' for case in CASES)}. "
        "A season without a repeat counts as one week more than it has.",
        columns=("first repeat in week, mean", "earliest", "repeats, % of pairs"),
        rows=[
            *(Row(f"{case}: {name}", _cells(seen[name, case])) for case in CASES for name in WAYS),
            *(
                Row(f"{BOUND}: {name}", (first, "", share), "published")
                for name, (first, share) in PUBLISHED.items()
            ),
        ],
        targets=[
            Target(f"{BOUND}: repeats, % of all pairs", _share(ours), 1),
            Target(f"{BOUND}: seasons with a repeat before week 15", sum(one[0] < 15 for one in ours), 0),
        ],
    )


def _repeats(case: Case, weeks: Iterator[Week]) -> tuple[int, int, int]:
    """The first week with a repeat, repeats, pairs. Raises when somebody is left out."""
    met: set[Two] = set()
    first, repeats, pairs = case.weeks + 1, 0, 0
    for number, week in enumerate(weeks, 1):
        if len({one for two in week for one in two}) != case.people:
            raise RuntimeError("somebody meets nobody")
        again = sum(two in met for two in week)
        first = min(first, number) if again else first
        repeats, pairs = repeats + again, pairs + len(week)
        met.update(week)
    return first, repeats, pairs


def _cells(seen: Sequence[tuple[int, int, int]]) -> tuple[str, ...]:
    firsts = [first for first, _, _ in seen]
    return f"{statistics.fmean(firsts):.1f}", str(min(firsts)), f"{_share(seen):.2f}"


def _share(seen: Sequence[tuple[int, int, int]]) -> float:
    return 100 * sum(repeats for _, repeats, _ in seen) / sum(pairs for _, _, pairs in seen)


def _scores(case: Case, seed: int) -> dict[Two, int]:
    dice = random.Random(f"scores/{seed}")
    return {pair: dice.randint(0, 1000) for pair in combinations(range(case.people), 2)}


def _two(one: int, other: int) -> Two:
    return (one, other) if one < other else (other, one)
