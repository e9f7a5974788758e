"""Arbeitnow's JSON: a page of 100, offices and all.

Oddities: `links.next` echoes somebody's search; every other description is HTML that was escaped once more, and each
ends with a line of the board's own. One job is done in an office.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape
from typing import Any

from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://arbeitnow.example"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    jobs = [_job(posting) for posting in postings[:99]]
    desk = [
        {**job, "slug": f"desk-{job['slug']}", "remote": False, "location": "Ivernook"} for job in jobs[:1]
    ]
    page = f"{LINK}/api/job-board-api"
    links = {"first": f"{page}?page=1", "last": None, "prev": None, "next": f"{page}?search=somebody&page=2"}
    return dump({"data": [*jobs, *desk], "links": links, "meta": {"current_page": 1, "per_page": 100}})


def _job(posting: Posting) -> dict[str, Any]:
    text = escape(html(posting), quote=False) if posting.id % 2 else html(posting)
    return {
        "slug": posting.slug,
        "company_name": posting.company,
        "title": posting.role,
        "description": f'{text}<p>Find <a href="{LINK}">Jobs in Germany</a> on Arbeitnow</a>',
        "remote": True,
        "url": f"{LINK}/jobs/companies/{posting.company_slug}/{posting.slug}",
        "tags": [posting.category, *posting.tags],
        "job_types": [posting.employment.replace("-", " ")],
        "location": posting.place.words,
        "created_at": int(posting.posted_at.timestamp()),
    }
