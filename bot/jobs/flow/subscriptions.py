"""Subscribing: propose (tried on last week), save, pause, resume, move, stop, explain."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import decode
from bot.jobs import store
from bot.jobs.messages import OpeningCard
from bot.jobs.openings import Opening
from bot.jobs.query import Document, Filter, FilterError, Line, explain, parse
from bot.jobs.subscriptions import (
    NOTHING_TRIED,
    TRIED_AT_MOST,
    TRIED_DAYS,
    Subscription,
    Tried,
    may_add,
    may_change,
    may_turn,
    try_on,
)
from bot.moderation.rights import Person, bot_must_speak
from bot.refusals import Refusal
from bot.storage import Store, Tx

# The week that was tried last, by database: the next proposal tries nearly the same, and preparing it is most of
# the work.
_Shelf = dict[int, tuple[Opening, Document]]
_shelves: WeakKeyDictionary[Store, _Shelf] = WeakKeyDictionary()

BATCH = 25  # openings; one of 8,000 characters takes up to a millisecond


@dataclass(frozen=True, slots=True)
class _Week:
    """The openings of the last days: their ids, newest first; those that were prepared before; the others."""

    ids: list[int]
    shelf: _Shelf
    loaded: list[Opening]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A subscription as its maker sees it before saving; `words` reads the filter in plain language."""

    subscription: Subscription
    words: str
    tried: Tried
    hints: tuple[str, ...] = ()  # what they may have meant, such as upper-case AND


@dataclass(frozen=True, slots=True)
class Listed:
    """A subscription in `/jobs alerts`; waiting counts the cards it still has to say."""

    subscription: Subscription
    words: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Why:
    """Why a card stands in its channel."""

    card: OpeningCard
    subscription: Subscription | None
    lines: Sequence[Line]


async def propose(
    app: App, person: Person, text: str, channel_id: int | None, missing: Sequence[str] | None, now: datetime
) -> Proposal:
    """Check a wish, keep it as a draft, and try it on last week. Refuses with words that tell what to do.

    missing: as in `bot_must_speak`.
    """
    boards = await _boards_for(app, text)
    async with app.store.begin() as tx:
        existing = await _of_target(tx, person, channel_id)
        may_add(person, channel_id, missing, existing)
        member_id = person.id if channel_id is None else None
        draft_id = await store.subscriptions.draft(
            tx, person.guild_id, channel_id, member_id, text.strip(), person.id, now
        )
        draft = await _changed(tx, draft_id)
        week = await _week(tx, app, now)
    return await _proposal(app, draft, boards, existing, week)


async def retype(app: App, person: Person, draft_id: int, text: str, now: datetime) -> Proposal:
    """The maker changed a draft's filter. Even one with a mistake is kept, so that it can be mended."""
    boards = await _boards_for(app, text)
    async with app.store.begin() as tx:
        kept = may_change(await store.subscriptions.one(tx, draft_id), person)
        if kept.state != "draft":
            raise Refusal("saved_already")
        await store.subscriptions.retype(tx, draft_id, text.strip(), now)
        draft = await _changed(tx, draft_id)
        existing = await _of_target(tx, person, draft.channel_id)
        week = await _week(tx, app, now)
    return await _proposal(app, draft, boards, existing, week)


async def _proposal(
    app: App,
    draft: Subscription,
    boards: Sequence[str] | None,
    existing: Sequence[Subscription],
    week: _Week,
) -> Proposal:
    query = _parsed(draft, boards)
    _not_twice(query, draft, existing)
    return Proposal(draft, query.words(), await _tried(app, query, week), query.hints)


async def _boards_for(app: App, text: str) -> Sequence[str] | None:
    """The names that `board:` may find; None where none is asked for, since telling them reads every opening."""
    return await known_boards(app) if "board:" in text.casefold() else None


def _parsed(kept: Subscription, boards: Sequence[str] | None = None) -> Filter:
    try:
        return parse(kept.filter, boards)
    except FilterError as wrong:
        raise Refusal("filter_wrong", error=wrong, draft_id=kept.id) from wrong


def _not_twice(query: Filter, kept: Subscription, existing: Sequence[Subscription]) -> None:
    """The same words in other letters are the same filter: it hears the same."""
    wanted = str(query).casefold()
    if any(one.id != kept.id and str(parse(one.filter)).casefold() == wanted for one in existing):
        raise Refusal("subscribed_already", channel_id=kept.channel_id)


async def save(
    app: App, person: Person, subscription_id: int, missing: Sequence[str] | None, now: datetime
) -> Subscription:
    """The maker pressed *Save*. Pressing it twice saves it once."""
    async with app.store.begin() as tx:
        kept = may_change(await store.subscriptions.one(tx, subscription_id), person)
        if kept.state == "draft":
            existing = await _of_target(tx, person, kept.channel_id)
            may_add(person, kept.channel_id, missing, existing)
            _not_twice(_parsed(kept), kept, existing)
            await store.subscriptions.change(tx, kept.id, person.id, now, state="active")
        return await _changed(tx, kept.id)


async def discard(app: App, person: Person, subscription_id: int, now: datetime) -> None:
    """The maker decided against a draft."""
    async with app.store.begin() as tx:
        kept = may_change(await store.subscriptions.one(tx, subscription_id), person)
        if kept.state != "draft":
            raise Refusal("saved_already")
        await store.subscriptions.change(tx, kept.id, person.id, now, state="stopped")


