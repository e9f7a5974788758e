"""The one place of the demo that beats: each second by itself, and after each step while the clock is walked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from bot.cli.demo.news import News
from sandbox import CannotWalk, Sandbox
from sandbox.walking import LONGEST_STEP

EVERY_S = 1.0

Beat = Callable[[], Awaitable[None]]
NextDue = Callable[[datetime], Awaitable[datetime | None]]
"""When the bot has promised something next, after a moment; None: it has promised nothing."""

UpTo = Callable[[datetime], Awaitable[None]]
"""What people do up to a moment."""

STEP = LONGEST_STEP - timedelta(minutes=1)
"""Time goes on by itself while a beat is under way, and an hour without one is an outage."""


async def nobody(now: datetime) -> None:
    """Nobody does anything."""


class Beating:
    """Never two beats at once; what people do comes before each. While a walk is under way only its steps beat, once.

    After `async with` nothing beats any more.
    """

    def __init__(
        self, sandbox: Sandbox, news: News, beat: Beat, next_due: NextDue, people: UpTo = nobody
    ) -> None:
        self._sandbox = sandbox
        self._news = news
        self._beat = beat
        self._next_due = next_due
        self._people = people
        self._turn = asyncio.Lock()
        self._over = False
        self._left = sandbox.clock.now()  # when the step that is being walked began
        sandbox.next_step, sandbox.after_step = self.next_step, self.after_step

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The beat that is under way ends; a walk goes no further."""
        self._over = True
        async with self._turn:
            pass

    async def by_itself(self) -> None:
        """Beat each second until cancelled."""
        while True:
            async with self._turn:
                if self._sandbox.walking is None:
                    now = self._sandbox.clock.now()
                    self._news.up_to(now)
                    await self._people(now)
                    await self._beat()
            await asyncio.sleep(EVERY_S)

    async def next_step(self, now: datetime, until: datetime) -> datetime:
        """To the next thing that the bot has promised, an hour at most. Waits for a beat that is under way."""
        if self._over:
            raise CannotWalk("The demo is ending.")
        async with self._turn:
            due = await self._next_due(now)
        self._left = now
        return min(due or until, until, now + STEP)

    async def after_step(self, now: datetime) -> None:
        """The boards have gone on meanwhile; one beat of every duty."""
        async with self._turn:
            if not self._over:
                self._news.pass_by(now - self._left, now)
                await self._people(now)
                await self._beat()
