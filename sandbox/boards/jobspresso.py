"""Jobspresso's RSS of WP Job Manager.

Oddities: type and category are swapped; every fourth item has no `job_listing:` elements, and company and place stand
in its `dc:creator` alone, with HTML between them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, cdata, element, html, rfc822, rss
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
SITE = "https://jobspresso.example"

_NAMESPACES = f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:job_listing="{SITE}"'


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [
        element("title", "Jobs Archive"),
        element("link", SITE),
        element("description", "Invented remote jobs"),
        element("lastBuildDate", rfc822(now)),
    ]
    return rss(head, (_item(posting) for posting in postings[:50]), _NAMESPACES)


def _item(posting: Posting) -> Iterator[str]:
    yield element("title", posting.role)
    yield element("link", f"{SITE}/job/{posting.slug}/")
    yield cdata("dc:creator", f"{posting.company}<br>⚲&nbsp;{posting.place.words}")
    yield element("pubDate", rfc822(posting.posted_at))
    yield f'<guid isPermaLink="false">{SITE}/?post_type=job_listing&#038;p={posting.number}</guid>'
    yield cdata("description", html(posting))
    if posting.id % 4:
        yield cdata("job_listing:location", posting.place.words)
        yield cdata("job_listing:job_type", posting.category)
        yield cdata("job_listing:job_category", posting.employment.replace("-", " "))
        yield cdata("job_listing:company", posting.company)
