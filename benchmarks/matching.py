"""Review rounds of 50 to 5,000 invented members: our solver beside what others do, on the same instances."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence

from benchmarks.match_judge import by_libraries, has, timed
from benchmarks.match_kept import OF_ALL_PAIRS, OPTIMUM, kept
from benchmarks.match_rivals import RIVALS, Figures, figures
from benchmarks.parts import Tell
from benchmarks.people import ALL_PAIRS, ROUNDS, SEED
from benchmarks.tables import Outcome, Row, Source, Target
from bot.reviews.matching.instance import Instance
from bot.reviews.matching.solve import solve

EXACT_TO = 400  # members: to here ours must be the optimum in every figure
MOST_S = {200: 0.5, 1000: 3.0, 5000: 60.0}
MOST_S_LARGE, LARGE_FROM = 3.0, 5000  # with OR-tools inside; members
MISSING = {1000: 0.1, 5000: 0.5}  # percent of worst and sum that may be missing

_COLUMNS = ("filled, %", "without any", "worst", "sum, % of optimum", "seconds")
_COLUMNS_SCARCE = (*_COLUMNS[:2], "waited, days", *_COLUMNS[2:])
_SETUP = (
    f"Each of the members wants two reviews and gives two; seed {SEED}. 12 fields, 6 levels, 8 time zones, "
    "15 % whose first language is not English, blocks, 6 readers of the last rounds. "
    "Scores from 0 to 1000, made before and not timed; seconds are of the processor. "
    "The optimum reaches in this order: most slots, most members with a review, most days waited, "
    "best worst score, best sum. It is OR-tools' on the same pairs. "
    "One flow for the best sum alone may pass 100 %: it pays with the worst score. "
    "Without any: members without a single review. Rows of the ring that break a rule don't count. "
    "Published is what was measured earlier, on the very same members. "
)
_CANDIDATES = (
    f"At 5,000 Outpost and OR-tools are given each author's best {ROUNDS['5,000'].most} by crowding price and 3 by "
    "chance; the optimum and the others have all 21 million pairs. "
)


async def measure(tell: Tell) -> Outcome:
    """Supply meets demand."""
    names = [name for name, one in ROUNDS.items() if not one.scarce]
    return await _table("Review rounds of 50 to 5,000 members", names, tell, _SETUP + _CANDIDATES + _absent())


async def measure_scarce(tell: Tell) -> Outcome:
    """A third reads only one resume: somebody has to wait, and it must not be who waited longest."""
    names = [name for name, one in ROUNDS.items() if one.scarce]
    setup = (
        "The same kind of members, but a third reads only one resume, and they have waited 0 to 30 days. "
        "Who looks at the sum alone leaves members without any review. "
    )
    return await _table("Review rounds with too few readers", names, tell, setup + _absent())


def _absent() -> str:
    missing = [name for name in ("networkx", "ortools") if not has(name)]
    return f"Not installed here: {', '.join(missing)}. " if missing else ""


async def _table(title: str, names: Sequence[str], tell: Tell, setup: str) -> Outcome:
    rows: list[Row] = []
    targets: list[Target] = []
    for name in names:
        tell(f"inventing {name} members")
        await asyncio.sleep(0)
        given = ROUNDS[name].instance()
        tell(f"{name}: the optimum, beside the others")
        best, others = _others(name, given)
        rows += others
        tell(f"{name}: ours")
        for who, large in _ours(len(given.people)):
            found, seconds = _solved(given, large)
            rows.append(_row(f"{name}: {who}", given, best, found, seconds))
            targets += _targets(f"{name}: {who}", len(given.people), found, best, seconds, large)
        await asyncio.sleep(0)
    columns = _COLUMNS_SCARCE if ROUNDS[names[0]].scarce else _COLUMNS
    return Outcome(title, setup.strip(), columns, rows, targets)


def _ours(count: int) -> list[tuple[str, bool]]:
    """Names, and whether OR-tools does the inner work."""
    large = count >= LARGE_FROM and has("ortools")
    return [("Outpost", False), *([("Outpost with OR-tools inside", True)] if large else [])]


def _others(name: str, given: Instance) -> tuple[Figures, list[Row]]:
    """The best that is possible, and the rows beside ours. What isn't measured now is published."""
    before = kept(name, given)
    best = before[OF_ALL_PAIRS if name in ALL_PAIRS else OPTIMUM][0]
    rivals = [] if name in ALL_PAIRS else [(who, *timed(fill, given)) for who, fill in RIVALS.items()]
    now = {who: (figures(given, pairs), seconds) for who, pairs, seconds in [*rivals, *by_libraries(given)]}
    if now.get(OPTIMUM, before[OPTIMUM])[0] != before[OPTIMUM][0]:
        raise RuntimeError(f"{name}: the optimum is {now[OPTIMUM][0]}, another one is kept")
    rows = []
    for who in dict.fromkeys([who for who, *_ in rivals] + list(before)):
        source: Source = "this run" if who in now else "published"
        rows.append(_row(f"{name}: {who}", given, best, *(now.get(who) or before[who]), source))
    return best, rows


def _solved(given: Instance, large: bool) -> tuple[Figures, float]:
    """What the rows of ours are worth, counted here, and the seconds of the processor."""
    began = time.thread_time()
    found = solve(given, large=large)
    seconds = time.thread_time() - began
    counted = figures(given, found.assignments)
    if counted != Figures(found.filled, found.served, found.waited, found.worst, found.sum):
        raise RuntimeError(f"our solver says other figures than its rows: {counted}")
    return counted, seconds


def _row(
    who: str, given: Instance, best: Figures, found: Figures, seconds: float, source: Source = "this run"
) -> Row:
    slots = sum(one.needs for one in given.people)
    cells = (
        f"{100 * found.filled / slots:.1f}",
        f"{sum(one.needs > 0 for one in given.people) - found.served}",
        *([f"{found.waited:,}"] if best.waited else []),
        f"{found.worst}",
        f"{100 * found.sum / best.sum:.2f}",
        f"{seconds:.3f}" if seconds < 1 else f"{seconds:.1f}",
    )
    return Row(who, cells, source)


def _targets(
    name: str, count: int, found: Figures, best: Figures, seconds: float, large: bool
) -> Iterator[Target]:
    """To 400 the optimum itself; above, its coverage and nearly its scores. And the seconds."""
    if count <= EXACT_TO:
        yield Target(f"{name}, figures that are not the optimum's", _differing(found, best), 0)
    else:
        short = best.filled - found.filled + best.served - found.served + best.waited - found.waited
        yield Target(f"{name}, slots, members and days that are missing", short, 0)
        for what, ours, theirs in (("worst", found.worst, best.worst), ("sum", found.sum, best.sum)):
            missing = max(0.0, 100 - 100 * ours / theirs)
            yield Target(f"{name}, percent of the {what} that is missing", missing, MISSING[count])
    if count in MOST_S:
        yield Target(f"{name}, seconds", seconds, MOST_S_LARGE if large else MOST_S[count])


def _differing(found: Figures, best: Figures) -> int:
    pairs = [
        (found.filled, best.filled),
        (found.served, best.served),
        (found.waited, best.waited),
        (found.worst, best.worst),
        (found.sum, best.sum),
    ]
    return sum(ours != theirs for ours, theirs in pairs)
