"""What happens in the sandbox, one calm line each. Pure."""

from __future__ import annotations

from typing import Any

from bot.cli import terminal
from sandbox.drafts import BUTTON, all_text, walk
from sandbox.model import InteractionKind
from sandbox.world import Event, World

Json = dict[str, Any]
_LONGEST = 60  # characters of a title


def line(world: World, event: Event) -> str | None:
    """The words for an event that the bot hears of; None for what is none of its doing and no press."""
    data = event.data
    if event.name == "INTERACTION_CREATE":
        return _pressed(data)
    if event.name in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and int(data["author"]["id"]) == world.bot.id:
        what = "posted" if event.name == "MESSAGE_CREATE" else "changed"
        return f"Outpost {what} “{_title(world, data)}” {_where(world, data)}"
    if event.name == "MESSAGE_DELETE" and world.messages[int(data["id"])].author_id == world.bot.id:
        return f"Outpost took back a message {_where(world, data)}"
    return None


def _title(world: World, message: Json) -> str:
    """The first line of what is written, without its marks."""
    written = all_text(message["content"], message["components"]).strip() or "…"
    names = {
        channel.id: channel.name for guild in world.guilds.values() for channel in guild.channels.values()
    }
    return _short(terminal.line(written.splitlines()[0], world.clock.now(), names).plain)


def _where(world: World, data: Json) -> str:
    channel = world.channel(int(data["channel_id"]))
    if channel is None:
        return "in a channel that is gone"
    if channel.recipients:
        return f"to {world.users[channel.recipients[0]].name}"
    return f"in #{channel.name}"


def _pressed(interaction: Json) -> str | None:
    """What a person did. Typing, which asks for completions, is not told."""
    who = (interaction.get("member") or interaction)["user"]["username"]
    data = interaction["data"]
    match InteractionKind(interaction["type"]):
        case InteractionKind.COMMAND if data["type"] == 1:
            return f"{who} typed {_typed(data)}"
        case InteractionKind.COMMAND:
            return f"{who} chose “{data['name']}”"
        case InteractionKind.COMPONENT:
            return f"{who} {_used(interaction['message'], data)}"
        case InteractionKind.MODAL:
            return f"{who} sent a form"
    return None


def _typed(data: Json) -> str:
    """`/jobs subscribe filter: python`, as far as it is words; ids are left out."""
    path, options = [f"/{data['name']}"], data.get("options", [])
    while options and options[0]["type"] in (1, 2):
        path.append(options[0]["name"])
        options = options[0].get("options", [])
    given = [f"{one['name']}: {_short(str(one['value']))}" for one in options if one["type"] == 3]
    return " ".join(path + given)


def _used(message: Json, data: Json) -> str:
    """`pressed Save` or `chose in “Moderators' channel”`."""
    for component in walk(message["components"]):
        if component.get("custom_id") != data["custom_id"]:
            continue
        if component["type"] == BUTTON:
            return f"pressed {component.get('label') or 'a button'}"
        return f"chose in “{component.get('placeholder') or 'a menu'}”"
    return "pressed a button"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
