"""The only SQL about who is still here and whether direct messages get through."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from bot.people.members import Key
from bot.storage import Tx
from bot.storage.tables import member

_c = member.c


async def to_ask(tx: Tx, before: datetime, but_not_in: Collection[int], limit: int) -> list[Key]:
    """Whom we neither asked Discord about nor heard of since `before`, the longest silence first.

    Those who left are among them as long as we keep anything of theirs: they may have come back.
    """
    heard = func.coalesce(_c.checked_at, _c.seen_at)
    silent = and_(heard < before, _c.seen_at < before, _c.guild_id.not_in(list(but_not_in)))
    oldest = select(_c.guild_id, _c.user_id).where(silent).order_by(heard, _c.guild_id, _c.user_id)
    return [Key(*row) for row in await tx.execute(oldest.limit(limit))]


async def asked(tx: Tx, key: Key, at: datetime) -> None:
    """Discord was asked about them at this moment."""
    await tx.execute(update(member).where(_is(key)).values(checked_at=at))


async def left(tx: Tx, key: Key, at: datetime) -> None:
    """They are not in the server any more; of several such messages the first counts."""
    await tx.execute(update(member).where(_is(key), _c.left_at.is_(None)).values(left_at=at))


async def here(tx: Tx, key: Key) -> None:
    """They are in the server (again)."""
    await tx.execute(update(member).where(_is(key), _c.left_at.is_not(None)).values(left_at=None))


async def closed(tx: Tx, key: Key, at: datetime) -> None:
    """Discord refused our message to them at this moment, unless they agreed anew since."""
    agreed_before = and_(_c.dm_since <= at, _c.dm_closed_at.is_(None))
    await tx.execute(update(member).where(_is(key), agreed_before).values(dm_closed_at=at))


_UNTOLD = and_(_c.dm_closed_at.is_not(None), or_(_c.dm_told_at.is_(None), _c.dm_told_at < _c.dm_closed_at))


async def closed_untold(tx: Tx, key: Key) -> bool:
    """Were we refused without their knowing of it?"""
    return (await tx.execute(select(_c.user_id).where(_is(key), _UNTOLD))).first() is not None


async def tell_closed(tx: Tx, key: Key, at: datetime) -> bool:
    """They are told now; False when they were already."""
    told = update(member).where(_is(key), _UNTOLD).values(dm_told_at=at)
    return (await tx.execute(told)).rowcount == 1


def _is(key: Key) -> ColumnElement[bool]:
    return and_(_c.guild_id == key.guild_id, _c.user_id == key.user_id)
