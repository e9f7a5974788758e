"""The page over HTTP: its own files, its socket and its uploads, all under a key that nobody can guess."""

from __future__ import annotations

import asyncio
import mimetypes
import secrets
from importlib.resources import files
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from aiohttp import BodyPartReader, web

from sandbox import errors
from sandbox.page import socket
from sandbox.page.room import Room
from sandbox.page.seat import Seat
from sandbox.page.uploads import TooMuch, check_size, short_name
from sandbox.uploads import Upload

if TYPE_CHECKING:
    from sandbox.running import Sandbox

MOST_TABS = 64
_CHUNK = 256 * 1024
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
}
SAFE = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Page:
    """What people see of a sandbox in their browser."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._room = Room(sandbox)
        self._key = secrets.token_urlsafe(24)
        self._seats: dict[Seat, web.WebSocketResponse] = {}
        sandbox.world.watchers.append(self._changed)
        sandbox.clock.listeners.append(self._moved)

    @property
    def path(self) -> str:
        return f"/page/{self._key}/"

    def add_to(self, root: web.Application) -> None:
        """The routes; the key is compared by hand, in constant time."""
        root.router.add_get("/page/{key}/socket", self._socket)
        root.router.add_post("/page/{key}/files", self._file)
        root.router.add_get("/page/{key}/{name:.*}", self._static)

    async def close(self) -> None:
        """Let go of every tab, and of time."""
        tabs = list(self._seats.values())
        await asyncio.gather(self._room.close(), *(tab.close() for tab in tabs), return_exceptions=True)

    def _changed(self) -> None:
        for seat in self._seats:
            seat.wake()

    def _moved(self) -> None:
        for seat in self._seats:
            seat.clock_moved()

    # -- routes ----------------------------------------------------------------------------------

    async def _static(self, request: web.Request) -> web.StreamResponse:
        self._check(request)
        name = request.match_info["name"] or "index.html"
        body, kind = _own_file(name)
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=SAFE)

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        self._check(request)
        self._check_origin(request)
        if len(self._seats) >= MOST_TABS:
            raise web.HTTPServiceUnavailable(text="Too many tabs are open. Close some, then reload.")
        # No heartbeat: a tab may sleep for an hour, and what it misses is told to it in one piece.
        connection = web.WebSocketResponse(max_msg_size=socket.MOST_PACKET, timeout=1.0)
        await connection.prepare(request)
        seat = Seat(self._room, connection)
        self._room.memory.since = self._room.memory.since or seat.world.ids.next()
        self._seats[seat] = connection
        try:
            await socket.serve(connection, seat)
        finally:
            del self._seats[seat]
        return connection

    async def _file(self, request: web.Request) -> web.StreamResponse:
        self._check(request)
        self._check_origin(request)
        try:
            upload = await _read_file(request)
            upload_id = self._room.waiting.add(upload)
        except TooMuch as refusal:
            return web.json_response({"error": str(refusal)}, status=413, headers=SAFE)
        shown = {"id": upload_id, "filename": upload.filename, "size": len(upload.data)}
        return web.json_response({**shown, "content_type": upload.content_type}, headers=SAFE)

    # -- who may ask -----------------------------------------------------------------------------

    def _check(self, request: web.Request) -> None:
        """404 for a wrong key, 403 for a host that only pretends to be this machine (DNS rebinding)."""
        if request.host not in self._hosts(request):
            raise web.HTTPForbidden(text="This page answers on 127.0.0.1 only.")
        if not secrets.compare_digest(request.match_info["key"].encode(), self._key.encode()):
            raise errors.not_found()

    def _check_origin(self, request: web.Request) -> None:
        """403 unless the asker is the page itself, and not another site in the same browser."""
        if request.headers.get("Origin") not in {
            f"{request.scheme}://{host}" for host in self._hosts(request)
        }:
            raise web.HTTPForbidden(text="Only the page itself may ask for this.")

    @staticmethod
    def _hosts(request: web.Request) -> tuple[str, str]:
        """The names under which this server is itself."""
        transport = request.transport
        port = transport.get_extra_info("sockname")[1] if transport else 0
        return f"127.0.0.1:{port}", f"localhost:{port}"


def _own_file(name: str) -> tuple[bytes, str]:
    """One of the page's own files, which all lie in one folder. Raises 404."""
    kind = _TYPES.get(PurePosixPath(name).suffix)
    file = files("sandbox.page").joinpath("static", name)
    if "/" in name or "\\" in name or kind is None or not file.is_file():
        raise errors.not_found()
    return file.read_bytes(), kind


async def _read_file(request: web.Request) -> Upload:
    """The part "file" of a form. Reading ends as soon as it is too much. Raises TooMuch, or 400 for anything else."""
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.name == "file":
                return await _read_part(part)
    except (AssertionError, ValueError, web.RequestPayloadError):  # what aiohttp makes of a broken form
        pass
    raise web.HTTPBadRequest(text="A file is sent as multipart/form-data, in the part “file”.")


async def _read_part(part: BodyPartReader) -> Upload:
    name, data = short_name(part.filename or "file"), bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        data += chunk
        check_size(name, len(data))
    return Upload(name, bytes(data), type_of(name))


def type_of(filename: str) -> str:
    """By the name's ending; what the browser says of its own file is not asked."""
    return mimetypes.guess_type(filename)[0] or "application/octet-stream"
