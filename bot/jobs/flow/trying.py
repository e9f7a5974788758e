"""Filters tried on the openings of the last days, which are prepared once and kept."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from bot.app import App
from bot.jobs import store
from bot.jobs.digests import corrected
from bot.jobs.doubts import THE_OPENING
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.hearing import scene_of
from bot.jobs.hearing import all_of
from bot.jobs.openings import Opening
from bot.jobs.query import Document, Filter
from bot.jobs.query.tree import Or, joined
from bot.jobs.subscriptions import (
    NOTHING_TRIED,
    TRIED_AT_MOST,
    TRIED_DAYS,
    Follows,
    Subscription,
    Tried,
    try_on,
)
from bot.storage import Store, Tx

# The week that was tried last, by database: the next proposal tries nearly the same, and preparing it is most of
# the work.
_Shelf = dict[int, tuple[Opening, Document]]
_shelves: WeakKeyDictionary[Store, _Shelf] = WeakKeyDictionary()

_NEVER_TOLD = ("no_job", "on_site")
BATCH = 25  # openings; one of 8,000 characters takes up to a millisecond


@dataclass(frozen=True, slots=True)
class Week:
    """The openings of the last days: their ids, newest first; those that were prepared before; the others.

    withheld: what the moderators of the server that asks took back of each. known: those it may know of by now.
    """

    ids: list[int]
    shelf: _Shelf
    loaded: list[Opening]
    withheld: Mapping[int, frozenset[str]]
    known: frozenset[int]


async def week(tx: Tx, app: App, by: Subscription, now: datetime) -> Week:
    """The week up to now, as this subscription's reader may see it."""
    shelf = _shelves.get(app.store, {})
    ids = await store.openings.dated_since(tx, now - timedelta(days=TRIED_DAYS), TRIED_AT_MOST)
    loaded = await store.openings.by_ids(tx, [number for number in ids if number not in shelf])
    every = [*loaded, *(shelf[number][0] for number in ids if number in shelf)]
    scene = await scene_of(tx, every, [[by]])
    withheld = {number: facts for (server, number), facts in scene.withdrawn.items() if server == by.guild_id}
    delays = await delays_of(app, tx)
    known = set()
    for turn, one in enumerate(every):
        if one.dated + delays.get(one.feed_id, timedelta()) <= now and scene.deaf(by, one) is None:
            known.add(one.id)
        if turn % BATCH == 0:
            await asyncio.sleep(0)
    return Week(ids, shelf, loaded, withheld, frozenset(known))


def any_of(queries: Sequence[Filter]) -> Filter | None:
    """The filter that passes what passes any of these; None for none of them."""
    return Filter(joined(Or, [one.root for one in queries])) if queries else None


def heard(own: Filter, follows: Follows, followed: Filter | None) -> Filter | None:
    """What a subscription hears; None: it follows what says nothing. followed: what the profile or channel hears."""
    if follows == "filter":
        return own
    return None if followed is None else all_of([followed, own])


async def tried(app: App, query: Filter, on: Week) -> Tried:
    """What it would have let through."""
    lately, result = await _shelved(app, on), NOTHING_TRIED
    for part in range(0, len(lately), BATCH):
        result = try_on(query, lately[part : part + BATCH], result)
        await asyncio.sleep(0)  # let the heartbeat and other people's presses through
    return result


async def _shelved(app: App, on: Week) -> list[tuple[Opening, Document]]:
    """The week's openings, each prepared once, as old as it was when it was told; they are the next shelf."""
    prepared = dict(on.shelf)
    for place, one in enumerate(on.loaded):
        prepared[one.id] = one, one.document(one.first_seen_at)
        if place % BATCH == 0:
            await asyncio.sleep(0)
    _shelves[app.store] = {number: prepared[number] for number in on.ids}
    return [
        _here(*pair, on.withheld)
        for pair in _shelves[app.store].values()
        if pair[0].id in on.known and _is_told(pair[0], on.withheld)
    ]


def _here(
    one: Opening, document: Document, withheld: Mapping[int, frozenset[str]]
) -> tuple[Opening, Document]:
    """The shelf is every server's: what one of them took back counts there alone."""
    if one.id not in withheld:
        return one, document
    left = corrected(one, withheld[one.id])
    return left, left.document(one.first_seen_at)


def _is_told(one: Opening, withheld: Mapping[int, frozenset[str]]) -> bool:
    """Would anybody be told of it there, whatever their filter says?"""
    taken_down = THE_OPENING in withheld.get(one.id, ())
    return (
        not taken_down and one.silent not in _NEVER_TOLD and one.storm_id is None and one.folded_into is None
    )
