"""Facts of an opening in plain words: who may apply, what it pays, and whose word that is. Pure.

`said` is ours; `quote` is what a board or a posting wrote and still has to be escaped by whoever shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.jobs.facts.groups import GROUPS, SAY, label
from bot.jobs.facts.place.names import say
from bot.jobs.facts.values import Evidence, Pay, Place
from bot.jobs.query.areas import find_area
from bot.jobs.query.terms import each

MOST_NAMED = 3  # countries, parts or groups by name; the others are counted
NOT_STATED = "not stated"
CORRECTED = "not stated (corrected by moderators)"

_ANYWHERE = re.compile(r"\b(?:anywhere|world ?wide|world|global(?:ly)?|everywhere)\b", re.IGNORECASE)
_PARTS = {
    "US-DC": "Washington DC",
    "US-GA": "Georgia",
}  # a metropolitan area, and a name that a country has too
_SHORT = {"US": "US", "GB": "UK", "AE": "UAE"}


@dataclass(frozen=True, slots=True)
class Words:
    """said: our sentence. quote: the words behind it, "" for none; they follow in quotation marks."""

    said: str
    quote: str = ""


# -- place ---------------------------------------------------------------------------------------


def place_line(place: Place, claim: str = "", mine: Sequence[str] = ()) -> Words:
    """Who may apply. claim: the board's own place field; mine: countries that somebody may work in, named first.

    Quoted where nothing but the words themselves proves it: "Worldwide" may be one careless word.
    """
    if place.scope == "unknown":
        return Words("unclear; the board says", claim) if claim else Words(NOT_STATED)
    if place.scope == "worldwide":
        but = f" but not {_names(place.countries_out)}" if place.countries_out else ""
        return _with_proof(f"Worldwide{but}", place.evidence)
    where = _restricted(place, mine)
    if not place.board_says:
        return Words(where)
    if _ANYWHERE.search(place.board_says):
        return Words(f"Says anywhere, text names: {where.removesuffix(' only').replace(': ', ' – ', 1)}")
    return Words(f"{where}; the board says", place.board_says)


def _with_proof(said: str, evidence: Sequence[Evidence]) -> Words:
    if not evidence or evidence[0].quote.strip().casefold() == said.casefold():
        return Words(f"{said}, says the board" if evidence and _boards(evidence[0]) else said)
    return Words(f"{said}; {'the board' if _boards(evidence[0]) else 'it'} says", evidence[0].quote)


def proof(place: Place) -> str:
    """The words that prove it; "" for none."""
    return place.evidence[0].quote if place.evidence else ""


def boards_word(place: Place) -> bool:
    """Does nothing but a field of the board prove it? "Anywhere" was wrong in 22 of 30 (research/feeds.md 0.1)."""
    return bool(place.evidence) and all(map(_boards, place.evidence))


def _boards(one: Evidence) -> bool:
    return one.source == "place" or one.source.startswith("fields.")


def _restricted(place: Place, mine: Sequence[str]) -> str:
    parts = []
    if place.countries_in:
        parts.append(_countries(place, mine))
    if place.countries_out:
        parts.append(f"not: {_names(place.countries_out)}")
    if place.tz_min is not None or place.tz_max is not None:
        parts.append(_zones(place.tz_min, place.tz_max))
    elif place.tz_overlap:
        parts.append(f"{place.tz_overlap:g} h of overlap asked for")
    return ", ".join(parts) or "some places only"


def _countries(place: Place, mine: Sequence[str]) -> str:
    countries = frozenset(place.countries_in)
    names = _named(place, countries)
    listed = _listed(names)
    if len(countries) == 1:
        return listed if place.subdivisions else f"{listed} only"
    if len(countries) == len(names) <= MOST_NAMED + 1:
        return listed
    if here := [code for code in mine if code in countries]:
        groups = f" ({listed})" if len(names) < len(countries) else ""
        return f"{country(here[0])} and {len(countries) - 1} more{groups}"
    return f"{listed} ({len(countries)} countries)" if len(names) < len(countries) else listed


def _named(place: Place, countries: frozenset[str]) -> list[str]:
    """Groups as they were stated, then those that the others fill, then countries with the parts that were named."""
    stated = [name for name in dict.fromkeys(place.labels) if name in SAY and GROUPS[name] <= countries]
    rest = countries.difference(*(GROUPS[name] for name in stated))
    found, rest = label(rest)
    return [*(SAY[name] for name in (*stated, *found)), *_with_parts(place, rest)]


def _with_parts(place: Place, countries: Iterable[str]) -> list[str]:
    alone = len(place.countries_in) == 1
    named = []
    for code in sorted(countries, key=country):
        parts = [_part(one) for one in place.subdivisions if one.startswith(f"{code}-")]
        shown = _listed(parts)
        named.append(f"{country(code)}: {shown}" if parts and alone else _bracketed(country(code), shown))
    return named


def _bracketed(name: str, inside: str) -> str:
    return f"{name} ({inside})" if inside else name


def _part(code: str) -> str:
    area = find_area(code)
    return _PARTS.get(code) or (area.spoken() if area else code)


def country(code: str) -> str:
    """Its name, short where everybody knows it so."""
    return _SHORT.get(code) or say(code)


def _names(codes: Iterable[str]) -> str:
    found, rest = label(codes)
    return _listed([*(SAY[name] for name in found), *sorted(map(country, rest))])


def _listed(names: Sequence[str], most: int = MOST_NAMED) -> str:
    """ "Texas, Utah", "Texas, Utah, Ohio and 4 more"; one more is named instead."""
    more = len(names) - most
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:most])} and {more} more"


def _zones(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"{_zone(low)} or later" if low is not None else f"{_zone(high)} or earlier"
    return _zone(low) if low == high else f"{_zone(low)} to {_zone(high)}"


def _zone(hours: float | None) -> str:
    """UTC−5, UTC+5:30, UTC."""
    if not hours:
        return "UTC"
    whole, minutes = divmod(round(abs(hours) * 60), 60)
    return f"UTC{'+' if hours > 0 else '−'}{whole}{f':{minutes:02}' if minutes else ''}"


# -- pay -----------------------------------------------------------------------------------------


def pay_line(pay: Pay | None, claim: str = "") -> Words:
    """What it pays, in its own currency and period, never converted. claim: the board's own pay field."""
    if pay is None:
        return Words("unclear; the board says", claim) if claim else Words(NOT_STATED)
    unsaid = [what for what, value in (("currency", pay.currency), ("period", pay.period)) if value is None]
    parts = [
        _amount(pay.low, pay.high) or "an amount",
        pay.currency or "",
        each(pay.period) if pay.period else "",
        {"base": "", "ote": "with bonus or commission (OTE)", "commission": "in commission"}[pay.kind],
    ]
    notes = [f"{' and '.join(unsaid)} not stated"] if unsaid else []
    notes += ["its text says otherwise"] if pay.conflict else []
    return Words(", ".join([" ".join(filter(None, parts)), *notes]))


