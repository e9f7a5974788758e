"""A process that is killed at its n-th step: everything it does to the outside goes through here."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from bot.ports import Outgoing, Receipt, Trouble
from bot.storage import Store, Tx
from tests.fakes import FakeMessenger


class Killed(BaseException):
    """kill -9: no `except Exception` sees it, and nothing that the process does afterwards has any effect."""


@dataclass
class Life:
    """How many more steps a process lives."""

    steps: int

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise Killed


@dataclass
class MortalStore:
    """The store of a process that may die before a transaction, before its commit, or right after it."""

    store: Store
    life: Life

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        self.life.step()
        async with self.store.begin() as tx:
            yield tx
            self.life.step()
        self.life.step()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        self.life.step()
        async with self.store.read() as tx:
            yield tx
        self.life.step()

    def as_store(self) -> Store:
        return cast(Any, self)


@dataclass
class MortalMessenger:
    """The messenger of a process that may die before a request, or after it was applied and before its answer."""

    messenger: FakeMessenger
    life: Life

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        self.life.step()
        answer = await self.messenger.send(outgoing)
        self.life.step()
        return answer

    async def edit(self, outgoing: Outgoing, message_id: int) -> Trouble | None:
        self.life.step()
        answer = await self.messenger.edit(outgoing, message_id)
        self.life.step()
        return answer

    async def look_back(self, outgoing: Outgoing, since: datetime) -> Receipt | Trouble | None:
        self.life.step()
        answer = await self.messenger.look_back(outgoing, since)
        self.life.step()
        return answer
