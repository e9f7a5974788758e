"""The only SQL of who wants meetings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select, update

from bot.meets.values import Joined, Kind
from bot.people.members import Key
from bot.storage import Tx, insert_new
from bot.storage.tables import meet_joined

_c = meet_joined.c
_NAMES = [field.name for field in fields(Joined)]
_DATES = ("skip_week", "paused_until")


async def one(tx: Tx, key: Key, kind: Kind) -> Joined | None:
    """Also when they have left it."""
    found = await _all(tx, _c.guild_id == key.guild_id, _c.user_id == key.user_id, _c.kind == kind)
    return found[0] if found else None


async def of_member(tx: Tx, key: Key) -> list[Joined]:
    """What they want now."""
    return await _all(tx, _c.guild_id == key.guild_id, _c.user_id == key.user_id, _c.left_at.is_(None))


async def in_kind(tx: Tx, guild_id: int, kind: Kind) -> list[Joined]:
    """Who wants meetings of this kind now, also who sits out."""
    return await _all(tx, _c.guild_id == guild_id, _c.kind == kind, _c.left_at.is_(None))


async def _all(tx: Tx, *which: ColumnElement[bool]) -> list[Joined]:
    asked = select(*(_c[name] for name in _NAMES)).where(*which).order_by(_c.user_id, _c.kind)
    return [_joined(row) for row in (await tx.execute(asked)).mappings()]


def _joined(row: Mapping[Any, Any]) -> Joined:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in _DATES}
    return Joined(**{**row, **days, "topics": tuple(filter(None, row["topics"].split("\n")))})


async def keep(tx: Tx, one: Joined) -> None:
    """All of it, whether they were in it before or not."""
    row = {name: getattr(one, name) for name in _NAMES}
    row |= {name: row[name].isoformat() if row[name] else None for name in _DATES}
    row["topics"] = "\n".join(one.topics)
    theirs = (_c.guild_id == one.guild_id, _c.user_id == one.user_id, _c.kind == one.kind)
    if not (await tx.execute(update(meet_joined).where(*theirs).values(row))).rowcount:
        await insert_new(tx, meet_joined, [row], returning=_c.user_id)


async def alone_since(tx: Tx, guild_id: int, kind: Kind, week: date) -> list[int]:
    """For whom there was nobody in that week or later."""
    asked = select(_c.user_id).where(
        _c.guild_id == guild_id, _c.kind == kind, _c.alone_week >= week.isoformat()
    )
    return list((await tx.execute(asked)).scalars())


async def alone(tx: Tx, guild_id: int, kind: Kind, user_ids: Collection[int], week: date) -> None:
    """In this week there is nobody for these."""
    which = (_c.guild_id == guild_id, _c.kind == kind, _c.user_id.in_(sorted(user_ids)))
    await tx.execute(update(meet_joined).where(*which).values(alone_week=week.isoformat()))
