"""What somebody's erasure and export mean for reviews; called by `bot.people`, which looks after both."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.app import App
from bot.deliveries import store as outbox
from bot.people.members import Key
from bot.reviews import life
from bot.reviews.flow import asking, notices, rounds, threads
from bot.reviews.flow import readings as lives
from bot.reviews.store import erasing as store
from bot.reviews.store import ledger, places, readers, readings, requests, sheets
from bot.reviews.store.places import Entry
from bot.reviews.values import LIVE, Reading, Request
from bot.reviews.values import Entry as Line
from bot.storage import Tx

# -- erasing -------------------------------------------------------------------------------------


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
    done = await store.sheets_about(tx, [one.id for one in own])
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


# -- exporting -----------------------------------------------------------------------------------


async def export(tx: Tx, key: Key) -> dict[str, list[dict[str, Any]]]:
    """Everything of reviews that is about somebody and theirs to know, by what it is; ready for JSON.

    Nobody else is named in it, and it tells of an early end only that nobody reads any more.
    """
    own = await requests.of_author(tx, key.guild_id, key.user_id)
    of = await readings.of_requests(tx, [one.id for one in own])
    theirs = await readings.of_reader(tx, key.guild_id, key.user_id, live=False)
    reader = await readers.one(tx, key.guild_id, key.user_id)
    lines = (await ledger.entries(tx, key.guild_id, [key.user_id]))[key.user_id]
    filled = await sheets.of_readings(tx, [one.id for one in theirs])
    return {
        "review_request": [_request(one, of.get(one.id, [])) for one in own],
        "review_reading": [_reading(one) for one in theirs],
        "review_sheet": [
            {"revision": one.revision, "sheet": json.loads(one.sheet)}
            for some in filled.values()
            for one in some
        ],
        "review_reader": [] if reader is None else [_plain(reader, *_READER)],
        "review_credit": [_plain(one, "amount", "why", "at") for one in lines],
    }


_REQUEST = (
    *("kind", "mode", "when", "needs", "language", "state", "made_at", "target", "asks", "link", "text"),
    *("revision", "pages", "sha256", "waiting_since", "thread_id", "delivered_at", "expires_at", "gone_at"),
)
_READER = ("capacity", "kinds", "languages", "joined_at", "sample_at", "paused_until", "left_at")
_TIMES = ("proposed_at", "accepted_at", "due_at", "submitted_at")


def _request(one: Request, theirs: Sequence[Reading]) -> dict[str, Any]:
    return _plain(one, *_REQUEST) | {"readers": list(asking.progress(theirs))}


def _reading(one: Reading) -> dict[str, Any]:
    """As its reader knows it: every end that they did not bring about is the same one."""
    over = replace(one, state="ended") if life.is_early(one) and one.state != "declined" else one
    return _plain(over, "state", "clarity", *_TIMES)


def _plain(value: object, *names: str) -> dict[str, Any]:
    """These fields as JSON takes them: ids as text, moments in ISO 8601."""
    found: dict[str, Any] = {}
    for name in names:
        one = getattr(value, name)
        if isinstance(one, datetime):
            one = one.isoformat()
        elif isinstance(one, tuple):
            one = list(one)
        elif name.endswith("_id") and one is not None:
            one = str(one)
        found[name] = one
    return found
