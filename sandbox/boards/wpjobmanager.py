"""The RSS of WordPress with WP Job Manager: Jobicy's RSS and EU Remote Jobs have it.

Oddities: company and place stand in `job_listing:` elements; `dc:creator` is somebody of the staff; the guid is a
number in a query, not the link; now and then an item has no description.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, cdata, element, html, rfc822, rss
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
SITE = "https://wpjobs.example"

_NAMESPACES = " ".join(
    (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"',
        'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        'xmlns:atom="http://www.w3.org/2005/Atom"',
        'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"',
        f'xmlns:job_listing="{SITE}"',
    )
)


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [
        element("title", "Jobs - an invented board"),
        f'<atom:link href="{SITE}/?feed=job_feed" rel="self" type="application/rss+xml" />',
        element("link", SITE),
        element("description", "Remote jobs that nobody offers"),
        element("lastBuildDate", rfc822(now)),
        "<sy:updatePeriod>\n\thourly\t</sy:updatePeriod>",
    ]
    return rss(head, (_item(posting) for posting in postings[:100]), _NAMESPACES)


def _item(posting: Posting) -> Iterator[str]:
    yield element("title", posting.role)
    yield element("link", f"{SITE}/job/{posting.slug}/")
    yield cdata("dc:creator", "Robin of the staff")
    yield element("pubDate", rfc822(posting.posted_at))
    yield f'<guid isPermaLink="false">{SITE}/?post_type=job_listing&#038;p={posting.number}</guid>'
    if posting.id % 10:
        yield cdata("description", html(posting))
    yield cdata("job_listing:location", posting.place.words)
    yield cdata("job_listing:job_type", posting.employment.replace("-", " "))
    yield cdata("job_listing:job_category", posting.category.replace("&", "&amp;"))
    yield cdata("job_listing:company", posting.company)
