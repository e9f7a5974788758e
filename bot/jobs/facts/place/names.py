"""Place names → countries: one lexicon of countries, their parts, cities and groups, from kept data. Pure.

find("Munich", "Germany") …  every name is known folded and by its first word, the longest is tried first.
"""

from __future__ import annotations

import pkgutil
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from bot.jobs.facts import groups
from bot.jobs.facts.place import spellings
from bot.text import latin

Kind = Literal["country", "part", "city", "group"]


class Name(NamedTuple):
    """What one name means. Of a city there may be several, the largest first; `also` are the others.

    part: ISO 3166-2 where the name is (in) one that we know. people: thousands, of a city.
    word: it is a word of its own too, and proves nothing alone.
    """

    kind: Kind
    countries: frozenset[str]
    part: str = ""
    label: str = ""  # of a group, as in groups.py
    people: int = 0
    word: bool = False
    also: tuple[Name, ...] = ()

    def within(self, other: Name) -> Name | None:
        """This name as a place inside another one, if there is one of it: Paris in Texas, London in Ontario."""
        for one in (self, *self.also):
            same = one.part == other.part or (one.kind == "city" and not one.part)
            if other.kind == "part" and same and one.countries <= other.countries:
                return one
        for one in (self, *self.also):
            if other.kind in ("country", "group") and one.countries <= other.countries:
                return one
        return None


_WORD = re.compile(r"[^\W_]+")


def _codes(*lines: str) -> list[str]:
    return " ".join(lines).split()


# The abbreviations of states and provinces: in capitals, and only beside a city or in a list of them.
STATES: Mapping[str, str] = {
    code: f"US-{code}"
    for code in _codes(
        "AK AL AR AZ CA CO CT DC DE FL GA HI IA ID IL IN KS KY LA MA MD ME MI MN MO MS MT NC ND NE NH NJ NM NV NY OH",
        "OK OR PA RI SC SD TN TX UT VA VT WA WI WV WY",
    )
}
PROVINCES: Mapping[str, str] = {
    **{code: f"CA-{code}" for code in _codes("AB BC MB NB NL NS ON PE QC SK YT")},
    **{code: f"AU-{code}" for code in _codes("NSW QLD VIC TAS")},
}


def plain(text: str) -> str:
    """Words alone, folded: as the lexicon knows its names."""
    return " ".join(_WORD.findall(latin(text)))


@cache
def lexicon() -> Mapping[str, tuple[tuple[tuple[str, ...], Name], ...]]:
    """First word → (the other words, what it means), the longest name first. Read when first asked for."""
    names: dict[str, Name] = {}
    for kind, code, rest in _kept():
        if kind == "city":
            _add_cities(names, code, rest)
        elif kind == "state":
            names[rest] = Name("part", frozenset(("US",)), part=code)
    for code, spelt in spellings.US_STATES.items():
        names |= dict.fromkeys(_split(spelt), Name("part", frozenset(("US",)), part=code))
    for part, spelt in spellings.PARTS.items():
        names |= dict.fromkeys(_split(spelt), Name("part", frozenset((part[:2],)), part=part))
    names |= dict.fromkeys(_split(spellings.IN_THE_US), Name("part", frozenset(("US",))))
    for place, spelt in (*spellings.CITIES.items(), *spellings.US_CITIES.items()):
        _add_spelt_cities(names, place, spelt)
    for kind, code, rest in _kept():
        if kind == "country":
            _, known = rest.split("\t")
            country = Name("country", frozenset((code,)))
            for name in (*known.split("|"), *_split(spellings.COUNTRIES.get(code, ""))):
                names[name] = _with_others(country, names.get(name))
    for label, spelt in spellings.GROUPS.items():
        names |= dict.fromkeys(_split(spelt), Name("group", groups.GROUPS[label], label=label))
    found: dict[str, list[tuple[tuple[str, ...], Name]]] = defaultdict(list)
    for text, meant in names.items():
        first, *others = text.split(" ")
        found[first].append((tuple(others), meant))
    return {first: tuple(sorted(all_, key=lambda one: -len(one[0]))) for first, all_ in found.items()}


@cache
def _kept() -> tuple[tuple[str, str, str], ...]:
    data = pkgutil.get_data(__package__, "data/places.tsv") or b""
    lines = (line.split("\t", 2) for line in data.decode().splitlines() if not line.startswith("#"))
    return tuple((kind, code, rest) for kind, code, rest in lines)


def _add_cities(names: dict[str, Name], country: str, rest: str) -> None:
    of = frozenset((country,))
    for one in rest.split("|"):
        text, people, admin = one.split(":")
        city = Name(
            "city",
            of,
            part=f"{country}-{admin}" if admin else "",
            people=int(people),
            word=text in spellings.WORDS,
        )
        names[text] = _with_others(city, names.get(text))


def _add_spelt_cities(names: dict[str, Name], place: str, spelt: str) -> None:
    of = frozenset((place[:2],))
    for text in _split(spelt):
        known = names.get(text)
        if known is None or known.kind in ("city", "part"):
            city = Name("city", of, part=place if "-" in place else "", people=1000)
            names[text] = _with_others(city, known)


def _with_others(name: Name, known: Name | None) -> Name:
    """Both meanings of one name: a country before a part before a city, a large city before a small one."""
    if known is None:
        return name
    rank = {"country": 0, "group": 1, "part": 2, "city": 3}
    alone = name._replace(also=()), known._replace(also=())
    first, *others = sorted((*alone, *name.also, *known.also), key=lambda one: (rank[one.kind], -one.people))
    return first._replace(also=tuple(others[:6]))


def _split(spelt: str) -> list[str]:
    return [name.strip() for name in spelt.split(",") if name.strip()]


@cache
def _english() -> Mapping[str, str]:
    return {code: rest.split("\t")[0] for kind, code, rest in _kept() if kind == "country"}


def say(code: str) -> str:
    """The English name of a country; the code itself when it is none."""
    return _english().get(code, code)


@lru_cache(2048)
def lookup(text: str) -> Name | None:
    """What this whole text names, whatever its case; codes of two letters too (us, pt, tx is no country)."""
    words = plain(text).removeprefix("the ").split()
    if not words:
        return None
    for others, name in lexicon().get(words[0], ()):
        if others == tuple(words[1:]):
            return name
    short = "".join(words).upper()
    if len(words) == 1 or all(len(word) == 1 for word in words):
        if code := spellings.SHORT.get(short):
            return Name("country", frozenset((code,)))
        if len(short) == 2 and short in _english():
            return Name("country", frozenset((short,)))
    return None


def country_of(text: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country by any of its names or its code; None for anything else."""
    name = lookup(text)
    return next(iter(name.countries)) if name is not None and name.kind == "country" else None
