"""Four weeks in a server where Ana's boss is: the story that the boss test tells twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.checkins.flow import outages
from bot.deliveries.flow import send_due
from sandbox import Sandbox, members
from sandbox.clock import Clock
from sandbox.model import Guild
from sandbox.sight import Sight
from sandbox.world import World
from tests.end_to_end import days, days_checkins, days_jobs, days_reviews
from tests.end_to_end.boss_frames import attached, comparable
from tests.end_to_end.boss_presses import Curious
from tests.end_to_end.here import Here
from tests.end_to_end.town import HOUR, Town, a_town, neighbours
from tests.proofs import size

START = datetime(2031, 3, 3, tzinfo=UTC)  # a Monday
MINUTES = timedelta(minutes=5)  # after them the next direct message to the same person may go
KEY = "5e" * 32
BROKEN = "Something broke on my side"  # what a bug of ours looks like
NAMING = "wwr"  # a board that names who hires
NEWS_EVERY = 4  # days: a channel takes five messages in five seconds of the machine's own clock
_ALL_FRAMES = 1_000_000


class _Still(Clock):
    """Time that stands until it is moved, so that two runs say the same moments however fast the machine is."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self._moment = start

    def now(self) -> datetime:
        return self._moment

    def move(self, by: timedelta) -> None:
        self._moment += by
        super().move(by)


class _Unhurried:
    """bot.ports.Pace without a limit: the bot's own goes by the machine's clock, which two runs do not share."""

    def wait_for(self, channel_id: int, at: float, requests: int = 1) -> float:
        return 0.0

    def take(self, channel_id: int, at: float, requests: int = 1) -> None:
        pass


class _StillSandbox(Sandbox):
    """A sandbox whose clock stands still."""

    @property
    def clock(self) -> Clock:
        return self._still

    @clock.setter
    def clock(self, running: Clock) -> None:
        self._still = _Still(START)


@dataclass
class Story:
    """Who does how much.

    ana: does she do anything? last: day. looks, thorough: days on which Bob opens everything, and on which he also
    presses everything. curious: days on which Ana presses everything, too. erased: the day on which she, Bob and Tom
    erase themselves. each_night: what befalls the town.
    """

    ana: bool
    last: int = days.LAST
    looks: Collection[int] = range(1, days.LAST + 1)
    thorough: Collection[int] = ()
    curious: Collection[int] = ()
    erased: int | None = None
    each_night: Callable[[Town], Awaitable[None]] | None = None
    told: dict[str, list[str]] = field(default_factory=dict)  # name → their frames, comparable


@asynccontextmanager
async def still_town(migrated_file: Path, folder: Path) -> AsyncIterator[Town]:
    """As the fixture `town`, with a clock that stands, and always the same key. folder: there, and empty.

    Small: nothing runs in a child; a child that reads in everything once for each life takes five seconds.
    """
    (folder / "outpost.key").write_text(f"{KEY}\n", "ascii")
    still = _StillSandbox(seed=_people, first_answer=timedelta(seconds=20))
    workers = size(small=Here(), full=None)
    async with a_town(
        migrated_file, folder, place=still, board=NAMING, pace=_Unhurried(), workers=workers
    ) as town:
        yield town


def _people(world: World) -> Guild:
    """The usual people and three more; in both servers a role that looks after safety, in the first one Eve's."""
    first = neighbours(world)
    for name in days_checkins.NEWCOMERS:
        world.add_member(first, world.add_user(name))
    for guild in world.guilds.values():
        helpers = world.add_role(guild, "helpers", 0)
        for member in guild.members.values():
            member.roles |= {helpers.id} if member.user.name == "eve" else set()
    return first


async def live(story: Story, migrated_file: Path, folder: Path) -> Story:
    """Tell it; afterwards `story.told` holds what the clients of Bob and Eve were told."""
    async with still_town(migrated_file, folder) as town:
        sight = Sight(town.sandbox.world, kept=_ALL_FRAMES)
        await _first_hours(town)
        for day in range(1, story.last + 1):
            await _day(town, story, day)
        world = town.sandbox.world
        files = dict(attached(world.messages.values(), world.files_url))
        for name in ("ana", "bob", "eve"):
            assert sight.seen_by(town.sandbox.member(name).user.id, BROKEN) == []
        for name in ("bob", "eve"):
            story.told[name] = comparable(sight.frames(town.sandbox.member(name).user.id), files)
    return story


