"""A reading becomes openings: kept, told to those who hear them, and what was said before put right.

mark → fold → judge the whole reading (storm? what is told?) → in batches, each one unit of work:
identify → remember · see · change → hear → show_anew. The feed's own state (ETag …) is kept with the last batch
only, so that a crash reads the rest again instead of losing it.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import identity, life, store
from bot.jobs.added import is_added
from bot.jobs.flow import health, hearing
from bot.jobs.flow.life import show_anew
from bot.jobs.hearing import Told
from bot.jobs.identity import Folded, Known, Marked, Sighting
from bot.jobs.messages import StormHeld
from bot.jobs.openings import FeedState, Kept, Opening, SeenOn, opening_of
from bot.ports import FeedSpec, Reading
from bot.storage import Tx

BATCH = 50
AT_A_TIME = 50  # entries looked at before others have their turn: one takes up to a fifth of a millisecond


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What the whole reading says, before its batches are kept. places: opening → its place in what is told."""

    storm_id: int | None
    variants: Mapping[str, int]
    announced: life.Announced
    places: Mapping[int, int]
    new: Sequence[Opening]
    new_pct: int


async def keep(app: App, feed: FeedSpec, state: FeedState, reading: Reading, now: datetime) -> None:
    """Keep a good reading, and promise what it gives to say."""
    folded = identity.fold(await _marked(feed, reading))
    verdict = await _judge(app, feed, state, folded, now)
    # A storm is kept whole: half of it kept before a crash would make the other half look like an ordinary day.
    batches = list(folded.batches(BATCH)) if verdict.storm_id is None else [folded.entries]
    for batch in batches or [()]:
        async with app.store.begin() as tx:
            await _keep_batch(tx, app, feed, state, batch, folded.counts, verdict, now)
            if not batches or batch is batches[-1]:
                await _finish(tx, feed, state, reading, verdict, now)


async def _marked(feed: FeedSpec, reading: Reading) -> list[Marked]:
    found = []
    for number, entry in enumerate(reading.entries):
        found.append(identity.marked(entry, feed))
        if number % AT_A_TIME == 0:
            await asyncio.sleep(0)
    return found


async def _judge(app: App, feed: FeedSpec, state: FeedState, folded: Folded, now: datetime) -> _Verdict:
    async with app.store.read() as tx:
        known = await _known(tx, folded.counts)
        sightings = await _identified(folded.entries, folded.counts, known, now)
        stormy = identity.is_storm(sightings, state, feed, now)
        if stormy:  # the last identity: company and title alone, on this board
            known = replace(known, variants=await _variants(tx, feed, folded, now))
            sightings = await _identified(folded.entries, folded.counts, known, now)
            stormy = identity.is_storm(sightings, state, feed, now)
    if stormy:
        known = replace(known, variants={})
        sightings = await _identified(folded.entries, folded.counts, known, now)
    storm_id = identity.storm_id_of(feed, now) if stormy else None
    new = [opening_of(one.entry, one.opening_id, feed, now, storm_id) for one in sightings if one.new]
    announced = life.announced(() if stormy else new, feed, now, first_reading=state.first_read_at is None)
    places = {one.id: place for place, one in enumerate(announced.told)}
    return _Verdict(storm_id, known.variants, announced, places, new, identity.new_pct(sightings))


async def _known(tx: Tx, hashes: Iterable[str], variants: Mapping[str, int] | None = None) -> Known:
    aliases = await store.openings.known_aliases(tx, hashes)
    ids = {one.opening_id for one in aliases.values()} | set((variants or {}).values())
    return Known(aliases, await store.openings.kept(tx, ids), variants or {})


async def _variants(tx: Tx, feed: FeedSpec, folded: Folded, now: datetime) -> dict[str, int]:
    """Variant keys that stand once in this reading, and on one opening that this board showed lately."""
    often = Counter(one.variant_key for one in folded.entries)
    once = [key for key, number in often.items() if key and number == 1]
    return await store.openings.only_variants(tx, feed.name, once, now - identity.WEAK_WINDOW)


