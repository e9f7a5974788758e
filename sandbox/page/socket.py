"""The page's socket: packets in, answers and news out. Whatever goes wrong becomes words; only the page hangs up."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import secrets
from collections.abc import Coroutine
from typing import Any

from aiohttp import WSMsgType, web

from sandbox.answers import NoAnswer
from sandbox.errors import ApiError
from sandbox.names import CannotDo
from sandbox.page import actions
from sandbox.page.packet import BadPacket, Packet
from sandbox.page.seat import Seat
from sandbox.page.uploads import TooMuch
from sandbox.walking import CannotWalk

log = logging.getLogger(__name__)

MOST_PACKET = 512 * 1024  # bytes; the largest form has 5 texts of 4,000 characters
MOST_AT_ONCE = 16  # actions of one page that are under way

REFUSALS = (CannotDo, NoAnswer, CannotWalk, TooMuch, BadPacket)


async def serve(socket: web.WebSocketResponse, seat: Seat) -> None:
    """Speak with one page until it leaves."""
    now_id = seat.world.ids.next()
    await seat.send(json.dumps({"hello": {"now_id": str(now_id)}}))
    telling = asyncio.create_task(until_gone(seat.keep_telling(), socket))
    under_way: set[asyncio.Task[None]] = set()
    try:
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            asked, what, packet = _read(message.data)
            if len(under_way) >= MOST_AT_ONCE:
                await until_gone(_answer(seat, asked, error="Too much at once. Wait a moment."), socket)
                continue
            task = asyncio.create_task(until_gone(_act(seat, asked, what, packet), socket))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
    finally:
        for task in (telling, *under_way):
            task.cancel()
        await asyncio.gather(telling, *under_way, return_exceptions=True)


def _read(raw: str) -> tuple[object, str, Packet]:
    """The page's number for what it asks, what it asks for, and the details; nothing for what is no packet."""
    try:
        packet: Any = json.loads(raw)
    except (ValueError, RecursionError):
        packet = None
    if not isinstance(packet, dict):
        return None, "", Packet({})
    asked, what = packet.get("id"), packet.get("do")
    known = asked if isinstance(asked, int | str) else None
    return known, what if isinstance(what, str) else "", Packet(packet)


async def _act(seat: Seat, asked: object, what: str, packet: Packet) -> None:
    """Do one thing, tell its effect, then answer."""
    try:
        done = await actions.do(seat, what, packet)
    except REFUSALS as refusal:
        return await _answer(seat, asked, error=str(refusal))
    except ApiError as refusal:
        return await _answer(seat, asked, error=f"That was refused: {refusal.message}.")
    except Exception:
        reference = secrets.token_hex(3)
        log.exception("page action %r failed, reference %s", what, reference)
        words = f"Something went wrong in the sandbox. Its log tells more under {reference}."
        return await _answer(seat, asked, error=words)
    await _answer(seat, asked, ok=done)


async def _answer(seat: Seat, asked: object, **answer: object) -> None:
    await seat.push()
    await seat.send(json.dumps({"id": asked, **answer}))


async def until_gone(work: Coroutine[Any, Any, None], socket: web.WebSocketResponse) -> None:
    """Run; a page that is gone, or that takes nothing for too long, ends quietly."""
    try:
        await work
    except (ConnectionError, TimeoutError):
        with contextlib.suppress(Exception):
            await socket.close()
    except Exception:
        log.exception("a page could not be told the news")
        with contextlib.suppress(Exception):
            await socket.close()
