"""The only SQL of moments that are kept by name: when something was last done, or until when it waits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update

from bot.storage import Tx, insert_new
from bot.storage.tables import beat

_b = beat.c
_KEEP = update(beat).where(_b.name == bindparam("which")).values(at=bindparam("moment"))
_ONE = select(_b.at).where(_b.name == bindparam("which"))


async def at(tx: Tx, name: str) -> datetime | None:
    """None: never."""
    moment: datetime | None = (await tx.execute(_ONE, {"which": name})).scalar()
    return moment


async def each(tx: Tx, names: Collection[str]) -> dict[str, datetime]:
    """Name → its moment; those without one are left out."""
    found = await tx.execute(select(_b.name, _b.at).where(_b.name.in_(sorted(names))))
    return {name: moment for name, moment in found}


async def keep(tx: Tx, name: str, moment: datetime) -> None:
    """Whatever it was before."""
    if not (await tx.execute(_KEEP, {"which": name, "moment": moment})).rowcount:
        await insert_new(tx, beat, [{"name": name, "at": moment}], returning=_b.name)


async def forget(tx: Tx, name: str) -> None:
    await tx.execute(delete(beat).where(_b.name == name))
