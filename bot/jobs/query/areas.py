"""Places as somebody types them: a country, a group of countries, a state, or the whole world.

The one seam between the filter language and the names that the room for places keeps.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.jobs.facts.groups import GROUPS, SAY
from bot.jobs.facts.place.names import PROVINCES, STATES, Name, lexicon, lookup, say
from bot.jobs.query.nearest import nearest
from bot.text import latin

_WORLD = frozenset(("worldwide", "world", "anywhere", "global", "everywhere"))
_NO_ABBREVIATION = 4  # letters
_BY_STATE = frozenset(("US", "CA", "AU"))  # where postings name states
_SHORT = {"EU27": "EU"}  # a group by the name that people type


@dataclass(frozen=True, slots=True)
class Area:
    """A place that was understood. countries: ISO 3166-1 alpha-2, none for the whole world.

    name: how it is written, such as PT, EU, US-TX, worldwide; subdivision: ISO 3166-2, or "".
    """

    name: str
    countries: frozenset[str] = frozenset()
    subdivision: str = ""

    def spoken(self) -> str:
        """Its name for people: Portugal, Texas, EU, worldwide."""
        if self.subdivision:
            return _parts().get(self.subdivision, self.subdivision)
        return _group_name(self.name) if self.name in GROUPS else say(self.name)


WORLD = Area("worldwide")


@lru_cache(4096)
def find_area(text: str) -> Area | None:
    """The place of this name or code, in any usual spelling; None when there is none, and for a city."""
    folded = latin(text)
    code = folded.upper()
    if folded in _WORLD:
        return WORLD
    if code in GROUPS:
        return Area(_SHORT.get(code, code), GROUPS[code])
    if code in _parts():
        return _part(code)
    if len(code) == 2 and say(code) != code:
        return Area(code, frozenset((code,)))  # CA is Canada, LA is Laos: a state is US-CA
    return _area(lookup(text)) or _spoken().get(folded) or _abbreviated(code)


def nearest_area(text: str) -> str | None:
    """A name that was probably meant; of a city its country."""
    name = lookup(text)
    if name is not None and name.kind == "city":
        return say(min(name.countries))
    return nearest(text, list(map(Area.spoken, _spoken().values())))


def area_names(begun: str) -> Iterator[str]:
    """The names that begin so, as people say them."""
    folded = latin(begun)
    return (area.spoken() for name, area in _spoken().items() if name.startswith(folded))


def _area(name: Name | None) -> Area | None:
    if name is None or name.kind == "city":
        return None
    if name.kind == "part" and name.part:
        return _part(name.part)
    if name.kind == "group":
        return Area(_SHORT.get(name.label, name.label), name.countries)
    return Area(min(name.countries), name.countries)


def _abbreviated(code: str) -> Area | None:
    """TX, ON: where it is no country's code."""
    part = STATES.get(code) or PROVINCES.get(code)
    return _part(part) if part else None


def _part(code: str) -> Area:
    return Area(code, frozenset((code[:2],)), code)


def _group_name(label: str) -> str:
    return label if label in _SHORT.values() else SAY.get(label, label.replace("_", " ").title())


@cache
def _parts() -> Mapping[str, str]:
    """ISO 3166-2 → its name: of several the shortest that is no abbreviation."""
    spelt: dict[str, str] = {}
    for first, names in lexicon().items():
        for others, name in names:
            words = " ".join((first, *others))
            if name.kind == "part" and name.part and len(words) >= _NO_ABBREVIATION:
                spelt[name.part] = min(words, spelt.get(name.part, words), key=len)
    return {code: _titled(words) for code, words in spelt.items()}


def _titled(words: str) -> str:
    return " ".join(word if word in ("and", "of") else word.capitalize() for word in words.split())


@cache
def _spoken() -> Mapping[str, Area]:
    """What is offered: folded name → area, by the alphabet."""
    known = {name for names in lexicon().values() for _, name in names if name.kind == "country"}
    areas = [WORLD, *filter(None, map(_area, known))]
    areas += [Area(_SHORT.get(group, group), GROUPS[group]) for group in SAY]
    areas += [_part(code) for code in _parts() if code[:2] in _BY_STATE]
    return dict(sorted((latin(area.spoken()), area) for area in areas))
