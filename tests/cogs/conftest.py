"""The town of the end-to-end tests, for what people press in it, and its post office."""

import pytest

from bot.ports import Workers
from tests.cogs.post_office import PostOffice, post_office
from tests.end_to_end.conftest import town
from tests.end_to_end.here import Here
from tests.end_to_end.town import Town

__all__ = ["office", "town"]


@pytest.fixture
def workers() -> Workers:
    """No children: nothing here is about what they are for."""
    return Here()


@pytest.fixture
def office(town: Town) -> PostOffice:
    return post_office(town)
