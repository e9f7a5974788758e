"""One REST request, read; and how a handler finds what it names. A handler is a plain function Call → Answer."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from aiohttp.web_request import FileField

from sandbox import bodies, errors, limits, threads, wire_messages
from sandbox.drafts import Author, clean_filename
from sandbox.gateway_intents import Ears, readable
from sandbox.limits_shapes import check_shapes
from sandbox.model import Attachment, Channel, Guild, Json, Message
from sandbox.permissions import Permission, in_guild
from sandbox.world import World

Answer = tuple[int, Any]
"""HTTP status and JSON body; None as the body of a 204."""


@dataclass(frozen=True, slots=True)
class Call:
    """A request of the bot. body: the JSON, or payload_json of a multipart form; files: what came with it.

    reason: for the guild's audit log, from the header X-Audit-Log-Reason.
    """

    world: World
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Sequence[Attachment] = ()
    reason: str | None = None

    def id(self, name: str) -> int:
        """A snowflake of the path. Raises 50035 as Discord does for anything else."""
        value = self.path[name]
        if not value.isdecimal():
            message = f'Value "{value}" is not snowflake.'
            raise errors.form_error({name: ("NUMBER_TYPE_COERCE", message)})
        return int(value)

    def flag(self, name: str) -> bool:
        """A boolean of the query (docs: Boolean Query Strings)."""
        return self.query.get(name) in ("1", "true", "True")

    # -- what the bot may see --------------------------------------------------------------------

    def guild(self) -> Guild:
        guild = self.world.guilds.get(self.id("guild_id"))
        if guild is None or self.world.bot.id not in guild.members:
            raise errors.unknown_guild() if guild is None else errors.missing_access()
        return guild

    def needs(self, guild: Guild, permission: Permission) -> None:
        """Raises 50013 when the bot lacks this in the guild as a whole."""
        if not in_guild(guild, self.world.bot.id) & permission:
            raise errors.missing_permissions()

    def channel(self, *needed: Permission) -> Channel:
        """The channel of the path, once the bot may see it and has what is needed.

        Raises 10003, 50001 without VIEW_CHANNEL, 50013 for the first other permission that is missing.
        """
        channel = self.world.channel(self.id("channel_id"))
        if channel is None:
            raise errors.unknown_channel()
        if channel.thread is not None:
            threads.settle(self.world, channel)
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

    def shown(self, message: Message) -> Json:
        """A message as the app may read it here: by the intents that it was granted, whatever its sessions asked for.

        docs, Gateway, HTTP Restrictions: "HTTP API restrictions are independent of Gateway restrictions".
        """
        place = self.world.channel(message.channel_id)
        in_guild = place is not None and place.guild_id is not None
        ears = Ears(self.world.privileged, self.world.bot.id, in_guild)
        return dict(readable(wire_messages.message(self.world, message), ears))


def number(query: Mapping[str, str], name: str, otherwise: int = 0) -> int:
    """A whole number of a query. Raises 50035 for anything else."""
    value = query.get(name, str(otherwise))
    if not value.isdecimal():
        raise errors.form_error({name: ("NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')})
    return int(value)


Handler = Callable[[Call], Answer]
Route = tuple[str, str, Handler]
"""Method, path template as in Discord's OpenAPI description, handler."""


async def read(request: web.Request, world: World) -> Call:
    """Parse a request. Raises 50109 for a body that is not JSON, 50035 for one that is of another shape."""
    body, files = await _read_body(request, world)
    check_shapes(body)
    reason = request.headers.get("X-Audit-Log-Reason")
    return Call(world, request.match_info, request.query, body, files, reason and unquote(reason))


async def _read_body(request: web.Request, world: World) -> tuple[Any, list[Attachment]]:
    if not request.content_type.startswith("multipart/"):
        return _fields(await _json(request)), []
    form = await request.post()
    body = _fields(await _json(request))
    about = body.get("attachments") or (body.get("message") or {}).get("attachments") or ()
    notes = {str(entry.get("id")): entry for entry in about}
    files = []
    for name, part in form.items():
        if isinstance(part, FileField):
            index = name.removeprefix("files[").removesuffix("]")
            files.append(_attachment(world, part, notes.get(index, {})))
    limits.check_files([len(file.data) for file in files])
    return {key: value for key, value in body.items() if not files or key != "attachments"}, files


def _attachment(world: World, part: FileField, note: Mapping[str, Any]) -> Attachment:
    filename = clean_filename(note.get("filename") or part.filename)
    return Attachment(
        world.ids.next(), filename, _content_type(part, filename), part.file.read(), note.get("description")
    )


def _content_type(part: FileField, filename: str) -> str:
    """What the client says, or what the name says where the client says nothing, as discord.py does."""
    if part.content_type != "application/octet-stream":
        return part.content_type
    return mimetypes.guess_type(filename)[0] or part.content_type


async def _json(request: web.Request) -> object:
    try:
        return await bodies.asked(request)
    except ValueError:
        raise errors.invalid_json() from None


def _fields(body: object) -> Any:
    """What a handler may ask for its fields. A list is what a bulk overwrite sends; any other body is refused."""
    if body is not None and not isinstance(body, dict | list):
        raise errors.form_error({"": ("MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")})
    return {} if body is None else body
