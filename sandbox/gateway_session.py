"""One gateway session: numbered events, kept for a while so that a client who lost its socket can RESUME."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sandbox.gateway_frames import Op, frame
from sandbox.gateway_intents import Intents

Payload = dict[str, Any]


class Socket(Protocol):
    """The live end of a session."""

    def send(self, payload: Payload) -> None:
        """Put one payload behind those that wait to be sent."""
        ...

    def drop(self) -> None:
        """Cut the connection without a close frame."""
        ...


@dataclass(frozen=True, slots=True)
class Shard:
    """Which part of the guilds a session hears: guild (id >> 22) % count; DMs come to shard 0."""

    number: int = 0
    count: int = 1

    def hears(self, guild_id: int | None) -> bool:
        return self.number == (0 if guild_id is None else (guild_id >> 22) % self.count)


@dataclass(slots=True)
class Session:
    """What outlives a socket.

    socket: where its events go; None while the client is away.
    left_at: when its client was last seen to leave, on the monotonic clock.
    kept: the newest dispatches; `forgotten` is the number of the newest that has left it.
    """

    id: str
    intents: Intents
    shard: Shard = Shard()
    replay_limit: int = 1000
    socket: Socket | None = None
    left_at: float = 0.0
    seq: int = 0
    forgotten: int = 0
    kept: deque[Payload] = field(default_factory=deque)

    def dispatch(self, name: str, data: Mapping[str, Any]) -> None:
        """Number an event, keep it, and hand it to the socket if there is one."""
        self.seq += 1
        payload = frame(Op.DISPATCH, data, s=self.seq, t=name)
        self.kept.append(payload)
        if len(self.kept) > self.replay_limit:
            self.forgotten = self.kept.popleft()["s"]
        if self.socket is not None:
            self.socket.send(payload)

    def can_replay(self, after: int) -> bool:
        """Is everything later than `after` still kept?"""
        return after >= self.forgotten

    def resume(self, after: int, socket: Socket) -> None:
        """Attach a new socket: what was missed, in order and with its old numbers, then RESUMED.

        RESUMED carries an object: discord.py writes into it and dies on null.
        """
        if self.socket is not None:
            self.socket.drop()
        for payload in self.kept:
            if payload["s"] > after and payload["t"] != "RESUMED":
                socket.send(payload)
        self.socket = socket
        self.dispatch("RESUMED", {"_trace": []})
