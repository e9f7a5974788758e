"""Greenhouse, an employer's own board as JSON (research/feeds.md A2): the truth about place and expiry.

Oddities: `content` is HTML that was escaped once more; older boards give no `company_name`.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, plain, rows, when
from bot.ports import Entry
from bot.text.cleaning import unescape


def items(document: Any) -> list[Any] | None:
    return rows(document, "jobs", "absolute_url")


def read(item: Item) -> Entry | None:
    content = item.get("content")
    return entry(
        item,
        title=item.get("title"),
        url=item.get("absolute_url"),
        guid=item.get("id"),
        company=item.get("company_name"),
        place=item.get("location"),
        published=when(item.get("first_published")) or when(item.get("updated_at")),
        expires=when(item.get("application_deadline")),
        tags=item.get("departments"),
        text=plain(unescape(content)) if isinstance(content, str) else "",
        fields=("offices", "language"),
    )
