"""Fixtures for every room: a real store on both databases, and a clock that is moved by hand."""

from __future__ import annotations

import asyncio
import gc
import itertools
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from zlib import crc32

import asyncpg
import pytest
from hypothesis import settings

from bot.storage import Store, migrate
from tests import proofs, statements
from tests.fakes import Clock
from tools import services

pytest_plugins = ["sandbox.testing", "tests.page.browser_fixtures"]

# The same examples each time, and no deadline: nothing may depend on how fast this machine is just now.
settings.register_profile("outpost", deadline=None, derandomize=True, max_examples=proofs.size(50, 500))
settings.load_profile("outpost")

# What is read in stays till the end: to look through it for waste, again and again, took a tenth of the time.
gc.disable()

statements.share()

_numbers = itertools.count(1)


def pytest_collection_finish() -> None:
    """From here on only what tests make is looked through, and each ten thousand new things rather than 700."""
    gc.freeze()
    gc.set_threshold(10_000)
    gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Five of six tests of flows run on SQLite alone; `make prove` runs all of them on PostgreSQL, too.

    Which ones is a matter of their names, so it is the same each time; one that is named is never left out. Stores
    and deliveries always run on both.
    """
    if any("::" in argument for argument in config.args):
        return
    often = proofs.size(6, 1)
    spared = {one for one in items if _is_flow_on_postgresql(one) and crc32(one.name.encode()) % often}
    if spared:
        config.hook.pytest_deselected(items=list(spared))
        items[:] = [one for one in items if one not in spared]


def _is_flow_on_postgresql(one: pytest.Item) -> bool:
    return one.path.name.startswith("test_flow_") and "[postgresql" in one.name


@pytest.fixture
def clock() -> Clock:
    """A Clock that stands still until a test moves it."""
    return Clock()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a private PostgreSQL, without a database's name; a loud skip when there can be none."""
    with ExitStack() as running:
        try:
            address = running.enter_context(services.postgresql())
        except services.Unavailable as reason:
            pytest.skip(str(reason))
        yield address


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file at head, made once; tests open copies of it."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite3"
    asyncio.run(migrate.upgrade(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def migrated_template(postgres: str) -> str:
    """The name of a PostgreSQL database at head, made once; tests open copies of it."""
    _administer(postgres, "CREATE DATABASE migrated")
    asyncio.run(migrate.upgrade(f"{postgres}/migrated"))
    return "migrated"


def _administer(postgres: str, statement: str) -> None:
    async def execute() -> None:
        connection = await asyncpg.connect(f"{postgres}/postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    asyncio.run(execute())


_SHAPE = """
    SELECT c.relname, c.relkind, a.attname, a.atttypid, a.attnotnull
    FROM pg_class c LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
    WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1, 3
"""
_EMPTY = """
    SET session_replication_role = replica;  -- in any order
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid();
    SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S';
"""


class Databases:
    """PostgreSQL databases that tests take in turn: emptying one takes a tenth of the time of making one."""

    def __init__(self, postgres: str, template: str) -> None:
        self._postgres, self._template = postgres, template
        self._free: list[str] = []
        self._shape = asyncio.run(self._read(template, empty=False))

    def take(self) -> str:
        """The name of one at head without a row."""
        if self._free:
            return self._free.pop()
        name = f"outpost_{next(_numbers)}"
        _administer(self._postgres, f"CREATE DATABASE {name} TEMPLATE {self._template}")
        return name

    def give_back(self, name: str) -> None:
        """One whose shape a test has changed goes."""
        if asyncio.run(self._read(name, empty=True)) == self._shape:
            self._free.append(name)
        else:
            _administer(self._postgres, f"DROP DATABASE {name} WITH (FORCE)")

    async def _read(self, name: str, *, empty: bool) -> list[object]:
        """Its tables, columns and version; empty: without a row afterwards."""
        there = await asyncpg.connect(f"{self._postgres}/{name}")
        try:
            if empty:
                await there.execute(_EMPTY)
            shape: list[object] = [tuple(row) for row in await there.fetch(_SHAPE)]
            tables = {row[0] for row in shape if row[1] == b"r"} - {"alembic_version"}
            if empty:
                await there.execute(";".join(f'DELETE FROM "{table}"' for table in tables))  # noqa: S608
            return [*shape, *map(tuple, await there.fetch("SELECT * FROM alembic_version"))]
        except asyncpg.UndefinedTableError:
            return []
        finally:
            await there.close()


@pytest.fixture(scope="session")
def databases(postgres: str, migrated_template: str) -> Databases:
    return Databases(postgres, migrated_template)


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that was never migrated, on each of the two in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    postgres, name = request.getfixturevalue("postgres"), f"empty_{next(_numbers)}"
    _administer(postgres, f"CREATE DATABASE {name}")
    yield f"{postgres}/{name}"
    _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of this test's own, on each of the two in turn."""
    if request.param == "sqlite":
        file = tmp_path / "outpost.sqlite3"
        shutil.copy(request.getfixturevalue("migrated_file"), file)
        yield f"sqlite:///{file}"
        return
    databases: Databases = request.getfixturevalue("databases")
    name = databases.take()
    yield f"{request.getfixturevalue('postgres')}/{name}"
    databases.give_back(name)


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """An open store: the test runs once on SQLite and once on PostgreSQL."""
    opened = await Store.open(store_url)
    yield opened
    await opened.close()


@pytest.fixture
async def fresh_store(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Callable[[], Awaitable[Store]]]:
    """Opens another empty store on SQLite each time it is called, for tests of flows in many variants."""
    opened: list[Store] = []

    async def fresh() -> Store:
        file = tmp_path / f"outpost{len(opened)}.sqlite3"
        shutil.copy(migrated_file, file)
        opened.append(await Store.open(f"sqlite:///{file}"))
        return opened[-1]

    yield fresh
    for store in opened:
        await store.close()


@pytest.fixture
async def sqlite_store(fresh_store: Callable[[], Awaitable[Store]]) -> Store:
    """An open store on SQLite alone, for tests of flows whose SQL is tested on both elsewhere."""
    return await fresh_store()
