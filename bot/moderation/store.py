"""The only SQL of a server's settings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select, update

from bot.storage import Tx, insert_new
from bot.storage.tables import server


async def moderators_channels(tx: Tx, guild_ids: Iterable[int]) -> dict[int, int]:
    """Server → its moderators' channel, for those that have chosen one."""
    chosen = select(server.c.id, server.c.moderators_channel_id).where(
        server.c.id.in_(list(guild_ids)), server.c.moderators_channel_id.is_not(None)
    )
    rows = await tx.execute(chosen.order_by(server.c.id))
    return {guild_id: channel_id for guild_id, channel_id in rows}


async def set_moderators_channel(tx: Tx, guild_id: int, channel_id: int, by: int, now: datetime) -> None:
    values = {"moderators_channel_id": channel_id, "changed_by": by, "changed_at": now}
    if not await insert_new(tx, server, [{"id": guild_id, **values}], returning=server.c.id):
        await tx.execute(update(server).where(server.c.id == guild_id).values(values))
