"""Buttons, menus and forms by their custom_id: the state is in the id, so they outlive a restart.

A custom_id reads `name/argument/argument`; each subject's forms.py says which function answers which name.
discord.py's own views die with the process (docs/decisions, buttons); here nothing is kept between presses, and what
nobody knows any more gets a polite answer.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import discord

Handler = Callable[..., Awaitable[None]]  # (interaction, *arguments of the id)


def custom_id(name: str, *arguments: object) -> str:
    """`name/1/2`; at most 100 characters, as Discord allows."""
    joined = "/".join([name, *map(str, arguments)])
    if len(joined) > 100:
        raise ValueError(f"custom_id of {len(joined)} characters: {joined}")
    return joined


def fresh() -> str:
    """A part that no form before had: phones show an old prefill when an id repeats (discord-api-docs #7554)."""
    return secrets.token_hex(4)


class Router:
    """Name → the function that answers it."""

    def __init__(self) -> None:
        self._handlers: dict[str, Handler] = {}

    def add(self, handlers: Mapping[str, Handler]) -> None:
        for name, handler in handlers.items():
            if name in self._handlers:
                raise ValueError(f"two handlers for {name}")
            self._handlers[name] = handler

    def find(self, interaction: discord.Interaction[Any]) -> tuple[Handler, list[str]] | None:
        """Who answers this press or form, and the arguments of its id; None when nobody knows it."""
        data: Any = interaction.data or {}
        name, *arguments = str(data.get("custom_id", "")).split("/")
        handler = self._handlers.get(name)
        return None if handler is None else (handler, arguments)
