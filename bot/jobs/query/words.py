"""What a whole word is: how texts and terms are taken apart so that both meet.

A *compound* is what stands between spaces, brackets and slashes: `node.js`, `front-end`, `c++`. It is read twice,
in parts (node, js) and joined (nodejs, frontend), so that "front-end", "front end" and "frontend" find each other.
c++, c#, f#, .net and r&d are words of their own: `c` doesn't find c++, `r` doesn't find R&D.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_BARRIER = "\n"  # between two texts, so that no phrase reaches over; no word can hold it
# Chinese and Japanese write without spaces: each sign is a word, a word of theirs is a phrase here.
_SIGN = r"\u3040-\u30ff\u3400-\u9fff"
_LETTER = rf"[^\W_{_SIGN}]"
_PART = rf"{_LETTER}++(?:&{_LETTER}++)*+(?:\+\+|\#(?!{_LETTER}))?+"
_JOINTS = "-‐–.'’"
_COMPOUND = re.compile(rf"(?:(?<![\w.])\.)?{_PART}(?:[{_JOINTS}]{_PART})*+|[{_SIGN}]")
_JOINT = re.compile(rf"(?<=[^{_JOINTS}])[{_JOINTS}]")


def fold(text: str) -> str:
    """Lower case, without accents: "Zürich" and "zurich" become one."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    for mark in filter(
        unicodedata.combining, set(apart)
    ):  # few; a loop over all characters takes 3 × as long
        apart = apart.replace(mark, "")
    return apart


def has_words(text: str) -> bool:
    """Is there anything in it that could be looked for?"""
    return _COMPOUND.search(fold(text)) is not None


Mark = str | tuple[str, str]
"""A word, or two that stand side by side."""


@dataclass(frozen=True, slots=True)
class Needle:
    """A word or phrase to look for, read both ways."""

    parts: tuple[str, ...]
    joined: tuple[str, ...]
    letters: tuple[str, ...]  # of the parts: what any text that holds it must hold somewhere

    @classmethod
    def of(cls, text: str) -> Needle:
        compounds = [_JOINT.split(compound) for compound in _COMPOUND.findall(fold(text))]
        parts = tuple(part for parts in compounds for part in parts)
        return cls(parts, tuple(map("".join, compounds)), tuple(map(without_joints, parts)))

    def marks(self) -> tuple[Mark, ...]:
        """A text that holds it has one of these among its own (`Words.marks`)."""
        return tuple({_first_mark(self.parts), _first_mark(self.joined)})

    @property
    def is_its_mark(self) -> bool:
        """Does every text that has its mark hold it? So it is with a word or two that have one reading."""
        return self.parts == self.joined and len(self.parts) <= 2


@dataclass(frozen=True, slots=True)
class _Reading:
    """A row of words, ready for looking up words and phrases."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    row: str

    @classmethod
    def of(cls, row: list[str], also: Iterable[str] = ()) -> _Reading:
        return cls(frozenset(row).union(also), frozenset(pairwise(row)), f" {' '.join(row)} ")

    def holds(self, phrase: tuple[str, ...]) -> bool:
        """Pairs answer for nearly all phrases: one search through the row costs as much as 50 look-ups."""
        if len(phrase) == 1:
            return phrase[0] in self.words
        if not self.pairs.issuperset(pairwise(phrase)):
            return False
        return len(phrase) == 2 or f" {' '.join(phrase)} " in self.row


@dataclass(slots=True)
class Words:
    """One or more texts, for many needles; taken apart when the first one comes whose letters are there.

    Most openings hold no word of most filters, and taking one apart costs ten times as much as seeing that.
    """

    _texts: tuple[str, ...]
    _letters: str
    _readings: tuple[_Reading, _Reading] | None = None

    @classmethod
    def of(cls, *texts: str) -> Words:
        folded = tuple(map(fold, texts))
        return cls(folded, without_joints(_BARRIER.join(folded)))

    def hold(self, needle: Needle) -> bool:
        """Whole words only; a phrase stands within one text. Two look-ups, at most two searches."""
        if not all(letters in self._letters for letters in needle.letters):
            return False
        parts, joined = self._both()
        return parts.holds(needle.parts) or joined.holds(needle.joined)

    def marks(self) -> tuple[frozenset[Mark], ...]:
        """All words and all pairs of neighbours, read both ways; the sets overlap."""
        parts, joined = self._both()
        return parts.words, joined.words, parts.pairs, joined.pairs

    def _both(self) -> tuple[_Reading, _Reading]:
        if self._readings is None:
            self._readings = self._take_apart()
        return self._readings

    def _take_apart(self) -> tuple[_Reading, _Reading]:
        """In parts and joined."""
        parts_row: list[str] = []
        joined_row: list[str] = []
        dotted: list[str] = []  # `.net` also finds ASP.NET
        for text in self._texts:
            for compound in _COMPOUND.findall(text):
                if compound.isalnum():
                    parts_row.append(compound)
                    joined_row.append(compound)
                else:
                    parts = _JOINT.split(compound)
                    parts_row.extend(parts)
                    joined_row.append("".join(parts))
                    dotted.extend("." + part for part in parts[1:])
            parts_row.append(_BARRIER)
            joined_row.append(_BARRIER)
        return _Reading.of(parts_row, dotted), _Reading.of(joined_row)


def _first_mark(phrase: tuple[str, ...]) -> Mark:
    return phrase[0] if len(phrase) == 1 else (phrase[0], phrase[1])


def without_joints(text: str) -> str:
    """ "front-end" as "frontend": the letters by which a needle is looked for."""
    for joint in _JOINTS:
        text = text.replace(joint, "")
    return text
