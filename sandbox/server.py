"""The HTTP side: routes, who may call them, and one answer for what does not exist."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler as HttpHandler
from aiohttp.typedefs import Middleware

from sandbox import errors
from sandbox.rest import about, channels, commands, guilds, interactions, messages, webhooks
from sandbox.rest.call import Handler, Route, read
from sandbox.world import World

log = logging.getLogger(__name__)

PREFIX = "/api/v10"
MAX_REQUEST_BYTES = 26 * 1024 * 1024  # a little over Discord's 25 MiB, so that the refusal is Discord's
ROUTES: list[Route] = [
    route
    for part in (about, channels, commands, guilds, interactions, messages, webhooks)
    for route in part.ROUTES
]

# Interaction tokens in the path are the permission themselves; the gateway's address is for everybody.
_OPEN = re.compile(rf"^{PREFIX}/(gateway$|interactions/|webhooks/\d+/[^/]+)")


class Gaps:
    """What was asked for and is not here; a test that used a gap proves nothing."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def refuse(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(f"{request.method} {request.path}")
        log.warning("nothing here answers %s", self.seen[-1])
        raise errors.not_found()


def application(
    world: World,
    middlewares: list[Middleware],
    gateway: Callable[[web.Request], Awaitable[web.StreamResponse]],
    gaps: Gaps,
) -> web.Application:
    """REST under /api/v10, the gateway under /gateway, uploaded files under /attachments."""
    rest = web.Application(middlewares=middlewares, client_max_size=MAX_REQUEST_BYTES)
    for method, path, handler in ROUTES:
        rest.router.add_route(method, path, _adapted(handler, world))
    rest.router.add_route("*", "/{anything:.*}", gaps.refuse)
    root = web.Application(middlewares=[errors.middleware])
    root.add_subapp(PREFIX, rest)
    root.router.add_get("/gateway", gateway)
    root.router.add_get("/gateway/", gateway)
    root.router.add_get("/attachments/{channel_id}/{attachment_id}/{name}", _file_of(world))
    root.router.add_route("*", "/{anything:.*}", gaps.refuse)
    return root


def authorisation(world: World, refused: Callable[[int], None]) -> Middleware:
    """401 for REST requests without the bot's token, except where the path holds the permission."""

    @web.middleware
    async def middleware(request: web.Request, handler: HttpHandler) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bot {world.token}" and not _OPEN.match(request.path):
            refused(401)
            raise errors.unauthorized()
        return await handler(request)

    return middleware


def _adapted(handler: Handler, world: World) -> HttpHandler:
    """A plain function Call → Answer as an aiohttp handler."""

    async def serve(request: web.Request) -> web.StreamResponse:
        try:
            call = await read(request, world)
        except web.HTTPRequestEntityTooLarge:
            raise errors.request_too_large() from None
        status, body = handler(call)
        return web.Response(status=status) if body is None else errors.json_response(body, status=status)

    return serve


def _file_of(world: World) -> HttpHandler:
    async def serve(request: web.Request) -> web.StreamResponse:
        wanted = request.match_info["attachment_id"]
        for message in world.messages.values():
            for file in message.attachments:
                if str(file.id) == wanted and not message.deleted:
                    return web.Response(body=file.data, headers={"Content-Type": file.content_type})
        raise errors.not_found()

    return serve
