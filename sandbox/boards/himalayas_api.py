"""Himalayas' JSON: one page of 20, times as seconds since 1970, place and time zones as lists.

Oddities: `minSalary` is null more often than not while `currency` and `salaryPeriod` may be given all the same; an
empty `locationRestrictions` means everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.himalayas import LINK
from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    body = {
        "comments": "An invented board.",
        "updatedAt": int(now.timestamp()),
        "offset": 0,
        "limit": 20,
        "totalCount": len(postings),
        "jobs": [_job(posting) for posting in postings[:20]],
    }
    return dump(body)


def _job(posting: Posting) -> dict[str, Any]:
    link = f"{LINK}/{posting.company_slug}/jobs/{posting.slug}"
    pay = posting.pay
    return {
        "title": posting.role,
        "excerpt": posting.paragraphs[0],
        "companyName": posting.company,
        "companySlug": posting.company_slug,
        "companyLogo": f"https://himalayas.example/logos/{posting.company_slug}",
        "employmentType": posting.employment.replace("-", " "),
        "minSalary": pay.low if pay else None,
        "maxSalary": pay.high if pay else None,
        "salaryPeriod": "hourly" if pay and pay.period == "hour" else "annual",
        "seniority": [posting.level],
        "currency": pay.currency if pay else "USD",
        "locationRestrictions": list(posting.place.countries),
        "timezoneRestrictions": list(posting.place.zones),
        "categories": [tag.title().replace(" ", "-") for tag in posting.tags],
        "parentCategories": [posting.category],
        "description": html(posting),
        "pubDate": int(posting.posted_at.timestamp()),
        "expiryDate": int(posting.expires_at.timestamp()),
        "applicationLink": link,
        "guid": posting.guid(link),
    }
