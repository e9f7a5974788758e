"""The gateway: sessions, who hears which event, and the ways in which Discord itself lets go of a bot."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from sandbox import wire
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.gateway_connection import Connection
from sandbox.gateway_frames import Close, GatewayClosed, Op, frame
from sandbox.gateway_intents import ALL, NO_INTENTS, PRIVILEGED, Ears, Intents, censored, passes
from sandbox.gateway_session import Session, Shard, Socket
from sandbox.log import FrameLog
from sandbox.world import Event, World

Monotonic = Callable[[], float]


class Gateway:
    """All gateway sessions of the sandbox's one bot.

    public_url: where clients find it, "ws://127.0.0.1:PORT/gateway"; may be set once the port is known.
    privileged: the privileged intents that the application was granted; others are answered with 4014.
    identify_gap_s: an IDENTIFY sooner than this after the last one gets op 9; Discord's is 5, 0 is off.
    heartbeat_s: the interval in HELLO; who is silent for one and a half of it is closed with 4009.
    replay_limit, session_s: how many events a session keeps, and how long it waits for a client that left.
    identifies: how many IDENTIFYs were accepted; resumes: how many RESUMEs.
    """

    def __init__(
        self,
        world: World,
        clock: Clock,
        log: FrameLog,
        faults: Faults,
        *,
        public_url: str = "",
        privileged: Intents = NO_INTENTS,
        identify_gap_s: float = 0.0,
        heartbeat_s: float = 41.25,
        replay_limit: int = 1000,
        session_s: float = 300.0,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self.world = world
        self.clock = clock
        self.log = log
        self.faults = faults
        self.public_url = public_url
        self.privileged = privileged
        self.identify_gap_s = identify_gap_s
        self.heartbeat_s = heartbeat_s
        self.replay_limit = replay_limit
        self.session_s = session_s
        self.monotonic = monotonic
        self.sessions: dict[str, Session] = {}
        self.identifies = 0
        self.resumes = 0
        self._connections: set[Connection] = set()
        self._last_identify: float | None = None
        self._ready = asyncio.Event()
        world.listeners.append(self._hear)

    # -- the sockets -----------------------------------------------------------------------------

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one gateway socket until either side leaves."""
        connection = Connection(self, request)
        self._connections.add(connection)
        try:
            return await connection.serve()
        finally:
            self._connections.discard(connection)

    async def wait_ready(self) -> None:
        """Return once a bot has identified and READY with its guilds is on the way."""
        await self._ready.wait()

    async def close(self) -> None:
        """Cut every socket and hear no more events; for the end of the sandbox."""
        if self._hear in self.world.listeners:
            self.world.listeners.remove(self._hear)
        self.drop_all()

    # -- what a connection asks for --------------------------------------------------------------

    def identify(self, d: Mapping[str, Any], socket: Socket) -> Session | None:
        """A new session with READY and its guilds on the way; None when it comes too soon (op 9)."""
        self._check_token(d)
        intents, shard = self._intents(d.get("intents")), _shard(d.get("shard"))
        now, last = self.monotonic(), self._last_identify
        if last is not None and now - last < self.identify_gap_s:
            return None
        self._last_identify = now
        self._forget_the_lost()
        session = Session(secrets.token_hex(16), intents, shard, self.replay_limit, socket)
        self.sessions[session.id] = session
        self.identifies += 1
        ready = wire.ready(self.world, session.id, self.public_url)
        session.dispatch("READY", {**ready, "shard": [shard.number, shard.count]})
        if Intents.GUILDS & intents:
            for guild in self.world.guilds.values():
                if shard.hears(guild.id):
                    session.dispatch("GUILD_CREATE", wire.guild_create(self.world, guild))
        self._ready.set()
        self.world.touch()
        return session

    def resume(self, d: Mapping[str, Any], socket: Socket) -> Session | None:
        """The session with what was missed on the way; None when it cannot be resumed (op 9)."""
        self._check_token(d)
        self._forget_the_lost()
        session, after = self.sessions.get(str(d.get("session_id"))), d.get("seq")
        if not isinstance(after, int):
            raise GatewayClosed(Close.INVALID_SEQ)
        if session is None:
            return None
        if after > session.seq:
            raise GatewayClosed(Close.INVALID_SEQ)
        if not session.can_replay(after):
            self.end(session)
            return None
        self.resumes += 1
        session.resume(after, socket)
        self.world.touch()
        return session

    def members(self, d: Mapping[str, Any], session: Session) -> None:
        """Answer op 8: one chunk with the members asked for by id or by the start of their name."""
        guild = self.world.guilds.get(int(d.get("guild_id") or 0))
        if guild is None:
            return
        asked = d.get("user_ids", [])
        wanted = {int(one) for one in (asked if isinstance(asked, list) else [asked])}
        start, limit = str(d.get("query") or "").lower(), int(d.get("limit") or 0)
        found = [
            member
            for member in guild.members.values()
            if (member.user.id in wanted if wanted else member.user.name.lower().startswith(start))
        ]
        data = {
            "guild_id": str(guild.id),
            "members": [wire.member(member) for member in found[: limit or None]],
            "not_found": [str(one) for one in sorted(wanted - guild.members.keys())],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": d.get("nonce"),
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", data)

    def left(self, session: Session) -> None:
        """Its socket is gone; the session waits for a RESUME."""
        session.socket, session.left_at = None, self.monotonic()
        self.world.touch()

    def end(self, session: Session) -> None:
        """Forget a session: nothing is kept for it and it cannot be resumed."""
        session.socket = None
        self.sessions.pop(session.id, None)
        self.world.touch()

    def _forget_the_lost(self) -> None:
        now = self.monotonic()
        for session in list(self.sessions.values()):
            if session.socket is None and now - session.left_at > self.session_s:
                self.end(session)

    # -- faults ----------------------------------------------------------------------------------

    def drop_all(self) -> None:
        """Pull the cable: every socket is gone without a close frame; sessions stay."""
        for connection in list(self._connections):
            connection.drop()

    def reconnect_all(self) -> None:
        """Op 7: every client is asked to come back and RESUME."""
        self._tell_all(frame(Op.RECONNECT, None))

    def invalidate(self, resumable: bool = False) -> None:
        """Op 9 to every client; unless resumable, their sessions are gone."""
        self._tell_all(frame(Op.INVALID_SESSION, resumable))
        if not resumable:
            for session in list(self.sessions.values()):
                self.end(session)

    def close_all(self, code: int = Close.UNKNOWN_ERROR) -> None:
        """Close every socket from this side with a code; sessions stay, as they do at Discord."""
        for connection in list(self._connections):
            connection.close(code)

    # -- events ----------------------------------------------------------------------------------

    def _tell_all(self, payload: dict[str, Any]) -> None:
        for connection in list(self._connections):
            if connection.session is not None:
                connection.send(payload)

    def _hear(self, event: Event) -> None:
        bot_id = self.world.bot.id
        if event.only_user not in (None, bot_id):
            return
        hearing = [one for one in self.sessions.values() if one.shard.hears(event.guild_id)]
        for session in hearing:
            ears = Ears(session.intents, bot_id, in_guild=event.guild_id is not None)
            if passes(event.name, event.data, ears):
                session.dispatch(event.name, censored(event.name, event.data, ears))

    def _check_token(self, d: Mapping[str, Any]) -> None:
        if d.get("token") not in (self.world.token, f"Bot {self.world.token}"):
            raise GatewayClosed(Close.AUTHENTICATION_FAILED)

    def _intents(self, value: object) -> Intents:
        if not isinstance(value, int) or value < 0 or value & ~int(ALL):
            raise GatewayClosed(Close.INVALID_INTENTS)
        intents = Intents(value)
        if intents & PRIVILEGED & ~self.privileged:
            raise GatewayClosed(Close.DISALLOWED_INTENTS)
        return intents


def _shard(value: object) -> Shard:
    if value is None:
        return Shard()
    if isinstance(value, list) and len(value) == 2 and all(isinstance(part, int) for part in value):
        number, count = value
        if 0 <= number < count:
            return Shard(number, count)
    raise GatewayClosed(Close.INVALID_SHARD)
