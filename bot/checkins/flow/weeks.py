"""The life of groups' weeks: open, digest, final. What is due is found by one question and done for many at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from bot.app import App
from bot.checkins.cycle import Step, due, step, stepped
from bot.checkins.flow import digests
from bot.checkins.flow.opening import open_weeks, schedule_next
from bot.checkins.flow.outages import away
from bot.checkins.flow.settling import settle_weeks
from bot.checkins.store import cycles, groups
from bot.checkins.values import Cycle, Pair
from bot.moderation import flow as moderation
from bot.moderation.server import ServerNames
from bot.storage import Tx

AT_ONCE = 100  # cycles in one transaction: with fifty members each, 5,000 weeks


async def mind_weeks(app: App, server_name: ServerNames, now: datetime) -> int:
    """Duty: every cycle that is due goes on, as often as it has to after a silence; gives how many steps that were.

    Nothing is done during a silence that `note_alive` has not ended yet.
    """
    async with app.store.read() as tx:
        if not await cycles.due(tx, now, 1) or await away(tx, now):
            return 0
    steps, more = 0, True
    while more:
        done, more = await _round(app, server_name, now)
        steps += done
    return steps


async def _round(app: App, server_name: ServerNames, now: datetime) -> tuple[int, bool]:
    """One step of each group that has something due, the week that was due first; gives (how many, is more due?)."""
    async with app.store.begin() as tx:
        drawn = _first_of_each(await cycles.due(tx, now, AT_ONCE))
        kept = await groups.some(tx, {one.group_id for one in drawn})
        without_us = set(await moderation.servers_left(tx))
        by_step: defaultdict[Step | None, list[Pair]] = defaultdict(list)
        for one in drawn:
            by_step[step(one, now)].append((kept[one.group_id], one))
        if opening := by_step["open"]:
            await open_weeks(app, tx, opening, without_us, now)
        if skipping := by_step["skip"]:
            await cycles.keep(tx, [stepped(one, "skip") for _, one in skipping])
            await schedule_next(tx, skipping, now)
        if digesting := by_step["digest"]:
            await _digest(tx, digesting, without_us, now)
        if final := by_step["final"]:
            await settle_weeks(tx, final, without_us, server_name, now)
        if fresh := by_step[None]:
            await _freshen(tx, fresh, now)
        return len(drawn), bool(await cycles.due(tx, now, 1))


def _first_of_each(drawn: Sequence[Cycle]) -> list[Cycle]:
    """One of each group: what comes after it may depend on it."""
    first: dict[int, Cycle] = {}
    for one in drawn:
        first.setdefault(one.group_id, one)
    return list(first.values())


async def _digest(tx: Tx, pairs: Sequence[Pair], without_us: Collection[int], now: datetime) -> None:
    after = [(group, stepped(cycle, "digest")) for group, cycle in pairs]
    await cycles.keep(tx, [cycle for _, cycle in after])
    speaking = [
        (group, cycle)
        for group, cycle in after
        if group.state != "ended" and group.guild_id not in without_us
    ]
    await digests.say(tx, speaking, now)


async def _freshen(tx: Tx, pairs: Sequence[Pair], now: datetime) -> None:
    """Something changed in a digest that stands: it is told once a beat, however much it was."""
    await digests.refresh(tx, pairs, now)
    await cycles.keep(tx, [replace(cycle, next_at=due(cycle)) for _, cycle in pairs])
