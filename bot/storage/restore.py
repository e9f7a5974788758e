"""Putting a backup in place of a database: wholly or not at all, in one transaction, on both databases."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection, MetaData, func, insert, inspect, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import erasures, migrate
from bot.storage.archive import Archive, Tell
from bot.storage.backup import sequence_of
from bot.storage.engine import Tx, database, place
from bot.storage.errors import StoreError
from bot.storage.revisions import VERSION_TABLE, current_revision, head, require_known
from bot.storage.tables import erased, metadata

_BATCH = 1000

Finish = Callable[[Tx, Mapping[str, datetime]], Awaitable[None]]
"""Called in the same transaction, at this program's revision, with everybody known to be erased: mark → when."""


async def restore(url: str, archive: Archive, finish: Finish, tell: Tell, *, replace: bool = False) -> None:
    """Load a checked backup into an empty database, or in place of what is there, and bring it up to date.

    Raises StoreError, and then nothing has changed: not empty without `replace`, or of a newer program.
    """
    manifest, name = archive.manifest, place(database(url))
    require_known(manifest.revision, "in the backup")
    noted = erasures.read(erasures.erasures_file(url))
    async with migrate.changing(url) as connection:
        require_known(await connection.run_sync(current_revision), name)
        if not replace and (full := await connection.run_sync(_not_empty)):
            raise StoreError(
                f"{name} holds data already (in {full}). Add --replace to put the backup in its place."
            )
        noted = _newest(noted, archive.erasures(), await _known_erasures(connection))
        await connection.run_sync(_clear, [*metadata.tables, *manifest.tables, VERSION_TABLE])
        await migrate.upgrade_on(connection, manifest.revision)
        await _load(connection, archive, tell)
        await migrate.upgrade_on(connection, head())
        await finish(connection, noted)


def _newest(*known: Mapping[str, datetime]) -> dict[str, datetime]:
    marks = {mark for some in known for mark in some}
    return {mark: max(some[mark] for some in known if mark in some) for mark in marks}


async def _known_erasures(connection: AsyncConnection) -> dict[str, datetime]:
    """Those the database knows that is to be replaced; its log may be lost."""
    if not await connection.run_sync(lambda c: inspect(c).has_table(erased.name)):
        return {}
    return {mark: at for mark, at in await connection.execute(select(erased.c.mark, erased.c.at))}


def _not_empty(connection: Connection) -> str | None:
    """The name of a table of ours with a row in it."""
    there = set(inspect(connection).get_table_names())
    for table in metadata.sorted_tables:
        if table.name in there and connection.scalar(select(func.count()).select_from(table)):
            return table.name
    return None


def _clear(connection: Connection, names: list[str]) -> None:
    """Drop every table of ours, whatever revision it is of; strangers' tables stay."""
    ours = MetaData()
    ours.reflect(connection, only=lambda name, _: name in names)
    ours.drop_all(connection)


async def _load(connection: AsyncConnection, archive: Archive, tell: Tell) -> None:
    manifest = archive.manifest
    there = MetaData()
    await connection.run_sync(there.reflect)
    for name, sheet in manifest.tables.items():
        table = there.tables.get(name)
        if table is None or set(sheet.columns) != set(table.columns.keys()):
            raise StoreError(
                f"The backup's table {name} is not one of revision {manifest.revision}. Take another backup."
            )
        for batch in archive.batches(name, _BATCH):
            await connection.execute(insert(table), batch)
            tell(len(batch))
    for name, number in manifest.counters.items():
        await _count_from(connection, name, number)


async def _count_from(connection: AsyncConnection, table: str, number: int) -> None:
    """Let a table's next number be higher than this one."""
    if connection.dialect.name == "sqlite":
        await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table})
        row = {"name": table, "seq": number}
        await connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), row)
    elif number and (sequence := await sequence_of(connection, table)):
        await connection.execute(
            text("SELECT setval(CAST(:sequence AS regclass), :number)"),
            {"sequence": sequence, "number": number},
        )
