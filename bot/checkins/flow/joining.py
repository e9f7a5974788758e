"""Finding a group, joining it, leaving it, and how one is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from bot.app import App
from bot.checkins import joining as rules
from bot.checkins import pauses
from bot.checkins import week as weeks
from bot.checkins.flow import keeping, seats
from bot.checkins.flow.keeping import Change
from bot.checkins.joining import Mine as Mine
from bot.checkins.joining import Open as Open
from bot.checkins.joining import Seat, mine_of
from bot.checkins.plan import taken_back
from bot.checkins.store import cycles, groups, saying
from bot.checkins.store import members as store
from bot.checkins.store import weeks as week_store
from bot.checkins.values import Circle, Membership
from bot.jobs.flow import saved
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Key
from bot.refusals import Refusal
from bot.storage import Tx


class Settings(TypedDict, total=False):
    """What a member changes about how they are in a group. Those left out stay."""

    remind_day: int | None
    remind_minute: int
    drift: bool
    wants_pod: bool


# -- looking -------------------------------------------------------------------------------------


async def open_groups(app: App, key: Key, now: datetime) -> list[Open]:
    """The groups of this server that check in, or do so again some day; by name."""
    async with app.store.read() as tx:
        every = [one for one in await groups.of_server(tx, key.guild_id) if one.state != "ended"]
        theirs = await store.of_member(tx, key.guild_id, key.user_id)
    inside = {one.group_id for one in theirs if one.left_at is None}
    return [Open(one, one.id in inside) for one in every]


async def mine(app: App, key: Key, now: datetime) -> list[Mine]:
    """Every group that I am in, the one joined first comes first."""
    async with app.store.read() as tx:
        return [await _seen(tx, seat, now) for seat in await seats.of_member(tx, key)]


async def one(app: App, key: Key, group_id: int, now: datetime) -> Mine:
    """One group that I am in. Refuses "not_in_group"."""
    async with app.store.read() as tx:
        return await _seen(tx, await seat_in(tx, key, group_id), now)


async def seat_in(tx: Tx, key: Key, group_id: int) -> Seat:
    """All about this member in a group. Refuses who is not in it, and whom nobody knows here any more."""
    seat = await seats.one(tx, key, group_id)
    if seat is None or seat.membership.left_at is not None:
        raise Refusal("not_in_group")
    return seat


async def _seen(tx: Tx, seat: Seat, now: datetime) -> Mine:
    """With the numbers of "my list" in the week it is about."""
    seen = mine_of(seat, now)
    week = seen.week.week if seen.week else weeks.week_of(now, seat.zone)
    since, until = (weeks.local(week, day, 0, seat.zone) for day in (0, weeks.NEXT_MONDAY))
    who = seat.membership
    numbers = await saved.numbers(tx, who.guild_id, who.user_id, since, until)
    return replace(seen, numbers={str(stage): number for stage, number in numbers.items()})


# -- joining -------------------------------------------------------------------------------------


async def join(app: App, who: Person, group_id: int, now: datetime) -> Mine:
    """Into a group; nobody else sees that. Twice is once; after less than 90 days all is as it was.

    Refuses "group_gone" and "group_ended".
    """
    await members.met(app, who, now)
    key = Key(who.guild_id, who.id)
    async with app.store.begin() as tx:
        group = await groups.one(tx, who.guild_id, group_id)
        if group is None:
            raise Refusal("group_gone")
        former = await store.one(tx, who.guild_id, group_id, who.id)
        if former is None or former.left_at is not None:
            await store.keep(tx, rules.joined(group, who.id, former, now))
            await _expect(tx, key, group_id, now)
        return await _seen(tx, await seat_in(tx, key, group_id), now)


async def _expect(tx: Tx, key: Key, group_id: int, now: datetime) -> None:
    """Their weeks in the cycles that are open now, as far as these are not over on their clock."""
    seat = await seat_in(tx, key, group_id)
    await week_store.add(
        tx,
        [
            rules.fresh_week(seat.membership, cycle, seat.zone, pauses.covers(seat.pauses, cycle.week))
            for cycle in seat.cycles
            if cycle.state in ("open", "digested") and now < weeks.due_at(cycle.week, seat.zone)
        ],
    )


# -- how one is in it ----------------------------------------------------------------------------


async def choose_circle(app: App, key: Key, group_id: int, circle: Circle, now: datetime) -> Membership:
    """Who sees my check-ins from now on; those that stand stay as they are. Refuses "no_pods_here"."""
    async with app.store.begin() as tx:
        seat = await seat_in(tx, key, group_id)
        rules.checked_circle(circle, seat.group)
        wants_pod = seat.membership.wants_pod or circle == "pod"
        chosen = replace(seat.membership, circle=circle, wants_pod=wants_pod)
        await store.keep(tx, chosen)
        return chosen


async def settings(
    app: App, key: Key, group_id: int, now: datetime, **changes: Unpack[Settings]
) -> Membership:
    """Write these and no others. A reminder that is chosen too late for this week begins with the next.

    Refuses "remind_time" and "no_pods_here".
    """
    async with app.store.begin() as tx:
        seat = await seat_in(tx, key, group_id)
        after = replace(seat.membership, **changes)
        _check(after, seat)
        await store.keep(tx, after)
        if {"remind_day", "remind_minute"} & set(changes):
            await week_store.remind_at(tx, _reminders(replace(seat, membership=after), now))
        return after


def _check(after: Membership, seat: Seat) -> None:
    day, minute = after.remind_day, after.remind_minute
    if not (day is None or 0 <= day <= 6) or not 0 <= minute < 24 * 60:
        raise Refusal("remind_time")
    if after.wants_pod and not seat.membership.wants_pod:
        rules.checked_circle("pod", seat.group)


def _reminders(seat: Seat, now: datetime) -> dict[int, datetime | None]:
    """Week → when they are reminded of it, for those that wait for a check-in."""
    found: dict[int, datetime | None] = {}
    who = seat.membership
    for cycle in seat.cycles:
        row = seat.row_of(cycle.id)
        if row is not None and row.state == "pending":
            due = weeks.due_of(row, cycle)
            at = weeks.remind_at(who.remind_day, who.remind_minute, seat.zone, row.week, cycle.opens_at, due)
            found[row.id] = at if at is None or at > now else None
    return found


async def zone_changed(app: App, key: Key, now: datetime) -> None:
    """After they told another zone: no week that is open gets shorter, and a reminder comes at its new hour, once."""
    async with app.store.begin() as tx:
        for seat in await seats.of_member(tx, key):
            rows = [row for cycle in seat.cycles if (row := seat.row_of(cycle.id))]
            longer = [weeks.longest(row, seat.zone) for row in rows]
            await saying.keep(tx, longer)
            later = replace(seat, rows={row.id: row for row in longer})
            waiting = {row.id for row in rows if row.remind_at is not None}
            moments = {
                number: at or now for number, at in _reminders(later, now).items() if number in waiting
            }
            await week_store.remind_at(tx, moments)


# -- leaving -------------------------------------------------------------------------------------


async def leave(app: App, key: Key, group_id: int, now: datetime, *, erase: bool = False) -> None:
    """Out of a group, in silence. erase: with every word and week of theirs in it, and what stands of it.

    Who left already may still erase. Twice is once.
    """
    async with app.store.begin() as tx:
        membership = await store.one(tx, key.guild_id, group_id, key.user_id)
        if membership is None:
            return
        if erase:
            await _erase(tx, membership, now)
        elif membership.left_at is None:
            await store.keep(tx, replace(membership, left_at=now))
            await saying.excuse(tx, key.guild_id, (group_id, key.user_id))


async def forget(tx: Tx, key: Key, now: datetime) -> None:
    """Before somebody is erased: what stands of them in groups and pods is taken back, and every week is gone."""
    for membership in await store.of_member(tx, key.guild_id, key.user_id):
        await _erase(tx, membership, now)


async def _erase(tx: Tx, membership: Membership, now: datetime) -> None:
    seat = (membership.group_id, membership.user_id)
    every = await saying.of_seat(tx, membership.guild_id, seat)
    known = await cycles.some(tx, {one.cycle_id for one in every})
    bare = [Change(one, taken_back(one, now, erase=True), known[one.cycle_id]) for one in every]
    await keeping.keep(tx, bare, now)
    await saying.erase(tx, membership.guild_id, seat)
    await store.remove(tx, membership)
