"""Arbeitnow, JSON API (research/feeds.md A2): Germany, Austria and Switzerland, offices and all.

Oddities: only what says `remote: true` is read; `links.next` echoes the words of somebody's search, so it is never
followed; some descriptions are HTML that was escaped once more; each ends with a line of the board's own, "Find Jobs
in Germany", which would be taken for the job's place.
"""

from __future__ import annotations

import re
from typing import Any

from bot.jobs.reading.items import Item, entry, only, plain_or_escaped, rows, when
from bot.ports import Entry

_OWN_LINE = re.compile(r"<p>Find (?:more )?<a [^<>]{0,100}>[^<>]{0,80}</a> on Arbeitnow</a>\s*\Z")


def items(document: Any) -> list[Any] | None:
    found = rows(document, "data", "job_types", beside="links")
    return only(found, lambda item: item.get("remote") is True)


def read(item: Item) -> Entry | None:
    html = item.get("description")
    return entry(
        item,
        title=item.get("title"),
        url=item.get("url"),
        guid=item.get("slug"),
        company=item.get("company_name"),
        place=item.get("location"),
        published=when(item.get("created_at")),
        tags=item.get("tags"),
        text=plain_or_escaped(_OWN_LINE.sub("", html) if isinstance(html, str) else ""),
        fields=("remote", "job_types"),
    )