async def _identified(
    entries: Sequence[Marked], counts: Mapping[str, int], known: Known, now: datetime
) -> list[Sighting]:
    found: list[Sighting] = []
    for start in range(0, len(entries), AT_A_TIME):
        found += identity.identify(entries[start : start + AT_A_TIME], counts, known, now)
        await asyncio.sleep(0)
    return found


# -- a batch -------------------------------------------------------------------------------------


async def _keep_batch(
    tx: Tx,
    app: App,
    feed: FeedSpec,
    state: FeedState,
    batch: Sequence[Marked],
    counts: Mapping[str, int],
    verdict: _Verdict,
    now: datetime,
) -> None:
    hashes = {alias.hash for one in batch for alias in one.aliases}
    keys = {one.variant_key for one in batch}
    variants = {key: number for key, number in verdict.variants.items() if key in keys}
    known = await _known(tx, hashes, variants)
    sightings = await _identified(batch, counts, known, now)
    new = await _new(tx, feed, sightings, known, verdict, now)
    seen_on = await store.sightings.of_openings(tx, {one.opening_id for one in sightings})
    again = _again(feed, state, sightings, known, seen_on, now)

    await store.openings.remember(tx, new, sightings, now)
    pages = {one.opening_id: one.entry.url for one in reversed(sightings)}
    await store.sightings.see(tx, feed, pages, seen_on, now)
    await _change(tx, again, now)
    told = [
        Told(one, verdict.places[one.id], one.id in verdict.announced.over, one.folded_into)
        for one in _in_line(new, verdict)
    ]
    if told:
        await hearing.hear(tx, app, told, feed, now)
    await _tell_others(tx, app, feed, state, sightings, seen_on, now)
    otherwise = {one.after.id for one in again} | {one.id for one in new if one.folded_into or one.reposts}
    await show_anew(tx, app, otherwise | _newly_named(feed, sightings, seen_on, now), now)


async def _new(
    tx: Tx, feed: FeedSpec, sightings: Sequence[Sighting], known: Known, verdict: _Verdict, now: datetime
) -> list[Opening]:
    """The new openings of a batch as they are kept: why silent, folded into which."""
    found = []
    for one in sightings:
        if one.new:
            opening = opening_of(one.entry, one.opening_id, feed, now, verdict.storm_id)
            former = known.openings.get(one.former) if one.former is not None else None
            opening = life.carried_on(opening, former, now) if former else opening
            found.append(replace(opening, silent=verdict.announced.silent.get(opening.id)))
    if verdict.storm_id is None:
        told = _in_line(found, verdict)
        keys = {one.facts.variant_key for one in told} - {""}
        folded = life.fold(told, await store.openings.heads(tx, keys, feed.id, now - life.FOLD_WITHIN))
    else:  # what is held may be told later, and then by itself
        folded = life.fold(life.announced(found, feed, now, first_reading=False).told, {})
    return [replace(one, folded_into=folded.get(one.id)) for one in found]


def _in_line(new: Iterable[Opening], verdict: _Verdict) -> list[Opening]:
    """Those that are told, in the order in which they are."""
    told = [one for one in new if one.id in verdict.places]
    return sorted(told, key=lambda one: verdict.places[one.id])


@dataclass(frozen=True, slots=True)
class _Again:
    """An opening that was shown again and is otherwise now."""

    before: Kept
    after: Kept
    sighting: Sighting


def _again(
    feed: FeedSpec,
    state: FeedState,
    sightings: Sequence[Sighting],
    known: Known,
    seen_on: Mapping[int, Sequence[SeenOn]],
    now: datetime,
) -> list[_Again]:
    found: dict[int, _Again] = {}
    for one in sightings:
        before = known.openings.get(one.opening_id)
        if not one.new and before is not None and one.opening_id not in found:
            after = life.shown_again(before, seen_on.get(before.id, ()), one, feed, state, now)
            found[before.id] = _Again(before, after, one)
    return [one for one in found.values() if one.after != one.before]


