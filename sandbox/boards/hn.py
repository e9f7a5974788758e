"""Hacker News, "Who is hiring?", through Algolia: a search that finds the months' threads, and a thread.

Oddities: the search holds stories, not jobs; jobs are the first-level comments of the thread behind its id, as
`Company | Role | Place | REMOTE` in free text; replies, questions and a deleted comment stand between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any

from sandbox.boards.markup import JSON, dump
from sandbox.boards.posting import Posting

CONTENT_TYPE = JSON
AUTHOR = "whoishiring"

_ASK = "Please state the location and include REMOTE for remote work. Invented; nobody is hiring here."


def render(postings: Sequence[Posting], now: datetime) -> bytes:
    """The search as it stands at `now`: this month's thread and last month's."""
    month = now.replace(day=1, hour=15, minute=0, second=0, microsecond=0)
    before = (month - timedelta(days=1)).replace(day=1)
    hits = [_story(month, [posting.number for posting in postings]), _story(before, [])]
    return dump(
        {"exhaustiveNbHits": False, "hits": hits, "hitsPerPage": 20, "nbHits": 2, "nbPages": 1, "page": 0}
    )


def render_thread(postings: Sequence[Posting], now: datetime) -> bytes:
    """This month's thread with its comments, the body behind `items/<story_id>`."""
    month = now.replace(day=1, hour=15, minute=0, second=0, microsecond=0)
    story = _story(month, [])
    children = [_comment(posting, story["story_id"]) for posting in postings]
    gone: dict[str, Any] = {
        "author": None,
        "text": None,
        "created_at": _iso(now),
        "id": 9,
        "type": "comment",
        "children": [],
    }
    thread = {
        "id": story["story_id"],
        "type": "story",
        "author": AUTHOR,
        "title": story["title"],
        "text": _ASK,
    }
    return dump({**thread, "created_at": story["created_at"], "children": [*children, gone]})


def story_id(now: datetime) -> int:
    """The id of the thread of `now`'s month."""
    return 40_000_000 + now.year * 100 + now.month


def _story(month: datetime, children: list[int]) -> dict[str, Any]:
    number = story_id(month)
    return {
        "_tags": ["story", f"author_{AUTHOR}", f"story_{number}", "ask_hn"],
        "author": AUTHOR,
        "children": children,
        "created_at": _iso(month),
        "created_at_i": int(month.timestamp()),
        "num_comments": len(children),
        "objectID": str(number),
        "story_id": number,
        "story_text": _ASK,
        "title": f"Ask HN: Who is hiring? ({month:%B %Y})",
        "updated_at": _iso(month),
    }


def _comment(posting: Posting, story: int) -> dict[str, Any]:
    remote = f"REMOTE ({posting.place.words})" if posting.place.countries else "REMOTE"
    first = [
        posting.company,
        posting.role,
        remote,
        posting.employment,
        *([str(posting.pay)] if posting.pay else []),
    ]
    reply = {"id": posting.number + 50_000_000, "author": "passer_by", "text": "Do you hire in Ivernook too?"}
    return {
        "id": posting.number,
        "author": posting.company_slug.replace("-", "_"),
        "text": "<p>".join(
            escape(text).replace("/", "&#x2F;") for text in (" | ".join(first), *posting.paragraphs)
        ),
        "created_at": _iso(posting.posted_at),
        "created_at_i": int(posting.posted_at.timestamp()),
        "type": "comment",
        "parent_id": story,
        "story_id": story,
        "children": [{**reply, "type": "comment", "children": []}] if posting.id % 4 == 0 else [],
    }


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
