"""One bot on one database: a second one would take up what the first is just sending."""

from __future__ import annotations

import fcntl
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from sqlalchemy import URL, text
from sqlalchemy.exc import DBAPIError

from bot.storage.engine import PATIENCE, database, place, sqlite_file, writing_engine
from bot.storage.errors import StoreError, refusal

_KEY = 0x0075_7470_6F73_74  # "outpost"; PostgreSQL's advisory locks are numbers


@asynccontextmanager
async def sole_bot(url: str) -> AsyncIterator[None]:
    """Hold a database for this process; the system lets go when it dies, however it dies.

    Raises StoreError when another bot holds it. Other programs (doctor, backup) may go on reading.
    """
    known = database(url)
    file = sqlite_file(known)
    async with AsyncExitStack() as held:
        if not (held.enter_context(_file(file)) if file else await held.enter_async_context(_server(known))):
            raise StoreError(
                f"Another bot already runs on {place(known)}. "
                "Stop it first, or give this one another DATABASE_URL."
            )
        yield


@contextmanager
def _file(database_file: Path) -> Iterator[bool]:
    """A lock on a file beside the database: SQLite's own locks last only as long as a transaction."""
    file = Path(f"{database_file.resolve()}.bot")  # resolved: one database, whichever link leads to it
    try:
        number = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(
            f"{file.parent} can't be written to: {error.strerror}. Make it, or give the bot that right."
        ) from None
    try:
        yield _locked(number)
    finally:
        os.close(number)


def _locked(number: int) -> bool:
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@asynccontextmanager
async def _server(url: URL) -> AsyncIterator[bool]:
    """An advisory lock of a session of its own; a restart of PostgreSQL ends both."""
    async with AsyncExitStack() as parts:
        engine = writing_engine(url, PATIENCE)
        parts.push_async_callback(engine.dispose)
        try:
            session = await parts.enter_async_context(engine.connect())
            got = await session.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _KEY})
            await session.commit()
        except (DBAPIError, OSError) as error:
            raise refusal(error, place(url)) from error
        yield bool(got.scalar_one())
