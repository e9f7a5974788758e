"""Remotive's JSON: a byte-order mark first, two notices, then `jobs`.

Oddities: `publication_date` has no zone; `salary` is free text, "" when there is none; each description ends in a
tracking pixel. The whole list, every open job.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://remotive.example/remote-jobs"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    body = {
        "00-warning": "This board is invented. Its shape is that of a real one; its jobs are nobody's.",
        "0-legal-notice": "A long notice stands here: link back, name the source, at most four readings a day.",
        "job-count": len(postings),
        "total-job-count": len(postings),
        "jobs": [_job(posting) for posting in postings],
    }
    return b"\xef\xbb\xbf" + dump(body)


def _job(posting: Posting) -> dict[str, Any]:
    logo = f"https://remotive.example/job/{posting.id}/logo"
    category = posting.category.lower().replace(" ", "-")
    pixel = f'<img src="https://remotive.example/job/track/{posting.id}/blank.gif?source=public_api" alt=""/>'
    return {
        "id": posting.number,
        "url": f"{LINK}/{category}/{posting.slug}",
        "title": posting.role,
        "company_name": posting.company,
        "company_logo": logo,
        "category": posting.category,
        "tags": list(posting.tags),
        "job_type": posting.employment.lower().replace("-", "_"),
        "publication_date": posting.posted_at.strftime("%Y-%m-%dT%H:%M:%S"),
        "candidate_required_location": posting.place.words,
        "salary": str(posting.pay or ""),
        "description": f"{html(posting)}\n{pixel}",
        "company_logo_url": logo,
    }
