"""Where a text names places: single mentions, and runs of them ("Lisbon, Portugal; Spain or the UK"). Pure.

A mention is where the lexicon's longest name stands. Names must be capitalised, except in a board's own place field,
and what is a word of its own ("Mobile") or an abbreviation ("OR") only counts beside the place it belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from bot.jobs.facts.place import names
from bot.jobs.facts.place.names import Name
from bot.jobs.facts.place.spellings import SHORT
from bot.text import latin

# A capitalised word. U.S. and flags are looked for only in texts that have one: this pattern runs over every text.
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÞĀ-Ž]\w*")
_WORD = re.compile(r"\b[^\W\d_]\w*")
_ODD = r"(?<!\w)(?:U\.\s?S\.(?:\s?A\b\.?)?|U\.\s?K\b\.?|E\.\s?U\b\.?)|[\U0001f1e6-\U0001f1ff]{2}"
_CAPITALISED_OR_ODD = re.compile(rf"{_ODD}|{_CAPITALISED.pattern}")
_WORD_OR_ODD = re.compile(rf"{_ODD}|{_WORD.pattern}")
_IS_ODD = re.compile("[UE]\\. ?[SKU]|[\U0001f1e6-\U0001f1ff]")
_NEXT = re.compile(r"[ \t\-.,/'’‑]{0,2} ?(&|[^\W_]+)")
_FLAG_OFFSET = 0x1F1E6 - ord("A")
# Abbreviations that are English words in capitals, products, or hours: they need the town they belong to.
_WORDY_CODES = "OR IN ME OK HI AS AM PM IS TO NO SO AI BE AT IT IO MS MD PR AD"
_WORDY = frozenset(_WORDY_CODES.split())
_CLOCK = frozenset(("PT", "ET", "CT", "MT"))
# "CONTACT US" is no country.
_CALLS = re.compile(
    r"\b(?:ABOUT|CALL|CHOOSE|CONTACT|EMAIL|FIND|FOLLOW|GIVE|HELP|JOIN|LET|TELL|VISIT|WHY|WITH)\s$"
)
_DIVIDER = r"[\s,;/|&+•·()\[\]\-–—:]*"
_GAP = re.compile(
    _DIVIDER
    + r"(?:(?:\d{1,3}|and|or|und|oder|der|die|den|y|o|e|et|ou|the|also|either|remote(?:ly)?|only|plus"
    r"|as well as|in|from|based|within|anywhere|hybrid|on-?site|parts of|countries|including|like"
    r"|such as|e\.?g\.?|preferably)\b[.]?" + _DIVIDER + "){0,4}",
    re.IGNORECASE,
)
_CODES_BEFORE = re.compile(r"\b(?:EU|UK|US|USA|UAE|NZ)\s?(?:,|/|&|,? or|,? and)\s?$")
_STATE_BEFORE = re.compile(r"\b([A-Z]{2})(?:,|/|,? or|,? and|,? &)\s?$")
_STATE_BEHIND = re.compile(r"(?:,|/|,? or|,? and|,? &)\s?([A-Z]{2})\b")
_BULLET = re.compile(r"[,;.]?\s*\n\s*[•*·-]\s*")
_LISTED = re.compile(r"\s?(?::|\()\s*(?:the\s)?")
_CLOSE = re.compile(r",?\s*\(?-?\s?")
_REMOTE_BEHIND = re.compile(r"[\s,-]{1,3}[Rr]emote")
_CODE = re.compile(r"(?:,|\s-|-|\s\()?\s?([A-Z]{2,3})(?![\w'’])")
_REGION = re.compile(r",\s*([A-Z]\w+)")
_ENDS = re.compile(r"\s*(?:$|[^\sA-Za-z])")
_MOST_WORDS = 6_000  # capitalised ones
_MOST = 300  # mentions: a text that is nothing but places says nothing of one
_LARGE = 300  # thousands of people: of such a city no namesake is meant


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    name: Name


@dataclass(frozen=True, slots=True)
class Run:
    """Places that stand together, in the text's order; their countries are the union."""

    start: int
    end: int
    mentions: tuple[Mention, ...]

    @property
    def countries(self) -> frozenset[str]:
        return frozenset().union(*(one.name.countries for one in self.mentions))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.name.label for one in self.mentions if one.name.label))

    @property
    def parts(self) -> frozenset[str]:
        """The parts that are named; none where a country is named as a whole too."""
        whole: set[str] = set()
        for one in self.mentions:
            if one.name.kind in ("country", "group"):
                whole |= one.name.countries
        return frozenset(
            one.name.part for one in self.mentions if one.name.part and not one.name.countries <= whole
        )

    @property
    def broad(self) -> bool:
        """Is a whole country or more named, not only towns and states?"""
        return any(one.name.kind in ("country", "group") for one in self.mentions)


