"""A town that is lived in for weeks: every duty in its real order, Discord on bad days, a bot that may be away."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, cast
from zlib import crc32

from sqlalchemy import func, select

from bot.checkins.cycle import NOTED_OUTAGE
from bot.checkins.flow import outages
from bot.checkins.store import outages as outage_store
from bot.cli.wiring import duties
from bot.deliveries.flow import Sender
from bot.heartbeat import Duty
from bot.people.flow import presence
from bot.ports import Outgoing, Receipt, Trouble
from bot.storage import Store
from bot.storage.tables import delivery
from cogs.client import Outpost
from tests.checkins.parts import HOUR, SERVER, Town, town
from tests.fakes import LOST_ANSWER, NEVER_ARRIVED, TOO_FAST, Clock, FakeMessenger, Fault

OURS = {"note_alive", "mind_weeks", "mind_pods", "remind", "send_due", "mind_places", "mind_blocked"}
UNAVAILABLE = Fault(False, Trouble("unclear", "503"))
FAULTS = (LOST_ANSWER, NEVER_ARRIVED, TOO_FAST, UNAVAILABLE)
MINUTE = timedelta(minutes=1)
FINE = Fault(True, None)
MOST_BEATS = 4  # one after the other, for what the last one planned


@dataclass
class Client:
    """What duties ask of Discord's client: is it connected?"""

    online: bool = True

    def server_name(self, guild_id: int) -> str:
        return SERVER


@dataclass
class Weather(deque[Fault]):
    """What befalls each send: nothing, or with this share something. closed: nothing gets through."""

    dice: random.Random
    share: float = 0.0
    struck: int = 0
    closed: bool = False

    def __bool__(self) -> bool:
        return self.closed or self.share > 0

    def popleft(self) -> Fault:
        if self.closed:
            return UNAVAILABLE
        if self.dice.random() >= self.share:
            return FINE
        self.struck += 1
        return self.dice.choice(FAULTS)


@dataclass
class Witness(FakeMessenger):
    """Remembers every value that was sent or shown, wherever, also those that an edit has replaced since."""

    uttered: list[tuple[int, str]] = field(default_factory=list)  # (channel, value)

    async def send(self, outgoing: Outgoing) -> Receipt | Trouble:
        self.uttered.append((outgoing.channel_id, outgoing.value))
        return await super().send(outgoing)

    def _post(self, outgoing: Outgoing) -> Receipt:
        """A message's number follows from its nonce: in whatever order messages come, theirs are the same."""
        receipt, number = super()._post(outgoing), 10**9 + crc32(outgoing.nonce.encode())
        if receipt.message_id is None:
            return receipt
        for message in self.channels[outgoing.channel_id]:
            message.id = number if message.id == receipt.message_id else message.id
        return Receipt(number)

    async def edit(self, outgoing: Outgoing, message_id: int) -> Trouble | None:
        self.uttered.append((outgoing.channel_id, outgoing.value))
        return await super().edit(outgoing, message_id)


@dataclass
class House(Town):
    """away: when the bot was. restless: what went wrong is tried again within a minute."""

    away: list[tuple[datetime, datetime]] = field(default_factory=list)
    client: Client = field(default_factory=Client)
    restless: bool = False

    @property
    def weather(self) -> Weather:
        return cast(Weather, self.discord.faults)

    @property
    def witness(self) -> Witness:
        return cast(Witness, self.discord)

    def duties(self) -> Iterator[Duty]:
        every = duties(self.app, self.sender, cast(Outpost, self.client))
        return (duty for duty in every if duty.name in OURS)

    async def beat(self) -> None:
        """Every duty in its order, till nothing is left to be said at once."""
        struck, now = self.weather.struck, self.clock()
        for _ in range(MOST_BEATS):
            for duty in self.duties():
                await duty.do(now)
            if not (unsaid := await self._unsaid(now)):
                break
        self.restless = bool(unsaid) or self.weather.struck > struck

    async def _unsaid(self, now: datetime) -> bool:
        waits = delivery.c.state.in_(["new", "retry"]), delivery.c.due_at <= now
        async with self.app.store.read() as tx:
            return (await tx.execute(select(func.count()).where(*waits))).scalar_one() > 0

    async def until(self, moment: datetime) -> None:
        """Time passes, from one due moment to the next; the bot is alive in between."""
        while self.clock() < moment:
            soon = [self.clock() + MINUTE] if self.restless else []
            to = min([moment, *soon, *await self._due_moments()])
            if to - self.clock() > NOTED_OUTAGE:
                async with self.app.store.begin() as tx:
                    await outage_store.beat_at(tx, to - MINUTE)
            self.clock.move(to - self.clock())
            await self.beat()

    async def down_until(self, moment: datetime) -> None:
        """The process ends, and another one begins at that moment."""
        await outages.note_alive(self.app, self.clock())
        self.away.append((self.clock(), moment))
        self.clock.move(moment - self.clock())
        self.start()
        await self.beat()

    async def cut_off_until(self, moment: datetime) -> None:
        """The process goes on, but Discord is out of reach."""
        await outages.note_alive(self.app, self.clock())
        self.away.append((self.clock(), moment))
        self.client.online, self.weather.closed = False, True
        while self.clock() < moment:
            to = min([moment, self.clock() + HOUR, *await self._due_moments()])
            self.clock.move(to - self.clock())
            if to < moment:
                await self.beat()
        self.client.online, self.weather.closed = True, False
        await self.beat()

    def start(self, store: Store | None = None) -> None:
        """A new process, which remembers nothing; store: its own, on the same database."""
        self.app = replace(self.app, store=store or self.app.store)
        self.sender = Sender(listening=presence.listening, jitter=lambda: 0.5, round_s=0.0)

    def awake(self, since: datetime, until: datetime) -> timedelta:
        """For how long of that time the bot was there."""
        lost = sum(
            (max(min(until, end) - max(since, start), timedelta()) for start, end in self.away), timedelta()
        )
        return max(until - since, timedelta()) - lost

    def back(self, moment: datetime) -> datetime:
        """When the bot could do what was due then."""
        for start, end in self.away:
            if start < moment < end:
                return end
        return moment


def house(store: Store, now: datetime, seed: int = 0) -> House:
    """A server with nothing in it, on a day without faults."""
    usual = town(store, now)
    clock: Clock = usual.clock
    witness = Witness(clock, faults=cast(Any, Weather(random.Random(seed))))
    return House(replace(usual.app, messenger=witness), clock, witness, usual.sender)
