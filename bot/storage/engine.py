"""One database, opened once: a unit of work that writes, a view that only reads.

SQLite: one connection writes (BEGIN IMMEDIATE, an asyncio.Lock before it), others read with `mode=ro`, so no
second connection ever writes or checkpoints the WAL. PostgreSQL: one unit of work at a time as well, so that
code which reads, decides and writes is right on both.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal, Self, TypeAlias
from urllib.parse import quote

from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage.errors import StoreError, in_words, refusal
from bot.storage.hops import OneHop, opened
from bot.storage.kept import Kept
from bot.storage.revisions import VERSION_TABLE, current_revision, require_head, require_tables

Tx: TypeAlias = AsyncConnection

PATIENCE = timedelta(seconds=5)  # how long a statement waits for another program's lock
_READERS = 4
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
_OPTIONS = {"host": "host", "sslmode": "ssl"}  # behind the "?" of an address: libpq's word → asyncpg's
# Changes nothing, but a read-only database refuses it. BEGIN IMMEDIATE does not tell: SQLite makes it a plain BEGIN.
_CHANGE_NOTHING = text(f"UPDATE {VERSION_TABLE} SET version_num = version_num WHERE version_num IS NULL")  # noqa: S608
_CACHE = "cache_size=-16000"  # kB of a connection; by default 2,000
_PRAGMAS = "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", _CACHE


class Store:
    """The open database. `async with store.begin() as tx` is the unit of work; nothing is awaited in it but SQL."""

    def __init__(self, url: URL, writing: AsyncEngine, reading: AsyncEngine) -> None:
        self._url = url
        keeps = self.dialect == "sqlite"
        self._writing = Kept(writing, 1, keeps=keeps)
        self._reading = Kept(reading, _READERS, keeps=keeps)
        self._one_writer = asyncio.Lock()
        self._views = 0  # units that read now
        self._unread = asyncio.Event()
        self._closing = False

    @classmethod
    async def open(cls, url: str, *, patience: timedelta = PATIENCE) -> Self:
        """Open a migrated database, given as sqlite:///file or postgresql://user@host/name.

        Raises StoreError in words: missing, locked, read-only, not a database or not ours, not migrated, of a
        newer program.
        """
        known = database(url)
        if (file := sqlite_file(known)) and not file.is_file():
            raise StoreError(f"There is no database at {file}. Run `outpost migrate` to make it.")
        store = cls(known, writing_engine(known, patience), reading_engine(known, patience))
        try:
            async with store.begin() as tx:
                require_head(await tx.run_sync(current_revision), place(known))
                await tx.run_sync(require_tables, place(known))
                await tx.execute(_CHANGE_NOTHING)
        except BaseException as error:
            await store.close()
            if isinstance(error, OSError | DBAPIError):  # OSError: asyncpg could not connect
                raise refusal(error, place(known)) from error
            raise
        return store

    @property
    def dialect(self) -> Literal["sqlite", "postgresql"]:
        return "sqlite" if self._url.get_backend_name() == "sqlite" else "postgresql"

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Tx]:
        """The unit of work: committed at the end, rolled back on any exception and on cancellation."""
        async with self._one_writer:
            self._still_open()
            with _told_in_words(self._url):
                async with self._writing.begin() as tx:
                    yield tx

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Tx]:
        """One consistent view of what is committed; never waits for the writer, cannot write."""
        self._still_open()
        self._views += 1
        try:
            with _told_in_words(self._url):
                async with self._reading.begin() as tx:
                    yield tx
        finally:
            self._views -= 1
            if not self._views:
                self._unread.set()

    async def scrub(self) -> bool:
        """Make what was deleted leave the disk, too; False when a long reader keeps it there for now: try again.

        SQLite with secure_delete overwrites deleted rows, but not the copies that a split page leaves behind (12 of
        7,200 planted marks were still found), so the file is rewritten; then its WAL is emptied. PostgreSQL does
        both in its own time (docs/privacy.md).
        """
        if self.dialect != "sqlite":
            return True
        async with self._one_writer:
            with _told_in_words(self._url):
                async with self._writing.alone() as connection:
                    driver = (await connection.get_raw_connection()).driver_connection
                    return await _rewritten(driver)

    async def close(self) -> None:
        """Close every connection once nobody uses one. SQLite folds its WAL into the file then.

        Whoever comes later is refused: the engine would open a connection that nobody closes.
        """
        self._closing = True
        while self._views:
            self._unread.clear()
            await self._unread.wait()
        await self._reading.close()
        async with self._one_writer:
            await self._writing.close()

    def _still_open(self) -> None:
        if self._closing:
            raise StoreError("The database is closed: the program is ending.")


async def _rewritten(driver: Any) -> bool:
    """On the driver's own connection: neither statement may stand in a transaction, and ours always begins one."""
    try:
        await driver.execute("VACUUM")
        ((busy, _, _),) = await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:  # locked, or no room for a second copy
        return False
    return not busy


