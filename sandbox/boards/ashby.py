"""Ashby's JSON for one employer: every open job.

Oddities: `isRemote` is true for hybrid jobs too; the company stands in the link alone; further places apart; pay in
words. One job is not listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://jobs.ashby.example"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    jobs = [_job(posting) for posting in postings]
    unlisted = [{**job, "id": f"unlisted-{job['id']}", "isListed": False} for job in jobs[:1]]
    return dump({"jobs": [*jobs, *unlisted], "apiVersion": "1"})


def _job(posting: Posting) -> dict[str, Any]:
    first, *further = posting.place.countries or ("Anywhere",)
    link = f"{LINK}/{posting.company_slug}/{posting.slug}"
    return {
        "id": f"id-{posting.number}",
        "title": posting.role,
        "department": posting.category,
        "team": posting.tags[0],
        "employmentType": posting.employment.replace("-", ""),
        "location": first,
        "secondaryLocations": [{"location": name, "address": None} for name in further],
        "publishedAt": posting.posted_at.isoformat(timespec="milliseconds"),
        "isListed": True,
        "isRemote": True,
        "workplaceType": "Remote" if posting.id % 5 else "Hybrid",
        "address": {"postalAddress": {"addressCountry": first}},
        "jobUrl": link,
        "applyUrl": f"{link}/application",
        "descriptionHtml": html(posting),
        "descriptionPlain": "\n\n".join(posting.paragraphs),
        "compensation": {"compensationTierSummary": str(posting.pay) if posting.pay else None},
        "shouldDisplayCompensationOnJobPostings": bool(posting.pay),
    }
