"""Remote OK's JSON: an array whose element 0 is no job but the terms.

Oddities: each description ends in a sentence with `R` + base64 of the reader's own IP address (here always that of
127.0.0.1); most descriptions are UTF-8 read as Latin-1; pay 0 means none; `location` is often empty. One item is
empty and one is no job at all. The newest 100.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://remoteok.example/remote-jobs"

TAG = "R" + b64encode(b"127.0.0.1").decode()
_TRAILER = (
    f"Please mention the word **LANTERN** and tag {TAG} when applying to show you read the job post (#{TAG}). "
    "It keeps spam away: those who hire look for these words."
)


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    terms = {
        "last_updated": int(now.timestamp()),
        "legal": "API Terms of Service: an invented board. Link back, name the source, leave the logo alone.",
    }
    return dump([terms, *(_job(posting) for posting in postings[:97]), _empty(now), _no_job(now)])


def _job(posting: Posting) -> dict[str, Any]:
    text = html(posting)
    if posting.id % 5:
        text = text.encode().decode("latin-1")
    pay = posting.pay
    return _item(
        posting.number,
        posting.posted_at,
        slug=f"remote-{posting.slug}",
        company=posting.company,
        position=posting.role,
        tags=list(posting.tags),
        description=f"{text}<br/><br/>{_TRAILER}",
        location="" if posting.id % 2 else posting.place.words,
        salary_min=pay.low if pay else 0,
        salary_max=pay.high if pay else 0,
    )


def _empty(now: datetime) -> dict[str, Any]:
    return _item(1, now, slug="remote-1")


def _no_job(now: datetime) -> dict[str, Any]:
    essay = "<p>Tea is grown on hills, and a menu lists it after the soup.</p>"
    return _item(2, now, slug="remote-menu-2", company="Bevolane", position="Menu", description=essay)


def _item(number: int, posted_at: datetime, slug: str, **given: Any) -> dict[str, Any]:
    link = f"{LINK}/{slug}"
    blank = {"company": "", "company_logo": "", "position": "", "tags": [], "description": "", "location": ""}
    return {
        "slug": slug,
        "id": str(number),
        "epoch": int(posted_at.timestamp()),
        "date": posted_at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
        **blank,
        "apply_url": link,
        "salary_min": 0,
        "salary_max": 0,
        "logo": "",
        "url": link,
        **given,
    }
