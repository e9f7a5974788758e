"""4 Day Week's JSON v2: one page, newest first.

Oddities: pay in cents; `work_arrangement` on the job and on each of its places; some jobs have no company but in
their link; skills are objects. One job is expired and one is done in an office.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://4dayweek.example/job"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    jobs = [_job(posting) for posting in postings[:98]]
    others = [{**job, "id": f"old-{job['id']}", "is_expired": True} for job in jobs[:1]]
    others += [{**job, "id": f"desk-{job['id']}", "work_arrangement": "onsite"} for job in jobs[:1]]
    return dump(
        {"data": [*jobs, *others], "page": 1, "limit": 100, "total": len(jobs) + 2, "has_more": False}
    )


def _job(posting: Posting) -> dict[str, Any]:
    role = "-".join(posting.role.lower().split())
    slug = f"{role}-at-{posting.company_slug}-{posting.number:08x}"
    pay = posting.pay
    money = {
        "salary_min": pay.low * 100 if pay else None,
        "salary_max": pay.high * 100 if pay else None,
        "salary_currency": pay.currency if pay else None,
        "salary_period": pay.period if pay else None,
    }
    company = {"name": posting.company, "slug": posting.company_slug, "hires_worldwide": False}
    return {
        "id": str(posting.number),
        "slug": slug,
        "title": posting.role,
        "description": html(posting),
        "url": f"{LINK}/{slug}",
        "category": posting.category.lower(),
        "level": posting.level.lower(),
        "contract_type": "permanent" if posting.employment == "Full-Time" else "contract",
        "schedule_type": "4_day_week",
        "hours_per_week_max": 32,
        "work_arrangement": "remote",
        "locations": [{"country": name, "work_arrangement": "remote"} for name in posting.place.countries],
        "skills": [{"name": tag, "slug": tag.replace(" ", "-")} for tag in posting.tags],
        "is_expired": False,
        "posted_at": posting.posted_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "expires_at": posting.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        **money,
        **({"company": company} if posting.id % 9 else {}),
    }
