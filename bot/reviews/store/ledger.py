"""The only SQL of the ledger: what somebody gave, received, kept or was waived. Lines are only ever added."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from bot.reviews.values import Entry
from bot.storage import Tx, insert_new
from bot.storage.tables import review_credit

_c = review_credit.c


async def add(tx: Tx, guild_id: int, entries: Sequence[Entry]) -> int:
    """Keep these lines; gives how many are new. One reading counts once for one person, whatever was said of it."""
    rows = [
        {
            "guild_id": guild_id,
            "user_id": one.user_id,
            "amount": one.amount,
            "why": one.why,
            "reading_id": one.reading_id,
            "at": one.at,
        }
        for one in entries
    ]
    return len(await insert_new(tx, review_credit, rows, returning=_c.id))


async def entries(tx: Tx, guild_id: int, user_ids: Collection[int]) -> dict[int, list[Entry]]:
    """Member → their lines, the oldest first; those without any have an empty list."""
    found: dict[int, list[Entry]] = {user_id: [] for user_id in user_ids}
    if not found:
        return found
    columns = (_c.user_id, _c.amount, _c.why, _c.at, _c.reading_id)
    asked = select(*columns).where(_c.guild_id == guild_id, _c.user_id.in_(list(found))).order_by(_c.id)
    for row in await tx.execute(asked):
        found[row.user_id].append(Entry(*row))
    return found
