"""The one way to read a feed: fetch here, parse and read the facts in a worker, and every failure a value."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from bot.jobs.reading.discover import common
from bot.jobs.reading.fetch import Fetched, Fetcher
from bot.ports import (
    DEFAULT_AGENT,
    FeedSpec,
    FoundFeed,
    NotModified,
    Reading,
    Trouble,
    Validators,
    Workers,
    WorkerTrouble,
)
from bot.text import cut

if TYPE_CHECKING:  # importing it here would bring feedparser into the bot's own process
    from bot.jobs.reading.parse import Parsed

PARSE_S = 5.0
FACTS_AT_ONCE = 250  # openings; some half a second of a worker, then other feeds have their turn
FACTS_S = 10.0  # for so many
KEPT_TEXT = 8_000  # characters of a posting; its facts are read from more (`bot.jobs.facts.values.MOST_TEXT`)

_STOPPED = {
    "timeout": "Reading it took too long and was stopped.",
    "memory": "Reading it took too much memory and was stopped.",
    "died": "Reading it ended the process that tried.",
}

_NO_FURTHER = frozenset(("bad_address", "no_connection", "no_host", "throttled", "timeout", "tls"))

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """Implements `bot.ports.Feeds`. parse_s: seconds that a worker may spend on one body."""

    book: tuple[FeedSpec, ...]
    fetcher: Fetcher
    workers: Workers
    parse_s: float = PARSE_S
    agent: str = DEFAULT_AGENT  # for pages that are no feed of the book

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
        return replace(
            reading, validators=page.validators, fresh_for=_longer(page.fresh_for, reading.fresh_for)
        )

    async def _follow(self, feed: FeedSpec, base: str, reference: str, now: datetime) -> Reading | Trouble:
        """The one further page that a board names, on the same host. It changes when the first one does."""
        url = urljoin(base, reference)
        if urlsplit(url).netloc != urlsplit(base).netloc:
            return Trouble("redirects", "It names a further page on another host.")
        page = await self.fetcher.fetch(replace(feed, url=url), Validators(), now)
        if isinstance(page, NotModified):  # asked without validators, nobody may say so
            return Trouble("bad_answer", "Its further page was not sent.")
        if isinstance(page, Trouble):
            return page
        parsed = await parse(self.workers, page.body, page.content_type, feed, now, self.parse_s)
        return parsed if isinstance(parsed, Trouble) else parsed[0]

    async def feeds_of_page(self, url: str, now: datetime) -> tuple[FoundFeed, ...] | Trouble:
        """The feeds that a web page names, else the first at a common place of its host; see `bot.ports.Feeds`."""
        spec = FeedSpec(id="page", name=url, url=url, user_agent=self.agent)
        page = await self.fetcher.fetch(spec, Validators(), now)
        if not isinstance(page, Fetched):
            return page if isinstance(page, Trouble) else ()
        try:
            found: tuple[FoundFeed, ...] = await self.workers.call(
                "bot.jobs.reading.discover:named", page.body, page.url, timeout_s=self.parse_s
            )
        except WorkerTrouble as trouble:
            return Trouble("parser_stopped", _STOPPED[trouble.code])
        return found or await self._at_a_common_place(spec, page.url, now)

    async def _at_a_common_place(self, spec: FeedSpec, page: str, now: datetime) -> tuple[FoundFeed, ...]:
        for url in common(page):
            answer = await self.read(replace(spec, url=url), Validators(), now)
            if isinstance(answer, Reading) and answer.entries:
                return (FoundFeed(url, ""),)
            if isinstance(answer, Trouble) and answer.code in _NO_FURTHER:
                break
        return ()


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
    except Exception as wrong:  # its words may hold the board's, and those our own address (Remote OK)
        log.error("feed %s: its page met a mistake in reading: %s", feed.id, type(wrong).__name__)
        return Trouble("parser_stopped", "Reading it met a mistake of mine, which is in the log.")
    if isinstance(parsed, Trouble):
        return parsed
    reading, follow = parsed
    return await _with_facts(workers, reading, feed), follow


async def _with_facts(workers: Workers, reading: Reading, feed: FeedSpec) -> Reading:
    """The facts of every opening, part by part. Nothing is lost by them: what stops a worker ends the facts alone."""
    facts: list[str] = []
    wrong = ""
    for start in range(0, len(reading.entries), FACTS_AT_ONCE):
        part = reading.entries[start : start + FACTS_AT_ONCE]
        try:
            told, missed = await workers.call(
                "bot.jobs.reading.facts_of:facts_of", part, feed.parser, timeout_s=FACTS_S
            )
        except WorkerTrouble as trouble:
            wrong = trouble.code
            break
        facts += told
        wrong = wrong or missed
    facts += [""] * (len(reading.entries) - len(facts))
    if wrong:
        log.warning(
            "feed %s: %d of %d openings without facts: %s", feed.id, facts.count(""), len(facts), wrong
        )
    entries = zip(reading.entries, facts, strict=True)
    return replace(
        reading, entries=tuple(replace(one, facts=its, text=cut(one.text, KEPT_TEXT)) for one, its in entries)
    )


def _longer(first: timedelta | None, second: timedelta | None) -> timedelta | None:
    return max(filter(None, (first, second)), default=None)
