"""A server where people meet in twos, a clock that is walked by due moments, and a test's moves."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update

from bot.meets.book import open_meets
from bot.meets.flow import drawing, joining, meetings, parting, threads
from bot.meets.store import draws, matches
from bot.meets.values import Draw, Kind, Match, Role, Room, Settings
from bot.people.members import Key
from bot.ports import WorkerTrouble
from bot.storage import Store
from bot.storage.tables import delivery, meet_debrief, meet_draw, meet_match, meet_setting, member
from bot.storage.types import Instant
from tests.fakes import FakeMessenger
from tests.reviews.parts import (
    CHANNEL,
    DAY,
    GUILD,
    HOUR,
    MONDAY,
    SERVER,
    Here,
    Square,
    server_name,
    square,
)

BOOK = open_meets(Path(__file__).resolve().parents[2] / "meets.yaml")
DRAW_AT = MONDAY + HOUR  # each Monday at ten, UTC
MINUTE = timedelta(minutes=1)
WEEK = 7 * DAY

__all__ = ["CHANNEL", "DAY", "GUILD", "HOUR", "MONDAY", "SERVER"]


class Broken(Here):
    """A worker that never answers."""

    async def call(self, function: str, *arguments: Any, timeout_s: float = 5.0) -> Any:
        raise WorkerTrouble("died", "the child ended")


class Club(Square):
    """A Square whose duties are those of meetings."""

    async def beat(self) -> None:
        now = self.clock()
        await parting.mind_parting(self.app, now)
        await drawing.mind_draws(self.app, server_name, now)
        await meetings.mind_meetings(self.app, server_name, now)
        await threads.mind_threads(self.app, server_name, now)
        await super().beat()

    async def until(self, moment: datetime) -> None:
        while self.clock() < moment:
            to = min([moment, *await _due_moments(self, self.clock())])
            self.clock.move(to - self.clock())
            await self.beat()

    async def draw(self) -> None:
        """Time passes to the next draw and a few minutes more, till every letter has gone."""
        async with self.app.store.read() as tx:
            asked = select(func.min(meet_setting.c.next_draw_at, type_=Instant))
            at = (await tx.execute(asked)).scalar_one()
        await self.until(at + 10 * MINUTE)

    async def meet_here(self, **values: object) -> Settings:
        """Meetings are on: each Monday at ten, UTC, unless `values` say else."""
        way = Settings(GUILD, **({"channel_id": CHANNEL, "minute": 600, "next_draw_at": DRAW_AT} | values))  # type: ignore[arg-type]
        row = {one.name: getattr(way, one.name) for one in fields(Settings)} | {"changed_at": self.clock()}
        async with self.app.store.begin() as tx:
            await tx.execute(insert(meet_setting).values(row))
        return way

    async def wants(self, *user_ids: int, kind: Kind = "coffee", role: Role = "") -> None:
        """These are met and join."""
        await self.met(*user_ids)
        for user_id in user_ids:
            await joining.join(self.app, Key(GUILD, user_id), kind, self.clock(), role)

    async def rooms(self, *user_ids: int) -> list[Room]:
        """Of these people, or all there are; the oldest first."""
        async with self.app.store.read() as tx:
            if user_ids:
                return (await matches.of_members(tx, GUILD, user_ids))[::-1]
            return await matches.rooms(tx)

    async def matches(self) -> list[Match]:
        return [one.match for one in await self.rooms()]

    async def the_room(self) -> Room:
        (found,) = await self.rooms()
        return found

    async def draws(self) -> list[tuple[str, str, int]]:
        """(kind, state, tries) of each."""
        c = meet_draw.c
        async with self.app.store.read() as tx:
            return [tuple(row) for row in await tx.execute(select(c.kind, c.state, c.tries).order_by(c.id))]

    async def standing(self) -> list[Draw]:
        """The draws of which not everybody was told."""
        async with self.app.store.read() as tx:
            return await draws.standing(tx, GUILD)

    async def debriefs(self) -> int:
        async with self.app.store.read() as tx:
            return (await tx.execute(select(func.count()).select_from(meet_debrief))).scalar_one()

    async def quiet(self, user_id: int, start: int, end: int) -> None:
        """Their quiet hours, minutes after midnight."""
        c = member.c
        mine = update(member).where(c.guild_id == GUILD, c.user_id == user_id)
        async with self.app.store.begin() as tx:
            await tx.execute(mine.values(quiet_from=start, quiet_until=end))

    def inside(self, room: Room) -> set[int]:
        """Who is in its thread."""
        assert room.thread_id is not None
        return self.discord.inside[room.thread_id]


def club(store: Store, now: datetime = MONDAY) -> Club:
    """A server with nothing in it: Monday of week 47, 9:00 UTC."""
    it = square(store, now)
    app = replace(it.app, meets=BOOK)
    return Club(app, it.clock, it.discord, it.sender, it.workers, [])


def restarted(store: Store, it: Club, discord: FakeMessenger) -> Club:
    """Another process in the same world."""
    fresh = square(store, it.clock())
    app = replace(it.app, store=store, messenger=discord)
    return Club(app, it.clock, discord, fresh.sender, it.workers, [])


async def _due_moments(it: Club, now: datetime) -> list[datetime]:
    """When something is due next, of what is due after now."""
    columns = (
        meet_setting.c.next_draw_at,
        meet_draw.c.next_at,
        meet_match.c.next_at,
        meet_match.c.thread_at,
        delivery.c.due_at,
    )
    waits = delivery.c.state.in_(["new", "retry"])
    found = []
    async with it.app.store.read() as tx:
        for column in columns:
            asked = select(func.min(column, type_=Instant)).where(column > now)
            asked = asked.where(waits) if column is delivery.c.due_at else asked
            found.append((await tx.execute(asked)).scalar_one())
    return [at for at in found if at is not None]
