"""Messages as one member sees them: Discord's own JSON, and what is true for this reader. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from sandbox import wire_messages
from sandbox.model import Channel, Json, Message, MessageFlag
from sandbox.page.memory import Failure, Memory, rings
from sandbox.permissions import Permission
from sandbox.world import World

_MEDIA = ("image", "thumbnail", "video", "media", "file")
_ICONS = ("icon_url", "proxy_icon_url")


def visible(world: World, user_id: int, place: Channel, since: int) -> Iterator[Message]:
    """What this person finds in a place, newest first.

    Private answers from before `since` are gone, as after a reload of Discord's client. Without the
    permission to read the history only what came since is there.
    """
    granted = world.may(user_id, place)
    if not granted & Permission.VIEW_CHANNEL:
        return
    for message in world.history(place, user_id):
        private = message.only_for is not None
        if message.id < since and (private or not granted & Permission.READ_MESSAGE_HISTORY):
            continue
        yield message


def page(
    world: World, memory: Memory, user_id: int, place: Channel, since: int, window: int
) -> tuple[list[Json], bool]:
    """The newest `window` messages, oldest first, and whether there are older ones."""
    newest = list(islice(visible(world, user_id, place, since), window + 1))
    shown = [_shown(world, message, user_id) for message in reversed(newest[:window])]
    oldest = int(shown[0]["id"]) if shown else 0
    for failure in memory.failures.values():
        one = failure.interaction
        if (one.user_id, one.channel_id) == (user_id, place.id) and one.id > max(since, oldest):
            shown.append(_failed(world, failure))
    shown.sort(key=lambda message: int(message["id"]))
    return shown, len(newest) > window


def _shown(world: World, message: Message, user_id: int) -> Json:
    shown = own_files(world, wire_messages.message(world, message, user_id))
    original = world.messages.get(message.reference_id or 0)
    if original is not None and original.only_for not in (None, user_id):
        shown["referenced_message"] = None
    return {
        **shown,
        "private": message.only_for is not None,
        "thinking": message.loading,
        "silent": bool(message.flags & MessageFlag.SUPPRESS_NOTIFICATIONS),
        "pinged_me": message.author_id != user_id and _calls(world, message, user_id),
        "mine": message.author_id == user_id,
        "by_app": world.users[message.author_id].bot or message.webhook_id is not None,
        "failed": None,
    }


def _calls(world: World, message: Message, user_id: int) -> bool:
    place = world.channel(message.channel_id)
    guild = world.guild_of(place) if place else None
    member = guild.members.get(user_id) if guild else None
    return rings(message, user_id, member.roles if member else set())


def _failed(world: World, failure: Failure) -> Json:
    """A slash command that was never answered, where its answer would stand."""
    one = failure.interaction
    return {
        "id": str(one.id),
        "channel_id": str(one.channel_id),
        "type": 20,
        "content": "",
        "timestamp": one.made_at.isoformat(timespec="microseconds"),
        "interaction_metadata": wire_messages.metadata(world, one),
        "private": True,
        "failed": failure.words,
    }


# -- files and pictures --------------------------------------------------------------------------


def own_files(world: World, message: Json) -> Json:
    """The message with our files' addresses as paths of this origin, and other hosts' pictures left out.

    The page asks nobody but its own origin for anything; a picture from elsewhere would be such a request.
    """
    shown = {**message, "attachments": [_attachment(world, file) for file in message["attachments"]]}
    for key in ("embeds", "components"):
        if shown[key]:
            shown[key] = _without_strangers(world, shown[key])
    if shown.get("referenced_message"):
        shown["referenced_message"] = own_files(world, shown["referenced_message"])
    return shown


def _attachment(world: World, file: Json) -> Json:
    path = _own_path(world, file["url"])
    return {**file, "url": path, "proxy_url": path}


def _own_path(world: World, url: str) -> str | None:
    """The path of one of our files; None for anything else."""
    return "/attachments" + url[len(world.files_url) :] if url.startswith(world.files_url + "/") else None


def _without_strangers(world: World, value: Any) -> Any:
    if isinstance(value, list):
        return [_without_strangers(world, one) for one in value]
    if not isinstance(value, dict):
        return value
    kept: Json = {}
    for key, inner in value.items():
        if key in _MEDIA and isinstance(inner, dict) and isinstance(inner.get("url"), str):
            kept[key] = _medium(world, inner)
        elif key in _ICONS and isinstance(inner, str):
            kept |= _icon(world, key, inner)
        else:
            kept[key] = _without_strangers(world, inner)
    return kept


def _medium(world: World, medium: Json) -> Json:
    path = _own_path(world, medium["url"])
    if path is None:
        return {"blocked": _host(medium["url"])}
    return {**medium, "url": path, **({"proxy_url": path} if "proxy_url" in medium else {})}


def _icon(world: World, key: str, url: str) -> Json:
    path = _own_path(world, url)
    return {key: path} if path is not None else {"blocked": _host(url)}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or url[:80]
    except ValueError:
        return "an address that cannot be read"
