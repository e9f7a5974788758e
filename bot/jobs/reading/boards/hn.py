"""Hacker News, "Ask HN: Who is hiring?", through Algolia's JSON (research/feeds.md A1).

The feed's page is a search that finds the months' threads; the newest names a second page, which is followed:
`items/<id>`, the thread. Its comments may also come as a search (`hits` with `parent_id`).

Oddities: jobs are the comments of the first level, `Company | Role | Place | REMOTE | …` in free order and free text;
replies and deleted comments are no items. Where no cell names a role, the whole first line is the title. A comment
without two "|" in that line cannot be taken apart, and is often no job ("Thank you to everyone"): it counts as
unreadable (40 of 335 in May 2026).
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import Any

from bot.jobs.reading.items import Item, entry, plain, when
from bot.ports import Entry

PAGE = "https://news.ycombinator.com/item?id="

_THREAD = re.compile(r"Ask HN: Who is hiring\?", re.IGNORECASE)
_FIRST_LINE = re.compile(r"<p>|\n")
_LINK = re.compile(r"\(?\s*(?:https?://|www\.)\S+(?:\s*\))?|^[\w-]+(?:\.[\w-]+)+(?:/\S*)?$")
_ROLE = re.compile(
    r"\b(?:engineer|developer|designer|manager|scientist|researcher|analyst|architect|lead|head|director|founding|"
    r"programmer|administrator|specialist|writer|marketer|recruiter|consultant|advocate|cto|sre|devops|roles?|"
    r"positions?|engineering|software|backend|frontend|full[- ]?stack|intern|staff|senior|swe|editor)s?\b",
    re.IGNORECASE,
)
_EMPLOYMENT = re.compile(
    r"^(?:full|part)[- ]?time\b|^(?:contract(?:or)?|intern(?:ship)?|permanent|freelance)s?\b", re.I
)
_PAY = re.compile(r"[$€£¥]\s?\d|\b\d{2,3}\s?k\b|\bsalary\b|\bequity\b", re.IGNORECASE)


def items(document: Any) -> list[Any] | None:
    """Comments of the first level; none for a search that found threads; None for another shape."""
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("children"), list) and "created_at" in document:
        return [
            {**comment, "comment_text": comment["text"]} for comment in document["children"] if _said(comment)
        ]
    hits = document.get("hits")
    if not isinstance(hits, list) or not all(isinstance(hit, dict) for hit in hits):
        return None
    if hits and not any("comment_text" in hit or "num_comments" in hit for hit in hits):
        return None
    return [hit for hit in hits if hit.get("comment_text") and hit.get("parent_id") == hit.get("story_id")]


def follow(document: Any) -> str | None:
    """The page of the newest thread, relative to the search."""
    hits = document.get("hits") if isinstance(document, dict) else None
    threads = [
        (str(hit.get("created_at")), str(hit.get("objectID")))
        for hit in (hits if isinstance(hits, list) else ())
        if isinstance(hit, dict) and "comment_text" not in hit and _THREAD.match(str(hit.get("title")))
    ]
    _, newest = max(threads, default=("", ""))
    return f"items/{newest}" if newest.isdecimal() else None


def read(item: Item) -> Entry | None:
    html = item.get("comment_text")
    if not isinstance(html, str):
        return None
    cells = [
        cell for cell in map(str.strip, plain(_FIRST_LINE.split(html, maxsplit=1)[0]).split("|")) if cell
    ]
    if len(cells) < 3:
        return None
    number = item.get("objectID") or item.get("id")
    company = _LINK.sub("", cells[0]).strip()
    rest = [cell for cell in cells[1:] if not _LINK.match(cell)]
    roles = _roles(rest)
    others = [cell for cell in rest if cell not in roles]
    return entry(
        item,
        title=_LINK.sub("", ", ".join(roles)) or " | ".join((company, *rest)),
        url=f"{PAGE}{number}",
        guid=number,
        company=company,
        place="; ".join(cell for cell in others if not _EMPLOYMENT.search(cell) and not _PAY.search(cell)),
        pay="; ".join(cell for cell in others if _PAY.search(cell)),
        published=when(item.get("created_at")),
        text=plain(html),
    )


def _roles(cells: list[str]) -> list[str]:
    """The first cells in a row that name a role."""
    named = [bool(_ROLE.search(cell)) and not _PAY.search(cell) for cell in cells]
    if True not in named:
        return []
    start = named.index(True)
    return [
        cell for cell, _ in takewhile(lambda pair: pair[1], zip(cells[start:], named[start:], strict=True))
    ]


def _said(comment: Any) -> bool:
    return isinstance(comment, dict) and isinstance(comment.get("text"), str) and bool(comment["text"])
