"""A server with groups, a clock that is walked from due moment to due moment, and the few moves a test makes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from bot.app import App
from bot.checkins.flow import groups, notices, outages, places, reminders, weeks
from bot.checkins.groups import Draft
from bot.checkins.messages import CARD, DIGEST, OPENER, Card, Digest, Opener
from bot.checkins.store import cycles as cycle_store
from bot.checkins.store import groups as group_store
from bot.checkins.store import outages as outage_store
from bot.checkins.store.weeks import WHOLE, said_columns, week_of
from bot.checkins.values import Circle, Cycle, Goal, Group, MemberWeek, Said, WeekState
from bot.deliveries.flow import Sender, send_due
from bot.deliveries.planned import decode
from bot.moderation import flow as moderation
from bot.moderation.rights import Person
from bot.people.flow import members, presence
from bot.people.members import Key
from bot.ports import Part, Prompts, Template
from bot.settings import Settings
from bot.storage import Store
from bot.storage.tables import cycle, group_member, group_pause, member_week
from tests.asked import next_moments
from tests.fakes import KEY, Clock, FakeMessenger, FakePace
from tests.jobs.parts import FakeFeeds, NoWorkers

GUILD, CHANNEL, OTHER_CHANNEL, MODERATORS = 1, 10, 11, 19
MO = Person(id=100, guild_id=GUILD, manages=True)
NOBODY_SPECIAL = Person(id=199, guild_id=GUILD, manages=False)
SERVER = "Remote people"

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # of week 47; no clock changes near it
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)

Duty = Callable[[App, datetime], Awaitable[object]]


def _part(label: str) -> Part:
    return Part(label, f"What is your {label}?")


def _template(id: str) -> Template:
    return Template(id, id.title(), f"About {id}.", _part("learned"), _part("goals"), _part("plan"))


PROMPTS = Prompts(
    templates=(_template("steady"), _template("learning"), _template("calm")),
    starters=("What helped you lately?", "What will you try?"),
)


def server_name(guild_id: int) -> str:
    return SERVER


@dataclass
class Town:
    """Everything a flow needs. more: duties of other rooms that a test adds; they run before what is due is sent."""

    app: App
    clock: Clock
    discord: FakeMessenger
    sender: Sender
    more: list[Duty] = field(default_factory=list)

    # -- time ------------------------------------------------------------------------------------

    async def beat(self) -> None:
        """Every duty once, in the order of `bot.cli.wiring`."""
        now = self.clock()
        await outages.note_alive(self.app, now)
        await weeks.mind_weeks(self.app, server_name, now)
        await reminders.remind(self.app, server_name, now)
        for duty in self.more:
            await duty(self.app, now)
        await send_due(self.app, self.sender)
        await places.mind_places(self.app, now)
        await notices.mind_blocked(self.app, now)
        await send_due(self.app, self.sender)

    async def until(self, moment: datetime) -> None:
        """Time passes, from one due moment to the next, with a beat at each; the bot is alive in between."""
        while self.clock() < moment:
            to = min([moment, *await self._due_moments()])
            async with self.app.store.begin() as tx:
                await outage_store.beat_at(tx, to - timedelta(minutes=1))
            self.clock.move(to - self.clock())
            await self.beat()

    async def walk(self, by: timedelta) -> None:
        """The same for so long."""
        await self.until(self.clock() + by)

    async def settled(self, weeks_later: int = 0) -> None:
        """Walk till week 47 is settled, or one that comes so many weeks later."""
        await self.until(self.at(9, 12) + weeks_later * WEEK)

    async def down_until(self, moment: datetime) -> None:
        """The bot is away from now till that moment, when it beats again."""
        await outages.note_alive(self.app, self.clock())
        self.clock.move(moment - self.clock())
        await self.beat()

    async def _due_moments(self) -> list[datetime]:
        return await due_moments(self.app, self.clock())

    def at(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        """That time in UTC, so many days after the Monday of week 47."""
        return MONDAY.replace(hour=hour, minute=minute) + day * DAY

    # -- what is there ---------------------------------------------------------------------------

    async def group(self, missing: Sequence[str] | None = (), **given: Any) -> Group:
        """A moderator makes a group: Fridays at 9:00, digest Mondays at 18:00, in Lisbon."""
        draft = Draft("Remote job seekers", CHANNEL, "Europe/Lisbon")
        return await groups.create(self.app, MO, replace(draft, **given), missing, self.clock())

    async def fresh(self, group: Group) -> Group:
        """The group as it is now."""
        async with self.app.store.read() as tx:
            found = await group_store.one(tx, group.guild_id, group.id)
        assert found is not None
        return found

    async def cycles(self, group: Group) -> list[Cycle]:
        """The oldest first."""
        async with self.app.store.read() as tx:
            return (await cycle_store.of_group(tx, group.guild_id, group.id))[::-1]

    async def weeks(self, group: Group, user_id: int | None = None) -> list[MemberWeek]:
        """Everybody's weeks in a group, or one member's, the oldest first."""
        mine = WHOLE.where(member_week.c.group_id == group.id)
        if user_id is not None:
            mine = mine.where(member_week.c.user_id == user_id)
        async with self.app.store.read() as tx:
            rows = await tx.execute(mine.order_by(member_week.c.week, member_week.c.id))
            return [week_of(row) for row in rows]

    async def states(self, group: Group, user_id: int) -> list[WeekState]:
        return [one.state for one in await self.weeks(group, user_id)]

    # -- members, put there without the presses of joining and saying -------------------------------

    async def joined(
        self,
        group: Group,
        *user_ids: int,
        zone: str | None = "Europe/Lisbon",
        at: datetime | None = None,
        circle: Circle = "group",
        letters: bool = False,
        **given: Any,
    ) -> None:
        """These are in the group since `at`, by default now. letters: they let the bot write to them.

        A week that is open already has no row for them: that is the press of joining (`flow.joining`).
        """
        for user_id in user_ids:
            key = Key(group.guild_id, user_id)
            await members.met(
                self.app, Person(user_id, group.guild_id, False), self.clock(), joined_at=MONDAY
            )
            await members.change(self.app, key, self.clock(), zone=zone)
            if letters:
                await members.consent(self.app, key, self.clock())
            row: dict[str, Any] = {
                "group_id": group.id,
                "guild_id": group.guild_id,
                "user_id": user_id,
                "joined_at": at or self.clock(),
                "circle": circle,
                "wants_pod": False,
                "remind_minute": 600,
                "drift": False,
                "drift_told": 0,
            }
            async with self.app.store.begin() as tx:
                await tx.execute(insert(group_member).values(row | given))

    async def pause(self, group: Group, user_id: int, first: datetime, last: datetime) -> None:
        """They take the weeks of these days off."""
        row = {
            "group_id": group.id,
            "guild_id": group.guild_id,
            "user_id": user_id,
            "first_week": _monday(first),
            "last_week": _monday(last),
            "ill": False,
            "made_at": self.clock(),
        }
        async with self.app.store.begin() as tx:
            await tx.execute(insert(group_pause).values(row))

    async def said(
        self,
        group: Group,
        *user_ids: int,
        circle: Circle = "group",
        state: WeekState = "on_time",
        cycle_id: int | None = None,
        **said: Any,
    ) -> None:
        """These check in in the newest week that is open, as after the form (`flow.saying`)."""
        newest = max(
            (one for one in await self.cycles(group) if one.state != "scheduled"), key=lambda one: one.week
        )
        number = cycle_id or newest.id
        words = said_columns(Said(**({"learned": "A lot.", "goals": (Goal("Rest"),)} | said)))
        done = {"state": state, "circle": circle, "submitted_at": self.clock(), "remind_at": None}
        which = update(member_week).where(
            member_week.c.cycle_id == number, member_week.c.user_id.in_(user_ids)
        )
        async with self.app.store.begin() as tx:
            assert (await tx.execute(which.values(done | words))).rowcount == len(user_ids)
            await cycle_store.freshen(tx, [number], self.clock())
            if newest.place_id is not None:
                await places.post_cards(tx, [(group, newest)], self.clock())

    async def became(self, group: Group, cycle_id: int, **values: Any) -> None:
        """A cycle is as no flow has made it."""
        async with self.app.store.begin() as tx:
            await tx.execute(update(cycle).where(cycle.c.id == cycle_id).values(values))

    # -- what stands in Discord ------------------------------------------------------------------

    def openers(self, channel: int = CHANNEL) -> list[Opener]:
        return [decode(Opener, value) for value in self._said(OPENER, channel)]

    def digests(self, channel: int = CHANNEL) -> list[Digest]:
        return [decode(Digest, value) for value in self._said(DIGEST, channel)]

    def cards(self, place: int) -> list[Card]:
        return [decode(Card, value) for value in self._said(CARD, place)]

    def kinds(self, channel: int) -> list[str]:
        """What stands in a channel, or reached a member, in order."""
        return [one.kind for one in self.discord.channels[channel] if not one.deleted]

    def delete(self, kind: str, channel: int = CHANNEL) -> None:
        """Somebody deletes the last message of this kind."""
        last = [one for one in self.discord.channels[channel] if one.kind == kind and not one.deleted][-1]
        last.deleted = True
        self.discord.deleted_messages.add(last.id)

    def _said(self, kind: str, channel: int) -> list[str]:
        return [one.value for one in self.discord.channels[channel] if one.kind == kind and not one.deleted]

    async def choose_moderators_channel(self) -> None:
        await moderation.choose_moderators_channel(self.app, MO, MODERATORS, (), self.clock())


def town(store: Store, now: datetime = MONDAY) -> Town:
    """A server with nothing in it: Monday of week 47, 9:00 UTC."""
    clock = Clock(now)
    discord = FakeMessenger(clock)
    app = App(store, FakeFeeds(), discord, NoWorkers(), FakePace(), clock, Settings(), KEY, prompts=PROMPTS)
    sender = Sender(listening=presence.listening, jitter=lambda: 0.5, round_s=0.0)
    return Town(app, clock, discord, sender)


async def due_moments(app: App, now: datetime) -> list[datetime]:
    """When something is due next, of what is due after now."""
    return await next_moments(app, (cycle.c.next_at, member_week.c.remind_at), now)


def _monday(moment: datetime) -> str:
    day = moment.date()
    return (day - timedelta(days=day.weekday())).isoformat()
