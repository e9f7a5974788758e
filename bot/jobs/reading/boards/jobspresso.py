"""Jobspresso, RSS of WP Job Manager (research/feeds.md A2).

Oddities: `job_type` and `job_category` are swapped; some items lack the `job_listing:` elements, and their
`dc:creator` holds `Company<br>⚲ Place` in HTML.
"""

from __future__ import annotations

from bot.jobs.reading.boards import generic, wpjobmanager
from bot.jobs.reading.boards.wpjobmanager import CATEGORY, TYPE
from bot.jobs.reading.items import Item, plain
from bot.ports import Entry

_PIN = "⚲"


def read(item: Item) -> Entry | None:
    item = {**item, TYPE: item.get(CATEGORY), CATEGORY: item.get(TYPE)}
    creator = item.get("author")
    if generic.first(item, generic.COMPANY) or not isinstance(creator, str) or _PIN not in creator:
        return wpjobmanager.read(item)
    company, _, place = (part.strip() for part in plain(creator).partition(_PIN))
    return wpjobmanager.read({**item, "company": company, "location": place})
