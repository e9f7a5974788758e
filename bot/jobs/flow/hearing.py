"""Telling openings: to channels as cards or with their digest, to members with their alert.

Filters (an index of all of them) → what counts beside filters → one subscription a reader → folded variants left
out → card, or waiting. All in the transaction that keeps the openings. Members get nothing here: what they are to
hear waits, and `flow.alerts_out` tells it as soon as it may.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.jobs import digests, routes, store
from bot.jobs import hearing as rules
from bot.jobs.added import is_added
from bot.jobs.ears import Ears
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.audience import audience_of, filters_of
from bot.jobs.hearing import Scene, Today, Told
from bot.jobs.life import may_be_named
from bot.jobs.messages import Line
from bot.jobs.openings import Opening
from bot.jobs.search import Candidate
from bot.jobs.store.waiting import Waits
from bot.jobs.subscriptions import Subscription
from bot.moderation import flow as moderation
from bot.ports import FeedSpec
from bot.storage import Tx
from bot.text import company_key

A_TURN = 10  # openings; preparing one of 8,000 characters takes a millisecond
CARDS_A_TURN = 100  # of today; each takes up to 20 µs to look into

_WHOLE: frozenset[str] = frozenset()  # nothing of an opening's facts was taken back


Heard = list[tuple[Told, list[Subscription]]]
"""Each opening with the one subscription of each reader that is told of it."""

Reader = tuple[int, int]
"""(server, channel or member)"""


async def hear(
    tx: Tx,
    app: App,
    told: Sequence[Told],
    feed: FeedSpec,
    now: datetime,
    guild_id: int | None = None,
    *,
    but: Collection[int] = (),
) -> int:
    """Tell these openings of one feed to everybody who listens, or in one server; not in these (`but`).

    Gives how many tellings that is: cards that are promised, and openings that wait for a digest or an alert.
    """
    passing = await _passing(tx, app, told, now, guild_id, but)
    scene = await scene_of(tx, [one.opening for one in told], passing.values())
    heard = [
        (
            one,
            [
                by
                for by in rules.readers(passing[one.opening.id], feed)
                if scene.deaf(by, one.opening) is None
            ],
        )
        for one in rules.in_order(told)
    ]
    before = await _told_before(tx, heard)
    today = await _said_today(tx, heard, now)
    planned: list[Planned] = []
    waits: list[Waits] = []
    for one, subscriptions in heard:
        await asyncio.sleep(0)
        for by in subscriptions:
            family = (one.folded_into or one.opening.id, _reader(by))
            if one.folded_into is not None and family in before:
                continue
            before.add(family)
            due_at = rules.due(one, feed, now)
            why = "rhythm" if by.member_id is not None else rules.delay(by, one, feed, today)
            if why is None:
                planned.append(_card(by, one.opening, scene, today, due_at, now))
            else:
                waits.append(Waits(by.id, one.opening.id, by.guild_id, max(due_at, now), why))
    return await store.waiting.add(tx, waits) + await outbox.plan(tx, planned, now)


async def _passing(
    tx: Tx, app: App, told: Sequence[Told], now: datetime, guild_id: int | None, but: Collection[int]
) -> dict[int, list[Subscription]]:
    """Opening → the subscriptions whose filters it passes, with the facts that their servers left standing."""
    if not told:
        return {}
    audience = await audience_of(app, tx)
    withdrawn = await store.hearing.withdrawn_facts(tx, [one.opening.id for one in told])
    passed: dict[tuple[int, frozenset[str]], list[int]] = {}
    for one in told:
        number = one.opening.id
        for less in {_WHOLE} | {facts for (_, of), facts in withdrawn.items() if of == number}:
            passed[number, less] = audience.passing(digests.corrected(one.opening, less).document(now))
            await asyncio.sleep(0)  # 100,000 filters take 2 ms
    listening = await store.hearing.by_ids(tx, {by for numbers in passed.values() for by in numbers})
    passing: dict[int, list[Subscription]] = {one.opening.id: [] for one in told}
    for (number, less), numbers in passed.items():
        for by in (listening[one] for one in numbers if one in listening):
            here = by.guild_id not in but and guild_id in (None, by.guild_id)
            if here and withdrawn.get((by.guild_id, number), _WHOLE) == less:
                passing[number].append(by)
    return passing


async def scene_of(
    tx: Tx,
    openings: Iterable[Opening],
    listening: Iterable[Iterable[Subscription]],
) -> Scene:
    """What counts beside filters for these openings and those who would hear them."""
    every = list(openings)
    companies = {mark for one in every if (mark := company_key(one.company))}
    ids = [one.id for one in every]
    members = {(by.guild_id, by.member_id) for some in listening for by in some if by.member_id is not None}
    return Scene(
        left=frozenset(await moderation.servers_left(tx)),
        ears=await ears_of(tx, every),
        unwanted=await store.hearing.unwanted_companies(tx, companies),
        withdrawn=await store.hearing.withdrawn_facts(tx, ids),
        hidden=await store.hearing.hidden_from(tx, members, companies | set(map(str, ids))),
    )


async def ears_of(tx: Tx, openings: Iterable[Opening | Candidate]) -> Ears:
    """Which server may know of these openings."""
    added = await store.added.listeners(tx)
    asked = [one.id for one in openings if one.feed_id in added or is_added(one.feed_id)]
    return Ears(added, await store.sightings.of_openings(tx, asked))


async def no_longer(
    tx: Tx, by: Subscription, waited: Iterable[Opening], scene: Scene, now: datetime
) -> set[int]:
    """Openings that wait for this subscription's reader, and pass by none of their filters since facts of them were
    taken back there."""
    doubted = [one.id for one in waited if scene.withheld(by.guild_id, one.id)]
    return await passes_no_more(tx, by, doubted, scene, now) if doubted else set()


async def passes_no_more(
    tx: Tx, by: Subscription, opening_ids: Sequence[int], scene: Scene, now: datetime
) -> set[int]:
    """Those of these openings that pass by no filter of this subscription's reader."""
    theirs = await store.hearing.by_ids(tx, await store.hearing.of_readers(tx, [_reader(by)]))
    own = {**theirs, by.id: by}  # it may be paused
    queries = [query for one in own.values() for query in await filters_of(tx, one)]
    gone = set()
    for turn, one in enumerate(await store.openings.by_ids(tx, opening_ids)):
        document = digests.corrected(one, scene.withheld(by.guild_id, one.id)).document(now)
        if not any(query.matches(document) for query in queries):
            gone.add(one.id)
        if turn % A_TURN == 0:
            await asyncio.sleep(0)
    return gone


