"""Reading what people pressed, chose or typed, and what a message of ours holds."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

import discord

from cogs import gate

PATIENCE_S = 1.5  # half of Discord's three seconds


async def acknowledge_late(press: discord.Interaction[Any]) -> None:
    """Acknowledge a press that nobody answered within half of Discord's three seconds."""
    await asyncio.sleep(PATIENCE_S)
    with contextlib.suppress(discord.HTTPException):  # too late by now: the answer will tell
        await gate.defer(press, replace=press.message is not None)


def chosen(press: discord.Interaction[Any]) -> list[str]:
    """The values of a menu: ids for channels, members and roles."""
    data: Any = press.data or {}
    return list(data.get("values", ()))


def typed(press: discord.Interaction[Any], custom_id: str) -> str:
    """What stands in one field of a submitted form; "" when it was left empty."""
    data: Any = press.data or {}
    for component in _all(data.get("components", ())):
        if component.get("custom_id") == custom_id:
            return str(component.get("value") or "")
    return ""


def picked(press: discord.Interaction[Any], custom_id: str) -> list[str]:
    """What was chosen in one menu of a submitted form: ids for channels, members and roles."""
    data: Any = press.data or {}
    for component in _all(data.get("components", ())):
        if component.get("custom_id") == custom_id:
            return list(component.get("values") or ())
    return []


def texts_of(message: discord.Message | None) -> list[str]:
    """The paragraphs of a card of ours, as they were sent."""
    components = [part.to_dict() for part in message.components] if message else []
    return [str(part["content"]) for part in _all(components) if part.get("content")]


def carries(message: discord.Message, marker: str) -> bool:
    """Does a button or menu of this message hold the marker in its custom_id?"""
    components = [part.to_dict() for part in message.components]
    return any(marker in str(part.get("custom_id", "")).split("/") for part in _all(components))


def _all(components: Any) -> Iterator[Mapping[str, Any]]:
    """Every component, however deep; a form's Label holds its one in `component`."""
    for part in components:
        yield part
        yield from _all(part.get("components", ()))
        for single in ("component", "accessory"):
            if part.get(single):
                yield from _all([part[single]])


def opening_of(message: discord.Message) -> int | None:
    """The opening whose card this message is, as the buttons of the card say."""
    for part in _all([one.to_dict() for one in message.components]):
        name, *arguments = str(part.get("custom_id", "")).split("/")
        if name == "jobs.more" and arguments and arguments[0].isdecimal():
            return int(arguments[0])
    return None
