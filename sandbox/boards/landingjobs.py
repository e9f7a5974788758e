"""Landing.jobs' JSON: a bare array of 50. No company but in the link, the description in four fields."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sandbox.boards.markup import JSON, dump, x
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
LINK = "https://landing.example/at"


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The feed as it stands at `now`."""
    return dump([_job(posting) for posting in postings[:50]])


def _job(posting: Posting) -> dict[str, Any]:
    role, *requirements = (f"<p>{x(text)}</p>" for text in posting.paragraphs)
    pay = posting.pay
    return {
        "id": posting.number,
        "title": posting.role,
        "url": f"{LINK}/{posting.company_slug}/{posting.slug}",
        "type": posting.employment,
        "remote": True,
        "relocation_paid": False,
        "locations": [{"city": name, "country_code": ""} for name in posting.place.countries],
        "currency_code": pay.currency if pay else "EUR",
        "gross_salary_low": pay.low if pay else None,
        "gross_salary_high": pay.high if pay else None,
        "role_description": role,
        "main_requirements": "".join(requirements),
        "nice_to_have": "",
        "perks": None,
        "tags": list(posting.tags),
        "published_at": posting.posted_at.isoformat(timespec="seconds"),
        "expires_at": posting.expires_at.isoformat(timespec="seconds"),
    }
