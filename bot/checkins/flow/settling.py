"""A week is over for everybody: what nobody said becomes what it is, and what was missed before may be mended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.checkins.cycle import repairs, settled, stepped
from bot.checkins.flow import digests
from bot.checkins.flow.opening import paused
from bot.checkins.groups import SEASON, blocked_for, opener_key, resting, season_over
from bot.checkins.messages import DRIFT, SEASON_OVER, Drift, SeasonOver
from bot.checkins.store import cycles, groups, histories, weeks
from bot.checkins.store.histories import Before
from bot.checkins.streak import LOOKED_BACK
from bot.checkins.values import DONE, Cycle, Group, Pair, WeekState
from bot.checkins.week import WEEK
from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id
from bot.deliveries.planned import NOWHERE_YET, Planned
from bot.moderation import flow as moderation
from bot.moderation.server import ServerNames
from bot.people.flow import members
from bot.people.letters import letter
from bot.storage import Tx

SILENT = (2, 6)  # weeks after which those who asked for it are written to


async def settle_weeks(
    tx: Tx, due: Sequence[Pair], without_us: Collection[int], server_name: ServerNames, now: datetime
) -> None:
    """These are final: each member's week is what it stays."""
    over = {cycle.id: (group, _ended(group, cycle, now)) for group, cycle in due}
    pauses = await paused(tx, [cycle for _, cycle in over.values()])
    waiting = await weeks.pending(tx, over)
    gone = await weeks.of_leavers(tx, over)
    lately = min(cycle.week for _, cycle in over.values()) - LOOKED_BACK * WEEK
    before = await histories.before(tx, over, lately)
    became: dict[int, WeekState] = {}
    silent: dict[tuple[int, int], int] = {}
    for one in waiting:
        group, cycle = over[one.cycle_id]
        known = before.get((one.cycle_id, one.user_id))
        states = known.states if known else []
        off = one.user_id in pauses[one.cycle_id] or one.id in gone or resting(group, without_us)
        became[one.id] = settled(one, states, cycle, off)
        silent[group.id, one.user_id] = _silent([*states, became[one.id]])
    became |= _mended(before.values())
    await weeks.settle(tx, became)
    after = [(group, stepped(cycle, "final")) for group, cycle in over.values()]
    await cycles.keep(tx, [cycle for _, cycle in after])
    await _forget_openers(tx, after)
    await digests.refresh(tx, after, now)
    await _drift(tx, after, silent, server_name, now)
    await _ask_about_seasons(tx, after, now)


def _ended(group: Group, cycle: Cycle, now: datetime) -> Cycle:
    """With the time for which its channel is blocked still."""
    return (
        cycle
        if group.blocked_at is None
        else replace(cycle, blocked=blocked_for(group.blocked_at, cycle, now))
    )


def _mended(before: Iterable[Before]) -> dict[int, WeekState]:
    """The missed weeks that are repaired by a check-in in the one after."""
    return {one.ids[-1]: "repaired" for one in before if one.now in DONE and repairs(one.states)}


async def _forget_openers(tx: Tx, over: Sequence[Pair]) -> None:
    """An opener that could not be said till now is not worth saying any more."""
    keys = [opener_key(cycle, group.channel_id) for group, cycle in over]
    await outbox.discard(tx, [delivery_id(key, 1) for key in keys])


# -- those who asked to be written to in silence -------------------------------------------------


def _silent(states: Sequence[WeekState]) -> int:
    """How many weeks in a row, up to the last, they could have checked in and did not."""
    silent = 0
    for state in reversed(states):
        if state in DONE:
            break
        silent += state in ("missed", "frozen")
    return silent


async def _drift(
    tx: Tx,
    over: Sequence[Pair],
    silent: Mapping[tuple[int, int], int],
    server_name: ServerNames,
    now: datetime,
) -> None:
    await weeks.spoke_again(tx, [cycle.id for _, cycle in over])
    ids = {group.id: group for group, _ in over}
    asked = await weeks.drifting(tx, ids)
    due = {
        (group_id, user_id): silent[group_id, user_id]
        for group_id, user_id, told in asked
        if told < silent.get((group_id, user_id), 0) and silent[group_id, user_id] in SILENT
    }
    by_group: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (group_id, user_id), number in due.items():
        by_group[group_id][user_id] = number
    for group_id, numbers in by_group.items():
        await _write(tx, ids[group_id], numbers, server_name, now)
    await weeks.drift_told(tx, due)


async def _write(
    tx: Tx, group: Group, numbers: Mapping[int, int], server_name: ServerNames, now: datetime
) -> None:
    known = await members.members_in(tx, group.guild_id, numbers)
    planned: list[Planned] = []
    for user_id, number in numbers.items():
        if (to := known.get(user_id)) is None:
            continue
        value = Drift(
            group.guild_id,
            server_name(group.guild_id),
            group.id,
            group.name,
            number,
            named=to.opens("dm_names"),
        )
        about = f"checkin/group/{group.id}/drift/{number}/{now:%Y-%m-%d}"
        planned += letter(DRIFT, about, value, to, now)
    await outbox.plan(tx, planned, now)


# -- seasons -------------------------------------------------------------------------------------


async def _ask_about_seasons(tx: Tx, over: Sequence[Pair], now: datetime) -> None:
    """Eight weeks are over: the moderators are asked once how it goes on. Till they say so it just goes on."""
    asking = [group for group, cycle in over if group.state == "active" and season_over(group, cycle.week)]
    if not asking:
        return
    channels = await moderation.moderators_channels(tx, {group.guild_id for group in asking})
    await groups.ask_about_seasons(tx, [group.id for group in asking], now)
    await outbox.plan(
        tx, [_season(group, channels.get(group.guild_id, NOWHERE_YET), now) for group in asking], now
    )


def _season(group: Group, channel_id: int, now: datetime) -> Planned:
    key = f"checkin/group/{group.id}/season/{group.season_week}/channel/{channel_id}"
    value = SeasonOver(group.guild_id, group.id, group.name, SEASON)
    return Planned(SEASON_OVER, key, value, group.guild_id, channel_id, now)
