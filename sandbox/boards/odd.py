"""What real servers do wrong, in the words of `Boards.behave`.

On the postings:  duplicate_guid    the newest posting stands there twice
                  change_all_guids  the board renumbers everything; links stay (links=True: they change as well)
                  bump_dates        every date is the moment at which it began
On the bytes:     latin1            Latin-1 that says it is UTF-8
                  broken            the last third is missing
On the answer:    html              200 and a page for people
                  empty             200 and nothing
                  huge              `megabytes` (50) of spaces and one item, no length given
                  redirect          302 to `to`
                  drip              a byte every `pause_s` (1) seconds, for as long as somebody listens
                  status            `status` (503), with Retry-After if `retry_after` is given (seconds, or a date)
                  no_validators     no ETag, no Last-Modified, never a 304
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from sandbox.boards.posting import Posting

OF_POSTINGS = ("duplicate_guid", "change_all_guids", "bump_dates")
OF_BYTES = ("latin1", "broken")
OF_ANSWER = ("html", "empty", "huge", "redirect", "drip", "status", "no_validators")
ALL = (*OF_POSTINGS, *OF_BYTES, *OF_ANSWER)

_RENUMBERED = 50_000_000
_PAGE = "<!DOCTYPE html><html><head><title>Just a moment</title></head><body><p>Are you a person?</p></body></html>"


def postings(
    what: str, shown: Sequence[Posting], options: Mapping[str, Any], began: datetime
) -> list[Posting]:
    """The postings, newest first, as a board with this oddity sees them."""
    if what == "duplicate_guid":
        return [*shown[:1], *shown]
    if what == "change_all_guids":
        link_too = _RENUMBERED if options.get("links") else 0
        return [replace(p, id=p.id + link_too, id_shift=_RENUMBERED - link_too) for p in shown]
    if what == "bump_dates":
        return [replace(posting, posted_at=began.replace(microsecond=0)) for posting in shown]
    return list(shown)


def body(what: str, whole: bytes) -> bytes:
    """The bytes as a server with this oddity sends them."""
    if what == "latin1":
        return whole.decode("utf-8-sig").encode("latin-1", "replace")
    if what == "broken":
        return whole[: len(whole) * 2 // 3]
    return whole


def answer(what: str, options: Mapping[str, Any]) -> web.Response | None:
    """The whole answer, for an oddity that has no use for the postings."""
    if what == "html":
        return web.Response(text=_PAGE, content_type="text/html")
    if what == "empty":
        return web.Response(body=b"", content_type="application/rss+xml")
    if what == "redirect":
        return web.Response(status=302, headers={"Location": str(options["to"])})
    if what == "status":
        after = options.get("retry_after")
        said = format_datetime(after, usegmt=True) if isinstance(after, datetime) else after
        return web.Response(
            status=options.get("status", 503), headers={} if said is None else {"Retry-After": str(said)}
        )
    return None


async def stream(what: str, options: Mapping[str, Any], closing: asyncio.Event) -> AsyncIterator[bytes]:
    """The pieces of an answer that is too long or too slow; ends early when the boards close."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Long</title>'
    if what == "huge":
        for _ in range(options.get("megabytes", 50) * 16):
            yield b" " * 65_536
        yield b"<item><title>At last</title><link>https://long.example/1</link></item></channel></rss>"
        return
    while not closing.is_set():
        try:
            await asyncio.wait_for(closing.wait(), options.get("pause_s", 1))
        except TimeoutError:
            yield b" "
