"""What one round of matching is asked, and what it answers; and how a JSON document becomes a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Id = str | int
"""As given: 7 and "7" are two people."""

Pair = tuple[Id, Id, int]
"""Author, reviewer, score (0 to 1000). Only pairs that are allowed exist."""

MOST_SCORE = 1000
MOST_NUMBER = 10**9  # of needs, capacity and waited_days
_MOST_SHOWN = 40  # characters of a wrong value


class NotAnInstance(ValueError):
    """The document is none. Its words say what is wrong and where, for whoever wrote it."""


@dataclass(frozen=True, slots=True)
class Person:
    """needs: reviews wanted, each by another reader. capacity: documents they would read."""

    id: Id
    needs: int
    capacity: int
    waited_days: int


@dataclass(frozen=True, slots=True)
class Instance:
    """ids are unique; each ordered pair stands at most once, is of two people, and both are among `people`."""

    seed: str | int
    people: tuple[Person, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """Somebody who gets fewer reviews than they need. missing: how many, at least 1. reason: for a moderator."""

    id: Id
    missing: int
    reason: str


@dataclass(frozen=True, slots=True)
class Matching:
    """The answer, by id. filled: reviews. served: authors with at least one. worst and sum: of the scores, worst is
    0 without a match. waited: over the filled slots, the sum of their authors' waited_days.
    """

    assignments: tuple[Pair, ...]
    short: tuple[Short, ...]
    filled: int
    served: int
    worst: int
    sum: int
    waited: int


def order(one: Id) -> tuple[bool, int, str]:
    """A key to sort ids by: numbers first, then texts."""
    return (False, one, "") if isinstance(one, int) else (True, 0, one)


# -- from JSON -----------------------------------------------------------------------------------


def instance_of(document: object) -> Instance:
    """{"seed", "people": [{"id", "needs", "capacity", "waited_days"}], "pairs": [[author, reviewer, score]]}.

    Other members are passed over. Raises NotAnInstance.
    """
    if not isinstance(document, dict):
        raise NotAnInstance("the document is no object")
    seed = _id(_member(document, "seed", "the document"), "“seed”")
    people = tuple(_person(one, f"people[{n}]") for n, one in enumerate(_list(document, "people")))
    known: dict[Id, int] = {}
    for number, person in enumerate(people):
        if person.id in known:
            raise NotAnInstance(
                f"people[{number}]: id {_shown(person.id)} is that of people[{known[person.id]}]"
            )
        known[person.id] = number
    return Instance(seed, people, tuple(_pairs(_list(document, "pairs"), known)))


def _person(row: object, where: str) -> Person:
    if not isinstance(row, dict):
        raise NotAnInstance(f"{where} is no object")
    who = _id(_member(row, "id", where), f"{where}: “id”")
    numbers = (_number(_member(row, name, where), f"{where}: “{name}”") for name in ("needs", "capacity"))
    needs, capacity = numbers
    return Person(
        who, needs, capacity, _number(_member(row, "waited_days", where), f"{where}: “waited_days”")
    )


def _pairs(rows: list[object], known: Mapping[Id, int]) -> Iterable[Pair]:
    """One object per person is kept, however often they are named."""
    ids = {one: one for one in known}
    seen: dict[tuple[Id, Id], int] = {}
    for number, row in enumerate(rows):
        where = f"pairs[{number}]"
        if not isinstance(row, list) or len(row) != 3:
            raise NotAnInstance(f"{where} is no [author, reviewer, score]")
        author, reviewer = (ids.get(_id(one, where)) for one in row[:2])
        if author is None or reviewer is None:
            stranger = row[0] if author is None else row[1]
            raise NotAnInstance(f"{where}: {_shown(stranger)} is not among the people")
        if author == reviewer:
            raise NotAnInstance(f"{where}: {_shown(author)} cannot review themselves")
        score = _number(row[2], f"{where}: the score", MOST_SCORE)
        if (first := seen.setdefault((author, reviewer), number)) != number:
            raise NotAnInstance(f"{where} is the same two as pairs[{first}]")
        yield author, reviewer, score


def _member(row: Mapping[str, object], name: str, where: str) -> object:
    if name not in row:
        raise NotAnInstance(f"{where}: “{name}” is missing")
    return row[name]


def _list(document: Mapping[str, object], name: str) -> list[object]:
    rows = _member(document, name, "the document")
    if not isinstance(rows, list):
        raise NotAnInstance(f"“{name}” is no list")
    return rows


def _id(value: object, where: str) -> Id:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise NotAnInstance(f"{where}: {_shown(value)} is no text or whole number")
    return value


def _number(value: object, where: str, most: int = MOST_NUMBER) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise NotAnInstance(f"{where}: {_shown(value)} is no whole number")
    if not 0 <= value <= most:
        raise NotAnInstance(f"{where}: {_shown(value)} is not from 0 to {most:,}")
    return value


def _shown(value: object) -> str:
    """In ASCII and in short; a number too long for decimal digits is only called that."""
    try:
        words = ascii(value)
    except ValueError:
        return "a number of very many digits"
    return words if len(words) <= _MOST_SHOWN else words[: _MOST_SHOWN - 1] + "…"
