"""A request, who reads it, a round and one reading, as every rule and page of this subject sees them. Only values.

Moments are aware UTC; a local time is a weekday (0 Monday) and minutes after midnight with an IANA zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["resume", "profile", "letter", "answer", "pitch", "portfolio"]
KINDS: tuple[Kind, ...] = ("resume", "profile", "letter", "answer", "pitch", "portfolio")

Mode = Literal["open", "blind"]
"""open: author and readers meet in one thread. blind: each reader has a thread of their own and no names are told."""

When = Literal["soon", "round"]
"""soon: as soon as somebody fits. round: with everybody else in the next weekly round, where the fit is best."""

RequestState = Literal["draft", "waiting", "in_review", "delivered", "closed", "withdrawn", "expired"]
"""draft: its document does not stand in its thread yet."""

RoundState = Literal["open", "locked", "previewed", "published", "closed", "cancelled"]
Drawn = Literal["weekly", "hand", "tick"]

ReadingState = Literal[
    "proposed", "accepted", "submitted", "rated", "declined", "timed_out", "expired", "reassigned", "ended"
]
"""reassigned: taken back before it was accepted. ended: parted, withdrawn or erased; every early end reads alike."""

LIVE: frozenset[ReadingState] = frozenset({"proposed", "accepted"})
DELIVERED: frozenset[ReadingState] = frozenset({"submitted", "rated"})
EARLY: frozenset[ReadingState] = frozenset({"declined", "timed_out", "expired", "reassigned", "ended"})


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server reads for each other. channel_id: in which threads open; None: reviews are off.

    weekly: a round is drawn each week at day and minute of the zone. preview_h: so many hours moderators may look
    before it publishes itself; 0: at once. patience_h: so long only pairs from `least` on count for who wants it
    soon.
    keep_days: a document goes so long after its last review came. next_round_at, next_tick_at: when they are due.
    """

    guild_id: int
    channel_id: int | None = None
    zone: str = "UTC"
    weekly: bool = True
    day: int = 0
    minute: int = 9 * 60
    preview_h: int = 12
    patience_h: int = 24
    least: int = 700
    keep_days: int = 14
    next_round_at: datetime | None = None
    next_tick_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Something its author wants read. needs: how many readers. language: BCP 47 of the document.

    target: the posting it is for, as text; asks: what readers should look at; link: of a profile or portfolio; text:
    pasted words of a letter, answer or pitch. revision: 1, after a revised version 2. waiting_since: counts for who
    waits longest. first: since when its author waits first of all, after a reader did not deliver.
    thread_id, message_id: where the document stands; pages, sha256: of it. named: its author lets readers see who
    they are (mode open). expires_at: when it goes by itself.
    """

    id: int
    guild_id: int
    author_id: int
    kind: Kind
    mode: Mode
    when: When
    needs: int
    language: str
    state: RequestState
    made_at: datetime
    target: str = ""
    asks: str = ""
    link: str = ""
    text: str = ""
    revision: int = 1
    pages: int = 0
    sha256: str = ""
    waiting_since: datetime | None = None
    first: datetime | None = None
    thread_id: int | None = None
    message_id: int | None = None
    tried_at: datetime | None = None
    delivered_at: datetime | None = None
    expires_at: datetime | None = None
    gone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who reads for others. capacity: documents at a time, 1 to 4. languages: they read.

    sample_at: when they had read the sample together with us. paused_until: they read nothing till then.
    """

    guild_id: int
    user_id: int
    capacity: int
    kinds: tuple[Kind, ...]
    languages: tuple[str, ...]
    joined_at: datetime
    sample_at: datetime | None = None
    paused_until: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """One draw. given, result: what the matcher was asked and answered, as JSON, kept before anybody is told.

    publish_at: when it goes on by itself, in whatever state it is. opened_by: a moderator, None: by itself.
    """

    id: int
    guild_id: int
    drawn: Drawn
    state: RoundState
    seed: str
    opened_at: datetime
    opened_by: int | None = None
    given: str = ""
    result: str = ""
    locked_at: datetime | None = None
    publish_at: datetime | None = None
    published_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One reader of one request. reasons: why these two, as `bot.reviews.fit` writes them down (JSON).

    clarity: a newcomer, who answers for clarity only and beside the others. accept_by, due_at, remind_at: None when
    they don't count any more; next_at: the first of them. reminded: how many reminders were said. thread_id: the
    reader's own, in a blind one. let_in_at, let_out_at: Discord did so.
    """

    id: int
    guild_id: int
    round_id: int
    request_id: int
    author_id: int
    reader_id: int
    state: ReadingState
    score: int
    reasons: str
    proposed_at: datetime
    clarity: bool = False
    accept_by: datetime | None = None
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    remind_at: datetime | None = None
    reminded: int = 0
    next_at: datetime | None = None
    submitted_at: datetime | None = None
    ended_at: datetime | None = None
    thread_id: int | None = None
    tried_at: datetime | None = None
    message_id: int | None = None
    let_in_at: datetime | None = None
    let_out_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """What the author says of one review."""

    reading_id: int
    helpful: bool
    specific: bool
    respectful: bool
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. amount: +1 given, −1 received; any number that a moderator waived."""

    user_id: int
    amount: int
    why: Literal["given", "received", "kept", "waived"]
    at: datetime
    reading_id: int | None = None
