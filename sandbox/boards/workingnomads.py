"""Working Nomads' JSON: a bare array. No id but in the link, tags as one text, dates with New York's offset."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://workingnomads.example/job/go"

_ZONE = ZoneInfo("America/New_York")


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    return dump([_job(posting) for posting in postings[:50]])


def _job(posting: Posting) -> dict[str, str]:
    return {
        "url": f"{LINK}/{posting.number}/",
        "title": posting.role,
        "description": html(posting),
        "company_name": posting.company,
        "category_name": posting.category,
        "tags": ",".join(posting.tags),
        "location": posting.place.words,
        "pub_date": posting.posted_at.astimezone(_ZONE).isoformat(timespec="seconds"),
    }
