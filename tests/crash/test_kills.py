"""kill -9 of the real bot in a burst of cards: nothing lost, nothing said twice, read from the sandbox alone."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import func, select

from bot.deliveries import store as outbox
from bot.deliveries.planned import Planned
from bot.jobs.messages import OpeningCard
from bot.jobs.routes import CARD
from bot.storage import Store, migrate
from bot.storage.tables import delivery
from sandbox import Sandbox
from tests.proofs import size

pytestmark = [pytest.mark.crash, pytest.mark.proof, pytest.mark.wire]

CHANNELS = 20
PATIENCE = timedelta(seconds=60)


def card(number: int, channel_id: int, guild_id: int, now: datetime) -> Planned:
    value = OpeningCard(
        opening_id=number,
        title=f"Opening {number}",
        company="Invented Ltd",
        url=f"https://board.example/jobs/{number}",
        attribution="via Board",
        place_claim="",
        pay_claim="",
        published_at=now,
        first_seen_at=now,
        subscription_id=1,
        filter="",
    )
    return Planned(CARD, f"opening/{number}/channel/{channel_id}", value, guild_id, channel_id, now)


class Nursery:
    """Real bots, one at a time, each a fresh process of its own (`tests.crash.sender`)."""

    def __init__(self, environment: dict[str, str], errors: Path) -> None:
        self._environment = os.environ | environment
        self._errors = errors
        self._pid = 0

    async def __aenter__(self) -> Self:
        with self._errors.open("wb") as errors:
            self._parent = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.crash.sender",
                env=self._environment,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=errors,
            )
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._parent.stdin is not None
        self._parent.stdin.close()
        await self._parent.wait()

    async def start(self, ahead: timedelta) -> asyncio.Task[int]:
        """A new bot; the task ends with its exit status."""
        assert self._parent.stdin is not None
        self._parent.stdin.write(f"{ahead.total_seconds()}\n".encode())
        self._pid = await self._line()
        return asyncio.create_task(self._line())

    def send(self, number: signal.Signals) -> None:
        os.kill(self._pid, number)

    def errors(self) -> str:
        return self._errors.read_text()

    async def _line(self) -> int:
        assert self._parent.stdout is not None
        return int(await self._parent.stdout.readline())


class Burst:
    """A database full of promises, a sandbox that counts what was said, and processes that die."""

    def __init__(self, sandbox: Sandbox, folder: Path, cards: int) -> None:
        self.sandbox = sandbox
        self.cards = cards
        self.url = f"sqlite:///{folder / 'outpost.sqlite3'}"
        self.feeds = folder / "feeds.yaml"
        self.channels = [sandbox.add_channel(f"channel-{n}") for n in range(CHANNELS)]
        self.ahead = timedelta()

    async def promise(self) -> None:
        """Plan every card; the feed book is empty."""
        self.feeds.write_text("version: 1\nfeeds: []\n", "utf-8")
        await migrate.upgrade(self.url)
        store = await Store.open(self.url)
        now = datetime.now(UTC)
        planned = [
            card(n, self.channels[n % CHANNELS].id, self.sandbox.guild.id, now) for n in range(self.cards)
        ]
        async with store.begin() as tx:
            await outbox.plan(tx, planned, now)
        await store.close()

    def environment(self) -> dict[str, str]:
        return {
            "DISCORD_TOKEN": self.sandbox.token,
            "DISCORD_API_BASE": self.sandbox.rest,
            "DISCORD_GATEWAY_URL": self.sandbox.gateway,
            "DATABASE_URL": self.url,
            "FEEDS_FILE": str(self.feeds),
        }

    def said(self) -> list[str]:
        """The title of every message ever created, deleted ones too, from the sandbox's truth."""
        return [
            next(line for line in str(message.components).split("'") if "Opening " in line)
            for channel in self.channels
            for message in self.sandbox.messages(channel.name)
        ]

    async def until(self, holds: Callable[[], bool], ended: asyncio.Task[int]) -> None:
        """Wait for something to be said; a bot that ends by itself has failed."""
        waiting = asyncio.ensure_future(self.sandbox.until(holds, PATIENCE))
        await asyncio.wait({ended, waiting}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            waiting.cancel()
            raise AssertionError(f"the bot ended by itself: {ended.result()}")
        await waiting

    def skip(self, by: timedelta) -> None:
        """Time passes for Discord and for the next process."""
        self.sandbox.clock.move(by)
        self.ahead += by

    async def states(self) -> Counter[str]:
        store = await Store.open(self.url)
        async with store.read() as tx:
            rows = await tx.execute(select(delivery.c.state, func.count()).group_by(delivery.c.state))
            found = Counter({state: number for state, number in rows})
        await store.close()
        return found


@pytest.mark.parametrize("gap", [timedelta(), timedelta(minutes=10)], ids=["window-valid", "window-expired"])
async def test_kills_in_a_burst_lose_and_double_nothing(
    gap: timedelta, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Each process is killed at a random moment after its first card; the last one ends the burst, cleanly."""
    kills, cards, dice = size(10, 100), size(120, 1000), random.Random(20261121)
    async with Sandbox(profile="realistic") as sandbox:
        burst = Burst(sandbox, tmp_path, cards)
        await burst.promise()
        async with Nursery(burst.environment(), tmp_path / "errors") as nursery:
            for _ in range(kills):
                before = len(burst.said())
                ended = await nursery.start(burst.ahead)
                await burst.until(lambda before=before: len(burst.said()) > before, ended)
                await asyncio.sleep(dice.uniform(0.0, 0.15))  # the moment of death, not a wait for something
                nursery.send(signal.SIGKILL)
                assert await ended == -signal.SIGKILL
                burst.skip(gap)
            ended = await nursery.start(burst.ahead)
            await burst.until(lambda: len(set(burst.said())) == cards, ended)
            nursery.send(signal.SIGTERM)
            assert await ended == 0, nursery.errors()
            assert "Traceback" not in nursery.errors()
        times = Counter(burst.said())
        lost, doubled = cards - len(times), sum(times.values()) - len(times)
        assert (lost, doubled) == (0, 0)
        assert await burst.states() == {"sent": cards}
        window = "valid" if not gap else "expired"
        record_property("promise", f"A killed sender loses and doubles nothing, nonce window {window}")
        record_property(
            "figure", f"{kills} kills in {cards} cards: {lost} lost, {doubled} doubled, 0 uncertain"
        )
