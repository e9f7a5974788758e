"""A document on its way into its thread, and the duty that looks after all of them.

The file's bytes only pass through: they stand in Discord and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.people.flow import presence
from bot.people.members import Key
from bot.ports import File, Files, NewThread, Trouble
from bot.refusals import Refusal
from bot.reviews.flow import asking, entering, leaving, threads
from bot.reviews.flow.threads import Beat
from bot.reviews.messages import WORD, Word
from bot.reviews.store import places as store
from bot.reviews.store import readings, settings
from bot.reviews.values import Request, Settings
from bot.storage import Tx

STALE = timedelta(minutes=15)  # the life of a press: nobody places a draft after that
NO_FILE = 0  # the message of a document that is a link or pasted words: they stand in the first words
DRAFTS = timedelta(days=1)  # for so long one that never stood anywhere can be handed in again
_FULL = "too_many_threads"


async def may_place(app: App, guild_id: int, now: datetime) -> Settings:
    """May a document be handed in here, as far as we know? To be asked before somebody uploads one.

    Refuses "reviews_off", "review_threads_full" and "review_place_blocked" (channel_id).
    """
    async with app.store.read() as tx:
        return await _way(tx, guild_id, now)


async def _way(tx: Tx, guild_id: int, now: datetime) -> Settings:
    way = await settings.one(tx, guild_id)
    if way.channel_id is None:
        raise Refusal("reviews_off")
    if trouble := threads.refusal(await store.waits(tx), way, now):
        raise _refusal(trouble, way)
    return way


def _refusal(trouble: str, way: Settings) -> Refusal:
    if trouble == _FULL:
        return Refusal("review_threads_full")
    return Refusal("review_place_blocked", channel_id=way.channel_id or 0)


# -- placing -------------------------------------------------------------------------------------


async def place(
    app: App, request_id: int, data: bytes | None, now: datetime, keepers: Sequence[str] = ()
) -> Trouble | None:
    """Put a draft's document into its thread, which is opened for it; None when it stands there. Twice is once.

    data: of the file, None for a link or pasted words. keepers: names of roles that can open private threads here.
    A second version takes the first one's place. Trouble: Discord's own bad moment; the draft stays, and is handed
    in again. Refuses "request_gone" and what `may_place` refuses.
    """
    async with app.store.begin() as tx:
        request = await store.one(tx, request_id)
        if request is None or request.state in store.GOING:
            raise Refusal("request_gone")
        if request.state != "draft":
            return None
        way = await _way(tx, request.guild_id, now)
        beat = await threads.beat_of(app, tx, now)
        await store.tried(tx, request_id, now, now + DRAFTS)
    thread_id = await _thread(beat, request, way, keepers)
    trouble = thread_id if isinstance(thread_id, Trouble) else await _stand(beat, request, thread_id, data)
    if trouble is not None and trouble.code in threads.REFUSED:
        await threads.refused(beat, request.guild_id, trouble, "")
        raise _refusal(trouble.code, way)
    return trouble


async def _thread(beat: Beat, request: Request, way: Settings, keepers: Sequence[str]) -> int | Trouble:
    """Its thread, opened now or before; its first words are promised."""
    app, thread_id = beat.app, request.thread_id
    if thread_id is None:
        name = threads.thread_name(app.key, request.id)
        wanted = NewThread(
            request.guild_id, way.channel_id or 0, name, private=True, tried_at=request.tried_at
        )
        opened = await app.messenger.open_thread(wanted)
        if isinstance(opened, Trouble):
            return opened
        thread_id = opened
    async with app.store.begin() as tx:
        await threads.works_again(tx, beat, request.guild_id)
        await store.opened(tx, request.id, thread_id, beat.now)
        await threads.say_hello(tx, request, thread_id, way.keep_days, keepers, beat.now)
    return thread_id


async def _stand(beat: Beat, request: Request, thread_id: int, data: bytes | None) -> Trouble | None:
    """Its author is let in, what stood there before goes, the file is put there, and it waits for readers."""
    app, guild_id = beat.app, request.guild_id
    trouble = await app.messenger.let_in(guild_id, thread_id, request.author_id)
    if trouble is not None and trouble.code == "member_left":
        await presence.member_left(app, Key(guild_id, request.author_id), beat.now)
    if trouble is None and request.revision > 1:
        trouble = await _clear_former(beat, request, thread_id)
    if trouble is not None:
        return trouble
    message_id = NO_FILE if data is None else await _put(app, request, thread_id, data)
    if isinstance(message_id, Trouble):
        return message_id
    async with app.store.begin() as tx:
        await _stands(tx, request, thread_id, message_id, beat.now)
    return None


async def _put(app: App, request: Request, thread_id: int, data: bytes) -> int | Trouble:
    file = File(threads.file_name(app.key, request), data)
    named = threads.marker(f"review/request/{request.id}/file/{request.revision}/{thread_id}")
    return await app.messenger.put(
        Files(request.guild_id, thread_id, (file,), named, tried_at=request.tried_at)
    )


async def _stands(tx: Tx, request: Request, thread_id: int, message_id: int, now: datetime) -> None:
    """It waits for readers from now on; one that was withdrawn meanwhile is to go, with all that stands of it."""
    await asking.placed(tx, request.id, thread_id, message_id, now)
    await store.not_gone(tx, request.id, now)
    if request.revision > 1:
        word = Word(request.guild_id, request.id, "revised")
        key = f"review/request/{request.id}/revised/{request.revision}/channel/{thread_id}"
        await outbox.plan(tx, [Planned(WORD, key, word, request.guild_id, thread_id, now)], now)


async def _clear_former(beat: Beat, request: Request, thread_id: int) -> Trouble | None:
    """The first version goes, and its pages go from blind readers' threads."""
    app, guild_id = beat.app, request.guild_id
    async with app.store.read() as tx:
        every = (await readings.of_requests(tx, [request.id])).get(request.id, [])
    for one in every:
        if one.thread_id is None or one.message_id is None or one.let_out_at is not None:
            continue
        trouble = await app.messenger.delete(guild_id, one.thread_id, one.message_id)
        if trouble is not None and trouble.code != "unknown_channel":
            return trouble
        async with app.store.begin() as tx:
            await store.pages_stand_no_more(tx, one.id)
    if request.message_id is None:
        return None
    if request.message_id != NO_FILE:
        trouble = await app.messenger.delete(guild_id, thread_id, request.message_id)
        if trouble is not None:
            return trouble
    async with app.store.begin() as tx:
        await store.stands_no_more(tx, request.id)
    return None


