"""A backup as a file: a zip of one JSON line a row, a manifest with every count and hash, and erasures.log.

No key is inside: with the key, whoever finds a lost backup could tell whom its keyed hashes mean. The manifest
carries a seal made with the key, so that a restore knows the file as ours, whole and unchanged.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.storage import erasures
from bot.storage.errors import StoreError

FORMAT = 1  # of the zip; a change that an older program can't read raises it
MANIFEST, ERASURES = "manifest.json", "erasures.log"

Seal = Callable[[str], str]
"""Text → a mark that only the holder of the key can make."""

Tell = Callable[[int], None]
"""Told how many rows are done since the last time."""


class Sheet(BaseModel):
    """One table of a backup; `sha256` of its lines."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: tuple[str, ...]
    rows: int
    sha256: str


class Manifest(BaseModel):
    """What a backup holds. counters: table → the highest number it has ever given out. key: which key sealed it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    program: str
    made_at: datetime
    revision: str
    tables: Mapping[str, Sheet]
    counters: Mapping[str, int]
    erasures_sha256: str
    key: str
    seal: str = ""

    @property
    def rows(self) -> int:
        return sum(sheet.rows for sheet in self.tables.values())

    def sealed(self, seal: Seal) -> Manifest:
        return self.model_copy(update={"seal": seal(self._words())})

    def is_sealed(self, seal: Seal) -> bool:
        return self.seal == seal(self._words())

    def _words(self) -> str:
        return json.dumps(self.model_dump(mode="json", exclude={"seal"}), sort_keys=True)


class Unsound(StoreError):
    """A backup file that can't be trusted, in words."""


def member(table: str) -> str:
    """The name of a table's lines in the zip."""
    return f"tables/{table}.jsonl"


class Lines:
    """Writes rows as JSON lines into an open member of the zip, counting and hashing."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to = to
        self._hash = hashlib.sha256()
        self._rows = 0

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        text = "".join(f"{json.dumps(list(row), ensure_ascii=False)}\n" for row in rows).encode()
        self._hash.update(text)
        self._to.write(text)
        self._rows += len(rows)

    def sheet(self, columns: Iterable[str]) -> Sheet:
        return Sheet(columns=tuple(columns), rows=self._rows, sha256=self._hash.hexdigest())


class Archive:
    """An opened backup whose every byte was found to be as its manifest says."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self._file = file
        self.manifest = manifest

    def batches(self, table: str, size: int) -> Iterator[list[dict[str, Any]]]:
        """The rows of a table as dicts, so many at a time."""
        columns = self.manifest.tables[table].columns
        with self._file.open(member(table)) as lines:
            while batch := [
                dict(zip(columns, json.loads(line), strict=True)) for line in islice(lines, size)
            ]:
                yield batch

    def erasures(self) -> dict[str, datetime]:
        return erasures.parse(self._file.read(ERASURES).decode("ascii", "replace").splitlines())


@contextmanager
def opened(path: Path, seal: Seal | None) -> Iterator[Archive]:
    """A backup, checked whole before anything else is done with it.

    seal: None accepts a backup of another key. Raises Unsound: no backup, cut off, changed, of another key, newer.
    """
    try:
        with zipfile.ZipFile(path) as file:
            manifest = _manifest(file, path)
            if seal is not None:
                _require_seal(manifest, seal, path)
            for table, sheet in manifest.tables.items():
                _require(file, member(table), sheet.sha256, sheet.rows, path)
            _require(file, ERASURES, manifest.erasures_sha256, None, path)
            yield Archive(file, manifest)
    except FileNotFoundError:
        raise Unsound(f"There is no file {path}. Name the backup to restore.") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError):
        raise Unsound(
            f"{path} is no whole backup of Outpost. Take another one; nothing was changed."
        ) from None


def _manifest(file: zipfile.ZipFile, path: Path) -> Manifest:
    said = file.read(MANIFEST)
    try:
        number = json.loads(said)["format"]
        if isinstance(number, int) and number > FORMAT:
            raise Unsound(f"{path} was made by a newer Outpost. Install that one, then restore.")
        return Manifest.model_validate_json(said)
    except (ValueError, TypeError, ValidationError):
        raise zipfile.BadZipFile from None


def _require_seal(manifest: Manifest, seal: Seal, path: Path) -> None:
    if manifest.key != seal("key"):
        raise Unsound(
            f"{path} was made with another key. Put that bot's outpost.key in its place. "
            "If it is lost, --other-key restores all but blocks and erasures."
        )
    if not manifest.is_sealed(seal):
        raise Unsound(f"{path} was changed after it was made. Take another one; nothing was changed here.")


def _require(file: zipfile.ZipFile, name: str, sha256: str, rows: int | None, path: Path) -> None:
    """Refuse a member of the zip that is not byte for byte what the manifest says."""
    found, lines = hashlib.sha256(), 0
    with file.open(name) as opened_member:
        while chunk := opened_member.read(1 << 20):
            found.update(chunk)
            lines += chunk.count(b"\n")
    if found.hexdigest() != sha256 or rows not in (None, lines):
        raise Unsound(
            f"{path} was changed after it was made: {name}. Take another one; nothing was changed here."
        )
