"""The only SQL of who is in a group, how they are in it, and which weeks they take off."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, bindparam, delete, insert, select, update

from bot.checkins.pauses import Change
from bot.checkins.values import Membership, Pause
from bot.storage import Tx
from bot.storage.tables import group_member, group_pause

_c = group_member.c
_FIELDS = [_c[field.name] for field in fields(Membership)]
_WHOLE = select(*_FIELDS)  # built once: the columns take longer than the rest of a question
_CIRCLE = [field.name for field in fields(Membership)].index("circle")
_p = group_pause.c
_PAUSE = [_p[field.name] for field in fields(Pause)]

Seat = tuple[int, int]
"""(group, member)"""


def _of_seats(table: Any) -> ColumnElement[bool]:
    """Those of the groups and members that `_among` names."""
    return and_(
        table.group_id.in_(bindparam("groups", expanding=True)),
        table.user_id.in_(bindparam("users", expanding=True)),
    )


_SOME = _WHOLE.where(_of_seats(_c))
_PAUSES = select(*_PAUSE).where(_of_seats(_p)).order_by(_p.id)


# -- who is in it --------------------------------------------------------------------------------


async def one(tx: Tx, guild_id: int, group_id: int, user_id: int) -> Membership | None:
    """Theirs, also after they left."""
    asked = _WHOLE.where(_c.guild_id == guild_id, _is(group_id, user_id))
    row = (await tx.execute(asked)).first()
    return None if row is None else _membership(row)


async def of_member(tx: Tx, guild_id: int, user_id: int) -> list[Membership]:
    """All of theirs in a server, also those they left; the group joined first comes first."""
    asked = _WHOLE.where(_c.guild_id == guild_id, _c.user_id == user_id)
    rows = await tx.execute(asked.order_by(_c.joined_at, _c.group_id))
    return [_membership(row) for row in rows]


async def some(tx: Tx, seats: Collection[Seat]) -> dict[Seat, Membership]:
    """These, as far as there are any."""
    found = [_membership(row) for row in (await tx.execute(_SOME, _among(seats))).all()]
    return {(one.group_id, one.user_id): one for one in found}


async def keep(tx: Tx, one: Membership) -> None:
    """Write it, new or not."""
    row = {field.name: getattr(one, field.name) for field in fields(Membership)}
    row["circle"] = one.circle or ""
    which = _is(one.group_id, one.user_id)
    if not (await tx.execute(update(group_member).where(which).values(row))).rowcount:
        await tx.execute(insert(group_member).values(row))


_CHOOSE = (
    update(group_member)
    .where(_c.group_id == bindparam("group"), _c.user_id == bindparam("user"))
    .values(circle=bindparam("seen_by"), wants_pod=bindparam("wants"))
)


async def choose_circles(tx: Tx, memberships: Iterable[Membership]) -> None:
    """Write who sees the check-ins of these."""
    rows = [
        {"group": one.group_id, "user": one.user_id, "seen_by": one.circle or "", "wants": one.wants_pod}
        for one in memberships
    ]
    if rows:
        await tx.execute(_CHOOSE, rows)


async def remove(tx: Tx, one: Membership) -> None:
    """Forget that they were ever in it, and which weeks they took off."""
    await tx.execute(delete(group_member).where(_is(one.group_id, one.user_id)))
    await tx.execute(delete(group_pause).where(_p.group_id == one.group_id, _p.user_id == one.user_id))


def _is(group_id: int, user_id: int) -> ColumnElement[bool]:
    return and_(_c.group_id == group_id, _c.user_id == user_id)


def _among(seats: Collection[Seat]) -> dict[str, list[int]]:
    """Every one of these groups with every one of these members: a few too many, and an index serves it."""
    groups, users = {group_id for group_id, _ in seats}, {user_id for _, user_id in seats}
    return {"groups": sorted(groups), "users": sorted(users)}


def _membership(row: Iterable[Any]) -> Membership:
    """Of a row with its columns in the order of the fields: told by their places they take half as long."""
    values = list(row)
    values[_CIRCLE] = values[_CIRCLE] or None
    return Membership(*values)


# -- weeks off -----------------------------------------------------------------------------------


async def pauses(tx: Tx, seats: Collection[Seat]) -> dict[Seat, list[Pause]]:
    """All of these, the first made first."""
    found: dict[Seat, list[Pause]] = {}
    for row in (await tx.execute(_PAUSES, _among(seats))).mappings():
        found.setdefault((row["group_id"], row["user_id"]), []).append(_pause(row))
    return found


async def add_pause(
    tx: Tx, guild_id: int, seat: Seat, first: date, last: date, now: datetime, *, ill: bool = False
) -> None:
    row = {"guild_id": guild_id, "group_id": seat[0], "user_id": seat[1], "made_at": now, "ill": ill}
    weeks = {"first_week": first.isoformat(), "last_week": last.isoformat()}
    await tx.execute(insert(group_pause).values(row | weeks))


async def change_pauses(tx: Tx, change: Change) -> None:
    """End these earlier, forget those."""
    for number, last in change.last.items():
        await tx.execute(update(group_pause).where(_p.id == number).values(last_week=last.isoformat()))
    if change.over:
        await tx.execute(delete(group_pause).where(_p.id.in_(change.over)))


def _pause(row: RowMapping) -> Pause:
    weeks = {name: date.fromisoformat(row[name]) for name in ("first_week", "last_week")}
    return Pause(**{**row, **weeks})
