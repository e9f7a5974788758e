"""The HTTP side: routes, who may call them, and one answer for what does not exist."""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Handler as HttpHandler
from aiohttp.typedefs import Middleware

from sandbox import errors
from sandbox.model import Attachment
from sandbox.page.serve import Page
from sandbox.rest import (
    about,
    bulk,
    channel_webhooks,
    channels,
    commands,
    guilds,
    interactions,
    members,
    messages,
    pins,
    reactions,
    roles,
    threads,
    webhooks,
)
from sandbox.rest.call import Handler, Route, read
from sandbox.world import World

log = logging.getLogger(__name__)

PREFIX = "/api/v10"
MAX_REQUEST_BYTES = 64 * 1024 * 1024  # so far over Discord's 25 MiB that the refusal is Discord's
SHOWN_INLINE = ("image/png", "image/jpeg", "image/gif", "image/webp")
ROUTES: list[Route] = [
    route
    for part in (
        *(about, channels, commands, guilds, members, roles, interactions, channel_webhooks, webhooks),
        *(bulk, pins, reactions, messages, threads),  # …/messages/pins before …/messages/{message_id}
    )
    for route in part.ROUTES
]

# Interaction tokens in the path are the permission themselves; the gateway's address is for everybody.
_OPEN = re.compile(rf"^{PREFIX}/(gateway$|interactions/|webhooks/\d+/[^/]+)")


# Every path that somebody answers: another method there is 405, not 404.
_KNOWN = [re.compile(PREFIX + re.sub(r"\{\w+\}", "[^/]+", path)) for path in {path for _, path, _ in ROUTES}]


class Gaps:
    """What was asked for and is not here; a test that used a gap proves nothing."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    async def refuse(self, request: web.Request) -> web.StreamResponse:
        self.seen.append(f"{request.method} {request.path}")
        log.warning("nothing here answers %s", self.seen[-1])
        if any(known.fullmatch(request.path) for known in _KNOWN):
            raise errors.method_not_allowed()
        raise errors.not_found()


def application(
    world: World,
    middlewares: list[Middleware],
    gateway: Callable[[web.Request], Awaitable[web.StreamResponse]],
    gaps: Gaps,
    page: Page | None = None,
) -> web.Application:
    """REST under /api/v10, the gateway under /gateway and /, uploaded files under /attachments."""
    rest = web.Application(middlewares=middlewares)
    for method, path, handler in ROUTES:
        rest.router.add_route(method, path, _adapted(handler, world))
    rest.router.add_route("*", "/{anything:.*}", gaps.refuse)
    root = web.Application(middlewares=[errors.middleware], client_max_size=MAX_REQUEST_BYTES)
    root.add_subapp(PREFIX, rest)
    for path in ("/gateway", "/gateway/"):
        root.router.add_get(path, gateway)
    root.router.add_get("/", _front_door(gateway))
    root.router.add_get("/attachments/{channel_id}/{attachment_id}/{name}", _file_of(world))
    if page is not None:
        page.add_to(root)
    root.router.add_route("*", "/{anything:.*}", gaps.refuse)
    return root


def _front_door(gateway: Callable[[web.Request], Awaitable[web.StreamResponse]]) -> HttpHandler:
    """Where the gateway is under Discord's own names; to a browser, a hint."""

    async def serve(request: web.Request) -> web.StreamResponse:
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await gateway(request)
        return web.Response(text="A sandbox is here. The address of its page stands in the terminal.")

    return serve


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
        if request.method != "GET":
            world.touch()  # commands, for one, are kept without an event
        return web.Response(status=status) if body is None else errors.json_response(body, status=status)

    return serve


def _file_of(world: World) -> HttpHandler:
    async def serve(request: web.Request) -> web.StreamResponse:
        wanted = request.match_info["attachment_id"]
        given = world.uploads.get(int(wanted)) if wanted.isdecimal() else None
        if given is not None:
            return _download(given)
        for message in world.messages.values():
            for file in message.attachments:
                if str(file.id) == wanted and not message.deleted:
                    return _download(file)
        raise errors.not_found()

    return serve


def _download(file: Attachment) -> web.Response:
    """The bytes. Only plain pictures are shown in a browser; nothing that was uploaded ever runs there."""
    headers = {
        "Content-Type": file.content_type,
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if file.content_type not in SHOWN_INLINE:
        headers["Content-Disposition"] = "attachment"
    return web.Response(body=file.data, headers=headers)
