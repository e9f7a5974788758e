"""The only SQL of when the bot was alive and when it was not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert, select, update

from bot.checkins.values import Outage
from bot.storage import Tx, insert_new
from bot.storage.tables import beat, outage

_ALIVE = "alive"


async def last_beat(tx: Tx) -> datetime | None:
    """When the bot was last alive and connected, as far as we know."""
    at: datetime | None = (await tx.execute(select(beat.c.at).where(beat.c.name == _ALIVE))).scalar()
    return at


async def beat_at(tx: Tx, now: datetime) -> None:
    if not await insert_new(tx, beat, [{"name": _ALIVE, "at": now}], returning=beat.c.name):
        await tx.execute(update(beat).where(beat.c.name == _ALIVE).values(at=now))


async def add(tx: Tx, one: Outage) -> None:
    await tx.execute(insert(outage).values(from_at=one.from_at, until_at=one.until_at))
