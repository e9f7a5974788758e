"""A filter as a tree, and what it says of an opening: true, false or unknown (Kleene's three-valued logic)."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from bot.jobs.query.document import Document, Truth
from bot.jobs.query.terms import Leaf


@dataclass(frozen=True, slots=True)
class Not:
    part: Node

    def truth(self, document: Document) -> Truth:
        return ~self.part.truth(document)

    def spoken(self) -> str:
        inside = self.part.spoken()
        return f"not ({inside})" if isinstance(self.part, And | Or) else f"not {inside}"

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

    def spoken(self) -> str:
        return " and ".join(
            f"({part.spoken()})" if isinstance(part, Or) else part.spoken() for part in self.parts
        )

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

    def spoken(self) -> str:
        return " or ".join(part.spoken() for part in self.parts)

    def __str__(self) -> str:
        return " OR ".join(map(str, self.parts))


Node = Leaf | Not | And | Or


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
        return self.root.spoken() or "everything"

    def __str__(self) -> str:
        return str(self.root)


def joined(kind: type[And] | type[Or], parts: list[Node]) -> Node:
    """The parts under one AND or OR; those of the same kind are taken in, one alone stands for itself."""
    flat: list[Node] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, kind) else (part,))
    return flat[0] if len(flat) == 1 else kind(tuple(flat))
