"""The only SQL of subscriptions."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    RowMapping,
    and_,
    bindparam,
    case,
    delete,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.jobs.subscriptions import UNTIL, State, Subscription
from bot.storage import Tx
from bot.storage.tables import subscription

_FIELDS = [field.name for field in fields(Subscription)]
# A statement that is built once takes half the time of one that is built for each answer.
_OF_A_CHANNEL = subscription.c.channel_id.is_not(None)
_LIVING = select(subscription).where(
    subscription.c.guild_id == bindparam("guild"), subscription.c.state.in_(("active", "paused"))
)
_KEEP = insert(subscription).returning(subscription.c.id)
_ONE = select(subscription).where(subscription.c.id == bindparam("wanted"))
_OF_CHANNEL = _LIVING.where(subscription.c.channel_id == bindparam("channel")).order_by(subscription.c.id)
_SEEN_BY = _LIVING.where(
    or_(
        subscription.c.member_id == bindparam("member"),
        and_(_OF_A_CHANNEL, bindparam("channels", type_=Boolean)),
    )
).order_by(_OF_A_CHANNEL, subscription.c.id)


# What a maker chooses; the rest says whose it is and what has become of it.
CHOSEN = (
    "filter", "target", "follows", "follows_channel_id", "preset", "rhythm", "weekday", "at_minute", "zone", "silent",
    "publish", "role_id", "role_filter", "role_cap", "fallback_tag",
)  # fmt: skip


async def draft(tx: Tx, like: Subscription, by: int, now: datetime) -> int:
    """Keep a subscription that its maker still has to save; gives its id. like: whose it is, what it wants."""
    whose = {name: getattr(like, name) for name in ("guild_id", "channel_id", "member_id", *CHOSEN)}
    made = {"state": "draft", "created_by": by, "created_at": now, "changed_by": by, "changed_at": now}
    return int((await tx.execute(_KEEP, whose | made)).scalar_one())


async def arrange(tx: Tx, subscription_id: int, now: datetime, **chosen: Any) -> None:
    """Change what its maker chooses: columns of CHOSEN. A paused one keeps the moment since when it is."""
    if unknown := chosen.keys() - set(CHOSEN):
        raise ValueError(f"nobody chooses {sorted(unknown)}")
    which = subscription.c.id == subscription_id
    at = subscription.c.changed_at
    since = case((subscription.c.state == "paused", at), else_=literal(now, at.type))
    await tx.execute(update(subscription).where(which).values(**chosen, changed_at=since))


async def adopt(tx: Tx, subscription_id: int, draft: Subscription, by: int, now: datetime) -> None:
    """A saved one becomes what a draft of it says, and the draft is no more. Its next digest is reckoned anew."""
    await arrange(tx, subscription_id, now, **{name: getattr(draft, name) for name in CHOSEN})
    which = subscription.c.id == subscription_id
    await tx.execute(update(subscription).where(which).values(changed_by=by, next_due_at=now))
    await tx.execute(delete(subscription).where(subscription.c.id == draft.id))


async def one(tx: Tx, subscription_id: int) -> Subscription | None:
    row = (await tx.execute(_ONE, {"wanted": subscription_id})).mappings().first()
    return None if row is None else subscription_of(row)


async def of_channel(tx: Tx, guild_id: int, channel_id: int) -> list[Subscription]:
    rows = await tx.execute(_OF_CHANNEL, {"guild": guild_id, "channel": channel_id})
    return [subscription_of(row) for row in rows.mappings()]


async def of_member(tx: Tx, guild_id: int, member_id: int) -> list[Subscription]:
    return await seen_by(tx, guild_id, member_id, channels=False)


async def seen_by(tx: Tx, guild_id: int, member_id: int, *, channels: bool) -> list[Subscription]:
    """A member's own, then, if `channels`, those of all channels of the server."""
    rows = await tx.execute(_SEEN_BY, {"guild": guild_id, "member": member_id, "channels": channels})
    return [subscription_of(row) for row in rows.mappings()]


async def heard(tx: Tx, guild_id: int | None = None) -> list[Subscription]:
    """Active subscriptions of channels, everywhere or in one server."""
    chosen = select(subscription).where(subscription.c.state == "active", _OF_A_CHANNEL)
    if guild_id is not None:
        chosen = chosen.where(subscription.c.guild_id == guild_id)
    rows = await tx.execute(chosen.order_by(subscription.c.id))
    return [subscription_of(row) for row in rows.mappings()]


async def change(
    tx: Tx,
    subscription_id: int,
    by: int,
    now: datetime,
    *,
    state: State,
    pause_reason: str | None = None,
    moved_to: Subscription | None = None,
    next_due_at: datetime | None = None,
) -> None:
    """Set a subscription's state. moved_to: it goes on in that one's channel. next_due_at: look at it then."""
    values: dict[str, Any] = {
        "state": state,
        "pause_reason": pause_reason,
        "changed_by": by,
        "changed_at": now,
    }
    if moved_to is not None:
        there = ("channel_id", "target", "publish", "fallback_tag")
        values |= {name: getattr(moved_to, name) for name in there}
    if next_due_at is not None:
        values["next_due_at"] = next_due_at
    await tx.execute(update(subscription).where(subscription.c.id == subscription_id).values(values))


async def pauses_over(tx: Tx, now: datetime, limit: int) -> list[Subscription]:
    """Paused subscriptions that were to be looked at by now: their pause may be over."""
    due = and_(subscription.c.next_due_at <= now, subscription.c.state == "paused")
    for_a_time = subscription.c.pause_reason.startswith(UNTIL)
    rows = await tx.execute(
        select(subscription).where(due, for_a_time).order_by(subscription.c.id).limit(limit)
    )
    return [subscription_of(row) for row in rows.mappings()]


async def forget_drafts(tx: Tx, before: datetime) -> int:
    """Drafts that nobody saved."""
    stale = delete(subscription).where(subscription.c.state == "draft", subscription.c.changed_at < before)
    return (await tx.execute(stale)).rowcount


def subscription_of(row: RowMapping) -> Subscription:
    """For whatever else of this subject selects subscriptions."""
    return Subscription(**{name: row[name] for name in _FIELDS})
