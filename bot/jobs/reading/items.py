"""What the boards' modules are made of: one item of a board, any JSON or feedparser value inside, to clean values.

Items come from strangers: every function takes whatever stands in a field, of whatever type, and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from bot.ports import Entry
from bot.text import clean, clean_lines, html_to_text, link

Item = Mapping[str, Any]

# Characters; longer ones are cut. A title or company that long is a description in the wrong place.
MAX_TITLE, MAX_COMPANY, MAX_CLAIM, MAX_FIELD, MAX_GUID, MAX_TEXT = 256, 120, 200, 500, 500, 8_000
MAX_TAGS, MAX_TAG = 20, 40

_MILLISECONDS = 100_000_000_000  # as seconds that would be the year 5138
_COMMA = re.compile(r"\s*,[\s,]*")


def entry(
    item: Item,
    *,
    title: Any,
    url: Any,
    guid: Any = None,
    company: Any = "",
    place: Any = "",
    pay: Any = "",
    published: datetime | None = None,
    expires: datetime | None = None,
    tags: Any = (),
    text: str = "",
    fields: Iterable[str] = (),
) -> Entry | None:
    """An entry of cleaned values; None without a title or a link that can be shown.

    text: plain already (see `plain`). fields: names of further fields of the item that are kept as they are called.
    """
    shown = link(url) if isinstance(url, str) else None
    heading = line(title, MAX_TITLE)
    if not heading or shown is None:
        return None
    return Entry(
        guid=line(guid, MAX_GUID) or None,
        url=shown,
        title=heading,
        company=line(company, MAX_COMPANY),
        place_claim=line(place, MAX_CLAIM),
        pay_claim=line(pay, MAX_CLAIM),
        published=published,
        expires=expires,
        tags=words(tags),
        text=text,
        fields={name: value for name in fields if (value := line(item.get(name), MAX_FIELD))},
    )


def line(value: Any, limit: int) -> str:
    """A value as one clean line: text, a number, or a list of them with commas between; "" for all else."""
    return _tidy_commas(clean(_joined(value), limit))


def words(value: Any) -> tuple[str, ...]:
    """Tags: a list, or one text with commas between; no tag twice, at most 20."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    cleaned = (line(part, MAX_TAG) for part in list(parts)[: 5 * MAX_TAGS])
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:MAX_TAGS]


def plain(html: Any) -> str:
    """The text of a description in HTML, at most 8,000 characters."""
    return html_to_text(html, MAX_TEXT) if isinstance(html, str) else ""


def plain_text(text: Any) -> str:
    """A description that is no HTML, line by line, at most 8,000 characters."""
    return clean_lines(text, MAX_TEXT) if isinstance(text, str) else ""


def when(value: Any) -> datetime | None:
    """A moment in UTC: ISO 8601, the date of an e-mail, or seconds or milliseconds since 1970. No zone means UTC."""
    if isinstance(value, str) and value.strip().isdecimal() and len(value) < 20:
        value = int(value)
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, UTC)
        if not isinstance(value, str):
            return None
        moment = _moment(value.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def pay(item: Item, low: str, high: str, currency: str = "", period: str = "") -> str:
    """Pay that a board gives in fields, put side by side and not interpreted: "60000 - 80000 USD yearly".

    A 0 is what boards write for "not stated". Numbers that are equal are said once.
    """
    amounts = [line(item.get(name), 20) for name in (low, high)]
    stated = list(dict.fromkeys(amount for amount in amounts if amount and amount.strip("0.,")))
    if not stated:
        return ""
    units = (line(item.get(name), 20) for name in (currency, period) if name)
    return " ".join((" - ".join(stated), *(unit for unit in units if unit)))


def rows(document: Any, key: str, mark: str) -> list[Any] | None:
    """The list under `key` of a board's JSON (`""`: the document itself); None when it is not this board's shape.

    mark: a field that this board's items have and others' do not.
    """
    found = document.get(key) if key and isinstance(document, dict) else None if key else document
    if not isinstance(found, list):
        return None
    if found and not any(isinstance(item, dict) and mark in item for item in found):
        return None
    return found


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return parsedate_to_datetime(text)


def _joined(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    if isinstance(value, dict):
        name = value.get("name")
        return name if isinstance(name, str) else ""
    if isinstance(value, list | tuple):
        return ", ".join(
            text for part in value if not isinstance(part, list | tuple) and (text := _joined(part))
        )
    return ""


def _tidy_commas(text: str) -> str:
    """Boards leave commas with nothing behind: "Orlando, " (Remote OK), "EMEA,  LATAM" (Jobicy)."""
    return _COMMA.sub(", ", text).strip(", ") if ", " in text or text.endswith(",") else text
