"""What a page sent, read with care: each value has the type that is asked for, or the asker reads words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_MISSING = object()


class BadPacket(Exception):
    """The page asked in a way that is not understood; the text says what."""


class Packet:
    """The details of one action."""

    def __init__(self, details: Mapping[str, Any]) -> None:
        self._details = details

    def text(self, name: str, otherwise: str | None = None) -> str:
        """A text. Raises BadPacket when it is absent and there is no other."""
        value = self._details.get(name, _MISSING)
        if isinstance(value, str):
            return value
        if otherwise is not None and value in (_MISSING, None):
            return otherwise
        raise self._bad(name, "a text")

    def maybe(self, name: str) -> str | None:
        """A text, or None."""
        value = self._details.get(name)
        if value is None or isinstance(value, str):
            return value
        raise self._bad(name, "a text or nothing")

    def id(self, name: str) -> int:
        """A snowflake, which travels as text."""
        value = self._details.get(name)
        if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 20:
            return int(value)
        raise self._bad(name, "an id")

    def maybe_id(self, name: str) -> int | None:
        return None if self._details.get(name) is None else self.id(name)

    def texts(self, name: str) -> list[str]:
        """A list of texts, empty when absent."""
        value = self._details.get(name)
        if value is None:
            return []
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return value
        raise self._bad(name, "a list of texts")

    def maybe_texts(self, name: str) -> list[str] | None:
        return None if self._details.get(name) is None else self.texts(name)

    def flag(self, name: str) -> bool:
        """True or false; false when absent."""
        value = self._details.get(name)
        if value is None or isinstance(value, bool):
            return bool(value)
        raise self._bad(name, "true or false")

    def values(self, name: str) -> dict[str, Any]:
        """A table of plain values: text, number, boolean, null, or a list of texts."""
        value = self._details.get(name)
        if value is None:
            return {}
        if isinstance(value, dict) and all(_plain(one) for one in value.values()):
            return value
        raise self._bad(name, "a table of values")

    def seconds(self, name: str) -> float | None:
        """A number of seconds, at most a year; None when absent."""
        value = self._details.get(name)
        if value is None:
            return None
        if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= 366 * 86400:
            return float(value)
        raise self._bad(name, "a number of seconds, at most a year")

    @staticmethod
    def _bad(name: str, wanted: str) -> BadPacket:
        return BadPacket(f"The page sent {name!r} in a way that is not understood: it must be {wanted}.")


def _plain(value: object) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, str | int | float | bool)
