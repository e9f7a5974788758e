"""Column types that mean the same on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, Dialect
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, kept as whole microseconds since 1970 in a BIGINT: exact, ordered, on both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return _kept(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return _told(value)

    # By themselves these would be called through two others, for each value: a third of what a row's columns take.

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        return _kept

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:
        return _told


def _kept(value: datetime | None) -> int | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError(f"a moment without a zone: {value!r}")
    return (value - EPOCH) // _MICROSECOND


def _told(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + timedelta(0, 0, value)
