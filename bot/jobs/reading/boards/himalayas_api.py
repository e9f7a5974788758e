"""Himalayas, JSON API (research/feeds.md A1).

Dates are seconds since 1970. An empty `locationRestrictions` is how it says "anywhere": no claim is made of it here.
Oddity: with `timezoneRestrictions` it lists every zone of the countries it names, 14 included for the United States.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, listed, pay, plain, rows, when
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
        url=_page(item),
        guid=item.get("guid"),
        company=item.get("companyName"),
        place=item.get("locationRestrictions"),
        pay=pay(item, "minSalary", "maxSalary", "currency", "salaryPeriod"),
        published=when(item.get("pubDate")),
        expires=when(item.get("expiryDate")),
        tags=[_spoken(word) for word in listed(item.get("categories"))],
        text=plain(item.get("description")),
        fields=_FIELDS,
    )


def _page(item: Item) -> Any:
    """The board's own page, which is its guid; the application's link may lead past the board."""
    guid = item.get("guid")
    return guid if isinstance(guid, str) and guid.startswith("https://") else item.get("applicationLink")


def _spoken(word: Any) -> Any:
    """Categories are written "Customer-Success-Manager"."""
    return word.replace("-", " ") if isinstance(word, str) else ""
