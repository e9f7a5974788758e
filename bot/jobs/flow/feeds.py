"""Feeds: when they are read, what becomes of each answer, and what moderators decide about them.

feeds_due → app.feeds.read → `keeping.keep` | not modified: all of a beat in one unit of work | trouble.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import life, store
from bot.jobs.flow import health, hearing
from bot.jobs.flow.added import feeds_of
from bot.jobs.flow.health import FEED_RECOVERED as FEED_RECOVERED
from bot.jobs.flow.health import FEED_TROUBLE as FEED_TROUBLE
from bot.jobs.flow.health import STORM_HELD as STORM_HELD
from bot.jobs.flow.keeping import keep
from bot.jobs.flow.life import show_anew
from bot.jobs.hearing import Told
from bot.jobs.openings import FeedState
from bot.jobs.reading.parse import MAX_ITEMS
from bot.moderation.rights import Person, moderators_only
from bot.ports import FeedSpec, NotModified, Reading, Trouble
from bot.refusals import Refusal
from bot.storage import Tx

log = logging.getLogger(__name__)

AT_ONCE = 8  # feeds read at the same time; the fetcher keeps its own limit for each host
FIRST_READS_OVER = timedelta(seconds=20)

OUR_MISTAKE = Trouble("parser_stopped", "Keeping it met a mistake of mine, which is in the log.")


async def enrol_feeds(app: App, now: datetime) -> None:
    """At start-up: every feed of the book gets its row, first readings spread over some seconds."""
    book = app.feeds.book
    step = FIRST_READS_OVER / max(1, len(book))
    first_reads = {feed.id: now + index * step for index, feed in enumerate(book)}
    async with app.store.begin() as tx:
        await store.feeds.enrol(tx, book, first_reads, now)


@dataclass(frozen=True, slots=True)
class _Same:
    """A feed that said: nothing changed."""

    feed: FeedSpec
    state: FeedState
    answer: NotModified


async def read_feeds(app: App, now: datetime) -> int:
    """Duty: read every feed whose time has come; gives how many."""
    async with app.store.read() as tx:
        book = await feeds_of(app, tx)
        due = await store.feeds.due(tx, book, now)
    places = asyncio.Semaphore(AT_ONCE)
    same: list[_Same] = []

    async def read_one(state: FeedState) -> None:
        async with places:
            try:
                same.extend(await _read(app, book[state.id], state, now))
            except Exception:  # of one feed: the others go on, and it is not fetched again at each beat
                log.exception("feed %s met a mistake of ours", state.id)
                await health.failed(app, book[state.id], state, OUR_MISTAKE, now)

    async with asyncio.TaskGroup() as tasks:
        for state in due:
            tasks.create_task(read_one(state))
    await _keep_same(app, same, now)
    return len(due)


async def _read(app: App, feed: FeedSpec, state: FeedState, now: datetime) -> list[_Same]:
    """Read one feed. What changed nothing is given back: a beat keeps all of that at once."""
    match await app.feeds.read(feed, state.validators, now):
        case Trouble() as trouble:
            await health.failed(app, feed, state, trouble, now)
        case NotModified() as answer:
            return [_Same(feed, state, answer)]
        case Reading() as reading:
            await keep(app, feed, state, reading, now)
    return []


async def _keep_same(app: App, same: Sequence[_Same], now: datetime) -> None:
    """A hundred feeds that said "not modified" are one unit of work, not a hundred."""
    if not same:
        return
    try:
        async with app.store.begin() as tx:
            for one in same:
                await _miss_again(tx, one.feed, one.state)
                await health.was_read(tx, one.feed, one.state, one.state, one.answer, now)
    except Exception:
        log.exception("feeds that said nothing new met a mistake of ours")
        for one in same:
            await health.failed(app, one.feed, one.state, OUR_MISTAKE, now)


async def _miss_again(tx: Tx, feed: FeedSpec, state: FeedState) -> None:
    """An unchanged full list is still without what it was without."""
    if feed.list != "full" or state.last_changed_at is None:
        return
    showed = await store.sightings.in_body(tx, feed.id, state.last_changed_at)
    if life.list_is_whole(feed, showed, max(0, showed + 1 - MAX_ITEMS), showed):
        await store.sightings.missed(tx, feed.id, state.last_changed_at, life.MISSED)


# -- what moderators do about it -----------------------------------------------------------------


async def decide_storm(app: App, person: Person, storm_id: int, approved: bool, now: datetime) -> int:
    """A server's moderator lets held openings through, or leaves them out; gives how many cards that planned.

    Approving also tells the feed that so much being new is usual for it.
    """
    moderators_only(person)
    async with app.store.begin() as tx:
        known = await store.openings.storm_feed(tx, storm_id)
        if known is None or not await store.openings.decide_storm(
            tx, storm_id, person.guild_id, approved, person.id, now
        ):
            raise Refusal("decided_already")
        feed_id, held, of = known
        if not approved:
            return 0
        await store.feeds.accept_turnover(tx, feed_id, 100 * held // max(1, of))
        feed = (await feeds_of(app, tx)).get(feed_id, FeedSpec(feed_id, feed_id, ""))
        announced = life.announced(await store.openings.held_by(tx, storm_id), feed, now, first_reading=False)
        heads_first = sorted(announced.told, key=lambda one: one.folded_into is not None)
        told = [
            Told(one, place, one.id in announced.over, one.folded_into)
            for place, one in enumerate(heads_first)
        ]
        planned = await hearing.hear(tx, app, told, feed, now, person.guild_id)
        await show_anew(tx, app, {one.id for one in announced.told if one.folded_into}, now)
        return planned
