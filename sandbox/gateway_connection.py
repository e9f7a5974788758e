"""One gateway socket from HELLO to its end: what it says, what it must not say, and who hung up."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from aiohttp import WSCloseCode, WSMessage, WSMsgType, web

from sandbox.faults import GATEWAY, Faults
from sandbox.gateway_frames import (
    MAX_PAYLOAD_BYTES,
    SENDS_PER_MINUTE,
    Close,
    GatewayClosed,
    Op,
    encoder,
    frame,
    to_text,
)
from sandbox.gateway_session import Payload, Session, Socket
from sandbox.log import FrameLog

_ENDS_A_SESSION = (WSCloseCode.OK, WSCloseCode.GOING_AWAY)
_CLOSE_WITHIN_S = 2.0  # how long the other side may take to answer a close frame


class Host(Protocol):
    """What a socket needs of the gateway."""

    log: FrameLog
    faults: Faults
    heartbeat_s: float
    may_send: asyncio.Event
    monotonic: Callable[[], float]

    def identify(self, d: Mapping[str, Any], socket: Socket) -> Session | None: ...
    def resume(self, d: Mapping[str, Any], socket: Socket) -> Session | None: ...
    def members(self, d: Mapping[str, Any], session: Session) -> None: ...
    def left(self, session: Session) -> None: ...
    def end(self, session: Session) -> None: ...


class Connection:
    """One socket. A reader handles what comes in; a writer sends what `send` and `close` have queued, in order."""

    def __init__(self, host: Host, request: web.Request) -> None:
        self.session: Session | None = None
        self._host = host
        self._request = request
        self._encode = encoder(request.query.get("compress"))
        self._ws = web.WebSocketResponse(timeout=_CLOSE_WITHIN_S)
        self._queue: asyncio.Queue[Payload | int | asyncio.Future[None]] = asyncio.Queue()
        self._writer: asyncio.Task[None] | None = None
        self._received: deque[float] = deque(maxlen=SENDS_PER_MINUTE + 1)
        self._hung_up = False  # by this side

    def send(self, payload: Payload) -> None:
        self._queue.put_nowait(payload)

    def close(self, code: int) -> None:
        """Close from this side once everything queued before is sent; the session stays."""
        self._queue.put_nowait(code)

    async def flushed(self) -> None:
        """Return once everything queued before is sent, or nothing is sent any more."""
        if self._writer is None:
            return
        mark: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.put_nowait(mark)
        await asyncio.wait([mark, self._writer], return_when=asyncio.FIRST_COMPLETED)

    def drop(self) -> None:
        self._hung_up = True
        if self._request.transport is not None:
            self._request.transport.abort()

    async def serve(self) -> web.WebSocketResponse:
        await self._ws.prepare(self._request)
        self._writer = writer = asyncio.create_task(self._write())
        try:
            if self._request.query.get("v") != "10" or self._request.query.get("encoding", "json") != "json":
                raise GatewayClosed(Close.INVALID_VERSION)
            self.send(frame(Op.HELLO, {"heartbeat_interval": round(self._host.heartbeat_s * 1000)}))
            await self._read()
        except GatewayClosed as closed:
            self.close(closed.code)
            await writer
        finally:
            writer.cancel()
            if self.session is not None and self.session.socket is self:
                self._host.left(self.session)
        return self._ws

    # -- in --------------------------------------------------------------------------------------

    async def _read(self) -> None:
        patience = self._host.heartbeat_s * 1.5
        silent_at = self._host.monotonic() + patience
        while True:
            try:
                # Never 0: aiohttp takes that for "no limit".
                message = await self._ws.receive(timeout=max(0.001, silent_at - self._host.monotonic()))
            except TimeoutError:
                raise GatewayClosed(Close.SESSION_TIMED_OUT) from None
            if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                if self._handle(message) is Op.HEARTBEAT:
                    silent_at = self._host.monotonic() + patience
                continue
            if message.type is WSMsgType.CLOSE:
                self._client_closed(message.data)
            return

    def _client_closed(self, code: int) -> None:
        """Only the client's own 1000 or 1001 ends a session; its echo of our close frame does not."""
        self._host.log.add("gateway", "in", f"CLOSE {code}")
        if code in _ENDS_A_SESSION and self.session is not None and not self._hung_up:
            self._host.end(self.session)

    def _handle(self, message: WSMessage) -> Op:
        """Act on one frame and say which op it was. Raises GatewayClosed for what Discord forbids."""
        op, d = _parsed(message)
        self._host.log.add("gateway", "in", op.name, d)
        self._received.append(self._host.monotonic())
        if len(self._received) > SENDS_PER_MINUTE and self._received[-1] - self._received[0] < 60:
            raise GatewayClosed(Close.RATE_LIMITED)
        if op is Op.HEARTBEAT:
            self.send(frame(Op.HEARTBEAT_ACK, None))
        elif op is Op.IDENTIFY or op is Op.RESUME:
            self._enter(op, d)
        elif self.session is None:
            raise GatewayClosed(Close.NOT_AUTHENTICATED)
        elif op is Op.REQUEST_GUILD_MEMBERS and isinstance(d, dict):
            self._host.members(d, self.session)
        elif op not in (Op.PRESENCE_UPDATE, Op.VOICE_STATE_UPDATE):
            raise GatewayClosed(Close.UNKNOWN_OPCODE)
        return op

    def _enter(self, op: Op, d: object) -> None:
        if self.session is not None:
            raise GatewayClosed(Close.ALREADY_AUTHENTICATED)
        if not isinstance(d, dict):
            raise GatewayClosed(Close.DECODE_ERROR)
        enter = self._host.identify if op is Op.IDENTIFY else self._host.resume
        self.session = enter(d, self)
        if self.session is None:
            self.send(frame(Op.INVALID_SESSION, False))

    # -- out -------------------------------------------------------------------------------------

    async def _write(self) -> None:
        """Send what is queued until the socket is gone; a number is the code to close with, a future a mark."""
        try:
            while True:
                item = await self._queue.get()
                await self._host.may_send.wait()
                if isinstance(item, asyncio.Future):
                    item.set_result(None)
                    continue
                if isinstance(item, int):
                    self._hung_up = True
                    self._host.log.add("gateway", "out", f"CLOSE {int(item)}")
                    await self._ws.close(code=item)
                    return
                await self._send(item)
        except ConnectionError:
            return  # the client left in the middle; what it missed is kept in the session

    async def _send(self, payload: Payload) -> None:
        name = payload["t"] or Op(payload["op"]).name
        fault = self._host.faults.strike("before", GATEWAY, name)
        if fault is not None:
            return None if fault.mute else self.drop()
        self._host.log.add("gateway", "out", name, payload["d"])
        text = to_text(payload)
        if self._encode is None:
            await self._ws.send_str(text)
        else:
            await self._ws.send_bytes(self._encode(text))
        if self._host.faults.strike("after", GATEWAY, name):
            self.drop()


def _parsed(message: WSMessage) -> tuple[Op, object]:
    """The op and its data. Raises GatewayClosed for frames that are too large, no JSON, or of no known op."""
    raw = message.data if isinstance(message.data, bytes) else str(message.data).encode()
    if len(raw) > MAX_PAYLOAD_BYTES:
        raise GatewayClosed(Close.DECODE_ERROR)
    try:
        payload = json.loads(raw)
        op = payload["op"]
    except (ValueError, KeyError, TypeError):
        raise GatewayClosed(Close.DECODE_ERROR) from None
    try:
        return Op(op), payload.get("d")
    except ValueError:
        raise GatewayClosed(Close.UNKNOWN_OPCODE) from None
