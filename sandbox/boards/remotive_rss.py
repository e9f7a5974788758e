"""Remotive's RSS: plain RSS 2.0 with the company, place and type in elements of their own.

No original body is stored anywhere that we know of; the elements follow the names of Remotive's JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, cdata, element, html, rfc822, rss
from sandbox.boards.posting import Posting
from sandbox.boards.remotive import LINK

CONTENT_TYPE = RSS


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [
        element("title", "Remotive: remote jobs"),
        element("link", LINK),
        element("description", "Remote jobs"),
    ]
    head += [element("lastBuildDate", rfc822(now))]
    return rss(head, (_item(posting) for posting in postings))


def _item(posting: Posting) -> Iterator[str]:
    link = f"{LINK}/{posting.category.lower().replace(' ', '-')}/{posting.slug}"
    yield element("title", posting.role)
    yield element("link", link)
    yield element("guid", posting.guid(link))
    yield element("pubDate", rfc822(posting.posted_at))
    yield element("company", posting.company)
    yield element("location", posting.place.words)
    yield element("type", posting.employment.lower().replace("-", "_"))
    yield element("category", posting.category)
    yield cdata("description", html(posting))
