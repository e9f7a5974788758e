"""Weeks drawn from a seed, with silences, failed sends and everything that members do: what was promised holds."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from bot.storage import Store
from tests.checkins.drawn import lived
from tests.checkins.promises import PROMISES, rows
from tests.checkins.story import Story
from tests.proofs import size

pytestmark = pytest.mark.proof

WEEKS = size(2, 6)
FIRST_SEED = 1


def seeds() -> list[int]:
    """Those of this run; OUTPOST_SEED=… names a single one."""
    if given := os.environ.get("OUTPOST_SEED"):
        return [int(given)]
    return list(range(FIRST_SEED, FIRST_SEED + size(1, 30)))


def replay(seed: int) -> str:
    """The one command that lives these weeks again."""
    return f"OUTPOST_SEED={seed} .venv/bin/pytest tests/checkins/test_proof_week.py -k keep_every_promise"


async def broken(story: Story) -> list[str]:
    """Everything that is not as it was promised, each line with the name of the promise."""
    return [f"{promise.__name__}: {line}" for promise in PROMISES for line in await promise(story)]


async def test_seeded_weeks_keep_every_promise(
    fresh_store: Callable[[], Awaitable[Store]], record_property: Callable[[str, object], None]
) -> None:
    """Each promise of `promises.PROMISES`, whatever befalls; a seed that breaks one says how to live it again."""
    sums = Counter[str]()
    for seed in seeds():
        story = await lived(seed, WEEKS, await fresh_store())
        wrong = await broken(story)
        assert not wrong, "\n".join([*wrong[:20], f"Again: {replay(seed)}"])
        sums["member weeks"] += len(await rows(story))
        sums["presses"] += story.deeds
        sums["check-ins"] += len(story.said)
        sums["failed sends"] += story.it.weather.struck
        sums["silences"] += len(story.it.away)
    told = ", ".join(f"{number:,} {what}" for what, number in sums.items())
    record_property("promise", f"Weeks of check-ins keep each of {len(PROMISES)} promises, whatever befalls")
    record_property("figure", f"{len(seeds())} seeds of {WEEKS} weeks, {told}: 0 broken")
