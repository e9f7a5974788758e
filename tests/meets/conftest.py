"""The server most tests of these flows begin with."""

from __future__ import annotations

import pytest

from bot.storage import Store
from tests.meets.club import Club, club


@pytest.fixture
async def it(store: Store) -> Club:
    return club(store)  # Monday of week 47, 9:00 UTC
