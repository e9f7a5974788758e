"""The leaves of a filter: one question each, to the words of an opening or to a fact of it.

Each has `truth(document)`, `str()` in the language, `spoken()` for people, `proof(document)`: the evidence of the
fact that decided, none for words.
"""

from __future__ import annotations

import dataclasses
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from bot.jobs.facts.values import Evidence, Facts, Period
from bot.jobs.query.areas import WORLD, Area
from bot.jobs.query.document import Document, Sign, Truth
from bot.jobs.query.words import Needle

TextField = Literal["", "company", "board"]
PlaceField = Literal["place", "open-to"]
ValueField = Literal["level", "type", "skill", "language", "pay"]
Bound = Literal[">=", "<=", ">", "<"]

OPERATORS = frozenset(("AND", "OR", "NOT"))
FIELD = re.compile(r"(?P<name>[A-Za-z][A-Za-z-]*)(?P<sign>:|>=|<=|=>|=<|[<>=≥≤])")
BARE = re.compile(r'[^\s(),;"]+')  # a word that needs no quotes
_HOLDS: Mapping[Bound, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
_SPOKEN_PAY = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_PERIODS: Mapping[Period, str] = {"hour": "/h", "day": "/day", "week": "/week", "month": "/month", "year": ""}


def each(period: Period) -> str:
    """An hour, a year."""
    return "an hour" if period == "hour" else f"a {period}"


def quoted(text: str) -> str:
    """As it is written behind a field."""
    return text if BARE.fullmatch(text) else f'"{text}"'


def spoken_words(text: str) -> str:
    """As it is read aloud: in quotes where it would be taken for something else."""
    return text if BARE.fullmatch(text) and text.upper() not in OPERATORS else f"“{text}”"


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, looked for in one field or (field "") in title, company, tags and text."""

    field: TextField
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

    def proof(self, document: Document) -> tuple[Evidence, ...]:
        return ()

    def spoken(self) -> str:
        return f"{self.field} {spoken_words(self.text)}" if self.field else spoken_words(self.text)

    def __str__(self) -> str:
        if self.field:
            return f"{self.field}:{quoted(self.text)}"
        return f'"{self.text}"' if self._must_be_quoted() else self.text

    def _must_be_quoted(self) -> bool:
        text = self.text
        return (
            BARE.fullmatch(text) is None
            or text in OPERATORS
            or text[0] in "-<>=≥≤"  # `pay ">5"` is two words, `pay >5` a field
            or FIELD.match(text) is not None
        )


@dataclass(frozen=True, slots=True)
class Where:
    """place: the posting names this area, or a part of it, as one where the work may be done from.

    open-to: somebody who may work in this area may apply. An unknown place answers neither.
    """

    field: PlaceField
    area: Area

    def truth(self, document: Document) -> Truth:
        place = document.facts.place
        if place.scope == "unknown":
            return Truth.UNKNOWN
        if self.area == WORLD:
            found = place.scope == "worldwide" and not place.countries_out
            return Truth.TRUE if found else Truth.FALSE
        if place.countries_in:
            return Truth.TRUE if self._is_named(document) else Truth.FALSE
        if self.field == "place":
            stated = place.scope == "worldwide" or place.countries_out
            return Truth.FALSE if stated else Truth.UNKNOWN  # time zones alone name no country
        admits = place.admits(self.area.countries)
        return Truth.UNKNOWN if admits is None else Truth.TRUE if admits else Truth.FALSE

    def _is_named(self, document: Document) -> bool:
        if self.area.countries.isdisjoint(document.admitted):
            return False
        country = self.area.subdivision[:2]
        parts = [one for one in document.facts.place.subdivisions if country and one.startswith(country)]
        return not parts or self.area.subdivision in parts

    def proof(self, document: Document) -> tuple[Evidence, ...]:
        return document.facts.place.evidence

    def spoken(self) -> str:
        what = "place" if self.field == "place" else "open to"
        return f"{what} {self.area.spoken()}"

    def __str__(self) -> str:
        return f"{self.field}:{quoted(self.area.name)}"


@dataclass(frozen=True, slots=True)
class Has:
    """A fact with a value of a list: level, type, skill, language; or `pay:stated`."""

    field: ValueField
    value: str  # as in `Facts`
    label: str = dataclasses.field(compare=False)  # for people

    @property
    def sign(self) -> Sign:
        return (self.field, self.value)

    def truth(self, document: Document) -> Truth:
        if self.sign in document.signs:
            return Truth.TRUE
        return Truth.FALSE if ("known", self.field) in document.signs else Truth.UNKNOWN

    def proof(self, document: Document) -> tuple[Evidence, ...]:
        return _stated(document.facts, self.field, self.value)

    def spoken(self) -> str:
        return f"{self.field} {self.label}"

    def __str__(self) -> str:
        return f"{self.field}:{quoted(self.value.replace('_', '-') if self.field == 'type' else self.value)}"


@dataclass(frozen=True, slots=True)
class PayBound:
    """Stated pay beside an amount. At least: the top of the range reaches it; at most: its bottom does."""

    bound: Bound
    amount: float
    currency: str  # ISO 4217; "": the posting's own
    period: Period

    def truth(self, document: Document) -> Truth:
        found = document.pay_in(self.currency, self.period)
        if found is None:
            return Truth.UNKNOWN
        low, high, _ = found
        end, other = (high, low) if self.bound[0] == ">" else (low, high)
        if end is not None:
            return Truth.TRUE if _HOLDS[self.bound](end, self.amount) else Truth.FALSE
        # "from 60k" says nothing of the top; it may reach 90k or not.
        reached = other is not None and _HOLDS[self.bound](other, self.amount)
        return Truth.TRUE if reached else Truth.UNKNOWN

    def proof(self, document: Document) -> tuple[Evidence, ...]:
        return document.facts.pay.evidence if document.facts.pay else ()

    def converted(self, document: Document) -> str:
        """ "≈ 92,000 to 104,000 USD a year" when it was compared after converting; else ""."""
        found = document.pay_in(self.currency, self.period)
        if found is None or found[2]:
            return ""
        amounts = " to ".join(f"{bound:,.0f}" for bound in dict.fromkeys(found[:2]) if bound is not None)
        own = document.facts.pay.currency if document.facts.pay else None
        return " ".join(filter(None, ("≈", amounts, self.currency or own, each(self.period))))

    def spoken(self) -> str:
        money = f"{self.amount:,.10g}" + (f" {self.currency}" if self.currency else "")
        return f"pay of {_SPOKEN_PAY[self.bound]} {money} {each(self.period)}"

    def __str__(self) -> str:
        short = f"{self.amount / 1000:.10g}k" if self.amount >= 1000 else f"{self.amount:.10g}"
        plain = f"{self.amount:.10g}"
        money = short if len(short) < len(plain) else plain
        return f"pay{self.bound}{money}{self.currency and ' ' + self.currency}{_PERIODS[self.period]}"


@dataclass(frozen=True, slots=True)
class AgeBound:
    """How long ago it was published, in whole hours."""

    bound: Bound
    hours: int

    def truth(self, document: Document) -> Truth:
        if document.age is None:
            return Truth.UNKNOWN
        holds = _HOLDS[self.bound](document.age / timedelta(hours=1), self.hours)
        return Truth.TRUE if holds else Truth.FALSE

    def proof(self, document: Document) -> tuple[Evidence, ...]:
        return ()

    def spoken(self) -> str:
        days, hours = divmod(self.hours, 24)
        count, unit = (hours + days * 24, "hour") if hours or not days else (days, "day")
        span = f"{count} {unit}" + "s" * (count != 1)
        return {
            "<": f"younger than {span}",
            ">": f"older than {span}",
            "<=": f"at most {span} old",
            ">=": f"at least {span} old",
        }[self.bound]

    def __str__(self) -> str:
        days, hours = divmod(self.hours, 24)
        return f"age{self.bound}{self.hours}h" if hours or not days else f"age{self.bound}{days}d"


@dataclass(frozen=True, slots=True)
class Unstated:
    """The posting doesn't state this."""

    field: str

    @property
    def sign(self) -> Sign:
        return ("unknown", self.field)

    def truth(self, document: Document) -> Truth:
        return Truth.TRUE if self.sign in document.signs else Truth.FALSE

    def proof(self, document: Document) -> tuple[Evidence, ...]:
        return _stated(document.facts, self.field, None)

    def spoken(self) -> str:
        return f"{self.field} not stated"

    def __str__(self) -> str:
        return f"unknown:{self.field}"


Leaf = Term | Where | Has | PayBound | AgeBound | Unstated


def _stated(facts: Facts, field: str, value: str | None) -> tuple[Evidence, ...]:
    """The evidence of a fact: of this value if it was stated, else of whatever was stated instead."""
    match field:
        case "place":
            return facts.place.evidence
        case "pay":
            return facts.pay.evidence if facts.pay else ()
        case "level" | "type":
            stated = facts.level if field == "level" else facts.employment
            exactly = tuple(one.evidence for one in stated if one.value == value)
            return exactly or tuple(one.evidence for one in stated)
        case "skill":
            return tuple(one.evidence for one in facts.skills if one.id == value)
        case _:
            return ()
