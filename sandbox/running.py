"""The sandbox in one object: start it, point a bot at it, let people act, look at what is true."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from sandbox import errors
from sandbox.actors import Actor
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.gateway import Gateway
from sandbox.log import FrameLog
from sandbox.model import Channel, Message, Overwrite, User
from sandbox.permissions import Permission
from sandbox.ratelimit import RateLimits
from sandbox.seed import Seed, community
from sandbox.server import PREFIX, Gaps, application, authorisation
from sandbox.spec import Spec
from sandbox.world import World

T = TypeVar("T")

HOST = "127.0.0.1"  # never anything else: there is no protection here but being unreachable


class Sandbox:
    """A running sandbox: `async with Sandbox() as sandbox`.

    port: 0 takes a free one. profile: off | realistic | hostile rate limits. spec: "auto", a path of Discord's
    OpenAPI description, or None. seed: who and what is there at the start.
    """

    def __init__(
        self,
        port: int = 0,
        profile: str = "off",
        nonce_window: timedelta = timedelta(minutes=5),
        spec: str | Path | None = "auto",
        seed: Seed = community,
        first_answer: timedelta = timedelta(seconds=3),
    ) -> None:
        self.clock = Clock()
        self.world = World(self.clock, nonce_window=nonce_window, first_answer=first_answer)
        self.guild = seed(self.world)
        self.log = FrameLog(self.clock)
        self.faults = Faults()
        self.limits = RateLimits(profile, self.clock)
        self.spec = Spec.load(spec)
        self.sockets = Gateway(self.world, self.clock, self.log, self.faults)
        self._gaps = Gaps()
        self._actors: dict[str, Actor] = {}
        self._port = port
        self._runner: web.AppRunner | None = None

    # -- where it is -----------------------------------------------------------------------------

    @property
    def rest(self) -> str:
        """The REST base, for discord.http.Route.BASE."""
        return f"http://{HOST}:{self._port}{PREFIX}"

    @property
    def gateway(self) -> str:
        """The gateway's address, for DiscordWebSocket.DEFAULT_GATEWAY."""
        return f"ws://{HOST}:{self._port}/gateway"

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def gaps(self) -> list[str]:
        """Requests for routes that the sandbox does not have, as "METHOD path"."""
        return self._gaps.seen

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on the loopback interface."""
        middlewares = [
            self.log.middleware,
            errors.middleware,
            self.faults.middleware,
            authorisation(self.world, self.limits.count),
            self.limits.middleware,
            self.spec.middleware,
        ]
        app = application(self.world, middlewares, self.sockets.handle, self._gaps)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        self.sockets.public_url = self.world.gateway_url = self.gateway
        self.world.files_url = f"http://{HOST}:{self._port}/attachments"

    async def stop(self) -> None:
        """Cut every socket and give the port back."""
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    # -- people and places -----------------------------------------------------------------------

    def member(self, name: str) -> Actor:
        """The person of this name, always the same actor."""
        if name not in self._actors:
            self._actors[name] = Actor(self.world, self.guild, self._user(name))
        return self._actors[name]

    def add_member(self, name: str, *roles: str, locale: str = "en-US") -> Actor:
        """Somebody joins, with roles given by name."""
        held = [role for role in self.guild.roles.values() if role.name in roles]
        self.world.add_member(self.guild, self.world.add_user(name, locale=locale), *held)
        return self.member(name)

    def channel(self, name: str) -> Channel:
        for channel in self.guild.channels.values():
            if channel.name == name:
                return channel
        raise LookupError(f"There is no channel #{name}.")

    def add_channel(self, name: str) -> Channel:
        return self.world.add_channel(self.guild, name)

    def delete_channel(self, name: str) -> None:
        self.world.remove_channel(self.channel(name))

    def deny(self, channel: str, *permissions: Permission, name: str | None = None) -> None:
        """Take permissions in a channel away from the bot, or from the member called `name`."""
        self._overwrite(channel, name).deny |= _together(permissions)
        self.world.changed_channel(self.channel(channel))

    def allow(self, channel: str, *permissions: Permission, name: str | None = None) -> None:
        """Undo `deny`."""
        self._overwrite(channel, name).deny &= ~_together(permissions)
        self.world.changed_channel(self.channel(channel))

    def messages(self, channel: str) -> list[Message]:
        """The truth about a channel, oldest first: every message ever posted, deleted and private ones too."""
        return [self.world.messages[message_id] for message_id in self.channel(channel).message_ids]

    # -- waiting ---------------------------------------------------------------------------------

    async def bot_ready(self, within: timedelta = timedelta(seconds=30)) -> None:
        """Return once a bot is connected now and its guilds are on the way. Raises TimeoutError."""
        await self.until(lambda: any(s.socket for s in self.sockets.sessions.values()), within)

    async def until(self, holds: Callable[[], T | None], within: timedelta = timedelta(seconds=10)) -> T:
        """Wait for something to become true in this world; see World.until."""
        return await self.world.until(holds, within)

    def _user(self, name: str) -> User:
        for member in self.guild.members.values():
            if member.user.name == name:
                return member.user
        raise LookupError(f"Nobody here is called {name}.")

    def _overwrite(self, channel: str, name: str | None) -> Overwrite:
        who = self.world.bot.id if name is None else self._user(name).id
        return self.channel(channel).overwrites.setdefault(who, Overwrite(who, 1))


def _together(permissions: tuple[Permission, ...]) -> int:
    granted = 0
    for permission in permissions:
        granted |= permission
    return granted
