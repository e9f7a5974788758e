"""A plain Atom 1.0 feed; ids are tags, not links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sandbox.boards.markup import element, html, x
from sandbox.boards.posting import Posting

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
LINK = "https://atom.example/jobs"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    entries = "".join(_entry(posting) for posting in postings)
    head = (
        element("title", "Remote jobs")
        + element("id", LINK)
        + element("updated", now.isoformat(timespec="seconds"))
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{head}{entries}</feed>'.encode()


def _entry(posting: Posting) -> str:
    when = posting.posted_at.isoformat(timespec="seconds")
    parts = [
        element("title", f"{posting.role} at {posting.company}"),
        f'<link rel="alternate" href="{LINK}/{posting.slug}"/>',
        element("id", f"tag:atom.example,2026:{posting.number}"),
        element("published", when),
        element("updated", when),
        f"<author>{element('name', posting.company)}</author>",
        *(f'<category term="{tag}"/>' for tag in posting.tags),
        f'<content type="html">{x(html(posting))}</content>',
    ]
    return f"\n<entry>{''.join(parts)}</entry>"
