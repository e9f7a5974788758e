"""Time that passes quickly: the clock goes forward in steps, and after each one whoever needs it does their work.

A jump of a day would look like an outage to a bot that sends at due moments. A walk lets it live through the day.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from sandbox.clock import Clock

LONGEST_STEP = timedelta(hours=1)

NextStep = Callable[[datetime, datetime], Awaitable[datetime]]
"""(now, until) → the next moment at which something is due: later than now; what lies beyond `until` is cut to it."""

AfterStep = Callable[[datetime], Awaitable[None]]
"""Called with the moment that was reached; the walk goes on when it returns."""


class Walking(NamedTuple):
    """Where a walk goes, and the words for people, such as "Friday 09:00"."""

    to: datetime
    label: str


class CannotWalk(Exception):
    """The walk is not possible; the words say why, for a person."""


async def hourly(now: datetime, until: datetime) -> datetime:
    """An hour a step."""
    return now + LONGEST_STEP


async def nothing(now: datetime) -> None:
    """Nobody has work to do after a step."""


class Host(Protocol):
    """Whose time it is."""

    clock: Clock
    next_step: NextStep
    after_step: AfterStep
    walking: Walking | None


async def walk(host: Host, until: datetime, label: str = "") -> None:
    """Go to `until` (aware). Raises CannotWalk for a step back and while another walk is under way.

    No step is longer than an hour. A cancelled walk stays at the moment it has reached.
    """
    if host.walking is not None:
        raise CannotWalk(f"Time is on its way to {host.walking.label} already. Wait until it is there.")
    if until <= host.clock.now():
        raise CannotWalk("Time only goes forward. Choose a later moment.")
    host.walking = Walking(until, label or f"{until:%A %H:%M}")
    host.clock.tell()
    try:
        while (now := host.clock.now()) < until:
            due = await host.next_step(now, until)
            if due <= now:
                raise ValueError(f"next_step gave {due}, which is not later than {now}")
            step = min(due, now + LONGEST_STEP, until)
            # Time passes by itself as well: the step may have been reached by now.
            host.clock.move(max(timedelta(), step - host.clock.now()))
            await host.after_step(host.clock.now())
    finally:
        host.walking = None
        host.clock.tell()
