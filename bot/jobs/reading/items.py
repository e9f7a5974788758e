"""What the boards' modules are made of: one item of a board, any JSON or feedparser value inside, to clean values.

Items come from strangers: every function takes whatever stands in a field, of whatever type, and never raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any

from bot.jobs.facts.values import MOST_TEXT
from bot.ports import Entry
from bot.text import clean, clean_lines, html_to_text, link
from bot.text.cleaning import unescape

Item = Mapping[str, Any]

# Characters; longer ones are cut. A title or company that long is a description in the wrong place.
MAX_TITLE, MAX_COMPANY, MAX_CLAIM, MAX_FIELD, MAX_GUID = 256, 120, 200, 500, 500
MAX_PLACE = 2_000  # Himalayas names every country of Europe one by one
MAX_TEXT = MOST_TEXT  # facts are read from all of it; less is kept (`reader.KEPT_TEXT`)
MAX_TAGS, MAX_TAG = 20, 40

_MILLISECONDS = 100_000_000_000  # as seconds that would be the year 5138
_COMMA = re.compile(r"\s*,[\s,]*")
_TAG, _ESCAPED_TAG = re.compile(r"</?[a-zA-Z]"), re.compile(r"&lt;/?[a-zA-Z]")
_NO_PAY = re.compile(r"-|[\d.]+e\+", re.IGNORECASE)
_EMPLOYER = re.compile(r"https://[^/?#]+/([^/?#]{1,80})/")
# A text that somebody typed has that many lines, one of them longer than a wrapped one, and no more tags of blocks.
_LINES, _WRAPPED, _BLOCKS = 5, 120, 2
_BLOCK = re.compile(r"<(?:p|br|li|div|h\d|tr|ul)\b", re.IGNORECASE)
# It may begin where none is under way only, so that a long word without "@" is looked at once.
_MAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]{1,64}@(?=[a-zA-Z0-9-]{1,63}\.[a-zA-Z0-9])")


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
    """An entry of cleaned values without mail addresses; None without a title or a link that can be shown.

    text: plain already (see `plain`). fields: names of further fields of the item that are kept as they are called.
    """
    shown = link(url) if isinstance(url, str) else None
    heading = nobodys(line(title, MAX_TITLE))
    if not heading or shown is None:
        return None
    return Entry(
        guid=line(guid, MAX_GUID) or None,
        url=shown,
        title=heading,
        company=nobodys(line(company, MAX_COMPANY)),
        place_claim=nobodys(line(place, MAX_PLACE)),
        pay_claim=nobodys(line(pay, MAX_CLAIM)),
        published=published,
        expires=expires,
        tags=words(tags),
        text=text,
        fields={name: value for name in fields if (value := nobodys(line(item.get(name), MAX_FIELD)))},
    )


def nobodys(text: str) -> str:
    """Mail addresses without the part that names somebody: "…@gmail.com". The domain stays, since it can warn."""
    return _MAIL.sub("…@", text) if "@" in text else text


def line(value: Any, limit: int) -> str:
    """A value as one clean line: text, a number, or a list of them with commas between; "" for all else."""
    return _tidy_commas(clean(_joined(value), limit))


def words(value: Any) -> tuple[str, ...]:
    """Tags: a list, or one text with commas between; no tag twice, at most 20."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list | tuple) else ()
    cleaned = (line(part, MAX_TAG) for part in list(parts)[: 5 * MAX_TAGS])
    return tuple(dict.fromkeys(tag for tag in cleaned if tag))[:MAX_TAGS]


def plain(html: Any) -> str:
    """The text of a description in HTML, at most MAX_TEXT characters, without mail addresses."""
    return nobodys(html_to_text(_lined(html), MAX_TEXT)) if isinstance(html, str) else ""


def _lined(html: str) -> str:
    """HTML in which every typed line is one, where somebody typed a text and a board put a tag or two around it.

    Long lines tell typed ones from a text that was only wrapped.
    """
    if html.count("\n") < _LINES or next(islice(_BLOCK.finditer(html), _BLOCKS, None), None):
        return html
    return html.replace("\n", "<br>") if max(map(len, html.split("\n"))) > _WRAPPED else html


def plain_or_escaped(html: Any) -> str:
    """As `plain`, for boards that now and then escape a whole description once more (`&lt;p&gt;`)."""
    if isinstance(html, str) and len(_ESCAPED_TAG.findall(html)) > len(_TAG.findall(html)):
        html = unescape(html)
    return plain(html)


def plain_text(text: Any) -> str:
    """A description that is no HTML, line by line, at most MAX_TEXT characters, without mail addresses."""
    return nobodys(clean_lines(text, MAX_TEXT)) if isinstance(text, str) else ""


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

    A 0 is what boards write for "not stated"; below it, and beyond all counting (1e+18), is nobody's pay either.
    Numbers that are equal are said once.
    """
    amounts = [line(item.get(name), 20) for name in (low, high)]
    stated = list(
        dict.fromkeys(amount for amount in amounts if amount.strip("0.,") and not _NO_PAY.match(amount))
    )
    if not stated:
        return ""
    units = (line(item.get(name), 20) for name in (currency, period) if name)
    return " ".join((" - ".join(stated), *(unit for unit in units if unit)))


def listed(value: Any) -> list[Any]:
    """A list as it is, anything else as none."""
    return value if isinstance(value, list) else []


def inside(value: Any, name: str) -> Any:
    """What stands under a name of an object; None of anything else."""
    return value.get(name) if isinstance(value, dict) else None


def spoken(value: Any, *names: str) -> list[str]:
    """The texts under these names of an object, as far as there are any."""
    return [text for name in names if isinstance(text := inside(value, name), str) and text.strip()]


def employer_of(url: Any) -> str:
    """The employer in a link to its own board, `https://jobs.lever.co/SLUG/…`, as a name; "" where there is none."""
    found = _EMPLOYER.match(url) if isinstance(url, str) else None
    return named(found[1]) if found else ""


def named(slug: str) -> str:
    """An employer's word in an address as a name: "trail-of-bits" → "Trail Of Bits"."""
    return re.sub(r"[-_.]", " ", slug).title()


def places(words: Iterable[Any]) -> str:
    """Places side by side, each once: "Hybrid; Lisbon; Porto"; what is no text is left out."""
    return "; ".join(dict.fromkeys(word for word in words if isinstance(word, str) and word))


def rows(document: Any, key: str, mark: str, beside: str = "") -> list[Any] | None:
    """The list under `key` of a board's JSON (`""`: the document itself); None when it is not this board's shape.

    mark: a field that this board's items have and others' do not. beside: a key without which an empty list says
    nothing, where several boards call theirs the same.
    """
    found = document.get(key) if key and isinstance(document, dict) else None if key else document
    if not isinstance(found, list):
        return None
    if not found:
        return found if not beside or beside in document else None
    return found if any(isinstance(item, dict) and mark in item for item in found) else None


def only(found: list[Any] | None, holds: Callable[[Item], bool]) -> list[Any] | None:
    """The rows of which this holds; those that are no objects stay, to be counted with what can't be read."""
    return found and [item for item in found if not isinstance(item, dict) or holds(item)]


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
