"""Time that is walked: forward, in steps, one walk at a time."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from sandbox import CannotWalk, Sandbox

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at_rest() -> Sandbox:
    """A sandbox whose clock starts at START; nothing listens, so it need not be started."""
    return Sandbox(spec=None, start=START)


async def test_a_walk_takes_an_hour_a_step_and_stops_after_each() -> None:
    """Who works after a step sees each hour once, and the walk's end."""
    sandbox, seen = at_rest(), list[datetime]()

    async def work(now: datetime) -> None:
        seen.append(now)

    sandbox.after_step = work
    await sandbox.walk(START + 5 * HOUR)
    assert [round((now - START) / HOUR) for now in seen] == [1, 2, 3, 4, 5]
    assert sandbox.clock.now() >= START + 5 * HOUR


async def test_a_walk_stops_where_something_is_due() -> None:
    """A moment that is due comes at its time, and no step is longer than an hour or goes past the end."""
    sandbox, seen = at_rest(), list[datetime]()
    due = START + timedelta(minutes=20)

    async def next_step(now: datetime, until: datetime) -> datetime:
        return due if now < due else until + 9 * HOUR

    async def work(now: datetime) -> None:
        seen.append(now)

    sandbox.next_step, sandbox.after_step = next_step, work
    await sandbox.walk(START + 2 * HOUR)
    minutes = [round((now - START).total_seconds() / 60) for now in seen]
    assert minutes == [20, 80, 120]


async def test_time_does_not_go_back() -> None:
    """A moment that has passed is refused in words."""
    sandbox = at_rest()
    with pytest.raises(CannotWalk, match="only goes forward"):
        await sandbox.walk(START - HOUR)


async def test_one_walk_at_a_time() -> None:
    """A second walk is refused while one is under way; the first says where it goes, and then no more."""
    sandbox, go_on = at_rest(), asyncio.Event()

    async def work(_: datetime) -> None:
        await go_on.wait()

    sandbox.after_step = work
    first = asyncio.create_task(sandbox.walk(START + HOUR, "ten o'clock"))
    await asyncio.sleep(0)
    assert sandbox.walking == (START + HOUR, "ten o'clock")
    with pytest.raises(CannotWalk, match="on its way to ten o'clock"):
        await sandbox.walk(START + 2 * HOUR)
    go_on.set()
    await first
    assert sandbox.walking is None


async def test_a_next_step_that_does_not_move_is_told() -> None:
    """A walk that would never end raises, and lets the next one begin."""
    sandbox = at_rest()

    async def stuck(now: datetime, until: datetime) -> datetime:
        return now

    sandbox.next_step = stuck
    with pytest.raises(ValueError, match="not later"):
        await sandbox.walk(START + HOUR)
    assert sandbox.walking is None


async def test_whoever_shows_the_clock_is_told() -> None:
    """The clock's listeners hear of the walk's beginning, each move and its end."""
    sandbox, told = at_rest(), list[bool]()
    sandbox.clock.listeners.append(lambda: told.append(sandbox.walking is not None))
    await sandbox.walk(START + 2 * HOUR)
    assert told == [True, True, True, False]
