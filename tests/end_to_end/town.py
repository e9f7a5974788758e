"""A whole town: the sandbox for Discord, invented boards, the real bot with a real database, people who press."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.cli.wiring import Bot, assembled, connected, duties
from bot.heartbeat import Heartbeat
from bot.jobs.reading.reader import Reader
from bot.ports import Pace, Workers
from bot.settings import Settings
from sandbox import Actor, Modal, Reply, Sandbox
from sandbox.boards import Boards, Inventor, Posting
from sandbox.gateway_intents import NO_INTENTS, Intents
from sandbox.model import Guild, Message
from sandbox.seed import BOT, EVERYONE, MODERATOR, community
from sandbox.testing import complaints
from sandbox.world import World

BOARD = "jsonfeed"  # a board without oddities
BOARD_NAME = "Plain JSON Feed"
SPOKEN = (0, 19, 20)  # types of message: plain, a reply, the answer to a command
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
NEXT_READING = timedelta(minutes=75)  # after an hour and its jitter every feed is due again


def neighbours(world: World) -> Guild:
    """The usual community, and a second server with a moderator and a channel of the same name."""
    guild = community(world)
    other = world.add_guild("Next door", world.owner, EVERYONE)
    world.add_member(other, world.bot, world.add_role(other, world.bot.name, BOT, bot_id=world.bot.id))
    world.add_member(other, world.add_user("pat"), world.add_role(other, "moderators", MODERATOR))
    for name in ("remote-python", "moderators"):
        world.add_channel(other, name)
    return guild


@dataclass
class Town:
    """What a test needs to tell a story; `bot` is the one that runs now. pace, workers: others than the bot's own."""

    sandbox: Sandbox
    boards: Boards
    folder: Path
    members_intent: bool = False
    board: str = BOARD
    pace: Pace | None = None
    workers: Workers | None = None
    _bot: Bot | None = None
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(9_000_001, 9_999_999)))

    # -- the bot ---------------------------------------------------------------------------------

    @property
    def bot(self) -> Bot:
        assert self._bot is not None
        return self._bot

    async def start(self) -> None:
        """Assemble the bot on this town's database and connect it."""
        settings = Settings(
            discord_token=SecretStr(self.sandbox.token),
            api_base=self.sandbox.rest,
            gateway_url=self.sandbox.gateway,
            database_url=f"sqlite:///{self.folder / 'outpost.sqlite3'}",
            feeds_file=self.folder / "feeds.yaml",
            members_intent=self.members_intent,
        )
        allow = frozenset({self.boards.address})
        assemble = assembled(settings, now=self.sandbox.clock.now, allow=allow)
        self._bot = self._fitted(await self._running.enter_async_context(assemble))
        async with asyncio.timeout(20):
            await self._running.enter_async_context(connected(self.bot))

    def _fitted(self, bot: Bot) -> Bot:
        if self.pace is None and self.workers is None:
            return bot
        app = replace(bot.app, pace=self.pace or bot.app.pace)
        if self.workers is not None:
            assert isinstance(app.feeds, Reader)
            app = replace(app, workers=self.workers, feeds=replace(app.feeds, workers=self.workers))
        bot.client.app = app
        return replace(bot, app=app, heartbeat=Heartbeat(duties(app, bot.sender, bot.client), app.now))

    async def stop(self) -> None:
        await self._running.aclose()
        self._bot = None

    async def restart(self) -> None:
        """The process ends and another begins on the same database."""
        await self.stop()
        await self.start()

    # -- time and boards -------------------------------------------------------------------------

    async def beat(self, after: timedelta = timedelta()) -> None:
        """Let time pass, then one beat of every duty."""
        self.sandbox.clock.move(after)
        await self.bot.heartbeat.beat()

    def publish(self, *roles: str, company: str = "Quillhaven Labs") -> list[Posting]:
        """The board shows these, a second apart, the last one as its newest."""
        now, seconds = self.sandbox.clock.now(), range(len(roles), 0, -1)
        new = [
            replace(
                Inventor("town", next(self._numbers)).posting(now - timedelta(seconds=ago)),
                role=role,
                company=company,
            )
            for role, ago in zip(roles, seconds, strict=True)
        ]
        for posting in new:
            self.boards.publish(self.board, posting=posting)
        return new

    async def news(self, *roles: str, company: str = "Quillhaven Labs") -> None:
        """These appear on the board, the feed is read, what is due is said."""
        self.publish(*roles, company=company)
        await self.beat(NEXT_READING)

    # -- people ----------------------------------------------------------------------------------

    async def settle_in(self) -> None:
        """The first reading, to which nobody listens yet, and the moderators' channel."""
        await self.beat(HOUR)
        home = await page(self.mo.slash("setup"))
        await page(home.choose("Moderators' channel", "moderators"))

    @property
    def mo(self) -> Actor:
        return self.sandbox.member("mo")

    @property
    def ana(self) -> Actor:
        return self.sandbox.member("ana")

    def neighbour(self) -> Actor:
        """pat, who moderates the other server."""
        world = self.sandbox.world
        pat = next(user for user in world.users.values() if user.name == "pat")
        other = next(guild for guild in world.guilds.values() if guild.name == "Next door")
        return Actor(world, other, pat)

    async def subscribe(self, text: str = "python", channel: str = "remote-python", who: str = "mo") -> Reply:
        """A moderator lets a channel follow the jobs; gives the answer to Save."""
        asked = await page(self.sandbox.member(who).slash("jobs subscribe", filter=text, channel=channel))
        return await page(asked.click("Save"))

    def cards(self, channel: str = "remote-python", who: str = "mo") -> list[Reply]:
        """What stands in a channel, oldest first, private answers left out."""
        return [message for message in self.sandbox.member(who).sees(channel) if not message.ephemeral]

    def titles(self, channel: str = "remote-python") -> list[str]:
        """The titles of the cards in a channel, oldest first, without their links."""
        headings = [card.text.splitlines()[0].removeprefix("### ") for card in self.cards(channel)]
        return [heading.removeprefix("[").split("](")[0] for heading in headings]

    def notices(self) -> list[Reply]:
        """What the moderators were told, oldest first."""
        return self.cards("moderators")

    def public(self) -> list[Message]:
        """Every message that the bot ever posted for all to see; not what Discord notes of threads by itself."""
        world = self.sandbox.world
        mine = [one for one in world.messages.values() if one.author_id == world.bot.id]
        return [one for one in mine if one.only_for is None and one.kind in SPOKEN]


