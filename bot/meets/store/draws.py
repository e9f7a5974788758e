"""The only SQL of draws: what each was asked, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from bot.meets.values import Draw
from bot.storage import Tx, insert_new
from bot.storage.tables import meet_draw

_c = meet_draw.c
_NAMES = [field.name for field in fields(Draw)]


async def add(tx: Tx, draw: Draw) -> bool:
    """Of one kind and week there is one; False: it is there already. Its id is given by the database."""
    row = {name: value for name, value in _row(draw).items() if name != "id"}
    return bool(await insert_new(tx, meet_draw, [row], returning=_c.id))


async def keep(tx: Tx, draw: Draw) -> None:
    await tx.execute(update(meet_draw).where(_c.id == draw.id).values(_row(draw)))


def _row(draw: Draw) -> dict[str, Any]:
    return {name: getattr(draw, name) for name in _NAMES} | {"week": draw.week.isoformat()}


async def one(tx: Tx, draw_id: int) -> Draw | None:
    found = await _all(tx, _c.id == draw_id)
    return found[0] if found else None


async def due(tx: Tx, now: datetime, without: Collection[int], limit: int) -> list[Draw]:
    """Those that go on by now, the oldest first; but in these servers."""
    found = await _all(tx, _c.next_at <= now, _c.guild_id.not_in(sorted(without)))
    return found[:limit]


async def standing(tx: Tx, guild_id: int) -> list[Draw]:
    """Those of a server of which not everybody has been told."""
    return await _all(tx, _c.guild_id == guild_id, _c.next_at.is_not(None))


async def last_week(tx: Tx, guild_id: int) -> date | None:
    """The last week in which a server drew; None: never."""
    last = (await tx.execute(select(func.max(_c.week)).where(_c.guild_id == guild_id))).scalar()
    return date.fromisoformat(last) if last else None


async def _all(tx: Tx, *which: ColumnElement[bool]) -> list[Draw]:
    asked = select(*(_c[name] for name in _NAMES)).where(*which).order_by(_c.id)
    return [_draw(row) for row in (await tx.execute(asked)).mappings()]


def _draw(row: Mapping[Any, Any]) -> Draw:
    return Draw(**{**row, "week": date.fromisoformat(row["week"])})
