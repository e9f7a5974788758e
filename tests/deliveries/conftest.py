"""An outbox on SQLite, and a Discord without a wire."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import App
from bot.storage import Store
from tests.deliveries.parts import NOON, app_of
from tests.fakes import Clock, FakeMessenger


@pytest.fixture
def clock() -> Clock:
    """Stands a minute after the moment at which everything here is due."""
    return Clock(NOON + timedelta(minutes=1))


@pytest.fixture
def discord(clock: Clock) -> FakeMessenger:
    return FakeMessenger(clock)


@pytest.fixture
def app(sqlite_store: Store, discord: FakeMessenger, clock: Clock) -> App:
    return app_of(sqlite_store, discord, clock)
