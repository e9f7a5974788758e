"""Who knows this company? How many are counted, whom it is put to next, and what the asker sees. Pure.

Three things must not be learnt here: who works where, who said no, and who keeps away from whom.

- *The number* depends on what people opened to everybody here and on nothing else: it is the same for every asker.
  Blocks and guards don't change it, in either direction. Were an asker's own blocks left out of it, they could block
  one member after the other and see at whom "a few" becomes "nobody"; were a candidate's guard left out, two askers
  could compare their pages, and a boss would see a number move on the day on which somebody guards against them.
  Below five it says "a few", above it moves in steps of five, so that one more or less rarely shows.
- *Colleagues* are the exception, and only the asker's own word makes it: whoever told that they work there, or guards
  against that company, gets "nobody", whoever is there. What Ana does in private is not in it: Bob's page depends on
  what Bob told, and Ana, who searches in private with every door shut, is counted for nobody.
- *Asking* goes by `may_meet`, both ways, in silence. An inquiry has a fixed number of rounds, a week each, and each
  puts one ask: to somebody willing, or to nobody at all when there is none (left). So declined, ignored, blocked and
  "there was only one" look the same: "asked", until somebody says yes or the last round is over.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.people.introductions import MAX_WORDS, NOBODY, WAITS
from bot.people.keyed import mark
from bot.text import cut, tidy

ROUNDS = 4
LASTS = ROUNDS * WAITS
LATER = timedelta(days=1)  # when the asker has as many asks open as they may

State = Literal["asking", "found", "ended"]
Standing = Literal["free", "asked", "found", "over"]
"""Not asked by me; asked, and nobody said yes yet; somebody did; its time is over."""


@dataclass(frozen=True, slots=True)
class Inquiry:
    """asked: whom it was put to, a round each, NOBODY among them. introduction_id: of the round that is open."""

    id: int
    guild_id: int
    user_id: int
    mark: str
    company: str
    asked: tuple[int, ...]
    introduction_id: int | None
    state: State
    made_at: datetime
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Knows:
    """What an asker sees. number: of those who said so, as `bot.people.counted` tells it.

    until: when the last round is over, of one that was asked.
    """

    company: str
    number: int
    standing: Standing
    until: datetime | None = None


def standing(one: Inquiry | None, accepted: bool, now: datetime) -> Standing:
    """By the clock and by a yes alone, until its time is over."""
    if one is None:
        return "free"
    if accepted or one.state == "found":
        return "found"
    return "asked" if now < one.made_at + LASTS or one.state == "asking" else "over"


def next_of(
    secret: bytes, guild_id: int, user_id: int, willing: Sequence[int], asked: Collection[int]
) -> int:
    """Whom the next round is put to; NOBODY when everybody was asked.

    The order is drawn anew for each asker, so that nobody is always the first, and it tells nothing.
    """
    left = [one for one in willing if one not in asked]
    return min(left, key=lambda one: mark(secret, "inquiry", guild_id, user_id, one), default=NOBODY)


def words_about(company: str, words: str) -> str:
    """The line as whoever is asked reads it."""
    return cut(f"About {tidy(company, 80)}: {tidy(words)}", MAX_WORDS)
