"""Himalayas, JSON API (research/feeds.md A1).

Dates are seconds since 1970. An empty `locationRestrictions` is how it says "anywhere": no claim is made of it here.
Oddity: with `timezoneRestrictions` it lists every zone of the countries it names, 14 included for the United States.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, pay, plain, rows, when
from bot.ports import Entry

_FIELDS = (
    "employmentType",
    "seniority",
    "timezoneRestrictions",
    "minSalary",
    "maxSalary",
    "currency",
    "salaryPeriod",
)


def items(document: Any) -> list[Any] | None:
    return rows(document, "jobs", "locationRestrictions")


def read(item: Item) -> Entry | None:
    return entry(
        item,
        title=item.get("title"),
        url=item.get("applicationLink") or item.get("guid"),
        guid=item.get("guid"),
        company=item.get("companyName"),
        place=item.get("locationRestrictions"),
        pay=pay(item, "minSalary", "maxSalary", "currency", "salaryPeriod"),
        published=when(item.get("pubDate")),
        expires=when(item.get("expiryDate")),
        tags=[_spoken(word) for word in _list(item.get("categories"))],
        text=plain(item.get("description")),
        fields=_FIELDS,
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _spoken(word: Any) -> Any:
    """Categories are written "Customer-Success-Manager"."""
    return word.replace("-", " ") if isinstance(word, str) else ""
