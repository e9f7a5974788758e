"""What the checks of messages, forms and commands have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sandbox import errors

Json = Mapping[str, Any]

CHOICES = 25
CHOICE_CHARACTERS = 100


def at(path: str, key: str | int) -> str:
    """The dotted path one step further; "" is the body's root."""
    return f"{path}.{key}" if path else str(key)


def check_length(text: object, path: str, least: int, most: int) -> None:
    """A text that must be there, with so many characters."""
    if text is None:
        raise errors.required(path)
    if not least <= len(str(text)) <= most:
        raise errors.bad_length(path, least, most)


def check_choices(choices: Sequence[Json], path: str) -> None:
    """What a person may pick for an option: fixed choices and those of autocomplete alike."""
    if len(choices) > CHOICES:
        raise errors.too_long(path, CHOICES)
    for index, choice in enumerate(choices):
        here = at(path, index)
        check_length(choice.get("name"), at(here, "name"), 1, CHOICE_CHARACTERS)
        if isinstance(choice.get("value"), str):
            check_length(choice["value"], at(here, "value"), 1, CHOICE_CHARACTERS)
