"""The only SQL of when the bot was alive and when it was not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from bot.checkins.values import Outage
from bot.storage import Tx, insert_new
from bot.storage.tables import beat, outage

_ALIVE = "alive"
_BEAT = update(beat).where(beat.c.name == _ALIVE).values(at=bindparam("now"))
_LAST = select(beat.c.at).where(beat.c.name == _ALIVE)


async def last_beat(tx: Tx) -> datetime | None:
    """When the bot was last alive and connected, as far as we know."""
    at: datetime | None = (await tx.execute(_LAST)).scalar()
    return at


async def beat_at(tx: Tx, now: datetime) -> None:
    if not (await tx.execute(_BEAT, {"now": now})).rowcount:
        await insert_new(tx, beat, [{"name": _ALIVE, "at": now}], returning=beat.c.name)


async def add(tx: Tx, one: Outage) -> None:
    await tx.execute(insert(outage).values(from_at=one.from_at, until_at=one.until_at))
