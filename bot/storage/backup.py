"""Making a backup while the bot runs: one view of the database, read only, the same way on both databases."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot import __version__
from bot.storage import erasures
from bot.storage.archive import (
    ERASURES,
    FORMAT,
    MANIFEST,
    Lines,
    Manifest,
    Seal,
    Sheet,
    Tell,
    member,
    opened,
)
from bot.storage.engine import PATIENCE, database, place, reading_engine, sqlite_file
from bot.storage.errors import StoreError, refusal
from bot.storage.revisions import VERSION_TABLE, current_revision, require_known

_BATCH = 1000


class Source:
    """One view of a database, open for as long as it takes to copy it."""

    def __init__(self, connection: AsyncConnection, revision: str, tables: list[Table], rows: int) -> None:
        self.revision = revision
        self.rows = rows
        self._connection = connection
        self._tables = tables

    async def copy(self, to: zipfile.ZipFile, tell: Tell) -> dict[str, Sheet]:
        """Write every table into the zip."""
        return {table.name: await self._copy_table(table, to, tell) for table in self._tables}

    async def _copy_table(self, table: Table, to: zipfile.ZipFile, tell: Tell) -> Sheet:
        with to.open(member(table.name), "w") as written:
            lines = Lines(written)
            rows = await self._connection.stream(select(table).order_by(*table.primary_key))
            async for batch in rows.partitions(_BATCH):
                lines.write(batch)
                tell(len(batch))
        return lines.sheet(table.columns.keys())

    async def counters(self) -> dict[str, int]:
        """Table → the highest number it has given out; such a number is never given again."""
        if self._connection.dialect.name == "sqlite":
            found = await self._connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
            return {name: number for name, number in found}
        counters = {}
        for table in self._tables:
            if "id" in table.c and (sequence := await sequence_of(self._connection, table.name)):
                last = f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}"  # noqa: S608
                counters[table.name] = (await self._connection.execute(text(last))).scalar_one()
        return counters


async def sequence_of(connection: AsyncConnection, table: str) -> str | None:
    """PostgreSQL's sequence behind a table's ids, quoted as it must be; None where ids are given by us."""
    asked = text("SELECT pg_get_serial_sequence(:table, 'id')")
    found: str | None = (await connection.execute(asked, {"table": f'"{table}"'})).scalar_one()
    return found


@asynccontextmanager
async def source(url: str) -> AsyncIterator[Source]:
    """Open a database to copy it, reading only. Raises StoreError: missing, not set up, of a newer program."""
    known = database(url)
    if (file := sqlite_file(known)) and not file.is_file():
        raise StoreError(f"There is no database at {file}. Check DATABASE_URL.")
    engine = reading_engine(known, PATIENCE, streams=True)
    try:
        async with engine.begin() as connection:
            revision = await connection.run_sync(current_revision)
            require_known(revision, place(known))
            if revision is None:
                raise StoreError(
                    f"The database {place(known)} is not set up yet. There is nothing to back up."
                )
            tables = await connection.run_sync(_tables)
            rows = 0
            for table in tables:
                rows += (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            yield Source(connection, revision, tables, rows)
    except (DBAPIError, OSError) as error:
        raise refusal(error, place(known)) from error
    finally:
        await engine.dispose()


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database, whatever its revision; what belongs comes after what it belongs to."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name != VERSION_TABLE)
    return found.sorted_tables


async def write(source: Source, path: Path, url: str, seal: Seal, now: datetime, tell: Tell) -> Manifest:
    """Write a backup to a new file, then read it again and check it; the file appears when it is whole.

    Raises StoreError when there is such a file already or it can't be written.
    """
    _require_new(path)
    draft = path.with_name(f"{path.name}.part")
    try:
        manifest = await _write_draft(source, draft, url, seal, now, tell)
        with opened(draft, seal):
            os.link(draft, path)
    except OSError as error:
        raise StoreError(f"{path} can't be written: {error.strerror}. Choose another place.") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()
    return manifest


def _require_new(path: Path) -> None:
    if path.exists():
        raise StoreError(f"{path} is there already. Name a new file; a backup never overwrites one.")


async def _write_draft(
    source: Source, draft: Path, url: str, seal: Seal, now: datetime, tell: Tell
) -> Manifest:
    number = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(number, "w+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as to:
            tables = await source.copy(to, tell)
            # Read after the view was opened: an erasure in between is in the log, and a restore applies it.
            noted = erasures.lines(erasures.read(erasures.erasures_file(url))).encode()
            to.writestr(ERASURES, noted)
            manifest = Manifest(
                format=FORMAT,
                program=__version__,
                made_at=now,
                revision=source.revision,
                tables=tables,
                counters=await source.counters(),
                erasures_sha256=hashlib.sha256(noted).hexdigest(),
                key=seal("key"),
            ).sealed(seal)
            to.writestr(MANIFEST, manifest.model_dump_json(indent=1))
        file.flush()
        os.fsync(file.fileno())
    return manifest
