"""Pen names: what a member is called in one circle instead of their name. Unique there to every eye. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.refusals import Refusal
from bot.text import latin, tidy

SHORTEST, LONGEST = 2, 32  # characters; 32 is Discord's for a nickname
EVERY_GROUP = "every group"  # the circle of a name that counts in each group where they chose no other

# Small letters that look like a Latin one, or whose capitals do: Cyrillic, Greek, Armenian, then digits and l, i, 1.
_PAIRS = (
    *(
        "аa",
        "вb",
        "еe",
        "ёe",
        "кk",
        "мm",
        "нh",
        "оo",
        "рp",
        "сc",
        "тt",
        "уy",
        "хx",
        "ьb",
        "ѕs",
        "іl",
        "јj",
        "ԁd",
    ),
    *("һh", "ԛq", "ԝw", "ӏl", "αa", "βb", "εe", "ζz", "ηh", "ιl", "κk", "μm", "νn", "οo", "ρp", "τt", "υy"),
    *("χx", "ωw", "ϲc", "օo", "սu", "հh", "ոn", "ցg", "ɑa", "ɡg", "0o", "1l", "il", "|l", "!l", "5s", "з3"),
)
_LOOKS = str.maketrans({pair[0]: pair[1] for pair in _PAIRS})


@dataclass(frozen=True, slots=True)
class PenName:
    circle: str
    name: str
    user_id: int


def skeleton(name: str) -> str:
    """What the eye keeps of a name: letters and digits alone, look-alikes as one. Equal skeletons are one name."""
    seen = latin(tidy(name)).translate(_LOOKS)
    return "".join(c for c in seen if c.isalnum()).replace("rn", "m").replace("vv", "w")


def chosen(name: str, living: Iterable[str]) -> tuple[str, str]:
    """(name, skeleton) of a pen name that may be used. living: names of members, as others see them."""
    name = tidy(name)
    bare = skeleton(name)
    if not (SHORTEST <= len(name) <= LONGEST and any(c.isalnum() for c in name)):
        raise Refusal("pen_name_length", shortest=SHORTEST, longest=LONGEST)
    if bare in {skeleton(one) for one in living}:
        raise Refusal("pen_name_taken")
    return name, bare
