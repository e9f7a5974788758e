"""Where a few words stand in a long text, so that the costly patterns are tried there only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def lowered(text: str) -> str:
    """The text in small letters, character for character ("İ" becomes two letters in `str.lower`, so it stays)."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(small if len(small := char.lower()) == 1 else char for char in text)


def positions(low: str, needles: Iterable[str]) -> Iterator[int]:
    """Where any of `needles` begins in a lowered text."""
    for needle in needles:
        at = low.find(needle)
        while at >= 0:
            yield at
            at = low.find(needle, at + len(needle))


def around(low: str, needles: Iterable[str], before: int, after: int) -> list[tuple[int, int]]:
    """Stretches of a lowered text that hold a needle, with their surroundings; merged where they touch."""
    return stretches(positions(low, needles), before, after, len(low))


def stretches(marks: Iterable[int], before: int, after: int, end: int) -> list[tuple[int, int]]:
    """The surroundings of some marks in a text that ends at `end`; merged where they touch."""
    found: list[tuple[int, int]] = []
    for at in sorted(marks):
        start, stop = max(0, at - before), min(end, at + after)
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(stop, found[-1][1])
        else:
            found.append((start, stop))
    return found
