"""Remotive, RSS (research/feeds.md A1).

Company, place and type stand in elements of their own, named as in its JSON. No original body is stored anywhere
that we know of, so each may also be missing; `Role at Company` is taken apart only when there is no company.
"""

from __future__ import annotations

from bot.jobs.reading.boards import generic, title_at_company
from bot.jobs.reading.items import Item
from bot.ports import Entry

PLACE = ("location", "candidate_required_location", "region")


def read(item: Item) -> Entry | None:
    if not generic.first(item, generic.COMPANY):
        return title_at_company.read(item)
    return generic.of_feed(item, place=generic.first(item, PLACE), fields=("type", "job_type", "category"))
