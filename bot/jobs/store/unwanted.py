"""The only SQL of the companies whose openings a server doesn't show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import and_, delete, func, select

from bot.storage import Tx, insert_new
from bot.storage.tables import unwanted

_c = unwanted.c


async def add(tx: Tx, guild_id: int, mark: str, name: str, by: int, now: datetime) -> bool:
    """Keep it; False when it is kept already."""
    row = {"guild_id": guild_id, "mark": mark, "name": name, "added_by": by, "added_at": now}
    return bool(await insert_new(tx, unwanted, [row], returning=_c.mark))


async def remove(tx: Tx, guild_id: int, mark: str) -> None:
    await tx.execute(delete(unwanted).where(_c.guild_id == guild_id, _c.mark == mark))


async def has(tx: Tx, guild_id: int, mark: str) -> bool:
    """Does this server not want that company?"""
    which = and_(_c.guild_id == guild_id, _c.mark == mark)
    return (await tx.execute(select(_c.mark).where(which))).first() is not None


async def count(tx: Tx, guild_id: int) -> int:
    return int((await tx.execute(select(func.count()).where(_c.guild_id == guild_id))).scalar_one())


async def of_server(tx: Tx, guild_id: int) -> list[tuple[str, str, datetime]]:
    """(mark, name, since when) of all companies of this server, by their names."""
    mine = select(_c.mark, _c.name, _c.added_at).where(_c.guild_id == guild_id).order_by(_c.mark)
    return [(mark, name, at) for mark, name, at in await tx.execute(mine)]