@asynccontextmanager
async def a_town(
    migrated_file: Path,
    folder: Path,
    *,
    members_intent: bool = False,
    place: Sandbox | None = None,
    board: str = BOARD,
    pace: Pace | None = None,
    workers: Workers | None = None,
) -> AsyncIterator[Town]:
    """A town whose bot is connected and has read nothing yet; afterwards all of it is gone.

    At the end all that went over the wire was Discord's own. members_intent: Discord granted it, and the bot uses it.
    place: another sandbox than the usual one. board: the only one that it reads. pace, workers: others than the bot's
    own. folder: there, without a database.
    """
    addresses = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    shutil.copy(migrated_file, folder / "outpost.sqlite3")
    granted = Intents.GUILD_MEMBERS if members_intent else NO_INTENTS
    # A busy machine is no fault: the first answer has more than three seconds.
    # Nine in the morning (UTC): whatever hour the machine has, nobody's quiet hours are near.
    morning = datetime.now(UTC).replace(hour=9, minute=0, second=0, microsecond=0)
    usual = Sandbox(seed=neighbours, first_answer=timedelta(seconds=20), privileged=granted, start=morning)
    async with place or usual as sandbox, Boards(sandbox.clock.now, seed=7) as boards:
        (folder / "feeds.yaml").write_text(boards.feeds_yaml([board]), "utf-8")
        running = Town(sandbox, boards, folder, members_intent, board, pace, workers)
        try:
            await running.start()
            yield running
        finally:
            await running.stop()
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = addresses
        assert complaints(sandbox) == []


async def page(doing: Awaitable[Reply | Modal]) -> Reply:
    """What somebody looks at after a press that must not open a form."""
    shown = await doing
    assert isinstance(shown, Reply)
    return shown


async def form(doing: Awaitable[Reply | Modal]) -> Modal:
    """The form that a press must open."""
    shown = await doing
    assert isinstance(shown, Modal)
    return shown


def lacks(reply: Reply, *permissions: str) -> bool:
    """Does the answer name these permissions, and where to grant them?"""
    return all(name in reply.text for name in permissions) and "Edit Channel → Permissions" in reply.text
