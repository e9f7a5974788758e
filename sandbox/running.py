"""The sandbox in one object: start it, point a bot at it, let people act, look at what is true."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from aiohttp import web

from sandbox import errors, guilds, tally
from sandbox import tls as names
from sandbox.actors import Actor
from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.gateway import Gateway
from sandbox.gateway_intents import NO_INTENTS, Intents
from sandbox.gateway_order import First, order
from sandbox.log import Frame, FrameLog
from sandbox.model import Channel, Guild, Message, Overwrite, User
from sandbox.page.guide import Task
from sandbox.page.serve import Page
from sandbox.permissions import Permission
from sandbox.ratelimit import RateLimits
from sandbox.seed import Seed, community
from sandbox.server import PREFIX, Gaps, application, authorisation
from sandbox.sight import Sight
from sandbox.spec import Spec
from sandbox.walking import AfterStep, NextStep, Walking, hourly, nothing, walk
from sandbox.world import World

T = TypeVar("T")

HOST = "127.0.0.1"  # never anything else: there is no protection here but being unreachable


class Sandbox:
    """A running sandbox: `async with Sandbox() as sandbox`.

    port: 0 takes a free one. profile: off | realistic | hostile rate limits. spec: "auto", a path of Discord's
    OpenAPI description, or None. refuses: False lets the description judge answers alone, not requests. seed: who
    and what is there at the start. start: the clock's first moment (aware).
    privileged: the intents that the application was granted. identify_gap_s, max_concurrency: how soon clients may
    IDENTIFY; Discord's gap is 5 s, here it is off. heartbeat_s: the interval that clients are told.
    heard_first: "event" or "answer": what a bot hears first of its own first answer; None leaves it to chance.
    page: False leaves the page for the browser out. guide: what the page proposes to try.
    tls: serve under Discord's own names, see `sandbox.tls`.
    """

    def __init__(
        self,
        port: int = 0,
        profile: str = "off",
        nonce_window: timedelta = timedelta(minutes=5),
        spec: str | Path | None = "auto",
        refuses: bool = True,
        seed: Seed = community,
        first_answer: timedelta = timedelta(seconds=3),
        start: datetime | None = None,
        privileged: Intents = NO_INTENTS,
        identify_gap_s: float = 0.0,
        max_concurrency: int = 1,
        heartbeat_s: float = 41.25,
        heard_first: First | None = None,
        tls: ssl.SSLContext | None = None,
        page: bool = True,
        guide: Sequence[Task] = (),
    ) -> None:
        self.clock = Clock(start)
        self.world = World(self.clock, nonce_window=nonce_window, first_answer=first_answer)
        self.guild = seed(self.world)
        self.log = FrameLog(self.clock)
        self.sight = Sight(self.world)
        self.faults = Faults()
        self.limits = RateLimits(profile, self.clock)
        self.spec = Spec.load(spec, refuses=refuses, tally=tally.ALL)
        self.world.privileged = privileged
        self.world.starts.gap_s = identify_gap_s
        self.world.starts.max_concurrency = max_concurrency
        self.sockets = Gateway(
            self.world, self.clock, self.log, self.faults, privileged=privileged, heartbeat_s=heartbeat_s
        )
        self.next_step: NextStep = hourly
        self.after_step: AfterStep = nothing
        self.walking: Walking | None = None
        self._heard_first = heard_first
        self._tls = tls
        self.guide = guide
        self._page = Page(self) if page else None
        self._gaps = Gaps()
        self._actors: dict[str, Actor] = {}
        self._port = port
        self._runner: web.AppRunner | None = None

    # -- where it is -----------------------------------------------------------------------------

    @property
    def rest(self) -> str:
        """The REST base, for discord.http.Route.BASE."""
        return f"{names.REST if self._tls else self._http}{PREFIX}"

    @property
    def gateway(self) -> str:
        """The gateway's address, for DiscordWebSocket.DEFAULT_GATEWAY."""
        return names.GATEWAY if self._tls else f"ws://{HOST}:{self._port}/gateway"

    @property
    def port(self) -> int:
        """Where it listens, on the loopback interface alone."""
        return self._port

    @property
    def _http(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def page(self) -> str:
        """The page for the browser, with its key; "" where there is none."""
        scheme = "https" if self._tls else "http"
        return f"{scheme}://{HOST}:{self._port}{self._page.path}" if self._page else ""

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
            self.spec.answers,
            order(self.sockets, self._heard_first),
            errors.middleware,
            self.faults.middleware,
            authorisation(self.world, self.limits.count),
            guilds.reach(self.world),
            self.limits.middleware,
            self.spec.requests,
        ]
        app = application(self.world, middlewares, self.sockets.handle, self._gaps, self._page)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port, ssl_context=self._tls).start()
        self._port = self._runner.addresses[0][1]
        self.sockets.public_url = self.world.gateway_url = self.gateway
        self.world.files_url = names.FILES if self._tls else f"{self._http}/attachments"

    async def stop(self) -> None:
        """Cut every socket and give the port back."""
        if self._page is not None:
            await self._page.close()
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

    # -- the guild as a whole --------------------------------------------------------------------

    def outage(self, guild: Guild | None = None) -> None:
        """The guild is unavailable until `back`: the bot hears nothing of it, and REST answers 502."""
        guilds.begin_outage(self.world, guild or self.guild)

    def back(self, guild: Guild | None = None) -> None:
        """The outage is over."""
        guilds.end_outage(self.world, guild or self.guild)

    def kick_bot(self, guild: Guild | None = None) -> None:
        """The bot is thrown out of the guild."""
        guilds.remove_bot(self.world, guild or self.guild)

    def invite_bot(self, *granted: Permission, guild: Guild | None = None) -> None:
        """The bot is invited (again) with these permissions."""
        guilds.invite_bot(self.world, guild or self.guild, _together(granted))

    def messages(self, channel: str) -> list[Message]:
        """The truth about a channel, oldest first: every message ever posted, deleted and private ones too."""
        return [self.world.messages[message_id] for message_id in self.channel(channel).message_ids]

    # -- what people were told -------------------------------------------------------------------

    def frames(self, name: str) -> list[Frame]:
        """What this person's client was told, oldest first; see `sandbox.sight`."""
        return self.sight.frames(self._user(name).id)

    def seen_by(self, name: str, text: str) -> list[Frame]:
        """Those of them in which `text` stands somewhere; [] when this person was never shown it."""
        return self.sight.seen_by(self._user(name).id, text)

    # -- time ------------------------------------------------------------------------------------

    async def walk(self, until: datetime, label: str = "") -> None:
        """Let time pass up to `until`: step by step, `after_step` after each.

        `walking` says where to, in a moment and in words. Raises CannotWalk; see `sandbox.walking`.
        """
        await walk(self, until, label)

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