def runs(text: str, *, loose: bool = False) -> list[Run]:
    """The runs of places in a text. loose: a place field, where case is no sign and codes may stand alone."""
    found = [*islice(_mentions(text, loose), _MOST)]
    return [_run(text, group) for group in _together(text, found, loose)] if found else []


def _mentions(text: str, loose: bool) -> Iterator[Mention]:
    end = 0
    if _IS_ODD.search(text):
        pattern = _WORD_OR_ODD if loose else _CAPITALISED_OR_ODD
    else:
        pattern = _WORD if loose else _CAPITALISED
    for first in islice(pattern.finditer(text), _MOST_WORDS):
        if first.start() < end:
            continue
        word = first[0]
        found = None
        options, plain = _options(word)
        if options:
            found = _longest(text, first.start(), first.end(), word, options, loose)
        if not plain:
            found = _odd(text, first.start(), first.end(), word, loose)
        elif found is None and len(word) <= 3 and word.isupper():
            found = _code(text, first.start(), first.end(), word, loose)
        if found is not None:
            end = found.end
            yield found


@lru_cache(maxsize=20_000)  # postings begin their sentences with the same words
def _options(word: str) -> tuple[Sequence[tuple[tuple[str, ...], Name]], bool]:
    """The names that begin with this word, and whether it is of the letters a to z alone."""
    plain = word.isascii() and word.isalpha()
    return (names.lexicon().get(word.lower()) or ()) if plain else (), plain


def _longest(
    text: str,
    start: int,
    end: int,
    word: str,
    options: Sequence[tuple[tuple[str, ...], Name]],
    loose: bool,
) -> Mention | None:
    second = _NEXT.match(text, end)
    second_word = _folded(second[1]) if second else ""
    for others, name in options:
        if others:
            last = _follow(text, end, others) if others[0] == second_word else None
            if last and (loose or name.kind == "group" or text[last[0]].isupper() or last[1] - last[0] <= 2):
                return Mention(start, last[1], name)
        elif _counts(text, end, word, name, loose):
            return Mention(start, end, name)
    return None


def _follow(text: str, at: int, words: tuple[str, ...]) -> tuple[int, int] | None:
    """Where the last of these words stands, if they follow one another from here on."""
    last = (at, at)
    for word in words:
        found = _NEXT.match(text, last[1])
        if found is None or _folded(found[1]) != word:
            return None
        last = found.span(1)
    return last


def _counts(text: str, end: int, word: str, name: Name, loose: bool) -> bool:
    """Is this one word a name here? Short ones are in capitals, and what is a word too needs its place beside it."""
    if len(word) <= 2 and not word.isupper():
        return False
    if loose:
        return True
    if len(word) == 3 and not word.isupper() and name.kind != "city":
        return False
    return not (name.kind == "city" and name.word) or _beside_its_place(text, end)


def _folded(word: str) -> str:
    return "and" if word == "&" else word.lower() if word.isascii() else latin(word)


def _beside_its_place(text: str, end: int) -> bool:
    code = _CODE.match(text, end)
    if code is not None and (code[1] in names.STATES or code[1] in SHORT):
        return True
    region = _REGION.match(text, end)
    return region is not None and region[1].lower() in names.lexicon()


def _odd(text: str, start: int, end: int, word: str, loose: bool) -> Mention | None:
    """A flag, U.S., or a word with other letters than a-z."""
    if ord(word[0]) >= 0x1F1E6:
        code = "".join(chr(ord(one) - _FLAG_OFFSET) for one in word)
        return Mention(start, end, Name("country", frozenset((code,)))) if names.say(code) != code else None
    if "." in word:
        known = names.lookup(word)
        return Mention(start, end, known) if known else None
    options = names.lexicon().get(latin(word))
    return _longest(text, start, end, word, options, loose) if options else None


