"""The JSON of a request and of an answer: five rooms look at it, it is parsed once. None of them may change it."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

_ASKED: web.RequestKey[object] = web.RequestKey("asked", object)
_ANSWERED: web.ResponseKey[object] = web.ResponseKey("answered", object)


async def asked(request: web.Request) -> object:
    """The JSON of a request, alone or beside files; None where there is none. Raises ValueError for no JSON."""
    if _ASKED not in request:
        raw = await _text_of(request)
        request[_ASKED] = json.loads(raw) if raw else None
    return request[_ASKED]


async def _text_of(request: web.Request) -> str | bytes | bytearray:
    if not request.content_type.startswith("multipart/"):
        return await request.read()
    # post(), unlike multipart(), may be asked again by the handler. Files alone are a message.
    payload: Any = (await request.post()).get("payload_json", "{}")
    return payload if isinstance(payload, str | bytes | bytearray) else b""


def answered(response: web.StreamResponse) -> object:
    """The JSON of an answer; None where there is none. Raises ValueError for no JSON."""
    raw = getattr(response, "body", None)
    if not isinstance(raw, bytes) or not raw:
        return None
    if _ANSWERED not in response:
        response[_ANSWERED] = json.loads(raw)
    return response[_ANSWERED]