async def _first_hours(town: Town) -> None:
    await town.beat(timedelta(hours=2))
    town.sandbox.member("tom").go("start-here").say("Good morning, all.")
    await town.sandbox.member("tom").slash("start")
    await days.prepares(town.mo, town.sandbox.member("owner"))
    await days_checkins.prepares(town)
    await days_reviews.prepares(town)
    await days.is_there(town.sandbox.member("eve"))
    await days_jobs.would_put_in_a_word(town.sandbox.member("eve"))
    for _ in range(2):
        await town.beat(MINUTES)


async def _day(town: Town, story: Story, day: int) -> None:
    """Nine: openings. Twelve: Ana. Three: Eve. Six: Bob. Each with what follows from it."""
    if day == days.PROMOTED:
        _promote(town)
    if day % NEWS_EVERY == 1:
        town.publish(f"Data Engineer {day}", company=days_jobs.KNOWN)
        town.publish(f"Python Engineer {day}", company=days.EMPLOYER)
    await _at(town, day, 9)
    await _at(town, day, 12)
    if story.ana:
        await _anas(town, day, story)
    await _heard(town, day, story)
    await _at(town, day, 15)
    await days.meets(town.sandbox.member("eve"))
    await town.beat(MINUTES)  # letters of one moment have no order
    await days.minds(town.sandbox.member("eve"))
    await days_checkins.others(town, day)
    await days_reviews.others(town, day)
    if story.each_night is not None:
        await story.each_night(town)
    await _at(town, day, 18)
    await _bobs(town, day, story)
    await town.beat(MINUTES)


async def _at(town: Town, day: int, hour: int) -> None:
    """What was just planned is said, also to those who heard something a minute ago; then it is that hour."""
    await _said(town)
    moment, clock = START + timedelta(days=day - 1, hours=hour), town.sandbox.clock
    while moment - clock.now() > HOUR:  # the bot lives meanwhile, else its weeks would be those of an outage
        clock.move(HOUR)
        await outages.note_alive(town.bot.app, clock.now())
    await town.beat(moment - clock.now())


async def _said(town: Town) -> None:
    """Some minutes pass. Small: only the outbox speaks, all other duties have their turn at the hour."""
    if size(small=False, full=True):
        return await town.beat(MINUTES)
    clock = town.sandbox.clock
    clock.move(MINUTES)
    await outages.note_alive(town.bot.app, clock.now())
    await send_due(town.bot.app, town.bot.sender)


async def _anas(town: Town, day: int, story: Story) -> None:
    for deeds in (
        days_jobs.ANA_WITH_JOBS,
        days_checkins.ANA_WITH_CHECKINS,
        days.ANA,
        days_reviews.ANA_WITH_REVIEWS,
    ):
        for deed in days.on(day, deeds):
            await deed.do(town.ana.go("start-here"))
    if day in story.curious:
        await Curious(town.ana.go("start-here"), days.ANAS).press_everything()
    if day == story.erased:
        await days.erases(town.ana.go("start-here"))


async def _heard(town: Town, day: int, story: Story) -> None:
    """What moderators hear of: Ana's doing, or Tom's where she does nothing."""
    who = town.sandbox.member("ana" if story.ana else "tom")
    for deed in days.on(day, days_jobs.HEARD):
        await deed.do(who.go("start-here"))
    if day == story.erased:  # as Ana does: what was written goes with its writer
        await days.erases(town.sandbox.member("tom").go("start-here"))


async def _bobs(town: Town, day: int, story: Story) -> None:
    """In the server, then in the bot's own DM, then where the cards are."""
    bob = town.sandbox.member("bob")
    for deeds in (
        days_checkins.BOB_WITH_CHECKINS,
        days.BOB,
        days_jobs.BOB_WITH_JOBS,
        days_reviews.BOB_WITH_REVIEWS,
    ):
        for deed in days.on(day, deeds):
            await deed.do(bob.go("start-here"))
    if day == story.erased:
        await days.erases(bob.go("start-here"))
    curious = Curious(bob, days.BOBS)
    for place in ("start-here", None):
        _ = bob.go(place) if place else bob.go_to_dm()
        if day in story.thorough:
            await curious.press_everything()
        elif day in story.looks:
            await curious.look()
    if day in story.thorough:
        for channel in (days_jobs.CARDS, days_checkins.CHANNEL):
            bob.go(channel)
            await curious.press_messages()
        for thread in (days_checkins.thread(bob), *days_reviews.threads(bob)):
            bob.go(thread)
            await curious.press_messages()


def _promote(town: Town) -> None:
    """Bob gets the moderators' role, which holds Manage Threads."""
    guild = town.sandbox.guild
    member = guild.members[town.sandbox.member("bob").user.id]
    member.roles |= {role.id for role in guild.roles.values() if role.name == "moderators"}
    members.changed(town.sandbox.world, guild, member)
