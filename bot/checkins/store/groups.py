"""The only SQL of groups themselves and of the weeks they take off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from bot.checkins.values import Group
from bot.storage import Tx, insert_new
from bot.storage.tables import checkin_group, holiday

_c = checkin_group.c
_FIELDS = [_c[field.name] for field in fields(Group)]
_SEASON = [field.name for field in fields(Group)].index("season_week")
_WHOLE = select(*_FIELDS)  # built once: the columns take longer than the rest of a question
_SOME = _WHOLE.where(_c.id.in_(bindparam("ids", expanding=True)))
_BLOCKED = _WHOLE.where(_c.blocked_at.is_not(None), _c.state == "active").order_by(_c.id)

NOBODY = 0  # changed_by: the bot itself


async def add(tx: Tx, group: Group, folded: str, by: int) -> int | None:
    """Keep a new group, whatever its id says; gives its id. None: the server has one of this name."""
    row = {field.name: getattr(group, field.name) for field in fields(Group) if field.name != "id"}
    row |= {"season_week": group.season_week.isoformat(), "folded": folded}
    row |= {"changed_by": by, "changed_at": group.made_at}
    made = await insert_new(tx, checkin_group, [row], returning=_c.id)
    return made[0] if made else None


async def one(tx: Tx, guild_id: int, group_id: int) -> Group | None:
    """A server's own group; None when it isn't theirs."""
    asked = _WHOLE.where(_c.guild_id == guild_id, _c.id == group_id)
    row = (await tx.execute(asked)).first()
    return None if row is None else _group(row)


async def of_server(tx: Tx, guild_id: int) -> list[Group]:
    """Every group of a server, also those that ended; by name."""
    asked = _WHOLE.where(_c.guild_id == guild_id).order_by(_c.folded)
    return [_group(row) for row in (await tx.execute(asked))]


async def some(tx: Tx, group_ids: Collection[int]) -> dict[int, Group]:
    """These groups, of whatever server, by id."""
    if not group_ids:
        return {}
    rows = (await tx.execute(_SOME, {"ids": list(group_ids)})).all()
    return {row.id: _group(row) for row in rows}


async def change(tx: Tx, guild_id: int, group_id: int, by: int, now: datetime, **values: Any) -> None:
    """Write these columns and no others."""
    if isinstance(values.get("season_week"), date):
        values["season_week"] = values["season_week"].isoformat()
    which = update(checkin_group).where(_c.guild_id == guild_id, _c.id == group_id)
    await tx.execute(which.values(**values, changed_by=by, changed_at=now))


async def name_taken(tx: Tx, guild_id: int, folded: str, but: int) -> bool:
    """Has the server another group of this name?"""
    asked = select(_c.id).where(_c.guild_id == guild_id, _c.folded == folded, _c.id != but)
    return (await tx.execute(asked)).first() is not None


async def ask_about_seasons(tx: Tx, group_ids: Collection[int], now: datetime) -> None:
    """Their moderators are asked now how it goes on."""
    which = update(checkin_group).where(_c.id.in_(list(group_ids)), _c.season_asked_at.is_(None))
    await tx.execute(which.values(season_asked_at=now))


# -- channels that can't be written to -----------------------------------------------------------


async def blocked(tx: Tx) -> list[Group]:
    """Every group whose channel can't be written to."""
    return [_group(row) for row in await tx.execute(_BLOCKED)]


async def block(tx: Tx, group_ids: Collection[int], now: datetime) -> None:
    """Their channels can't be written to, since now unless it is known already."""
    which = update(checkin_group).where(_c.id.in_(list(group_ids)), _c.blocked_at.is_(None))
    await tx.execute(which.values(blocked_at=now))


async def unblock(tx: Tx, group_ids: Collection[int]) -> None:
    which = update(checkin_group).where(_c.id.in_(list(group_ids)))
    await tx.execute(which.values(blocked_at=None))


async def active_in(tx: Tx, guild_ids: Collection[int]) -> list[int]:
    """The active groups of these servers that are not blocked."""
    if not guild_ids:
        return []
    asked = select(_c.id).where(
        _c.guild_id.in_(list(guild_ids)), _c.state == "active", _c.blocked_at.is_(None)
    )
    return list((await tx.execute(asked.order_by(_c.id))).scalars())


# -- weeks off -----------------------------------------------------------------------------------


async def holidays(tx: Tx, group_ids: Collection[int], since: date) -> set[tuple[int, date]]:
    """(group, week) of the weeks that these groups take off, from that week on."""
    c = holiday.c
    asked = select(c.group_id, c.week).where(c.group_id.in_(list(group_ids)), c.week >= since.isoformat())
    return {(group_id, date.fromisoformat(week)) for group_id, week in await tx.execute(asked)}


async def add_holidays(
    tx: Tx, guild_id: int, group_ids: Sequence[int], week: date, by: int, now: datetime
) -> None:
    row = {"guild_id": guild_id, "week": week.isoformat(), "made_by": by, "made_at": now}
    rows = [{"group_id": group_id, **row} for group_id in group_ids]
    await insert_new(tx, holiday, rows, returning=holiday.c.group_id)


async def remove_holidays(tx: Tx, guild_id: int, group_ids: Sequence[int], week: date) -> None:
    c = holiday.c
    among = (c.guild_id == guild_id, c.group_id.in_(group_ids), c.week == week.isoformat())
    await tx.execute(delete(holiday).where(*among))


def _group(row: Iterable[Any]) -> Group:
    """Of a row with its columns in the order of the fields: told by their places they take half as long."""
    values = list(row)
    values[_SEASON] = date.fromisoformat(values[_SEASON])
    return Group(*values)
