"""Time zones as postings write them: "CET ± 3 hours", "UTC-5 to UTC+2", "US time zones", "4 hours overlap with EST".

Offsets are hours from UTC in winter. Whether a zone limits who may apply or only when they work is told by the words
beside it: one has to *be* in a zone, or to *overlap* with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.jobs.facts.place import words
from bot.jobs.facts.windows import lowered, positions

_NAMED: Mapping[str, float] = {
    **dict.fromkeys(("est", "edt", "et", "eastern"), -5.0),
    **dict.fromkeys(("cst", "cdt", "ct", "central"), -6.0),
    **dict.fromkeys(("mst", "mdt", "mt", "mountain"), -7.0),
    **dict.fromkeys(("pst", "pdt", "pt", "pacific"), -8.0),
    **dict.fromkeys(("cet", "cest", "central european"), 1.0),
    **dict.fromkeys(("eet", "eest", "eastern european"), 2.0),
    **dict.fromkeys(("gmt", "utc", "wet", "bst"), 0.0),
    **{"brt": -3.0, "msk": 3.0, "ist": 5.5, "sgt": 8.0, "hkt": 8.0, "pht": 8.0, "jst": 9.0},
    **{"aest": 10.0, "aedt": 10.0, "nzst": 12.0},
}
# Whole areas: from the westmost to the eastmost zone that people live in there.
_AREAS: Mapping[str, tuple[float, float]] = {
    **dict.fromkeys(("us", "u.s", "u.s.", "usa", "american", "united states"), (-8, -5)),
    **dict.fromkeys(
        ("north american", "north america", "northern american", "us/canada", "us and canada"), (-8, -4)
    ),
    **dict.fromkeys(("americas", "amer", "north/south american", "north and south american"), (-8, -3)),
    **dict.fromkeys(("latam", "latin american", "latin america", "south american"), (-6, -3)),
    **dict.fromkeys(("european", "europe", "eu"), (0, 2)),
    **dict.fromkeys(("emea",), (0, 4)),
    **dict.fromkeys(("uk", "british"), (0, 0)),
    **dict.fromkeys(("africa/europe", "african", "africa"), (0, 3)),
    **dict.fromkeys(("apac", "asian", "asia", "asia pacific"), (5, 12)),
    **dict.fromkeys(("australian", "australia", "aus/nz"), (8, 11)),
    **dict.fromkeys(("indian", "india"), (5.5, 5.5)),
}
_ABBREVIATION = (
    r"(?:E[SD]?T|C[SD]?T|M[SD]?T|P[SD]?T|CES?T|EES?T|GMT|UTC|WET|BST"
    r"|BRT|MSK|IST|SGT|HKT|JST|AE[SD]T|NZST|PHT)"
)
_ALONE = rf"(?<![\w-]){_ABBREVIATION}(?!\w)"
_SIGN = r"[+\-−–]"
_OFFSET = rf"(?:UTC|GMT)\s?{_SIGN}\s?\d{{1,2}}(?:[:.]\d\d?)?"
_SPELT = (
    r"(?:Central|Eastern) European(?: (?:Standard |Summer )?Time)?"
    r"|(?:Eastern|Central|Mountain|Pacific)(?: Standard| Daylight)?(?= ?(?:[Tt]ime|,|/| or | and ))"
)
_ONE = rf"(?:{_OFFSET}|{_ALONE}|{_SPELT})"
_HOURS = r"\d{1,2}(?:\.\d)?(?::\d\d)?"
_MARGIN = r"(?:\+\s?/\s?[-–−]|±|[-–−]\s?/\s?\+|\+ ?or ?-|plus or minus|\+-)"
_ZONE_WORD = r"(?:time\s?-?zones?|TZs?)"

_AROUND = re.compile(
    rf"(?P<zone>{_ONE})(?:\s(?:time ?zone|time))?\s*\(?\s*{_MARGIN}\s*(?P<hours>{_HOURS})"
    r"\s*-?(?:h\b|hrs?\b|hours?)?\)?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    rf"(?:within|{_MARGIN})\s*(?:{_MARGIN}\s*)?(?P<hours>{_HOURS})\s*-?(?:h|hrs?|hours?)\s"
    rf"(?:(?:of|from|around|to|the|time|difference|with)\s){{0,4}}(?P<zone>{_ONE})",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<low>{_OFFSET}|(?:UTC|GMT)(?=\s+(?:to|and|through)\b))\s*(?:to|and|through|until|[-–—→])\s*"
    rf"(?P<high>(?:UTC|GMT)?\s?{_SIGN}?\s?\d{{1,2}}(?:[:.]\d\d?)?)(?!\d)",
    re.IGNORECASE,
)
_SINGLE = re.compile(rf"(?P<zone>{_OFFSET}|{_ALONE}(?:/{_ABBREVIATION}(?!\w))*|{_SPELT})")
_AREA = re.compile(
    r"(?<!\w)(?P<area>U\.S\.?|USA?|American|North(?:ern)? Americ(?:an|a)|North(?: and |/)South American|Americas|AMER"
    r"|LATAM|Latin Americ(?:an|a)|South American|European?|EU|EMEA|UK|British|Africa/Europe|African?|APAC|Asian?"
    r"|Asia Pacific|Australian?|AUS/NZ|Indian?|United States)"
    r"(?P<more>(?:\s*(?:,|/|or|and)\s*(?:U\.?S\.?A?|EU|UK|European?|American|Canada|LATAM|EMEA))?)"
    rf"[ -](?:-?friendly |-?based |compatible )?(?:{_ZONE_WORD}|(?:business |working |work |office |day)?hours"
    r"|daytime|business day)",
    re.IGNORECASE,
)
# Where it is worth looking more closely: these in small letters, or a zone's abbreviation.
_HINTS = (
    *("zone", "utc", "gmt", "cet", "daytime", " hours"),
    *("european time", "standard time", "eastern time", "pacific time"),
)
_CAPITALS = re.compile(r"\b[A-Z]{2,4}\b")
_ALL_ABBREVIATIONS = """EST EDT ET CST CDT CT MST MDT MT PST PDT PT CET CEST EET EEST GMT UTC WET BST BRT MSK IST SGT
HKT JST AEST AEDT PHT"""
_ABBREVIATIONS = frozenset(_ALL_ABBREVIATIONS.split())
_NEAR = 70  # characters on both sides of a hint
_HOURS_OF = r"\s?\+?(?:\s?[-–]\s?\d)?\s?-?(?:\+|plus|or more)?\s*(?:hours?|hrs?|h)\b"
_OVERLAP = re.compile(
    rf"(?P<a>\d{{1,2}}(?:\.5)?){_HOURS_OF}[^.\n]{{0,30}}?\boverlap"
    r"|\boverlap\w*\s(?:of\s|by\s|for\s)?(?:at least\s|a minimum of\s|minimum\s|about\s|~)?"
    rf"(?P<b>\d{{1,2}}(?:\.5)?){_HOURS_OF}",
    re.IGNORECASE,
)
# Words that make of a zone a matter of working hours …
_WORKING = re.compile(
    r"(?i)\b(?:overlap\w*|schedule|shifts?|availab\w+|meetings?|(?:business |working |work |office |core )?hours"
    r"|daytime|until|from \d|\d\s?[ap]\.?m|collaborat\w+|deadline|sync|flexib\w+|team (?:operates|works)|aligned?"
    r"|coordinat\w+|across|multiple|calls?|headquarter\w*|clients?|customers?|cover\w*|prefer\w*|ideal\w*|nice|plus|bonus)\b"
)
# … and those that make of it a place to be.
_BEING = re.compile(
    r"(?i)\b(?:based|located|locations?|live|living|reside|resident|residing|remote|within|hire|hiring|applicants?"
    r"|candidates? (?:in|from|within)|eligible|must be in|only|restricted|time\s?zones?(?: requirements?)?\s?:"
    r"|in (?:an?|any|the)|somewhere)\b|[:(]\s*$"
)
_OF_WORK = re.compile(r"(?i)overlap|schedule|working|work hours|business hours|prefer")
_NOT_FIRM = re.compile(r"(?i)overlap|prefer|ideal|hours (?:are|from)")
_OF_HOURS = re.compile(r"(?i)\bhours|daytime")
_NAMED_ZONE = re.compile(rf"(?i){_ZONE_WORD}")
_MORE = re.compile(r"^\s*(?:,|/|or|and)\s*")
_NUMBER = re.compile(r"([+\-−–])?\s?(\d{1,2})(?:[:.](\d\d?))?")
_BEFORE_END, _BEHIND_END = re.compile(r"[.;!?\n]\s|\n"), re.compile(r"[.;!?\n]")

Use = Literal["be", "work"]


@dataclass(frozen=True, slots=True)
class Zones:
    """Zones that a text names: hours from UTC, and whether one has to be there or only to work at its hours."""

    start: int
    end: int
    low: float
    high: float
    use: Use


def find(text: str, *, field: bool = False) -> list[Zones]:
    """The zones in a text, in order. field: it stands in a place field, where a zone limits without more words."""
    found: list[Zones] = []
    for first, last in _windows(text):
        for start, end, low, high, firm in _spans(text, first, last):
            use: Use = "be" if field or _limits(text, start, end, firm) else "work"
            found.append(Zones(start, end, low, high, use))
    return found


def blanked(text: str, found: Iterable[Zones], mark: str) -> str:
    """The text with a mark in the place of each character of these zones."""
    for zone in found:
        text = text[: zone.start] + mark * (zone.end - zone.start) + text[zone.end :]
    return text


def _windows(text: str) -> list[tuple[int, int]]:
    """The parts of a text in which zones may stand."""
    marks = [found.start() for found in _CAPITALS.finditer(text) if found[0] in _ABBREVIATIONS]
    return words.windows((*marks, *positions(lowered(text), _HINTS)), _NEAR, len(text))


def overlap(text: str) -> tuple[float, int, int] | None:
    """Hours of overlap that are asked for, and where that stands."""
    at = lowered(text).find("overlap")
    if at < 0:
        return None
    found = _OVERLAP.search(text, max(0, at - 60), at + 60)
    if found is None:
        return None
    hours = float(found["a"] or found["b"])
    return (hours, found.start(), found.end()) if 0 < hours <= 12 else None


def _spans(text: str, first: int, last: int) -> Iterator[tuple[int, int, float, float, bool]]:
    """start, end, low, high, firm: a range or a margin is no mere clock time. The larger phrase takes its words."""
    taken: list[tuple[int, int]] = []

    def free(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        for found in pattern.finditer(text, first, last):
            if not any(found.start() < end and start < found.end() for start, end in taken):
                taken.append(found.span())
                yield found

    rows: list[tuple[int, int, float, float, bool]] = []
    for pattern in (_AROUND, _WITHIN):
        for found in free(pattern):
            if (base := _offset(found["zone"])) is not None:
                hours = float(found["hours"].split(":")[0])
                rows.append((*found.span(), base - hours, base + hours, True))
    for found in free(_RANGE):
        low, high = _offset(found["low"]), _offset(found["high"])
        if low is not None and high is not None:
            rows.append((*found.span(), min(low, high), max(low, high), True))
    for found in free(_AREA):
        if area := _AREAS.get(" ".join(found["area"].lower().split())):
            more = _AREAS.get(_MORE.sub("", found["more"].lower()), area)
            rows.append((*found.span(), float(min(area[0], more[0])), float(max(area[1], more[1])), False))
    for found in free(_SINGLE):
        offsets = [one for part in found["zone"].split("/") if (one := _offset(part)) is not None]
        if offsets:
            rows.append((*found.span(), min(offsets), max(offsets), False))
    yield from sorted(rows)


def _offset(text: str) -> float | None:
    """Hours from UTC of one zone, by number or by name."""
    plain = " ".join(text.strip().lower().split())
    number = _NUMBER.search(plain)
    if number is not None:
        hours = int(number[2]) + (0.5 if number[3] and number[3].startswith(("3", "5")) else 0)
        signed = -hours if number[1] and number[1] != "+" else hours
        return float(signed) if -12 <= signed <= 14 else None
    for end in (" standard time", " summer time", " daylight", " standard", " time"):
        plain = plain.removesuffix(end)
    return _NAMED.get(plain)


def _limits(text: str, start: int, end: int, firm: bool) -> bool:
    """Must one be in this zone? Told by the sentence around it."""
    before = _BEFORE_END.split(text[max(0, start - 90) : start])[-1]
    behind = _BEHIND_END.split(text[end : end + 50], maxsplit=1)[0]
    if not firm and _OF_HOURS.search(text[start:end]):
        return False
    if _WORKING.search(before) or _OF_WORK.search(behind):
        return firm and not _NOT_FIRM.search(before + behind)
    named = _NAMED_ZONE.search(text[start : end + 25]) or _NAMED_ZONE.search(before[-25:])
    return firm or bool(named and _BEING.search(before))
