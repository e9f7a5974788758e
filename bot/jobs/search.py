"""Looking through many openings for few filters: a sieve of letters before the filter has its say. Pure.

To take a posting apart for a filter costs ten times as much as to see that the letters of its words aren't there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.jobs.digests import without
from bot.jobs.facts import decode
from bot.jobs.query import Document, Filter
from bot.jobs.query.alternatives import Alternative, alternatives
from bot.jobs.query.terms import Term
from bot.jobs.query.tree import And, Node, Not
from bot.jobs.query.words import fold, without_joints

PER_PAGE = 5

# Signs beside ASCII that stand for no letter: spaces, dashes, quotes, bullets, currencies.
_MAY_BE_LETTERS = re.compile("[^\x00-\x7f\u00a0\u00b7\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]")


class Candidate(NamedTuple):
    """What a search looks at of an opening; tags a line each. Columns of the same names."""

    id: int
    feed_id: str
    board: str
    company: str
    title: str
    tags: str
    text: str
    facts_json: str
    dated_at: datetime

    def document(self, now: datetime, withheld: Collection[str] = ()) -> Document:
        """As `Opening.document`, without the facts that moderators took back."""
        facts = decode(self.facts_json)
        return Document.of(
            title=self.title,
            company=self.company,
            board=self.board,
            tags=tuple(self.tags.split("\n")) if self.tags else (),
            text=self.text,
            facts=without(facts, withheld) if withheld else facts,
            age=max(now - self.dated_at, timedelta(0)),
        )


@dataclass(frozen=True, slots=True)
class Sieve:
    """What the words of some filters need. needed: for each alternative the letters; None: something else decides."""

    needed: tuple[tuple[str, ...], ...] | None

    @classmethod
    def of(cls, filters: Iterable[Filter]) -> Sieve:
        every = [_letters(one) for query in filters for one in alternatives(query.root)[0]]
        return cls(tuple(every) if all(every) else None)

    def may_pass(self, one: Candidate) -> bool:
        """False only for an opening that none of the filters lets through."""
        if self.needed is None:
            return True
        whole = f"{one.title}\n{one.company}\n{one.tags}\n{one.text}"
        if self._holds(whole.lower()):
            return True
        return not whole.isascii() and _MAY_BE_LETTERS.search(whole) is not None and self._holds(fold(whole))

    def _holds(self, text: str) -> bool:
        if any(all(part in text for part in letters) for letters in self.needed or ()):
            return True
        plain = without_joints(text)
        return any(all(part in plain for part in letters) for letters in self.needed or ())


def _letters(one: Alternative) -> tuple[str, ...]:
    """What any text must hold somewhere that passes this alternative."""
    words = [part.leaf for part in one if not part.denied and isinstance(part.leaf, Term)]
    return tuple(letters for term in words if term.field == "" for letters in term.needle.letters)


def asks_nothing(query: Filter) -> bool:
    """Does everything pass? Then nothing need be looked at."""
    return query.root == And(())


def asks_for_words(query: Filter) -> bool:
    """Does it look into the texts at all? What asks for facts alone needn't load them."""
    return _has_words(query.root)


def _has_words(node: Node) -> bool:
    match node:
        case Term():
            return node.field == ""
        case Not(part):
            return _has_words(part)
        case _:
            return any(map(_has_words, getattr(node, "parts", ())))


def page_of(ids: Sequence[int], page: int) -> tuple[Sequence[int], int]:
    """The ids of one page, and which page that is: there is always one."""
    last = max(0, (len(ids) - 1) // PER_PAGE)
    at = min(max(page, 0), last)
    return ids[at * PER_PAGE : (at + 1) * PER_PAGE], at
