"""May I apply, and what do they ask for? Answers from an opening's facts, each with its words. Pure.

yes and no only where the posting says so; whatever it leaves open is unclear, and the answer says why.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from bot.jobs.facts import Facts, Posting, encode, read
from bot.jobs.facts.skills import say
from bot.jobs.facts.values import Place
from bot.jobs.place_words import boards_word, country, place_line, proof
from bot.jobs.query.skills import find_skill
from bot.text import clean_lines, cut, html_to_text, latin, link

Verdict = Literal["yes", "no", "unclear"]
Have = Literal["stated", "missing", "not sure"]

MAX_TEXT = 4_000  # characters; what a slash command's option and a form's field can hold
_TITLE = 150
_MOST_MUSTS = 8

_LINK = re.compile(
    r"https?://[^\s<>\"')\]]+|(?<![\w@./-])(?:[a-z0-9-]+\.)+[a-z]{2,12}/[^\s<>\"')\]]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Eligible:
    """because: a sentence of ours. quote: the posting's or the board's words, which still have to be escaped."""

    verdict: Verdict
    because: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Must:
    """Something that the posting calls a must, beside a profile. name: for people."""

    name: str
    have: Have
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Me:
    """What counts of whoever asks. countries: where they may work; zone: IANA, None until told.

    skills: as they wrote them; other: what else they say of themselves, in words.
    """

    countries: tuple[str, ...] = ()
    zone: str | None = None
    skills: tuple[str, ...] = ()
    other: str = ""


# -- may I apply? --------------------------------------------------------------------------------


def eligible(facts: Facts, claim: str, me: Me, now: datetime) -> Eligible:
    """claim: the board's own place field."""
    place = facts.place
    if place.scope != "unknown" and not me.countries:
        where = place_line(place, claim)
        return Eligible("unclear", f"{_sentence(where.said)}. I don't know where you may work.", proof(place))
    if place.scope == "unknown":
        said = "It doesn't say who may apply from where."
        return Eligible("unclear", f"{said} The board says:" if claim else said, claim)
    admitted = place.admits(frozenset(me.countries))
    if admitted is None:
        return Eligible("unclear", _by_the_clock(place, me, now), proof(place))
    if not admitted:
        return Eligible("no", f"{_sentence(place_line(place, '').said)}.", proof(place))
    return _admitted(place, me)


def _admitted(place: Place, me: Me) -> Eligible:
    """Open to one of their countries: unless only parts of it are named."""
    mine = [code for code in me.countries if code in place.countries_in]
    whole = [code for code in mine if not any(part.startswith(f"{code}-") for part in place.subdivisions)]
    if mine and not whole:
        said = f"It names parts of {_the(country(mine[0]))} only, and I know just your country."
        return Eligible("unclear", said, proof(place))
    where = country((whole or [code for code in me.countries if code not in place.countries_out])[0])
    whose = "The board says that it" if boards_word(place) else "It"
    return Eligible("yes", f"{whose} is open to people in {_the(where)}.", proof(place))


def _by_the_clock(place: Place, me: Me, now: datetime) -> str:
    asked = _sentence(place_line(place, "").said)
    if me.zone is None or place.tz_min is None or place.tz_max is None:
        return f"It asks for a time zone and names no country: {asked}."
    offset = now.astimezone(ZoneInfo(me.zone)).utcoffset()
    here = offset.total_seconds() / 3600 if offset is not None else 0.0
    inside = place.tz_min <= here <= place.tz_max
    return f"{asked}. Your clock is {'inside' if inside else 'outside'} of that; it names no country."


def _sentence(said: str) -> str:
    said = re.sub(r"; (?:it|the board) says$", "", said)
    return said[:1].upper() + said[1:]


def _the(name: str) -> str:
    return f"the {name}" if name in ("US", "UK", "UAE", "Netherlands", "Philippines") else name


# -- what do they ask for? -----------------------------------------------------------------------


def musts(facts: Facts, me: Me) -> tuple[Must, ...]:
    """The posting's must-haves beside a profile, in the posting's order. No score: two of three may be plenty."""
    known = {found for one in me.skills if (found := find_skill(one))}
    others = _words(" ".join([me.other, *(one for one in me.skills if find_skill(one) is None)]))
    return tuple(
        Must(say(one.id), _have(one.id, known, others, me), one.evidence.quote)
        for one in facts.skills
        if one.asked == "must"
    )[:_MOST_MUSTS]


def _have(skill: str, known: Collection[str], others: Collection[str], me: Me) -> Have:
    if skill in known:
        return "stated"
    near = not _words(say(skill)).isdisjoint(others)
    return "not sure" if near or not me.skills else "missing"


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", latin(text)))


# -- what was given to check ---------------------------------------------------------------------


def links_in(text: str) -> list[str]:
    """The web addresses in a text, as they can be looked up, each once; a bare "example.org/jobs/1" is one, too."""
    found = [one.rstrip(".,;:!?*_~|") for one in _LINK.findall(text)]
    whole = [one if "://" in one else f"https://{one}" for one in found]
    return list(dict.fromkeys(safe for one in whole if (safe := link(one))))


def is_only_a_link(text: str) -> bool:
    """Nothing but one address, maybe in the brackets in which Discord puts it."""
    return len(text.split()) == 1 and len(links_in(text)) == 1


def posting_of(text: str) -> Posting:
    """What somebody pasted: its first line is the title, if it could be one."""
    plain = clean_lines(html_to_text(text, MAX_TEXT) if re.search(r"</\w+>", text) else text, MAX_TEXT)
    first, _, rest = plain.partition("\n")
    title = first if rest.strip() and len(first) <= _TITLE else ""
    return Posting(title=title, text=plain)


def facts_of_text(text: str) -> str:
    """Facts as JSON of a pasted posting. Run in a worker: a text may be long."""
    return encode(read(posting_of(text)))


def title_line(text: str) -> str:
    """How somebody's message names the job it is about: its first line with words beside links; "" for none."""
    for one in text.splitlines():
        words = " ".join(re.sub(r"[*_~`#>|<()\[\]]+", " ", _LINK.sub(" ", one)).split()).strip(" :-–—·•")
        if re.search(r"[^\W\d_]", words):
            return cut(words, _TITLE)
    return ""
