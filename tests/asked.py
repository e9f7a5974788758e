"""What tests of several subjects ask: why something is refused, and when something is due next."""

from __future__ import annotations

from collections.abc import Awaitable, Iterable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Column, func, select

from bot.app import App
from bot.refusals import Refusal
from bot.storage.tables import delivery
from bot.storage.types import Instant

_DUE = delivery.c.due_at


async def refused(doing: Awaitable[object]) -> str:
    """Why this is refused."""
    with pytest.raises(Refusal) as refusal:
        await doing
    return refusal.value.reason


async def next_moments(app: App, columns: Iterable[Column[Any]], now: datetime) -> list[datetime]:
    """The first moment after now of each of these columns, and of the deliveries that wait."""
    waits = delivery.c.state.in_(["new", "retry"])
    async with app.store.read() as tx:
        found = []
        for column in (*columns, _DUE):
            asked = select(func.min(column, type_=Instant)).where(column > now)
            asked = asked.where(waits) if column is _DUE else asked
            found.append((await tx.execute(asked)).scalar_one())
    return [at for at in found if at is not None]
