"""Facts as JSON and back: how they are kept beside their opening. What is unstated takes no room."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from bot.jobs.facts.values import NO_FACTS, Facts

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def encode(facts: Facts) -> str:
    return _adapter().dump_json(facts, exclude_defaults=True).decode()


@lru_cache(maxsize=5_000)  # a filter is tried on the same openings again and again
def decode(text: str) -> Facts:
    """The facts that `encode` wrote; NO_FACTS for an opening that was kept before facts were read ("")."""
    return _adapter().validate_json(text) if text else NO_FACTS


@cache
def _adapter() -> TypeAdapter[Facts]:
    from pydantic import TypeAdapter  # a third of the start of `outpost facts`, which keeps nothing

    return TypeAdapter(Facts)
