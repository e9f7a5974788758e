"""What a Discord client does between typing and sending: find the command, turn words into typed options.

Pure but for reading the world. Everything a client would not let a person do raises CannotDo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.model import Attachment, Channel, Command, Json, User
from sandbox.names import CannotDo, channel_named, mentionable_named, role_named, user_named
from sandbox.permissions import Permission
from sandbox.wire_interactions import resolved
from sandbox.world import World

CHAT, USER_MENU, MESSAGE_MENU = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, FILE = range(1, 12)


@dataclass(slots=True)
class Named:
    """What the options or parts that were filled in point to: it goes along as `resolved`."""

    ids: list[int] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)


def offered(world: World, user: User, place: Channel) -> list[Command]:
    """The commands that this person finds here, of all three types; a guild's own hides a global namesake."""
    here: dict[tuple[int, str], Command] = {}
    for command in sorted(world.commands.values(), key=lambda one: one.guild_id is not None):
        if command.guild_id in (None, place.guild_id):
            here[command.body["type"], command.body["name"]] = command
    return [command for command in here.values() if _why_not(world, user, place, command) is None]


def command_named(world: World, user: User, place: Channel, name: str, kind: int = CHAT) -> Command:
    """The command that this person is offered here, by its top-level name or id; the guild's own goes first.

    Raises CannotDo: there is none, or it says why they are not offered it.
    """
    found = [
        command
        for command in world.commands.values()
        if command.body["type"] == kind
        and name in (command.body["name"], str(command.id))
        and command.guild_id in (None, place.guild_id)
    ]
    if not found:
        raise CannotDo(f"There is no command {name!r} here.")
    command = max(found, key=lambda one: one.guild_id is not None)
    if (reason := _why_not(world, user, place, command)) is not None:
        raise CannotDo(reason)
    return command


def _why_not(world: World, user: User, place: Channel, command: Command) -> str | None:
    """Why the client does not offer this command here; None when it does."""
    name, contexts = command.body["name"], command.body.get("contexts")
    granted = world.may(user.id, place)
    if place.guild_id is None:
        if command.guild_id is not None or not command.body["dm_permission"]:
            return f"The command {name!r} is not offered in direct messages."
        return None
    if world.bot.id not in world.guilds[place.guild_id].members:
        return f"The command {name!r} is gone: its bot is not in this server."
    if contexts is not None and 0 not in contexts:
        return f"The command {name!r} is not offered in servers."
    if not granted & Permission.VIEW_CHANNEL:
        return f"{user.name} does not see #{place.name}."
    if not granted & Permission.USE_APPLICATION_COMMANDS:
        return f"{user.name} may not use commands in #{place.name}."
    if place.thread is not None and place.thread.archived:
        return f"#{place.name} is archived: write something to open it again."
    wanted = command.body["default_member_permissions"]
    if wanted is None or granted & Permission.ADMINISTRATOR:
        return None
    if int(wanted) == 0 or granted & int(wanted) != int(wanted):
        return f"The command {name!r} is hidden from {user.name}: it needs more permissions."
    return None


def slash_data(
    world: World,
    user: User,
    place: Channel,
    line: str,
    given: Mapping[str, object],
    *,
    focused: str | None = None,
) -> Json:
    """`data` of a slash command. line: "jobs subscribe", or the id in the place of the first word.

    given: option → value; people and places by name or id; files as `uploads.given` made them.

    focused: the option that is being typed; the data is then an autocomplete's, and nothing is required yet.
    """
    words = line.split()
    command = command_named(world, user, place, words[0])
    shown = " ".join(["/" + command.body["name"], *words[1:]])
    path, options = _walk(command.body, words[1:])
    values = {name.rstrip("_"): value for name, value in given.items()}
    unknown = sorted(values.keys() - {option["name"] for option in options})
    if unknown:
        raise CannotDo(f"{shown} has no option {unknown[0]!r}.")
    filled: list[Json] = []
    named = Named()
    for option in options:
        if option["name"] in values:
            typing = option["name"] == focused
            sent = _typed(world, user, place, option, values[option["name"]], named, checked=focused is None)
            entry = {"name": option["name"], "type": option["type"], "value": sent}
            filled.append({**entry, "focused": True} if typing else entry)
        elif option.get("required") and focused is None:
            raise CannotDo(f"{shown} needs the option {option['name']!r}.")
    for step in reversed(path):
        filled = [{"name": step["name"], "type": step["type"], "options": filled}]
    return _data(world, user, place, command, {"options": filled}, named)


