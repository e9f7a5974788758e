"""The only SQL of how servers draw, and of when they draw next."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import bindparam, select, update

from bot.meets.values import Settings
from bot.storage import Tx, insert_new
from bot.storage.tables import meet_setting

_c = meet_setting.c
_NAMES = [field.name for field in fields(Settings)]
_WHOLE = select(*(_c[name] for name in _NAMES))
_ONE = _WHOLE.where(_c.guild_id == bindparam("guild"))
_DUE = _WHOLE.where(_c.next_draw_at <= bindparam("now")).order_by(_c.guild_id).limit(bindparam("most"))


async def one(tx: Tx, guild_id: int) -> Settings:
    """As they are; the usual ones, with meetings off, where nobody chose any."""
    row = (await tx.execute(_ONE, {"guild": guild_id})).mappings().first()
    return Settings(guild_id) if row is None else Settings(**row)


async def some(tx: Tx, guild_ids: Collection[int]) -> dict[int, Settings]:
    """Server → its own, of those that chose any."""
    asked = _WHOLE.where(_c.guild_id.in_(sorted(guild_ids)))
    return {row["guild_id"]: Settings(**row) for row in (await tx.execute(asked)).mappings()}


async def due(tx: Tx, now: datetime, limit: int) -> list[Settings]:
    """Servers whose next draw is due by now."""
    found = await tx.execute(_DUE, {"now": now, "most": limit})
    return [Settings(**row) for row in found.mappings()]


async def keep(tx: Tx, way: Settings, by: int, now: datetime) -> None:
    """All of it, whether there was one before or not. by: who chose it."""
    row = {name: getattr(way, name) for name in _NAMES} | {"changed_by": by, "changed_at": now}
    which = update(meet_setting).where(_c.guild_id == way.guild_id)
    if not (await tx.execute(which.values(row))).rowcount:
        await insert_new(tx, meet_setting, [row], returning=_c.guild_id)


async def wait_until(tx: Tx, guild_id: int, next_draw_at: datetime | None) -> None:
    """When the next one is due."""
    which = update(meet_setting).where(_c.guild_id == guild_id)
    await tx.execute(which.values(next_draw_at=next_draw_at))


async def block(tx: Tx, guild_id: int, at: datetime | None) -> bool:
    """Threads can't be opened there since then, None: they can. Was it otherwise before?"""
    which = update(meet_setting).where(_c.guild_id == guild_id)
    which = which.where(_c.blocked_at.is_(None) if at else _c.blocked_at.is_not(None))
    return (await tx.execute(which.values(blocked_at=at))).rowcount > 0
