"""The duty that says digests: what a channel's rhythm or cap kept back, in one message a day at most.

A digest, the rows that waited for it and the moment of the next one change in one transaction: after a kill or an
outage of any length it is said once. Members' alerts are `flow.alerts_out`; both begin with what is due here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice

from bot.app import App
from bot.deliveries import store as outbox
from bot.jobs import digests as rules
from bot.jobs import store
from bot.jobs.flow import alerts_out
from bot.jobs.flow.hearing import lines_of, no_longer, scene_of
from bot.jobs.subscriptions import Subscription
from bot.storage import Tx

AT_ONCE = 200  # subscriptions a beat
BATCH = 20  # of channels, in one unit of work

KEPT = timedelta(days=30)  # for a digest that never came, as of a subscription paused so long
UNREAD, UNREAD_MOST = timedelta(days=14), 100  # of a member whom no message reaches (/jobs alerts shows them)


async def say_digests(app: App, now: datetime) -> int:
    """Duty: promise every digest and every alert whose moment has come; gives how many."""
    async with app.store.read() as tx:
        due = await store.waiting.due(tx, now, AT_ONCE)
    channels = iter([one for one in due if one.member_id is None])
    said = 0
    while batch := list(islice(channels, BATCH)):
        async with app.store.begin() as tx:
            for one in batch:
                said += await _say(tx, app, one, now)
    return said + await alerts_out.say_alerts(app, [one for one in due if one.member_id is not None], now)


async def _say(tx: Tx, app: App, one: Subscription, now: datetime) -> int:
    """A channel's digest, if this is its moment; else when that is."""
    first = await store.waiting.first_since(tx, one.id)
    at = None if first is None else rules.told_at(one, None, first)
    if at is None or at > now:
        await store.waiting.speaks_at(tx, one.id, at)
        return 0
    rows = await store.waiting.ripe(tx, [one.id], now)
    openings = await store.openings.by_ids(tx, [row.opening_id for row in rows], text=False)
    scene = await scene_of(tx, openings, [[one]])
    gone = await no_longer(tx, one, openings, scene, now)
    told = [
        rules.corrected(each, scene.withheld(one.guild_id, each.id))
        for each in openings
        if rules.still_told(each, now) and scene.deaf(one, each) is None and each.id not in gone
    ]
    said = 0
    if told:
        ranked = rules.ranked(told)
        best = await lines_of(tx, app, one.guild_id, ranked[: rules.MOST_LINES], scene, now)
        rest = [each.id for each in ranked[rules.MOST_LINES :]]
        capped = any(row.why in ("cap", "company") for row in rows)
        said = await outbox.plan(tx, [rules.digest(one, best, rest, rows[0].since, now, capped)], now)
    if said or not told:
        await store.waiting.done(tx, [one.id], [row.opening_id for row in rows])
        await store.waiting.has_told(tx, [one.id], now)
    else:  # its hour was changed after today's digest: tomorrow
        await store.waiting.speaks_at(tx, one.id, rules.next_due(one, one.zone, now))
        return 0
    later = await store.waiting.first_since(tx, one.id)
    await store.waiting.speaks_at(tx, one.id, later and rules.told_at(one, None, later))
    return said


async def forget_waiting(app: App, now: datetime) -> int:
    """Duty: what waited too long is forgotten; gives how many rows."""
    async with app.store.begin() as tx:
        return await store.waiting.forget(tx, now - KEPT, now - UNREAD, UNREAD_MOST)
