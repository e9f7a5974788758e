"""Connections that stay ours: the same one serves unit after unit, and no unit's trouble is another's."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from bot.storage import Store, Tx
from bot.storage.engine import _READERS
from bot.storage.tables import server

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
_COUNT = select(func.count()).select_from(server)


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
        assert (await tx.execute(_COUNT)).scalar_one() == 0


async def test_whoever_comes_when_all_read_waits_for_the_next(sqlite_store: Store) -> None:
    """And gets the connection of the first who is done, though that one stays ours."""

    async def looked() -> Any:
        async with sqlite_store.read() as tx:
            await tx.execute(_COUNT)
            return await behind(tx)

    async with AsyncExitStack() as reading:
        views = [await reading.enter_async_context(sqlite_store.read()) for _ in range(_READERS)]
        inside = [await behind(tx) for tx in views]
        assert len({*map(id, inside)}) == _READERS
        late = asyncio.create_task(looked())
        for tx in views:
            await tx.execute(_COUNT)
        assert not late.done()
    assert await late in inside


async def test_what_is_kept_is_closed_with_the_store(sqlite_store: Store) -> None:
    """Its file is one again: SQLite folds the log into it."""
    async with sqlite_store.begin() as tx:
        await tx.execute(insert(server).values(id=1, changed_by=1, changed_at=NOON))
        driver = await behind(tx)
    await sqlite_store.close()
    with pytest.raises(ValueError, match="no active connection"):
        await driver.execute("SELECT 1")
