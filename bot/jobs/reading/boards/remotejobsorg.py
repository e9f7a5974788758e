"""RemoteJobs.org, JSON API v1 (research/feeds.md A2): it lists what Himalayas lists, logos and all.

Oddities: the place is "Remote" for 130 of 150; pay stands in `salary_text` without a period; a translated posting
says so, and in which language it was written.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, pay, plain, rows, when
from bot.ports import Entry


def items(document: Any) -> list[Any] | None:
    return rows(document, "data", "is_translated", beside="pagination")


def read(item: Item) -> Entry | None:
    return entry(
        item,
        title=item.get("title"),
        url=item.get("url"),
        guid=item.get("id"),
        company=item.get("company"),
        place=item.get("location"),
        pay=item.get("salary_text") or pay(item, "salary_min", "salary_max"),
        published=when(item.get("posted_at")),
        tags=[item.get("category")],
        text=plain(item.get("description")),
        fields=("type", "category", "is_translated", "original_language"),
    )
