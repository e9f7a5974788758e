"""Remotive, JSON API (research/feeds.md A1).

Oddities: the body may start with a BOM; dates have no zone (UTC); the pay is free text ("$40- $60k", "Pay per task")
and is kept as it is.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, plain, rows, when
from bot.ports import Entry


def items(document: Any) -> list[Any] | None:
    return rows(document, "jobs", "candidate_required_location")


def read(item: Item) -> Entry | None:
    return entry(
        item,
        title=item.get("title"),
        url=item.get("url"),
        guid=item.get("id"),
        company=item.get("company_name"),
        place=item.get("candidate_required_location"),
        pay=item.get("salary"),
        published=when(item.get("publication_date")),
        tags=item.get("tags"),
        text=plain(item.get("description")),
        fields=("job_type", "category"),
    )
