"""The only SQL of members' own lists of openings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, delete, func, insert, select, update

from bot.jobs.saved import Saved, Stage, Step
from bot.storage import Tx, insert_new
from bot.storage.tables import saved, saved_step

_FIELDS = [saved.c[field.name] for field in fields(Saved)]


# -- openings that end or change -----------------------------------------------------------------


async def mark_gone(tx: Tx, opening_ids: Iterable[int], now: datetime) -> None:
    """These openings were closed."""
    mine = update(saved).where(saved.c.opening_id.in_(list(opening_ids)), saved.c.gone_at.is_(None))
    await tx.execute(mine.values(gone_at=now))


async def mark_back(tx: Tx, opening_ids: Iterable[int]) -> None:
    """These openings are open again."""
    await tx.execute(update(saved).where(saved.c.opening_id.in_(list(opening_ids))).values(gone_at=None))


async def mark_other(tx: Tx, opening_ids: Iterable[int], now: datetime) -> None:
    """The facts of these openings are others than they were."""
    await tx.execute(update(saved).where(saved.c.opening_id.in_(list(opening_ids))).values(other_at=now))


# -- a member's list -----------------------------------------------------------------------------


def _whose(guild_id: int, user_id: int) -> ColumnElement[bool]:
    return and_(saved.c.guild_id == guild_id, saved.c.user_id == user_id)


async def of(tx: Tx, guild_id: int, user_id: int) -> list[Saved]:
    """All of it, the first saved first."""
    rows = await tx.execute(select(*_FIELDS).where(_whose(guild_id, user_id)).order_by(saved.c.id))
    return [_saved(row) for row in rows.mappings()]


async def one(tx: Tx, guild_id: int, user_id: int, saved_id: int) -> Saved | None:
    which = and_(_whose(guild_id, user_id), saved.c.id == saved_id)
    row = (await tx.execute(select(*_FIELDS).where(which))).mappings().first()
    return None if row is None else _saved(row)


async def count(tx: Tx, guild_id: int, user_id: int) -> int:
    return (
        await tx.execute(select(func.count()).select_from(saved).where(_whose(guild_id, user_id)))
    ).scalar_one()


async def add(tx: Tx, values: Mapping[str, Any], now: datetime) -> int | None:
    """Keep one, saved now, with its first step; gives its id, None when the same page is on the list already.

    values: guild_id, user_id, opening_id, title, company, url, board, place_claim, pay_claim, facts_json, gone_at.
    """
    row = {**values, "stage": "saved", "note": "", "next_step": "", "told": ""}
    row |= dict.fromkeys(("saved_at", "changed_at", "stage_at"), now)
    made = await insert_new(tx, saved, [row], returning=saved.c.id)
    if not made:
        return None
    saved_id: int = made[0]
    await reach(tx, values["guild_id"], values["user_id"], saved_id, "saved", now)
    return saved_id


async def change(tx: Tx, saved_id: int, now: datetime, **values: Any) -> None:
    """Write these columns, as its owner asked."""
    if "next_on" in values and isinstance(values["next_on"], date):
        values["next_on"] = values["next_on"].isoformat()
    await tx.execute(update(saved).where(saved.c.id == saved_id).values(**values, changed_at=now))


async def remove(tx: Tx, saved_id: int) -> None:
    """With every step it went through."""
    await tx.execute(delete(saved_step).where(saved_step.c.saved_id == saved_id))
    await tx.execute(delete(saved).where(saved.c.id == saved_id))


# -- steps ---------------------------------------------------------------------------------------


async def reach(tx: Tx, guild_id: int, user_id: int, saved_id: int, stage: Stage, now: datetime) -> None:
    step = {"saved_id": saved_id, "guild_id": guild_id, "user_id": user_id, "stage": stage, "at": now}
    await tx.execute(insert(saved_step).values(step))


async def take_back(tx: Tx, saved_id: int) -> None:
    """Its last step was a mistake."""
    last = select(func.max(saved_step.c.id)).where(saved_step.c.saved_id == saved_id).scalar_subquery()
    await tx.execute(delete(saved_step).where(saved_step.c.id == last))


async def steps(
    tx: Tx,
    guild_id: int,
    user_id: int,
    *,
    saved_id: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[Step]:
    """A member's steps, the oldest first: of one opening, from `since` on, before `until`."""
    c = saved_step.c
    mine = [c.guild_id == guild_id, c.user_id == user_id]
    mine += [] if saved_id is None else [c.saved_id == saved_id]
    mine += [] if since is None else [c.at >= since]
    mine += [] if until is None else [c.at < until]
    found = await tx.execute(select(c.saved_id, c.stage, c.at).where(*mine).order_by(c.id))
    return [Step(*row) for row in found]


def _saved(row: RowMapping) -> Saved:
    values: dict[str, Any] = dict(row)
    values["next_on"] = date.fromisoformat(values["next_on"]) if values["next_on"] else None
    return Saved(**values)
