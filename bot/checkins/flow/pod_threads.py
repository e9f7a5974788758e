"""A pod's own thread: opened once, its members let in and out, what is said in it.

What Discord is asked for is noted before or after in a transaction of its own, and each request done twice is done
once. So a process that ends between any two steps goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.app import App
from bot.checkins import cards
from bot.checkins.flow.names import pen_names
from bot.checkins.messages import (
    GROUP_BLOCKED,
    POD_CARD,
    POD_HELLO,
    POD_WORD,
    Card,
    GroupBlocked,
    PodHello,
    PodWord,
)
from bot.checkins.store import cycles, groups, weeks
from bot.checkins.store import pods as store
from bot.checkins.store.pods import Entry
from bot.checkins.values import Group, Pod
from bot.deliveries import store as outbox
from bot.deliveries.planned import NOWHERE_YET, Planned, decode
from bot.moderation import flow as moderation
from bot.people.flow import presence
from bot.people.members import Key
from bot.ports import NewThread, Trouble
from bot.storage import Tx

REFUSED = frozenset(  # a moderator has to do something
    {
        "too_many_threads",
        "missing_permission",
        "missing_access",
        "unknown_channel",
        "thread_locked",
        "bad_request",
    }
)
CLOSED = frozenset({"unknown_channel", "thread_locked"})
SAID = (POD_HELLO, POD_CARD, POD_WORD)
TRY_AGAIN_IN = timedelta(hours=1)
NEW_FOR = timedelta(minutes=10)  # a thread that Discord doesn't know yet; after that it was deleted


async def mind_threads(app: App, now: datetime) -> int:
    """Open what is to be opened, then let in and out; gives how many requests went well."""
    await _mind_closed(app, now)
    return await _open(app, now) + await _let(app, now)


async def _mind_closed(app: App, now: datetime) -> None:
    """Something could not be said in a thread: one that was deleted or locked is replaced, and said there anew."""
    async with app.store.read() as tx:
        if not await outbox.unminded(tx, SAID):
            return
    async with app.store.begin() as tx:
        rows = await outbox.unminded(tx, SAID)
        closed = [row for row in rows if row.trouble in CLOSED]
        for pod_id in await store.of_threads(tx, {row.channel_id for row in closed}):
            await store.lost(tx, pod_id, now)
        unread = [decode(Card, row.value).week_id for row in closed if row.kind == POD_CARD]
        await weeks.cards_move(tx, unread)
        await outbox.mind(tx, [row.id for row in rows], now)


# -- opening -------------------------------------------------------------------------------------


async def _open(app: App, now: datetime) -> int:
    async with app.store.read() as tx:
        if not (pods := await store.unopened(tx)):
            return 0
        kept = await groups.some(tx, {pod.group_id for pod in pods})
        waits = await store.waiting_until(tx, kept)
        without_us = set(await moderation.servers_left(tx))
    done = 0
    for pod in pods:
        group = kept[pod.group_id]
        if pod.guild_id in without_us or waits.get(group.id, now) > now:
            continue
        if not _may_ask(app, group.channel_id):
            break
        opened = await _opened(app, group, pod, now)
        if isinstance(opened, int):
            await _have(app, group, pod, opened, now)
            done += 1
        else:
            waits[group.id] = await _refused(app, group, opened, now)
    return done


def _may_ask(app: App, channel_id: int) -> bool:
    at = time.monotonic()
    if app.pace.wait_for(channel_id, at):
        return False
    app.pace.take(channel_id, at)
    return True


async def _opened(app: App, group: Group, pod: Pod, now: datetime) -> int | Trouble:
    """That it is tried is noted first: after that it may be there, whatever becomes of this process."""
    if pod.tried_at is None:
        async with app.store.begin() as tx:
            await store.tried(tx, pod.id, now)
    thread = NewThread(group.guild_id, group.channel_id, pod.name, private=True, tried_at=pod.tried_at)
    return await app.messenger.open_thread(thread)


async def _have(app: App, group: Group, pod: Pod, thread_id: int, now: datetime) -> None:
    """It is there: the first words are promised, and what its members said to it already."""
    async with app.store.begin() as tx:
        await store.opened(tx, pod.id, thread_id)
        fresh = await store.one(tx, pod.id)
        if fresh is None or fresh.ended_at is not None:
            return
        key = f"checkin/pod/{pod.id}/hello/channel/{thread_id}"
        hello = PodHello(group.guild_id, group.id, pod.id, pod.name, group.name, fresh.members)
        await outbox.plan(tx, [Planned(POD_HELLO, key, hello, group.guild_id, thread_id, now)], now)
        await post_cards(tx, group, fresh.members, thread_id, now)


async def post_cards(tx: Tx, group: Group, user_ids: Sequence[int], thread_id: int, now: datetime) -> None:
    """What these said to their pod before it had this thread, or before they were in it."""
    said = await store.cardless(tx, group.id, user_ids)
    if not said:
        return
    of = await cycles.some(tx, {one.cycle_id for one in said})
    called = await pen_names(tx, group.guild_id, group.id, {one.user_id for one in said})
    planned = [
        cards.planned(one, of[one.cycle_id], called.get(one.user_id, ""), thread_id, now) for one in said
    ]
    await outbox.plan(tx, planned, now)
    await weeks.cards_stand(tx, [one.id for one in said], thread_id)


# -- letting in and out --------------------------------------------------------------------------


async def _let(app: App, now: datetime) -> int:
    async with app.store.read() as tx:
        leaving, coming = await store.to_let_out(tx), await store.to_let_in(tx)
        if not leaving and not coming:
            return 0
        kept = await groups.some(tx, {one.group_id for one in (*leaving, *coming)})
        waits = await store.waiting_until(tx, kept)
        without_us = set(await moderation.servers_left(tx))
    done = 0
    for entry, comes in [*((one, False) for one in leaving), *((one, True) for one in coming)]:
        group = kept[entry.group_id]
        if entry.guild_id in without_us or waits.get(group.id, now) > now:
            continue
        if not _may_ask(app, entry.user_id):  # each thread's own limit is for what is said there
            break
        trouble = await (_let_in if comes else _let_out)(app, group, entry, now)
        if trouble is None:
            done += 1
        else:
            waits[group.id] = await _refused(app, group, trouble, now)
    return done


async def _let_in(app: App, group: Group, entry: Entry, now: datetime) -> Trouble | None:
    answer = await app.messenger.let_in(entry.guild_id, entry.thread_id, entry.user_id)
    if answer is not None and answer.code == "member_left":
        await presence.member_left(app, Key(entry.guild_id, entry.user_id), now)
    async with app.store.begin() as tx:
        if answer is None:
            await _is_in(tx, group, entry, now)
        elif answer.code == "member_left":
            await store.leave(tx, [(entry.pod_id, entry.user_id)], now)
            await store.let_out(tx, entry.pod_id, entry.user_id, now)
        elif answer.code != "unknown_channel":
            return answer
        elif not await store.lost(tx, entry.pod_id, now - NEW_FOR):
            return replace(answer, code="unclear")
    return None


async def _is_in(tx: Tx, group: Group, entry: Entry, now: datetime) -> None:
    """Those who come later are announced; who is in it from the beginning stands in its first words."""
    await store.wait_until(tx, group.id, None)
    since = await store.let_in(tx, entry.pod_id, entry.user_id, now)
    pod = await store.one(tx, entry.pod_id)
    if pod is None or since is None or since <= pod.made_at:
        return
    called = await pen_names(tx, group.guild_id, group.id, [entry.user_id])
    word = PodWord(entry.guild_id, pod.id, "joined", entry.user_id, called.get(entry.user_id, ""))
    key = f"checkin/pod/{pod.id}/joined/{entry.user_id}/{since.isoformat()}/channel/{entry.thread_id}"
    await outbox.plan(tx, [Planned(POD_WORD, key, word, entry.guild_id, entry.thread_id, now)], now)


async def _let_out(app: App, group: Group, entry: Entry, now: datetime) -> Trouble | None:
    answer = await app.messenger.let_out(entry.guild_id, entry.thread_id, entry.user_id)
    if answer is not None and answer.code != "unknown_channel":
        return answer
    async with app.store.begin() as tx:
        await store.let_out(tx, entry.pod_id, entry.user_id, now)
    return None


# -- when Discord says no ------------------------------------------------------------------------


async def _refused(app: App, group: Group, trouble: Trouble, now: datetime) -> datetime:
    """Until when this group's threads wait. The moderators are told once, until it works again."""
    if trouble.code not in REFUSED:
        return now + (trouble.retry_after or timedelta.resolution)  # Discord's own bad moment
    until = now + TRY_AGAIN_IN
    async with app.store.begin() as tx:
        known = await store.waiting_until(tx, [group.id])
        await store.wait_until(tx, group.id, until)
        if not known and group.blocked_at is None:  # else they were told of the channel itself
            await _tell_moderators(tx, group, trouble.code, now)
    return until


async def try_again(tx: Tx, group_id: int) -> None:
    """A moderator has mended it: the next beat tries."""
    await store.wait_until(tx, group_id, None)


async def _tell_moderators(tx: Tx, group: Group, code: str, now: datetime) -> None:
    where = (await moderation.moderators_channels(tx, [group.guild_id])).get(group.guild_id, NOWHERE_YET)
    key = f"checkin/group/{group.id}/pods/{now.isoformat()}/channel/{where}"
    notice = GroupBlocked(group.guild_id, group.id, group.name, group.channel_id, f"pods_{code}")
    await outbox.plan(tx, [Planned(GROUP_BLOCKED, key, notice, group.guild_id, where, now)], now)
