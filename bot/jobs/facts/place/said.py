"""What one phrase of a posting says about where one may be: the grammar's result, before it is weighed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.jobs.facts.place.spot import Run
from bot.jobs.facts.values import Evidence

# only: to apply one has to be there; out: from there nobody can; world: from anywhere; zone: one has to be in these
# zones; hint: it sounds like `only`, but says it of something near (an office, a market).
Effect = Literal["only", "out", "world", "zone", "hint"]


@dataclass(frozen=True, slots=True)
class Said:
    """One phrase. low, high: zones, in hours from UTC. broad: a country or more is named, not only towns."""

    effect: Effect
    evidence: Evidence
    countries: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()
    labels: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    broad: bool = True

    @classmethod
    def of(cls, effect: Effect, evidence: Evidence, run: Run) -> Said:
        return cls(effect, evidence, run.countries, run.parts, run.labels, broad=run.broad)
