"""Which migrations this program knows, told by their file names alone: no need for Alembic at each start."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from bot.storage.errors import StoreError
from bot.storage.tables import metadata

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
VERSION_TABLE = "alembic_version"


def known_revisions(migrations: Path = MIGRATIONS) -> tuple[str, ...]:
    """The numbers of the migrations in order, such as ("0001", "0002")."""
    return tuple(
        sorted(file.name[:4] for file in (migrations / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))
    )


def head(migrations: Path = MIGRATIONS) -> str:
    """The newest revision this program knows. Raises StoreError when its migrations folder is missing."""
    known = known_revisions(migrations)
    if not known:
        raise StoreError(f"The folder {migrations} holds no migrations. Install Outpost again.")
    return known[-1]


def current_revision(connection: Connection) -> str | None:
    """The revision a database is at, None when it was never migrated. Several, which are nobody's: with commas."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    found = connection.scalars(text(f"SELECT version_num FROM {VERSION_TABLE}"))  # noqa: S608
    return ", ".join(sorted(map(str, found))) or None


def require_tables(connection: Connection, place: str) -> None:
    """Refuse a database from which somebody has taken a table of ours."""
    if missing := metadata.tables.keys() - inspect(connection).get_table_names():
        raise StoreError(f"The database {place} lacks the table {min(missing)}. Restore it from a backup.")


def require_known(revision: str | None, place: str, migrations: Path = MIGRATIONS) -> None:
    """Refuse a database that a newer program has changed: this one does not know what it means."""
    if revision is not None and revision not in known_revisions(migrations):
        raise StoreError(
            f"The database {place} is at revision {revision}; this program knows up to {head(migrations)}. "
            "Install the newer Outpost, or restore an older backup."
        )


def require_head(revision: str | None, place: str, migrations: Path = MIGRATIONS) -> None:
    """Refuse a database that is not exactly at this program's head."""
    require_known(revision, place, migrations)
    if revision != head(migrations):
        at = f"at revision {revision}" if revision else "not set up yet"
        raise StoreError(f"The database {place} is {at}. Stop the bot and run `outpost migrate`.")
