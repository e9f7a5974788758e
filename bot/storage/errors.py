"""What a database refuses, in words that tell what to do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError


class StoreError(Exception):
    """The database cannot be used as it is. The message says what to do and holds no password."""


# The primary result codes of SQLite (https://www.sqlite.org/rescode.html) that a person can mend.
_SQLITE = {
    5: "The database {place} is in use by another program. Stop that program, then try again.",
    6: "The database {place} is in use by another program. Stop that program, then try again.",
    8: "The database {place} cannot be written. Give the bot's user the right to write the file and its folder.",
    10: "The disk under {place} does not answer as it should. Check the disk, then start again.",
    11: "The database {place} is damaged. Restore it from a backup.",
    13: "The disk under {place} is full. Free some space; what was already kept is safe.",
    14: "The database {place} cannot be opened. Check that its folder is there and may be read and written.",
    26: "The database {place} is not an SQLite database. Name another file in DATABASE_URL.",
}

# SQLSTATE of PostgreSQL (its appendix A); a key of two characters stands for the whole class.
_POSTGRESQL = {
    "08": "The database {place} cannot be reached. Check that PostgreSQL runs and that DATABASE_URL is right.",
    "25006": "The database {place} is read-only. Name the primary server in DATABASE_URL.",
    "28": "The database {place} refuses this user or password. Check DATABASE_URL.",
    "3D000": "The database {place} does not exist. Create the database, or name another in DATABASE_URL.",
    "42501": "This user may not change the database {place}. Give it the right, or name another in DATABASE_URL.",
    "53100": "The disk under {place} is full. Free some space; what was already kept is safe.",
    "53300": "The database {place} takes no more connections. Close some, or raise max_connections.",
    "55P03": "The database {place} is locked by another program. Stop that program, then try again.",
    "57P": "The database {place} is starting or stopping. Try again in a minute.",
}


def in_words(error: Exception, place: str) -> StoreError | None:
    """The error as a StoreError about the database `place`; None when it is a bug of ours."""
    if isinstance(error, OSError):  # asyncpg could not connect at all
        return StoreError(_POSTGRESQL["08"].format(place=place))
    if not isinstance(error, DBAPIError):
        return None
    words = _SQLITE.get(getattr(error.orig, "sqlite_errorcode", 0) & 0xFF)
    state = getattr(error.orig, "sqlstate", None) or ""
    words = words or next((text for code, text in _POSTGRESQL.items() if state.startswith(code)), None)
    if words is None and error.connection_invalidated:
        words = _POSTGRESQL["08"]
    return StoreError(words.format(place=place)) if words else None


def refusal(error: DBAPIError | OSError, place: str) -> StoreError:
    """The same before any work is done, where whatever the database objects to is its own condition, no bug."""
    if told := in_words(error, place):
        return told
    orig = getattr(error, "orig", None)
    said = str(getattr(orig, "__cause__", None) or orig).partition("\n")[0]
    return StoreError(
        f"The database {place} does not hold what Outpost keeps ({said}). Nothing was changed. "
        "Name another in DATABASE_URL, or restore this one from a backup."
    )
