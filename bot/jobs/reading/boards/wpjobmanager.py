"""Boards on WordPress with WP Job Manager, RSS: Jobicy's RSS, EU Remote Jobs (research/feeds.md A1, A2).

`job_listing:` elements hold company, place, type and category. Oddity: `dc:creator` is a name of the staff and says
nothing.
"""

from __future__ import annotations

from bot.jobs.reading.boards import generic
from bot.jobs.reading.items import Item
from bot.ports import Entry

TYPE, CATEGORY = "job_listing_job_type", "job_listing_job_category"


def read(item: Item) -> Entry | None:
    return generic.of_feed(
        item,
        tags=[*generic.tags(item), *generic.first(item, (CATEGORY,)).split(",")],
        fields=(TYPE, CATEGORY),
    )
