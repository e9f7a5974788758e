"""Jobicy's JSON: notices, then `jobs` with names in camel case.

Oddities: entities are escaped twice; double spaces in `jobGeo`; the pay fields are missing when there is no pay.
The newest 100.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump, html, x
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://jobicy.example/jobs"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    jobs = [_job(posting) for posting in postings[:100]]
    body = {
        "apiVersion": "2.2.14",
        "documentationUrl": "https://jobicy.example/apidocs",
        "friendlyNotice": "An invented board. Credit it with a link, and ask at most once an hour.",
        "jobCount": len(jobs),
        "lastUpdate": now.isoformat(timespec="seconds"),
        "appliedFilters": {"count": 100},
        "jobs": jobs,
        "success": True,
    }
    return dump(body)


def _job(posting: Posting) -> dict[str, Any]:
    slug = f"{posting.id}-{posting.slug}"
    pay: dict[str, Any] = {}
    if posting.pay:
        period = {"year": "yearly", "hour": "hourly"}[posting.pay.period]
        pay = {"salaryMin": posting.pay.low, "salaryMax": posting.pay.high}
        pay |= {"salaryCurrency": posting.pay.currency, "salaryPeriod": period}
    return {
        "id": posting.number,
        "url": f"{LINK}/{slug}",
        "jobSlug": slug,
        "jobTitle": x(x(posting.role)),
        "companyName": x(x(posting.company)),
        "companyLogo": f"https://jobicy.example/data/{posting.company_slug}.jpg",
        "jobIndustry": [x(x(posting.category))],
        "jobType": [posting.employment],
        "jobGeo": "Anywhere" if not posting.place.countries else ",  ".join(posting.place.countries),
        "jobLevel": "Any" if posting.level == "Mid-level" else posting.level,
        "jobExcerpt": x(posting.paragraphs[0]),
        "jobDescription": html(posting),
        "pubDate": posting.posted_at.isoformat(timespec="seconds"),
        **pay,
    }
