"""Rubrics as every rule and page of reviews sees them: what a reader is asked, and why. Only values.

They are data: `bot.reviews.book` reads them from rubrics/*.yaml.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.reviews.values import Kind

Need = Literal["file", "link", "text", "posting", "question"]
"""What an author gives: the document as a PDF, a link or pasted words; beside it the posting or question."""

DOCUMENTS: frozenset[Need] = frozenset({"file", "link", "text"})
"""Of these a rubric needs exactly one."""

Strength = Literal["strong", "some", "weak", "practice"]
"""strong: a large experiment on this very thing. some: a survey, or an experiment on something near it.
weak: small, old, or by somebody who sells help. practice: advice without a study."""

Verdict = Literal["yes", "partly", "no"]
VERDICTS: tuple[Verdict, ...] = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an item is asked. says: one sentence. source: a name and a year."""

    says: str
    source: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class Item:
    """One question of a rubric. asks: one sentence. hints: when it is yes, partly, no.

    evidence: at least one, the best first. clarity: a newcomer may answer it too.
    """

    id: str
    label: str
    asks: str
    hints: Mapping[Verdict, str]
    evidence: tuple[Evidence, ...]
    clarity: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """What an experienced reader answers for one item of the sample, and why. quote: a line of it, or ""."""

    verdict: Verdict
    why: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Sample:
    """An invented document that a newcomer reads first. posting: what it is for. answers: item id → reference."""

    posting: str
    text: str
    answers: Mapping[str, Reference]


@dataclass(frozen=True, slots=True)
class Rubric:
    """What a reader of one kind of document is asked. about: what it is. warning: a legend to leave behind, or ""."""

    kind: Kind
    version: int
    name: str
    about: str
    needs: tuple[Need, ...]
    items: tuple[Item, ...]
    warning: str = ""
    sample: Sample | None = None

    def item(self, item_id: str) -> Item | None:
        """The item of this id; None: this version has it no more."""
        return next((item for item in self.items if item.id == item_id), None)


Rubrics = Mapping[Kind, Rubric]
"""All rubrics, in the order of `bot.reviews.values.KINDS`; a kind without a file is not offered."""