def _amount(low: float | None, high: float | None) -> str:
    """90–110 k, 45–60, from 90 k, up to 110 k."""
    if low is None or high is None:
        one = high if low is None else low
        words = "up to" if low is None else "from"
        return "" if one is None else f"{words} {_number(one, one)}"
    if low == high:
        return _number(low, low)
    thousands = _in_thousands(low) and _in_thousands(high)
    first = plain(low / 1000) if thousands else plain(low)
    return f"{first}–{_number(high, low)}"


def _number(one: float, other: float) -> str:
    return f"{plain(one / 1000)} k" if _in_thousands(one) and _in_thousands(other) else plain(one)


def _in_thousands(amount: float) -> bool:
    """Whole hundreds from ten thousand on: 92.5 k says what 92,500 does."""
    return amount >= 10_000 and amount % 100 == 0


def plain(amount: float) -> str:
    """90,000, 62.5."""
    return f"{amount:,.2f}".rstrip("0").rstrip(".") if amount % 1 else f"{amount:,.0f}"


# -- level, employment ---------------------------------------------------------------------------

LEVELS: Mapping[str, str] = {
    "intern": "Intern",
    "entry": "Entry",
    "mid": "Mid",
    "senior": "Senior",
    "staff": "Staff",
    "lead": "Lead",
    "principal": "Principal",
    "manager": "Manager",
    "director": "Director",
    "executive": "Executive",
}
EMPLOYMENT: Mapping[str, str] = {
    "full_time": "Full-time",
    "part_time": "Part-time",
    "contract": "Contract",
    "freelance": "Freelance",
    "internship": "Internship",
    "temporary": "Temporary",
}


def values_line(values: Iterable[str], words: Mapping[str, str]) -> str:
    """ "Mid or Senior"; "" for none."""
    named = [words[one] for one in dict.fromkeys(values)]
    return " or ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
