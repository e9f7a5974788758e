"""A process that ends before or after a step that others can see: what is committed, what Discord is asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from bot.ports import Files, NewThread, Trouble
from bot.storage import Store, Tx
from tests.fakes import FakeMessenger


class Killed(Exception):
    """The process ends here."""


@dataclass
class Fate:
    """Counts the moments at which a process can end, and ends it at one of them."""

    at: int = -1
    passed: int = 0

    def moment(self) -> None:
        self.passed += 1
        if self.passed == self.at:
            raise Killed


@dataclass
class MortalStore:
    """A store whose process may end before and after each transaction is committed."""

    store: Store
    fate: Fate

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        async with self.store.begin() as tx:
            yield tx
            self.fate.moment()  # rolled back
        self.fate.moment()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        async with self.store.read() as tx:
            yield tx


@dataclass
class MortalMessenger(FakeMessenger):
    """A Discord whose answers may never be heard: the process ends before a request, or after it was done."""

    fate: Fate = field(default_factory=Fate)

    async def open_thread(self, thread: NewThread) -> int | Trouble:
        self.fate.moment()
        done = await super().open_thread(thread)
        self.fate.moment()
        return done

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        self.fate.moment()
        done = await super().let_in(guild_id, thread_id, user_id)
        self.fate.moment()
        return done

    async def let_out(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        self.fate.moment()
        done = await super().let_out(guild_id, thread_id, user_id)
        self.fate.moment()
        return done

    async def put(self, files: Files) -> int | Trouble:
        self.fate.moment()
        done = await super().put(files)
        self.fate.moment()
        return done

    async def find_put(
        self, guild_id: int, thread_id: int, name: str, since: datetime
    ) -> int | Trouble | None:
        self.fate.moment()
        return await super().find_put(guild_id, thread_id, name, since)

    async def find_thread(self, thread: NewThread) -> int | Trouble | None:
        self.fate.moment()
        return await super().find_thread(thread)

    async def fetch(self, guild_id: int, thread_id: int, message_id: int, most: int) -> bytes | Trouble:
        self.fate.moment()
        return await super().fetch(guild_id, thread_id, message_id, most)

    async def delete(self, guild_id: int, thread_id: int, message_id: int) -> Trouble | None:
        self.fate.moment()
        done = await super().delete(guild_id, thread_id, message_id)
        self.fate.moment()
        return done

    async def close_thread(self, guild_id: int, thread_id: int) -> Trouble | None:
        self.fate.moment()
        done = await super().close_thread(guild_id, thread_id)
        self.fate.moment()
        return done
