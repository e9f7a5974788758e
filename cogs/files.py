"""Files in threads: put there once, read anew, deleted. Their bytes only pass through.

What was put there is known again by its first file's name, which no other message of ours in that thread has.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import discord

from bot.ports import Files, Trouble
from cogs import gate, threads
from cogs.troubles import asked

_UPLOAD_S = 60.0  # 10 MiB on a slow line
_REQUEST_S = 30.0
_FILE_HOST = (
    "https",
    "cdn.discordapp.com",
    None,
)  # openapi.json: attachment urls; docs: Signed Attachment CDN URLs
_DISCORD = "discord.com"
_GONE = (10003, 10008)  # unknown channel, unknown message

Http = discord.http.HTTPClient


async def put(place: discord.PartialMessageable, files: Files) -> int | Trouble:
    """The id of the message that holds them now."""
    sending = [
        discord.File(io.BytesIO(file.data), file.name, description=file.alt or None) for file in files.files
    ]
    said = await asked(gate.put(place, sending, nonce=files.nonce), _UPLOAD_S)
    return said if isinstance(said, Trouble) else said.id


async def find(place: discord.PartialMessageable, me: int, name: str, after: discord.Object) -> int | None:
    """The message of `me` since then whose first file has this name; discord.py's errors pass."""
    async for message in place.history(limit=None, after=after, oldest_first=True):
        if message.author.id == me and [one.filename for one in message.attachments[:1]] == [name]:
            return message.id
    return None


async def fetch(http: Http, thread_id: int, message_id: int, most: int) -> bytes | Trouble:
    """Its first file. A message that is asked for comes with a freshly signed address."""
    message: Any = await asked(http.get_message(thread_id, message_id), _REQUEST_S)
    if isinstance(message, Trouble):
        return message
    if not message["attachments"]:
        return Trouble("unknown_message", "Its file was taken out of it.")
    return await take(http, message["attachments"][0], most)


async def take(http: Http, file: Mapping[str, Any], most: int) -> bytes | Trouble:
    """A file as Discord tells of it, of a message or uploaded in a form. Its size is looked at before it is read."""
    if file["size"] > most:
        return Trouble("bad_request", f"The file has {file['size']} bytes, at most {most} are read.")
    if not _of_discord(file["url"]):
        return Trouble("bad_request", "The file's address is none of Discord's.")
    return await asked(_read(http, file["url"], most), _UPLOAD_S)


async def _read(http: Http, url: str, most: int) -> bytes | Trouble:
    try:
        data = await http.get_from_cdn(url)
    except discord.NotFound:
        return Trouble("unknown_message", "The file was deleted a moment ago.")
    except discord.HTTPException as error:
        return Trouble("unclear", f"Discord's file host answered {error.status}.")
    return data if len(data) <= most else Trouble("bad_request", f"The file has over {most} bytes.")


def _of_discord(url: str) -> bool:
    """Discord's host for files; on a stand-in for Discord, that one's own as well."""
    base = urlsplit(discord.http.Route.BASE)
    hosts = {_FILE_HOST} if base.hostname == _DISCORD else {_FILE_HOST, _host(base.geturl())}
    return _host(url) in hosts


def _host(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


async def delete(http: Http, thread_id: int, message_id: int) -> Trouble | None:
    """None when it is not there any more."""

    async def deleting() -> None:
        try:
            await threads.awake(http, thread_id, lambda: http.delete_message(thread_id, message_id))
        except discord.HTTPException as error:
            if error.code not in _GONE:
                raise

    return await asked(deleting(), _REQUEST_S)
