"""Feeds in, openings kept, cards promised.

feeds_due → app.feeds.read → fold → identify → announced → choose → remember + plan, in batches of 50; the feed's
own state (ETag …) is kept with the last batch only, so that a crash reads the rest again instead of losing it.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import NOWHERE_YET, Planned
from bot.jobs import identity, routes, store, troubles
from bot.jobs.messages import FeedRecovered, FeedTrouble, StormHeld
from bot.jobs.openings import FeedState, Opening, opening_of
from bot.jobs.query import parse
from bot.moderation import flow as moderation
from bot.moderation.rights import Person, moderators_only
from bot.ports import FeedSpec, NotModified, Reading, Trouble
from bot.refusals import Refusal
from bot.storage import Tx

log = logging.getLogger(__name__)

BATCH = 50
AT_ONCE = 8  # feeds read at the same time; the fetcher keeps its own limit for each host
TELL_AFTER = 3  # failures in a row before moderators hear of it: one is weather
FIRST_READS_OVER = timedelta(seconds=20)

OUR_MISTAKE = Trouble("parser_stopped", "Keeping it met a mistake of mine, which is in the log.")

FEED_TROUBLE, FEED_RECOVERED, STORM_HELD = "feed_trouble", "feed_recovered", "storm_held"


async def enrol_feeds(app: App, now: datetime) -> None:
    """At start-up: every feed of the book gets its row, first readings spread over some seconds."""
    book = app.feeds.book
    step = FIRST_READS_OVER / max(1, len(book))
    first_reads = {feed.id: now + index * step for index, feed in enumerate(book)}
    async with app.store.begin() as tx:
        await store.feeds.enrol(tx, book, first_reads, now)


async def read_feeds(app: App, now: datetime) -> int:
    """Duty: read every feed whose time has come; gives how many."""
    book = {feed.id: feed for feed in app.feeds.book if feed.enabled}
    async with app.store.read() as tx:
        due = await store.feeds.due(tx, book, now)
    places = asyncio.Semaphore(AT_ONCE)

    async def read_one(state: FeedState) -> None:
        async with places:
            try:
                await _read(app, book[state.id], state, now)
            except Exception:  # of one feed: the others go on, and it is not fetched again at each beat
                log.exception("feed %s met a mistake of ours", state.id)
                await _failed(app, book[state.id], state, OUR_MISTAKE, now)

    async with asyncio.TaskGroup() as tasks:
        for state in due:
            tasks.create_task(read_one(state))
    return len(due)


async def _read(app: App, feed: FeedSpec, state: FeedState, now: datetime) -> None:
    match await app.feeds.read(feed, state.validators, now):
        case Trouble() as trouble:
            await _failed(app, feed, state, trouble, now)
        case NotModified() as same:
            async with app.store.begin() as tx:
                await _was_read(tx, feed, state, state, same, now)
        case Reading() as reading:
            await _keep(app, feed, state, reading, now)


# -- a good reading ------------------------------------------------------------------------------


async def _was_read(
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


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the whole reading says, before its batches are kept."""

    storm_id: int | None
    places: Mapping[int, int]  # opening → its place in what is announced, if it still turns out new
    new: tuple[Opening, ...]
    new_pct: int


async def _keep(app: App, feed: FeedSpec, state: FeedState, reading: Reading, now: datetime) -> None:
    folded = identity.fold(reading.entries, feed)
    verdict = await _judge(app, feed, state, folded, now)
    # A storm is kept whole: half of it kept before a crash would make the other half look like an ordinary day.
    batches = list(folded.batches(BATCH if verdict.storm_id is None else max(1, len(folded.entries))))
    for batch in batches or [()]:
        async with app.store.begin() as tx:
            known = await store.openings.known_aliases(tx, (a.hash for _, aliases in batch for a in aliases))
            sightings = identity.identify(batch, folded.counts, known, now)
            new = [opening_of(s.entry, s.opening_id, feed, now, verdict.storm_id) for s in sightings if s.new]
            await store.openings.remember(tx, new, sightings, now)
            told = [(verdict.places[one.id], one) for one in new if one.id in verdict.places]
            if told:
                await outbox.plan(tx, routes.choose(told, await _routes(tx), feed, now), now)
            if not batches or batch is batches[-1]:
                await _finish(tx, feed, state, reading, verdict, now)


