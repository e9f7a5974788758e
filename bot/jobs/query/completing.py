"""What the filter option offers while somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from bot.jobs.query.areas import area_names
from bot.jobs.query.lexing import FIELDS, MEASURED_FIELDS
from bot.jobs.query.skills import skill_names
from bot.jobs.query.terms import quoted
from bot.jobs.query.vocabulary import LANGUAGES, LEVELS, TYPES, UNKNOWNS, VALUED
from bot.jobs.query.words import fold

MAX_CHOICES = 25  # Discord: application-commands, autocomplete choices, and 100 characters of a value
MAX_CHOICE = 100

_EXAMPLES = (
    "python",
    "python -senior",
    "python open-to:Portugal",
    "python OR golang",
    "skill:react level:senior pay>=90k USD",
    '"data engineer" OR "analytics engineer"',
    "design type:contract (pay>=50/h OR unknown:pay)",
    "support company:acme age<7d",
)
_USUAL_AREAS = (
    "worldwide",
    "EU",
    "Europe",
    "Latin America",
    "United States",
    "United Kingdom",
    "Germany",
    "India",
)
_PAY = ("60k EUR", "90k USD", "90k", "50/h USD", "4000/month EUR")
_AGE = ("1d", "3d", "7d", "12h")

_UNFINISHED_BOARD = re.compile(r'(?P<head>.*?)board: ?"?(?P<typed>[^"():]*)$', re.IGNORECASE)
_HEAD = r"(?P<head>(?:.*[\s(])?-*)"
_UNFINISHED_VALUE = re.compile(
    rf"{_HEAD}(?P<field>{'|'.join(VALUED)}): ?\"?(?P<typed>[^\"():]*)$", re.IGNORECASE
)
_UNFINISHED_AMOUNT = re.compile(
    rf"{_HEAD}(?P<field>pay|age)(?P<sign>[<>]=?)(?P<typed>[\w ]*)$", re.IGNORECASE
)
_UNFINISHED_WORD = re.compile(rf"{_HEAD}(?P<typed>[A-Za-z-]*)$")


def complete(prefix: str, boards: Sequence[str]) -> list[str]:
    """Whole filters that go on from `prefix`, its own text first; at most 25, each at most 100 characters.

    Nothing typed: examples. After a field its values: boards by any part of their name, countries, skills and the
    others by their beginning. A quote or bracket is closed.
    """
    typed = prefix.strip()
    offers = _offers(typed, boards) if typed else iter((*_EXAMPLES, *_boards("", "", boards)))
    distinct = dict.fromkeys(offer for offer in offers if len(offer) <= MAX_CHOICE)
    return list(islice(distinct, MAX_CHOICES))


def _offers(typed: str, boards: Sequence[str]) -> Iterator[str]:
    yield typed
    if found := _UNFINISHED_BOARD.match(typed):
        yield from _boards(found["head"], found["typed"], boards)
        return
    if found := _UNFINISHED_VALUE.match(typed):
        field = found["field"].lower()
        for name in _values(field, found["typed"].strip()):
            yield f"{found['head']}{field}:{quoted(name)}"
    if found := _UNFINISHED_AMOUNT.match(typed):
        for amount in _PAY if found["field"].lower() == "pay" else _AGE:
            if amount.startswith(found["typed"].strip()):
                yield f"{found['head']}{found['field']}{found['sign']}{amount}"
    unclosed = typed.count('"') % 2 == 1
    if unclosed or typed.count("(") > typed.count(")"):
        yield typed + '"' * unclosed + ")" * max(0, typed.count("(") - typed.count(")"))
    if not unclosed and (found := _UNFINISHED_WORD.match(typed)) and found["typed"]:
        for name in FIELDS:
            if name.startswith(found["typed"].lower()):
                yield from _begun(found["head"], name)


def _begun(head: str, name: str) -> Iterator[str]:
    """A field that is to be filled in; pay and age with a value, since their sign is hard to guess."""
    if name not in MEASURED_FIELDS:
        yield f"{head}{name}:"
    elif name == "pay":
        yield from (f"{head}pay>={_PAY[0]}", f"{head}pay>={_PAY[1]}", f"{head}pay:stated")
    else:
        yield f"{head}age<7d"


def _boards(head: str, typed: str, boards: Sequence[str]) -> Iterator[str]:
    for board in boards:
        if fold(typed.strip()) in fold(board):
            yield f'{head}board:"{board}"'


def _values(field: str, typed: str) -> Iterable[str]:
    if field in ("place", "open-to"):
        return chain(_USUAL_AREAS, area_names("")) if not typed else area_names(typed)
    if field == "skill":
        return skill_names(typed)
    known = {"level": LEVELS, "type": TYPES, "language": LANGUAGES.values(), "unknown": UNKNOWNS}[field]
    return (name for name in known if fold(name).startswith(fold(typed)))
