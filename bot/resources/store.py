"""The only SQL of what a server's moderators added to the list of resources."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from bot.resources.listed import Own
from bot.storage import Tx, insert_new
from bot.storage.tables import resource

_c = resource.c


async def own(tx: Tx, guild_id: int) -> list[Own]:
    """What this server's moderators added, the oldest first."""
    mine = select(_c.id, _c.name, _c.url, _c.need, _c.words).where(_c.guild_id == guild_id)
    return [Own(*row) for row in await tx.execute(mine.order_by(_c.id))]


async def add(tx: Tx, guild_id: int, one: Own, by: int, now: datetime) -> bool:
    """Keep an entry; False when its link is there already."""
    row = {"name": one.name, "url": one.url, "need": one.need, "words": one.words}
    more = {"guild_id": guild_id, "added_by": by, "added_at": now}
    return bool(await insert_new(tx, resource, [row | more], returning=_c.id))


async def remove(tx: Tx, guild_id: int, resource_id: int) -> bool:
    """Forget an entry of this server; False when it is gone already."""
    mine = delete(resource).where(_c.guild_id == guild_id, _c.id == resource_id)
    return (await tx.execute(mine)).rowcount == 1
