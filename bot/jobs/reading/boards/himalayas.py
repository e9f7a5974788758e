"""Himalayas, RSS (research/feeds.md A1): the newest 100 of a flow of 300 an hour.

Company, place and expiry stand in `himalayasJobs:` elements. Oddity: one `locationRestriction` for each country, of
which feedparser would keep the last alone; so they are made one before it reads them.
"""

from __future__ import annotations

import re

from bot.jobs.reading.boards import generic
from bot.jobs.reading.items import Item, when
from bot.ports import Entry

_NEXT_PLACE = re.compile(rb"</himalayasJobs:locationRestriction>\s*+<himalayasJobs:locationRestriction>")


def prepare(body: bytes) -> bytes:
    """The body with the countries of an item in one element."""
    return _NEXT_PLACE.sub(b", ", body)


def read(item: Item) -> Entry | None:
    return generic.of_feed(
        item,
        company=item.get("himalayasjobs_companyname"),
        place=item.get("himalayasjobs_locationrestriction"),
        expires=when(item.get("himalayasjobs_expirydate")),
    )
