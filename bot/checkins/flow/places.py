"""Where a week's cards go: a thread on its opener, else the channel itself."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from bot.app import App
from bot.checkins import cards
from bot.checkins.flow import names
from bot.checkins.flow.opening import planned_opener
from bot.checkins.groups import opener_key, thread_name
from bot.checkins.store import cycles, groups, weeks
from bot.checkins.values import Cycle, Group, MemberWeek, Pair
from bot.deliveries import store as outbox
from bot.deliveries.outcome import CHANNEL_CODES
from bot.deliveries.store import Said
from bot.ports import NewThread, Trouble
from bot.storage import Tx

NO_THREAD = frozenset(  # no thread can be had: the cards stand in the channel
    {
        "too_many_threads",
        "missing_permission",
        "missing_access",
        "bad_request",
        "unknown_channel",
        "thread_locked",
    }
)

Place = int | Literal["later", "say again"]


async def mind_places(app: App, now: datetime) -> int:
    """Duty: give the cards of each open week a place, once its opener stands; gives how many got one."""
    async with app.store.read() as tx:
        if not (waiting := await cycles.unplaced(tx)):
            return 0
        kept = await groups.some(tx, {one.group_id for one in waiting})
        openers = await _openers(tx, [(kept[one.group_id], one) for one in waiting])
    found: dict[int, int] = {}
    again: list[int] = []
    for cycle in waiting:
        place = await _place(app, kept[cycle.group_id], cycle, openers.get(cycle.id))
        if isinstance(place, int):
            found[cycle.id] = place
        elif place == "say again":
            again.append(cycle.id)
    if found or again:
        async with app.store.begin() as tx:
            await _keep(tx, found, again, now)
    return len(found)


async def _openers(tx: Tx, waiting: Sequence[Pair]) -> dict[int, Said]:
    """Cycle → its opener in the group's channel of now, as far as it was promised."""
    keys = {opener_key(cycle, group.channel_id): cycle.id for group, cycle in waiting}
    found = await outbox.said_each(tx, keys)
    return {keys[key]: one for key, said in found.items() for one in said if one.key == key}


async def _place(app: App, group: Group, cycle: Cycle, said: Said | None) -> Place:
    if said is None:
        return group.channel_id  # forgotten by now: the channel is there
    if said.message_id is None:
        return group.channel_id if said.state == "sent" or _given_up(said) else "later"
    at = time.monotonic()
    if app.pace.wait_for(group.channel_id, at):
        return "later"
    app.pace.take(group.channel_id, at)
    name = thread_name(group, cycle.week)
    opened = await app.messenger.open_thread(
        NewThread(group.guild_id, group.channel_id, name, on_message=said.message_id)
    )
    return _told(opened, group, cycle)


def _given_up(said: Said) -> bool:
    """It will never stand, and not because of its channel, which may be mended."""
    return said.state == "uncertain" or (said.state == "dead" and said.trouble not in CHANNEL_CODES)


def _told(opened: int | Trouble, group: Group, cycle: Cycle) -> Place:
    """What Discord's answer means. An opener that was deleted is said again once."""
    if isinstance(opened, int):
        return opened
    if opened.code == "unknown_message":
        return group.channel_id if cycle.reopened else "say again"
    return group.channel_id if opened.code in NO_THREAD else "later"


async def _keep(tx: Tx, found: Mapping[int, int], again: Sequence[int], now: datetime) -> None:
    fresh = await cycles.some(tx, [*found, *again])
    after = [replace(one, place_id=found[one.id]) for one in fresh.values() if one.id in found]
    reopened = [replace(one, reopened=True) for one in fresh.values() if one.id not in found]
    await cycles.keep(tx, [*after, *reopened])
    kept = await groups.some(tx, {one.group_id for one in fresh.values()})
    await outbox.plan(tx, [planned_opener(kept[one.group_id], one, now) for one in reopened], now)
    await post_cards(tx, [(kept[one.group_id], one) for one in after], now)


async def post_cards(tx: Tx, pairs: Sequence[Pair], now: datetime) -> None:
    """Promise every card of these weeks, whose places are known, that was promised to none."""
    waiting = await weeks.cardless(tx, [cycle.id for _, cycle in pairs])
    for group, cycle in pairs:
        mine = [one for one in waiting if one.cycle_id == cycle.id]
        if mine and cycle.place_id is not None:
            await _post(tx, group, cycle, mine, cycle.place_id, now)


async def _post(
    tx: Tx, group: Group, cycle: Cycle, mine: Sequence[MemberWeek], place_id: int, now: datetime
) -> None:
    called = await names.pen_names(tx, group.guild_id, group.id, {one.user_id for one in mine})
    planned = [cards.planned(one, cycle, called.get(one.user_id, ""), place_id, now) for one in mine]
    await outbox.plan(tx, planned, now)
    await weeks.cards_stand(tx, [one.id for one in mine], place_id)
