"""One tab: who sits there, where they look, and how the news of it is told, only the newest and never in a queue."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from dataclasses import replace

from aiohttp import web

from sandbox import threads, wire
from sandbox.actors import Actor
from sandbox.model import Channel, Json, User
from sandbox.page import guide, view
from sandbox.page.room import Room
from sandbox.page.view import Looking

PUSH_EVERY_S = 0.05
WALKED_PUSH_EVERY_S = 0.25  # while the clock is walked: telling takes time from the walk
CLOCK_EVERY_S = 30.0
PATIENCE_S = 30.0  # a page that takes nothing for this long is cut; it asks for everything when it comes back


class Seat:
    """A connected page. `looking` is None until the page has said as whom and where it looks."""

    def __init__(self, room: Room, socket: web.WebSocketResponse, patience_s: float = PATIENCE_S) -> None:
        self.room = room
        self.world = room.sandbox.world
        self.looking: Looking | None = None
        self._socket = socket
        self._patience_s = patience_s
        self._news = asyncio.Event()
        self._told: dict[str, str] = {}
        self._pushing = asyncio.Lock()
        self._clock: Json = {}
        self._clock_until = 0.0

    # -- who and where ---------------------------------------------------------------------------

    def actor(self) -> Actor:
        """The person who sits here, in the place that they look at, with just their powers.

        Answers come back as soon as the app has said anything: what it said later is in the view.
        """
        looking, guild = self.here(), self.room.sandbox.guild
        actor = Actor(self.world, guild, looking.user, place=looking.place, since=looking.since)
        actor.waits = False
        actor.memory = self.room.memory.typed(looking.user.id, looking.since)
        return actor

    def here(self) -> Looking:
        """Who looks where; `look` comes before anything else."""
        if self.looking is None:
            raise LookupError("nobody sits here yet")
        return self.looking

    def look(self, user: User, place: Channel, since: int) -> None:
        """Sit down; everything is told anew, because a page that comes back asks for it in this way."""
        self.looking = Looking(user, place, since)
        self._told.clear()
        self._clock_until = 0.0

    def earlier(self) -> None:
        here = self.here()
        self.looking = replace(here, window=here.window + view.WINDOW)

    # -- telling ---------------------------------------------------------------------------------

    def wake(self) -> None:
        """Something in the world has changed."""
        self._news.set()

    def clock_moved(self) -> None:
        self._clock_until = 0.0
        self._news.set()

    async def keep_telling(self) -> None:
        """Push the news as long as the page is there: never two within these times, so nothing ever piles up."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), CLOCK_EVERY_S)
            await self.push()
            await asyncio.sleep(WALKED_PUSH_EVERY_S if self.room.sandbox.walking else PUSH_EVERY_S)

    async def push(self) -> None:
        """Tell the page every key whose value is not what it was told last."""
        async with self._pushing:
            self._news.clear()
            news = self._changed()
            if news:
                body = ",".join(f"{json.dumps(key)}:{value}" for key, value in news.items())
                await self.send(f'{{"view":{{{body}}}}}')

    async def send(self, text: str) -> None:
        """Raises TimeoutError when the page takes nothing for half a minute."""
        async with asyncio.timeout(self._patience_s):
            await self._socket.send_str(text)

    def _changed(self) -> dict[str, str]:
        if self.looking is None:
            return {}
        sandbox, memory = self.room.sandbox, self.room.memory
        threads.sweep(self.world)
        self.looking = looking = view.settled(self.world, sandbox.guild, self.looking)
        memory.read(looking.user.id, looking.place)
        seen = view.view(self.world, memory, sandbox.guild, looking)
        seen["guide"] = guide.guide(sandbox, sandbox.guide, looking.user.id)
        seen["clock"] = self._clock_now()
        texts = {key: json.dumps(value, separators=(",", ":")) for key, value in seen.items()}
        news = {key: text for key, text in texts.items() if self._told.get(key) != text}
        self._told |= news
        return news

    def _clock_now(self) -> Json:
        """The clock as it was last told; told anew after each move and each half minute."""
        if time.monotonic() >= self._clock_until:
            self._clock_until = time.monotonic() + CLOCK_EVERY_S
            walk = self.room.sandbox.walking
            walking = {"to": wire.when(walk.to), "label": walk.label} if walk else None
            self._clock = {"now": wire.when(self.room.sandbox.clock.now()), "walking": walking}
        return self._clock
