"""How many people, as it may be told where some of them search in private. Pure."""

from __future__ import annotations

STEP = 5


def told(number: int) -> int:
    """0: nobody; 1: a few; else so many or more, in steps of five, so that one more or less rarely shows."""
    return number - number % STEP if number >= STEP else min(number, 1)