@contextmanager
def _told_in_words(url: URL) -> Iterator[None]:
    """Turns what the database refuses into StoreError; every other exception passes as it is."""
    try:
        yield
    except (DBAPIError, ConnectionError) as error:
        told = in_words(error, place(url))
        if told is None:
            raise
        raise told from error


def database(url: str) -> URL:
    """A database address with the driver it is used with. Raises StoreError for anything else."""
    try:
        known = make_url(url)
        options = {_OPTIONS[name]: value for name, value in known.query.items()}
        known = known.set(drivername=_DRIVERS[known.get_backend_name()], query=options)
    except (ArgumentError, KeyError, ValueError):  # their words could quote a password
        raise StoreError("DATABASE_URL must be sqlite:///file or postgresql://user@host/name.") from None
    if not known.database or known.database == ":memory:":
        raise StoreError("DATABASE_URL names no database. Write sqlite:///outpost.sqlite3, for example.")
    return known


def sqlite_file(url: URL) -> Path | None:
    """The file of an SQLite address, None for PostgreSQL."""
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def place(url: URL) -> str:
    """How the database is called in a message: the file, or the address without its password."""
    file = sqlite_file(url)
    return str(file) if file else url.set(drivername="postgresql", query={}).render_as_string()


def writing_engine(url: URL, patience: timedelta, *, foreign_keys: bool = True) -> AsyncEngine:
    """The engine behind one writing connection. Migrations rebuild tables, hence foreign_keys=False there."""
    if (file := sqlite_file(url)) is None:
        return _postgresql(url, patience, pool_size=1)
    pragmas = (*_PRAGMAS, f"foreign_keys={'ON' if foreign_keys else 'OFF'}")
    writable = f"file:{quote(str(file.absolute()))}"
    return _sqlite(url, writable, patience, "BEGIN IMMEDIATE", pragmas, pool_size=1)


def reading_engine(url: URL, patience: timedelta, *, streams: bool = False) -> AsyncEngine:
    """The engine behind connections that only read, each transaction one view of what is committed.

    streams: results may be larger than memory.
    """
    if (file := sqlite_file(url)) is None:
        engine = _postgresql(url, patience, pool_size=_READERS, isolation_level="REPEATABLE READ")
        return engine.execution_options(postgresql_readonly=True)
    read_only = f"file:{quote(str(file.absolute()))}?mode=ro"
    return _sqlite(url, read_only, patience, "BEGIN", (_CACHE,), pool_size=_READERS, streams=streams)


def _sqlite(
    url: URL,
    file: str,
    patience: timedelta,
    begin: str,
    pragmas: tuple[str, ...],
    pool_size: int,
    *,
    streams: bool = False,
) -> AsyncEngine:
    # isolation_level=None: the driver opens no transaction of its own. Its habit of no BEGIN before a SELECT
    # kept 21 of 400 concurrent increments, a deferred BEGIN 30 to 50, BEGIN IMMEDIATE all 400.
    def connector() -> sqlite3.Connection:
        waits = patience.total_seconds()
        return sqlite3.connect(file, isolation_level=None, timeout=waits, uri=True)

    engine = create_async_engine(
        url,
        async_creator=lambda: opened(connector, streams=streams),
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
    )

    def on_connect(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def on_begin(connection: Connection) -> None:
        driver = connection.connection.driver_connection
        if isinstance(driver, OneHop):
            driver.begins(begin)  # nothing is seen or held before the first statement, whenever BEGIN comes
        else:
            connection.exec_driver_sql(begin)

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)
    return engine


def _postgresql(url: URL, patience: timedelta, pool_size: int, **options: Any) -> AsyncEngine:
    waits = {"lock_timeout": str(patience // timedelta(milliseconds=1)), "jit": "off"}
    return create_async_engine(
        url,
        connect_args={"timeout": 10, "server_settings": waits},
        hide_parameters=True,
        pool_size=pool_size,
        max_overflow=0,
        pool_pre_ping=True,  # a restarted server costs one reconnect, not one failed unit of work
        **options,
    )
