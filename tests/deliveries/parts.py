"""A small value to say, and an App with nothing in it but what the outbox needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from sqlalchemy import select

from bot.app import App
from bot.deliveries import store as outbox
from bot.deliveries.flow import Sender
from bot.deliveries.planned import Planned, Row, decode
from bot.ports import Messenger, Now, Pace
from bot.settings import Settings
from bot.storage import Store
from bot.storage.tables import delivery
from tests.fakes import KEY, FakeMessenger, FakePace

NOON = datetime(2026, 9, 7, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Word:
    """The smallest thing a bot can say."""

    text: str


def planned(
    text: str,
    channel_id: int = 10,
    guild_id: int = 1,
    due_at: datetime = NOON,
    kind: str = "word",
    **more: Any,
) -> Planned:
    return Planned(kind, f"test/{channel_id}/{text}", Word(text), guild_id, channel_id, due_at, **more)


def app_of(store: Store, messenger: Messenger, now: Now, pace: Pace | None = None) -> App:
    """Feeds and workers are None: the outbox must not touch them."""
    nothing = cast(Any, None)
    return App(store, nothing, messenger, nothing, pace or FakePace(), now, Settings(), KEY)


def hasty_sender() -> Sender:
    """A sender that does not gather its commits and rolls no dice."""
    return Sender(jitter=lambda: 0.0, round_s=0.0)


async def plan(store: Store, *what: Planned, now: datetime = NOON) -> int:
    async with store.begin() as tx:
        return await outbox.plan(tx, what, now)


async def revise(store: Store, *texts: tuple[str, str], channel_id: int = 10, now: datetime = NOON) -> int:
    """What was planned as the first text of a pair is to read like the second."""
    anew = [(f"test/{channel_id}/{text}", Word(other)) for text, other in texts]
    async with store.begin() as tx:
        return await outbox.revise(tx, anew, now)


async def rows(store: Store) -> dict[str, Row]:
    """Every delivery by its value."""
    async with store.read() as tx:
        found = await tx.execute(select(*(delivery.c[name] for name in Row.__dataclass_fields__)))
        return {row.value: Row(*row) for row in found}


async def versions(store: Store) -> dict[tuple[str, int], Row]:
    """Every delivery by its key and version, and in that order: PostgreSQL gives them in any."""
    async with store.read() as tx:
        every = select(delivery.c.key, *(delivery.c[name] for name in Row.__dataclass_fields__))
        in_order = every.order_by(delivery.c.key, delivery.c.version)
        return {(key, row[-1]): Row(*row) for key, *row in await tx.execute(in_order)}


async def states(store: Store) -> dict[str, str]:
    """What became of each text that was planned."""
    return {
        value.removeprefix('{"text":"').removesuffix('"}'): row.state
        for value, row in (await rows(store)).items()
    }


def said(discord: FakeMessenger, channel_id: int = 10) -> list[str]:
    """The texts that stand in a channel, in order."""
    return [decode(Word, value).text for value in discord.said(channel_id)]
