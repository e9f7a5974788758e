"""The square most tests of this subject begin with."""

from __future__ import annotations

import pytest

from bot.storage import Store
from tests.reviews.parts import Square, square


@pytest.fixture
async def it(store: Store) -> Square:
    return square(store)  # Monday of week 47, 9:00 UTC
