"""Landing.jobs, JSON API (research/feeds.md A2): Portugal and Europe, offices and all.

Oddities: no company but in the link, `/at/<company>/<job>`; the description stands in four fields; `page` and `sort`
are ignored, so it is one window of 50; many jobs of it are old.
"""

from __future__ import annotations

import re
from typing import Any

from bot.jobs.reading.items import Item, entry, listed, named, pay, places, plain, rows, spoken, when
from bot.ports import Entry

_EMPLOYER = re.compile(r"/at/([a-z0-9][a-z0-9-]{0,80})/", re.IGNORECASE)
_TEXTS = ("role_description", "main_requirements", "nice_to_have", "perks")
_FIELDS = ("type", "remote", "relocation_paid", "currency_code", "gross_salary_low", "gross_salary_high")


def items(document: Any) -> list[Any] | None:
    return rows(document, "", "role_description")


def read(item: Item) -> Entry | None:
    url = item.get("url")
    employer = _EMPLOYER.search(url) if isinstance(url, str) else None
    texts = (item.get(name) for name in _TEXTS)
    return entry(
        item,
        title=item.get("title"),
        url=url,
        guid=item.get("id"),
        company=named(employer[1]) if employer else "",
        place=_place(item),
        pay=pay(item, "gross_salary_low", "gross_salary_high", "currency_code"),
        published=when(item.get("published_at")),
        expires=when(item.get("expires_at")),
        tags=item.get("tags"),
        text=plain("<br>".join(text for text in texts if isinstance(text, str))),
        fields=_FIELDS,
    )


def _place(item: Item) -> str:
    remote = ["Remote"] if item.get("remote") is True else []
    where = (", ".join(spoken(one, "city", "country_code")) for one in listed(item.get("locations")))
    return places((*remote, *where))
