"""An App with a feed that says what a test wants, and a server whose channels listen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import insert, update

from bot.app import App
from bot.deliveries.flow import Sender, send_due
from bot.jobs.flow import feeds, life, promises, subscriptions
from bot.jobs.subscriptions import Preset
from bot.moderation import flow as moderation
from bot.moderation.rights import Person
from bot.ports import Entry, FeedSpec, FoundFeed, NotModified, Reading, Trouble, Validators
from bot.settings import Settings
from bot.storage import Store
from bot.storage.tables import subscription, withdrawn
from tests.fakes import KEY, Clock, FakeMessenger, FakePace
from tests.jobs.values import entry, feed

GUILD, CHANNEL, OTHER_CHANNEL, MODERATORS = 1, 10, 11, 19
MO = Person(id=100, guild_id=GUILD, manages=True)
ANA = Person(id=101, guild_id=GUILD, manages=False)

Answer = Reading | NotModified | Trouble


@dataclass
class FakeFeeds:
    """bot.ports.Feeds: each feed of the book answers what was put into `answers`."""

    book: tuple[FeedSpec, ...] = field(default_factory=lambda: (feed(),))
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, Validators]] = field(default_factory=list)
    pages: dict[str, tuple[FoundFeed, ...] | Trouble] = field(default_factory=dict)

    async def feeds_of_page(self, url: str, now: datetime) -> tuple[FoundFeed, ...] | Trouble:
        return self.pages.get(url, ())

    async def read(self, of: FeedSpec, known: Validators, now: datetime) -> Answer:
        self.asked.append((of.id, known))
        return self.answers[of.id]

    def shows(self, entries: Sequence[Entry], of: str = "board", etag: str = "v") -> None:
        self.answers[of] = Reading(tuple(entries), Validators(etag=etag))


class NoWorkers:
    """bot.ports.Workers that nothing here may need."""

    async def call(self, function: str, *arguments: object, timeout_s: float = 5.0) -> object:
        raise AssertionError(f"{function} was called")


@dataclass
class Town:
    """Everything a flow needs, and the few moves a test makes."""

    app: App
    clock: Clock
    feeds: FakeFeeds
    discord: FakeMessenger
    sender: Sender

    async def beat(self, after: timedelta = timedelta()) -> None:
        """Time passes, then every duty once."""
        now = self.clock.move(after)
        await feeds.read_feeds(self.app, now)
        await life.close_openings(self.app, now)
        await send_due(self.app, self.sender)
        await promises.mind_troubles(self.app, now)
        await send_due(self.app, self.sender)

    async def subscribe(self, text: str = "", channel: int = CHANNEL, preset: Preset = "normal") -> int:
        """A moderator subscribes a channel; gives the subscription's id."""
        proposal = await subscriptions.propose(self.app, MO, text, channel, (), self.clock())
        await subscriptions.save(self.app, MO, proposal.subscription.id, (), self.clock())
        async with self.app.store.begin() as tx:
            which = subscription.c.id == proposal.subscription.id
            await tx.execute(update(subscription).where(which).values(preset=preset))
        return proposal.subscription.id

    async def choose_moderators_channel(self) -> None:
        await moderation.choose_moderators_channel(self.app, MO, MODERATORS, (), self.clock())

    def titles(self, channel: int = CHANNEL) -> list[str]:
        """What the cards in a channel are about, in order."""
        return [value.split('"title":"')[1].split('"')[0] for value in self.discord.said(channel)]


async def town(store: Store, *specs: FeedSpec) -> Town:
    """A server with nothing in it, and the feeds of these specs (one called "board" by default)."""
    clock, discord = Clock(), None
    read = FakeFeeds(specs or (feed(),))
    discord = FakeMessenger(clock)
    app = App(store, read, discord, NoWorkers(), FakePace(), clock, Settings(), KEY)
    await feeds.enrol_feeds(app, clock() - timedelta(minutes=1))
    return Town(app, clock, read, discord, Sender(jitter=lambda: 0.5, round_s=0.0))


async def read_once(store: Store) -> Town:
    """A server whose feed was read once, with ten openings in it."""
    made = await town(store)
    made.feeds.shows([entry(n, published=None) for n in range(10)])
    await made.beat()
    return made


async def publish(it: Town, *numbers: int) -> None:
    """The feed of `read_once` shows these beside its first ten, and is read."""
    it.feeds.shows([entry(n, published=None) for n in (*range(10), *numbers)])
    await it.beat(timedelta(hours=2))


async def take_back(it: Town, fact: str = "pay", opening_id: int = 1, guild_id: int = GUILD) -> None:
    """A fact counts in a server no more, as after the moderators' button (test_flow_doubts)."""
    row = {"guild_id": guild_id, "opening_id": opening_id, "fact": fact, "by_id": 1, "at": it.clock()}
    async with it.app.store.begin() as tx:
        await tx.execute(insert(withdrawn).values(row))
