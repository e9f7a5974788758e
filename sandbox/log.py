"""Every REST request, answer and gateway frame, in order: what a failing test prints."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import bodies
from sandbox.clock import Clock

Side = Literal["rest", "gateway", "client"]
"""How the bot asks, how it is told, and what a person's client is told (`sandbox.sight`)."""

Direction = Literal["in", "out"]

_BOT_TOKEN = re.compile(r"\b[\w-]{18,}\.[\w-]{4,}\.[\w-]{10,}")
_SHORTEST_TOKEN = 18 + 1 + 4 + 1 + 10
_TOKEN_IN_PATH = re.compile(r"(/(?:interactions|webhooks)/[^/]+/)[^/\s?]+")


@dataclass(frozen=True, slots=True)
class Frame:
    """One thing said. at: the sandbox's time, aware UTC; direction: as the sandbox sees it; body: JSON."""

    at: datetime
    side: Side
    direction: Direction
    what: str  # "POST /channels/1/messages", "200 POST /channels/1/messages", "MESSAGE_CREATE", "HEARTBEAT"
    body: object = None

    def __str__(self) -> str:
        arrow = "→" if self.direction == "in" else "←"
        body = "" if self.body is None else " " + json.dumps(self.body, ensure_ascii=False, default=str)
        return f"{self.at:%H:%M:%S.%f} {self.side:7} {arrow} {self.what}{body}"


class FrameLog:
    """The conversation with the bot. Tokens are masked before they are kept.

    kept: beyond so many frames the oldest quarter is forgotten; far more than a test says.
    """

    def __init__(self, clock: Clock, kept: int = 20_000) -> None:
        self._clock = clock
        self._kept = kept
        self.frames: list[Frame] = []

    def add(self, side: Side, direction: Direction, what: str, body: object = None) -> None:
        masked_what = _TOKEN_IN_PATH.sub(r"\1…", what)
        self.frames.append(Frame(self._clock.now(), side, direction, masked_what, masked(body)))
        if len(self.frames) > self._kept:
            del self.frames[: self._kept // 4]

    def names(self, side: Side | None = None, direction: Direction | None = None) -> list[str]:
        """What was said, in order, without the bodies."""
        return [f.what for f in self.frames if side in (None, f.side) and direction in (None, f.direction)]

    def tail(self, n: int = 40) -> str:
        """The last n frames as lines of at most 400 characters."""
        return "\n".join(_cut(str(frame)) for frame in self.frames[-n:])

    @web.middleware
    async def middleware(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Keeps each request and its answer; "lost" stands for an answer whose connection was gone."""
        what = f"{request.method} {request.path_qs}"
        self.add("rest", "in", what, await _body_of(request))
        response = await handler(request)
        if isinstance(response, web.WebSocketResponse):
            return response
        if request.transport is None or request.transport.is_closing():
            self.add("rest", "out", f"lost {what}")
        else:
            self.add("rest", "out", f"{response.status} {what}", _answer_of(response))
        return response


def masked(value: object) -> object:
    """The same JSON with every token replaced. Interaction tokens stand under the key "token"."""
    if isinstance(value, str):
        return _BOT_TOKEN.sub("…", value) if len(value) >= _SHORTEST_TOKEN and "." in value else value
    if isinstance(value, dict):
        return {k: "…" if k == "token" and isinstance(v, str) else masked(v) for k, v in value.items()}
    return [masked(item) for item in value] if isinstance(value, list | tuple) else value


async def _body_of(request: web.Request) -> object:
    if request.content_type != "application/json":
        return f"<{request.content_type}>" if request.body_exists else None
    try:
        return await bodies.asked(request)
    except ValueError:
        return f"<{len(await request.read())} bytes>"


def _answer_of(response: web.StreamResponse) -> object:
    try:
        return bodies.answered(response)
    except ValueError:
        return f"<{response.content_length} bytes>"


def _cut(line: str, most: int = 400) -> str:
    return line if len(line) <= most else line[: most - 1] + "…"
