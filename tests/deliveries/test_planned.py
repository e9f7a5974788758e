"""Values on their way through the outbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.deliveries.planned import decode, encode


@dataclass(frozen=True)
class Inner:
    name: str
    number: int


@dataclass(frozen=True)
class Value:
    title: str
    at: datetime
    maybe: str | None
    several: tuple[Inner, ...]


values = st.builds(
    Value,
    title=st.text(),
    at=st.datetimes(timezones=st.just(UTC)),
    maybe=st.none() | st.text(),
    several=st.lists(st.builds(Inner, st.text(), st.integers(-(2**63), 2**63 - 1))).map(tuple),
)


@given(values)
def test_a_value_comes_back_as_it_was(value: Value) -> None:
    """Encoding and decoding change nothing: texts, big numbers, moments, nested values."""
    assert decode(Value, encode(value)) == value


def test_another_value_is_refused() -> None:
    """JSON of something else is an error, not half a value."""
    with pytest.raises(ValidationError):
        decode(Value, encode(Inner("a", 1)))
