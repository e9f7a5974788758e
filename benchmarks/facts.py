"""How true our facts are, beside the boards' own fields; which postings are one opening; and how fast that goes."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from benchmarks import gold
from benchmarks.gold import SHARES, Pairs
from benchmarks.parts import Tell
from benchmarks.plenty import Plenty
from benchmarks.tables import Outcome, Row, Target

LEAST_A_SECOND = 300  # entries, whole process, one core
INVENTED, SPEED_ROUNDS = 1_500, 3

# In per cent: what may be wrong at most on postings that the rules were not made on. By column of `SHARES`.
LIMITS: Mapping[str, tuple[str, float]] = {
    "scope": ("scope wrong", 10),
    "R→W": ("restricted called worldwide", 3),
    "W": ("called worldwide and wrong", 10),
    "F1": ("what countries lack of F1", 12),
    "proof": ("claims without proof", 0),
    "pay": ("stated pay not exact", 5),
    "invented": ("invented pay", 1),
    "level": ("level wrong", 20),
    "type": ("employment wrong", 20),
}
FAULTS = ("R→W", "invented")  # what is counted is the fault


async def measure(tell: Tell) -> Outcome:
    """Each board and both halves, with numerators."""
    title = "Facts of the labelled postings"
    if not gold.is_there():
        return _nothing(title)
    tell("reads the labelled postings")
    entries = await asyncio.to_thread(gold.entries)
    found = await asyncio.to_thread(gold.facts_of, entries)
    alone = await asyncio.to_thread(gold.facts_of, gold.field_alone(entries))
    labels = gold.labels()
    held = [label for label in labels if gold.is_held(label["company"] or "")]
    developed = [label for label in labels if label not in held]
    rows = []
    for name, half in (("made on", developed), ("held", held)):
        counts = gold.tally(half, found)
        boards = sorted(counts, key=lambda board: (board == "all", board))
        rows += [_row(f"{name}: {board}", counts[board]) for board in boards]
    rows.append(_row("all", gold.tally(labels, found)["all"]))
    rows.append(_row("fields alone", gold.tally(labels, alone)["all"]))
    rows.append(
        Row("fields, read by hand", ("76.1 %", "15.2 %", "54.8 %", *"–" * (len(SHARES) - 3)), "published")
    )
    return Outcome(
        title=title,
        setup="Real postings with the facts that a reader found in them, in two halves by company: the rules were "
        "made on one; of the other only totals were looked at, and the limits are for it. Right of all; R→W: "
        "restricted, but called worldwide; W: called worldwide, and is; F1: of the sets of countries, summed; type: "
        "employment. Fields alone: what the boards' own fields say, by the same rules.",
        columns=tuple(SHARES),
        rows=rows,
        targets=_targets(gold.tally(held, found)["all"]),
    )


async def measure_openings(tell: Tell) -> Outcome:
    """The labelled pairs, and the speed on every stored posting."""
    title = "The same opening on several boards"
    if not gold.is_there():
        return _nothing(title)
    tell("reads every stored posting")
    entries = await asyncio.to_thread(gold.entries, every=True)
    began = time.monotonic()
    found = await asyncio.to_thread(gold.facts_of, entries)
    each_ms = 1000 * (time.monotonic() - began) / len(entries)
    halves = (("made on", False), ("held", True), ("all", None))
    judged = {name: gold.pairs(found, held=held) for name, held in halves}
    return Outcome(
        title=title,
        setup="Pairs of postings of one company with like titles. Folded: the same, or one opening in several "
        f"places. {len(entries):,} postings had all their facts at {1000 / each_ms:,.0f} a second, start and JSON "
        "included.",
        columns=("same: precision", "recall", "folded: precision", "recall"),
        rows=[Row(name, _cells(pairs)) for name, pairs in judged.items()],
        targets=[
            Target("pairs wrongly called the same, %", _wrong(judged["all"].same, "wrong"), 2),
            Target("same openings missed, %", _wrong(judged["all"].same, "missed"), 30),
            Target("pairs wrongly folded, %", _wrong(judged["all"].folded, "wrong"), 5),
            Target("ms for the facts of a posting", each_ms, 1000 / LEAST_A_SECOND),
        ],
    )


async def measure_speed(tell: Tell) -> Outcome:
    """`outpost facts` as a process, on invented postings: what anybody can run, without ../shared."""
    plenty, now = Plenty(20261121), datetime(2026, 9, 7, 9, tzinfo=UTC)
    entries = [plenty.entry(now) for _ in range(INVENTED)]
    size = sum(len(entry["description_html"]) for entry in entries) // INVENTED
    waited, busy = [], []
    for number in range(SPEED_ROUNDS):
        tell(f"facts of {INVENTED:,} invented postings, round {number + 1} of {SPEED_ROUNDS}")
        began, began_work = time.monotonic(), _of_children()
        found = await asyncio.to_thread(gold.facts_of, entries)
        waited.append(time.monotonic() - began)
        busy.append(_of_children() - began_work)
        if len(found) != INVENTED:
            raise RuntimeError(f"{len(found)} of {INVENTED} postings had facts")
    each_ms = 1000 * statistics.median(busy) / INVENTED
    return Outcome(
        title=f"Facts of {INVENTED:,} invented postings",
        setup=f"`outpost facts` from start to end: JSON with {size:,} characters of text each in, every fact with "
        f"its evidence out; {SPEED_ROUNDS} times. The processor's seconds are those of one core, whatever else runs.",
        columns=("postings a second, median", "slowest", "fastest"),
        rows=[
            _rates("Outpost, by the processor's seconds", busy),
            _rates("… by the clock on the wall", waited),
            Row("what is asked for", (str(LEAST_A_SECOND), "", ""), "limit"),
        ],
        targets=[Target("ms of one core for the facts of a posting", each_ms, 1000 / LEAST_A_SECOND)],
    )


def _rates(who: str, seconds: Sequence[float]) -> Row:
    rates = statistics.median(seconds), max(seconds), min(seconds)
    return Row(who, tuple(f"{INVENTED / one:,.0f}" for one in rates))


def _of_children() -> float:
    """Seconds of the processor that processes begun here, and ended, have taken."""
    spent = os.times()
    return spent.children_user + spent.children_system


def _nothing(title: str) -> Outcome:
    return Outcome(title, gold.ABSENT, (), (), ())


def _row(who: str, counts: Counter[str]) -> Row:
    return Row(who, tuple(_share(counts[right], counts[of]) for right, of in SHARES.values()))


def _share(right: float, of: int) -> str:
    return f"{right:.4g}/{of}"


def _targets(counts: Counter[str]) -> list[Target]:
    return [Target(f"{what}, %", _fault(name, counts), limit) for name, (what, limit) in LIMITS.items()]


def _fault(name: str, counts: Counter[str]) -> float:
    """How much is wrong, in per cent; 0 where there is nothing to be right about."""
    right, of = SHARES[name]
    if not counts[of]:
        return 0.0
    share = 100 * counts[right] / counts[of]
    return share if name in FAULTS else 100 - share


def _cells(pairs: Pairs) -> tuple[str, ...]:
    return tuple(
        _share(one["hit"], one["hit"] + one[other])
        for one in (pairs.same, pairs.folded)
        for other in ("wrong", "missed")
    )


def _wrong(counts: Counter[str], kind: str) -> float:
    return 100 * counts[kind] / max(1, counts["hit"] + counts[kind])
