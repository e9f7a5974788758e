"""A week opens: its questions are fixed, everybody has a row, the opener is promised, the next week is scheduled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.app import App
from bot.checkins import week as rules
from bot.checkins.cycle import first_week, following, next_cycle, stepped
from bot.checkins.groups import opener, opener_key, resting
from bot.checkins.joining import fresh_week
from bot.checkins.messages import OPENER
from bot.checkins.prompts import starter
from bot.checkins.store import cycles, groups, weeks
from bot.checkins.store.weeks import Expected
from bot.checkins.values import Cycle, Group, MemberWeek, Pair
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.storage import Tx

Paused = frozenset[int]

AHEAD = 60  # weeks in a row that a group may take off


async def open_weeks(
    app: App, tx: Tx, due: Sequence[Pair], without_us: Collection[int], now: datetime
) -> None:
    """These are due to open: each does, or is skipped in silence. One at a time: late, but not beside the next."""
    ids = {group.id for group, _ in due}
    members = _by_group(await weeks.roster(tx, ids))
    pauses = await paused(tx, [cycle for _, cycle in due])
    off = await groups.holidays(tx, ids, min(cycle.week for _, cycle in due))
    opening: list[Pair] = []
    skipped: list[Cycle] = []
    for group, cycle in due:
        here = members.get(group.id, [])
        nobody = bool(here) and all(one.user_id in pauses[cycle.id] for one in here)
        overtaken = now >= rules.opens_at(group, cycle.week + rules.WEEK)
        if resting(group, without_us) or nobody or overtaken or (group.id, cycle.week) in off:
            skipped.append(stepped(cycle, "skip"))
        else:
            opening.append((group, _opened(app, group, cycle)))
    await cycles.keep(tx, [*skipped, *(cycle for _, cycle in opening)])
    await weeks.excuse(tx, [one.id for one in skipped])
    expected = [
        member_week(one, group, cycle, away=one.user_id in pauses[cycle.id])
        for group, cycle in opening
        for one in members.get(group.id, [])
    ]
    await weeks.add(tx, expected)
    await outbox.plan(tx, [planned_opener(group, cycle, now) for group, cycle in opening], now)
    await schedule_next(tx, due, now)


def _opened(app: App, group: Group, cycle: Cycle) -> Cycle:
    """The questions are those of this moment, whatever the group asks later."""
    asked = replace(
        cycle,
        template=group.template,
        question=group.question,
        starter=starter(app.prompts, group.id, cycle.week) if group.starters else "",
    )
    return stepped(asked, "open")


def member_week(one: Expected, group: Group, cycle: Cycle, *, away: bool) -> MemberWeek:
    """A member's week at its beginning. away: they take it off. Its id is 0 until it is kept."""
    zone = one.zone or group.zone
    return fresh_week(one, cycle, zone, away, first=not (one.counted or away))


def planned_opener(group: Group, cycle: Cycle, now: datetime) -> Planned:
    """It is said in the group's channel of now."""
    key = opener_key(cycle, group.channel_id)
    return Planned(OPENER, key, opener(group, cycle), group.guild_id, group.channel_id, now)


async def paused(tx: Tx, of: Collection[Cycle]) -> dict[int, Paused]:
    """Cycle → who takes it off."""
    since = min((cycle.week for cycle in of), default=date.min)
    found = await weeks.pauses(tx, {cycle.group_id for cycle in of}, since)
    return {
        cycle.id: frozenset(
            user_id
            for group_id, user_id, first, last in found
            if group_id == cycle.group_id and first <= cycle.week <= last
        )
        for cycle in of
    }


async def schedule_next(tx: Tx, after: Iterable[Pair], now: datetime) -> None:
    """After each of these its group has another one, unless it rests. Those it takes off are skipped at once."""
    await _schedule(tx, [(group, following(group, cycle.week, now)) for group, cycle in after])


async def schedule_first(tx: Tx, group: Group, now: datetime, last: date | None = None) -> None:
    """A new group begins, or one that rested goes on. last: the newest week that has opened already."""
    first = first_week(group, now) if last is None else following(group, last, now)
    await _schedule(tx, [(group, first)])


async def _schedule(tx: Tx, begin: Sequence[tuple[Group, date]]) -> None:
    going = [(group, week) for group, week in begin if group.state == "active"]
    if not going:
        return
    off = await groups.holidays(tx, {group.id for group, _ in going}, min(week for _, week in going))
    await cycles.schedule(tx, [one for group, week in going for one in _until_open(group, week, off)])


def _until_open(group: Group, week: date, off: Collection[tuple[int, date]]) -> list[Cycle]:
    """That week, and while they are weeks off those after it."""
    found: list[Cycle] = []
    while not found or (found[-1].state == "skipped" and len(found) < AHEAD):
        found.append(next_cycle(group, week, holiday=(group.id, week) in off))
        week += rules.WEEK
    return found


def _by_group(roster: Iterable[Expected]) -> Mapping[int, list[Expected]]:
    found: defaultdict[int, list[Expected]] = defaultdict(list)
    for one in roster:
        found[one.group_id].append(one)
    return found
