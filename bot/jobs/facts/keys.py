"""Which postings are the same opening? Two keys, each made from one posting alone.

opening   company + full title + who may apply: equal on whatever board the opening stands
variant   company + title without its place: equal for one opening fanned out over countries or cities

Levels, teams and parentheses tell openings of one company apart, so they stay; a similar title is another opening
(research/feeds.md 0.6: company and title alone are right in 14 of 64 pairs, similar titles in none).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from bot.jobs.facts.place import spot
from bot.jobs.facts.values import Place, Posting
from bot.text import company_key, latin

MAX_TITLE = 256  # characters of a title that count

# "(m/w/d)", "(f|m|x)", "(all genders)": the law asks for it on one board's continent only.
_GENDERS = re.compile(
    r"[(\[]\s*(?:[dfhimnwxv]\s?[/|,*·-]\s?){1,4}[dfhimnwxv*]\s*[)\]]|\b[mwfhd](?:/[mwfhdxin]){1,3}\b"
    r"|[(\[]?\ball genders?\b[)\]]?|[(\[]\s*gn\s*[)\]]",
    re.IGNORECASE,
)
_REMOTE = re.compile(
    r"\b(?:100\s?%\s?|fully[- ]|full[- ]|completely[- ])?remote(?:ly)?"
    r"(?:[- ](?:only|first|friendly|work|position|job))?\b|\b(?:work from home|wfh|anywhere|worldwide)\b",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[^\w+#]+")
_SPELLINGS = {"sr": "senior", "jr": "junior", "snr": "senior", "mgr": "manager", "engr": "engineer"}
_JOINED = re.compile(r"\b(back|front|full|multi|cyber|e|pre) (end|stack|cloud|security|commerce|sales)\b")

_PARENTHESIS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_JOINT = re.compile(r"\s+[-–—|•·/@:]+\s+|\s*[,;|:]\s+|[-–—]\s+|\s+[-–—]")
# What stands beside a place without being one.
_FILLER = re.compile(
    r"\b(?:remote(?:ly)?|hybrid|on-?site|based|in|only|from|anywhere|worldwide|global|the|and|or|of|fully|100|within|"
    r"time|timezones?|zones?|hours?|locations?|multiple|various|candidates|residents|area|metro|region|home|work|office|"
    r"city|state|country|position|role|east|west|north|south|central|northeast|southeast|northwest|southwest)\b|\W+",
    re.IGNORECASE,
)
_NO_PLACE = re.compile(
    r"(?:remote|hybrid|on-?site|anywhere|worldwide|global|flexible|distributed|home|office|based|in|the|world|or|and|"
    r"multiple|locations|unspecified|\W)*",
    re.IGNORECASE,
)


# Whoever sells or looks after customers in a place has another job than who does it elsewhere: the place is the work.
_TERRITORY = re.compile(
    r"\b(?:sales|accounts?|territory|regional|customer|partner|solutions?|field|business development|market)\b",
    re.IGNORECASE,
)


def opening(posting: Posting, place: Place) -> str:
    """The key of this very opening; "" when company or title is missing."""
    return _key(posting, posting.title, _whereabouts(posting, place))


def variant(posting: Posting, place: Place) -> str:
    """The key that it shares with the same opening in other places; "" when company or title is missing."""
    return _key(posting, without_place(posting.title), "*")


def _key(posting: Posting, title: str, whereabouts: str) -> str:
    company, words = company_key(posting.company), title_key(title)
    if not company or not words:
        return ""
    return hashlib.sha256("\x1f".join((company, words, whereabouts)).encode()).hexdigest()[:32]


def title_key(title: str) -> str:
    """A comparable title: letters, digits, "+" and "#"; no gender marks, no "remote"; short forms written out."""
    plain = latin(_REMOTE.sub(" ", _GENDERS.sub(" ", title[:MAX_TITLE]))).replace("&", " and ")
    words = _MARKS.sub(" ", plain).split()
    return _JOINED.sub(r"\1\2", " ".join(_SPELLINGS.get(word, word) for word in words))


def without_place(title: str) -> str:
    """A title without the places at its end and in its parentheses; the title itself if nothing else is in it."""
    if _TERRITORY.search(title):
        return title
    kept = _PARENTHESIS.sub(lambda one: " " if _is_place(one[1]) else one[0], title[:MAX_TITLE])
    while (cut := _place_at_end(kept)) is not None:
        kept = kept[:cut]
    return kept if title_key(kept) else title


def _place_at_end(title: str) -> int | None:
    """Where the places begin that end a title, one ("- UK") or several ("- New York, NY")."""
    joints = list(_JOINT.finditer(title))[-3:]
    return next(
        (joint.start() for joint in joints if joint.start() and _is_place(title[joint.end() :])), None
    )


def _is_place(text: str) -> bool:
    """Do these words name places and nothing else?"""
    places = [run for run in spot.runs(text) if not all(one.name.word for one in run.mentions)]
    if not places and not _REMOTE.search(text):
        return False  # "Mobile" is a town, and a team
    kept, end = [], 0
    for run in places:
        kept.append(text[end : run.start])
        end = run.end
    kept.append(text[end:])
    return not _FILLER.sub("", _REMOTE.sub("", " ".join(kept)))


def _whereabouts(posting: Posting, place: Place) -> str:
    """Who may apply, as far as it is known; else what the board says, unless that is no more than "remote"."""
    claim = spot.runs(posting.place_claim, loose=True)
    cities = _cities(posting.place_claim, claim) or _cities_proved(place)
    if place.countries_in:
        narrower = frozenset[str]().union(*(run.countries for run in claim)) & frozenset(place.countries_in)
        countries = sorted(narrower or place.countries_in)
        return ",".join((*countries, *place.subdivisions, *cities))
    if place.scope == "worldwide":
        return ",".join(("world", *cities))
    if place.scope == "restricted":
        return f"{place.tz_min}:{place.tz_max}:{','.join(place.countries_out)}"
    said = latin(posting.place_claim)
    return "" if _NO_PLACE.fullmatch(said) else said


def _cities_proved(place: Place) -> list[str]:
    """The cities in the words that prove the place."""
    quote = place.evidence[0].quote if place.evidence else ""
    return _cities(quote, spot.runs(quote))


def _cities(text: str, runs: Iterable[spot.Run]) -> list[str]:
    """The cities that a text names: two of one country are two variants of an opening."""
    found = (one for run in runs for one in run.mentions if one.name.kind == "city")
    return sorted({latin(text[one.start : one.end]) for one in found})