async def _judge(
    app: App, feed: FeedSpec, state: FeedState, folded: identity.Folded, now: datetime
) -> _Verdict:
    async with app.store.read() as tx:
        known = await store.openings.known_aliases(tx, folded.counts)
    sightings = identity.identify(folded.entries, folded.counts, known, now)
    stormy = identity.is_storm(sightings, state, feed, now)
    storm_id = identity.storm_id_of(feed, now) if stormy else None
    new = tuple(opening_of(s.entry, s.opening_id, feed, now, storm_id) for s in sightings if s.new)
    told = () if stormy else routes.announced(new, feed, now, first_reading=state.first_read_at is None)
    return _Verdict(
        storm_id, {one.id: place for place, one in enumerate(told)}, new, identity.new_pct(sightings)
    )


async def _finish(
    tx: Tx, feed: FeedSpec, state: FeedState, reading: Reading, verdict: _Verdict, now: datetime
) -> None:
    new_at = now if verdict.new else state.last_new_at
    learned = replace(state, last_changed_at=now, last_new_at=new_at)
    if verdict.storm_id is not None:
        await store.openings.begin_storm(
            tx, verdict.storm_id, feed.id, len(verdict.new), len(reading.entries), now
        )
        titles = tuple(one.title for one in verdict.new[:3])
        held = StormHeld(verdict.storm_id, feed.name, len(verdict.new), len(reading.entries), titles)
        await _tell_moderators(tx, STORM_HELD, f"storm/{verdict.storm_id}", held, now, keep=True)
    elif state.first_read_at is not None:
        learned = replace(learned, usual_new_pct=(state.usual_new_pct + verdict.new_pct) // 2)
    await _was_read(tx, feed, state, learned, reading, now)


async def _routes(tx: Tx, guild_id: int | None = None) -> list[routes.Route]:
    heard = await store.subscriptions.heard(tx, guild_id)
    return [
        routes.Route(one.id, one.guild_id, one.channel_id, one.filter, parse(one.filter))
        for one in heard
        if one.channel_id is not None
    ]


# -- trouble, and what moderators do about it ----------------------------------------------------


async def _failed(app: App, feed: FeedSpec, state: FeedState, trouble: Trouble, now: datetime) -> None:
    failures = state.failures + 1
    again = troubles.again_at(trouble, failures, timedelta(minutes=feed.poll_minutes), now, random.random())
    async with app.store.begin() as tx:
        since = await store.feeds.failed(tx, feed.id, trouble.code, trouble.detail, again, now)
        if failures >= TELL_AFTER:
            notice = FeedTrouble(feed.id, feed.name, troubles.words(trouble, feed.name), since)
            await _tell_moderators(
                tx, FEED_TROUBLE, f"feed-trouble/{feed.id}/{since.isoformat()}", notice, now
            )


async def _recovered(tx: Tx, feed: FeedSpec, state: FeedState, now: datetime) -> None:
    if state.failures < TELL_AFTER or state.trouble_since is None:
        return
    since = state.trouble_since
    notice = FeedRecovered(feed.id, feed.name, since, now)
    await _tell_moderators(tx, FEED_RECOVERED, f"feed-recovered/{feed.id}/{since.isoformat()}", notice, now)


async def _tell_moderators(
    tx: Tx,
    kind: str,
    key: str,
    value: FeedTrouble | FeedRecovered | StormHeld,
    now: datetime,
    *,
    keep: bool = False,
) -> None:
    """One notice for each server that hears feeds; the key makes it one for ever.

    keep: for a server without a moderators' channel until it chooses one; else only those with one hear of it.
    """
    servers = {one.guild_id for one in await store.subscriptions.heard(tx)}
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


async def read_again(app: App, person: Person, feed_id: str, now: datetime) -> None:
    """A moderator pressed *Try again now*: due at the next beat."""
    moderators_only(person)
    if not any(feed.id == feed_id and feed.enabled for feed in app.feeds.book):
        raise Refusal("feed_gone")
    async with app.store.begin() as tx:
        await store.feeds.read_soon(tx, feed_id, now)


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
        feed = next((one for one in app.feeds.book if one.id == feed_id), FeedSpec(feed_id, feed_id, ""))
        openings = routes.announced(
            await store.openings.held_by(tx, storm_id), feed, now, first_reading=False
        )
        return await outbox.plan(
            tx, routes.choose(enumerate(openings), await _routes(tx, person.guild_id), feed, now), now
        )
