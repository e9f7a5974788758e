"""A stretch of a text that tells who wrote it, and the form of a text in which such are looked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bot.reviews.document.values import Kind

HEAD_LINES = 12  # where a document says who wrote it; below that, a number alone is no phone


@dataclass(frozen=True, slots=True)
class Mark:
    """text[start:end]"""

    kind: Kind
    start: int
    end: int


def plain(text: str) -> str:
    """Of the same length: one sign for all hyphens, spaces and full-width letters."""
    return "".join(map(_plain_letter, text))


def _plain_letter(letter: str) -> str:
    if letter.isascii():
        return "\n" if letter in "\v\f" else " " if letter in "\t\r" else letter
    category = unicodedata.category(letter)
    if category == "Pd" or letter == "\u2212":
        return "-"
    if category == "Zs":
        return " "
    if category == "Zl" or category == "Zp":
        return "\n"
    one = unicodedata.normalize("NFKC", letter)
    return one if len(one) == 1 else letter


def head_end(text: str) -> int:
    """Where the first lines end that hold anything."""
    filled = end = 0
    for line in text.split("\n"):
        end += len(line) + 1
        filled += bool(line.strip())
        if filled == HEAD_LINES:
            break
    return min(end, len(text))


def line_before(text: str, place: int, most: int) -> str:
    """What stands before a place on its line, at most so many characters."""
    begin = max(text.rfind("\n", 0, place) + 1, place - most)
    return text[begin:place]


def found(pattern: re.Pattern[str], kind: Kind, text: str) -> Iterator[Mark]:
    """The group "it" of each match, or all of it."""
    named = "it" in pattern.groupindex
    for match in pattern.finditer(text):
        start, end = match.span("it" if named else 0)
        yield Mark(kind, start, end)


def outermost(marks: list[Mark]) -> list[Mark]:
    """In order, without those that another one holds."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda one: (one.start, -one.end)):
        if not kept or mark.end > kept[-1].end:
            kept.append(mark)
    return kept
