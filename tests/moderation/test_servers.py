"""Servers that the bot is removed from, and that invite it again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.moderation import flow
from bot.moderation.rights import Person
from bot.storage import Store
from bot.storage.tables import server
from tests.deliveries.parts import NOON, app_of
from tests.fakes import Clock, FakeMessenger

pytestmark = pytest.mark.store

HOUR = timedelta(hours=1)


async def kept(store: Store) -> dict[int, datetime | None]:
    """Server → when the bot was removed from it."""
    async with store.read() as tx:
        return {one: left_at for one, left_at in await tx.execute(select(server.c.id, server.c.left_at))}


async def test_servers_come_and_go(store: Store) -> None:
    """The first moment of being removed counts; being invited again clears it; what was chosen there stays."""
    app = app_of(store, FakeMessenger(Clock(NOON)), Clock(NOON))
    await flow.choose_moderators_channel(app, Person(7, 1, manages=True), 70, (), NOON)
    await flow.server_joined(app, 2, NOON)
    assert await kept(store) == {1: None, 2: None}
    await flow.server_left(app, 1, NOON)
    await flow.server_left(app, 1, NOON + HOUR)
    await flow.server_left(app, 3, NOON)
    assert await kept(store) == {1: NOON, 2: None, 3: NOON}
    async with store.read() as tx:
        assert sorted(await flow.servers_left(tx)) == [1, 3]
    await flow.server_joined(app, 1, NOON)
    assert await kept(store) == {1: None, 2: None, 3: NOON}
    assert await flow.moderators_channel(app, 1) == 70


async def test_removed_while_the_bot_was_down(store: Store) -> None:
    """When Discord lists our servers, those that are missing removed us; those that are there have us again."""
    app = app_of(store, FakeMessenger(Clock(NOON)), Clock(NOON))
    await flow.servers_are(app, [1, 2], NOON)
    await flow.servers_are(app, [2, 3], NOON + HOUR)
    assert await kept(store) == {1: NOON + HOUR, 2: None, 3: None}
    await flow.servers_are(app, [], NOON + 2 * HOUR)
    await flow.servers_are(app, [1, 2], NOON + 3 * HOUR)
    assert await kept(store) == {1: None, 2: None, 3: NOON + 2 * HOUR}
