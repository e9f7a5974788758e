"""Openings that are proven to be open to somebody; nothing that only might be."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import store
from bot.jobs.flow.finding import reader, visible
from bot.jobs.life import may_be_remote
from bot.jobs.openings import Opening
from bot.jobs.subscriptions import TRIED_AT_MOST, TRIED_DAYS
from bot.people.members import Key
from bot.text import company_key, latin

MOST = 3
BATCH = 50  # openings whose facts are decoded before others have their turn


@dataclass(frozen=True, slots=True)
class OpenTo:
    """openings: the best first. of: how many of the last days were looked at; silent: those that state no place."""

    openings: tuple[Opening, ...]
    of: int
    silent: int


async def open_to(
    app: App, key: Key, countries: Iterable[str], words: Iterable[str], now: datetime, limit: int = MOST
) -> OpenTo:
    """Openings of the last days that somebody may apply to who may work in these countries (ISO 3166-1 alpha-2).

    words: skills or titles; openings that name one come first, then the newest. One a company.
    """
    mine, wanted = frozenset(countries), [latin(word) for word in words]
    async with app.store.read() as tx:
        ids = await store.searching.open_since(tx, now - timedelta(days=TRIED_DAYS), TRIED_AT_MOST)
        lately = await visible(tx, app, reader(key.guild_id, key.user_id, now), ids, now)
    feeds = {feed.id: feed for feed in app.feeds.book}
    found: list[Opening] = []
    of = silent = 0
    for number, one in enumerate(lately):
        if number % BATCH == 0:
            await asyncio.sleep(0)  # let the heartbeat and other people's presses through
        over = one.expires_at is not None and one.expires_at <= now
        if over or (one.feed_id in feeds and not may_be_remote(one, feeds[one.feed_id])):
            continue
        place = one.facts.place
        of += 1
        silent += place.scope == "unknown"
        if place.admits(mine):
            found.append(one)
    found.sort(key=lambda one: (_named(one, wanted), one.dated), reverse=True)
    return OpenTo(tuple(_one_a_company(found))[:limit], of, silent)


def _named(one: Opening, words: Iterable[str]) -> int:
    """How many of the words stand in its title or tags."""
    plain = f" {latin(' '.join((one.title, *one.tags)))} "
    return sum(f" {word} " in plain for word in words)


def _one_a_company(openings: Iterable[Opening]) -> list[Opening]:
    first: dict[str, Opening] = {}
    for one in openings:
        first.setdefault(company_key(one.company) or str(one.id), one)
    return list(first.values())
