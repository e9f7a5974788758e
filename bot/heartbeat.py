"""The heartbeat: a few duties, each asks the database what is due. No plan lives in memory only.

APScheduler only ticks (design/stack.md: its job stores and cron lose or double runs); a beat that is late, missed or
doubled changes nothing, because the due rows say what there is to do.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ports import Now

log = logging.getLogger(__name__)

GRACE_S = 8.0  # a supervisor kills after ten
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing done each beat; `do` is given the beat's one `now`."""

    name: str
    every: timedelta
    do: Callable[[datetime], Awaitable[object]]


class Heartbeat:
    """Runs duties; an error in one is logged and that beat of that duty is over, everything else goes on."""

    def __init__(self, duties: Sequence[Duty], now: Now) -> None:
        self._duties = tuple(duties)
        self._now = now
        self._running: dict[str, asyncio.Task[None]] = {}
        self._scheduler: AsyncIOScheduler | None = None
        self._walked: dict[str, datetime] = {}  # duty → its last beat by `beat`

    def start(self) -> None:
        """Begin to tick, at once."""
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        for duty in self._duties:
            # misfire_grace_time None: a stalled loop drops no run; coalesce: it makes up for many with one.
            self._scheduler.add_job(
                self._tick,
                "interval",
                seconds=duty.every.total_seconds(),
                args=[duty],
                id=duty.name,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )
            self._begin(duty)
        self._scheduler.start()

    async def beat(self) -> None:
        """One beat of every duty, in order, with one `now`: for tests, and for a clock that is walked.

        What is done once a day waits for its day: it writes the whole database anew.
        """
        now = self._now()
        for duty in self._duties:
            last = self._walked.get(duty.name)
            if last is None or duty.every < _DAY or now - last >= duty.every:
                self._walked[duty.name] = now
                await self._do(duty, now)

    async def stop(self) -> None:
        """No new beat; let those that run end, at most `GRACE_S`. (APScheduler's own shutdown would cancel them.)"""
        if self._scheduler is not None:
            self._scheduler.pause()
        if self._running:
            _, late = await asyncio.wait(self._running.values(), timeout=GRACE_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None

    async def _tick(self, duty: Duty) -> None:
        """A coroutine, since APScheduler runs plain functions in a thread."""
        self._begin(duty)

    def _begin(self, duty: Duty) -> None:
        """Begin a beat of this duty, unless its last one still runs."""
        if duty.name not in self._running:
            task = asyncio.ensure_future(self._do(duty, self._now()))
            self._running[duty.name] = task
            task.add_done_callback(lambda _: self._running.pop(duty.name, None))

    async def _do(self, duty: Duty, now: datetime) -> None:
        try:
            await duty.do(now)
        except Exception:
            log.exception("duty %s failed; it is tried again at its next beat", duty.name)
