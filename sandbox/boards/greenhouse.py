"""Greenhouse's JSON for one employer: every open job, offices and all.

Oddities: `content` is HTML with its own markup escaped; dates carry New York's offset; the place is one free text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://job-boards.example/tamberley/jobs"

_ZONE = ZoneInfo("America/New_York")


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    return dump({"jobs": [_job(posting) for posting in postings], "meta": {"total": len(postings)}})


def _job(posting: Posting) -> dict[str, Any]:
    posted = posting.posted_at.astimezone(_ZONE).isoformat(timespec="seconds")
    remote = f"Remote, {posting.place.words}" if posting.id % 3 else "Ivernook"
    return {
        "absolute_url": f"{LINK}/{posting.id}",
        "internal_job_id": posting.number + 1,
        "location": {"name": remote},
        "metadata": [],
        "id": posting.number,
        "updated_at": posted,
        "requisition_id": str(posting.id % 10_000),
        "title": posting.role,
        "company_name": posting.company,
        "first_published": posted,
        "language": "en",
        "application_deadline": None,
        "content": escape(f'<div class="content-intro">{html(posting)}</div>'),
        "departments": [{"id": 4, "name": posting.category, "child_ids": [], "parent_id": None}],
        "offices": [
            {"id": 5, "name": posting.headquarters, "location": None, "child_ids": [], "parent_id": None}
        ],
    }
