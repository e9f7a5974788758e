"""A database that cannot be used is refused in words that say what to do."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp

import asyncpg
import pytest
from sqlalchemy import insert, inspect, text

from bot.storage import Store, StoreError, migrate
from bot.storage.tables import server
from tests.storage.test_store import NOON, make_server, servers

IMPATIENT = timedelta(milliseconds=50)
NOBODY = 65534


@pytest.fixture
def file(migrated_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(migrated_file, tmp_path / "outpost.sqlite3"))


async def refusal(url: object) -> str:
    with pytest.raises(StoreError) as refused:
        await Store.open(str(url), patience=IMPATIENT)
    return str(refused.value)


@pytest.mark.parametrize(
    "url",
    [
        "mysql://root:hunter2@host/db",
        "hunter2",
        "sqlite://",
        "sqlite:///:memory:",
        "postgresql://u:hunter2@h:port/d",
        "postgresql://u@h/d?password=hunter2",
    ],
)
async def test_an_address_of_no_database(url: str) -> None:
    """What is no address of a database is refused without quoting it: it may hold a password."""
    said = await refusal(url)
    assert "DATABASE_URL" in said and "hunter2" not in said


async def test_no_database_yet(tmp_path: Path) -> None:
    """A missing file is not made silently: the words name `outpost migrate`."""
    file = tmp_path / "none.sqlite3"
    assert (
        await refusal(f"sqlite:///{file}")
        == f"There is no database at {file}. Run `outpost migrate` to make it."
    )
    assert not file.exists()


async def test_a_database_that_was_never_migrated(empty_url: str, tmp_path: Path) -> None:
    """An empty database is refused; the words name `outpost migrate`."""
    if empty_url.startswith("sqlite"):
        sqlite3.connect(tmp_path / "empty.sqlite3").close()
        (tmp_path / "empty.sqlite3").touch()
    said = await refusal(empty_url)
    assert "is not set up yet. Stop the bot and run `outpost migrate`." in said


async def test_a_database_of_a_newer_program(store: Store, store_url: str) -> None:
    """An older program does not touch what a newer one has changed."""
    async with store.begin() as tx:
        await tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    said = await refusal(store_url)
    assert "at revision 9999" in said and "Install the newer Outpost" in said


async def test_a_database_that_lacks_a_table(store: Store, store_url: str) -> None:
    """At the right revision, but somebody has taken a table away: told at the start, not at the first promise."""
    async with store.begin() as tx:
        await tx.execute(text("DROP TABLE storm_decision"))
    assert "lacks the table storm_decision. Restore it from a backup." in await refusal(store_url)


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (["CREATE TABLE feed (a INTEGER)"], "already exists"),
        (["CREATE TABLE alembic_version (a INTEGER)"], "version_num"),
        (
            [
                "CREATE TABLE alembic_version (version_num TEXT)",
                "INSERT INTO alembic_version VALUES ('0001'), ('ab')",
            ],
            "0001, ab",
        ),
    ],
)
async def test_a_database_of_another_program(empty_url: str, statements: list[str], said: str) -> None:
    """Neither a migration nor an opening touches what somebody else keeps; the words name what was in the way."""
    async with migrate.changing(empty_url) as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement)
    with pytest.raises(StoreError, match=said):
        await migrate.upgrade(empty_url)
    assert await refusal(empty_url)
    async with migrate.changing(empty_url) as connection:
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
    assert names == [statements[0].split()[2]]


async def test_not_a_database(tmp_path: Path) -> None:
    """A file of something else is refused and left as it was."""
    file = tmp_path / "letter.sqlite3"
    file.write_text("Dear diary, " * 500)
    assert "is not an SQLite database" in await refusal(f"sqlite:///{file}")
    assert file.read_text().startswith("Dear diary")


async def test_locked_by_another_writer(file: Path) -> None:
    """A database in which another program is writing is refused after the patience is over."""
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "is in use by another program" in await refusal(f"sqlite:///{file}")
    finally:
        other.close()
    await (await Store.open(f"sqlite:///{file}")).close()


async def test_locked_while_running(store: Store, store_url: str, tmp_path: Path) -> None:
    """A lock that another program holds too long undoes one unit of work; the next goes through."""
    impatient = await Store.open(store_url, patience=IMPATIENT)
    async with store.begin() as tx:
        await tx.execute(text("LOCK TABLE server" if store.dialect == "postgresql" else "SELECT 1"))
        with pytest.raises(StoreError, match="another program"):
            await make_server(impatient)
    await make_server(impatient)
    assert await servers(impatient) == [1]
    await impatient.close()


@pytest.fixture(params=["the file", "the folder"])
def read_only_file(request: pytest.FixtureRequest, migrated_file: Path) -> Iterator[Path]:
    """A database that this process may not write. Root may write anywhere, so it becomes nobody meanwhile."""
    folder = Path(mkdtemp(prefix="outpost-read-only-"))  # tmp_path lies in a folder that only root may enter
    file = Path(shutil.copy(migrated_file, folder / "outpost.sqlite3"))
    file.chmod(0o444)
    folder.chmod(0o777 if request.param == "the file" else 0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield file
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)
        shutil.rmtree(folder)


async def test_a_read_only_file(read_only_file: Path) -> None:
    """A database that may not be written is refused at the start, not at the first promise."""
    said = await refusal(f"sqlite:///{read_only_file}")
    assert "cannot be written" in said or "cannot be opened" in said


async def test_a_full_disk(sqlite_store: Store) -> None:
    """A full disk undoes one unit of work in words; when there is room again the next goes through."""
    async with sqlite_store.begin() as tx:
        pages = (await tx.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await tx.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    many = [{"id": n, "changed_by": 1, "changed_at": NOON} for n in range(5000)]
    with pytest.raises(StoreError, match=r"is full\. Free some space"):
        async with sqlite_store.begin() as tx:
            await tx.execute(insert(server), many)
    assert await servers(sqlite_store) == []
    async with sqlite_store.begin() as tx:
        await tx.exec_driver_sql("PRAGMA max_page_count = 100000")
        await tx.execute(insert(server), many)
    assert len(await servers(sqlite_store)) == 5000


async def test_no_server_there() -> None:
    """A PostgreSQL that does not answer is refused in words without the password."""
    said = await refusal("postgresql://outpost:hunter2@127.0.0.1:1/outpost")
    assert "cannot be reached" in said and "hunter2" not in said


@pytest.mark.store
@pytest.mark.parametrize(
    ("mode", "said"),
    [("require", "cannot be reached"), ("disable", "is not set up yet"), ("verify-full", "root.crt")],
)
async def test_the_encryption_that_an_address_asks_for(postgres: str, mode: str, said: str) -> None:
    """`sslmode` reaches the driver: a server without certificates serves those who don't ask for encryption."""
    assert said in await refusal(f"{postgres}/template1?sslmode={mode}")


async def test_no_such_host() -> None:
    """A host that does not exist is refused in words."""
    assert "cannot be reached" in await refusal("postgresql://outpost@no-such-host.invalid/outpost")


@pytest.mark.store
async def test_no_such_database(postgres: str) -> None:
    """A database that PostgreSQL does not have is refused in words."""
    assert "does not exist. Create the database" in await refusal(f"{postgres}/nowhere")


@pytest.mark.store
async def test_a_dropped_connection_heals(store: Store, store_url: str) -> None:
    """After PostgreSQL ended our connections the next unit of work goes through."""
    if store.dialect == "sqlite":
        return
    other = await asyncpg.connect(store_url)
    await other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )
    await other.close()
    await make_server(store)
    assert await servers(store) == [1]
