"""Bringing a database to a revision with Alembic: all of it or nothing, on both databases.

Alembic's own way leaves a failing migration half-applied on SQLite. Here it runs on our writing connection
(BEGIN IMMEDIATE), the whole way in one transaction. Run it only while the bot is stopped.
"""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import PATIENCE, database, place, sqlite_file, writing_engine
from bot.storage.errors import StoreError, refusal
from bot.storage.revisions import MIGRATIONS, current_revision, head, require_known
from bot.storage.types import Instant

log = logging.getLogger(__name__)

__all__ = ["changing", "configuration", "downgrade", "head", "revision", "upgrade", "upgrade_on"]


async def upgrade(url: str, *, migrations: Path = MIGRATIONS) -> tuple[str | None, str]:
    """Bring the database to this program's head, making an SQLite file if there is none.

    Answers with the revisions (before, after). Raises StoreError, also for a database of a newer program.
    """
    before, after = await _move(url, migrations, lambda config: command.upgrade(config, "head"))
    if before != after:
        log.info("the database is at revision %s now; before, %s", after, before or "it was empty")
    return before, after


async def downgrade(url: str, to: str, *, migrations: Path = MIGRATIONS) -> tuple[str | None, str | None]:
    """Bring the database back to an older revision; "base" takes every table of ours away."""
    return await _move(url, migrations, lambda config: command.downgrade(config, to))


async def revision(url: str) -> str | None:
    """The revision the database is at; None when it was never migrated or there is no file yet."""
    known = database(url)
    if (file := sqlite_file(known)) and not file.is_file():
        return None
    async with changing(url) as connection:
        return await connection.run_sync(current_revision)


async def upgrade_on(connection: AsyncConnection, to: str, *, migrations: Path = MIGRATIONS) -> None:
    """Bring the database behind a connection of `changing` up to a revision, in its transaction."""
    await _step(connection, migrations, lambda config: command.upgrade(config, to))


@asynccontextmanager
async def changing(url: str) -> AsyncIterator[AsyncConnection]:
    """The one connection that changes tables, in one transaction.

    Foreign keys sleep meanwhile, as rebuilding a table on SQLite would delete what refers to it; they are
    checked at the end instead.
    """
    known = database(url)
    engine = writing_engine(known, PATIENCE, foreign_keys=False)
    try:
        async with engine.begin() as connection:
            yield connection
            if sqlite_file(known) and (
                broken := (await connection.exec_driver_sql("PRAGMA foreign_key_check")).all()
            ):
                raise StoreError(
                    f"The migration would leave {len(broken)} rows without the row they refer to."
                )
    except (DBAPIError, OSError) as error:
        raise refusal(error, place(known)) from error
    finally:
        await engine.dispose()


def configuration() -> dict[str, Any]:
    """What Alembic's context is configured with, here and in the tests that compare tables with migrations."""
    return {
        "compare_type": True,
        "compare_server_default": True,
        "render_as_batch": True,  # SQLite changes a column by rebuilding its table
        "render_item": _render_item,
        "transactional_ddl": True,
    }


def _render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Migrations must stay what they were: our own column types are written as what they are in the database."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, Instant) else False


async def _move(url: str, migrations: Path, move: Callable[[Config], None]) -> tuple[str | None, Any]:
    async with changing(url) as connection:
        before = await connection.run_sync(current_revision)
        require_known(before, place(database(url)), migrations)
        await _step(connection, migrations, move)
        return before, await connection.run_sync(current_revision)


async def _step(connection: AsyncConnection, migrations: Path, move: Callable[[Config], None]) -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    try:
        await connection.run_sync(_run, config, move)
    except CommandError as error:
        raise StoreError(f"The migrations cannot do that: {error}.") from error


def _run(connection: Connection, config: Config, move: Callable[[Config], None]) -> None:
    config.attributes["connection"] = connection
    move(config)
