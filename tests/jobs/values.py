"""Plain values for the tests of this subject; every argument has a sensible default."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.jobs.facts import NO_FACTS, Place, encode
from bot.jobs.openings import FeedState, Kept, Opening, SeenOn
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
    """A feed in which no reading is too long, and no company has too many."""
    much = {"max_new_per_poll": 1_000, "max_per_company_per_day": 1_000}
    return FeedSpec(**{"id": "board", "name": "Board", "url": "https://board.example/feed", **much, **given})


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


def told_by(key: str, variant: str = "", *countries: str, **given: Any) -> str:
    """Facts as JSON, with these keys: `key` of the opening, `variant` without its place; restricted to countries."""
    place = Place("restricted", countries) if countries else Place()
    facts = replace(NO_FACTS, opening_key=key, variant_key=variant, place=place)
    return encode(replace(facts, **given))


def kept(number: int = 1, **given: Any) -> Kept:
    """What is kept of `opening(number)`, seen a minute ago."""
    one = opening(number)
    names = (
        "id",
        "feed_id",
        "company",
        "title",
        "url",
        "place_claim",
        "pay_claim",
        "published_at",
        "first_seen_at",
    )
    values = {name: getattr(one, name) for name in names}
    return Kept(**{**values, "last_seen_at": NOW - timedelta(minutes=1), **given})


def seen_on(number: int = 1, **given: Any) -> SeenOn:
    """`opening(number)` on its first board, from an hour to a minute ago."""
    one = opening(number)
    values: dict[str, Any] = {
        "opening_id": number,
        "feed_id": one.feed_id,
        "board": one.board,
        "attribution": one.attribution,
        "url": one.url,
        "first_seen_at": NOW - timedelta(hours=1),
        "last_seen_at": NOW - timedelta(minutes=1),
    }
    return SeenOn(**{**values, **given})
