"""The only SQL of what members have hidden from themselves: an opening, or all of a company."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select

from bot.jobs.openings import Hidden
from bot.storage import Tx, insert_new
from bot.storage.tables import hidden

_c = hidden.c


async def hide(
    tx: Tx, guild_id: int, user_id: int, kind: Hidden, mark: str, name: str, now: datetime
) -> bool:
    """Hide it from this member; False when it was hidden before. mark: an opening's id, or a company's key."""
    row = {"guild_id": guild_id, "user_id": user_id, "kind": kind, "mark": mark, "name": name, "at": now}
    return bool(await insert_new(tx, hidden, [row], returning=_c.mark))


async def show(tx: Tx, guild_id: int, user_id: int, kind: Hidden, mark: str) -> None:
    """Hide it no more."""
    mine = (_c.guild_id == guild_id, _c.user_id == user_id, _c.kind == kind, _c.mark == mark)
    await tx.execute(delete(hidden).where(*mine))


async def count(tx: Tx, guild_id: int, user_id: int) -> int:
    """How many things a member has hidden."""
    mine = select(func.count()).where(_c.guild_id == guild_id, _c.user_id == user_id)
    return int((await tx.execute(mine)).scalar_one())
