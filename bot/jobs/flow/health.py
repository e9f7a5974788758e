"""How a feed is: what a good reading taught of it, that it fails, that it recovered; and whom that is told."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import NOWHERE_YET, Planned
from bot.jobs import store, troubles
from bot.jobs.added import is_added, words_for_notice
from bot.jobs.messages import FeedRecovered, FeedTrouble, StormHeld
from bot.jobs.openings import FeedState
from bot.moderation import flow as moderation
from bot.ports import FeedSpec, NotModified, Reading, Trouble
from bot.storage import Tx

TELL_AFTER = 3  # failures in a row before moderators hear of it: one is weather

FEED_TROUBLE, FEED_RECOVERED, STORM_HELD = "feed_trouble", "feed_recovered", "storm_held"


async def was_read(
    tx: Tx,
    feed: FeedSpec,
    before: FeedState,
    learned: FeedState,
    answer: Reading | NotModified,
    now: datetime,
) -> None:
    """Keep what a reading taught about its feed, and when to read it next."""
    quiet_for = now - (learned.last_new_at or learned.first_read_at or now)
    after = troubles.next_read(feed, answer.fresh_for, now, random.random(), quiet_for)
    await store.feeds.was_read(tx, replace(learned, validators=answer.validators, next_read_at=after), now)
    await _recovered(tx, feed, before, now)


async def failed(app: App, feed: FeedSpec, state: FeedState, trouble: Trouble, now: datetime) -> None:
    failures = state.failures + 1
    again = troubles.again_at(trouble, failures, timedelta(minutes=feed.poll_minutes), now, random.random())
    async with app.store.begin() as tx:
        since = await store.feeds.failed(tx, feed.id, trouble.code, trouble.detail, again, now)
        if failures >= TELL_AFTER:
            words = words_for_notice if is_added(feed.id) else troubles.words
            notice = FeedTrouble(feed.id, feed.name, words(trouble, feed.name), since)
            await tell_moderators(
                tx, FEED_TROUBLE, f"feed-trouble/{feed.id}/{since.isoformat()}", notice, now, feed_id=feed.id
            )


async def _recovered(tx: Tx, feed: FeedSpec, state: FeedState, now: datetime) -> None:
    if state.failures < TELL_AFTER or state.trouble_since is None:
        return
    since = state.trouble_since
    notice = FeedRecovered(feed.id, feed.name, since, now)
    key = f"feed-recovered/{feed.id}/{since.isoformat()}"
    await tell_moderators(tx, FEED_RECOVERED, key, notice, now, feed_id=feed.id)


async def tell_moderators(
    tx: Tx,
    kind: str,
    key: str,
    value: FeedTrouble | FeedRecovered | StormHeld,
    now: datetime,
    *,
    feed_id: str,
    keep: bool = False,
) -> None:
    """One notice for each server that hears this feed; the key makes it one for ever.

    keep: for a server without a moderators' channel until it chooses one; else only those with one hear of it.
    """
    added_by = await store.hearing.listeners(tx, feed_id)
    everybody = {one.guild_id for one in await store.subscriptions.heard(tx)}
    servers = everybody if added_by is None else added_by
    chosen = await moderation.moderators_channels(tx, servers)
    channels = dict.fromkeys(servers, NOWHERE_YET) | chosen if keep else chosen
    await outbox.plan(tx, _notices(kind, key, value, channels.items(), now), now)


def _notices(
    kind: str, key: str, value: object, channels: Iterable[tuple[int, int]], now: datetime
) -> Sequence[Planned]:
    return [
        Planned(kind, f"{key}/server/{guild_id}", value, guild_id, channel_id, now)
        for guild_id, channel_id in channels
    ]
