"""RemoteJobs.org's JSON v1: what another board lists, once more.

Oddities: the place is "Remote" as a rule, whatever the text says; `salary_text` has no period; descriptions are text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://remotejobs.example"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    shown = [_job(posting) for posting in postings[:50]]
    return dump({"data": shown, "pagination": {"total": len(postings), "limit": 50, "offset": 0}})


def _job(posting: Posting) -> dict[str, Any]:
    pay, link = posting.pay, f"{LINK}/remote-jobs/{posting.slug}"
    logo = f"{LINK}/logos/{posting.company_slug}"
    return {
        "id": f"job-{posting.number}",
        "title": posting.role,
        "url": link,
        "apply_url": link,
        "company": {
            "name": posting.company,
            "logo_url": logo,
            "url": f"{LINK}/companies/{posting.company_slug}",
        },
        "category": {"name": posting.category, "slug": posting.category.lower().replace(" ", "-")},
        "location": "Remote" if posting.id % 6 else f"Remote - {posting.place.words}",
        "salary_min": pay.low if pay else None,
        "salary_max": pay.high if pay else None,
        "salary_text": f"{pay.currency} {pay.low:,} - {pay.high:,}" if pay else None,
        "type": posting.employment.capitalize(),
        "description": "\n\n".join(posting.paragraphs),
        "posted_at": posting.posted_at.isoformat(timespec="seconds"),
        "is_translated": False,
        "original_language": None,
    }
