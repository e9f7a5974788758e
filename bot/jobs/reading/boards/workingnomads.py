"""Working Nomads, JSON (research/feeds.md A1).

Oddities: no id, so it is taken from the link `/job/go/<id>/`; tags are one text with commas between.
"""

from __future__ import annotations

import re
from typing import Any

from bot.jobs.reading.items import Item, entry, plain, rows, when
from bot.ports import Entry

_ID = re.compile(r"/job/go/([0-9]{1,12})")


def items(document: Any) -> list[Any] | None:
    return rows(document, "", "pub_date")


def read(item: Item) -> Entry | None:
    url = item.get("url")
    numbered = _ID.search(url) if isinstance(url, str) else None
    return entry(
        item,
        title=item.get("title"),
        url=url,
        guid=numbered[1] if numbered else url,
        company=item.get("company_name"),
        place=item.get("location"),
        published=when(item.get("pub_date")),
        tags=item.get("tags"),
        text=plain(item.get("description")),
        fields=("category_name",),
    )
