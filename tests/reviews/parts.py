"""A server where people read for each other, a clock that is walked by due moments, and a test's moves."""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import insert, select, update

from bot.app import App
from bot.deliveries.flow import Sender, send_due
from bot.deliveries.planned import decode
from bot.moderation import flow as moderation
from bot.moderation.rights import Person
from bot.people.flow import meeting, members, presence
from bot.people.members import Key, Profile
from bot.ports import NewThread, WorkerTrouble
from bot.reviews.flow import documents, parting, readings, rounds
from bot.reviews.values import KINDS, Kind, Reader, Reading, Request, Round
from bot.reviews.values import Settings as Way
from bot.settings import Settings
from bot.storage import Store
from bot.storage.tables import member
from bot.storage.tables.reviews import (
    review_reader,
    review_reading,
    review_request,
    review_round,
    review_setting,
)
from tests.asked import next_moments
from tests.fakes import KEY, Clock, FakeMessenger, FakePace
from tests.jobs.parts import FakeFeeds

T = TypeVar("T")

GUILD, CHANNEL, MODERATORS = 1, 10, 19
MO = Person(id=100, guild_id=GUILD, manages=True)
NOBODY_SPECIAL = Person(id=199, guild_id=GUILD, manages=False)
ANA, BOB, CLEO, DAN, EVE, FAY = range(101, 107)
SERVER = "Remote people"

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # of week 47; no clock changes near it
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
LONG_AGO = MONDAY - 100 * DAY
DOCUMENT = "f" * 64  # the sha256 of a file, but for the last few digits

Duty = Callable[[App, datetime], Awaitable[object]]


def server_name(guild_id: int) -> str:
    return SERVER


async def minding_rounds(app: App, now: datetime) -> None:
    """A duty: rounds and ticks."""
    await rounds.mind_rounds(app, server_name, now)


async def minding_readings(app: App, now: datetime) -> None:
    """A duty: time-outs, reminders, ends of readings."""
    await readings.mind_readings(app, server_name, now)


async def minding_documents(app: App, now: datetime) -> None:
    """A duty: who comes into threads and goes out of them, documents that go."""
    await documents.mind_documents(app, now)


async def minding_pairs(app: App, now: datetime) -> None:
    """A duty: those who may not meet any more are parted."""
    await parting.mind_parting(app, now)


EVERY: tuple[Duty, ...] = (minding_pairs, minding_readings, minding_rounds, minding_documents)
"""All duties of reviews, in the order of a beat: who was let down is looked after in the same one."""


class Here:
    """bot.ports.Workers without a child process: the function runs here, and its calls are counted."""

    def __init__(self) -> None:
        self.called: list[str] = []

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        self.called.append(function)
        module, _, name = function.partition(":")
        return getattr(importlib.import_module(module), name)(*arguments)


class Broken(Here):
    """Every child process dies."""

    async def call(self, function: str, *arguments: object, timeout_s: float = 5.0) -> object:
        raise WorkerTrouble("memory", "too much")


