"""The only SQL of cycles: the weeks of groups. Many are read and written in one statement each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime, timedelta
from operator import itemgetter
from typing import Any

from sqlalchemy import Integer, bindparam, case, func, literal, or_, select, update

from bot.checkins.values import Cycle
from bot.storage import Each, Tx, insert_new
from bot.storage.tables import cycle
from bot.storage.types import EPOCH, Instant

_c = cycle.c
_SECONDS = {"extra": "extra_s", "blocked": "blocked_s"}  # of Cycle → of the table
_NAMES = {field.name: _SECONDS.get(field.name, field.name) for field in fields(Cycle)}
_WEEK = list(_NAMES).index("week")
_SPANS = [list(_NAMES).index(name) for name in _SECONDS]
_FIELDS = [_c[column].label(name) for name, column in _NAMES.items()]
_WHOLE = select(*_FIELDS)  # built once: the columns take longer than the rest of a question
_FIXED = {"id", "group_id", "guild_id", "week"}
_LIVE = _c.next_at > EPOCH  # an index serves it; cycles that are over have none
_TAKING = _c.state.in_(["open", "digested"])


# -- asking --------------------------------------------------------------------------------------

# Asked in every beat, or with every check-in: built once.
_IN_TURN = (_c.next_at, _c.id)
_DUE = (
    _WHOLE.where(_c.next_at <= bindparam("now")).order_by(*_IN_TURN).limit(bindparam("most", type_=Integer))
)
_UNPLACED = (
    _WHOLE.where(_LIVE, _TAKING, _c.place_id.is_(None)).order_by(
        *_IN_TURN
    )  # by id alone SQLite would walk through all of them
)
_SOME = _WHOLE.where(_c.id.in_(bindparam("ids", expanding=True)))
_LIVE_OF = _WHOLE.where(_c.group_id.in_(bindparam("groups", expanding=True)), _LIVE).order_by(_c.week, _c.id)


async def due(tx: Tx, now: datetime, limit: int) -> list[Cycle]:
    """What has to go on by now, of every group, the first that was due first."""
    return await _all(tx, _DUE, {"now": now, "most": limit})


async def live(tx: Tx) -> list[Cycle]:
    """Every cycle that goes on by itself some day."""
    return await _all(tx, _WHOLE.where(_LIVE).order_by(_c.week, _c.id))


async def unplaced(tx: Tx) -> list[Cycle]:
    """Those that are open and whose cards have no place yet."""
    return await _all(tx, _UNPLACED)


async def one(tx: Tx, guild_id: int, cycle_id: int) -> Cycle | None:
    found = await _all(tx, _WHOLE.where(_c.guild_id == guild_id, _c.id == cycle_id))
    return found[0] if found else None


async def some(tx: Tx, cycle_ids: Collection[int]) -> dict[int, Cycle]:
    """These, of whatever server, by id."""
    if not cycle_ids:
        return {}
    found = await _all(tx, _SOME, {"ids": list(cycle_ids)})
    return {one.id: one for one in found}


async def of_group(tx: Tx, guild_id: int, group_id: int, limit: int = 60) -> list[Cycle]:
    """A group's cycles, the newest first."""
    asked = _WHOLE.where(_c.guild_id == guild_id, _c.group_id == group_id)
    return await _all(tx, asked.order_by(_c.week.desc()).limit(limit))


async def taking(tx: Tx, guild_id: int, group_ids: Collection[int]) -> list[Cycle]:
    """Those of these groups that take check-ins now, the oldest week first."""
    here = (_c.guild_id == guild_id, _c.group_id.in_(list(group_ids)))
    return await _all(tx, _WHOLE.where(*here, _TAKING, _LIVE).order_by(_c.week, _c.id))


async def live_of(tx: Tx, group_ids: Collection[int]) -> list[Cycle]:
    """Those of these groups that go on by themselves, the oldest week first."""
    return await _all(tx, _LIVE_OF, {"groups": list(group_ids)})


