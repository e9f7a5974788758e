"""The feeds that a web page names. Runs in a worker, for pages are long and theirs."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from bot.ports import FoundFeed
from bot.text import clean
from bot.text.cleaning import unescape

MOST = 25  # a menu's options
# Where feeds lie that no page names (research/rss.md row 3); with the page itself eight requests.
COMMON = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "jobs.rss")

_TYPES = frozenset(
    ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
)
_LINK = re.compile(r"<(?:link|a)\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"(?<![\w-])([a-z]{1,20})\s?=\s?(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE
)
_LOOKS_LIKE_ONE = re.compile(
    r"(?:\.rss|\.atom|/(?:rss|feed|atom)(?:\.xml)?/?|[?&]feed=[a-z_]+)$", re.IGNORECASE
)


def named(body: bytes, base: str) -> tuple[FoundFeed, ...]:
    """The feeds of the page at `base`: what it says is one first, then links that look like one; in its order."""
    told: dict[str, FoundFeed] = {}
    guessed: dict[str, FoundFeed] = {}
    for tag in _LINK.finditer(body.decode("utf-8", errors="replace")):
        given = {name.lower(): unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(tag[1])}
        if not (url := _address(base, given.get("href", ""))):
            continue
        if "alternate" in given.get("rel", "").lower().split() and given.get("type", "").lower() in _TYPES:
            told.setdefault(url, FoundFeed(url, clean(given.get("title", ""), 80)))
        elif _LOOKS_LIKE_ONE.search(url):
            guessed.setdefault(url, FoundFeed(url, ""))
    return tuple((told | {url: one for url, one in guessed.items() if url not in told}).values())[:MOST]


def common(page: str) -> list[str]:
    """Where the host of a page may have its feed."""
    return [urljoin(page, f"/{path}") for path in COMMON]


def _address(base: str, href: str) -> str:
    if not href.strip():
        return ""
    try:
        url = urljoin(base, href.strip()).partition("#")[0]
        return url if urlsplit(url).scheme in ("http", "https") and len(url) <= 2048 else ""
    except ValueError:
        return ""
