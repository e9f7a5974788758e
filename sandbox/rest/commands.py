"""Application commands, global and of one guild."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sandbox import errors, limits
from sandbox.model import Command, Json
from sandbox.rest.call import Answer, Call, Route

CREATES_A_DAY = 200  # docs, Application Commands: "per day, per guild"; overwriting a command is no create
_CHAT = 1
_DAY = timedelta(days=1)


def listed(call: Call) -> Answer:
    return 200, [command.body for command in _here(call)]


def put(call: Call) -> Answer:
    """Replace all commands of this home. One that keeps its name and type keeps its id."""
    home = _home(call)
    limits.check_commands(call.body)
    ids = {command.key: command.id for command in _here(call)}
    for command in _here(call):
        del call.world.commands[command.id]
    for sent in call.body:
        _keep(call, sent, ids.get((home, sent.get("type") or _CHAT, sent["name"])))
    return 200, [command.body for command in _here(call)]


def create(call: Call) -> Answer:
    """201 for a new command; one of the same name and type is overwritten, with 200."""
    home, kind = _home(call), call.body.get("type") or _CHAT
    limits.check_command(call.body)
    same = [c for c in _here(call) if c.key == (home, kind, call.body["name"])]
    others = [command.body for command in _here(call) if command not in same]
    limits.check_number([*others, call.body])
    command = _keep(call, call.body, same[0].id if same else None)
    return (200 if same else 201), command.body


def get(call: Call) -> Answer:
    return 200, _named(call).body


def change(call: Call) -> Answer:
    """Absent keys stay; the id stays."""
    command = _named(call)
    sent = {**command.body, **call.body}
    limits.check_command(sent)
    return 200, _keep(call, sent, command.id).body


def delete(call: Call) -> Answer:
    del call.world.commands[_named(call).id]
    return 204, None


def _home(call: Call) -> int | None:
    """The guild that the path names, None for global; refuses an application that is not the bot's own."""
    if call.id("application_id") != call.world.application_id:
        raise errors.ApiError(403, 20012, "You are not authorized to perform this action on this application")
    return call.guild().id if "guild_id" in call.path else None


def _here(call: Call) -> Sequence[Command]:
    home = _home(call)
    return [command for command in call.world.commands.values() if command.guild_id == home]


def _named(call: Call) -> Command:
    wanted = call.id("command_id")
    for command in _here(call):
        if command.id == wanted:
            return command
    raise errors.unknown_command()


def _keep(call: Call, sent: Mapping[str, Any], known_id: int | None) -> Command:
    home, ids = _home(call), call.world.ids
    if known_id is None:
        _count_create(call, home)
    version = ids.next()
    command_id = known_id if known_id is not None else ids.next()
    command = Command(command_id, version, home, _shown(call, sent, command_id, version, home))
    call.world.commands[command_id] = command
    return command


def _count_create(call: Call, home: int | None) -> None:
    """Raises 30034 when one home has had its commands of a day."""
    now = call.world.clock.now()
    made = call.world.commands_made.setdefault(home, [])
    made[:] = [moment for moment in made if now - moment < _DAY]
    if len(made) >= CREATES_A_DAY:
        raise errors.too_many_command_creates()
    made.append(now)


def _shown(call: Call, sent: Mapping[str, Any], command_id: int, version: int, home: int | None) -> Json:
    """ApplicationCommandResponse: what was sent with defaults filled in."""
    granted = sent.get("default_member_permissions")
    shown: Json = {
        "id": str(command_id),
        "application_id": str(call.world.application_id),
        "version": str(version),
        "type": sent.get("type") or _CHAT,
        "name": sent["name"],
        "name_localizations": sent.get("name_localizations"),
        "description": sent.get("description") or "",
        "description_localizations": sent.get("description_localizations"),
        "default_member_permissions": None if granted is None else str(granted),
        "nsfw": bool(sent.get("nsfw")),
        "options": [_option(option) for option in sent.get("options") or ()],
    }
    if home is not None:
        return {**shown, "guild_id": str(home)}
    contexts = sent.get("contexts")
    dm = sent.get("dm_permission") is not False if contexts is None else 1 in contexts
    installs = sent.get("integration_types") or [0]
    return {**shown, "dm_permission": dm, "contexts": contexts, "integration_types": installs}


def _option(sent: Mapping[str, Any]) -> Json:
    kept = {key: value for key, value in sent.items() if value is not None}
    if "options" in kept:
        kept["options"] = [_option(inner) for inner in kept["options"]]
    return kept


def _routes() -> list[Route]:
    routes: list[Route] = []
    for home in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}"):
        every, one = f"{home}/commands", f"{home}/commands/{{command_id}}"
        routes += [("GET", every, listed), ("PUT", every, put), ("POST", every, create)]
        routes += [("GET", one, get), ("PATCH", one, change), ("DELETE", one, delete)]
    return routes


ROUTES = _routes()