def _code(text: str, start: int, end: int, word: str, loose: bool) -> Mention | None:
    """Two or three capitals: US always, TX behind a comma, everything in a place field."""
    if word == "US" and _CALLS.search(text, max(0, start - 12), start):
        return None
    if country := SHORT.get(word):
        if len(word) == 3 and not loose and word not in ("USA", "UAE", "GBR", "AUS"):
            return None
        return Mention(start, end, Name("country", frozenset((country,))))
    as_country = Name("country", frozenset((word,))) if names.say(word) != word else None
    if not loose and as_country and _CODES_BEFORE.search(text, max(0, start - 12), start):
        return Mention(start, end, as_country)
    if word in names.STATES and not loose and _in_a_list(text, start, end):
        return Mention(start, end, Name("part", frozenset(("US",)), part=names.STATES[word]))
    behind_town = text[max(0, start - 2) : start].strip() == "," and text[max(0, start - 3)].isalpha()
    if word in _WORDY or word in _CLOCK:
        behind_town = behind_town and bool(loose or _ENDS.match(text, end))
    if not behind_town and (not loose or word in _WORDY or word in _CLOCK):
        return None
    part = names.STATES.get(word) or names.PROVINCES.get(word)
    if part:
        also = (as_country,) if as_country else ()
        return Mention(start, end, Name("part", frozenset((part[:2],)), part=part, also=also))
    return Mention(start, end, as_country) if as_country and loose else None


def _in_a_list(text: str, start: int, end: int) -> bool:
    """Stands it among the abbreviations of other states: TX, FL or GA?"""
    before, behind = _STATE_BEFORE.search(text, max(0, start - 9), start), _STATE_BEHIND.match(text, end)
    return any(found is not None and found[1] in names.STATES for found in (before, behind))


def _together(text: str, found: list[Mention], loose: bool) -> Iterator[list[Mention]]:
    """Mentions with nothing but commas and little words between them."""
    group = [found[0]]
    for one in found[1:]:
        gap = text[group[-1].end : one.start]
        if len(gap) <= 40 and (loose or "\n" not in gap or _BULLET.fullmatch(gap)) and _GAP.fullmatch(gap):
            group.append(one)
        else:
            yield group
            group = [one]
    yield group


def _run(text: str, group: list[Mention]) -> Run:
    merged = _settled(_merged(text, group))
    return Run(group[0].start, group[-1].end, tuple(merged))


def _merged(text: str, group: list[Mention]) -> list[Mention]:
    """From the right, each name is read as inside the next: "Toronto, Ontario, Canada" is one place."""
    out = [group[-1]]
    for one in reversed(group[:-1]):
        after = out[0]
        gap = text[one.end : after.start]
        if one.name.kind == "group":
            if not (after.name.countries < one.name.countries and _LISTED.fullmatch(gap)):
                out.insert(0, one)  # else "Asia (Japan, Singapore)" is these two
        elif (inner := _inside(one.name, after.name, gap)) and not _REMOTE_BEHIND.match(text, after.end):
            out[0] = Mention(one.start, after.end, inner)
        else:
            out.insert(0, one)
    return out


def _small_namesake(town: Name, outer: Name, gap: str) -> bool:
    """Vienna, Virginia; Santa Cruz, Bolivia: a town too small for the lexicon. But London, New York are two."""
    if town.kind != "city" or "," not in gap:
        return False
    if outer.kind == "part":
        return not any(one.people >= _LARGE for one in outer.also)
    return outer.kind == "country" and town.people < _LARGE


def _inside(inner: Name, outer: Name, gap: str) -> Name | None:
    """A name as a place in the next one, if only a comma is between them and there is such a place."""
    if outer.kind not in ("country", "part") or not _CLOSE.fullmatch(gap):
        return None
    for other in (outer, *outer.also):
        found = inner.within(other)
        if found is not None and found.kind != "country":
            part = found.part or other.part
            return (
                found if part == found.part else Name(found.kind, found.countries, part, people=found.people)
            )
    return outer if _small_namesake(inner, outer, gap) else None


def _settled(mentions: list[Mention]) -> list[Mention]:
    """What is still open is read by its neighbours: Georgia beside Texas is the state, CA beside PT is Canada."""
    others = [one.name for one in mentions if not one.name.also]
    american = any("US" in one.countries and one.kind != "group" for one in others)
    codes_of_countries = any(one.kind == "country" and one.countries != {"US"} for one in others)
    out = []
    for one in mentions:
        name = one.name
        if name.kind == "country" and american and len(mentions) > 1:
            name = next((two for two in name.also if two.countries == {"US"} and two.kind == "part"), name)
        elif name.kind == "part" and name.also and codes_of_countries and one.end - one.start == 2:
            name = next((two for two in name.also if two.kind == "country"), name)
        out.append(one if name is one.name else Mention(one.start, one.end, name))
    return out
