"""A body → entries. Runs in a worker, because a small hostile feed can hold a parser for a minute.

Every body has a defined result: a `Reading`, or a `Trouble` in words; whatever it holds, nothing is raised.
feedparser reads feeds with sanitising and relative links off (4 × faster; our own text gate does that work) and keeps
the boards' own elements, which faster parsers drop (research/feeds.md 0.4).
"""

from __future__ import annotations

import dataclasses
import io
import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from bot.jobs.reading.boards import BOARDS, JSON_FEED, Board
from bot.jobs.reading.strips import stripped
from bot.ports import Entry, Reading, Trouble, Validators

MAX_ITEMS = 5_000
MAX_TTL = timedelta(hours=24)
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = timedelta(days=2)  # from now; so much are clocks and zones wrong

_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_ITEM = re.compile(rb"<(?:item|entry)[\s>]")

Parsed = tuple[Reading, str | None]


def parse_body(
    body: bytes, content_type: str | None, parser: str, strip: Sequence[str], now: datetime
) -> Parsed | Trouble:
    """The reading of a body, and one more page to read instead when the board names one (relative to this one).

    parser, strip: as in feeds.yaml. content_type: the HTTP header, if any. The reading's validators are empty, its
    `fresh_for` is the feed's own `ttl`, and its entries have their whole text and no facts yet (`facts_of`).
    """
    board = BOARDS[parser]
    if not body.strip():
        return Trouble("empty", "The page holds nothing.")
    if _without_bom(body)[:1] in (b"{", b"["):
        return _of_json(body, board, strip, now)
    return _of_feed(body, content_type, board, strip, now)


# -- JSON ----------------------------------------------------------------------------------------


def _of_json(body: bytes, board: Board, strip: Sequence[str], now: datetime) -> Parsed | Trouble:
    try:
        document = json.loads(body)
    except UnicodeDecodeError:
        return Trouble("broken", "Its JSON is not in UTF-8.")
    except (ValueError, RecursionError):
        return Trouble("broken", "Its JSON is cut off or malformed.")
    if board.items is None:
        board = JSON_FEED
    items = board.items(document) if board.items else None
    if items is None:
        wanted = (
            "It is JSON, but no JSON Feed" if board is JSON_FEED else "Its JSON is not that of this board"
        )
        return Trouble("unknown_shape", f"{wanted}; another `parser` may read it.")
    reading = _reading(items, board, strip, now)
    if isinstance(reading, Trouble):
        return reading
    return reading, board.follow(document) if board.follow else None


# -- RSS, Atom, RDF ------------------------------------------------------------------------------


def _of_feed(
    body: bytes, content_type: str | None, board: Board, strip: Sequence[str], now: datetime
) -> Parsed | Trouble:
    body, left_out = _shortened(board.prepare(body) if board.prepare else body)
    headers = {"content-type": _charset(body, content_type)} if _charset(body, content_type) else {}
    parsed = feedparser.parse(
        io.BytesIO(body),  # given bytes alone, feedparser would try them as the name of a file first
        response_headers=headers,
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.entries:
        if _HTML.search(body[:2_000]):
            return Trouble("not_a_feed", "It is a web page for people.")
        if not parsed.get("version"):
            return Trouble("not_a_feed", "It is neither RSS nor Atom nor a JSON Feed.")
        if parsed.bozo:
            return Trouble("broken", "Its XML is cut off or malformed, and no item can be read.")
    if board.items is not None:
        return Trouble(
            "unknown_shape", "It is a feed, but this board gives JSON; another `parser` may read it."
        )
    # Plain dicts: a FeedParserDict warns and guesses when a key is missing.
    reading = _reading([dict(item) for item in parsed.entries], board, strip, now)
    if isinstance(reading, Trouble):
        return reading
    left_out += reading.left_out
    return dataclasses.replace(reading, fresh_for=_ttl(parsed.feed.get("ttl")), left_out=left_out), None


def _shortened(body: bytes) -> tuple[bytes, int]:
    """A feed without its items over the limit, and how many they are: feedparser would spend a minute on them."""
    starts = [found.start() for found in _ITEM.finditer(body)]
    if len(starts) <= MAX_ITEMS:
        return body, 0
    end = starts[MAX_ITEMS]
    tail = max(body.rfind(tag) + len(tag) for tag in (b"</item>", b"</entry>"))
    return body[:end] + (body[tail:] if tail > end else b""), len(starts) - MAX_ITEMS


def _charset(body: bytes, content_type: str | None) -> str | None:
    """The content type that feedparser shall believe. Bytes that are UTF-8 are so, whatever header or prolog say."""
    if b"\0" in body[:4]:  # UTF-16 or UTF-32, which its prolog tells better
        return None
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return content_type
    return "application/xml; charset=utf-8"


def _ttl(minutes: Any) -> timedelta | None:
    if isinstance(minutes, str) and minutes.strip().isdecimal() and len(minutes) < 10 and int(minutes) > 0:
        return min(timedelta(minutes=int(minutes)), MAX_TTL)
    return None


# -- items ---------------------------------------------------------------------------------------


def _reading(items: Sequence[Any], board: Board, strip: Sequence[str], now: datetime) -> Reading | Trouble:
    entries = []
    for item in items[:MAX_ITEMS]:
        raw = stripped(item, strip) if strip else item
        entry = board.read(raw) if isinstance(raw, dict) else None
        if entry is not None:
            entries.append(_dated(entry, now))
    read = min(len(items), MAX_ITEMS)
    if read and not entries:  # as a good reading it would be silence for ever
        return Trouble("unknown_shape", "No item of it has a title and a link.")
    return Reading(tuple(entries), Validators(), None, len(items) - read, read - len(entries))


def _dated(entry: Entry, now: datetime) -> Entry:
    """Without a date that cannot be: undated means first seen, while one of 2099 would stay new for ever."""
    published, expires = entry.published, entry.expires
    if published is not None and not EARLIEST <= published <= now + LATEST:
        published = None
    if expires is not None and expires < EARLIEST:
        expires = None
    return dataclasses.replace(entry, published=published, expires=expires)


def _without_bom(body: bytes) -> bytes:
    for bom in _BOMS:
        body = body.removeprefix(bom)
    return body.lstrip(b" \t\r\n\0")
