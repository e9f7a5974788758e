"""Lever's JSON for one employer: a bare array of every open job.

Oddities: the company stands in the link alone; dates in milliseconds; the description in pieces; the first opening is
fanned out over three cities, an item each.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump, x
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://jobs.lever.example"

_CITIES = ("Ivernook", "Tamberley", "Ostermoor")


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    jobs = [_job(posting) for posting in postings]
    return dump([*jobs, *(copy for job in jobs[:1] for copy in _fanned_out(job))])


def _fanned_out(job: dict[str, Any]) -> list[dict[str, Any]]:
    copies = []
    for number, city in enumerate(_CITIES):
        places = {"location": city, "allLocations": [city]}
        link = f"{job['hostedUrl']}-{number}"
        copies.append(
            {
                **job,
                "id": f"{job['id']}-{number}",
                "hostedUrl": link,
                "categories": {**job["categories"], **places},
            }
        )
    return copies


def _job(posting: Posting) -> dict[str, Any]:
    about, *rest = posting.paragraphs
    pay = posting.pay
    interval = {"year": "per-year-salary", "hour": "per-hour-wage"}
    money = (
        {"min": pay.low, "max": pay.high, "currency": pay.currency, "interval": interval[pay.period]}
        if pay
        else None
    )
    link = f"{LINK}/{posting.company_slug}/{posting.slug}"
    places = list(posting.place.countries) or ["Anywhere"]
    return {
        "id": f"id-{posting.number}",
        "text": posting.role,
        "hostedUrl": link,
        "applyUrl": f"{link}/apply",
        "createdAt": int(posting.posted_at.timestamp() * 1000),
        "categories": {
            "commitment": posting.employment,
            "department": posting.category,
            "team": posting.tags[0],
            "location": places[0],
            "allLocations": places,
        },
        "country": "US",
        "workplaceType": "remote",
        "description": f"<div>{x(about)}</div>",
        "lists": [{"text": "What we look for", "content": "".join(f"<li>{x(text)}</li>" for text in rest)}],
        "additional": "<div>We read every letter.</div>",
        **({"salaryRange": money} if money else {}),
    }
