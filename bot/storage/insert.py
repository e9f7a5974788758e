"""The one place where the two databases are spoken to differently."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.storage.engine import Tx

T = TypeVar("T")


async def insert_new(
    tx: Tx, table: Table, rows: Sequence[Mapping[str, Any]], *, returning: Column[T]
) -> list[T]:
    """Insert the rows that no unique key forbids; answer with `returning` of those, in no particular order.

    All rows must have the same keys. They are given as a list of dicts, never as `.values([…])`: the statement
    is then compiled once and kept, and sent in batches (2.2 times as fast, design/stack.md).
    """
    if not rows:
        return []
    insert = sqlite.insert if tx.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).on_conflict_do_nothing().returning(returning)
    return list((await tx.execute(statement, [dict(row) for row in rows])).scalars())
