"""A saved subscription is paused, goes on, moves, gets its forum's tag, is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.planned import decode
from bot.jobs import digests, routes, store
from bot.jobs.flow.checks import kept_in, not_twice, of_target, parsed
from bot.jobs.flow.meanwhile import missed
from bot.jobs.messages import Digest, OpeningCard
from bot.jobs.subscriptions import (
    FOREVER,
    Subscription,
    Target,
    ends_at,
    fitting,
    may_add,
    may_change,
    may_turn,
    paused_until,
)
from bot.moderation.rights import Person, bot_must_speak
from bot.storage import Tx

AT_ONCE = 10  # pauses that end in one beat; what came meanwhile takes up to two seconds each
LATELY = timedelta(days=1)  # what made it pause was promised shortly before


async def pause(
    app: App, person: Person, subscription_id: int, now: datetime, until: datetime | None = None
) -> Subscription:
    """Hold it: what is already promised waits, new openings pass it by. until: it goes on by itself then.

    Paused again, it is paused since the first time.
    """
    async with app.store.begin() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
        reason = paused_until(until) if until else FOREVER
        since = kept.changed_at if kept.state == "paused" else now
        await store.subscriptions.change(
            tx, kept.id, person.id, since, state="paused", pause_reason=reason, next_due_at=until
        )
        await outbox.hold(tx, kept.id)
        return await kept_in(tx, kept.id)


async def resume(
    app: App,
    person: Person,
    subscription_id: int,
    missing: Sequence[str] | None,
    now: datetime,
    channel_id: int | None = None,
    *,
    target: Target = "text",
) -> Subscription:
    """Go on, or go on in another channel; what waited is said there. target: what kind of channel that is."""
    async with app.store.begin() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
        there = None
        if channel_id is not None and channel_id != kept.channel_id:
            there = fitting(replace(kept, channel_id=channel_id), target)
            existing = await of_target(tx, person, channel_id)
            may_add(person, channel_id, missing, existing)
            not_twice(parsed(kept.filter, kept.id), there, existing)
        elif kept.channel_id is not None:
            bot_must_speak(kept.channel_id, missing)
        await _go_on(tx, kept, person.id, now, there)
        return await kept_in(tx, kept.id)


async def with_tag(
    app: App, person: Person, subscription_id: int, tag: str, missing: Sequence[str] | None, now: datetime
) -> Subscription:
    """The tag for posts that none of a forum's other tags fits; what was paused for want of one goes on."""
    async with app.store.begin() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
        bot_must_speak(kept.channel_id or 0, missing)
        await store.subscriptions.arrange(tx, kept.id, now, fallback_tag=tag)
        if kept.pause_reason == "tag_required":
            await _go_on(tx, kept, person.id, now)
        return await kept_in(tx, kept.id)


async def end_pauses(app: App, now: datetime) -> int:
    """Duty: what was paused for a time goes on, and brings what came meanwhile; gives how many did."""
    async with app.store.read() as tx:
        due = await store.subscriptions.pauses_over(tx, now, AT_ONCE)
    ended = 0
    for one in due:  # one by one: what the first of a channel brings, the second doesn't
        over = (ends_at(one.pause_reason) or now) <= now
        came = await missed(app, one, one.changed_at, now) if over else []
        async with app.store.begin() as tx:
            if over:
                await _go_on(tx, one, one.created_by, now)
                await store.waiting.add(tx, came)
                ended += 1
            else:  # something else woke it
                await store.waiting.speaks_at(tx, one.id, ends_at(one.pause_reason))
    return ended


async def _go_on(
    tx: Tx, kept: Subscription, by: int, now: datetime, there: Subscription | None = None
) -> None:
    await store.subscriptions.change(tx, kept.id, by, now, state="active", moved_to=there, next_due_at=now)
    await outbox.release(tx, kept.id, now, channel_id=there.channel_id if there else None)
    if kept.pause_reason == "tag_required":
        await _retag(tx, kept, now)


async def _retag(tx: Tx, kept: Subscription, now: datetime) -> None:
    """What waited carries the tag that was chosen before it was; give it the one of now."""
    tag = (await kept_in(tx, kept.id)).fallback_tag
    since = kept.changed_at - LATELY
    cards = [
        decode(OpeningCard, value)
        for _, _, value in await outbox.promised_since(tx, [kept.id], since, kind=routes.CARD)
    ]
    prefixes = [routes.card_key(one.opening_id, kept.channel_id or 0) for one in cards]
    waiting = [
        said
        for prefix in (*prefixes, digests.digests_of(kept.id))
        for said in await outbox.said(tx, prefix)
        if said.state in ("new", "retry", "held") and said.channel_id == kept.channel_id
    ]
    revised: list[tuple[str, object]] = []
    for said in waiting:
        digest = said.key.startswith(digests.digests_of(kept.id))
        value = decode(Digest, said.value) if digest else decode(OpeningCard, said.value)
        revised.append((said.key, replace(value, fallback_tag=tag)))
    await outbox.revise(tx, revised, now)


async def stop(app: App, person: Person, subscription_id: int, now: datetime) -> Subscription:
    """End it; what it had promised and not yet said is dropped."""
    async with app.store.begin() as tx:
        kept = may_change(await store.subscriptions.one(tx, subscription_id), person)
        await store.subscriptions.change(tx, kept.id, person.id, now, state="stopped")
        await outbox.drop(tx, kept.id)
        await store.waiting.drop(tx, kept.id)
        return kept
