"""The town most tests of this subject begin with; a file that needs another says so."""

from __future__ import annotations

import pytest

from bot.storage import Store
from tests.jobs.parts import Town, town


@pytest.fixture
async def it(store: Store) -> Town:
    return await town(store)  # Monday, 7 September 2026, 9:00 UTC
