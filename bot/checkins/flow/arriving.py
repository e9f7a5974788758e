"""Many at once share one transaction: those of one moment, and whoever waits while one is under way.

A commit costs a disk's answer, however much is in it. On a Friday morning a group's forms come within a minute.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from bot.app import App
from bot.refusals import Refusal
from bot.storage import Store

A = TypeVar("A")
B = TypeVar("B")

AT_ONCE = 400  # in one transaction; the others take the next one


@dataclass(slots=True, eq=False)
class _Ticket(Generic[A, B]):
    asked: A
    answer: B | Refusal | None = None
    alone: bool = False  # it stood in a transaction that failed: it may be the one to blame


@dataclass(slots=True)
class _Line(Generic[A, B]):
    waiting: list[_Ticket[A, B]] = field(default_factory=list)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Arrivals(Generic[A, B]):
    """Takes what arrives, each store's by itself. take: all of these in one transaction, an answer for each in order.

    A refusal concerns its own member alone. When `take` fails, nothing was kept, and each tries again alone, so that
    one who makes it fail takes nobody along.
    """

    def __init__(self, take: Callable[[App, Sequence[A]], Awaitable[Sequence[B | Refusal]]]) -> None:
        self._take = take
        self._lines: WeakKeyDictionary[Store, _Line[A, B]] = WeakKeyDictionary()

    async def arrive(self, app: App, asked: A) -> B:
        """Gives the answer once it is committed; raises the refusal, or what went wrong."""
        line = self._lines.setdefault(app.store, _Line())
        mine: _Ticket[A, B] = _Ticket(asked)
        line.waiting.append(mine)
        try:
            await asyncio.sleep(0)  # whoever presses in the same moment stands in line by then
            async with line.turn:
                while mine.answer is None:
                    await self._go(app, line, mine)
        finally:
            if mine in line.waiting:  # cancelled before its turn
                line.waiting.remove(mine)
        if isinstance(mine.answer, Refusal):
            raise mine.answer
        return mine.answer

    async def _go(self, app: App, line: _Line[A, B], mine: _Ticket[A, B]) -> None:
        """One transaction, with `mine` in it."""
        others = [] if mine.alone else [one for one in line.waiting if one is not mine and not one.alone]
        going = [mine, *others[: AT_ONCE - 1]]
        line.waiting = [one for one in line.waiting if one not in going]
        try:
            answers = await self._take(app, [one.asked for one in going])
        except BaseException as error:
            line.waiting = [*going[1:], *line.waiting]
            if len(going) == 1 or not isinstance(error, Exception):
                raise
            for one in going:
                one.alone = True
            return
        for one, answer in zip(going, answers, strict=True):
            one.answer = answer
