"""Groups that check in, over a real database, beside a Discord that answers at once: what figures of weeks share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import Select, func, select

from benchmarks.parts import NO_FEEDS, ROOT, database_in, folder_with
from bot.app import App
from bot.checkins.flow import groups, joining, notices, outages, places, pods, reminders, weeks
from bot.checkins.groups import Draft
from bot.checkins.store import outages as alive
from bot.checkins.values import Group
from bot.cli.wiring import assembled
from bot.deliveries.flow import Sender, send_due
from bot.moderation.rights import Person
from bot.people.flow import members, presence
from bot.people.members import Key
from bot.ports import Files, NewThread, Outgoing, Receipt, Trouble
from bot.settings import Settings
from bot.storage.tables import cycle, delivery, member_week
from bot.storage.types import Instant

GUILD, CHANNEL = 1, 10
MO = Person(id=100, guild_id=GUILD, manages=True)
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)  # of week 47
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NONCES = timedelta(minutes=5)  # for so long Discord remembers what it was told under a nonce

T = TypeVar("T")


def server_name(guild_id: int) -> str:
    return "Remote people"


@dataclass(slots=True)
class Clock:
    """Stands still until it is moved."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now


@dataclass(slots=True)
class Message:
    """One as it stands. edits: how often it was changed."""

    id: int
    kind: str
    value: str
    at: datetime
    edits: int = 0


_NO_FILES = "nobody hands anything in here"


