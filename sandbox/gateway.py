"""The gateway: sessions, who hears which event, and the ways in which Discord itself lets go of a bot."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
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
from sandbox.model import Guild
from sandbox.world import Event, World, new_token

Monotonic = Callable[[], float]


class Gateway:
    """All gateway sessions of the sandbox's one bot.

    public_url: where clients find it, "ws://127.0.0.1:PORT/gateway"; may be set once the port is known.
    privileged: the privileged intents that the application was granted; others are answered with 4014.
    heartbeat_s: the interval in HELLO; who is silent for one and a half of it is closed with 4009.
    guilds_per_shard: a shard with more is closed with 4011.
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
        heartbeat_s: float = 41.25,
        replay_limit: int = 1000,
        session_s: float = 300.0,
        guilds_per_shard: int = 2500,
        monotonic: Monotonic = time.monotonic,
    ) -> None:
        self.world = world
        self.clock = clock
        self.log = log
        self.faults = faults
        self.public_url = public_url
        self.privileged = privileged
        self.heartbeat_s = heartbeat_s
        self.replay_limit = replay_limit
        self.session_s = session_s
        self.guilds_per_shard = guilds_per_shard
        self.monotonic = monotonic
        self.sessions: dict[str, Session] = {}
        self.identifies = 0
        self.resumes = 0
        self._connections: set[Connection] = set()
        self._ready = asyncio.Event()
        self.may_send = asyncio.Event()
        self.may_send.set()
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

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """What is sent meanwhile waits until the end."""
        self.may_send.clear()
        try:
            yield
        finally:
            self.may_send.set()

    async def flushed(self) -> None:
        """Return once everything that waits to be sent is on the wire."""
        for connection in list(self._connections):
            await connection.flushed()

    # -- what a connection asks for --------------------------------------------------------------

    def identify(self, d: Mapping[str, Any], socket: Socket) -> Session | None:
        """A new session with READY and its guilds on the way; None when it comes too soon (op 9)."""
        self._check_token(d)
        intents, shard = self._intents(d.get("intents")), _shard(d.get("shard"))
        guilds = [guild for guild in self._guilds() if shard.hears(guild.id)]
        if len(guilds) > self.guilds_per_shard:
            raise GatewayClosed(Close.SHARDING_REQUIRED)
        if self.world.starts.too_soon(shard.number, self.monotonic()):
            return None
        if not self.world.starts.take():
            self._renew_the_token()
            raise GatewayClosed(Close.AUTHENTICATION_FAILED)
        self._forget_the_lost()
        session = Session(secrets.token_hex(16), intents, shard, self.replay_limit, socket)
        self.sessions[session.id] = session
        self.identifies += 1
        ready = wire.ready(self.world, session.id, self.public_url)
        unavailable = [{"id": str(guild.id), "unavailable": True} for guild in guilds]
        session.dispatch("READY", {**ready, "guilds": unavailable, "shard": [shard.number, shard.count]})
        for guild in guilds:
            self._tell(session, self._state_of(guild))
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

    def ask_for_heartbeats(self) -> None:
        """Op 1: every client is asked for a heartbeat now, whenever its next one is due."""
        self._tell_all(frame(Op.HEARTBEAT, None))

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
        guild = self.world.guilds.get(event.guild_id or 0)
        out_of_reach = guild is not None and (guild.unavailable or bot_id not in guild.members)
        if out_of_reach and event.name != "GUILD_DELETE":
            return
        for session in self.sessions.values():
            if session.shard.hears(event.guild_id):
                self._tell(session, event)

    def _tell(self, session: Session, event: Event) -> None:
        ears = Ears(session.intents, self.world.bot.id, in_guild=event.guild_id is not None)
        if passes(event.name, event.data, ears):
            session.dispatch(event.name, censored(event.name, event.data, ears))

    def _guilds(self) -> list[Guild]:
        """Those that the bot is in."""
        return [guild for guild in self.world.guilds.values() if self.world.bot.id in guild.members]

    def _state_of(self, guild: Guild) -> Event:
        """What follows READY for each guild."""
        if guild.unavailable:
            return Event("GUILD_DELETE", {"id": str(guild.id), "unavailable": True}, guild.id)
        return Event("GUILD_CREATE", wire.guild_create(self.world, guild), guild.id)

    def _renew_the_token(self) -> None:
        """Docs, Identifying: "Upon hitting this limit, all active sessions for the app will be terminated, the bot
        token will be reset, and the owner will receive an email notification."
        """
        self.world.token = new_token(self.world.bot.id)
        self.close_all(Close.AUTHENTICATION_FAILED)
        for session in list(self.sessions.values()):
            self.end(session)

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
