"""A process that is killed at its k-th await, and everything that outlives it."""

from __future__ import annotations

import asyncio
import copy
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Generator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.pool import Pool

import bot
from bot.storage import Store
from bot.storage.tables import metadata
from bot.storage.types import Instant
from tests.checkins.house import House, Witness, house

BOT = Path(bot.__file__).parent


class Killed(BaseException):
    """kill -9: no `except Exception` sees it."""


@dataclass
class Fuse:
    """Counts the awaits of a process, and ends it at one of them. left: till then; 0: it never ends."""

    left: int = 0
    passed: int = 0
    blown: bool = False

    def burn(self) -> bool:
        self.passed += 1
        self.left -= 1
        self.blown |= self.left == 0
        return self.blown


@dataclass
class Watched(Coroutine[Any, Any, Any]):
    """A coroutine driven by hand: each time it waits for something is one await. Once the fuse is blown it raises
    Killed where it waits, and whatever it still does on its way out is driven as ever."""

    coroutine: Coroutine[Any, Any, Any]
    fuse: Fuse
    killed: bool = False

    def send(self, value: object) -> Any:
        return self._go(lambda: self.coroutine.send(value))

    def throw(self, *error: Any) -> Any:
        return self._go(lambda: self.coroutine.throw(*error))

    def close(self) -> None:
        self.coroutine.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        raise TypeError("It is run as a task.")

    def _go(self, on: Callable[[], object]) -> object:
        """Till it waits for something, which this gives; its end is StopIteration, as of any coroutine."""
        if self._dies(self.fuse.blown):
            return self.coroutine.throw(Killed())
        waits_for = on()
        return self.coroutine.throw(Killed()) if self._dies(self.fuse.burn()) else waits_for

    def _dies(self, blown: bool) -> bool:
        dies, self.killed = blown and not self.killed, self.killed or blown
        return dies


@contextmanager
def _all_tasks(fuse: Fuse) -> Iterator[None]:
    """Every task that the bot begins meanwhile belongs to the process."""
    loop = asyncio.get_running_loop()
    before = loop.get_task_factory()

    def factory(loop: asyncio.AbstractEventLoop, coroutine: Any, **given: Any) -> asyncio.Task[Any]:
        ours = Path(coroutine.cr_code.co_filename).is_relative_to(
            BOT
        )  # a library's own only close what is left
        return asyncio.Task(Watched(coroutine, fuse) if ours else coroutine, loop=loop, **given)

    loop.set_task_factory(factory)
    try:
        yield
    finally:
        loop.set_task_factory(before)


async def live(doing: Awaitable[object], fuse: Fuse) -> bool:
    """Does the process live through it?"""

    async def whole() -> None:
        await doing

    try:
        with _all_tasks(fuse):
            await asyncio.Task(Watched(whole(), fuse))
    except Killed:
        return False
    return True


@asynccontextmanager
async def process(file: Path) -> AsyncIterator[Store]:
    """A store that is opened for one process; at its end every connection is closed, as the system does."""
    opened: list[Any] = []

    def note(connection: Any, record: object) -> None:
        opened.append(connection.driver_connection)

    event.listen(Pool, "connect", note)
    try:
        store = await Store.open(f"sqlite:///{file}")
        async with store.read():  # connected: to be killed while connecting is nothing of ours
            pass
        yield store
        if left := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(left)  # a library's own
        for connection in reversed(opened):  # readers first: the writer folds the WAL into the file
            await connection.close()
        await store.close()
    finally:
        event.remove(Pool, "connect", note)
        for left_over in file.parent.glob(f"{file.name}*"):
            left_over.unlink()


# -- what outlives a process -----------------------------------------------------------------------


def outlives(file: Path, to: Path) -> None:
    """What is committed, whatever lock is held on the file."""
    source, copied = sqlite3.connect(file), sqlite3.connect(to)
    with source, copied:
        source.backup(copied)
    source.close()
    copied.close()


@dataclass(frozen=True)
class Outside:
    """A moment of the world without the process: its database, Discord, the time."""

    file: Path
    discord: dict[str, Any]
    now: datetime

    @classmethod
    def of(cls, it: House, file: Path, to: Path) -> Outside:
        """The file is left as it is."""
        outlives(file, to)
        return cls(to, copy.deepcopy(_kept(it.witness)), it.clock())

    def restored(self, store: Store) -> House:
        """The same moment; store: on a copy of the file."""
        it = house(store, self.now)
        for name, value in copy.deepcopy(self.discord).items():
            setattr(it.discord, name, value)
        return it


def _kept(discord: Witness) -> dict[str, Any]:
    return {name: getattr(discord, name) for name in ("channels", "threads", "inside", "deleted_messages")}


@dataclass
class Sight:
    """Everything that anybody can see or that the bot knows, but for the numbers that Discord gives and moments."""

    stands: dict[str, list[str]] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)
    tables: dict[str, list[str]] = field(default_factory=dict)
    unsaid: list[str] = field(default_factory=list)

    def lines(self) -> Counter[str]:
        every = [*self.stands.items(), *self.inside.items(), *self.tables.items(), ("unsaid", self.unsaid)]
        return Counter(f"{place}: {line}" for place, lines in every for line in lines)


KNOWN = (
    *("checkin_group", "group_member", "group_pause", "cycle", "member_week"),
    *("thank", "help_offer", "pod", "pod_member"),
)
RULES = {
    "due_at",
    "late_until",
    "opens_at",
    "digest_at",
    "final_at",
    "next_at",
}  # of the moments, those that decide


async def sight(it: House) -> Sight:
    """As it is now."""
    names = {number: one.name for number, one in it.discord.threads.items()}
    found = Sight()
    for channel, messages in it.discord.channels.items():
        if messages:
            place = names.get(channel, str(channel))
            found.stands[place] = sorted(f"{one.kind} {one.value} {one.deleted}" for one in messages)
    found.inside = {names[number]: sorted(map(str, who)) for number, who in it.discord.inside.items() if who}
    async with it.app.store.read() as tx:
        for name in KNOWN:
            columns = [
                column
                for column in metadata.tables[name].columns
                if column.name in RULES or not isinstance(column.type, Instant)
            ]
            rows = [dict(row) for row in (await tx.execute(select(*columns))).mappings()]
            for row in rows:
                for place in {"place_id", "card_place_id", "thread_id"} & set(row):
                    row[place] = names.get(row[place], row[place])
            found.tables[name] = sorted(map(str, rows))
        delivery = metadata.tables["delivery"].c
        rest = select(delivery.kind, delivery.state, delivery.trouble, delivery.value)
        rest = rest.where(delivery.state != "sent")
        found.unsaid = sorted(str(tuple(row)) for row in await tx.execute(rest))
    return found


def difference(seen: Sight, told: Sight) -> str:
    """Where two sights part, in words."""
    here, there = seen.lines(), told.lines()
    only = [f"only here: {line}" for line in sorted((here - there).elements())]
    return "\n".join([*only, *(f"only as told: {line}" for line in sorted((there - here).elements()))])
