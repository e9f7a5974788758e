"""Migrations bring a database there and back, wholly or not at all, and make the tables the code describes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata, render_python_code
from alembic.migration import MigrationContext
from alembic.operations.ops import CreateTableOp, UpgradeOps
from sqlalchemy import Connection, inspect

from bot.storage import StoreError, migrate
from bot.storage.revisions import MIGRATIONS, head, known_revisions
from bot.storage.tables import metadata, opening

pytestmark = pytest.mark.store

HALF_FAILING = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{number}", "{before}"


def upgrade() -> None:
    op.create_table("half", sa.Column("id", sa.Integer(), primary_key=True))
    op.execute("INSERT INTO half VALUES (1)")
    op.add_column("server", sa.Column("half", sa.Integer()))
    op.execute("INSERT INTO no_such_table VALUES (1)")
"""


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def tables_at(url: str) -> set[str]:
    async with migrate.changing(url) as connection:
        return await connection.run_sync(tables)


async def test_up_and_down(empty_url: str) -> None:
    """Up makes every table, down to base takes every one away, and up again works."""
    assert await migrate.revision(empty_url) is None
    assert await migrate.upgrade(empty_url) == (None, head())
    assert await migrate.revision(empty_url) == head()
    assert await tables_at(empty_url) == {*metadata.tables, "alembic_version"}
    assert await migrate.upgrade(empty_url) == (head(), head())
    assert await migrate.downgrade(empty_url, "base") == (head(), None)
    assert await tables_at(empty_url) == {"alembic_version"}
    assert await migrate.upgrade(empty_url) == (None, head())


async def test_each_step_down_and_up(empty_url: str) -> None:
    """Every single migration can be taken back and done again."""
    await migrate.upgrade(empty_url)
    for number in reversed(("base", *known_revisions()[:-1])):
        await migrate.downgrade(empty_url, number)
    assert await migrate.upgrade(empty_url) == (None, head())


async def test_tables_are_what_migrations_make(store_url: str) -> None:
    """Alembic finds no difference between the tables in the code and those in a migrated database."""

    def differences(connection: Connection) -> list[object]:
        return list(
            compare_metadata(MigrationContext.configure(connection, opts=migrate.configuration()), metadata)
        )

    async with migrate.changing(store_url) as connection:
        assert await connection.run_sync(differences) == []


async def test_constraints_have_the_names_the_code_gives(store_url: str) -> None:
    """Primary, unique and foreign keys are named by our convention, so a later migration can address them."""

    def names(connection: Connection) -> set[str | None]:
        look = inspect(connection)
        found: set[str | None] = set()
        for table in metadata.tables:
            found |= {look.get_pk_constraint(table)["name"]}
            found |= {c["name"] for c in [*look.get_unique_constraints(table), *look.get_foreign_keys(table)]}
        return found

    wanted: set[str | None] = {str(c.name) for table in metadata.tables.values() for c in table.constraints}
    if store_url.startswith("sqlite"):  # AUTOINCREMENT must stand at the column, where a key has no name
        counted = [t for t in metadata.tables.values() if t.dialect_options["sqlite"]["autoincrement"]]
        wanted = wanted - {str(table.primary_key.name) for table in counted} | {None}
    async with migrate.changing(store_url) as connection:
        assert await connection.run_sync(names) == wanted


async def test_a_migration_that_fails_halfway_leaves_nothing(store_url: str, tmp_path: Path) -> None:
    """Tables, rows and revision are as before, and the database works on."""
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    failing = HALF_FAILING.format(number="9998", before=head())
    (migrations / "versions" / "9998_half.py").write_text(failing)
    before = await tables_at(store_url)
    with pytest.raises(Exception, match="no_such_table"):
        await migrate.upgrade(store_url, migrations=migrations)
    assert await tables_at(store_url) == before
    assert await migrate.revision(store_url) == head()
    async with migrate.changing(store_url) as connection:
        columns = await connection.run_sync(
            lambda c: [column["name"] for column in inspect(c).get_columns("server")]
        )
    assert "half" not in columns
    assert await migrate.upgrade(store_url) == (head(), head())


async def test_an_older_program_refuses_a_newer_database(store_url: str, tmp_path: Path) -> None:
    """A revision that this program doesn't know is left alone, up and down."""
    async with migrate.changing(store_url) as connection:
        await connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for move in migrate.upgrade(store_url), migrate.downgrade(store_url, "base"):
        with pytest.raises(StoreError, match="revision 9999; this program knows up to"):
            await move
    assert await migrate.revision(store_url) == "9999"


async def test_a_revision_that_is_none(store_url: str) -> None:
    """A revision nobody wrote is refused in words."""
    with pytest.raises(StoreError, match="The migrations cannot do that"):
        await migrate.downgrade(store_url, "0000")


async def test_a_migration_that_orphans_rows_is_undone(store_url: str, tmp_path: Path) -> None:
    """Foreign keys sleep during a migration on SQLite and are checked at its end; PostgreSQL checks at once."""
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    orphaning = HALF_FAILING.format(number="9998", before=head()).split("    op.create_table")[0]
    orphaning += '    op.execute("INSERT INTO alias (hash, kind, opening_id, seen_at)'
    orphaning += " VALUES ('h', 'guid', 404, 0)\")\n"
    (migrations / "versions" / "9998_orphans.py").write_text(orphaning)
    with pytest.raises(Exception, match=r"refer|foreign key"):
        await migrate.upgrade(store_url, migrations=migrations)
    assert await migrate.revision(store_url) == head()


async def test_our_column_types_are_frozen(store_url: str) -> None:
    """A generated migration writes a moment as the BIGINT it is, so that later code cannot change it."""

    def rendered(connection: Connection) -> str:
        context = MigrationContext.configure(connection, opts=migrate.configuration())
        operations = UpgradeOps([CreateTableOp.from_table(opening)])
        return render_python_code(
            operations, render_item=migrate.configuration()["render_item"], migration_context=context
        )

    async with migrate.changing(store_url) as connection:
        code = await connection.run_sync(rendered)
    assert "sa.Column('first_seen_at', sa.BigInteger(), nullable=False)" in code and "Instant" not in code


def test_migrations_are_numbered_without_gaps() -> None:
    """0001, 0002, …: each named, each with a sentence of why."""
    files = sorted((MIGRATIONS / "versions").glob("*.py"))
    assert [file.name[:5] for file in files] == [f"{n:04}_" for n in range(1, len(files) + 1)]
    assert all("Why: " in file.read_text() for file in files)
