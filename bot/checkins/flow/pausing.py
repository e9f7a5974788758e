"""Weeks that a member takes off; no reason is asked for."""

from __future__ import annotations

from datetime import date, datetime

from bot.app import App
from bot.checkins import pauses as rules
from bot.checkins import week as weeks
from bot.checkins.flow.joining import seat_in
from bot.checkins.joining import Mine, Seat, mine_of
from bot.checkins.store import members as store
from bot.checkins.store import saying
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Tx


async def skip(app: App, key: Key, group_id: int, now: datetime) -> Mine:
    """This week off; the next one, once this one is due or done."""
    return await pause(app, key, group_id, 1, now)


async def pause(app: App, key: Key, group_id: int, weeks: int, now: datetime) -> Mine:
    """So many weeks off, from this one on. It takes the place of an earlier pause that is not over.

    Refuses "pause_weeks".
    """
    async with app.store.begin() as tx:
        seat = await seat_in(tx, key, group_id)
        first, last = rules.weeks_off(_first(seat, now), weeks)
        await store.change_pauses(tx, rules.ended(seat.pauses, first))
        await _take_off(tx, seat, first, last, now)
        return mine_of(await seat_in(tx, key, group_id), now)


async def ill(app: App, key: Key, group_id: int, now: datetime) -> Mine:
    """The week off that they could still check in for, also once it is due. Refuses "ill_lately", "checkin_done"."""
    async with app.store.begin() as tx:
        seat = await seat_in(tx, key, group_id)
        week = _waiting(seat, now)
        rules.may_be_ill(seat.pauses, week)
        await _take_off(tx, seat, week, week, now, ill=True)
        return mine_of(await seat_in(tx, key, group_id), now)


async def resume(app: App, key: Key, group_id: int, now: datetime) -> Mine:
    """Back again, from this week on. Nothing is lost in a week that was to be off and is open: it may be used."""
    async with app.store.begin() as tx:
        seat = await seat_in(tx, key, group_id)
        await store.change_pauses(tx, rules.ended(seat.pauses, weeks.week_of(now, seat.zone)))
        return mine_of(await seat_in(tx, key, group_id), now)


async def _take_off(tx: Tx, seat: Seat, first: date, last: date, now: datetime, *, ill: bool = False) -> None:
    who = seat.membership
    place = (who.group_id, who.user_id)
    await store.add_pause(tx, who.guild_id, place, first, last, now, ill=ill)
    await saying.excuse(tx, who.guild_id, place, first=first, last=last)


def _first(seat: Seat, now: datetime) -> date:
    """The first week that a pause takes off: one that is due already, or done, is not among them."""
    this = weeks.week_of(now, seat.zone)
    for cycle in seat.cycles:
        row = seat.row_of(cycle.id)
        if row is not None and row.state == "pending" and now < weeks.due_of(row, cycle):
            return row.week
    said = any(one.week == this and one.state in ("on_time", "late") for one in seat.past)
    return this + weeks.WEEK if said else this


def _waiting(seat: Seat, now: datetime) -> date:
    """The oldest week that waits for a check-in; else this one, before it opens."""
    for cycle in seat.cycles:
        row = seat.row_of(cycle.id)
        if row is not None and row.state == "pending" and weeks.taken(row, cycle, now, now):
            return row.week
    this = weeks.week_of(now, seat.zone)
    if any(one.week == this for one in seat.past):
        raise Refusal("checkin_done")
    return this
