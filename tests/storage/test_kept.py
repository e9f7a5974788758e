"""Connections that stay ours: the same one serves unit after unit, and no unit's trouble is another's."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bot.storage import Store, Tx
from bot.storage.engine import _READERS
from bot.storage.tables import server

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)


async def behind(tx: Tx) -> Any:
    """The driver's connection that it speaks through."""
    return (await tx.get_raw_connection()).driver_connection


async def test_units_share_a_connection(sqlite_store: Store) -> None:
    """Writers one, readers another."""
    seen = []
    for unit in (sqlite_store.begin, sqlite_store.read) * 2:
        async with unit() as tx:
            seen.append(await behind(tx))
    writing, reading, *again = seen
    assert writing is not reading
    assert again == [writing, reading]


async def test_a_unit_that_failed_leaves_nothing_to_the_next(sqlite_store: Store) -> None:
    for _ in range(2):
        with pytest.raises(LookupError):
            async with sqlite_store.begin() as tx:
                await tx.execute(insert(server).values(id=1, changed_by=1, changed_at=NOON))
                raise LookupError
    async with sqlite_store.begin() as tx:
        assert (await tx.execute(select(func.count()).select_from(server))).scalar_one() == 0


async def test_whoever_comes_when_all_read_waits_for_the_next(sqlite_store: Store) -> None:
    """And is served, however often."""
    inside = most = 0

    async def look() -> int:
        nonlocal inside, most
        async with sqlite_store.read() as tx:
            inside += 1
            most = max(most, inside)
            number: int = (await tx.execute(select(func.count()).select_from(server))).scalar_one()
            inside -= 1
        return number

    assert await asyncio.gather(*(look() for _ in range(40))) == [0] * 40
    assert most == _READERS


async def test_what_is_kept_is_closed_with_the_store(sqlite_store: Store) -> None:
    """Its file is one again: SQLite folds the log into it."""
    async with sqlite_store.begin() as tx:
        await tx.execute(insert(server).values(id=1, changed_by=1, changed_at=NOON))
        driver = await behind(tx)
    await sqlite_store.close()
    with pytest.raises(ValueError, match="no active connection"):
        await driver.execute("SELECT 1")
