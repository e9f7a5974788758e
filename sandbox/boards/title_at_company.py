"""NoDesk's RSS: `Role at Company`, no place but in the text.

Oddities: `&rsquo;`, which XML doesn't know, so the body is not well-formed; every item of a day has that day's 08:00
as its date.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sandbox.boards.markup import RSS, element, rfc822, rss, x
from sandbox.boards.posting import Posting

CONTENT_TYPE = RSS
LINK = "https://nodesk.example/remote-jobs"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    head = [
        f'<atom:link href="{LINK}/" rel="self" type="application/rss+xml"/>',
        element("title", "Remote Jobs"),
    ]
    head += [element("link", f"{LINK}/"), element("description", "Invented remote jobs")]
    head += [element("language", "en"), element("language", "en")]
    return rss(head, (_item(posting) for posting in postings), 'xmlns:atom="http://www.w3.org/2005/Atom"')


def _item(posting: Posting) -> Iterator[str]:
    link = f"{LINK}/{posting.slug}/"
    yield element("title", f"{posting.role} at {posting.company}")
    text = "\n".join(x(paragraph).replace("’", "&rsquo;") for paragraph in posting.paragraphs)
    yield f"<description>\n{text}</description>"
    morning = posting.posted_at.replace(hour=8, minute=0, second=0)
    yield element("pubDate", rfc822(min(morning, posting.posted_at)))
    yield element("guid", posting.guid(link))
    yield element("link", link)
