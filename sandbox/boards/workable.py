"""Workable's JSON for one employer: its name once, above all jobs.

Oddities: a job in several places comes once for each, under one `shortcode`; `telecommuting` means remote; a place
may be hidden. Dates are days.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump, html
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://apply.workable.example/j"
NAME = "Tamberley Atlas"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    return dump(
        {"name": NAME, "description": "", "jobs": [job for posting in postings for job in _jobs(posting)]}
    )


def _jobs(posting: Posting) -> Iterator[dict[str, Any]]:
    code = f"{posting.number:010X}"
    for country in posting.place.countries or ("",):
        place = {"country": country, "countryCode": "", "city": "", "region": "", "hidden": False}
        hidden = {**place, "country": "Nowhere", "hidden": True}
        yield {
            "title": posting.role,
            "shortcode": code,
            "code": "",
            "employment_type": posting.employment,
            "telecommuting": True,
            "department": posting.category,
            "url": f"{LINK}/{code}",
            "shortlink": f"{LINK}/{code}",
            "application_url": f"{LINK}/{code}/apply",
            "published_on": posting.posted_at.date().isoformat(),
            "created_at": posting.posted_at.date().isoformat(),
            "country": country,
            "city": "",
            "state": "",
            "experience": posting.level,
            "function": "",
            "industry": "",
            "locations": [place, hidden] if country else [],
            "description": html(posting),
        }
