"""Any JSON Feed 1.x (jsonfeed.org); read wherever a feed is expected and JSON comes."""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, plain, plain_text, when
from bot.ports import Entry


def items(document: Any) -> list[Any] | None:
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        return None
    version = document.get("version")
    is_one = isinstance(version, str) and version.startswith("https://jsonfeed.org/version/1")
    return list(document["items"]) if is_one else None


def read(item: Item) -> Entry | None:
    html = item.get("content_html")
    return entry(
        item,
        title=item.get("title"),
        url=item.get("url") or item.get("id"),
        guid=item.get("id"),
        published=when(item.get("date_published")) or when(item.get("date_modified")),
        tags=item.get("tags"),
        text=plain(html) if html else plain_text(item.get("content_text") or item.get("summary")),
    )
