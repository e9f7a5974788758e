"""Openings that name their company, which the usual board of the town doesn't."""

from __future__ import annotations

from typing import Any

from bot.jobs import store
from bot.jobs.flow.hearing import hear
from bot.jobs.hearing import Told
from tests.end_to_end.town import Town
from tests.jobs.values import opening

COMPANY = "Quillhaven Labs"


async def appears(town: Town, number: int, title: str, company: str = COMPANY, **given: Any) -> int:
    """A feed shows it, and whoever listens is told; gives how many tellings that is."""
    app, now = town.bot.app, town.bot.app.now()
    (feed,) = app.feeds.book
    values = {"feed_id": feed.id, "published_at": now, "first_seen_at": now, **given}
    one = opening(number, title=title, company=company, **values)
    async with app.store.begin() as tx:
        await store.openings.remember(tx, [one], [], now)
        told = await hear(tx, app, [Told(one, 0)], feed, now)
    await town.beat()
    return told
