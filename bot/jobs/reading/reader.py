"""The one way to read a feed: fetch here, parse in a worker, and every failure a value."""

from __future__ import annotations

import dataclasses
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.jobs.reading.fetch import Fetched, Fetcher
from bot.ports import FeedSpec, NotModified, Reading, Trouble, Validators, Workers, WorkerTrouble

if TYPE_CHECKING:  # importing it here would bring feedparser into the bot's own process
    from bot.jobs.reading.parse import Parsed

PARSE_S = 5.0

_STOPPED = {
    "timeout": "Reading it took too long and was stopped.",
    "memory": "Reading it took too much memory and was stopped.",
    "died": "Reading it ended the process that tried.",
}

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """Implements `bot.ports.Feeds`. parse_s: seconds that a worker may spend on one body."""

    book: tuple[FeedSpec, ...]
    fetcher: Fetcher
    workers: Workers
    parse_s: float = PARSE_S

    async def read(self, feed: FeedSpec, known: Validators, now: datetime) -> Reading | NotModified | Trouble:
        """Fetch and parse one feed. Never raises for anything the other side does."""
        page = await self.fetcher.fetch(feed, known, now)
        if not isinstance(page, Fetched):
            return page
        parsed = await parse(self.workers, page.body, page.content_type, feed, now, self.parse_s)
        if isinstance(parsed, Trouble):
            return parsed
        reading, follow = parsed
        if follow is not None:
            followed = await self._follow(feed, page.url, follow, now)
            if isinstance(followed, Trouble):
                return followed
            reading = followed
        return dataclasses.replace(
            reading, validators=page.validators, fresh_for=_longer(page.fresh_for, reading.fresh_for)
        )

    async def _follow(self, feed: FeedSpec, base: str, reference: str, now: datetime) -> Reading | Trouble:
        """The one further page that a board names, on the same host. It changes when the first one does."""
        url = urljoin(base, reference)
        if urlsplit(url).netloc != urlsplit(base).netloc:
            return Trouble("redirects", "It names a further page on another host.")
        page = await self.fetcher.fetch(dataclasses.replace(feed, url=url), Validators(), now)
        if isinstance(page, NotModified):  # asked without validators, nobody may say so
            return Trouble("bad_answer", "Its further page was not sent.")
        if isinstance(page, Trouble):
            return page
        parsed = await parse(self.workers, page.body, page.content_type, feed, now, self.parse_s)
        return parsed if isinstance(parsed, Trouble) else parsed[0]


async def parse(
    workers: Workers, body: bytes, content_type: str | None, feed: FeedSpec, now: datetime, limit_s: float
) -> Parsed | Trouble:
    """`parse_body` in a worker. A body that stops it, or meets a bug of ours, is a trouble of its feed alone."""
    try:
        parsed: Parsed | Trouble = await workers.call(
            *("bot.jobs.reading.parse:parse_body", body, content_type, feed.parser, feed.strip, now),
            timeout_s=limit_s,
        )
    except WorkerTrouble as trouble:
        return Trouble("parser_stopped", _STOPPED[trouble.code])
    except Exception:
        log.exception("feed %s: its page met a bug in reading", feed.id)
        return Trouble("parser_stopped", "Reading it met a mistake of mine, which is in the log.")
    return parsed


def _longer(first: timedelta | None, second: timedelta | None) -> timedelta | None:
    return max(filter(None, (first, second)), default=None)
