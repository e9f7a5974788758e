"""One REST request, read; and how a handler finds what it names. A handler is a plain function Call → Answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from sandbox import errors, limits
from sandbox.drafts import Author
from sandbox.model import Attachment, Channel, Guild, Message
from sandbox.permissions import Permission
from sandbox.world import World

Answer = tuple[int, Any]
"""HTTP status and JSON body; None as the body of a 204."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request of the bot. body: the JSON, or payload_json of a multipart form; files: what came with it."""

    world: World
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Sequence[Attachment] = ()

    def id(self, name: str) -> int:
        """A snowflake of the path. Raises 50035 as Discord does for anything else."""
        value = self.path[name]
        if not value.isdecimal():
            message = f'Value "{value}" is not snowflake.'
            raise errors.form_error({name: ("NUMBER_TYPE_COERCE", message)})
        return int(value)

    # -- what the bot may see --------------------------------------------------------------------

    def guild(self) -> Guild:
        guild = self.world.guilds.get(self.id("guild_id"))
        if guild is None or self.world.bot.id not in guild.members:
            raise errors.unknown_guild() if guild is None else errors.missing_access()
        return guild

    def channel(self, *needed: Permission) -> Channel:
        """The channel of the path, once the bot may see it and has what is needed.

        Raises 10003, 50001 without VIEW_CHANNEL, 50013 for the first other permission that is missing.
        """
        channel = self.world.channel(self.id("channel_id"))
        if channel is None:
            raise errors.unknown_channel()
        granted = self.world.may(self.world.bot.id, channel)
        if not granted & Permission.VIEW_CHANNEL:
            raise errors.missing_access()
        for permission in needed:
            if not granted & permission:
                raise errors.missing_permissions()
        return channel

    def message(self, channel: Channel) -> Message:
        """The message of the path, as channel routes know it: private answers are not there (10008)."""
        message = self.world.messages.get(self.id("message_id"))
        if message is None or message.deleted or message.channel_id != channel.id or message.only_for:
            raise errors.unknown_message()
        return message

    def author(self, channel: Channel) -> Author:
        """The bot in this place, as `drafts` wants to know it."""
        return Author(self.world.guild_of(channel), self.world.may(self.world.bot.id, channel))


Handler = Callable[[Call], Answer]
Route = tuple[str, str, Handler]
"""Method, path template as in Discord's OpenAPI description, handler."""


async def read(request: web.Request, world: World) -> Call:
    """Parse a request. Raises 50109 for a body that is not JSON."""
    body, files = await _read_body(request, world)
    return Call(world, request.match_info, request.query, body, files)


async def _read_body(request: web.Request, world: World) -> tuple[Any, list[Attachment]]:
    if not request.content_type.startswith("multipart/"):
        return _json(await request.read()), []
    form = await request.post()
    body = _json(str(form.get("payload_json", "{}")))
    notes = {str(entry.get("id")): entry for entry in body.get("attachments") or ()}
    files = []
    for name, part in form.items():
        if isinstance(part, FileField):
            index = name.removeprefix("files[").removesuffix("]")
            files.append(_attachment(world, part, notes.get(index, {})))
    limits.check_files([len(file.data) for file in files])
    return {key: value for key, value in body.items() if not files or key != "attachments"}, files


def _attachment(world: World, part: FileField, note: Mapping[str, Any]) -> Attachment:
    filename = note.get("filename") or part.filename
    return Attachment(
        world.ids.next(), filename, part.content_type, part.file.read(), note.get("description")
    )


def _json(raw: str | bytes) -> Any:
    """What a handler may ask for its fields. A list is what a bulk overwrite sends; any other body is refused."""
    try:
        body = json.loads(raw) if raw else {}
    except ValueError:
        raise errors.invalid_json() from None
    if body is not None and not isinstance(body, dict | list):
        raise errors.form_error({"": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")})
    return {} if body is None else body
