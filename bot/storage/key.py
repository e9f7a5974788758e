"""The key of all keyed hashes: a file of its own, so that the database alone can't tell whom a mark means."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from bot.storage.engine import database, sqlite_file
from bot.storage.errors import StoreError

_BYTES = 32


def key_file(url: str, chosen: Path | None) -> Path:
    """Where the key lies: as chosen, else beside SQLite's file, else in the working directory."""
    if chosen:
        return chosen
    file = sqlite_file(database(url))
    return (file.parent if file else Path()) / "outpost.key"


def keep_key(file: Path) -> bytes:
    """The key in `file`; the first time it is made there, readable by its owner alone, and on the disk at once.

    Raises StoreError when it can't be read, made, or is no key.
    """
    try:
        with contextlib.suppress(FileExistsError):
            _make(file)
        text = file.read_text("ascii")
    except OSError as error:
        raise StoreError(f"The key {file} can't be used: {error.strerror}. Check KEY_FILE.") from None
    except UnicodeDecodeError:
        text = ""
    with contextlib.suppress(ValueError):
        if len(key := bytes.fromhex(text)) == _BYTES:
            return key
    raise StoreError(f"{file} is not a key of Outpost. Put the right file there, or name it in KEY_FILE.")


def _make(file: Path) -> None:
    """Written whole under another name first: a crash can't leave half a key behind."""
    if file.exists():
        return
    number, draft = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)  # 0600
    try:
        with os.fdopen(number, "w") as opened:
            opened.write(f"{secrets.token_hex(_BYTES)}\n")
            opened.flush()
            os.fsync(opened.fileno())
        os.link(draft, file)  # fails where another process was faster: its key counts
    finally:
        os.unlink(draft)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
