"""aiosqlite with one visit to its thread for each statement.

Underneath SQLAlchemy it is asked for a cursor, then to execute, to fetch all, and to close, and each goes to the
thread and back: 0.1 to 0.2 ms in which the loop waits. Here a statement goes once, and comes back with its rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple, Self

import aiosqlite


class _Whole(NamedTuple):
    """What a cursor tells when its statement is done."""

    description: Any
    rowcount: int
    lastrowid: int | None
    rows: list[Any]


async def opened(
    connector: Callable[[], sqlite3.Connection], *, streams: bool = False
) -> aiosqlite.Connection:
    """A connection with a thread of its own that ends with the program. streams: fetches results row by row."""
    made = (aiosqlite.Connection if streams else OneHop)(connector, iter_chunk_size=64)
    made._thread.daemon = True  # as SQLAlchemy does with those that it makes
    return await made


class OneHop(aiosqlite.Connection):
    """For `create_async_engine(async_creator=…)`. Results are read whole: what streams them has no use for it."""

    _unsettled = False  # a statement went out, and nobody waited for what became of it
    _begins = ""  # what goes before the next statement, on the same visit

    def begins(self, sql: str) -> None:
        """Begin a transaction with its first statement; none begins where there is none."""
        self._begins = sql

    def cursor(self) -> Any:
        return _Cursor(self)

    async def commit(self) -> None:
        if not self._begins:
            await super().commit()
        self._begins = ""

    async def rollback(self) -> None:
        """The pool asks for it whenever a connection comes back; mostly there is nothing to roll back."""
        self._begins = ""
        if self._unsettled or self.in_transaction:
            await super().rollback()
            self._unsettled = False

    async def whole(self, many: bool, sql: str, parameters: Any) -> _Whole:
        """Execute a statement, and fetch everything that it gives."""
        self._unsettled = True
        begins, self._begins = (
            self._begins,
            "",
        )  # here: whoever is cancelled now, their statement is no single one
        done: _Whole = await self._execute(self._there, begins, many, sql, parameters)  # type: ignore[no-untyped-call]
        self._unsettled = False
        return done

    def _there(self, begins: str, many: bool, sql: str, parameters: Any) -> _Whole:
        with closing(self._conn.cursor()) as cursor:
            if begins:
                cursor.execute(begins)
            (cursor.executemany if many else cursor.execute)(sql, parameters)
            rows = cursor.fetchall() if cursor.description else []
            return _Whole(cursor.description, cursor.rowcount, cursor.lastrowid, rows)


class _Cursor:
    """What SQLAlchemy asks of an asynchronous cursor. rowcount, lastrowid: as of the DB-API."""

    arraysize = 1

    def __init__(self, connection: OneHop) -> None:
        self._connection = connection
        self._done = _Whole(None, -1, None, [])

    @property
    def description(self) -> Any:
        return self._done.description

    @property
    def rowcount(self) -> int:
        return self._done.rowcount

    @property
    def lastrowid(self) -> int | None:
        return self._done.lastrowid

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Any = ()) -> Self:
        self._done = await self._connection.whole(False, sql, parameters)
        return self

    async def executemany(self, sql: str, parameters: Any) -> Self:
        self._done = await self._connection.whole(True, sql, parameters)
        return self

    async def fetchall(self) -> list[Any]:
        return self._done.rows

    async def close(self) -> None:
        """It was closed where it was opened."""
