"""The only SQL of when the bot was alive and when it was not."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from bot.checkins.store import beats
from bot.checkins.values import Outage
from bot.storage import Tx
from bot.storage.tables import outage

_ALIVE = "alive"


async def last_beat(tx: Tx) -> datetime | None:
    """When the bot was last alive and connected, as far as we know."""
    return await beats.at(tx, _ALIVE)


async def beat_at(tx: Tx, now: datetime) -> None:
    await beats.keep(tx, _ALIVE, now)


async def add(tx: Tx, one: Outage) -> None:
    await tx.execute(insert(outage).values(from_at=one.from_at, until_at=one.until_at))
