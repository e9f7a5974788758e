"""python.org's jobs, RSS (research/feeds.md A2).

Oddities: the title is `Role, Company`, and roles hold commas, companies rarely; the place is the first line of the
description; there is no date at all, and none is made up.
"""

from __future__ import annotations

from bot.jobs.reading.boards import generic
from bot.jobs.reading.items import MAX_CLAIM, Item
from bot.ports import Entry


def read(item: Item) -> Entry | None:
    whole = generic.title(item)
    role, comma, company = whole.rpartition(", ")
    raw = item.get("summary")
    place = raw.strip().partition("\n")[0] if isinstance(raw, str) else ""
    return generic.of_feed(
        item,
        title=role if comma else whole,
        company=company if comma else "",
        place=place if len(place) <= MAX_CLAIM and "<" not in place else "",
        published=None,
    )
