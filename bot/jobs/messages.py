"""What this subject says in a channel: finished values, kept as JSON in the outbox, drawn by `cogs.jobs.cards`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class OpeningCard:
    """One opening in one channel. `filter` is the one it passed, as its moderator wrote it."""

    opening_id: int
    title: str
    company: str
    url: str
    attribution: str
    place_claim: str
    pay_claim: str
    published_at: datetime | None
    first_seen_at: datetime
    subscription_id: int
    filter: str


@dataclass(frozen=True, slots=True)
class FeedTrouble:
    """A feed that this server hears has failed several times in a row."""

    feed_id: str
    board: str
    words: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FeedRecovered:
    feed_id: str
    board: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class StormHeld:
    """Most of a feed suddenly looks new; its openings wait for a moderator."""

    storm_id: int
    board: str
    held: int
    of: int
    titles: tuple[str, ...]  # up to three, to judge by


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """Cards that could not be said; `code` as in `bot.deliveries.outcome`. The channel's own trouble pauses all."""

    subscription_id: int
    channel_id: int
    filter: str
    code: str
    detail: str
    waiting: int  # cards that wait until it goes on
    cards: int = 1  # that died or are uncertain together