@dataclass
class Square:
    """Everything a flow needs. duties: what a beat runs, in order, before what is due is sent."""

    app: App
    clock: Clock
    discord: FakeMessenger
    sender: Sender
    workers: Here
    duties: list[Duty] = field(default_factory=list)

    # -- time ------------------------------------------------------------------------------------

    async def beat(self) -> None:
        """Every duty once, and what is due is sent."""
        now = self.clock()
        for duty in self.duties:
            await duty(self.app, now)
        await send_due(self.app, self.sender)

    async def until(self, moment: datetime) -> None:
        """Time passes, from one due moment to the next, with a beat at each."""
        while self.clock() < moment:
            to = min([moment, *await due_moments(self.app, self.clock())])
            self.clock.move(to - self.clock())
            await self.beat()

    async def walk(self, by: timedelta) -> None:
        """The same for so long."""
        await self.until(self.clock() + by)

    def at(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        """That time in UTC, so many days after the Monday of week 47."""
        return MONDAY.replace(hour=hour, minute=minute) + day * DAY

    # -- what is there, put there without any press ----------------------------------------------

    async def settle(self, **values: Any) -> Way:
        """How this server reads: on, without weekly rounds, the next tick in an hour, unless `values` say else."""
        now = self.clock()
        given: dict[str, Any] = {"channel_id": CHANNEL, "weekly": False, "next_tick_at": now + HOUR}
        way = Way(GUILD, **(given | values))
        row = {one.name: getattr(way, one.name) for one in fields(Way)} | {"changed_at": now}
        async with self.app.store.begin() as tx:
            await tx.execute(insert(review_setting).values(row))
        return way

    async def met(
        self, *user_ids: int, zone: str | None = "UTC", letters: bool = True, **profile: Any
    ) -> None:
        """These have been here for long. letters: they let the bot write to them. Pairs see their profile."""
        for user_id in user_ids:
            key = Key(GUILD, user_id)
            await members.met(self.app, Person(user_id, GUILD, False), self.clock(), joined_at=LONG_AGO)
            await members.change(self.app, key, self.clock(), zone=zone)
            if letters:
                await self._let_write(key)
            if profile:
                told = Profile(**profile)
                await members.change_profile(self.app, key, told, self.clock(), only=tuple(profile))
                for name in profile:
                    await members.show_field(self.app, key, name, "pairs", self.clock())

    async def in_the_open(self, *user_ids: int) -> None:
        """These do not search in private."""
        for user_id in user_ids:
            await members.change(self.app, Key(GUILD, user_id), self.clock(), private=False)

    async def _let_write(self, key: Key) -> None:
        """Without the test message that a press of theirs would bring."""
        c = member.c
        mine = update(member).where(c.guild_id == key.guild_id, c.user_id == key.user_id)
        async with self.app.store.begin() as tx:
            await tx.execute(mine.values(dm_since=self.clock(), dm_closed_at=None))

    async def hand_in(self, author_id: int, kind: Kind = "resume", **values: Any) -> Request:
        """Their request waits, its document stands in a thread with only them in it. They have to be `met` before."""
        now = self.clock()
        made: dict[str, Any] = {
            "guild_id": GUILD,
            "author_id": author_id,
            "kind": kind,
            "mode": "open",
            "when": "soon",
            "needs": 2,
            "language": "en",
            "state": "waiting",
            "made_at": now,
            "target": "Data engineer at a company that hires in all of Europe",
            "asks": "",
            "link": "",
            "text": "",
            "revision": 1,
            "pages": 2,
            "sha256": DOCUMENT[:-4] + f"{author_id:04}",
            "waiting_since": now,
        }
        async with self.app.store.begin() as tx:
            asked = insert(review_request).values(made | values).returning(review_request.c.id)
            number = (await tx.execute(asked)).scalar_one()
            if (made | values)["state"] != "draft":
                place = self._placed(author_id, number)
                which = update(review_request).where(review_request.c.id == number)
                await tx.execute(which.values(thread_id=place, message_id=place + 1))
        return await self.request(number)

    def _placed(self, author_id: int, number: int) -> int:
        place = 2_000_000 + 10 * number
        self.discord.threads[place] = NewThread(GUILD, CHANNEL, f"Reading {number:04X}", private=True)
        self.discord.inside[place].add(author_id)
        return place

    async def join_reader(self, *user_ids: int, **values: Any) -> None:
        """These read English documents of all kinds, two at a time, since long, and have read the sample."""
        given = {
            "guild_id": GUILD,
            "capacity": 2,
            "kinds": "\n".join(KINDS),
            "languages": "en",
            "joined_at": LONG_AGO,
            "sample_at": LONG_AGO,
        } | {name: "\n".join(one) if isinstance(one, tuple) else one for name, one in values.items()}
        async with self.app.store.begin() as tx:
            for user_id in user_ids:
                await tx.execute(insert(review_reader).values(given | {"user_id": user_id}))

    async def propose(self, request: Request, reader_id: int, **values: Any) -> Reading:
        """This reader is asked to read it since now, or what else `values` say (state="accepted", due_at=…)."""
        now = self.clock()
        given = {
            "guild_id": request.guild_id,
            "round_id": 0,
            "request_id": request.id,
            "author_id": request.author_id,
            "reader_id": reader_id,
            "state": "proposed",
            "score": 700,
            "reasons": "[]",
            "proposed_at": now,
            "clarity": False,
            "accept_by": now + 36 * HOUR,
            "reminded": 0,
        } | values
        if "next_at" not in given and given["state"] == "proposed":
            given["next_at"] = given["accept_by"]
        async with self.app.store.begin() as tx:
            asked = insert(review_reading).values(given).returning(review_reading.c.id)
            number = (await tx.execute(asked)).scalar_one()
        return await self.reading(number)

    async def block(self, one: int, other: int) -> None:
        await meeting.block(self.app, Key(GUILD, one), other, self.clock())

    async def leave_server(self, user_id: int) -> None:
        """They left, and we know it."""
        self.discord.elsewhere.add(user_id)
        mine = (member.c.guild_id == GUILD, member.c.user_id == user_id)
        async with self.app.store.begin() as tx:
            await tx.execute(update(member).where(*mine).values(left_at=self.clock()))

    async def choose_moderators_channel(self) -> None:
        await moderation.choose_moderators_channel(self.app, MO, MODERATORS, (), self.clock())

    async def became(self, table: Any, number: int, **values: Any) -> None:
        """A row (review_request, review_reading, review_round) is as no flow has made it."""
        async with self.app.store.begin() as tx:
            await tx.execute(update(table).where(table.c.id == number).values(values))

    # -- what is to be seen ----------------------------------------------------------------------

    async def request(self, number: int) -> Request:
        """As it is now."""
        return (await self._all(Request, review_request, review_request.c.id == number))[0]

    async def requests(self) -> list[Request]:
        return await self._all(Request, review_request)

    async def reading(self, number: int) -> Reading:
        return (await self._all(Reading, review_reading, review_reading.c.id == number))[0]

    async def readings(self, request_id: int | None = None) -> list[Reading]:
        """Of one request, or all there are, the oldest first."""
        only = () if request_id is None else (review_reading.c.request_id == request_id,)
        return await self._all(Reading, review_reading, *only)

    async def rounds(self) -> list[Round]:
        return await self._all(Round, review_round)

    async def readers(self) -> list[Reader]:
        """As their rows are: kinds and languages a line each."""
        return await self._all(Reader, review_reader)

    async def _all(self, value: type[T], table: Any, *which: Any) -> list[T]:
        columns = [table.c[one.name] for one in fields(value)]  # type: ignore[arg-type]
        order = [table.c.id] if "id" in table.c else list(table.primary_key)
        async with self.app.store.read() as tx:
            rows = await tx.execute(select(*columns).where(*which).order_by(*order))
            return [value(**row) for row in rows.mappings()]

    def kinds(self, channel: int) -> list[str]:
        """What stands in a channel or a thread, or reached a member, in order."""
        return [one.kind for one in self.discord.channels[channel] if not one.deleted]

    def said(self, value: type[T], kind: str, channel: int) -> list[T]:
        """The values of this kind that stand there, in order."""
        found = self.discord.channels[channel]
        return [decode(value, one.value) for one in found if one.kind == kind and not one.deleted]


def square(store: Store, now: datetime = MONDAY, *duties: Duty) -> Square:
    """A server with nothing in it: Monday of week 47, 9:00 UTC."""
    clock = Clock(now)
    discord = FakeMessenger(clock)
    workers = Here()
    app = App(store, FakeFeeds(), discord, workers, FakePace(), clock, Settings(), KEY)
    sender = Sender(listening=presence.listening, jitter=lambda: 0.5, round_s=0.0)
    return Square(app, clock, discord, sender, workers, list(duties))


async def due_moments(app: App, now: datetime) -> list[datetime]:
    """When something is due next, of what is due after now."""
    columns = (
        review_setting.c.next_round_at,
        review_setting.c.next_tick_at,
        review_round.c.publish_at,
        review_reading.c.next_at,
        review_request.c.expires_at,
    )
    return await next_moments(app, columns, now)
