"""LaraJobs' RSS: company and place in `job:` elements; not every job is remote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, cdata, element, html, rfc822, rss
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
LINK = "https://larajobs.example/job"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [element("title", "Jobs"), element("link", LINK), element("description", "Invented jobs")]
    return rss(head, (_item(posting) for posting in postings), 'xmlns:job="https://larajobs.example/rss/job"')


def _item(posting: Posting) -> Iterator[str]:
    link = f"{LINK}/{posting.number}"
    yield element("title", posting.role)
    yield element("link", link)
    yield element("guid", link)
    yield element("pubDate", rfc822(posting.posted_at))
    yield cdata("description", html(posting))
    yield element("job:company", posting.company)
    where = f"Remote / {posting.place.words}" if posting.id % 3 else "Tamberley, on site"
    yield element("job:location", where)
