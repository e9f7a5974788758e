"""One direct message while a week is open, to those who asked for it, at their hour. It expires; none pile up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app import App
from bot.checkins.messages import REMINDER, Reminder
from bot.checkins.store import cycles, groups, weeks
from bot.checkins.values import Cycle, Group, MemberWeek
from bot.checkins.week import due_of
from bot.deliveries import store as outbox
from bot.deliveries.nonce import delivery_id
from bot.deliveries.planned import Planned
from bot.moderation.server import ServerNames
from bot.people.flow import members
from bot.people.letters import letter
from bot.people.members import Member, may_write_at
from bot.storage import Tx

EXPIRES = timedelta(hours=6)
AT_ONCE = 500  # a beat


def key_of(cycle_id: int) -> str:
    """What the reminder of a week is about; its member follows in the key."""
    return f"checkin/cycle/{cycle_id}/reminder"


async def remind(app: App, server_name: ServerNames, now: datetime) -> int:
    """Duty: promise the reminders that are due, and take back those that could not be said in time; gives how many.

    `remind_at` is the moment to look again: first to say it, later whether it is still waiting.
    """
    async with app.store.read() as tx:
        if not await weeks.to_remind(tx, now, 1):
            return 0
    async with app.store.begin() as tx:
        due = await weeks.to_remind(tx, now, AT_ONCE)
        numbers = {one.id: delivery_id(f"{key_of(one.cycle_id)}/member/{one.user_id}", 1) for one in due}
        unsaid = await outbox.forgotten(tx, numbers.values())
        await outbox.discard(tx, [number for number in numbers.values() if number not in unsaid])
        new = [one for one in due if numbers[one.id] in unsaid and _timely(one, now)]
        moments, planned = await _decide(tx, new, server_name, now)
        await weeks.remind_at(tx, {one.id: None for one in due} | moments)
        await outbox.plan(tx, planned, now)
    return len(planned)


async def unneeded(tx: Tx, weeks_done: Sequence[MemberWeek]) -> None:
    """They have checked in: a reminder that still waits is taken back."""
    if weeks_done:
        keys = [f"{key_of(one.cycle_id)}/member/{one.user_id}" for one in weeks_done]
        await outbox.discard(tx, [delivery_id(key, 1) for key in keys])


def _timely(one: MemberWeek, now: datetime) -> bool:
    """Is it worth saying still? Not after a check-in, and not hours late."""
    return one.state == "pending" and one.remind_at is not None and now - one.remind_at <= EXPIRES


async def _decide(
    tx: Tx, new: Sequence[MemberWeek], server_name: ServerNames, now: datetime
) -> tuple[dict[int, datetime | None], list[Planned]]:
    """When each of these is looked at again, and what is said now. In quiet hours it waits, if not for too long."""
    of = await cycles.some(tx, {one.cycle_id for one in new})
    kept = await groups.some(tx, {one.group_id for one in new})
    moments: dict[int, datetime | None] = {}
    planned: list[Planned] = []
    for guild_id, theirs in _by_guild(new).items():
        known = await members.members_in(tx, guild_id, {one.user_id for one in theirs})
        for one in theirs:
            to, cycle, group = known.get(one.user_id), of[one.cycle_id], kept[one.group_id]
            if to is None or cycle.state not in ("open", "digested") or now >= due_of(one, cycle):
                continue
            may = may_write_at(to, now)
            if may > now:
                moments[one.id] = may if may - _asked(one, now) <= EXPIRES else None
            elif one_letter := _letter(one, group, cycle, to, server_name(guild_id), now):
                planned += one_letter
                moments[one.id] = now + EXPIRES
    return moments, planned


def _asked(one: MemberWeek, now: datetime) -> datetime:
    return one.remind_at or now


def _letter(
    one: MemberWeek, group: Group, cycle: Cycle, to: Member, server: str, now: datetime
) -> list[Planned]:
    value = Reminder(
        one.guild_id,
        server,
        group.id,
        cycle.id,
        group.name,
        due_of(one, cycle),
        named=to.opens("dm_names"),
    )
    return letter(REMINDER, key_of(cycle.id), value, to, now)


def _by_guild(new: Sequence[MemberWeek]) -> dict[int, list[MemberWeek]]:
    found: defaultdict[int, list[MemberWeek]] = defaultdict(list)
    for one in new:
        found[one.guild_id].append(one)
    return found
