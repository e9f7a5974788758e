"""An opening as filters see it, and the three answers they give."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from bot.jobs.facts.rates import comparable
from bot.jobs.facts.values import NO_FACTS, Facts, Period
from bot.jobs.query.words import Words

Sign = tuple[str, str]
"""(field, value), such as ("level", "senior"); ("known", field): its question has an answer; ("unknown", field):
`unknown:field` is true."""

Range = tuple[float | None, float | None, bool]
"""Low, high, and whether they are exact."""


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
    """What filters are asked about, prepared once for an opening. An empty `company` or `board` is unknown.

    facts: NO_FACTS when none were read; age: how long ago it was published, None when nobody knows.
    """

    title: str
    company: str
    board: str
    tags: tuple[str, ...]
    text: str
    facts: Facts
    age: timedelta | None
    anywhere: Words = dataclasses.field(repr=False, compare=False)
    in_company: Words = dataclasses.field(repr=False, compare=False)
    in_board: Words = dataclasses.field(repr=False, compare=False)
    signs: frozenset[Sign] = dataclasses.field(repr=False, compare=False)
    admitted: frozenset[str] = dataclasses.field(
        repr=False, compare=False
    )  # countries_in without countries_out
    _ranges: dict[tuple[str, Period], Range | None] = dataclasses.field(repr=False, compare=False)

    @classmethod
    def of(
        cls,
        *,
        title: str,
        company: str = "",
        board: str = "",
        tags: Iterable[str] = (),
        text: str = "",
        facts: Facts = NO_FACTS,
        age: timedelta | None = None,
    ) -> Document:
        """From cleaned texts (`bot.text`)."""
        tags = tuple(tags)
        place = facts.place
        return cls(
            title,
            company,
            board,
            tags,
            text,
            facts,
            age,
            anywhere=Words.of(title, company, *tags, text),
            in_company=Words.of(company),
            in_board=Words.of(board),
            signs=frozenset(_signs(facts, company, board, age)),
            admitted=frozenset(place.countries_in).difference(place.countries_out),
            _ranges={},
        )

    def pay_in(self, currency: str, period: Period) -> Range | None:
        """The stated pay in this currency ("" for its own) and period; None when it can't be told."""
        wanted = (currency, period)
        if wanted not in self._ranges:
            self._ranges[wanted] = self._converted(currency, period)
        return self._ranges[wanted]

    def _converted(self, currency: str, period: Period) -> Range | None:
        pay = self.facts.pay
        if pay is None:
            return None
        if currency:
            return comparable(pay, currency, period)
        own = pay.currency or "USD"  # whatever it is, it is the same on both sides
        return comparable(dataclasses.replace(pay, currency=own), own, period)


def _signs(facts: Facts, company: str, board: str, age: timedelta | None) -> Iterator[Sign]:
    values = {
        "level": [one.value for one in facts.level],
        "type": [one.value for one in facts.employment],
        "skill": [one.id for one in facts.skills],
        "language": [facts.language] if facts.language else [],
        "pay": ["stated"] if facts.pay else [],
        "place": [] if facts.place.scope == "unknown" else ["stated"],
        "company": ["stated"] if company else [],
        "board": ["stated"] if board else [],
        "age": [] if age is None else ["stated"],
    }
    for field, found in values.items():
        yield ("known" if found else "unknown", field)
        for value in found:
            yield (field, value)
    if not facts.skills and facts != NO_FACTS:
        yield ("known", "skill")  # a posting that was read and doesn't name a skill doesn't ask for it
    if facts.pay is None:
        yield ("known", "pay")  # whether it is stated is known
