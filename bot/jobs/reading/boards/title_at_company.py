"""Boards whose title is `Role at Company`, RSS: NoDesk, Cryptocurrency Jobs (research/feeds.md A2).

Oddities: NoDesk is not well-formed (`&rsquo;` undeclared), gives no place, and one date for a whole day.
"""

from __future__ import annotations

from bot.jobs.reading.boards import generic
from bot.jobs.reading.items import Item
from bot.ports import Entry


def read(item: Item) -> Entry | None:
    whole = generic.title(item)
    role, at, company = whole.rpartition(" at ")
    return generic.of_feed(item, title=role if at else whole, company=company if at else "")
