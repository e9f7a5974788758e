"""Boards on WordPress with WP Job Manager, RSS: Jobicy's RSS, EU Remote Jobs, Jobspresso (research/feeds.md A1, A2).

`job_listing:` elements hold company, place, type and category. Oddities: Jobspresso has type and category swapped;
some of its items lack the elements, and its `dc:creator` holds `Company<br>⚲ Place` in HTML; elsewhere `dc:creator`
is a name of the staff and says nothing.
"""

from __future__ import annotations

from bot.jobs.reading.boards import generic
from bot.jobs.reading.items import Item, plain
from bot.ports import Entry

_TYPE, _CATEGORY = "job_listing_job_type", "job_listing_job_category"
_PIN = "⚲"


def read(item: Item) -> Entry | None:
    if "//jobspresso.co/" in str(item.get("link")):
        item = {**item, _TYPE: item.get(_CATEGORY), _CATEGORY: item.get(_TYPE)}
    company = generic.first(item, generic.COMPANY)
    place = generic.first(item, generic.PLACE)
    creator = item.get("author")
    if not company and isinstance(creator, str) and _PIN in creator:
        company, _, place = (part.strip() for part in plain(creator).partition(_PIN))
    return generic.of_feed(
        item,
        company=company,
        place=place,
        tags=[*generic.tags(item), *generic.first(item, (_CATEGORY,)).split(",")],
        fields=(_TYPE, _CATEGORY),
    )
