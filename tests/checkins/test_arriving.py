"""Those who come while a transaction is under way share the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, cast

import pytest

from bot.app import App
from bot.checkins.flow.arriving import AT_ONCE, Arrivals
from bot.ports import Feeds
from bot.refusals import Refusal
from bot.settings import Settings
from bot.storage import Store
from tests.fakes import KEY, Clock, FakeMessenger, FakePace


def app_of(store: Store) -> App:
    clock, nothing = Clock(), cast(Any, None)
    return App(store, cast(Feeds, nothing), FakeMessenger(clock), nothing, FakePace(), clock, Settings(), KEY)


class Door:
    """A transaction that ends when the test says so. It refuses what is odd, and breaks at what is negative."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.open = asyncio.Event()
        self.used = asyncio.Event()

    async def take(self, app: App, asked: Sequence[int]) -> list[int | Refusal]:
        self.batches.append(list(asked))
        self.used.set()
        await asyncio.sleep(0)
        await self.open.wait()
        if any(one < 0 for one in asked):
            raise ValueError("broken")
        return [Refusal("odd") if one % 2 else one * 10 for one in asked]


async def test_whoever_waits_goes_with_the_next_one(sqlite_store: Store) -> None:
    """One transaction for those of one moment, one for all who come meanwhile; each has its own answer."""
    door, app = Door(), app_of(sqlite_store)
    line = Arrivals(door.take)
    coming = [asyncio.create_task(line.arrive(app, 2 * number)) for number in range(2)]
    await door.used.wait()
    coming += [asyncio.create_task(line.arrive(app, 2 * number)) for number in range(2, 5)]
    await asyncio.sleep(0)
    door.open.set()
    assert await asyncio.gather(*coming) == [0, 20, 40, 60, 80]
    assert door.batches == [[0, 2], [4, 6, 8]]


async def test_so_many_at_once_and_no_more(sqlite_store: Store) -> None:
    """The others take the one after."""
    door, app = Door(), app_of(sqlite_store)
    line = Arrivals(door.take)
    door.open.set()
    answers = await asyncio.gather(*(line.arrive(app, 2 * number) for number in range(2 * AT_ONCE + 1)))
    assert answers == [20 * number for number in range(2 * AT_ONCE + 1)]
    assert [len(batch) for batch in door.batches] == [AT_ONCE, AT_ONCE, 1]


async def test_a_refusal_is_ones_own(sqlite_store: Store) -> None:
    """Those in the same transaction don't notice."""
    door, app = Door(), app_of(sqlite_store)
    line = Arrivals(door.take)
    door.open.set()
    answers = await asyncio.gather(*(line.arrive(app, one) for one in (0, 1, 2)), return_exceptions=True)
    assert [str(one) for one in answers] == ["0", "odd", "20"]


async def test_what_breaks_a_transaction_breaks_it_alone(sqlite_store: Store) -> None:
    """Nothing of that transaction was kept: each tries again by itself."""
    door, app = Door(), app_of(sqlite_store)
    line = Arrivals(door.take)
    door.open.set()
    answers = await asyncio.gather(*(line.arrive(app, one) for one in (0, 2, -1, 4)), return_exceptions=True)
    assert [str(one) for one in answers] == ["0", "20", "broken", "40"]
    assert door.batches == [[0, 2, -1, 4], [0], [2], [-1], [4]]


async def test_who_is_cancelled_takes_nobody_along(sqlite_store: Store) -> None:
    """In the middle of its transaction, whose others then go again, and before it, when it was not taken yet."""
    door, app = Door(), app_of(sqlite_store)
    line = Arrivals(door.take)
    first = asyncio.create_task(line.arrive(app, 0))
    await door.used.wait()
    second, third, fourth = (asyncio.create_task(line.arrive(app, 2 * n)) for n in range(1, 4))
    await asyncio.sleep(0)
    third.cancel()
    first.cancel()
    door.open.set()
    answers = await asyncio.gather(first, second, third, fourth, return_exceptions=True)
    assert [type(one) for one in answers] == [asyncio.CancelledError, int, asyncio.CancelledError, int]
    assert door.batches == [[0], [2, 6]]


async def test_each_store_has_a_line_of_its_own(fresh_store: Any) -> None:
    """Two databases never share a transaction."""
    door, apps = Door(), [app_of(await fresh_store()), app_of(await fresh_store())]
    line = Arrivals(door.take)
    door.open.set()
    await asyncio.gather(*(line.arrive(app, 2 * number) for number, app in enumerate([*apps, *apps])))
    assert sorted(map(sorted, door.batches)) == [[0, 4], [2, 6]]


@pytest.mark.parametrize("repeats", [1, 3])
async def test_one_alone_waits_for_nobody(sqlite_store: Store, repeats: int) -> None:
    """Each is a transaction of its own when nobody else is there."""
    door, app = Door(), app_of(sqlite_store)
    line = Arrivals(door.take)
    door.open.set()
    for number in range(repeats):
        assert await line.arrive(app, 2 * number) == 20 * number
    assert len(door.batches) == repeats
