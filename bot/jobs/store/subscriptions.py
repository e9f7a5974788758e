"""The only SQL of subscriptions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, RowMapping, and_, bindparam, delete, insert, or_, select, update

from bot.jobs.subscriptions import State, Subscription
from bot.storage import Tx
from bot.storage.tables import subscription

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


async def draft(
    tx: Tx, guild_id: int, channel_id: int | None, member_id: int | None, text: str, by: int, now: datetime
) -> int:
    """Keep a subscription that its maker still has to save; gives its id."""
    row = {"guild_id": guild_id, "channel_id": channel_id, "member_id": member_id, "filter": text}
    made = {"state": "draft", "created_by": by, "created_at": now, "changed_by": by, "changed_at": now}
    return int((await tx.execute(_KEEP, row | made)).scalar_one())


async def retype(tx: Tx, draft_id: int, text: str, now: datetime) -> None:
    """Change the filter of a draft."""
    await tx.execute(
        update(subscription).where(subscription.c.id == draft_id).values(filter=text, changed_at=now)
    )


async def one(tx: Tx, subscription_id: int) -> Subscription | None:
    row = (await tx.execute(_ONE, {"wanted": subscription_id})).mappings().first()
    return None if row is None else _subscription(row)


async def of_channel(tx: Tx, guild_id: int, channel_id: int) -> list[Subscription]:
    rows = await tx.execute(_OF_CHANNEL, {"guild": guild_id, "channel": channel_id})
    return [_subscription(row) for row in rows.mappings()]


async def of_member(tx: Tx, guild_id: int, member_id: int) -> list[Subscription]:
    return await seen_by(tx, guild_id, member_id, channels=False)


async def seen_by(tx: Tx, guild_id: int, member_id: int, *, channels: bool) -> list[Subscription]:
    """A member's own, then, if `channels`, those of all channels of the server."""
    rows = await tx.execute(_SEEN_BY, {"guild": guild_id, "member": member_id, "channels": channels})
    return [_subscription(row) for row in rows.mappings()]


async def heard(tx: Tx, guild_id: int | None = None) -> list[Subscription]:
    """Active subscriptions of channels, everywhere or in one server."""
    chosen = select(subscription).where(subscription.c.state == "active", _OF_A_CHANNEL)
    if guild_id is not None:
        chosen = chosen.where(subscription.c.guild_id == guild_id)
    rows = await tx.execute(chosen.order_by(subscription.c.id))
    return [_subscription(row) for row in rows.mappings()]


async def change(
    tx: Tx,
    subscription_id: int,
    by: int,
    now: datetime,
    *,
    state: State,
    pause_reason: str | None = None,
    channel_id: int | None = None,
) -> None:
    """Set a subscription's state; with `channel_id` it also moves there."""
    values: dict[str, Any] = {
        "state": state,
        "pause_reason": pause_reason,
        "changed_by": by,
        "changed_at": now,
    }
    if channel_id is not None:
        values["channel_id"] = channel_id
    await tx.execute(update(subscription).where(subscription.c.id == subscription_id).values(values))


async def forget_drafts(tx: Tx, before: datetime) -> int:
    """Drafts that nobody saved."""
    stale = delete(subscription).where(subscription.c.state == "draft", subscription.c.changed_at < before)
    return (await tx.execute(stale)).rowcount


def _subscription(row: RowMapping) -> Subscription:
    return Subscription(
        id=row["id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        member_id=row["member_id"],
        filter=row["filter"],
        state=row["state"],
        pause_reason=row["pause_reason"],
        changed_at=row["changed_at"],
    )
