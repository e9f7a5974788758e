"""The town most tests of this subject begin with."""

from __future__ import annotations

import pytest

from bot.storage import Store
from tests.checkins.parts import Town, town


@pytest.fixture
async def it(store: Store) -> Town:
    return town(store)  # Monday of week 47, 9:00 UTC