def menu_data(
    world: World, user: User, place: Channel, kind: int, name: str, target: int, found: Json
) -> Json:
    """`data` of a context menu (kind 2 on a user, 3 on a message). found: its `resolved`."""
    command = command_named(world, user, place, name, kind)
    data = _data(world, user, place, command, {"target_id": str(target)}, Named())
    return {**data, "resolved": found}


def _data(world: World, user: User, place: Channel, command: Command, more: Json, named: Named) -> Json:
    data: Json = {"id": str(command.id), "name": command.body["name"], "type": command.body["type"], **more}
    if command.guild_id is not None:
        data["guild_id"] = str(command.guild_id)
    return data | resolved_data(world, user, place, named)


def resolved_data(world: World, user: User, place: Channel, named: Named) -> Json:
    """`resolved` where something is to be resolved, else nothing."""
    if not named.ids and not named.files:
        return {}
    return {"resolved": resolved(world, place.guild_id, user.id, named.ids, named.files)}


def _walk(body: Json, words: Sequence[str]) -> tuple[list[Json], list[Json]]:
    """The groups and subcommand that the words lead to, and the options that can be filled there."""
    path: list[Json] = []
    options: list[Json] = body["options"]
    for word in words:
        step = next((o for o in options if o["name"] == word and o["type"] in (SUBCOMMAND, GROUP)), None)
        if step is None:
            raise CannotDo(f"There is no {word!r} under /{body['name']}.")
        path.append(step)
        options = step.get("options", [])
    if any(option["type"] in (SUBCOMMAND, GROUP) for option in options):
        offered = ", ".join(option["name"] for option in options)
        raise CannotDo(f"/{body['name']} alone cannot be sent; choose one of: {offered}.")
    return path, options


def _typed(
    world: World, user: User, place: Channel, option: Json, value: object, named: Named, *, checked: bool
) -> object:
    kind = option["type"]
    if kind in (STRING, INTEGER, NUMBER):
        return _plain(option, value) if checked else value
    if kind == BOOLEAN:
        if not isinstance(value, bool):
            raise CannotDo(f"{option['name']!r} is true or false.")
        return value
    if kind == FILE:
        if not isinstance(value, Attachment):
            raise CannotDo(f"{option['name']!r} is a file.")
        named.files.append(value)
        return str(value.id)
    if kind not in _NAMED:
        raise CannotDo(f"A person here cannot fill an option of type {kind}.")
    named.ids.append(_NAMED[kind](world, user, place, option, value))
    return str(named.ids[-1])


def _plain(option: Json, value: object) -> object:
    """A text or number that the client would send; a choice may be named by its value, else as it is shown."""
    name, kind = option["name"], option["type"]
    choices = option.get("choices")
    if choices:
        for key in ("value", "name"):
            for choice in choices:
                if choice[key] == value:
                    return choice["value"]
        raise CannotDo(f"{name!r} offers only: {', '.join(choice['name'] for choice in choices)}.")
    if kind == STRING:
        text = str(value)
        if not option.get("min_length", 0) <= len(text) <= option.get("max_length", 6000):
            raise CannotDo(f"{name!r} is too short or too long.")
        return text
    wanted = (int,) if kind == INTEGER else (int, float)
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise CannotDo(f"{name!r} is a number.")
    if not option.get("min_value", value) <= value <= option.get("max_value", value):
        raise CannotDo(f"{name!r} is too small or too large.")
    return value


_Named = Callable[[World, User, Channel, Any, object], int]
_NAMED: dict[int, _Named] = {
    USER: lambda world, user, place, option, name: user_named(world, place, name),
    ROLE: lambda world, user, place, option, name: role_named(world, place, name),
    MENTIONABLE: lambda world, user, place, option, name: mentionable_named(world, place, name),
    CHANNEL: lambda world, user, place, option, name: channel_named(
        world, user, place, name, option.get("channel_types") or ()
    ),
}
