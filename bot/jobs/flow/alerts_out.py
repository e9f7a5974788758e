"""Members' own alerts: one message for all that is due to one member, and where it waits when none reaches them.

What a member is to hear waits in rows. Once it is due and they can be reached, it becomes an alert and its rows are
under way; only when that has arrived are they gone. Until then no second alert is promised to the same member, so
what comes meanwhile, or over night, is one message. Where messages don't arrive the rows stay for /jobs alerts.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.jobs import digests as rules
from bot.jobs import store
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.audience import filters_of
from bot.jobs.flow.hearing import A_TURN, lines_of, no_longer, scene_of
from bot.jobs.flow.saved import today_line
from bot.jobs.hearing import Scene, words
from bot.jobs.messages import Alert
from bot.jobs.openings import Opening
from bot.jobs.query import Document
from bot.jobs.store.waiting import Waits
from bot.jobs.subscriptions import Subscription
from bot.people.flow import members
from bot.people.letters import reachable
from bot.people.members import Member, Profile
from bot.storage import Tx

BATCH = 20  # members in one unit of work
SPARED_AT_MOST = 2_000  # openings that are looked through for dead ends, the newest
SPARED_SHOWN = 3
LATELY, AN_INSTANT = timedelta(days=7), timedelta(microseconds=1)
LOOK_AGAIN = timedelta(minutes=1)  # while an alert to the same member is under way
TESTS_FOR = timedelta(days=1)  # how long a test message may take to arrive before nobody asks any more
TESTS_AT_ONCE = 200
AT_ONCE = 200  # subscriptions of members who can be reached again

Whose = tuple[int, int]
"""(server, member)"""
DeadEnds = Sequence[tuple[Opening, Document]]


@dataclass(frozen=True, slots=True)
class _Due:
    """A member with those of their subscriptions that are due, the first made first."""

    member: Member
    profile: Profile
    subscriptions: tuple[Subscription, ...]


async def say_alerts(app: App, due: Sequence[Subscription], now: datetime) -> int:
    """Promise to members what these subscriptions of theirs, whose moment may have come, have for them.

    Gives how many alerts that is: one a member.
    """
    whose = sorted({(one.guild_id, one.member_id) for one in due if one.member_id is not None})
    later = [one for one in due if one.rhythm != "now"]
    dead_ends = await _dead_ends(app, now) if later else []
    said = 0
    for start in range(0, len(whose), BATCH):
        async with app.store.begin() as tx:
            for one in whose[start : start + BATCH]:
                said += await _say(tx, app, one, dead_ends, now)
    return said


async def _say(tx: Tx, app: App, whose: Whose, dead_ends: DeadEnds, now: datetime) -> int:
    due = await _due(tx, whose, now)
    if due is None:
        return 0
    ids = [one.id for one in due.subscriptions]
    rows = await store.waiting.ripe(tx, ids, now)
    if not reachable(due.member):
        await store.waiting.put_off(tx, ids, {row.opening_id for row in rows}, "dm_closed")
        await _sleep(tx, due)
        return 0
    openings = await store.openings.by_ids(tx, list({row.opening_id for row in rows}), text=False)
    scene = await scene_of(tx, openings, [due.subscriptions])
    here = due.subscriptions[0]
    gone = await no_longer(tx, here, openings, scene, now)
    told = [
        rules.corrected(one, scene.withheld(here.guild_id, one.id))
        for one in openings
        if rules.still_told(one, now) and scene.deaf(here, one) is None and one.id not in gone
    ]
    await store.waiting.done(tx, ids, {row.opening_id for row in rows} - {one.id for one in told})
    said = 0
    if told:
        alert = await _alert(tx, app, due, told, rows, scene, dead_ends, now)
        said = await outbox.plan(tx, [alert], now)
        await store.waiting.put_off(tx, ids, [one.id for one in told], "under_way")
    await store.waiting.has_told(tx, ids, now)
    await _sleep(tx, due)
    return said


async def _alert(
    tx: Tx,
    app: App,
    due: _Due,
    told: Sequence[Opening],
    rows: Sequence[Waits],
    scene: Scene,
    dead_ends: DeadEnds,
    now: datetime,
) -> Planned:
    ids = {one.id for one in told}
    telling = {row.subscription_id for row in rows if row.opening_id in ids}
    by = [one for one in due.subscriptions if one.id in telling]
    ranked = rules.ranked(told)
    best = await lines_of(tx, app, by[0].guild_id, ranked[: rules.MOST_LINES], scene, now)
    rest = [one.id for one in ranked[rules.MOST_LINES :]]
    ends = await _spared(tx, due.profile, by, dead_ends, now)
    value = Alert(
        subscription_id=by[0].id,
        words="; ".join(dict.fromkeys(map(words, by))),
        lines=tuple(best),
        more=len(rest),
        discreet=discreet(due.member),
        rest=tuple(rest[: rules.MOST_REST]),
        rhythm=by[0].rhythm,
        spared=tuple(map(rules.spared, ends[:SPARED_SHOWN])),
        spared_of=len(ends),
        country=due.profile.country,
        today=await today_line(tx, due.member.key.guild_id, due.member.key.user_id, now),
    )
    return rules.alert(due.member, value, now)


def discreet(member: Member) -> bool:
    """Say only how many there are, unless they opened that door: somebody may read over their shoulder."""
    return not member.opens("dm_names")


# -- when ----------------------------------------------------------------------------------------


async def _due(tx: Tx, whose: Whose, now: datetime) -> _Due | None:
    """What is due to this member now; for anything that isn't, when it will be. None: nothing is."""
    guild_id, user_id = whose
    mine = [
        one for one in await store.subscriptions.of_member(tx, guild_id, user_id) if one.state == "active"
    ]
    member = (await members.members_in(tx, guild_id, [user_id])).get(user_id)
    if member is None or member.left_at is not None:
        for one in mine:
            await store.waiting.drop(tx, one.id)
            await store.waiting.speaks_at(tx, one.id, None)
        return None
    if await store.waiting.is_under_way(tx, guild_id, user_id):
        for one in mine:
            if one.next_due_at is not None and one.next_due_at <= now:
                await store.waiting.speaks_at(tx, one.id, now + LOOK_AGAIN)
        return None
    due = [one for one in mine if await _speaks(tx, one, member, now)]
    profile = (await members.profiles_in(tx, guild_id, [user_id])).get(user_id, Profile())
    return _Due(member, profile, tuple(due)) if due else None


