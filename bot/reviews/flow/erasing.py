"""What somebody's erasure means for reviews; called by `bot.people`, whose table tells what an export shows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.app import App
from bot.deliveries import store as outbox
from bot.people.members import Key
from bot.reviews import life
from bot.reviews.flow import notices, rounds, threads
from bot.reviews.flow import readings as lives
from bot.reviews.store import erasing as store
from bot.reviews.store import ledger, places, readings, requests
from bot.reviews.store.places import Entry
from bot.reviews.values import LIVE, Reading, Request
from bot.reviews.values import Entry as Line
from bot.storage import Tx


async def step_out(app: App, key: Key) -> int:
    """Before `erase`, outside of any transaction: they leave the threads they read in; gives how many.

    Afterwards nobody knows whom to take out. What Discord does not do now ends when the document goes and its thread
    is closed.
    """
    async with app.store.read() as tx:
        inside = await places.inside(tx, key.guild_id, key.user_id)
    left = 0
    for entry in inside:
        thread_id = entry.reading.thread_id or entry.request.thread_id
        if thread_id is not None and entry.request.gone_at is None:
            trouble = await app.messenger.let_out(key.guild_id, thread_id, key.user_id)
            left += trouble is None
    return left


async def erase(tx: Tx, key: Key, now: datetime) -> int:
    """Take somebody out of the reviews of one server, in the caller's transaction; gives how many rows changed.

    Their documents stand in Discord until the next beat of `mind_documents`, which needs no name for that. Reviews
    that they gave stay with their authors, without a name. Twice is once.
    """
    own = await requests.of_author(tx, key.guild_id, key.user_id)
    of = await readings.of_requests(tx, [one.id for one in own])
    for request in own:
        await _withdraw(tx, request, of.get(request.id, []), now)
    theirs = await readings.of_reader(tx, key.guild_id, key.user_id, live=True)
    await lives.end_for(tx, theirs, now)
    done = await store.sheets_about(tx, key)
    done += await store.requests_nameless(tx, key) + await store.readings_nameless(tx, key)
    done += await store.rows_of(tx, key) + await store.choices_nameless(tx, key)
    await rounds.forget(tx, key, now)
    return done


async def _withdraw(tx: Tx, request: Request, theirs: Sequence[Reading], now: datetime) -> None:
    """It goes with every word of it, also those that readers were sent; who had accepted it keeps their credit."""
    if request.state not in places.GOING:
        await places.withdraw(tx, request.id, now)
    live = [one for one in theirs if one.state in LIVE]
    for one in live:
        await notices.unsay(tx, one, request)
    begun = [one for one in live if one.state == "accepted"]
    kept = [Line(one.reader_id, 1, "kept", now, one.id) for one in begun]
    await ledger.add(tx, request.guild_id, kept)
    await readings.keep(tx, [life.ended(one, now) for one in live])
    if request.thread_id is not None:
        await threads.unsay_hello(tx, request, request.thread_id, now)
    for one in theirs:
        await threads.unsay_pages(tx, Entry(one, request), now)
    await _unsay_letters(tx, request, theirs)


async def _unsay_letters(tx: Tx, request: Request, theirs: Iterable[Reading]) -> None:
    """What readers were told it is about is remembered no more."""
    for one in theirs:
        said = await outbox.said(tx, f"review/reading/{one.id}/version/")
        values = [(each.key, json.loads(each.value)) for each in said]
        bare = [(key, {**value, "about": request.kind}) for key, value in values if "about" in value]
        await outbox.forget(tx, bare)
