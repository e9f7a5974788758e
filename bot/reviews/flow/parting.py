"""Who may not be brought together any more, or has left, reads nothing of the other's from the next beat on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta

from bot.app import App
from bot.moderation import flow as moderation
from bot.people.flow import meeting
from bot.people.may_meet import may_meet
from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews.flow import asking, threads
from bot.reviews.flow import readings as lives
from bot.reviews.store import places as store
from bot.reviews.store import readings
from bot.reviews.store.places import Entry
from bot.reviews.values import Reading, Request
from bot.storage import Tx

LOOK_BACK = timedelta(days=1)  # for blocks and guards that part two, the first time
IN_FLIGHT = timedelta(minutes=5)  # a press may be kept so long after its moment
AT_ONCE = 100  # a beat


async def mind_parting(app: App, now: datetime) -> int:
    """Duty: what two read who may not meet any more ends, and what somebody reads or asks who left; gives how much.

    Whoever has delivered a review stays its reader, but leaves the thread.
    """
    async with app.store.read() as tx:
        looked = await store.looked_at(tx)
        pressed = await meeting.pressed_since(tx, looked - IN_FLIGHT if looked else now - LOOK_BACK)
        left = await store.live_of_leavers(tx, AT_ONCE)
        asked = await store.of_leavers(tx, AT_ONCE)
        if not (pressed or left or asked):
            return 0
        inside = await _inside(tx, pressed)
    await _withdraw(app, asked, now)
    clear = await _let_out(app, inside, now)
    async with app.store.begin() as tx:
        over = [*await store.live_of_leavers(tx, AT_ONCE), *await _apart(tx, pressed)]
        ended = await lives.end_for(tx, {one.id: one for one in over}.values(), now)
        if pressed and clear:
            await store.look(tx, now)
    return len(ended) + len(asked) + len(inside)


async def _withdraw(app: App, requests: Iterable[Request], now: datetime) -> None:
    """What somebody asked for goes when they leave; who had accepted it keeps their credit."""
    for one in requests:
        try:
            await asking.withdraw(app, Key(one.guild_id, one.author_id), one.id, now)
        except Refusal:  # erased a moment ago, and its document with them
            continue


def _by_server(pressed: Mapping[Key, datetime]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for key in pressed:
        found.setdefault(key.guild_id, set()).add(key.user_id)
    return found


async def _apart(tx: Tx, pressed: Mapping[Key, datetime]) -> list[Reading]:
    """Live readings of two who may not meet, of those who pressed something."""
    found: list[Reading] = []
    for guild_id, user_ids in _by_server(pressed).items():
        live = await readings.live_of(tx, guild_id, user_ids)
        found += await _not_together(tx, guild_id, live)
    return found


async def _inside(tx: Tx, pressed: Mapping[Key, datetime]) -> list[Entry]:
    """The same of readings that were delivered, as far as their reader is in the thread still."""
    without_us = set(await moderation.servers_left(tx))
    found: list[Entry] = []
    for guild_id, user_ids in _by_server(pressed).items():
        if guild_id not in without_us:
            there = {one.reading.id: one for one in await store.delivered_inside(tx, guild_id, user_ids)}
            apart = await _not_together(tx, guild_id, [one.reading for one in there.values()])
            found += [there[one.id] for one in apart]
    return found


async def _not_together(tx: Tx, guild_id: int, theirs: Collection[Reading]) -> list[Reading]:
    if not theirs:
        return []
    ids = {user_id for one in theirs for user_id in (one.author_id, one.reader_id)}
    meetings = await meeting.meetings(tx, guild_id, ids)
    return [one for one in theirs if not may_meet(meetings[one.author_id], meetings[one.reader_id])]


async def _let_out(app: App, inside: Iterable[Entry], now: datetime) -> bool:
    """These leave the thread; False while Discord has not done it for each: they are asked about again."""
    clear = True
    for entry in inside:
        one = entry.reading
        thread_id = one.thread_id if entry.request.mode == "blind" else entry.request.thread_id
        if thread_id is not None:
            if not threads.may_ask(app, one.reader_id):
                return False
            trouble = await app.messenger.let_out(one.guild_id, thread_id, one.reader_id)
            if trouble is not None and trouble.code not in ("unknown_channel", "member_left"):
                clear = False
                continue
        async with app.store.begin() as tx:
            await store.let_out(tx, one.id, now)
    return clear
