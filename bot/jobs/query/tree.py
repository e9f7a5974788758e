"""A filter as a tree, and what it says of an opening: true, false or unknown (Kleene's three-valued logic)."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from bot.jobs.query.words import Needle, Words

FieldName = Literal["", "company", "board"]
OPERATORS = frozenset(("AND", "OR", "NOT"))
FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z-]*)(?P<sign>:|>=|<=|[<>=])")
BARE = re.compile(r'[^\s(),;"]+')  # a word that needs no quotes


class Truth(IntEnum):
    """Ordered, so that AND is min, OR is max and NOT is the other end. `bool()` means: does it pass?"""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2

    def __bool__(self) -> bool:
        return self is Truth.TRUE

    def __invert__(self) -> Truth:
        return Truth(2 - self.value)


@dataclass(frozen=True, slots=True)
class Document:
    """What filters are asked about, prepared once for an opening. An empty `company` or `board` is unknown."""

    title: str
    company: str
    board: str
    tags: tuple[str, ...]
    text: str
    anywhere: Words = dataclasses.field(repr=False, compare=False)
    in_company: Words = dataclasses.field(repr=False, compare=False)
    in_board: Words = dataclasses.field(repr=False, compare=False)

    @classmethod
    def of(
        cls, *, title: str, company: str = "", board: str = "", tags: Iterable[str] = (), text: str = ""
    ) -> Document:
        """From cleaned texts (`bot.text`)."""
        tags = tuple(tags)
        anywhere = Words.of(title, company, *tags, text)
        return cls(title, company, board, tags, text, anywhere, Words.of(company), Words.of(board))


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, looked for in one field or (field "") in title, company, tags and text."""

    field: FieldName
    text: str  # as typed, without quotes
    needle: Needle = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "needle", Needle.of(self.text))

    def truth(self, document: Document) -> Truth:
        if self.field == "":
            known, words = True, document.anywhere
        elif self.field == "company":
            known, words = bool(document.company), document.in_company
        else:
            known, words = bool(document.board), document.in_board
        if not known:
            return Truth.UNKNOWN
        return Truth.TRUE if words.hold(self.needle) else Truth.FALSE

    def __str__(self) -> str:
        prefix = f"{self.field}:" if self.field else ""
        return prefix + (self.text if self._is_bare() else f'"{self.text}"')

    def _is_bare(self) -> bool:
        if BARE.fullmatch(self.text) is None:
            return False
        if self.field:
            return True
        return not (self.text in OPERATORS or self.text.startswith("-") or FIELD.match(self.text))


@dataclass(frozen=True, slots=True)
class Not:
    part: Node

    def truth(self, document: Document) -> Truth:
        return ~self.part.truth(document)

    def __str__(self) -> str:
        return f"-{_bracketed(self.part, And, Or)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of them; of nothing: true."""

    parts: tuple[Node, ...]

    def truth(self, document: Document) -> Truth:
        lowest = Truth.TRUE
        for part in self.parts:
            if (lowest := min(lowest, part.truth(document))) is Truth.FALSE:
                break  # most openings fail the first term, and the others cost something
        return lowest

    def __str__(self) -> str:
        return " ".join(_bracketed(part, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of them; two or more."""

    parts: tuple[Node, ...]

    def truth(self, document: Document) -> Truth:
        highest = Truth.FALSE
        for part in self.parts:
            if (highest := max(highest, part.truth(document))) is Truth.TRUE:
                break
        return highest

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Node = Term | Not | And | Or


def _bracketed(node: Node, *kinds: type[And] | type[Or]) -> str:
    return f"({node})" if isinstance(node, kinds) else str(node)


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that was understood. `str()` writes it in the language again: parse(str(f)) == f.

    hints: sentences about what was probably meant otherwise.
    """

    root: Node
    hints: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    def matches(self, document: Document) -> Truth:
        """Does the opening pass? Only TRUE does. A term takes a few microseconds."""
        return self.root.truth(document)

    def words(self) -> str:
        """The filter read aloud: "python and not senior". Holds what somebody typed: it still has to be escaped."""
        return _read_aloud(self.root) or "everything"

    def __str__(self) -> str:
        return str(self.root)


_OPERATORS = ("AND", "OR", "NOT")  # as words to look for they are quoted when read aloud


def _read_aloud(node: Node) -> str:
    match node:
        case Term(field_name, text):
            spoken = text if BARE.fullmatch(text) and text.upper() not in _OPERATORS else f"“{text}”"
            return f"{field_name} {spoken}" if field_name else spoken
        case Not(part):
            spoken = _read_aloud(part)
            return f"not ({spoken})" if isinstance(part, And | Or) else f"not {spoken}"
        case And(parts):
            return " and ".join(
                f"({_read_aloud(part)})" if isinstance(part, Or) else _read_aloud(part) for part in parts
            )
        case Or(parts):
            return " or ".join(map(_read_aloud, parts))


@dataclass(frozen=True, slots=True)
class Line:
    """One term's part in an answer: how it reads, what it came to, in which fields it was found."""

    text: str
    truth: Truth
    found_in: tuple[str, ...]


def explain(filter: Filter, document: Document) -> list[Line]:
    """Why this opening passes or not: a line for each term, in the order they were written.

    A term under NOT reads "not …" and has the truth of the whole.
    """
    return [
        Line(
            _read_aloud(Not(term) if denied else term),
            ~term.truth(document) if denied else term.truth(document),
            tuple(_found_in(term, document)),
        )
        for term, denied in _terms(filter.root, denied=False)
    ]


def _terms(node: Node, denied: bool) -> Iterator[tuple[Term, bool]]:
    if isinstance(node, Term):
        yield node, denied
    elif isinstance(node, Not):
        yield from _terms(node.part, not denied)
    else:
        for part in node.parts:
            yield from _terms(part, denied)


def _found_in(term: Term, document: Document) -> Iterator[str]:
    texts: dict[str, tuple[str, ...]] = {
        "title": (document.title,),
        "company": (document.company,),
        "tags": document.tags,
        "text": (document.text,),
    }
    if term.field == "board":
        texts = {"board": (document.board,)}
    elif term.field == "company":
        texts = {"company": (document.company,)}
    for name, in_field in texts.items():
        if Words.of(*in_field).hold(term.needle):
            yield name
