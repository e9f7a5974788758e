"""4 Day Week, JSON API v2 (research/feeds.md A2; the field names from public readers of 2026-09).

Oddities: pay is in the smallest unit of the currency (cents); `work_arrangement` stands on the job and on each of its
places, which may differ; 3 jobs of 300 have no `company`, whose name then stands at the end of the link; skills are
objects; expired jobs stay listed. Only what is done remotely is read.
"""

from __future__ import annotations

import re
from typing import Any

from bot.jobs.reading.items import (
    Item,
    entry,
    inside,
    listed,
    only,
    pay,
    places,
    plain_or_escaped,
    rows,
    spoken,
    when,
)
from bot.ports import Entry

_FIELDS = ("level", "contract_type", "schedule_type", "work_arrangement", "hours_per_week_max", "category")
_EMPLOYER = re.compile(r"-at-((?:(?!-at-).)+?)(?:-[0-9a-f]{6,})?/?$")


def items(document: Any) -> list[Any] | None:
    return only(rows(document, "data", "work_arrangement", beside="has_more"), _open_and_remote)


def read(item: Item) -> Entry | None:
    company = item.get("company") or _employer(item.get("url"))
    return entry(
        item,
        title=item.get("title"),
        url=item.get("url"),
        guid=item.get("id") or item.get("slug"),
        company=company,
        place=_places(item.get("locations")),
        pay=pay(_whole(item), "salary_min", "salary_max", "salary_currency", "salary_period"),
        published=when(item.get("posted_at")),
        expires=when(item.get("expires_at")),
        tags=[*listed(item.get("skills")), *listed(item.get("stack")), *listed(item.get("tools"))],
        text=plain_or_escaped(item.get("description")),
        fields=_FIELDS,
    )


def _open_and_remote(item: Item) -> bool:
    return item.get("work_arrangement") == "remote" and not item.get("is_expired")


def _places(locations: Any) -> str:
    """Where it may be done remotely: "Lisbon, Portugal; Spain"."""
    remote = (one for one in listed(locations) if inside(one, "work_arrangement") in (None, "remote"))
    return places(
        ", ".join(spoken(one, "city", "state", "country")) or inside(one, "continent") for one in remote
    )


def _whole(item: Item) -> Item:
    """Pay in whole units of its currency."""
    amounts = {name: item.get(name) for name in ("salary_min", "salary_max")}
    return {**item, **{name: cents / 100 for name, cents in amounts.items() if isinstance(cents, int)}}


def _employer(url: Any) -> str:
    named = _EMPLOYER.search(url) if isinstance(url, str) and len(url) < 500 else None
    return named[1].replace("-", " ").title() if named else ""
