"""Remote OK, JSON API (research/feeds.md 0.3, A1).

Oddities: element 0 is a legal text; an item may be wholly empty; every description ends with a tag that holds the
reader's IP address; most descriptions are mojibake; pay of 0 means none, and its fields name no currency or period;
a place may be "How, " or nothing. Items that are no job at all ("Failure Breeds Success") look like jobs here:
telling them apart is for the facts.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, pay, plain, rows, when
from bot.jobs.reading.strips import STRIPS, stripped
from bot.ports import Entry


def items(document: Any) -> list[Any] | None:
    found = rows(document, "", "position")
    return found and [item for item in found if not _no_job(item)]


def read(item: Item) -> Entry | None:
    item = stripped(item, STRIPS)
    return entry(
        item,
        title=item.get("position"),
        url=item.get("url"),
        guid=item.get("id"),
        company=item.get("company"),
        place=item.get("location"),
        pay=pay(item, "salary_min", "salary_max"),
        published=when(item.get("date")) or when(item.get("epoch")),
        tags=item.get("tags"),
        text=plain(item.get("description")),
        fields=("salary_min", "salary_max", "verified"),
    )


def _no_job(item: Any) -> bool:
    """The legal text, and items that are empty but for the tag."""
    return isinstance(item, dict) and not (item.get("position") or item.get("company"))