async def _change(tx: Tx, again: Sequence[_Again], now: datetime) -> None:
    """Keep what openings have become, and mark them in the lists of those who saved them."""
    await store.openings.change(tx, [one.after for one in again])
    restated = {
        one.after.id: one.sighting.entry for one in again if one.after.facts_json != one.before.facts_json
    }
    await store.openings.reword(tx, restated)
    back = [one.after.id for one in again if one.before.closed_at and not one.after.closed_at]
    other = [one.after.id for one in again if one.after.changed_at != one.before.changed_at]
    if back:
        await store.saved.mark_back(tx, back)
    if other:
        await store.saved.mark_other(tx, other, now)


async def _tell_others(
    tx: Tx,
    app: App,
    feed: FeedSpec,
    state: FeedState,
    sightings: Iterable[Sighting],
    seen_on: Mapping[int, Sequence[SeenOn]],
    now: datetime,
) -> None:
    """Tell what only feeds that moderators added have shown so far to those who hear this feed and not those."""
    known = [one.opening_id for one in sightings if not one.new]
    unheard = [number for number in known if _only_added(seen_on.get(number, ()), feed)]
    if not unheard:
        return
    listeners = await store.added.listeners(tx)
    by_ears: dict[frozenset[int], list[Opening]] = {}
    for one in await store.openings.by_ids(tx, unheard):
        if one.storm_id is None and one.closed_at is None:
            heard = (listeners.get(other.feed_id, frozenset()) for other in seen_on[one.id])
            by_ears.setdefault(frozenset().union(*heard), []).append(one)
    for ears, openings in by_ears.items():
        announced = life.announced(openings, feed, now, first_reading=state.first_read_at is None)
        told = [Told(one, place, one.id in announced.over) for place, one in enumerate(announced.told)]
        await hearing.hear(tx, app, told, feed, now, but=ears)


def _only_added(seen: Sequence[SeenOn], feed: FeedSpec) -> bool:
    """Has this feed not shown it before, nor any of the feed book, which every server hears?"""
    return bool(seen) and all(is_added(one.feed_id) and one.feed_id != feed.id for one in seen)


def _newly_named(
    feed: FeedSpec, sightings: Iterable[Sighting], seen_on: Mapping[int, Sequence[SeenOn]], now: datetime
) -> set[int]:
    """Openings whose messages may name this board from now on: it is further one, and its delay has just passed."""
    delay = timedelta(hours=feed.delay_h)
    found = set()
    for one in sightings:
        seen = seen_on.get(one.opening_id, ())
        here = next((other for other in seen if other.feed_id == feed.id), None)
        if one.new or (here is None and any(other.board == feed.name for other in seen)):
            continue
        since = here.first_seen_at if here else now
        looked = here.last_seen_at if here else now - timedelta(microseconds=1)
        if looked < since + delay <= now:
            found.add(one.opening_id)
    return found


# -- the end of a reading ------------------------------------------------------------------------


async def _finish(
    tx: Tx, feed: FeedSpec, state: FeedState, reading: Reading, verdict: _Verdict, now: datetime
) -> None:
    learned = replace(state, last_changed_at=now, last_new_at=now if verdict.new else state.last_new_at)
    if verdict.storm_id is not None:
        held, of = len(verdict.new), len(reading.entries)
        await store.openings.begin_storm(tx, verdict.storm_id, feed.id, held, of, now)
        notice = StormHeld(verdict.storm_id, feed.name, held, of, tuple(one.title for one in verdict.new[:3]))
        key = f"storm/{verdict.storm_id}"
        await health.tell_moderators(tx, health.STORM_HELD, key, notice, now, feed_id=feed.id, keep=True)
    else:
        if state.first_read_at is not None:
            learned = replace(learned, usual_new_pct=(state.usual_new_pct + verdict.new_pct) // 2)
        await _miss(tx, feed, state, reading, now)
    await health.was_read(tx, feed, state, learned, reading, now)


async def _miss(tx: Tx, feed: FeedSpec, state: FeedState, reading: Reading, now: datetime) -> None:
    """Count what a full list is without."""
    if feed.list != "full" or state.last_changed_at is None:
        return
    before = await store.sightings.in_body(tx, feed.id, state.last_changed_at)
    if life.list_is_whole(feed, len(reading.entries), reading.left_out, before):
        await store.sightings.missed(tx, feed.id, now, life.MISSED)
