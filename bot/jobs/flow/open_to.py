"""Openings that are open to somebody by the boards' own words; nothing that only might be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import store
from bot.jobs.claims import place
from bot.jobs.openings import Opening
from bot.jobs.routes import may_be_remote
from bot.jobs.subscriptions import TRIED_AT_MOST, TRIED_DAYS
from bot.text import latin

MOST = 3
BATCH = 100  # claims; reading one takes a tenth of a millisecond


@dataclass(frozen=True, slots=True)
class OpenTo:
    """openings: the best first. of: how many of the last days were looked at; silent: whose board names no place."""

    openings: tuple[Opening, ...]
    of: int
    silent: int


async def open_to(
    app: App, countries: Iterable[str], words: Iterable[str], now: datetime, limit: int = MOST
) -> OpenTo:
    """Openings of the last days that somebody may apply to who may work in these countries (ISO 3166-1 alpha-2).

    words: skills or titles; openings that name one come first, then the newest. One a company.
    """
    mine, wanted = frozenset(countries), [latin(word) for word in words]
    async with app.store.read() as tx:
        ids = await store.openings.dated_since(tx, now - timedelta(days=TRIED_DAYS), TRIED_AT_MOST)
        lately = await store.openings.by_ids(tx, ids)
    shown = [one for one in lately if _may_be_shown(app, one, now)]
    found: list[Opening] = []
    silent = 0
    for number, one in enumerate(shown):
        claimed = place(one.place_claim)
        silent += not claimed.says_something
        if claimed.open_to(mine):
            found.append(one)
        if number % BATCH == 0:
            await asyncio.sleep(0)  # let the heartbeat and other people's presses through
    found.sort(key=lambda one: (_named(one, wanted), one.dated), reverse=True)
    return OpenTo(tuple(_one_a_company(found))[:limit], len(shown), silent)


def _may_be_shown(app: App, one: Opening, now: datetime) -> bool:
    """Not held by a storm, not over, not before its board wants it shown, and not at a desk."""
    feed = next((feed for feed in app.feeds.book if feed.id == one.feed_id), None)
    delay = timedelta(hours=feed.delay_h if feed else 0)
    over = one.expires_at is not None and one.expires_at <= now
    remote = feed is None or may_be_remote(one, feed)
    return one.storm_id is None and not over and one.dated + delay <= now and remote


def _named(one: Opening, words: Iterable[str]) -> int:
    """How many of the words stand in its title or tags."""
    plain = f" {latin(' '.join((one.title, *one.tags)))} "
    return sum(f" {word} " in plain for word in words)


def _one_a_company(openings: Iterable[Opening]) -> list[Opening]:
    first: dict[str, Opening] = {}
    for one in openings:
        first.setdefault(latin(one.company) or str(one.id), one)
    return list(first.values())
