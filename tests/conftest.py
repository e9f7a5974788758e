"""Fixtures for every room: a real store on both databases, and a clock that is moved by hand."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import asyncpg
import pytest

from bot.storage import Store, migrate
from tests.fakes import Clock
from tools import services

pytest_plugins = ["sandbox.testing", "tests.page.browser_fixtures"]

_numbers = itertools.count(1)


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
    postgres, template = request.getfixturevalue("postgres"), request.getfixturevalue("migrated_template")
    name = f"outpost_{next(_numbers)}"
    _administer(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield f"{postgres}/{name}"
    _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


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
