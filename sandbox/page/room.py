"""What all tabs of one sandbox's page share."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime
from typing import TYPE_CHECKING

from sandbox.page.memory import Memory
from sandbox.page.uploads import Waiting
from sandbox.walking import CannotWalk

if TYPE_CHECKING:
    from sandbox.running import Sandbox

log = logging.getLogger(__name__)


class Room:
    """The sandbox, what its page remembers, the files that wait, and the walks of the clock that it began."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.memory = Memory()
        self.waiting = Waiting(sandbox.world.ids.next)
        self._walks: set[asyncio.Task[None]] = set()

    async def begin_walk(self, until: datetime, label: str) -> None:
        """Let time pass from now on, also when the tab is closed. Raises CannotWalk at once if it cannot."""
        walk = asyncio.create_task(self.sandbox.walk(until, label))
        self._walks.add(walk)
        walk.add_done_callback(self._walked)
        await asyncio.sleep(0)  # it begins, or refuses
        if walk.done():
            walk.result()

    async def close(self) -> None:
        for walk in self._walks:
            walk.cancel()
        await asyncio.gather(*self._walks, return_exceptions=True)

    def _walked(self, walk: asyncio.Task[None]) -> None:
        self._walks.discard(walk)
        error = None if walk.cancelled() else walk.exception()
        if error is not None and not isinstance(error, CannotWalk):
            log.error("a walk of the clock ended early", exc_info=error)
