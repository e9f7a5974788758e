"""What came while a subscription was paused: counted, and brought into its next digest or alert.

New openings pass a paused subscription by. Who resumes it is offered them; where a pause ends by itself nobody is
there to ask, so they are brought (design/jobs.md: nothing is ever lost).
"""

from __future__ import annotations

import asyncio
import json
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.jobs import digests, routes, store
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.audience import filters_of
from bot.jobs.flow.hearing import A_TURN, scene_of
from bot.jobs.hearing import hears_everything
from bot.jobs.openings import Opening
from bot.jobs.query import Filter
from bot.jobs.store.waiting import Waits
from bot.jobs.subscriptions import TRIED_AT_MOST, Subscription, may_turn
from bot.moderation.rights import Person
from bot.storage import Tx


async def missed(app: App, one: Subscription, since: datetime, now: datetime) -> list[Waits]:
    """What came since then that it would have told, as rows that wait for its next digest or alert.

    Of those told at all, still open, at most 2,000; without what another subscription told the same reader.
    """
    async with app.store.read() as tx:
        came = await store.hearing.told_since(tx, since, TRIED_AT_MOST)
        delays = await delays_of(app, tx)
        queries = await filters_of(tx, one)
        told = await _told(tx, one, since)
        there = [each for each in await _heard(tx, app, one, came) if each.id not in told]
    found = []
    for turn, each in enumerate(there):
        if _passes(queries, each, now):
            since_then = max(now, each.dated + delays.get(each.feed_id, timedelta()))
            found.append(Waits(one.id, each.id, one.guild_id, since_then, "paused"))
        if turn % A_TURN == 0:
            await asyncio.sleep(0)
    return found


async def bring(app: App, person: Person, subscription_id: int, since: datetime, now: datetime) -> int:
    """Let what came since then wait for its next digest, or alert; gives how many. Pressed twice it is done once."""
    async with app.store.read() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
    found = await missed(app, kept, since, now)
    async with app.store.begin() as tx:
        return await store.waiting.add(tx, found)


async def _heard(tx: Tx, app: App, one: Subscription, came: list[Opening]) -> list[Opening]:
    """Those that its server hears and its reader may be told of, with the facts that stand there."""
    all_of_it = hears_everything(one)
    unheard = {feed.id for feed in app.feeds.book if feed.require_filter and all_of_it}
    scene = await scene_of(tx, came, [[one]])
    return [
        digests.corrected(each, scene.withheld(one.guild_id, each.id))
        for each in came
        if each.feed_id not in unheard and scene.deaf(one, each) is None
    ]


async def _told(tx: Tx, one: Subscription, since: datetime) -> set[int]:
    """What its channel, or its member, was told since then or is to be told: by whichever subscription."""
    if one.channel_id is not None:
        living = await store.subscriptions.of_channel(tx, one.guild_id, one.channel_id)
    else:
        living = await store.subscriptions.of_member(tx, one.guild_id, one.member_id or 0)
    theirs = {each.id for each in living}  # what waits for a paused one is told, too
    waits = {row.opening_id for number in theirs for row in await store.waiting.of(tx, number)}
    cards = await outbox.promised_since(tx, theirs, since, kind=routes.CARD)
    alerts = [] if one.member_id is None else [digests.alerts_of(one.guild_id, one.member_id)]
    many = alerts or [digests.digests_of(number) for number in theirs]
    values = [said.value for each in many for said in await outbox.said(tx, each) if said.state != "dead"]
    named = {number for value in values for number in digests.named_in(value)}
    return waits | named | {json.loads(value)["opening_id"] for _, _, value in cards}


def _passes(queries: list[Filter], opening: Opening, now: datetime) -> bool:
    document = opening.document(now)
    return any(query.matches(document) for query in queries)