@dataclass(slots=True)
class Discord:
    """bot.ports.Messenger that answers at once. channels: what stands where, in order; people have their own.

    failing: so many sends to come are answered by 503; half of them have arrived all the same.
    """

    clock: Clock
    channels: defaultdict[int, list[Message]] = field(default_factory=lambda: defaultdict(list))
    by_id: dict[int, Message] = field(default_factory=dict)
    nonces: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    failing: int = 0
    failed: int = 0

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        if self.failing:
            self.failing -= 1
            self.failed += 1
            if self.failed % 2 == 0:
                self._post(outgoing)
            return Trouble("unclear", "503")
        return Receipt(self._post(outgoing))

    def _post(self, outgoing: Outgoing) -> int:
        now = self.clock()
        number, at = self.nonces.get(outgoing.nonce, (0, now))
        if number and now - at <= NONCES:
            return number
        message = Message(1_000_000 + len(self.by_id), outgoing.kind, outgoing.value, now)
        self.by_id[message.id] = message
        self.channels[outgoing.channel_id].append(message)
        self.nonces[outgoing.nonce] = message.id, now
        return message.id

    async def look_back(self, outgoing: Outgoing, since: datetime) -> Receipt | Trouble | None:
        number, at = self.nonces.get(outgoing.nonce, (0, since))
        return Receipt(number) if number and at >= since else None

    async def take_back(self, outgoing: Outgoing, message_id: int) -> None:
        raise RuntimeError("nobody is erased here")

    async def edit(self, outgoing: Outgoing, message_id: int) -> Trouble | None:
        message = self.by_id[message_id]
        message.value = outgoing.value
        message.edits += 1
        return None

    async def is_member(self, guild_id: int, user_id: int) -> bool | Trouble:
        return True

    async def open_thread(self, thread: NewThread) -> int | Trouble:
        return thread.on_message or 0

    async def let_in(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        return None

    async def let_out(self, guild_id: int, thread_id: int, user_id: int) -> Trouble | None:
        return None

    async def put(self, files: Files) -> int | Trouble:
        raise NotImplementedError(_NO_FILES)

    async def find_put(
        self, guild_id: int, thread_id: int, name: str, since: datetime
    ) -> int | Trouble | None:
        raise NotImplementedError(_NO_FILES)

    async def find_thread(self, thread: NewThread) -> int | Trouble | None:
        raise NotImplementedError(_NO_FILES)

    async def fetch(self, guild_id: int, thread_id: int, message_id: int, most: int) -> bytes | Trouble:
        raise NotImplementedError(_NO_FILES)

    async def close_thread(self, guild_id: int, thread_id: int) -> Trouble | None:
        raise NotImplementedError(_NO_FILES)

    async def delete(self, guild_id: int, thread_id: int, message_id: int) -> Trouble | None:
        raise NotImplementedError(_NO_FILES)

    def said(self, *kinds: str) -> list[Message]:
        """What stands anywhere of these kinds; of all, without any."""
        return [one for one in self.by_id.values() if not kinds or one.kind in kinds]


class NoPace:
    """bot.ports.Pace without limits: the database is measured, not Discord's patience."""

    def wait_for(self, channel_id: int, at: float, requests: int = 1) -> float:
        return 0.0

    def take(self, channel_id: int, at: float, requests: int = 1) -> None:
        pass


@dataclass(slots=True)
class Village:
    """The bot's flows over one database, a clock moved by hand, and that Discord.

    timed: every flow is called through it, with its name, so that somebody may look at a watch.
    """

    app: App
    clock: Clock
    discord: Discord
    sender: Sender

    async def timed(self, name: str, doing: Awaitable[T]) -> T:
        return await doing

    async def beat(self) -> None:
        """The duties of weeks, in the order of `bot.cli.wiring`, and what they promise is said."""
        now = self.clock()
        await self.timed("duties", outages.note_alive(self.app, now))
        await self.timed("weeks", weeks.mind_weeks(self.app, server_name, now))
        await self.timed("duties", pods.mind_pods(self.app, now))
        await self.timed("duties", reminders.remind(self.app, server_name, now))
        await self.timed("said", send_due(self.app, self.sender))
        await self.timed("places", places.mind_places(self.app, now))
        await self.timed("duties", notices.mind_blocked(self.app, now))

    async def until(self, moment: datetime) -> None:
        """Time passes from one due moment to the next, with a beat at each; the bot is alive in between."""
        while (due := min(await self._due(), default=moment)) <= moment:
            async with self.app.store.begin() as tx:
                await alive.beat_at(tx, due - MINUTE)
            self.clock.now = due
            await self.beat()
            if due == moment:
                return
        async with self.app.store.begin() as tx:
            await alive.beat_at(tx, moment - MINUTE)
        self.clock.now = moment

    async def down_until(self, moment: datetime) -> None:
        """The bot is away from now on, and beats again at that moment."""
        await outages.note_alive(self.app, self.clock())
        self.clock.now = moment
        await self.beat()

    async def _due(self) -> list[datetime]:
        """When something is due next, of what is due after now."""
        found = []
        async with self.app.store.read() as tx:
            for column, waits in (
                (cycle.c.next_at, ()),
                (member_week.c.remind_at, ()),
                (delivery.c.due_at, (delivery.c.state.in_(["new", "retry"]),)),
            ):
                asked = select(func.min(column, type_=Instant)).where(column > self.clock(), *waits)
                found.append((await tx.execute(asked)).scalar_one())
        return [at for at in found if at is not None]

    async def rows(self, asked: Select[Any]) -> list[Any]:
        async with self.app.store.read() as tx:
            return list(await tx.execute(asked))

    async def group(self, **given: Any) -> Group:
        """A moderator makes a group; by default it opens Fridays at 9:00 in Lisbon."""
        draft = replace(Draft("Remote job seekers", CHANNEL, "Europe/Lisbon"), **given)
        return await groups.create(self.app, MO, draft, (), self.clock())

    async def join(self, group: Group, user_id: int, zone: str) -> Key:
        """Somebody presses a button, tells their zone, and joins."""
        who, key = Person(user_id, GUILD, manages=False, joined_at=MONDAY), Key(GUILD, user_id)
        await members.met(self.app, who, self.clock())
        await members.change(self.app, key, self.clock(), zone=zone)
        await joining.join(self.app, who, group.id, self.clock())
        return key


V = TypeVar("V", bound=Village)


@asynccontextmanager
async def village(
    make: Callable[[App, Clock, Discord, Sender], V], database_url: str = ""
) -> AsyncIterator[V]:
    """One over a new database, by default SQLite in a folder of its own; Monday of week 47, 9:00 UTC."""
    clock = Clock()
    with folder_with(NO_FEEDS) as folder:
        settings = Settings(
            database_url=database_url or database_in(folder),
            feeds_file=folder / "feeds.yaml",
            key_file=folder / "outpost.key",
            prompts_file=ROOT / "prompts.yaml",
        )
        async with assembled(settings, now=clock) as bot:
            discord = Discord(clock)
            app = replace(bot.app, messenger=discord, pace=NoPace())
            sender = Sender(listening=presence.listening, jitter=lambda: 0.5, round_s=0.0)
            yield make(app, clock, discord, sender)
