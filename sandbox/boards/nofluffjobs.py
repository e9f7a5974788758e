"""No Fluff Jobs' JSON: every posting in one body, offices and all, without descriptions.

Oddities: `name` is the company, the link a slug, pay by the month. One posting is not fully remote.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    jobs = [_job(posting) for posting in postings]
    desk = [
        {**job, "id": f"desk-{job['id']}", "location": {**job["location"], "fullyRemote": False}}
        for job in jobs[:1]
    ]
    return dump({"postings": [*jobs, *desk], "totalCount": len(jobs) + 1})


def _job(posting: Posting) -> dict[str, Any]:
    places = [
        {"city": "Remote", "country": {"code": name[:3].upper(), "name": name}}
        for name in posting.place.countries
    ]
    pay = posting.pay
    money = (
        {"from": pay.low // 12, "to": pay.high // 12, "currency": pay.currency, "type": "b2b"}
        if pay
        else None
    )
    return {
        "id": f"{posting.slug}-remote",
        "url": f"{posting.slug}-remote",
        "name": posting.company,
        "title": posting.role,
        "location": {"places": places, "fullyRemote": True, "covidTimeRemotely": False},
        "posted": int(posting.posted_at.timestamp() * 1000),
        "renewed": int(posting.posted_at.timestamp() * 1000),
        "category": posting.category.lower(),
        "technology": posting.tags[0],
        "seniority": [posting.level],
        "regions": ["pl"],
        "salary": money,
        "tiles": {"values": [{"value": tag, "type": "requirement"} for tag in posting.tags]},
    }
