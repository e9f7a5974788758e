"""Which a bot hears first: the answer to its callback, or the MESSAGE_CREATE that came of it.

They travel on two connections and Discord promises no order, so a bot has to live with both.
"""

from __future__ import annotations

from typing import Literal

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sandbox.gateway import Gateway
from sandbox.paths import api_path, place_of

First = Literal["event", "answer"]


def order(sockets: Gateway, first: First | None) -> Middleware:
    """Keeps one order for each first answer to an interaction; None leaves it to chance."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        path = api_path(request.path)
        if first is None or path is None or not place_of(path).is_first_answer:
            return await handler(request)
        if first == "event":
            response = await handler(request)
            await sockets.flushed()
            return response
        with sockets.held():
            response = await handler(request)
            if request.transport is not None and not request.transport.is_closing():
                await response.prepare(request)
                await response.write_eof()
        return response

    return middleware
