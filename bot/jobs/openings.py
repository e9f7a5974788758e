"""The values of this subject: an opening as we keep it, and a feed's state between two readings."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.jobs.query import Document
from bot.ports import Entry, FeedSpec, Validators

# What a feed of one region says when an item names no place: the board's claim, never a proof.
REGION_CLAIMS = {"WORLD": "Worldwide", "EMEA": "EMEA"}


@dataclass(frozen=True, slots=True)
class Opening:
    """One job that is open. `place_claim` and `pay_claim` are the board's words; facts come with the jobs issue."""

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

    @property
    def dated(self) -> datetime:
        """When it was published; an undated one counts from when we first saw it (research/rss.md 5.2)."""
        return self.published_at or self.first_seen_at

    def age(self, now: datetime) -> timedelta:
        return max(now - self.dated, timedelta(0))

    def document(self) -> Document:
        """What a filter looks at."""
        return Document.of(
            title=self.title, company=self.company, board=self.board, tags=self.tags, text=self.text
        )


def opening_of(entry: Entry, opening_id: int, feed: FeedSpec, now: datetime, storm_id: int | None) -> Opening:
    """The opening that a new entry is, with the board's claims as they are."""
    region = REGION_CLAIMS.get(feed.assume_region or "", feed.assume_region or "")
    return Opening(
        id=opening_id,
        feed_id=feed.id,
        board=feed.name,
        attribution=feed.attribution or f"via {feed.name}",
        company=entry.company,
        title=entry.title,
        url=entry.url,
        place_claim=entry.place_claim or region,
        pay_claim=entry.pay_claim,
        tags=entry.tags,
        text=entry.text,
        published_at=None if feed.date == "first_seen" else entry.published,
        first_seen_at=now,
        expires_at=entry.expires,
        storm_id=storm_id,
    )


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
