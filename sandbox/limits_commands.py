"""Limits of application commands that Discord's OpenAPI description lacks. Pure checks that raise ApiError.

Source: Discord's "Application Commands": Naming, Registering a Command, the option structure.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from sandbox import errors
from sandbox.errors import form_error
from sandbox.limits_common import Json, at, check_choices, check_length

CHAT, USER, MESSAGE = 1, 2, 3
MOST = {CHAT: 100, USER: 15, MESSAGE: 15}  # globally, and again in each guild
NAME_CHARACTERS = 32
DESCRIPTION_CHARACTERS = 100
OPTIONS = 25
CHARACTERS = 8000  # names, descriptions and choices of one command together
SUBCOMMANDS = (1, 2)  # option types: a subcommand, a group of them

# Scripts whose vowel signs are neither letters nor numbers; Discord's pattern names them: Devanagari and Thai.
_SCRIPTS = ((0x0900, 0x097F), (0xA8E0, 0xA8FF), (0x0E01, 0x0E5B))


def check_commands(commands: Sequence[Json]) -> None:
    """All commands of one place, as a bulk overwrite brings them. Paths start with the index."""
    check_number(commands)
    seen: set[tuple[int, str]] = set()
    for index, command in enumerate(commands):
        check_command(command, under=str(index))
        key = command.get("type") or CHAT, command["name"]
        if key in seen:
            message = "Application command names must be unique"
            raise form_error({str(index): ("APPLICATION_COMMANDS_DUPLICATE_NAME", message)})
        seen.add(key)


def check_number(commands: Sequence[Json]) -> None:
    """How many commands of each type one place may have."""
    counts = Counter(command.get("type") or CHAT for command in commands)
    if any(count > MOST.get(kind, MOST[CHAT]) for kind, count in counts.items()):
        raise errors.too_many_commands()


def check_command(command: Json, *, under: str = "") -> None:
    """One command, whole."""
    if (command.get("type") or CHAT) == CHAT:
        check_name(command.get("name"), at(under, "name"))
        _check_description(command.get("description"), at(under, "description"))
        _check_options(command.get("options") or (), at(under, "options"))
    else:
        check_length(command.get("name"), at(under, "name"), 1, NAME_CHARACTERS)
    if characters(command) > CHARACTERS:
        message = f"Command exceeds maximum size ({CHARACTERS})"
        path = under or "name"
        raise form_error({path: ("APPLICATION_COMMAND_TOO_LARGE", message)})


def check_name(name: object, path: str) -> None:
    """The name of a chat command or an option: 1 to 32 letters, digits, -, _ or ', none of them upper case."""
    check_length(name, path, 1, NAME_CHARACTERS)
    text = str(name)
    if text != text.lower() or not all(map(_may_stand_in_a_name, text)):
        raise form_error({path: ("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")})


def characters(command: Json) -> int:
    """What counts towards the limit of 8,000: every name, description and choice, options included."""
    total = len(command.get("name") or "") + len(command.get("description") or "")
    total += sum(characters(option) for option in command.get("options") or ())
    for choice in command.get("choices") or ():
        total += len(choice.get("name") or "") + len(str(choice.get("value", "")))
    return total


def _check_options(options: Sequence[Json], path: str) -> None:
    if len(options) > OPTIONS:
        raise errors.too_long(path, OPTIONS)
    if 0 < sum(option.get("type") in SUBCOMMANDS for option in options) < len(options):
        message = "Sub-command and sub-command group option types are mutually exclusive to all other types"
        raise form_error({path: ("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message)})
    optional_seen, names = False, set()
    for index, option in enumerate(options):
        here = at(path, index)
        check_name(option.get("name"), at(here, "name"))
        _check_description(option.get("description"), at(here, "description"))
        check_choices(option.get("choices") or (), at(here, "choices"))
        _check_options(option.get("options") or (), at(here, "options"))
        if option["name"] in names:
            message = "Option names must be unique"
            raise form_error({here: ("APPLICATION_COMMAND_OPTIONS_DUPLICATE_NAME", message)})
        names.add(option["name"])
        if option.get("required") and optional_seen:
            message = "Required options must be placed before non-required options"
            raise form_error({here: ("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message)})
        optional_seen = optional_seen or (
            option.get("type") not in SUBCOMMANDS and not option.get("required")
        )


def _check_description(description: object, path: str) -> None:
    check_length(description or None, path, 1, DESCRIPTION_CHARACTERS)


def _may_stand_in_a_name(character: str) -> bool:
    if character in "-_'" or unicodedata.category(character)[0] in "LN":
        return True
    return any(first <= ord(character) <= last for first, last in _SCRIPTS)
