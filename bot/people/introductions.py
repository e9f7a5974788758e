"""Introductions: one asks, the other accepts or lets it lapse, and nobody ever learns of a "no". Pure.

What the asker sees depends on what they did themselves and on the clock alone, until the other accepts: declined,
ignored, blocked, gone or never there look the same and end at the same moment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.people.members import FIELDS as WORK
from bot.people.members import LEVELS, OPEN_TO, Profile
from bot.refusals import Refusal
from bot.text import tidy

State = Literal["asked", "accepted", "declined", "lapsed", "withdrawn"]

WAITS = timedelta(days=7)
NOT_AGAIN_FOR = timedelta(days=90)  # an ask that was declined is not put to the same person sooner
MAX_WORDS = 300
NOBODY = 0  # the asked one is gone without a trace


@dataclass(frozen=True, slots=True)
class Introduction:
    id: int
    guild_id: int
    asker_id: int
    asked_id: int
    words: str
    state: State
    asked_at: datetime
    lapses_at: datetime
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """What everybody here may know of somebody without a name: only what they opened to the server. Labels."""

    field: str = ""
    level: str = ""
    open_to: tuple[str, ...] = ()


def shown(profile: Profile) -> Shown:
    """The opened ones of field, level and open to, in words."""
    seen = profile.seen_by("server")
    return Shown(
        WORK.get(profile.field, "") if "field" in seen else "",
        LEVELS.get(profile.level, "") if "level" in seen else "",
        tuple(OPEN_TO[one] for one in profile.open_to if one in OPEN_TO) if "open_to" in seen else (),
    )


def words_of(text: str) -> str:
    """The line that goes along. Refuses an empty one."""
    if words := tidy(text, MAX_WORDS):
        return words
    raise Refusal("words_empty")


def is_open(one: Introduction, now: datetime) -> bool:
    """For the asker: does it still wait? A "no" changes nothing here."""
    return one.state != "accepted" and now < one.lapses_at


def can_be_answered(one: Introduction, now: datetime) -> bool:
    """For the asked one: may they still accept or decline?"""
    return one.state == "asked" and now < one.lapses_at


def lands(earlier: list[Introduction], now: datetime) -> bool:
    """Is the asked one told? Not while an ask waits for them, nor within 90 days of one that they declined.

    earlier: asks of the same asker to the same person. The asker is not told which: it would tell of a "no".
    """
    return not any(
        can_be_answered(one, now) or (one.state == "declined" and now < one.asked_at + NOT_AGAIN_FOR)
        for one in earlier
    )
