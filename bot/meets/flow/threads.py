"""The private thread of each match: opened once, its members let in, emptied and closed when they are parted.

What Discord is asked for is noted before or after in a transaction of its own, and each request done twice is done
once. So a process that ends between any two steps goes on where it was.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.meets.flow import telling
from bot.meets.messages import HELLO
from bot.meets.store import matches, settings
from bot.meets.store import threads as store
from bot.meets.values import Kind, Match, Room
from bot.moderation import flow as moderation
from bot.moderation.server import ServerNames
from bot.people.flow import presence
from bot.people.members import Key
from bot.ports import NewThread, Trouble
from bot.reviews.flow.threads import REFUSED, TRY_AGAIN_IN, code, may_ask
from bot.storage import Tx

CLOSED = frozenset({"unknown_channel", "thread_locked"})
NEW_FOR = timedelta(minutes=10)  # a thread that Discord doesn't know yet; after that it was deleted
SOON = timedelta(minutes=1)
AT_ONCE = 50  # a beat

_NAMES: dict[Kind, str] = {
    "coffee": "Coffee",
    "interview": "Interview",
    "partner": "Partners",
    "mentor": "Mentoring",
}


class _NotNow(Exception):
    """Our own pace allows no more for now."""


def thread_name(key: bytes, match: Match) -> str:
    """It names nobody."""
    return f"{_NAMES[match.kind]} {code(key, match.id)}"


async def mind_threads(app: App, server_name: ServerNames, now: datetime) -> int:
    """Duty: threads are opened, entered, emptied and closed; gives how many are as they should be then."""
    await _mind_lost(app, now)
    async with app.store.read() as tx:
        without_us = set(await moderation.servers_left(tx))
        waiting = await store.to_tend(tx, now, without_us, AT_ONCE)
    done, shut = 0, set[int]()
    for room in waiting:
        if room.match.guild_id in shut and not room.parted:
            continue
        try:
            trouble = await _tend(app, room, server_name(room.match.guild_id), now)
        except _NotNow:
            break
        if trouble is None:
            done += 1
        elif await _refused(app, room, trouble, now):
            shut.add(room.match.guild_id)
    return done


async def _mind_lost(app: App, now: datetime) -> None:
    """Something could not be said in a thread: one that was deleted or locked is replaced, and said there anew."""
    async with app.store.read() as tx:
        if not await outbox.unminded(tx, [HELLO]):
            return
    async with app.store.begin() as tx:
        rows = await outbox.unminded(tx, [HELLO])
        for row in rows:
            if row.trouble in CLOSED:
                await store.lost(tx, row.channel_id, now, now)
        await outbox.mind(tx, [row.id for row in rows], now)


async def thread_deleted(app: App, thread_id: int, now: datetime) -> bool:
    """Somebody deleted it by hand: for those who still meet there, the next beat opens another one. Twice is once.

    We close threads and delete none, so what is lost here was never our own doing.
    """
    async with app.store.begin() as tx:
        return await store.lost(tx, thread_id, now, now)


async def _tend(app: App, room: Room, server: str, now: datetime) -> Trouble | None:
    """Whatever is to be done with one; None when it is."""
    trouble = await (_shut(app, room, now) if room.parted else _meet(app, room, server, now))
    if trouble is None:
        async with app.store.begin() as tx:
            await store.rests(tx, room.match.id, None, parted=room.parted)
    return trouble


def _spend(app: App, number: int) -> None:
    if not may_ask(app, number):
        raise _NotNow


# -- opening and letting in ----------------------------------------------------------------------


async def _meet(app: App, room: Room, server: str, now: datetime) -> Trouble | None:
    if room.match.state != "drawn":
        return None
    thread_id = room.thread_id
    if thread_id is None:
        opened = await _opened(app, room, now)
        if not isinstance(opened, int):
            return opened
        thread_id = opened
        async with app.store.begin() as tx:
            await _have(app, tx, room.match.id, thread_id, server, now)
    return await _let_in(app, room.match, thread_id, now)


async def _opened(app: App, room: Room, now: datetime) -> int | Trouble | None:
    """That it is tried is noted first: after that it may be there, whatever becomes of this process."""
    match = room.match
    async with app.store.begin() as tx:
        channel_id = (await settings.one(tx, match.guild_id)).channel_id
        if channel_id is not None and room.tried_at is None:
            await store.tried(tx, match.id, now)
    if channel_id is None:  # meetings are off: choosing a channel goes on with it
        return Trouble("no_channel", "Moderators have chosen no channel for meetings.", TRY_AGAIN_IN)
    _spend(app, channel_id)
    name = thread_name(app.key, match)
    thread = NewThread(match.guild_id, channel_id, name, private=True, tried_at=room.tried_at)
    return await app.messenger.open_thread(thread)


async def _have(app: App, tx: Tx, match_id: int, thread_id: int, server: str, now: datetime) -> None:
    """It is there: the first words are promised, and everybody hears whom they meet."""
    await store.opened(tx, match_id, thread_id)
    fresh = (await matches.some(tx, [match_id])).get(match_id)
    if fresh is None or fresh.match.state != "drawn":
        return
    await settings.block(tx, fresh.match.guild_id, None)
    reasons = await matches.reasons(tx, match_id)
    await telling.say_hello(app, tx, fresh, thread_id, reasons, server, now)


async def _let_in(app: App, match: Match, thread_id: int, now: datetime) -> Trouble | None:
    async with app.store.read() as tx:
        inside = await store.inside(tx, match.id)
    for user_id in (one for one, is_in in inside.items() if not is_in):
        _spend(app, user_id)  # each thread's own limit is for what is said there
        trouble = await app.messenger.let_in(match.guild_id, thread_id, user_id)
        if trouble is not None and trouble.code == "member_left":
            await presence.member_left(app, Key(match.guild_id, user_id), now)  # it ends by that
            continue
        if trouble is not None and trouble.code == "unknown_channel":
            async with app.store.begin() as tx:
                await store.lost(tx, thread_id, now - NEW_FOR, now)
            return Trouble("unclear", trouble.detail, SOON)
        if trouble is not None:
            return trouble
        async with app.store.begin() as tx:
            await store.let_in(tx, match.id, user_id, thread_id, now)
    return None


# -- emptying and closing ------------------------------------------------------------------------


async def _shut(app: App, room: Room, now: datetime) -> Trouble | None:
    match = room.match
    thread = await _thread_of(app, room)
    if thread is None or isinstance(thread, Trouble):
        return thread
    async with app.store.read() as tx:
        inside = await store.inside(tx, match.id)
    for user_id in inside:  # also whom we don't know to be in: it may have been done, and not been noted
        _spend(app, user_id)
        trouble = await app.messenger.let_out(match.guild_id, thread, user_id)
        if trouble is not None and trouble.code not in ("unknown_channel", "member_left"):
            return trouble
        async with app.store.begin() as tx:
            await store.let_out(tx, match.id, user_id, now)
    _spend(app, thread)
    return await app.messenger.close_thread(match.guild_id, thread)


async def _thread_of(app: App, room: Room) -> int | Trouble | None:
    """Also one that was opened, and the process ended before it was noted."""
    match = room.match
    if room.thread_id is not None or room.tried_at is None:
        return room.thread_id
    async with app.store.read() as tx:
        channel_id = (await settings.one(tx, match.guild_id)).channel_id
    if channel_id is None:
        return None
    _spend(app, channel_id)
    name = thread_name(app.key, match)
    thread = NewThread(match.guild_id, channel_id, name, private=True, tried_at=room.tried_at)
    found = await app.messenger.find_thread(thread)
    return None if isinstance(found, Trouble) and found.code == "unknown_channel" else found


# -- when Discord says no ------------------------------------------------------------------------


async def _refused(app: App, room: Room, trouble: Trouble, now: datetime) -> bool:
    """It waits. What moderators have to mend they are told, once until it works; True for such a thing."""
    serious = trouble.code in REFUSED and not room.parted
    wait = TRY_AGAIN_IN if trouble.code in REFUSED else trouble.retry_after or SOON
    guild_id = room.match.guild_id
    async with app.store.begin() as tx:
        await store.rests(tx, room.match.id, now + wait, parted=room.parted)
        if serious and await settings.block(tx, guild_id, now):
            await telling.tell_moderators(tx, await settings.one(tx, guild_id), trouble.code, now)
    return serious
