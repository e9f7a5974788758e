"""The few lines of XML and HTML that several boards share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from sandbox.boards.posting import Posting

RSS = "application/rss+xml; charset=utf-8"
JSON = "application/json; charset=utf-8"


def rfc822(moment: datetime) -> str:
    """Fri, 10 Jul 2026 22:45:30 +0000"""
    return format_datetime(moment)


def x(text: object) -> str:
    """Text for an XML or HTML element."""
    return escape(str(text), quote=False)


def element(name: str, text: object) -> str:
    """`<name>text</name>`, the text escaped."""
    return f"<{name}>{x(text)}</{name}>"


def cdata(name: str, text: object) -> str:
    """`<name><![CDATA[text]]></name>`, as WordPress writes it."""
    return f"<{name}><![CDATA[{text}]]></{name}>"


def html(posting: Posting) -> str:
    """The description as the HTML that boards keep: paragraphs, then the tags as a list."""
    wanted = "".join(f"<li>{x(tag)}</li>" for tag in posting.tags)
    return "\n".join(f"<p>{x(text)}</p>" for text in posting.paragraphs) + f"\n<ul>{wanted}</ul>"


def rss(head: Iterable[str], items: Iterable[Iterable[str]], namespaces: str = "") -> bytes:
    """An RSS 2.0 document in UTF-8: lines of the channel's head, then the lines of each item."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<rss version="2.0"{namespaces and " " + namespaces}>',
    ]
    lines += ["  <channel>", *(f"    {line}" for line in head)]
    for item in items:
        lines += ["    <item>", *(f"      {line}" for line in item), "    </item>"]
    return "\n".join([*lines, "  </channel>", "</rss>", ""]).encode()


def dump(value: Any) -> bytes:
    """JSON in UTF-8, accents as they are."""
    return json.dumps(value, ensure_ascii=False).encode()