async def _speaks(tx: Tx, one: Subscription, member: Member, now: datetime) -> bool:
    """Is this its moment? If not, it sleeps until then."""
    first = await store.waiting.first_since(tx, one.id)
    at = None if first is None else rules.told_at(one, member, first)
    if at is None or at > now:
        await store.waiting.speaks_at(tx, one.id, at)
        return False
    return True


async def _sleep(tx: Tx, due: _Due) -> None:
    for one in due.subscriptions:
        first = await store.waiting.first_since(tx, one.id)
        await store.waiting.speaks_at(tx, one.id, first and rules.told_at(one, due.member, first))


# -- dead ends spared ----------------------------------------------------------------------------


async def _dead_ends(app: App, now: datetime) -> list[tuple[Opening, Document]]:
    """Openings of the last days whose board says anywhere and whose own words say otherwise, newest first."""
    async with app.store.read() as tx:
        found = await store.hearing.claimed_anywhere(tx, now - LATELY, SPARED_AT_MOST)
        delays = await delays_of(app, tx)
    shown = [one for one in found if one.dated + delays.get(one.feed_id, timedelta(0)) <= now]
    documents = []
    for turn, one in enumerate(shown):
        documents.append((one, one.document(now)))
        if turn % A_TURN == 0:
            await asyncio.sleep(0)
    return documents


