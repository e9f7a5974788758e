"""A gateway client by hand, for tests that look at single frames."""

from __future__ import annotations

import json
import sys
import zlib
from typing import Any, Self

import aiohttp

from sandbox import Sandbox
from sandbox.gateway_intents import Intents
from sandbox.world import Event

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdDecompressor

    new_zstd = ZstdDecompressor
else:
    import zstandard

    new_zstd = zstandard.ZstdDecompressor().decompressobj

TIMEOUT_S = 5.0
GUILDS = int(Intents.GUILDS)


class Client:
    """A gateway client by hand: one socket, which understands what it gets and says what it is told to."""

    def __init__(self, sandbox: Sandbox, query: str = "v=10&encoding=json") -> None:
        self.sandbox = sandbox
        self.seq = 0
        self.session_id = ""
        self._query = query
        self._http = aiohttp.ClientSession()
        decoders = {"zlib-stream": zlib.decompressobj().decompress, "zstd-stream": new_zstd().decompress}
        self._decode = next((decoder for name, decoder in decoders.items() if name in query), None)

    async def __aenter__(self) -> Self:
        self._ws = await self._http.ws_connect(f"{self.sandbox.gateway}?{self._query}")
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._ws.close(code=4000)
        await self._http.close()

    async def next(self) -> dict[str, Any]:
        message = await self._ws.receive(timeout=TIMEOUT_S)
        assert message.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY), message
        raw = message.data if self._decode is None else self._decode(message.data)
        payload: dict[str, Any] = json.loads(raw)
        if payload["s"] is not None:
            self.seq = payload["s"]
        return payload

    async def until(self, name: str) -> list[dict[str, Any]]:
        """Everything up to and including the dispatch of this name."""
        seen = [await self.next()]
        while seen[-1]["t"] != name:
            seen.append(await self.next())
        return seen

    async def say(self, op: int, d: object) -> None:
        await self._ws.send_str(json.dumps({"op": op, "d": d}))

    async def say_text(self, text: str) -> None:
        await self._ws.send_str(text)

    async def identify(self, intents: int = GUILDS, **more: Any) -> list[dict[str, Any]]:
        """HELLO, IDENTIFY, READY, one GUILD_CREATE (with the GUILDS intent)."""
        assert (await self.next())["op"] == 10
        await self.say(2, {"token": self.sandbox.token, "intents": intents, "properties": {}} | more)
        seen = await self.until("GUILD_CREATE" if intents & Intents.GUILDS else "READY")
        self.session_id = seen[0]["d"]["session_id"]
        return seen

    async def resume(self, session_id: str, seq: int) -> None:
        assert (await self.next())["op"] == 10
        await self.say(6, {"token": self.sandbox.token, "session_id": session_id, "seq": seq})

    async def closed(self) -> int | None:
        """The code with which the other side closes, None when there was no close frame."""
        while True:
            message = await self._ws.receive(timeout=TIMEOUT_S)
            if message.type is aiohttp.WSMsgType.CLOSE:
                return int(message.data)
            if message.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR):
                return None

    async def leave(self, code: int) -> None:
        await self._ws.close(code=code)


def happen(sandbox: Sandbox, name: str = "CHANNEL_UPDATE", **data: Any) -> None:
    """An event in the guild that any session with the GUILDS intent hears."""
    sandbox.world.emit(Event(name, data, sandbox.guild.id))
