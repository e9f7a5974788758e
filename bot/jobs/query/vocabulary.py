"""The values that fields take, in the spellings people type, and what to say when one is none of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

from bot.jobs.facts.skills import SKILLS
from bot.jobs.facts.values import Employment, Level
from bot.jobs.query.areas import find_area, nearest_area
from bot.jobs.query.nearest import nearest
from bot.jobs.query.skills import find_skill, nearest_skill
from bot.jobs.query.terms import Has, Leaf, Unstated, Where
from bot.text import latin

ValuedField = Literal["place", "open-to", "level", "type", "skill", "language", "unknown"]
VALUED: tuple[ValuedField, ...] = get_args(ValuedField)

LEVELS: tuple[str, ...] = get_args(Level)
TYPES: Mapping[str, str] = {value.replace("_", "-"): value for value in get_args(Employment)}
LANGUAGES: Mapping[str, str] = {
    **{"en": "English", "de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian"},
    **{"nl": "Dutch", "pl": "Polish", "sv": "Swedish", "da": "Danish", "no": "Norwegian", "fi": "Finnish"},
    **{"cs": "Czech", "sk": "Slovak", "hu": "Hungarian", "ro": "Romanian", "bg": "Bulgarian", "el": "Greek"},
    **{"ru": "Russian", "uk": "Ukrainian", "tr": "Turkish", "ar": "Arabic", "he": "Hebrew", "hi": "Hindi"},
    **{"ja": "Japanese", "ko": "Korean", "zh": "Chinese", "vi": "Vietnamese", "id": "Indonesian"},
    **{"hr": "Croatian", "sr": "Serbian", "sl": "Slovenian", "lt": "Lithuanian", "lv": "Latvian"},
    **{"et": "Estonian", "ca": "Catalan", "th": "Thai", "ms": "Malay", "fa": "Persian", "bn": "Bengali"},
}
# What can be asked for with unknown:
UNKNOWNS = ("place", "pay", "level", "type", "skill", "language", "age", "company", "board")

_ALSO_LEVELS = {
    **{"internship": "intern", "trainee": "intern", "workingstudent": "intern", "entrylevel": "entry"},
    **{"junior": "entry", "jr": "entry", "graduate": "entry", "midlevel": "mid", "middle": "mid"},
    **{"intermediate": "mid", "sr": "senior", "teamlead": "lead", "techlead": "lead", "head": "director"},
    **{"vp": "director", "clevel": "executive"},
}
_ALSO_TYPES = {
    **{
        "contractor": "contract",
        "contracting": "contract",
        "freelancer": "freelance",
        "intern": "internship",
    },
    **{"temp": "temporary"},
}
_MARKS = re.compile(r"[\W_]+")


def _key(text: str) -> str:
    return _MARKS.sub("", latin(text))


_LEVELS = {_key(value): value for value in LEVELS} | _ALSO_LEVELS
_TYPES = {_key(written): value for written, value in TYPES.items()} | _ALSO_TYPES
_LANGUAGES = {code: code for code in LANGUAGES} | {_key(name): code for code, name in LANGUAGES.items()}


def value_of(field: ValuedField, text: str) -> Leaf | None:
    """What `field:text` asks; None when this field has no such value."""
    match field:
        case "place" | "open-to":
            area = find_area(text)
            return Where(field, area) if area else None
        case "skill":
            found = find_skill(text)
            return Has("skill", found, SKILLS[found]) if found else None
        case "level":
            level = _LEVELS.get(_key(text))
            return Has("level", level, level) if level else None
        case "type":
            employment = _TYPES.get(_key(text))
            return Has("type", employment, employment.replace("_", "-")) if employment else None
        case "language":
            code = _LANGUAGES.get(_key(text))
            return Has("language", code, LANGUAGES[code]) if code else None
        case "unknown":
            what = latin(text)
            return Unstated(what) if what in UNKNOWNS else None


def no_such_value(field: ValuedField, text: str) -> str:
    """What to say when `value_of` finds none: what was probably meant, or what there is."""
    known, otherwise = _meant(field, text)
    what = {"open-to": "place", "unknown": "fact"}.get(field, field)
    return f"I know no {what} “{text[:40]}”. " + (f"Did you mean “{known}”?" if known else otherwise)


def _meant(field: ValuedField, text: str) -> tuple[str | None, str]:
    """The nearest value, and what to say when none is near."""
    match field:
        case "place" | "open-to":
            return nearest_area(text), "Write a country, a US state, or a group such as EU."
        case "skill":
            return nearest_skill(text), "Leave “skill:” out to look for the word."
        case "level":
            return nearest(text, LEVELS), f"There is {', '.join(LEVELS)}."
        case "type":
            return nearest(text, list(TYPES)), f"There is {', '.join(TYPES)}."
        case "language":
            return nearest(text, list(LANGUAGES.values())), "Write it in English, or its code, such as en."
        case "unknown":
            return nearest(text, UNKNOWNS), f"There is {', '.join(UNKNOWNS)}."
