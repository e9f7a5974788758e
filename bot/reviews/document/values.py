"""What the functions of this package pass to each other: a box on a page, and something found there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["email", "phone", "address", "birth", "photo", "link", "word"]
"""link: to a profile or a site of one's own. word: one of those that the author wants hidden."""

MAX_BYTES = 5_000_000
MAX_PAGES = 4


@dataclass(frozen=True, slots=True)
class Box:
    """page: from 0. The sides in points of the page's own space, as the file has it: unrotated, y upwards."""

    page: int
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Span:
    """One thing found. shown: its words, short and on one line, "" for a photo. boxes: one a line of text."""

    kind: Kind
    page: int
    shown: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Scan:
    """spans: in reading order. unread: pages without text that can be read, where only an eye finds anything."""

    spans: tuple[Span, ...]
    unread: tuple[int, ...]
