"""A statement for each of many rows, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import DBAPIError

from bot.storage import Each, Store
from bot.storage.tables import server

pytestmark = pytest.mark.store

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
DAY = timedelta(days=1)
_c = server.c
_CHANGE = Each(
    update(server)
    .where(_c.id == bindparam("which"), _c.changed_by == 1)
    .values(changed_at=bindparam("at"), moderators_channel_id=bindparam("channel"), left_at=None),
    ("at", "channel", "which"),  # in another order than the statement's
)


async def servers(store: Store) -> list[tuple[int, datetime, int | None]]:
    async with store.read() as tx:
        asked = select(_c.id, _c.changed_at, _c.moderators_channel_id).order_by(_c.id)
        return [(number, at, channel) for number, at, channel in await tx.execute(asked)]


async def three(store: Store) -> None:
    async with store.begin() as tx:
        rows = [{"id": number, "changed_by": number // 3, "changed_at": NOON} for number in (3, 4, 6)]
        await tx.execute(insert(server), rows)


async def test_each_row_changes_its_own(store: Store) -> None:
    """Values go where their names say, kept as their columns keep them; what the statement fixes holds for all."""
    await three(store)
    async with store.begin() as tx:
        await _CHANGE.run(tx, [(NOON + DAY, 30, 3), (NOON - DAY, None, 4), (NOON + DAY, 60, 6)])
    assert await servers(store) == [(3, NOON + DAY, 30), (4, NOON - DAY, None), (6, NOON, None)]


async def test_no_rows_are_no_statement(store: Store) -> None:
    await three(store)
    async with store.begin() as tx:
        await _CHANGE.run(tx, [])
    assert [at for _, at, _ in await servers(store)] == [NOON] * 3


async def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    """As everywhere: it could be anybody's."""
    await three(store)
    with pytest.raises(ValueError, match="a moment without a zone"):
        async with store.begin() as tx:
            await _CHANGE.run(tx, [(datetime(2026, 9, 7, 12), 30, 3)])  # noqa: DTZ001


async def test_what_the_database_refuses_is_raised(store: Store) -> None:
    """And nothing of it stays."""
    await three(store)
    taken = Each(
        update(server).where(_c.id == bindparam("which")).values(id=bindparam("new")), ("which", "new")
    )
    with pytest.raises(DBAPIError):
        async with store.begin() as tx:
            await taken.run(tx, [(3, 5), (4, 5)])
    assert [number for number, _, _ in await servers(store)] == [3, 4, 6]
