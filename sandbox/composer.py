"""What a Discord client does between typing and sending: find the command, turn words into typed options.

Pure but for reading the world. Everything a client would not let a person do raises CannotDo.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sandbox import permissions
from sandbox.model import Channel, Command, Json, User
from sandbox.permissions import Permission
from sandbox.wire_interactions import resolved
from sandbox.world import World

CHAT = 1
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER = range(1, 11)


class CannotDo(Exception):
    """Discord's client would not let this person do that; the text says why."""


def command_named(world: World, user: User, place: Channel, name: str, kind: int = CHAT) -> Command:
    """The command that this person is offered here under its top-level name; the guild's own goes first."""
    found = [
        command
        for command in world.commands.values()
        if (command.body["type"], command.body["name"]) == (kind, name)
        and command.guild_id in (None, place.guild_id)
    ]
    if not found:
        raise CannotDo(f"There is no command {name!r} here.")
    command = max(found, key=lambda one: one.guild_id is not None)
    _check_offered(world, user, place, command)
    return command


def _check_offered(world: World, user: User, place: Channel, command: Command) -> None:
    name = command.body["name"]
    guild = world.guild_of(place)
    contexts = command.body.get("contexts")
    if guild is None:
        if command.guild_id is not None or not command.body["dm_permission"]:
            raise CannotDo(f"The command {name!r} is not offered in direct messages.")
        return
    if contexts is not None and 0 not in contexts:
        raise CannotDo(f"The command {name!r} is not offered in servers.")
    granted = permissions.in_channel(guild, place, user.id)
    if not granted & Permission.VIEW_CHANNEL:
        raise CannotDo(f"{user.name} does not see #{place.name}.")
    if not granted & Permission.USE_APPLICATION_COMMANDS:
        raise CannotDo(f"{user.name} may not use commands in #{place.name}.")
    wanted = command.body["default_member_permissions"]
    if wanted is None or granted & Permission.ADMINISTRATOR:
        return
    if int(wanted) == 0 or granted & int(wanted) != int(wanted):
        raise CannotDo(f"The command {name!r} is hidden from {user.name}: it needs more permissions.")


def slash_data(
    world: World,
    user: User,
    place: Channel,
    line: str,
    given: Mapping[str, object],
    *,
    focused: str | None = None,
) -> Json:
    """`data` of a slash command. line: "jobs subscribe"; given: option → value, people and places by name.

    focused: the option that is being typed; the data is then an autocomplete's, and nothing is required yet.
    """
    words = line.split()
    command = command_named(world, user, place, words[0])
    path, options = _walk(command.body, words[1:])
    values = {name.rstrip("_"): value for name, value in given.items()}
    unknown = sorted(values.keys() - {option["name"] for option in options})
    if unknown:
        raise CannotDo(f"/{line} has no option {unknown[0]!r}.")
    filled: list[Json] = []
    named: list[int] = []
    for option in options:
        if option["name"] in values:
            typing = option["name"] == focused
            entry = _typed(world, user, place, option, values[option["name"]], checked=focused is None)
            filled.append({**entry, "focused": True} if typing else entry)
            if option["type"] in (USER, CHANNEL, ROLE, MENTIONABLE):
                named.append(int(entry["value"]))
        elif option.get("required") and focused is None:
            raise CannotDo(f"/{line} needs the option {option['name']!r}.")
    for step in reversed(path):
        filled = [{"name": step["name"], "type": step["type"], "options": filled}]
    return _data(world, user, place, command, {"options": filled}, named)


def menu_data(
    world: World, user: User, place: Channel, kind: int, name: str, target: int, found: Json
) -> Json:
    """`data` of a context menu (kind 2 on a user, 3 on a message). found: its `resolved`."""
    command = command_named(world, user, place, name, kind)
    data = _data(world, user, place, command, {"target_id": str(target)}, [])
    return {**data, "resolved": found}


def _data(
    world: World, user: User, place: Channel, command: Command, more: Json, named: Sequence[int]
) -> Json:
    data: Json = {"id": str(command.id), "name": command.body["name"], "type": command.body["type"], **more}
    if command.guild_id is not None:
        data["guild_id"] = str(command.guild_id)
    if named:
        data["resolved"] = resolved(world, place.guild_id, user.id, named)
    return data


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


def _typed(world: World, user: User, place: Channel, option: Json, value: object, *, checked: bool) -> Json:
    kind = option["type"]
    if kind in (STRING, INTEGER, NUMBER):
        sent: object = _plain(option, value) if checked else value
    elif kind == BOOLEAN:
        if not isinstance(value, bool):
            raise CannotDo(f"{option['name']!r} is true or false.")
        sent = value
    elif kind in _NAMED:
        sent = str(_NAMED[kind](world, user, place, option, str(value)))
    else:
        raise CannotDo(f"A person here cannot fill an option of type {kind}.")
    return {"name": option["name"], "type": kind, "value": sent}


def _plain(option: Json, value: object) -> object:
    """A text or number that the client would send; a choice may be named as it is shown."""
    name, kind = option["name"], option["type"]
    choices = option.get("choices")
    if choices:
        for choice in choices:
            if value in (choice["name"], choice["value"]):
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


# -- people and places by name -------------------------------------------------------------------


def user_named(world: World, place: Channel, name: str) -> int:
    guild = world.guild_of(place)
    people = [member.user for member in guild.members.values()] if guild else list(world.users.values())
    return _one([user.id for user in people if user.name == name], f"Nobody here is called {name}.")


def role_named(world: World, place: Channel, name: str) -> int:
    guild = world.guild_of(place)
    roles = guild.roles.values() if guild else ()
    return _one([role.id for role in roles if role.name == name], f"There is no role {name}.")


def channel_named(world: World, user: User, place: Channel, name: str, kinds: Sequence[int]) -> int:
    """A channel that this person sees, of one of these kinds (none given: any)."""
    guild = world.guild_of(place)
    if guild is None:
        raise CannotDo("There are no channels in a direct message.")
    fits = [
        channel.id
        for channel in guild.channels.values()
        if channel.name == name.removeprefix("#")
        and (not kinds or channel.kind in kinds)
        and permissions.in_channel(guild, channel, user.id) & Permission.VIEW_CHANNEL
    ]
    return _one(fits, f"{user.name} is offered no channel {name!r} here.")


def mentionable_named(world: World, place: Channel, name: str) -> int:
    try:
        return user_named(world, place, name)
    except CannotDo:
        return role_named(world, place, name)


def _one(found: Sequence[int], otherwise: str) -> int:
    if not found:
        raise CannotDo(otherwise)
    return found[0]


_Named = Callable[[World, User, Channel, Any, str], int]
_NAMED: dict[int, _Named] = {
    USER: lambda world, user, place, option, name: user_named(world, place, name),
    ROLE: lambda world, user, place, option, name: role_named(world, place, name),
    MENTIONABLE: lambda world, user, place, option, name: mentionable_named(world, place, name),
    CHANNEL: lambda world, user, place, option, name: channel_named(
        world, user, place, name, option.get("channel_types") or ()
    ),
}
