"""`erasures.log`: who was erased, as keyed hashes with a moment; a file that no older backup of the database undoes.

A line each: `2026-09-07T09:00:00+00:00 <mark>`. It only grows; of one mark the last line counts.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from bot.storage.engine import database, sqlite_file
from bot.storage.errors import StoreError

_LINE = re.compile(r"(\S+) ([0-9a-f]{32})")


def erasures_file(url: str) -> Path:
    """Where it lies: beside SQLite's file, else in the working directory."""
    file = sqlite_file(database(url))
    return (file.parent if file else Path()) / "erasures.log"


def read(file: Path) -> dict[str, datetime]:
    """Mark → when; empty when there is no file yet. Raises StoreError when it can't be read."""
    try:
        return parse(file.read_text("ascii", "replace").splitlines())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StoreError(f"{file} can't be read: {error.strerror}. Give the bot's user that right.") from None


def parse(lines: Iterable[str]) -> dict[str, datetime]:
    """Mark → when. A line that a crash cut off says nothing: what it was about is in the database still."""
    found: dict[str, datetime] = {}
    for line in lines:
        if match := _LINE.fullmatch(line):
            try:
                at = datetime.fromisoformat(match[1])
            except ValueError:
                continue
            if at.tzinfo is not None:
                found[match[2]] = max(at, found.get(match[2], at))
    return found


def lines(marks: Mapping[str, datetime]) -> str:
    return "".join(f"{at.isoformat()} {mark}\n" for mark, at in marks.items())


def append(file: Path, marks: Mapping[str, datetime]) -> None:
    """Add these, on the disk when this returns. Raises StoreError when the file can't be written."""
    if not marks:
        return
    try:
        number = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            size = os.fstat(number).st_size
            torn = size > 0 and os.pread(number, 1, size - 1) != b"\n"
            os.write(number, (("\n" if torn else "") + lines(marks)).encode())
            os.fsync(number)
        finally:
            os.close(number)
        if size == 0:
            _sync_folder(file)
    except OSError as error:
        raise StoreError(
            f"{file} can't be written: {error.strerror}. Free some space, or give the right."
        ) from None


def _sync_folder(file: Path) -> None:
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
