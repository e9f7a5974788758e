"""Documents on their way in: kept in memory till their author has looked at them, and nowhere else.

Fifteen minutes, the life of a press, and not over a restart: then it is handed in again. The oldest go when there are
too many, or when they are too large together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews.asking import Draft
from bot.reviews.document.values import Span

KEPT = timedelta(minutes=15)
MOST, MOST_BYTES = 24, 40_000_000

Group = Literal["email", "phone", "address", "birth", "photo", "link", "employer", "name", "words"]
"""What can be hidden: what was found of each sort; employer, name and words: what this author wants hidden."""

LETTERS: Mapping[Group, str] = {
    "email": "e",
    "phone": "p",
    "address": "a",
    "birth": "b",
    "photo": "f",
    "link": "l",
    "employer": "c",
    "name": "n",
    "words": "w",
}
"""How a custom_id writes them."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was looked at. request_id: whose second version it is, 0: something new.

    found: of each group that is offered. unread: pages without text. scanned: no text can be selected in any of it.
    typed, hide: words that its author wrote, and all that may be hidden, by group. text: of the file.
    """

    token: str
    key: Key
    draft: Draft
    data: bytes = field(repr=False)
    name: str
    pages: int
    sha256: str
    request_id: int = 0
    found: Mapping[Group, tuple[Span, ...]] = field(default_factory=dict)
    unread: tuple[int, ...] = ()
    scanned: bool = False
    typed: tuple[str, ...] = ()
    hide: Mapping[Group, tuple[str, ...]] = field(default_factory=dict)
    text: str = field(default="", repr=False)


class Held:
    """Token → document. Only its own author finds it."""

    def __init__(self) -> None:
        self._papers: dict[str, tuple[Paper, datetime]] = {}
        self._going: dict[str, Key] = {}

    def put(self, paper: Paper, now: datetime) -> None:
        """Keep it; an earlier one of the same author goes, unless it is being handed in."""
        for token, (one, _) in list(self._papers.items()):
            if one.key == paper.key and token not in self._going:
                self._drop(token)
        self._papers[paper.token] = paper, now
        while len(self._papers) > MOST or sum(len(one.data) for one, _ in self._papers.values()) > MOST_BYTES:
            self._drop(next(iter(self._papers)))
        asyncio.get_running_loop().call_later(KEPT.total_seconds(), self._drop, paper.token)

    def change(self, paper: Paper) -> None:
        """The same document, looked at otherwise; it is kept no longer for that."""
        if paper.token in self._papers:
            self._papers[paper.token] = paper, self._papers[paper.token][1]

    def get(self, key: Key, token: str, now: datetime) -> Paper:
        """Refuses "review_paper_gone", and "review_paper_going" while it is handed in."""
        if self._going.get(token) == key:
            raise Refusal("review_paper_going")
        paper, at = self._papers.get(token, (None, now))
        if paper is None or paper.key != key or now - at >= KEPT:
            raise Refusal("review_paper_gone")
        return paper

    def find(self, key: Key, token: str, now: datetime) -> Paper | None:
        """The same; None where it is not there."""
        try:
            return self.get(key, token, now)
        except Refusal:
            return None

    def begin(self, key: Key, token: str, now: datetime) -> Paper:
        """It is being handed in: a second press waits for the first. Refuses as `get`."""
        paper = self.get(key, token, now)
        self._going[token] = key
        return paper

    def end(self, token: str, *, done: bool) -> None:
        """It was handed in, and is forgotten; or not, and may be tried again."""
        self._going.pop(token, None)
        if done:
            self._drop(token)

    def _drop(self, token: str) -> None:
        self._papers.pop(token, None)

    def __len__(self) -> int:
        return len(self._papers)
