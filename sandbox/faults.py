"""Faults on demand: what Discord, or the way to it, does to a bot on a bad day."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import Literal

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.errors import ApiError, json_response
from sandbox.paths import api_path

When = Literal["before", "after"]
GATEWAY = "GATEWAY"
"""The method of a fault that strikes a gateway event; its route is the event's name."""

_PLACEHOLDER = re.compile(r"\{[a-z_.@]+\}")


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong, `times` times.

    when: "before" it is applied, or "after" it was applied, in place of the answer.
    drop: the connection is cut. mute: a gateway frame is never sent.
    Else status ≥ 400 is the answer, with the 429's retry_after in seconds.
    delay_s: waited first (before) or between applying and answering (after); alone, the answer is only late.
    """

    when: When
    method: str | None
    route: re.Pattern[str]
    times: int
    status: int | None
    code: int
    message: str
    drop: bool
    mute: bool
    delay_s: float
    retry_after: float
    scope: str
    hits: int = 0

    def fits(self, when: When, method: str, path: str) -> bool:
        if self.hits >= self.times or self.when != when:
            return False
        method_fits = self.method == method or (self.method is None and method != GATEWAY)
        return method_fits and self.route.search(path) is not None


class Faults:
    """The queue of faults; the oldest one that fits a request and is not used up strikes.

    Gateway frames ask as well, by the name of their event or op: a fault with the method GATEWAY cuts the socket
    before or after that frame, and the client finds it again by RESUME; a mute one swallows the frame, so that a
    mute HEARTBEAT_ACK makes a zombie. Other faults leave the gateway alone.
    """

    def __init__(self) -> None:
        self._queue: list[Fault] = []

    @property
    def hits(self) -> int:
        """How often any fault struck."""
        return sum(fault.hits for fault in self._queue)

    def add(
        self,
        *,
        when: When = "before",
        method: str | None = None,
        route: str = "",
        times: int = 1,
        status: int | None = None,
        code: int = 0,
        message: str = "",
        drop: bool = False,
        mute: bool = False,
        delay_s: float = 0.0,
        retry_after: float = 0.1,
        scope: str = "user",
    ) -> Fault:
        """Queue one fault and return it; its `hits` say how often it struck.

        route: a regular expression searched in the path after /api/v10, in which {channel_id} or any other
        name in braces stands for one segment; "" means every route.
        """
        pattern = re.compile(_PLACEHOLDER.sub("[^/]+", route))
        method = method and method.upper()
        fault = Fault(
            when, method, pattern, times, status, code, message, drop, mute, delay_s, retry_after, scope
        )
        self._queue.append(fault)
        return fault

    def clear(self) -> None:
        """From now on nothing goes wrong; `hits` starts again."""
        self._queue.clear()

    def strike(self, when: When, method: str, path: str) -> Fault | None:
        """The fault that hits this moment, counted as used; None when all goes well."""
        for fault in self._queue:
            if fault.fits(when, method, path):
                fault.hits += 1
                return fault
        return None

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        path = api_path(request.path)
        if path is None:
            return await handler(request)
        fault = self.strike("before", request.method, path)
        if fault is not None:
            replaced = await _happen(fault, request)
            if replaced is not None:
                return replaced
        response = await _applied(handler, request)
        fault = self.strike("after", request.method, path)
        if fault is not None:
            return await _happen(fault, request) or response
        return response


async def _applied(handler: Handler, request: web.Request) -> web.StreamResponse:
    """The true answer. A refusal is one too: a fault "after" it may still take its place."""
    try:
        return await handler(request)
    except ApiError as error:
        return error.response()


async def _happen(fault: Fault, request: web.Request) -> web.StreamResponse | None:
    """What the client gets instead; None when the fault was no more than a delay."""
    if fault.delay_s:
        await asyncio.sleep(fault.delay_s)
    if fault.drop:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)  # written to a socket that is gone
    return None if fault.status is None else _answer(fault, fault.status)


def _answer(fault: Fault, status: int) -> web.Response:
    if status != 429:
        return json_response(
            {"message": fault.message or f"{status}: fault", "code": fault.code}, status=status
        )
    body = {
        "message": "You are being rate limited.",
        "retry_after": fault.retry_after,
        "global": fault.scope == "global",
        "code": fault.code,
    }
    # Without Via discord.py takes a 429 for Cloudflare's and gives up at once.
    headers = {"Via": "1.1 sandbox", "Retry-After": str(fault.retry_after), "X-RateLimit-Scope": fault.scope}
    if fault.scope == "global":
        headers["X-RateLimit-Global"] = "true"
    return json_response(body, status=status, headers=headers)
