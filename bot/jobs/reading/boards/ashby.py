"""Ashby, an employer's own board as JSON (research/feeds.md A2): `ashby:SLUG`.

Oddities: `isRemote` is true for hybrid jobs too, so `workplaceType` decides; the company stands in the link alone;
further places are in `secondaryLocations`; pay stands in `compensation` and only with `includeCompensation=true`;
jobs that are not listed are in it.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, employer_of, entry, inside, listed, only, places, plain, rows, when
from bot.ports import Entry

_FIELDS = ("isRemote", "workplaceType", "employmentType", "department", "team", "country", "compensation")


def items(document: Any) -> list[Any] | None:
    return only(rows(document, "jobs", "jobUrl"), lambda item: item.get("isListed") is not False)


def read(item: Item) -> Entry | None:
    given = item.get("compensation")
    stated = inside(given, "compensationTierSummary") or inside(given, "scrapeableCompensationSalarySummary")
    country = inside(inside(item.get("address"), "postalAddress"), "addressCountry")
    return entry(
        {**item, "country": country, "compensation": stated},
        title=item.get("title"),
        url=item.get("jobUrl"),
        guid=item.get("id"),
        company=employer_of(item.get("jobUrl")),
        place=_place(item),
        pay=stated,
        published=when(item.get("publishedAt")),
        tags=[item.get("department"), item.get("team")],
        text=plain(item.get("descriptionHtml")),
        fields=_FIELDS,
    )


def _place(item: Item) -> str:
    """ "Hybrid; Lisbon; Porto": how, then every place it is offered in."""
    further = [inside(one, "location") for one in listed(item.get("secondaryLocations"))]
    how = item.get("workplaceType") or ("Remote" if item.get("isRemote") is True else None)
    return places((how, item.get("location"), *further))
