"""The gateway's numbers and its three encodings: plain text, zlib-stream, zstd-stream."""

from __future__ import annotations

import json
import sys
import zlib
from collections.abc import Callable
from enum import IntEnum
from typing import Any


class Op(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE_UPDATE = 3
    VOICE_STATE_UPDATE = 4
    RESUME = 6
    RECONNECT = 7
    REQUEST_GUILD_MEMBERS = 8
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Close codes with Discord's own names."""

    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQ = 4007
    RATE_LIMITED = 4008
    SESSION_TIMED_OUT = 4009
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


class GatewayClosed(Exception):
    """The client did something for which Discord closes the socket with this code."""

    def __init__(self, code: Close) -> None:
        super().__init__(f"{int(code)} {code.name}")
        self.code = code


MAX_PAYLOAD_BYTES = 4096
"""A larger frame from the client is closed with 4002 (gateway docs, "Sending Events")."""

SENDS_PER_MINUTE = 120
"""One more in 60 s is closed with 4008 (gateway docs, "Rate Limiting")."""

Encode = Callable[[str], bytes]


def frame(op: Op, d: object, *, s: int | None = None, t: str | None = None) -> dict[str, Any]:
    """One payload; s and t are null for everything but a dispatch."""
    return {"op": int(op), "d": d, "s": s, "t": t}


def to_text(payload: dict[str, Any]) -> str:
    return json.dumps(payload, separators=(",", ":"), ensure_ascii=False)


def encoder(compress: str | None) -> Encode | None:
    """What turns one frame's text into bytes: one stream for the whole connection, flushed after each frame.

    None for a connection without compression, whose frames are sent as text.
    """
    if compress == "zlib-stream":
        stream = zlib.compressobj()
        return lambda text: stream.compress(text.encode()) + stream.flush(zlib.Z_SYNC_FLUSH)
    if compress == "zstd-stream":
        return _zstd_stream()
    return None


def _zstd_stream() -> Encode:
    if sys.version_info >= (3, 14):
        from compression.zstd import ZstdCompressor

        stdlib_stream = ZstdCompressor()
        return lambda text: stdlib_stream.compress(text.encode(), ZstdCompressor.FLUSH_BLOCK)
    import zstandard

    stream = zstandard.ZstdCompressor().compressobj()
    return lambda text: stream.compress(text.encode()) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
