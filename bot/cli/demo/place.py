"""The parts of a demo, put together and taken apart again: sandbox, boards, folder, bot."""

from __future__ import annotations

import asyncio
import errno
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.app import App
from bot.cli.demo.news import BOARDS
from bot.cli.wiring import Bot, assembled, connected, duties
from bot.deliveries.pace import TokenBucket
from bot.heartbeat import Duty, Heartbeat
from bot.ports import Feeds, Now
from bot.settings import Settings
from sandbox import Sandbox
from sandbox.boards import Boards
from sandbox.seed import Seed

PORT = 8425  # the one we would like
SEED = 7  # the same town for everybody

_AN_HOUR = timedelta(hours=1)

T = TypeVar("T")
Listen = Callable[[Feeds], Feeds]


class PortTakenError(Exception):
    """Somebody else listens on the port that was asked for."""


@asynccontextmanager
async def opened(
    seed: Seed, start: datetime | None = None, port: int | None = None
) -> AsyncIterator[tuple[Sandbox, bool]]:
    """A running sandbox, and whether it got the port it wanted.

    port: None would like `PORT` and takes any free one when that is taken; 0 takes any; else this one or
    PortTakenError.
    """
    sandbox = Sandbox(port=PORT if port is None else port, seed=seed, start=start)
    try:
        await sandbox.start()
    except OSError as error:
        await sandbox.stop()
        if error.errno != errno.EADDRINUSE:
            raise
        if port is not None:
            raise PortTakenError(port) from None
        sandbox = Sandbox(seed=seed, start=start)
        await sandbox.start()
    try:
        yield sandbox, port is not None or urlsplit(sandbox.rest).port == PORT
    finally:
        await sandbox.stop()


class WalkedPace:
    """The bot's own pace (bot.ports.Pace) on the sandbox's time: hours that are walked are hours, not blinks."""

    def __init__(self, now: Now) -> None:
        self._now = now
        self._bucket = TokenBucket()

    def wait_for(self, channel_id: int, at: float, requests: int = 1) -> float:
        return self._bucket.wait_for(channel_id, self._now().timestamp(), requests)

    def take(self, channel_id: int, at: float, requests: int = 1) -> None:
        self._bucket.take(channel_id, self._now().timestamp(), requests)


@asynccontextmanager
async def running(
    sandbox: Sandbox, settings: Settings, boards: Boards | None = None, listen: Listen | None = None
) -> AsyncIterator[Bot]:
    """The bot, connected to the sandbox, on a database in a folder that is gone afterwards.

    boards: invented ones, which it reads instead of the settings' feeds. listen: wraps what reads the feeds.
    """
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="outpost-demo-")))
        settings = settings.model_copy(
            update={
                "discord_token": SecretStr(sandbox.token),
                "api_base": sandbox.rest,
                "gateway_url": sandbox.gateway,
                "database_url": f"sqlite:///{folder / 'outpost.sqlite3'}",
            }
        )
        allow = frozenset[tuple[str, int]]()
        if boards is not None:
            (folder / "feeds.yaml").write_text(boards.feeds_yaml(BOARDS, poll_minutes=1, delay_h=0), "utf-8")
            settings = settings.model_copy(update={"feeds_file": folder / "feeds.yaml"})
            allow = frozenset({boards.address})
        bot = await _whole(stack.enter_async_context(assembled(settings, now=sandbox.clock.now, allow=allow)))
        feeds = listen(bot.app.feeds) if listen else bot.app.feeds
        bot = _fitted(bot, replace(bot.app, feeds=feeds, pace=WalkedPace(sandbox.clock.now)))
        await stack.enter_async_context(connected(bot))
        yield bot


async def _whole(doing: Awaitable[T]) -> T:
    """Wait for it even when we are cancelled meanwhile: the database is made in a thread, which nobody can stop."""
    task = asyncio.ensure_future(doing)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


def _fitted(bot: Bot, app: App) -> Bot:
    """The same bot, not yet connected, with other parts."""
    bot.client.app = app
    every = [_seldom(one) if one.every > _AN_HOUR else one for one in duties(app, bot.sender, bot.client)]
    return replace(bot, app=app, heartbeat=Heartbeat(every, app.now))


def _seldom(duty: Duty) -> Duty:
    """In its own time: a walk beats each hour, and what a day needs once would cost a second of the start."""
    done: list[datetime] = []

    async def do(now: datetime) -> None:
        if not done or now - done[-1] >= duty.every:
            done.append(now)
            await duty.do(now)

    return replace(duty, do=do)
