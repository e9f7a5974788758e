"""How Alembic meets our database: on a connection of ours, inside one transaction.

`outpost migrate` hands the connection over (bot.storage.migrate). Called as `alembic …`, for writing a new
migration, this file opens DATABASE_URL itself.
"""

from __future__ import annotations

import asyncio
import os

from alembic import context
from sqlalchemy import Connection

from bot.storage.migrate import changing, configuration
from bot.storage.tables import metadata


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, **configuration())
    with context.begin_transaction():
        context.run_migrations()


async def run_alone() -> None:
    async with changing(os.environ.get("DATABASE_URL", "sqlite:///outpost.sqlite3")) as connection:
        await connection.run_sync(run)


if connection := context.config.attributes.get("connection"):
    run(connection)
else:
    asyncio.run(run_alone())
