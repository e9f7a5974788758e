"""A statement goes to SQLite's thread once, and nothing that was begun stays begun."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from bot.storage.hops import OneHop, opened


async def opened_at(file: Path) -> OneHop:
    connection = await opened(lambda: sqlite3.connect(file, isolation_level=None))
    assert isinstance(connection, OneHop)
    return connection


async def test_a_statement_comes_back_with_its_rows_and_its_numbers(tmp_path: Path) -> None:
    connection = await opened_at(tmp_path / "one.sqlite3")
    cursor = connection.cursor()
    await cursor.execute("CREATE TABLE word (id INTEGER PRIMARY KEY, said TEXT)")
    assert (cursor.description, await cursor.fetchall()) == (None, [])
    await cursor.executemany("INSERT INTO word (said) VALUES (?)", [("yes",), ("no",)])
    assert cursor.rowcount == 2
    await cursor.execute("SELECT said FROM word ORDER BY id")
    assert [name for name, *_ in cursor.description] == ["said"]
    assert await cursor.fetchall() == [("yes",), ("no",)]
    await connection.close()


async def test_each_statement_is_one_visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = await opened_at(tmp_path / "one.sqlite3")
    visits: list[object] = []
    execute = connection._execute

    async def counted(*asked: object) -> object:
        visits.append(asked)
        return await execute(*asked)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(connection, "_execute", counted)
    cursor = connection.cursor()
    await cursor.execute("SELECT 1")
    await cursor.fetchall()
    await cursor.close()
    await connection.rollback()
    assert len(visits) == 1
    await connection.close()


async def test_what_was_begun_by_somebody_who_did_not_wait_is_rolled_back(tmp_path: Path) -> None:
    """Cancelled at BEGIN: when the rollback is asked for, the thread may not have begun yet."""
    connection = await opened_at(tmp_path / "one.sqlite3")
    beginning = asyncio.ensure_future(connection.cursor().execute("BEGIN IMMEDIATE"))
    await asyncio.sleep(0)
    beginning.cancel()
    with pytest.raises(asyncio.CancelledError):
        await beginning
    await connection.rollback()
    assert not connection.in_transaction
    await connection.close()


async def test_a_statement_that_nobody_waits_for_is_no_unit_by_itself(tmp_path: Path) -> None:
    """Cancelled before the thread came to it: it begins what it was to begin, and all of that is rolled back."""
    connection = await opened_at(tmp_path / "one.sqlite3")
    await connection.cursor().execute("CREATE TABLE word (said TEXT)")
    busy = asyncio.ensure_future(connection._execute(time.sleep, 0.05))  # type: ignore[no-untyped-call]
    await asyncio.sleep(0)
    connection.begins("BEGIN IMMEDIATE")
    writing = asyncio.ensure_future(connection.cursor().execute("INSERT INTO word VALUES ('no')"))
    await asyncio.sleep(0)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await connection.rollback()
    await busy
    cursor = await connection.cursor().execute("SELECT said FROM word")
    assert (await cursor.fetchall(), connection.in_transaction) == ([], False)
    await connection.close()


async def test_a_begin_travels_with_the_first_statement(tmp_path: Path) -> None:
    """From then on it is one view; where nothing is asked, nothing begins, and nothing is left for the next one."""
    connection = await opened_at(tmp_path / "one.sqlite3")
    for end in (connection.commit, connection.rollback):
        connection.begins("BEGIN")
        assert not connection.in_transaction
        await end()
        await connection.cursor().execute("SELECT 1")
        assert not connection.in_transaction
        connection.begins("BEGIN")
        await connection.cursor().execute("SELECT 1")
        assert connection.in_transaction
        await connection.cursor().execute("SELECT 2")  # begun once: a second BEGIN would be refused
        await end()
        assert not connection.in_transaction
    await connection.close()