async def newest(tx: Tx, guild_id: int, group_ids: Collection[int]) -> dict[int, Cycle]:
    """Group → the cycle that people mean by "this week": one that is open, else the next, else the last."""
    rank = case((_TAKING, 0), (_c.state == "scheduled", 1), else_=2)
    turn = func.row_number().over(partition_by=_c.group_id, order_by=(rank, _c.week.desc()))
    here = select(*_FIELDS, turn.label("turn"))
    ranked = here.where(_c.guild_id == guild_id, _c.group_id.in_(list(group_ids))).subquery()
    first = select(*(ranked.c[name] for name in _NAMES)).where(ranked.c.turn == 1)
    return {one.group_id: one for one in await _all(tx, first)}


async def of_weeks(tx: Tx, guild_id: int, group_ids: Collection[int], week: date) -> list[Cycle]:
    """What these groups have in that week."""
    here = (_c.guild_id == guild_id, _c.group_id.in_(list(group_ids)), _c.week == week.isoformat())
    return await _all(tx, _WHOLE.where(*here).order_by(_c.id))


# -- keeping -------------------------------------------------------------------------------------


async def schedule(tx: Tx, cycles: Sequence[Cycle]) -> None:
    """Keep these new ones, whatever their ids say. One that was skipped before it opened is scheduled again."""
    if not cycles:
        return
    rows = [_row(one) for one in cycles]
    made = await insert_new(tx, cycle, rows, returning=_c.group_id)
    if len(made) < len(rows):
        await _AGAIN.run(tx, [_again(row) for row in rows if row["state"] == "scheduled"])


_PLANNED = (
    "state",
    "template",
    "question",
    "starter",
    "opens_at",
    "digest_at",
    "final_at",
    "extra_s",
    "next_at",
)
_WHICH = ("group_id", "week")
_AGAIN = Each(
    update(cycle)
    .where(
        *(_c[name] == bindparam(f"row_{name}") for name in _WHICH),
        or_(_c.state == "scheduled", (_c.state == "skipped") & _c.place_id.is_(None)),
    )
    .values({name: bindparam(f"row_{name}") for name in _PLANNED}),
    [f"row_{name}" for name in (*_WHICH, *_PLANNED)],
)
_again = itemgetter(*_WHICH, *_PLANNED)
_KEPT = tuple(column for name, column in _NAMES.items() if name not in _FIXED)
_KEEP = Each(
    update(cycle)
    .where(_c.id == bindparam("row_id"))
    .values({name: bindparam(f"row_{name}") for name in _KEPT}),
    [f"row_{name}" for name in ("id", *_KEPT)],
)
_kept = itemgetter(*_KEPT)


async def keep(tx: Tx, cycles: Iterable[Cycle]) -> None:
    """Write everything about these but whose week it is. Only of what was read in the same transaction."""
    await _KEEP.run(tx, [(one.id, *_kept(_row(one))) for one in cycles])


async def freshen(tx: Tx, cycle_ids: Collection[int], now: datetime) -> None:
    """Something that others see has changed: a digest, if one stands, is looked at in the next beat."""
    if not cycle_ids:
        return
    begun = _c.id.in_(list(cycle_ids)) & _c.state.in_(["open", "digested", "final"])
    at = literal(now, Instant)
    sooner = case((_c.next_at < at, _c.next_at), else_=at)
    await tx.execute(update(cycle).where(begun).values(next_at=sooner))


async def _all(tx: Tx, asked: Any, named: Mapping[str, Any] | None = None) -> list[Cycle]:
    return [_cycle(row) for row in (await tx.execute(asked, named)).all()]


def _cycle(row: Iterable[Any]) -> Cycle:
    """Of a row with its columns in the order of `_NAMES`: told by their places they take half as long."""
    values = list(row)
    values[_WEEK] = date.fromisoformat(values[_WEEK])
    for at in _SPANS:
        values[at] = timedelta(seconds=values[at])
    return Cycle(*values)


def _row(one: Cycle) -> dict[str, Any]:
    """Its columns but the id."""
    row = {column: getattr(one, name) for name, column in _NAMES.items() if name != "id"}
    seconds = {column: int(getattr(one, name).total_seconds()) for name, column in _SECONDS.items()}
    return row | seconds | {"week": one.week.isoformat()}
