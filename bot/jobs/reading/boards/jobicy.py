"""Jobicy, JSON API (research/feeds.md A1).

Oddities: entities are escaped twice ("Product &amp;amp; Operations"), so once more here than elsewhere; `jobGeo` has
double spaces; pay comes with currency and period, or not at all; `jobLevel` often disagrees with the title.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, pay, plain, rows, when
from bot.ports import Entry
from bot.text.cleaning import unescape

_FIELDS = ("jobIndustry", "jobType", "jobLevel", "salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod")


def items(document: Any) -> list[Any] | None:
    return rows(document, "jobs", "jobTitle")


def read(item: Item) -> Entry | None:
    once = {key: _unescaped(value) for key, value in item.items() if key != "jobDescription"}
    return entry(
        once,
        title=once.get("jobTitle"),
        url=once.get("url"),
        guid=once.get("id"),
        company=once.get("companyName"),
        place=once.get("jobGeo"),
        pay=pay(once, "salaryMin", "salaryMax", "salaryCurrency", "salaryPeriod"),
        published=when(once.get("pubDate")),
        tags=once.get("jobIndustry"),
        text=plain(item.get("jobDescription")),
        fields=_FIELDS,
    )


def _unescaped(value: Any) -> Any:
    if isinstance(value, list):
        return [_unescaped(part) for part in value]
    return unescape(value) if isinstance(value, str) else value
