"""Cryptocurrency Jobs' RSS: `Role at Company`, with every entity escaped once more than XML asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, element, html, rfc822, rss, x
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
LINK = "https://cryptocurrencyjobs.example"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [element("title", "Jobs"), element("link", f"{LINK}/"), element("description", "Invented jobs")]
    return rss(head, (_item(posting) for posting in postings[:62]))


def _item(posting: Posting) -> Iterator[str]:
    link = f"{LINK}/{posting.category.lower().replace(' ', '-')}/{posting.slug}/"
    yield element("title", x(f"{posting.role} at {posting.company}"))
    yield element("link", link)
    yield element("pubDate", rfc822(posting.posted_at))
    yield element("guid", posting.guid(link))
    yield element("description", x(html(posting)))
