"""Readers who accepted come to what they read: in the open into its thread, else into one of their own."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.people.flow import presence
from bot.people.members import Key
from bot.ports import File, Files, NewThread, Trouble, WorkerTrouble
from bot.reviews.flow.threads import (
    AT_ONCE,
    TRY_AGAIN_IN,
    Beat,
    each,
    expire,
    marker,
    own_lost,
    own_name,
    page_name,
    pages_key,
    works_again,
)
from bot.reviews.messages import PAGES, WORD, Pages, Word
from bot.reviews.store import places as store
from bot.reviews.store import settings
from bot.reviews.store.places import Entry
from bot.storage import Tx

log = logging.getLogger(__name__)

NEW_FOR = timedelta(minutes=10)  # a thread that Discord doesn't know yet; after that it was deleted
MOST_BYTES = 5 * 1024 * 1024  # of a document, see bot.reviews.document.intake
RENDER_S = 30.0
WIDTH_PX = 1240  # A4 at 150 dots an inch
FOOTER = "For review only · Outpost"


async def let_in(beat: Beat) -> int:
    """Readers who accepted: into the document's thread, or into one of their own with its pages."""
    async with beat.app.store.read() as tx:
        coming = await store.to_let_in(tx, beat.shut, beat.later("reading"), AT_ONCE)
    return await each(beat, coming, _come, skip=beat.shut)


async def _come(beat: Beat, entry: Entry) -> Trouble | None:
    """One step: into the open thread; or a thread of their own, its pages, then the reader."""
    one, request = entry.reading, entry.request
    if request.mode == "open":
        return await _enter(beat, entry, request.thread_id or 0)
    if one.thread_id is None:
        return await _open_own(beat, entry)
    if one.message_id is None and request.message_id:
        return await _put_pages(beat, entry, one.thread_id, request.message_id)
    return await _enter(beat, entry, one.thread_id)


async def _enter(beat: Beat, entry: Entry, thread_id: int) -> Trouble | None:
    one = entry.reading
    answer = await beat.app.messenger.let_in(one.guild_id, thread_id, one.reader_id)
    if answer is not None and answer.code == "member_left":  # `parting` ends what they read
        await presence.member_left(beat.app, Key(one.guild_id, one.reader_id), beat.now)
        async with beat.app.store.begin() as tx:
            await store.wait(tx, f"reading/{one.id}", beat.now + TRY_AGAIN_IN)
        return None
    if answer is not None:
        return await _thread_lost(beat, entry) if answer.code == "unknown_channel" else answer
    async with beat.app.store.begin() as tx:
        await works_again(tx, beat, one.guild_id, f"reading/{one.id}")
        await store.let_in(tx, one, beat.now)
        if entry.request.mode == "open" and await store.state_of(tx, one.id) == "accepted":
            word = Word(one.guild_id, one.request_id, "reader", one.reader_id)
            key = f"review/request/{one.request_id}/reader/{one.id}/channel/{thread_id}"
            await outbox.plan(tx, [Planned(WORD, key, word, one.guild_id, thread_id, beat.now)], beat.now)
    return None


async def _open_own(beat: Beat, entry: Entry) -> Trouble | None:
    """A blind reader's own thread: its first words are promised; its pages and its reader come in later beats."""
    one, app = entry.reading, beat.app
    async with app.store.begin() as tx:
        await store.own_tried(tx, one.id, beat.now)
        way = await settings.one(tx, one.guild_id)
    if way.channel_id is None:  # reviews were turned off: it waits, and is looked at again each hour
        return Trouble("bad_request", "No channel is chosen for reviews.")
    name = own_name(app.key, one.id)
    thread = NewThread(one.guild_id, way.channel_id, name, private=True, tried_at=one.tried_at)
    opened = await app.messenger.open_thread(thread)
    if isinstance(opened, Trouble):
        return opened
    async with app.store.begin() as tx:
        await works_again(tx, beat, one.guild_id, f"reading/{one.id}")
        await store.own_opened(tx, one.id, opened)
        if await store.state_of(tx, one.id) == "accepted":
            await _say_pages(tx, entry, opened, beat.now)
    return None


async def _say_pages(tx: Tx, entry: Entry, thread_id: int, now: datetime) -> None:
    one, request = entry.reading, entry.request
    words = (request.target, request.asks, request.link, request.text)
    pages = Pages(one.guild_id, one.id, request.kind, *words, one.due_at or now)
    key = pages_key(one, thread_id)
    if not await outbox.plan(tx, [Planned(PAGES, key, pages, one.guild_id, thread_id, now)], now):
        await outbox.revise(tx, [(key, pages)], now)


async def _put_pages(beat: Beat, entry: Entry, thread_id: int, message_id: int) -> Trouble | None:
    """The document is read anew and drawn; nothing of it is kept here."""
    one, request, app = entry.reading, entry.request, beat.app
    data = await app.messenger.fetch(request.guild_id, request.thread_id or 0, message_id, MOST_BYTES)
    if isinstance(data, Trouble):
        gone = data.code in ("unknown_message", "unknown_channel")
        return await _document_lost(beat, entry) if gone else data
    drawn = await _drawn(app, data, one.id)
    if isinstance(drawn, Trouble):
        return drawn
    files = tuple(
        File(page_name(app.key, one.id, request.revision, page), picture, f"Page {page} of {len(drawn)}")
        for page, picture in enumerate(drawn, 1)
    )
    named = marker(f"review/reading/{one.id}/pages/{request.revision}/{thread_id}")
    posted = Files(one.guild_id, thread_id, files, named, tried_at=one.tried_at)
    stands = await app.messenger.put(posted)
    if isinstance(stands, Trouble):
        return await _thread_lost(beat, entry) if stands.code == "unknown_channel" else stands
    async with app.store.begin() as tx:
        await store.pages_stand(tx, one, stands)
        await _say_pages(tx, entry, thread_id, beat.now)
    return None


async def _drawn(app: App, data: bytes, reading_id: int) -> list[bytes] | Trouble:
    """Its pages as pictures, drawn in a worker."""
    arguments = (data, WIDTH_PX, (), FOOTER)
    try:
        drawn: list[bytes] = await app.workers.call(
            "bot.reviews.document.pages:render", *arguments, timeout_s=RENDER_S
        )
    except (WorkerTrouble, ValueError) as error:
        log.warning("the pages of reading %d can't be drawn: %s", reading_id, type(error).__name__)
        return Trouble("bad_request", "The pages can't be drawn.")
    return drawn


async def _thread_lost(beat: Beat, entry: Entry) -> Trouble | None:
    """Discord knows no such thread. A reader's own one is opened anew; without its document, a request is over."""
    one, request = entry.reading, entry.request
    if request.mode == "open":
        return await _document_lost(beat, entry)
    if one.tried_at is not None and one.tried_at > beat.now - NEW_FOR:
        return Trouble("unclear", "Discord does not know this new thread yet.")
    async with beat.app.store.begin() as tx:
        await own_lost(tx, entry, beat.now)
    return None


async def _document_lost(beat: Beat, entry: Entry) -> Trouble | None:
    """Somebody deleted it, or its thread: nobody reads it any more."""
    request = entry.request
    if request.tried_at is not None and request.tried_at > beat.now - NEW_FOR:
        return Trouble("unclear", "Discord does not know this new thread yet.")
    async with beat.app.store.begin() as tx:
        await expire(tx, request, beat.now)
    return None