async def pause(app: App, person: Person, subscription_id: int, now: datetime) -> Subscription:
    """Hold it: what is already promised waits, new openings pass it by."""
    async with app.store.begin() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
        await store.subscriptions.change(tx, kept.id, person.id, now, state="paused", pause_reason="by hand")
        await outbox.hold(tx, kept.id)
        return await _changed(tx, kept.id)


async def resume(
    app: App,
    person: Person,
    subscription_id: int,
    missing: Sequence[str] | None,
    now: datetime,
    channel_id: int | None = None,
) -> Subscription:
    """Go on, or go on in another channel; what waited is said there."""
    async with app.store.begin() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
        if channel_id is not None and channel_id != kept.channel_id:
            there = await _of_target(tx, person, channel_id)
            may_add(person, channel_id, missing, there)
            _not_twice(_parsed(kept), replace(kept, channel_id=channel_id), there)
        elif kept.channel_id is not None:
            bot_must_speak(kept.channel_id, missing)
        await store.subscriptions.change(tx, kept.id, person.id, now, state="active", channel_id=channel_id)
        await outbox.release(tx, kept.id, now, channel_id=channel_id)
        return await _changed(tx, kept.id)


async def stop(app: App, person: Person, subscription_id: int, now: datetime) -> Subscription:
    """End it; what it had promised and not yet said is dropped."""
    async with app.store.begin() as tx:
        kept = may_change(await store.subscriptions.one(tx, subscription_id), person)
        await store.subscriptions.change(tx, kept.id, person.id, now, state="stopped")
        await outbox.drop(tx, kept.id)
        return kept


async def kept(app: App, person: Person, subscription_id: int) -> Subscription:
    """A subscription that this person may change, as it is kept."""
    async with app.store.read() as tx:
        return may_change(await store.subscriptions.one(tx, subscription_id), person)


async def alerts(app: App, person: Person) -> list[Listed]:
    """What this person may see: their own, and the channels' too for a moderator."""
    async with app.store.read() as tx:
        listed = await store.subscriptions.seen_by(tx, person.guild_id, person.id, channels=person.manages)
        waiting = await outbox.waiting(tx, [one.id for one in listed])
    return [Listed(one, parse(one.filter).words(), waiting.get(one.id, 0)) for one in listed]


async def tried(app: App, person: Person, subscription_id: int, now: datetime) -> Proposal:
    """Try a subscription on the last days again."""
    async with app.store.read() as tx:
        kept = may_change(await store.subscriptions.one(tx, subscription_id), person)
        week = await _week(tx, app, now)
    query = _parsed(kept)
    return Proposal(kept, query.words(), await _tried(app, query, week))


async def why(app: App, guild_id: int, nonce: str) -> Why:
    """Why a card is where it is; only for a card of this server."""
    async with app.store.read() as tx:
        row = await outbox.by_nonce(tx, nonce)
        if row is None or row.guild_id != guild_id:
            raise Refusal("card_forgotten")
        card = decode(OpeningCard, row.value)
        kept = await store.subscriptions.one(tx, card.subscription_id)
        openings = await store.openings.by_ids(tx, [card.opening_id])
    lines = [line for one in openings for line in explain(parse(card.filter), one.document())]
    return Why(card, kept, lines)


async def known_boards(app: App) -> list[str]:
    """Boards by name: those of the book and those we have openings of."""
    async with app.store.read() as tx:
        return sorted(
            {*await store.openings.boards(tx), *(feed.name for feed in app.feeds.book if feed.enabled)}
        )


async def _week(tx: Tx, app: App, now: datetime) -> _Week:
    shelf = _shelves.get(app.store, {})
    ids = await store.openings.dated_since(tx, now - timedelta(days=TRIED_DAYS), TRIED_AT_MOST)
    return _Week(
        ids, shelf, await store.openings.by_ids(tx, [number for number in ids if number not in shelf])
    )


async def _tried(app: App, query: Filter, week: _Week) -> Tried:
    lately, result = await _shelved(app, week), NOTHING_TRIED
    for part in range(0, len(lately), BATCH):
        result = try_on(query, lately[part : part + BATCH], result)
        await asyncio.sleep(0)  # let the heartbeat and other people's presses through
    return result


async def _shelved(app: App, week: _Week) -> list[tuple[Opening, Document]]:
    """The week's openings, each prepared once; they are the next shelf."""
    prepared = dict(week.shelf)
    for place, one in enumerate(week.loaded):
        prepared[one.id] = one, one.document()
        if place % BATCH == 0:
            await asyncio.sleep(0)
    _shelves[app.store] = {number: prepared[number] for number in week.ids}
    return list(_shelves[app.store].values())


async def _of_target(tx: Tx, person: Person, channel_id: int | None) -> list[Subscription]:
    if channel_id is None:
        return await store.subscriptions.of_member(tx, person.guild_id, person.id)
    return await store.subscriptions.of_channel(tx, person.guild_id, channel_id)


async def _changed(tx: Tx, subscription_id: int) -> Subscription:
    kept = await store.subscriptions.one(tx, subscription_id)
    if kept is None:
        raise Refusal("subscription_gone")
    return kept
