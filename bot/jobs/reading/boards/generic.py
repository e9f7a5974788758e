"""Any RSS, Atom or RDF feed without oddities, and the ground that the boards' own modules stand on.

Besides the standard's elements it takes the company, place and pay from elements that several boards share.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from bot.jobs.reading.items import Item, entry, plain, plain_text, when
from bot.ports import Entry
from bot.text import tidy

COMPANY = ("company", "job_company", "job_listing_company", "company_name")
PLACE = ("region", "location", "job_location", "job_listing_location")
PAY = ("salary", "job_salary", "job_listing_salary")
FIELDS = ("country", "state", "type", "skills")


def read(item: Item) -> Entry | None:
    """An item as the standards have it."""
    return of_feed(item, fields=FIELDS)


def of_feed(item: Item, *, fields: Iterable[str] = (), **own: Any) -> Entry | None:
    """An entry of a feedparser item; `own` are arguments of `items.entry` that a board knows better."""
    standard: dict[str, Any] = {
        "title": title(item),
        "url": address(item),
        "guid": item.get("id"),
        "company": first(item, COMPANY),
        "place": first(item, PLACE),
        "pay": first(item, PAY),
        "published": published(item),
        "expires": when(item.get("expires_at")),
        "tags": tags(item),
        "text": text(item),
    }
    return entry(item, fields=fields, **(standard | own))


def title(item: Item) -> str:
    """The title without markup; Atom may give HTML."""
    value = item.get("title")
    if not isinstance(value, str):
        return ""
    detail = item.get("title_detail")
    is_html = isinstance(detail, dict) and "html" in str(detail.get("type"))
    return tidy(plain(value)) if is_html else value


def address(item: Item) -> Any:
    """The item's page; a guid that is a link serves where there is no link."""
    return item.get("link") or item.get("id")


def first(item: Item, names: Iterable[str]) -> str:
    """The first of these fields that holds a text."""
    values = (item.get(name) for name in names)
    return next((value for value in values if isinstance(value, str) and value.strip()), "")


def tags(item: Item) -> list[str]:
    """The terms of the categories."""
    found = item.get("tags")
    terms = (tag.get("term") for tag in found if isinstance(tag, dict)) if isinstance(found, list) else ()
    return [term for term in terms if isinstance(term, str)]


def published(item: Item) -> datetime | None:
    """When it was published, else when it was changed; feedparser has parsed more formats than we know."""
    for name in ("published", "updated", "created"):
        parsed = item.get(f"{name}_parsed")
        if parsed is None:
            moment = when(item.get(name))
        else:
            moment = when("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*parsed[:6]))
        if moment is not None:
            return moment
    return None


def text(item: Item) -> str:
    """The longer of description and content, as plain text."""
    candidates = [(item.get("summary"), item.get("summary_detail"))]
    content = item.get("content")
    for part in content if isinstance(content, list) else ():
        if isinstance(part, dict):
            candidates.append((part.get("value"), part))
    raw, detail = max(candidates, key=lambda pair: len(pair[0]) if isinstance(pair[0], str) else 0)
    is_plain = isinstance(detail, dict) and detail.get("type") == "text/plain"
    return plain_text(raw) if is_plain else plain(raw)
