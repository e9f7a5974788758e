"""Workable, an employer's own board as JSON (research/feeds.md A2): `workable:SLUG`.

Oddities: the company stands once, above all jobs; a job in several places comes once for each of them under one
`shortcode`; `telecommuting` means remote; hidden places are not to be told.
"""

from __future__ import annotations

from typing import Any

from bot.jobs.reading.items import Item, entry, inside, listed, places, plain, rows, spoken, when
from bot.ports import Entry

_FIELDS = ("telecommuting", "employment_type", "experience", "department", "function", "country")


def items(document: Any) -> list[Any] | None:
    """One item a shortcode, with the company and all its places."""
    found = rows(document, "jobs", "shortcode")
    if not found:
        return found
    merged: dict[Any, dict[str, Any]] = {}
    others = []
    for item in found:
        code = item.get("shortcode") if isinstance(item, dict) else None
        if not isinstance(code, str):
            others.append(item)
            continue
        one = merged.setdefault(code, {**item, "company": inside(document, "name"), "places": []})
        one["places"] += _shown(item)
    return [*merged.values(), *others]


def read(item: Item) -> Entry | None:
    remote = ["Remote"] if item.get("telecommuting") is True else []
    return entry(
        item,
        title=item.get("title"),
        url=item.get("url"),
        guid=item.get("shortcode"),
        company=item.get("company"),
        place=places((*remote, *listed(item.get("places")))),
        published=when(item.get("published_on")) or when(item.get("created_at")),
        tags=[item.get("department"), item.get("function")],
        text=plain(item.get("description")),
        fields=_FIELDS,
    )


def _shown(item: Item) -> list[str]:
    """ "Detroit, Michigan, United States", of each place that may be told."""
    given = listed(item.get("locations")) or [{**item, "region": item.get("state")}]
    return [", ".join(spoken(one, "city", "region", "country")) for one in given if not inside(one, "hidden")]
