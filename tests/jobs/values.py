"""Plain values for the tests of this subject; every argument has a sensible default."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.jobs.openings import FeedState, Opening
from bot.ports import Entry, FeedSpec

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def entry(number: int = 1, **given: Any) -> Entry:
    """An entry that differs from every other number's in guid, link and title."""
    values: dict[str, Any] = {
        "guid": f"guid-{number}",
        "url": f"https://board.example/jobs/{number}",
        "title": f"Engineer {number}",
        "company": "Invented Ltd",
        "place_claim": "Anywhere",
        "published": NOW - timedelta(hours=1),
    }
    return Entry(**{**values, **given})


def feed(**given: Any) -> FeedSpec:
    return FeedSpec(**{"id": "board", "name": "Board", "url": "https://board.example/feed", **given})


def state(**given: Any) -> FeedState:
    """A feed that was read an hour ago, and first ten days ago."""
    values: dict[str, Any] = {
        "id": "board",
        "url": "https://board.example/feed",
        "next_read_at": NOW,
        "first_read_at": NOW - timedelta(days=10),
        "last_good_at": NOW - timedelta(hours=1),
    }
    return FeedState(**{**values, **given})


def opening(number: int = 1, **given: Any) -> Opening:
    values: dict[str, Any] = {
        "id": number,
        "feed_id": "board",
        "board": "Board",
        "attribution": "via Board",
        "company": "Invented Ltd",
        "title": f"Engineer {number}",
        "url": f"https://board.example/jobs/{number}",
        "place_claim": "Anywhere",
        "pay_claim": "",
        "tags": (),
        "text": "",
        "published_at": NOW - timedelta(hours=number),
        "first_seen_at": NOW,
    }
    return Opening(**{**values, **given})
