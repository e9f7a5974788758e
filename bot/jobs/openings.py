"""The values of this subject: an opening as we keep it, and a feed's state between two readings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.jobs.facts import Facts, decode
from bot.jobs.query import Document
from bot.ports import Entry, FeedSpec, Validators

# What a feed of one region says when an item names no place: the board's claim, never a proof.
REGION_CLAIMS = {"WORLD": "Worldwide", "EMEA": "EMEA"}

Hidden = Literal["opening", "company"]  # what a member hides from themselves
Silent = Literal["first_reading", "old", "on_site", "no_job", "many"]
ClosedWhy = Literal["expired", "gone"]


@dataclass(frozen=True, slots=True)
class Opening:
    """One job, open or closed. `place_claim` and `pay_claim` are the board's words; `facts` are what was read.

    feed_id, board, url: where it was seen first. folded_into: the opening in whose message this one is told.
    silent: why it was never told. reposts: how often it came back after it was gone.
    """

    id: int
    feed_id: str
    board: str
    attribution: str
    company: str
    title: str
    url: str
    place_claim: str
    pay_claim: str
    tags: tuple[str, ...]
    text: str
    published_at: datetime | None
    first_seen_at: datetime
    expires_at: datetime | None = None
    storm_id: int | None = None
    facts_json: str = ""
    folded_into: int | None = None
    silent: Silent | None = None
    closed_at: datetime | None = None
    closed_why: ClosedWhy | None = None
    reposts: int = 0
    reposted_at: datetime | None = None
    changed_at: datetime | None = None

    @property
    def facts(self) -> Facts:
        """What was read out of it; NO_FACTS for one that was kept before facts were read."""
        return decode(self.facts_json)

    @property
    def dated(self) -> datetime:
        """When it was published; an undated one counts from when we first saw it (research/rss.md 5.2)."""
        return self.published_at or self.first_seen_at

    def age(self, now: datetime) -> timedelta:
        return max(now - self.dated, timedelta(0))

    def ran_out(self, now: datetime) -> bool:
        """Is the end that its board set over?"""
        return self.expires_at is not None and self.expires_at <= now

    def document(self, now: datetime | None = None) -> Document:
        """What a filter looks at; without `now` its age is unknown."""
        return Document.of(
            title=self.title,
            company=self.company,
            board=self.board,
            tags=self.tags,
            text=self.text,
            facts=self.facts,
            age=None if now is None else self.age(now),
        )


def place_claim_of(entry: Entry, feed: FeedSpec) -> str:
    """What the board says of the place; a feed of one region says that where an item says nothing."""
    return entry.place_claim or REGION_CLAIMS.get(feed.assume_region or "", feed.assume_region or "")


def opening_of(entry: Entry, opening_id: int, feed: FeedSpec, now: datetime, storm_id: int | None) -> Opening:
    """The opening that a new entry is, with the board's claims as they are."""
    return Opening(
        id=opening_id,
        feed_id=feed.id,
        board=feed.name,
        attribution=feed.attribution or f"via {feed.name}",
        company=entry.company,
        title=entry.title,
        url=entry.url,
        place_claim=place_claim_of(entry, feed),
        pay_claim=entry.pay_claim,
        tags=entry.tags,
        text=entry.text,
        published_at=None if feed.date == "first_seen" else entry.published,
        first_seen_at=now,
        expires_at=entry.expires,
        storm_id=storm_id,
        facts_json=entry.facts,
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """What a reading asks of an opening that we have: is an entry it, and what has become of it? Without its text."""

    id: int
    feed_id: str
    company: str
    title: str
    url: str
    place_claim: str
    pay_claim: str
    published_at: datetime | None
    first_seen_at: datetime
    last_seen_at: datetime
    facts_json: str = ""
    expires_at: datetime | None = None
    closed_at: datetime | None = None
    closed_why: ClosedWhy | None = None
    reposts: int = 0
    reposted_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeenOn:
    """One feed that showed an opening. url: its page on that board.

    missed: good readings of a full list, one after the other, that were without it.
    """

    opening_id: int
    feed_id: str
    board: str
    attribution: str
    url: str
    first_seen_at: datetime
    last_seen_at: datetime
    missed: int = 0


@dataclass(frozen=True, slots=True)
class FeedState:
    """What we know of a feed between two readings; times are when it last happened, None if never."""

    id: str
    url: str
    next_read_at: datetime
    first_read_at: datetime | None = None
    last_good_at: datetime | None = None
    validators: Validators = field(default_factory=Validators)
    failures: int = 0  # in a row
    trouble_since: datetime | None = None
    last_changed_at: datetime | None = None  # when it last gave a body that was not what we had
    last_new_at: datetime | None = None  # when it last brought something new
    usual_new_pct: int = 0  # how much of a reading is usually new, 0–100
