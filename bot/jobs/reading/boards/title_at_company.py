"""Boards whose title is `Role at Company`, RSS: NoDesk (research/feeds.md A2).

Oddities: NoDesk is not well-formed (`&rsquo;` undeclared), gives no place, and one date for a whole day.
"""

from __future__ import annotations

from bot.jobs.reading.boards import generic
from bot.jobs.reading.items import Item
from bot.ports import Entry


def read(item: Item) -> Entry | None:
    role, company = parted(generic.title(item))
    return generic.of_feed(item, title=role, company=company)


def parted(whole: str) -> tuple[str, str]:
    """Role and company, parted at the last " at "; a title without one is all role."""
    role, at, company = whole.rpartition(" at ")
    return (role, company) if at else (whole, "")
