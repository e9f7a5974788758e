"""The only SQL of thanks, offers of help, and members' own lists of results."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, select

from bot.checkins.values import Result
from bot.storage import Tx, insert_new
from bot.storage.tables import help_offer, result, thank

# -- thanks and offers ---------------------------------------------------------------------------

_WEEKS: Any = bindparam("weeks", expanding=True)
_COUNTS = select(thank.c.week_id, func.count()).where(thank.c.week_id.in_(_WEEKS)).group_by(thank.c.week_id)
_HELPERS = (
    select(help_offer.c.week_id, help_offer.c.helper_id)
    .where(help_offer.c.week_id.in_(_WEEKS))
    .order_by(help_offer.c.at, help_offer.c.helper_id)
)


async def add(tx: Tx, guild_id: int, week_id: int, giver_id: int, now: datetime) -> bool:
    """Keep a thank-you; False when it was said already."""
    row = {"week_id": week_id, "giver_id": giver_id, "guild_id": guild_id, "at": now}
    return bool(await insert_new(tx, thank, [row], returning=thank.c.week_id))


async def said(tx: Tx, week_id: int, giver_id: int) -> bool:
    """Did they thank for this already?"""
    which = and_(thank.c.week_id == week_id, thank.c.giver_id == giver_id)
    return (await tx.execute(select(thank.c.at).where(which))).first() is not None


async def given_since(tx: Tx, guild_id: int, giver_id: int, since: datetime) -> int:
    mine = and_(thank.c.guild_id == guild_id, thank.c.giver_id == giver_id, thank.c.at > since)
    return (await tx.execute(select(func.count()).select_from(thank).where(mine))).scalar_one()


async def counts(tx: Tx, week_ids: Collection[int]) -> dict[int, int]:
    """Week → how many thanked for it; those without any are left out."""
    return {week_id: number for week_id, number in await tx.execute(_COUNTS, {"weeks": sorted(week_ids)})}


async def offer(tx: Tx, guild_id: int, week_id: int, helper_id: int, now: datetime) -> bool:
    """Keep an offer to help; False when it was made already."""
    row = {"week_id": week_id, "helper_id": helper_id, "guild_id": guild_id, "at": now}
    return bool(await insert_new(tx, help_offer, [row], returning=help_offer.c.week_id))


async def helpers(tx: Tx, week_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Week → who offered to help, the first one first; those without any are left out."""
    found: dict[int, tuple[int, ...]] = {}
    for week_id, helper_id in await tx.execute(_HELPERS, {"weeks": sorted(week_ids)}):
        found[week_id] = (*found.get(week_id, ()), helper_id)
    return found


async def forget(tx: Tx, week_ids: Collection[int]) -> None:
    """The words are gone: so are the thanks for them and the offers to help."""
    for table in (thank, help_offer):
        await tx.execute(delete(table).where(table.c.week_id.in_(sorted(week_ids))))


# -- results -------------------------------------------------------------------------------------

_r = result.c
_FIELDS = [_r[field.name] for field in fields(Result)]


async def results(tx: Tx, guild_id: int, user_id: int) -> list[Result]:
    """All of a member's, the oldest first."""
    mine = select(*_FIELDS).where(_r.guild_id == guild_id, _r.user_id == user_id)
    rows = (await tx.execute(mine.order_by(_r.week, _r.made_at, _r.id))).mappings()
    return [Result(**{**row, "week": date.fromisoformat(row["week"])}) for row in rows]


async def pin(tx: Tx, guild_id: int, user_id: int, text: str, week: date, now: datetime) -> None:
    """Put it on the list; what stands there already stays."""
    row: dict[str, Any] = {"guild_id": guild_id, "user_id": user_id, "text": text, "week": week.isoformat()}
    await insert_new(tx, result, [row | {"made_at": now}], returning=_r.id)


async def unpin(tx: Tx, guild_id: int, user_id: int, result_id: int) -> None:
    await tx.execute(delete(result).where(_r.guild_id == guild_id, _r.user_id == user_id, _r.id == result_id))
