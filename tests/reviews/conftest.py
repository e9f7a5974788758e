"""The square most tests of this subject begin with."""

from __future__ import annotations

import pytest

from bot.storage import Store
from tests.reviews import parts
from tests.reviews.papers import ready
from tests.reviews.parts import ANA, BOB, CLEO, Square


@pytest.fixture
async def it(store: Store) -> Square:
    return parts.square(store)  # Monday of week 47, 9:00 UTC


@pytest.fixture
async def square(it: Square) -> Square:
    """Reviews are on, moderators have their channel, everybody has been here for long and reads."""
    await it.settle()
    await it.choose_moderators_channel()
    await it.met(ANA, BOB, CLEO)
    await it.join_reader(BOB, CLEO)
    ready(it)
    return it
