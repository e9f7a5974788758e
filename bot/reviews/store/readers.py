"""The only SQL of those who read for others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from sqlalchemy import RowMapping, select, update

from bot.reviews.values import Reader
from bot.storage import Tx, insert_new
from bot.storage.tables import review_reader

_c = review_reader.c
_NAMES = [field.name for field in fields(Reader)]
_WHOLE = select(
    *(_c[name] for name in _NAMES)
)  # built once: the columns take longer than the rest of a question
_LISTS = ("kinds", "languages")  # a line each


async def one(tx: Tx, guild_id: int, user_id: int) -> Reader | None:
    """Also who has left; None: they never joined."""
    row = (await tx.execute(_WHOLE.where(_c.guild_id == guild_id, _c.user_id == user_id))).mappings().first()
    return None if row is None else _reader(row)


async def reading(tx: Tx, guild_id: int) -> list[Reader]:
    """Everybody who reads in a server, also those who pause, by id."""
    asked = _WHOLE.where(_c.guild_id == guild_id, _c.left_at.is_(None)).order_by(_c.user_id)
    return [_reader(row) for row in (await tx.execute(asked)).mappings()]


async def keep(tx: Tx, reader: Reader) -> None:
    """All about them, whether they were one before or not."""
    row = _row(reader)
    which = update(review_reader).where(_c.guild_id == reader.guild_id, _c.user_id == reader.user_id)
    if not (await tx.execute(which.values(row))).rowcount:
        await insert_new(tx, review_reader, [row], returning=_c.user_id)


def _reader(row: RowMapping | Mapping[str, Any]) -> Reader:
    return Reader(**{**row, **{name: tuple(row[name].split()) for name in _LISTS}})


def _row(reader: Reader) -> dict[str, Any]:
    row = {name: getattr(reader, name) for name in _NAMES}
    return row | {name: "\n".join(getattr(reader, name)) for name in _LISTS}
