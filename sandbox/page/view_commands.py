"""The commands that one member is offered in one place. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sandbox import composer
from sandbox.composer import CHAT, GROUP, SUBCOMMAND
from sandbox.model import Channel, Command, Json, User
from sandbox.world import World

_LIMITS = ("channel_types", "min_value", "max_value", "min_length", "max_length")


def commands(world: World, user: User, place: Channel) -> list[Json]:
    """One entry a path: a command with subcommands is that many."""
    return [entry for command in composer.offered(world, user, place) for entry in _entries(world, command)]


def options_at(command: Command, path: Sequence[str]) -> list[Json]:
    """What can be filled in at this path of a command; nothing where there is no such path."""
    for found, step in _paths(command.body, ()):
        if list(found) == list(path):
            return step.get("options") or []
    return []


def _entries(world: World, command: Command) -> Iterator[Json]:
    body = command.body
    shown: Json = {"id": str(command.id), "kind": body["type"], "app": world.bot.name}
    if body["type"] != CHAT:
        yield {**shown, "name": body["name"], "path": [], "description": "", "options": []}
        return
    for path, step in _paths(body, ()):
        yield {
            **shown,
            "name": " ".join([body["name"], *path]),
            "path": list(path),
            "description": step["description"],
            "options": [_option(option) for option in step.get("options") or ()],
        }


def _paths(step: Json, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Json]]:
    deeper = [o for o in step.get("options") or () if o["type"] in (SUBCOMMAND, GROUP)]
    if not deeper:
        yield path, step
    for option in deeper:
        yield from _paths(option, (*path, option["name"]))


def _option(option: Json) -> Json:
    choices: Any = option.get("choices")
    return {
        "name": option["name"],
        "description": option["description"],
        "type": option["type"],
        "required": bool(option.get("required")),
        "choices": [{"name": c["name"], "value": c["value"]} for c in choices] if choices else None,
        "autocomplete": bool(option.get("autocomplete")),
        **{limit: option.get(limit) for limit in _LIMITS},
    }
