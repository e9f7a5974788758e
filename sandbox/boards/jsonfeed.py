"""A plain JSON Feed 1.1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = "application/feed+json; charset=utf-8"
LINK = "https://jsonfeed.example/jobs"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    return dump(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Remote jobs",
            "home_page_url": LINK,
            "items": [_item(posting) for posting in postings],
        }
    )


def _item(posting: Posting) -> dict[str, Any]:
    return {
        "id": str(posting.number),
        "url": f"{LINK}/{posting.slug}",
        "title": f"{posting.role} at {posting.company}",
        "content_html": html(posting),
        "date_published": posting.posted_at.isoformat(timespec="seconds"),
        "authors": [{"name": posting.company}],
        "tags": list(posting.tags),
    }