async def lines_of(
    tx: Tx, app: App, guild_id: int, openings: Sequence[Opening], scene: Scene, now: datetime
) -> list[Line]:
    """These openings as lines, in their order, as this server may see them; of boards it doesn't hear, no word."""
    seen_on = await store.sightings.of_openings(tx, [one.id for one in openings])
    delays = await delays_of(app, tx)
    return [
        digests.line(
            scene.ears.here(guild_id, one) or one,
            [
                seen
                for seen in seen_on.get(one.id, ())
                if may_be_named(seen, delays, now) and scene.ears.hear(guild_id, seen.feed_id)
            ],
            scene.withheld(guild_id, one.id),
        )
        for one in openings
    ]


def _card(
    by: Subscription, opening: Opening, scene: Scene, today: Today, due_at: datetime, now: datetime
) -> Planned:
    withheld = scene.withheld(by.guild_id, opening.id)
    role_id = rules.mentions(by, digests.corrected(opening, withheld), today, now)
    today.add(by, opening.id, opening.company, mentioned=role_id is not None)
    here = scene.ears.here(by.guild_id, opening) or opening
    return routes.card(here, by, due_at, role_id=role_id, withheld=withheld)


def _reader(by: Subscription) -> Reader:
    return by.guild_id, by.channel_id or by.member_id or 0


# -- what was said before ------------------------------------------------------------------------


async def _said_today(tx: Tx, heard: Heard, now: datetime) -> Today:
    """The cards of this day in the servers whose channels would get one now; each day by its subscription's clock."""
    today = Today()
    servers = {by.guild_id for _, some in heard for by in some if by.channel_id is not None}
    channels = {by.id: by for by in await store.hearing.of_servers(tx, servers)} if servers else {}
    midnights = {number: digests.midnight(by.zone, now) for number, by in channels.items()}
    if not channels:
        return today
    said = await outbox.promised_since(tx, channels, min(midnights.values()), kind=routes.CARD)
    for turn, (number, at, value) in enumerate(said):
        if at >= midnights[number]:
            card = json.loads(value)
            mentioned = card.get("role_id") is not None
            today.add(channels[number], card["opening_id"], card["company"], mentioned=mentioned)
        if turn % CARDS_A_TURN == 0:
            await asyncio.sleep(0)
    return today


async def _told_before(tx: Tx, heard: Heard) -> set[tuple[int, Reader]]:
    """(head, reader): who was told, or is to be told, an opening of whose family another one is folded now."""
    heads = {one.folded_into for one, some in heard if some and one.folded_into is not None}
    if not heads:
        return set()
    variants = await store.openings.families(tx, heads)
    families = {head: head for head in heads} | {
        one.id: head for head, family in variants.items() for one in family
    }
    readers = {_reader(by): by for one, some in heard if one.folded_into is not None for by in some}
    of_reader = await store.hearing.of_readers(tx, readers)
    told: set[tuple[int, Reader]] = set()
    for number, head in families.items():
        for said in await outbox.said(tx, routes.cards_of(number)):
            if said.state != "dead":
                told.add((head, (said.guild_id, said.channel_id)))
        waits = await store.waiting.waits_for(tx, number, of_reader)
        told.update((head, of_reader[by]) for by in waits)
    for reader, by in readers.items():
        prefixes = (
            [digests.alerts_of(*reader)]
            if by.member_id
            else [digests.digests_of(number) for number, whose in of_reader.items() if whose == reader]
        )
        values = [
            said.value for one in prefixes for said in await outbox.said(tx, one) if said.state != "dead"
        ]
        told.update(
            (head, reader)
            for number, head in families.items()
            if any(digests.names(value, number) for value in values)
        )
    return told
