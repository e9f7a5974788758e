"""Groups of countries by the names that postings use: EU27, EMEA, LATAM … as ISO 3166-1 alpha-2 sets. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def _codes(*parts: str) -> frozenset[str]:
    return frozenset(" ".join(parts).split())


_EU = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE"
_EUROPE = f"{_EU} GB CH NO IS LI AD MC SM VA AL BA ME MK RS XK MD UA BY RU TR"
_NORTH_AFRICA = "DZ EG LY MA TN"
_MIDDLE_EAST = "BH IQ IL JO KW LB OM PS QA SA SY AE YE IR"
_SSA = (
    "AO BJ BW BF BI CV CM CF TD KM CG CD CI DJ GQ ER SZ ET GA GM GH GN GW KE LS LR MG MW ML MR MU MZ NA NE NG RW ST"
    " SN SC SL SO ZA SS SD TZ TG UG ZM ZW"
)
_CENTRAL_AMERICA = "GT HN SV NI CR PA BZ"
_CARIBBEAN = "CU DO HT PR JM TT BB BS"
_SOUTH_AMERICA = "CO VE EC PE BO BR PY UY AR CL GY SR"
_LATAM = f"MX {_CENTRAL_AMERICA} {_CARIBBEAN} {_SOUTH_AMERICA}"
_SE_ASIA = "SG MY ID TH VN PH MM KH LA BN TL"
_ASIA = f"{_SE_ASIA} CN JP KR KP TW HK MO MN IN PK BD LK NP BT MV AF KZ UZ KG TJ TM"
_OCEANIA = "AU NZ FJ PG SB VU WS TO KI FM MH PW NR TV"

GROUPS: Mapping[str, frozenset[str]] = {
    "EMEA": _codes(_EUROPE, _NORTH_AFRICA, _MIDDLE_EAST, _SSA),
    "EUROPE": _codes(_EUROPE),
    "EEA": _codes(_EU, "IS LI NO"),
    "EU27": _codes(_EU),
    "EU": _codes(_EU),
    "CEE": _codes("PL CZ SK HU RO BG HR SI EE LV LT RS BA ME MK AL UA MD"),
    "NORDICS": _codes("DK FI IS NO SE"),
    "SCANDINAVIA": _codes("DK NO SE"),
    "BALTICS": _codes("EE LV LT"),
    "BENELUX": _codes("BE NL LU"),
    "DACH": _codes("DE AT CH"),
    "IBERIA": _codes("ES PT"),
    "UKI": _codes("GB IE"),
    "MENA": _codes(_NORTH_AFRICA, _MIDDLE_EAST),
    "MIDDLE_EAST": _codes(_MIDDLE_EAST),
    "GCC": _codes("AE BH KW OM QA SA"),
    "AFRICA": _codes(_SSA, _NORTH_AFRICA),
    "NORTH_AFRICA": _codes(_NORTH_AFRICA),
    "SSA": _codes(_SSA),
    "AMERICAS": _codes("US CA", _LATAM),
    "NORTHERN_AMERICA": _codes("US CA"),
    "LATAM": _codes(_LATAM),
    "SOUTH_AMERICA": _codes(_SOUTH_AMERICA),
    "CENTRAL_AMERICA": _codes(_CENTRAL_AMERICA),
    "CARIBBEAN": _codes(_CARIBBEAN),
    "APAC": _codes(_ASIA, _OCEANIA),
    "ASIA": _codes(_ASIA),
    "SE_ASIA": _codes(_SE_ASIA),
    "SOUTHEAST_ASIA": _codes(_SE_ASIA),
    "OCEANIA": _codes(_OCEANIA),
    "ANZ": _codes("AU NZ"),
}

# What a card calls them; a second name of one group has none.
SAY: Mapping[str, str] = {
    "EMEA": "EMEA",
    "EUROPE": "Europe",
    "EEA": "EEA",
    "EU27": "EU27",
    "CEE": "Central and Eastern Europe",
    "NORDICS": "Nordics",
    "BENELUX": "Benelux",
    "DACH": "DACH",
    "MENA": "MENA",
    "AFRICA": "Africa",
    "SSA": "Sub-Saharan Africa",
    "AMERICAS": "Americas",
    "LATAM": "Latin America",
    "SOUTH_AMERICA": "South America",
    "APAC": "APAC",
    "ASIA": "Asia",
    "SE_ASIA": "South-East Asia",
    "OCEANIA": "Oceania",
}
_LARGEST_FIRST = sorted(SAY, key=lambda name: -len(GROUPS[name]))


def expand(name: str) -> frozenset[str]:
    """The countries of a group; a country's own code is that country; nothing for a name we don't know."""
    plain = name.strip().upper().replace(" ", "_").replace("-", "_")
    if plain in GROUPS:
        return GROUPS[plain]
    return frozenset((plain,)) if len(plain) == 2 and plain.isalpha() else frozenset()


def label(countries: Iterable[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The groups that these countries fill, the largest first, and the countries that are left over.

    Said as "30 countries (EU27, UK …)"; a group counts when nothing of it is missing.
    """
    rest = frozenset(countries)
    found: list[str] = []
    for name in _LARGEST_FIRST:
        if GROUPS[name] <= rest:
            found.append(name)
            rest -= GROUPS[name]
    return tuple(found), rest
