"""What is said about reviews, as finished values. No public message is among them; a blind one names nobody.

about: what a reader calls the request: its target in one line, else its kind. Early ends all read alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.reviews.values import Kind, Mode

PROPOSED, REMINDER, READY = "review_proposed", "review_reminder", "review_ready"  # letters
OVER, NOBODY = "review_over", "review_nobody"  # letters
HELLO, PAGES, WORD = "review_hello", "review_pages", "review_word"  # in private threads
ROUND, BLOCKED = "review_round", "review_blocked"  # to moderators


@dataclass(frozen=True, slots=True)
class Proposed:
    """To a reader: would they read this? reasons: why these two, in words. due_days: after they accept."""

    guild_id: int
    server: str
    reading_id: int
    kind: Kind
    about: str
    accept_by: datetime
    due_days: int
    reasons: tuple[str, ...] = ()
    clarity: bool = False
    named: bool = True  # may it say what it is about? (the door dm_names)


@dataclass(frozen=True, slots=True)
class Reminder:
    """To a reader who accepted. last: it is the last one."""

    guild_id: int
    server: str
    reading_id: int
    kind: Kind
    about: str
    due_at: datetime
    answered: int
    items: int
    last: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class Ready:
    """To an author: a review of theirs is here. revised: of the second version. missing: readers still to come."""

    guild_id: int
    server: str
    request_id: int
    kind: Kind
    missing: int = 0
    revised: bool = False
    named: bool = True


@dataclass(frozen=True, slots=True)
class Over:
    """To either side: one reading is over before its end. The author is first in the next draw.

    next_at: of a reading that is tried again, when a reader is expected; None: nothing is to come.
    """

    guild_id: int
    server: str
    request_id: int
    kind: Kind
    to: Literal["author", "reader"]
    next_at: datetime | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Nobody:
    """To an author: nobody fits this week. next_at: the next draw."""

    guild_id: int
    server: str
    request_id: int
    kind: Kind
    next_at: datetime | None = None
    named: bool = True


@dataclass(frozen=True, slots=True)
class Hello:
    """The first words in a request's own thread. keepers: roles that can open private threads here."""

    guild_id: int
    request_id: int
    kind: Kind
    mode: Mode
    target: str
    asks: str
    link: str
    text: str
    needs: int
    keepers: tuple[str, ...] = ()
    keep_days: int = 14
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Pages:
    """The first words in a reader's own thread; the pages stand below it."""

    guild_id: int
    reading_id: int
    kind: Kind
    target: str
    asks: str
    link: str
    text: str
    due_at: datetime
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A line in a private thread. what: a reader came, a review came, a second version stands here, it is over."""

    guild_id: int
    request_id: int
    what: Literal["reader", "review", "revised", "over"]
    user_id: int = 0


@dataclass(frozen=True, slots=True)
class RoundDrawn:
    """To moderators: a round waits for a look. publish_at: when it publishes itself.

    The numbers are rounded as `bot.people.counted` does: 0 nobody, 1 a few, else so many or more.
    """

    guild_id: int
    round_id: int
    requests: int
    readers: int
    filled: int
    wanted: int
    short: int
    publish_at: datetime | None
    state: Literal["previewed", "published", "cancelled"] = "previewed"


@dataclass(frozen=True, slots=True)
class Blocked:
    """To moderators: threads can't be opened, or written to, in the channel for reviews."""

    guild_id: int
    channel_id: int
    code: str
