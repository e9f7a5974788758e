"""Himalayas' RSS: the newest 100, company, place and expiry in `himalayasJobs:` elements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, cdata, element, html, rfc822, rss
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
LINK = "https://himalayas.example/companies"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [
        element("title", "Remote jobs"),
        element("link", LINK),
        element("description", "Invented remote jobs"),
    ]
    head += [element("lastBuildDate", rfc822(now))]
    namespaces = 'xmlns:himalayasJobs="https://himalayas.example/jobs/rss"'
    return rss(head, (_item(posting) for posting in postings[:100]), namespaces)


def _item(posting: Posting) -> Iterator[str]:
    link = f"{LINK}/{posting.company_slug}/jobs/{posting.slug}"
    yield element("title", posting.role)
    yield element("link", link)
    yield element("guid", posting.guid(link))
    yield element("pubDate", rfc822(posting.posted_at))
    yield cdata("description", html(posting))
    yield element("himalayasJobs:companyName", posting.company)
    for country in posting.place.countries:
        yield element("himalayasJobs:locationRestriction", country)
    yield element("himalayasJobs:expiryDate", rfc822(posting.expires_at))