# -- the duty ------------------------------------------------------------------------------------


async def mind_documents(app: App, now: datetime) -> int:
    """Duty: readers let in and out, pages for those who read blind, documents that go, drafts left half done.

    Gives how much was done.
    """
    async with app.store.read() as tx:
        if not await store.anything_due(tx, now, now - STALE):
            return 0
        beat = await threads.beat_of(app, tx, now)
    done = await _expire(app, now)
    done += await _finish(beat)
    done += await leaving.let_out(beat)
    done += await leaving.clear(beat)
    return done + await entering.let_in(beat)


async def _expire(app: App, now: datetime) -> int:
    """Those that nobody came for in time, and those whose last review came long ago."""
    async with app.store.begin() as tx:
        over = await store.to_expire(tx, now, threads.AT_ONCE)
        for request in over:
            await threads.expire(tx, request, now)
    return len(over)


async def _finish(beat: Beat) -> int:
    """Drafts that were left half done: one whose file stands goes on, every other thread is closed again.

    Its author finds the draft under what they asked for, and hands it in again.
    """
    async with beat.app.store.read() as tx:
        later = beat.later("request")
        half_done = await store.half_done(tx, beat.now - STALE, beat.apart, later, threads.AT_ONCE)
    done = 0
    for request in half_done:
        if not threads.may_ask(beat.app, request.thread_id or request.guild_id):
            break
        trouble = await _finished(beat, request)
        if trouble is None:
            done += 1
        else:
            await threads.refused(beat, request.guild_id, trouble, f"request/{request.id}")
    return done


async def _finished(beat: Beat, request: Request) -> Trouble | None:
    thread = await threads.thread_of(beat, request)
    if isinstance(thread, Trouble):
        return thread
    if thread is not None:
        file = await _its_file(beat.app, request, thread)
        if isinstance(file, Trouble):
            return file
        if file is not None:
            return await _go_on(beat, request, thread, file)
        trouble = await threads.close(beat, request, thread)
        if trouble is not None:
            return trouble
    async with beat.app.store.begin() as tx:
        await store.begun_anew(tx, request.id)
        await threads.works_again(tx, beat, 0, f"request/{request.id}")
    return None


async def _its_file(app: App, request: Request, thread_id: int) -> int | Trouble | None:
    name, since = threads.file_name(app.key, request), request.tried_at or request.made_at
    found = await app.messenger.find_put(request.guild_id, thread_id, name, since)
    return None if isinstance(found, Trouble) and found.code == "unknown_channel" else found


async def _go_on(beat: Beat, request: Request, thread_id: int, message_id: int) -> Trouble | None:
    """The file stands: its author is let in, and it waits for readers."""
    trouble = await beat.app.messenger.let_in(request.guild_id, thread_id, request.author_id)
    if trouble is not None and trouble.code != "member_left":
        return trouble
    async with beat.app.store.begin() as tx:
        await store.opened(tx, request.id, thread_id, beat.now)
        await _stands(tx, request, thread_id, message_id, beat.now)
    return None
