"""No Fluff Jobs, JSON (research/feeds.md A2): 11,446 postings in one body, of which only the fully remote are read.

Oddities: `name` is the company; the link is a slug; pay is by the month; there is no description; the places of a
remote job are offices, of which only the countries are told.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, inside, listed, only, pay, rows, spoken, when
from bot.ports import Entry

SITE = "https://nofluffjobs.com/job/"

_FIELDS = ("seniority", "category", "technology", "regions")


def items(document: Any) -> list[Any] | None:
    found = rows(document, "postings", "technology")
    return only(found, lambda item: inside(item.get("location"), "fullyRemote") is True)


def read(item: Item) -> Entry | None:
    slug, salary = item.get("url"), item.get("salary")
    monthly = {**salary, "period": "monthly"} if isinstance(salary, dict) else {}
    return entry(
        item,
        title=item.get("title"),
        url=f"{SITE}{slug}" if isinstance(slug, str) and slug else None,
        guid=item.get("id"),
        company=item.get("name"),
        place="; ".join(["Remote", *_countries(inside(item.get("location"), "places"))]),
        pay=pay(monthly, "from", "to", "currency", "period"),
        published=when(item.get("posted")),
        tags=[item.get("technology"), item.get("category")],
        fields=_FIELDS,
    )


def _countries(places: Any) -> list[str]:
    found = (inside(place, "country") for place in listed(places))
    return list(dict.fromkeys(name for country in found for name in spoken(country, "name")))
