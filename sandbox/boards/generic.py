"""A plain RSS 2.0 feed, as Real Work From Anywhere and many others have it: nothing but the standard's elements.

Oddity: every third item writes its date in ISO 8601 instead of RFC 822.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, element, html, rfc822, rss
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
LINK = "https://plain.example/jobs"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [
        element("title", "Remote jobs"),
        element("link", LINK),
        element("description", "Invented remote jobs"),
    ]
    return rss(head, (_item(posting) for posting in postings))


def _item(posting: Posting) -> Iterator[str]:
    link = f"{LINK}/{posting.slug}"
    yield element("title", f"{posting.role} at {posting.company}")
    yield element("link", link)
    yield element("guid", posting.guid(link))
    yield element("description", html(posting))
    date = rfc822(posting.posted_at) if posting.id % 3 else posting.posted_at.isoformat(timespec="seconds")
    yield element("pubDate", date)
