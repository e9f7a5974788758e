"""OPML, in and out: lists of feeds as other readers keep them (opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bot.ports import FoundFeed
from bot.text import clean

MAX_BYTES = 5_000_000  # a list of 10,000 feeds has some 2 MB


class NoOpmlError(ValueError):
    """It is no OPML; the words say why, as the end of a sentence."""


def feeds_in(body: bytes) -> list[FoundFeed]:
    """The feeds of a file in its order, each address once, however deep its groups are nested. Raises NoOpmlError.

    A document type is refused: OPML has none, and entities of its own are what makes small files endless.
    """
    found: dict[str, FoundFeed] = {}
    seen = ""

    def begins(name: str, given: dict[str, str]) -> None:
        nonlocal seen
        seen = seen or name
        attributes = {key.lower(): value for key, value in given.items()}
        if name.lower() == "outline" and (url := attributes.get("xmlurl", "").strip()):
            title = attributes.get("title") or attributes.get("text") or ""
            found.setdefault(url, FoundFeed(url, clean(title, 80)))

    def refuse(*_: Any) -> None:
        raise NoOpmlError("holds a document type, which no list of feeds needs")

    parser = expat.ParserCreate()
    parser.StartElementHandler = begins
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        raise NoOpmlError("is no XML, or is cut off") from None
    if seen.lower() != "opml":
        raise NoOpmlError("is no OPML")
    return list(found.values())


def document(title: str, feeds: Iterable[FoundFeed], now: datetime) -> bytes:
    """An OPML file of these feeds."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"  <head><title>{escape(title)}</title><dateCreated>{format_datetime(now)}</dateCreated></head>",
        "  <body>",
    ]
    for feed in feeds:
        name = quoteattr(feed.title or feed.url)
        lines.append(f'    <outline type="rss" text={name} title={name} xmlUrl={quoteattr(feed.url)}/>')
    return "\n".join([*lines, "  </body>", "</opml>", ""]).encode()
