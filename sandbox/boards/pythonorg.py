"""python.org's job RSS: `Role, Company` in one title, the place as the first line of the text, and no dates at all.

Not every job is remote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, element, html, rss
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
LINK = "https://python-jobs.example/jobs"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [element("title", "Jobs feed"), element("link", LINK), element("description", "Invented jobs")]
    return rss(head, (_item(posting) for posting in postings))


def _item(posting: Posting) -> Iterator[str]:
    link = f"{LINK}/{posting.number}/"
    yield element("title", f"{posting.role}, {posting.company}")
    yield element("link", link)
    place = f"Remote, {posting.place.words}" if posting.id % 3 else "Tamberley, Ivernook"
    yield element("description", f"{place}\n{html(posting)}")
    yield element("guid", link)