async def _spared(
    tx: Tx, profile: Profile, by: Sequence[Subscription], dead_ends: DeadEnds, now: datetime
) -> list[Opening]:
    """The dead ends that these daily or weekly subscriptions would have told of, were it not for the place."""
    later = [one for one in by if one.rhythm != "now"]
    countries = frozenset(profile.may_work or filter(None, [profile.country]))
    if not later or not countries:
        return []
    since = min(one.said_at or max(one.changed_at - AN_INSTANT, now - LATELY) for one in later)
    queries = [rules.apart_from_place(query) for one in later for query in await filters_of(tx, one)]
    found = [
        one
        for one, document in dead_ends
        if one.first_seen_at > since
        and rules.dead_end(one, countries)
        and any(query.matches(document) for query in queries)
    ]
    scene = await scene_of(tx, found, [later])
    here = later[0]
    return [
        one for one in found if scene.deaf(here, one) is None and not scene.withheld(here.guild_id, one.id)
    ]


# -- has it arrived? -----------------------------------------------------------------------------


async def mind_alerts(app: App, now: datetime) -> int:
    """Duty: learn what became of alerts and test messages on their way; gives how many are settled."""
    async with app.store.read() as tx:
        came = {whose: await _became(tx, whose) for whose in await store.waiting.under_way(tx)}
        untested = await store.waiting.untested(tx, now - TESTS_FOR, TESTS_AT_ONCE)
        arrived = [one for one in untested if await _test_arrived(tx, one)]
    settled = {whose: how for whose, how in came.items() if how != "under_way"}
    if not settled and not arrived:
        return 0
    async with app.store.begin() as tx:
        for (guild_id, member_id), how in settled.items():
            await store.waiting.settle(tx, guild_id, member_id, None if how == "told" else how, now)
            if how == "told":
                await store.waiting.tested(tx, guild_id, member_id, now)
        for one in arrived:
            await store.waiting.tested(tx, one.guild_id, one.member_id or 0, now)
    return len(settled) + len(arrived)


async def reach_again(app: App, now: datetime) -> int:
    """Duty: who allows messages again is told what waited in /jobs alerts; gives how many openings that is."""
    async with app.store.read() as tx:
        again = await store.waiting.reached_again(tx)
    if not again:
        return 0
    async with app.store.begin() as tx:
        return await store.waiting.reopen(tx, again[:AT_ONCE], now)


async def _became(tx: Tx, whose: Whose) -> Literal["told", "under_way", "dm_closed", "rhythm"]:
    """What became of a member's last alert; one that is uncertain may have been read."""
    said = await outbox.said(tx, rules.alerts_of(*whose))
    if not said:
        return "rhythm"  # taken back together with their consent: it waits again
    if said[-1].state in ("sent", "uncertain"):
        return "told"
    return "dm_closed" if said[-1].state == "dead" else "under_way"


async def _test_arrived(tx: Tx, one: Subscription) -> bool:
    return any(said.state == "sent" for said in await outbox.said(tx, rules.tests_of(one.id)))


async def send_test(tx: Tx, one: Subscription, now: datetime) -> bool:
    """Promise the message that shows whether alerts arrive; False when they have not allowed any, or Discord
    refused one since. Once it has arrived `tested_at` is set."""
    if one.member_id is None:
        return False
    member = (await members.members_in(tx, one.guild_id, [one.member_id])).get(one.member_id)
    if member is None or not reachable(member):
        return False
    value = Alert(one.id, words(one), (), 0, discreet(member), test=True, rhythm=one.rhythm)
    key = f"{rules.tests_of(one.id)}{now.isoformat()}"
    planned = Planned(
        rules.ALERT_TEST,
        key,
        value,
        one.guild_id,
        one.member_id,
        now,
        subscription_id=one.id,
        member_id=one.member_id,
    )
    return bool(await outbox.plan(tx, [planned], now))
