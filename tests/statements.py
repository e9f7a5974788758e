"""Statements are compiled once for all tests: each test opens a database of its own, and asks it the same."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

from sqlalchemy import Connection, Engine, event


class Compiled(MutableMapping[Any, Any]):
    """A cache for all engines. SQLAlchemy begins each key with the engine's own dialect: here its kind will do."""

    def __init__(self) -> None:
        self._kept: dict[Any, Any] = {}

    def __getitem__(self, key: Any) -> Any:
        return self._kept[_anywhere(key)]

    def __setitem__(self, key: Any, compiled: Any) -> None:
        self._kept[_anywhere(key)] = compiled

    def __delitem__(self, key: Any) -> None:
        del self._kept[_anywhere(key)]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _anywhere(key: Any) -> Any:
    dialect, *statement = key
    return (type(dialect), *statement)


def share() -> None:
    """From here on an engine takes what another has compiled for the same kind of database."""
    cache = Compiled()

    def give(connection: Connection) -> None:
        connection.execution_options(compiled_cache=cache)

    event.listen(Engine, "engine_connect", give)
