"""Readers whose reading is over go out of it, and documents whose time is over go with all that stands of them."""

from __future__ import annotations

from bot.ports import Trouble
from bot.reviews.flow.threads import (
    AT_ONCE,
    Beat,
    close,
    delete_file,
    each,
    may_ask,
    own_name,
    page_name,
    refused,
    sought,
    thread_of,
    unsay_pages,
    works_again,
)
from bot.reviews.store import places as store
from bot.reviews.store.places import Entry
from bot.reviews.values import Reading, Request


async def let_out(beat: Beat) -> int:
    """Readers whose reading is over: out of the thread; one of their own is emptied and closed."""
    async with beat.app.store.read() as tx:
        leaving = await store.to_let_out(tx, beat.now, beat.apart, beat.later("reading"), AT_ONCE)
    return await each(beat, leaving, _leave)


async def _leave(beat: Beat, entry: Entry) -> Trouble | None:
    one, request = entry.reading, entry.request
    own = request.mode == "blind"
    thread = await _own_thread(beat, one) if own else request.thread_id
    if isinstance(thread, Trouble):
        return thread
    if thread is not None and one.reader_id > 0:  # an erased one went before
        trouble = await beat.app.messenger.let_out(one.guild_id, thread, one.reader_id)
        if trouble is not None and trouble.code not in ("unknown_channel", "member_left"):
            return trouble
    if own and thread is not None:
        trouble = await _empty(beat, entry, thread)
        if trouble is not None:
            return trouble
    async with beat.app.store.begin() as tx:
        await store.let_out(tx, one.id, beat.now)
        await works_again(tx, beat, 0, f"reading/{one.id}")
    return None


async def _own_thread(beat: Beat, one: Reading) -> int | Trouble | None:
    """Also one that was opened, and the process ended before it was noted."""
    if one.thread_id is not None or one.tried_at is None:
        return one.thread_id
    return await sought(beat, one.guild_id, own_name(beat.app.key, one.id), one.tried_at)


async def _empty(beat: Beat, entry: Entry, thread_id: int) -> Trouble | None:
    one, request, app = entry.reading, entry.request, beat.app
    first = page_name(app.key, one.id, request.revision, 1)
    trouble = await delete_file(app, one.guild_id, thread_id, one.message_id, first, one.tried_at)
    if trouble is not None:
        return trouble
    async with app.store.begin() as tx:
        await unsay_pages(tx, entry, beat.now)
    return await app.messenger.close_thread(one.guild_id, thread_id)


async def clear(beat: Beat) -> int:
    """Documents that go, once no reader is left in: deleted, their first words say so, their thread is closed."""
    async with beat.app.store.read() as tx:
        going = await store.to_go(tx, beat.now, beat.apart, beat.later("request"), AT_ONCE)
    done = 0
    for request in going:
        if not may_ask(beat.app, request.thread_id or request.guild_id):
            break
        trouble = await _clear(beat, request)
        if trouble is None:
            done += 1
        else:
            await refused(beat, request.guild_id, trouble, f"request/{request.id}")
    return done


async def _clear(beat: Beat, request: Request) -> Trouble | None:
    thread = await thread_of(beat, request)
    if isinstance(thread, Trouble):
        return thread
    if thread is not None:
        trouble = await close(beat, request, thread)
        if trouble is not None:
            return trouble
    async with beat.app.store.begin() as tx:
        await store.gone(tx, request.id, beat.now)
        await works_again(tx, beat, 0, f"request/{request.id}")
    return None
