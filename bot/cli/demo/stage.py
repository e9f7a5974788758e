"""The demo as a place: three weeks are lived through, one address is printed, then it goes on by itself."""

from __future__ import annotations

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import system_now
from bot.cli.demo import guide, reviews, story, weeks
from bot.cli.demo.beating import STEP, Beating
from bot.cli.demo.live import NO_BOARD, Heard, stand_still
from bot.cli.demo.news import News
from bot.cli.demo.place import PORT, SEED, opened, running
from bot.cli.demo.script import Moment, Scene, moments, play
from bot.cli.demo.told import Told
from bot.cli.wiring import Bot, duties, load_book
from bot.deliveries.flow import next_due
from bot.heartbeat import Heartbeat
from bot.settings import Settings
from sandbox import CannotDo, NoAnswer, Sandbox
from sandbox.boards import Boards
from sandbox.page.guide import Task
from sandbox.town import town, welcome_bot

BEFOREHAND = timedelta(minutes=10)  # from the bot's invitation to the first press
A_MINUTE = timedelta(minutes=1)  # the boards' interval in the demo
THREE_SECONDS = timedelta(seconds=3)
PATIENCE = timedelta(seconds=30)  # of the story's people: a busy machine must not change what has happened
LAST_READ = timedelta(seconds=40)  # before the doors open, so that the first opening is seen soon after


async def show(told: Told, port: int | None) -> int:
    """The demo with invented boards, until it is cancelled. port: as in `place.opened`."""
    async with lived(told, port, system_now()) as town_now:
        _open(told, town_now.sandbox, guide.tasks(town_now.sandbox.clock.now()), town_now.wanted_port)
        await town_now.beating.by_itself()
    return 0


@dataclass(frozen=True, slots=True)
class Lived:
    """A town with its three weeks behind it."""

    sandbox: Sandbox
    beating: Beating
    wanted_port: bool


@asynccontextmanager
async def lived(told: Told, port: int | None, now: datetime) -> AsyncIterator[Lived]:
    """The town with its bot, its story told up to `now`, its clock at the real moment."""
    async with AsyncExitStack() as stack:
        sandbox, wanted_port = await stack.enter_async_context(opened(town, _beginning(now), port))
        told.say("Outpost in an invented town. Everything runs on this machine alone.")
        talk, check_ins = moments(story.BEFORE_THE_BOT, now), moments(weeks.CHECKINS, now)
        since = moments((*story.SINCE_THE_BOT, *reviews.SWITCHED_ON), now)
        came, read = check_ins[0].at - BEFOREHAND, since[0].at - BEFOREHAND
        scene = await _weeks_without_bot(sandbox, [one for one in talk if one.at < came])
        _go(sandbox, came)
        welcome_bot(sandbox.world, sandbox.guild)
        boards = await stack.enter_async_context(Boards(lambda: max(sandbox.clock.now(), read), SEED))
        bot = await stack.enter_async_context(running(sandbox, Settings(), boards))
        past = [one for one in check_ins if one.at < now]
        early = [one for one in (*talk, *past) if came <= one.at < read]
        await play(scene, sorted(early, key=lambda one: one.at), _Calm(sandbox, bot).go)
        await _Calm(sandbox, bot).go(read)
        coming = [one for one in moments((*weeks.CHECKINS, *reviews.ROUND), now) if one.at >= now]
        people = _Later(scene, coming)
        news, promised = News(boards, SEED), functools.partial(next_due, bot.app)
        beating = await stack.enter_async_context(
            Beating(sandbox, news, bot.heartbeat.beat, promised, people.up_to)
        )
        stack.callback(bot.sender.stop)  # before the beating waits for a beat that is under way
        await sandbox.walk(sandbox.clock.now() + A_MINUTE)  # every board is read for the first time
        since += [one for one in past if one.at >= read]
        await play(scene, sorted(since, key=lambda one: one.at), sandbox.walk)
        await sandbox.walk(now - LAST_READ)
        _go(sandbox, system_now())
        yield Lived(sandbox, beating, wanted_port)


async def show_live(told: Told, port: int | None, settings: Settings) -> int:
    """The same with the real boards of the settings' feed book; 1 when none of them can be read.

    Raises BookError.
    """
    now = system_now()
    load_book(settings)  # its mistakes are told before anything else happens
    async with AsyncExitStack() as stack:
        sandbox, wanted_port = await stack.enter_async_context(opened(town, _beginning(now), port))
        sandbox.next_step = stand_still
        told.say("Outpost in an invented town on this machine, with the real boards of the internet.")
        scene = await _weeks_without_bot(sandbox, moments(story.BEFORE_THE_BOT, now))
        _go(sandbox, now - A_MINUTE)  # feeds are enrolled then, and all of them due a minute later
        welcome_bot(sandbox.world, sandbox.guild)
        answered: set[str] = set()
        listen = functools.partial(Heard, say=functools.partial(told.at, sandbox), answered=answered)
        bot = await stack.enter_async_context(running(sandbox, settings, listen=listen))
        for moment in moments(story.SINCE_THE_BOT[:1], now):
            await moment.act.by(sandbox.member(moment.who), scene)
        told.say("Reading the real boards. That takes half a minute at most.")
        _go(sandbox, system_now())
        await bot.heartbeat.beat()
        if not answered:
            told.say(NO_BOARD)
            return 1
        _open(told, sandbox, guide.tasks(sandbox.clock.now(), live=True), wanted_port)
        bot.heartbeat.start()
        try:
            await asyncio.Future()  # until cancelled
        finally:
            bot.sender.stop()
            await bot.heartbeat.stop()
    return 0


def _beginning(now: datetime) -> datetime:
    """A little before the story's first moment."""
    return moments(story.BEFORE_THE_BOT, now)[0].at - BEFOREHAND


def _go(sandbox: Sandbox, moment: datetime) -> None:
    """Let the time up to a moment pass in which nothing happens."""
    sandbox.clock.move(max(timedelta(), moment - sandbox.clock.now()))


async def _weeks_without_bot(sandbox: Sandbox, talk: Sequence[Moment]) -> Scene:
    """The part of the story in which people are among themselves."""
    scene, sandbox.world.first_answer = Scene(sandbox), PATIENCE

    async def go(moment: datetime) -> None:
        _go(sandbox, moment)

    await play(scene, talk, go)
    return scene


class _Calm:
    """The bot's first days, in which it reads no board yet: it lives each hour, and beats when people act."""

    def __init__(self, sandbox: Sandbox, bot: Bot) -> None:
        every = duties(bot.app, bot.sender, bot.client)
        self._sandbox = sandbox
        self._lives = Heartbeat([one for one in every if one.name == "note_alive"], bot.app.now)
        self._beats = Heartbeat([one for one in every if one.name in _CALM], bot.app.now)

    async def go(self, moment: datetime) -> None:
        """Up to this moment, and what is due then."""
        while moment - self._sandbox.clock.now() > STEP:
            self._sandbox.clock.move(STEP)
            await self._lives.beat()
        _go(self._sandbox, moment)
        await self._beats.beat()


_CALM = ("note_alive", "mind_weeks", "send_due", "mind_places")


@dataclass(slots=True)
class _Later:
    """What people do once the doors are open, each thing when the clock gets there."""

    scene: Scene
    moments: list[Moment]

    async def up_to(self, now: datetime) -> None:
        """What they would do and can't any more, since somebody changed the town, they let be."""
        while self.moments and self.moments[0].at <= now:
            moment = self.moments.pop(0)
            with contextlib.suppress(LookupError, CannotDo, NoAnswer):
                await moment.act.by(self.scene.sandbox.member(moment.who), self.scene)


def _open(told: Told, sandbox: Sandbox, tasks: tuple[Task, ...], wanted_port: bool) -> None:
    """Say where it is; from now on each thing that happens is a line, and the bot has Discord's three seconds."""
    sandbox.guide, sandbox.world.first_answer = tasks, THREE_SECONDS
    said = [one for one in sandbox.world.messages.values() if one.only_for is None]
    cards = sum(one.author_id == sandbox.world.bot.id for one in said)
    people = len(sandbox.guild.members) - 1
    told.say(f"{people} people, {len(said) - cards} messages of three weeks, {cards} of the bot’s.")
    if not wanted_port:
        told.say(f"Port {PORT} is taken, perhaps by another demo. This one has a place of its own.")
    told.say()
    told.say(f"  {sandbox.page}", "bold")
    told.say()
    told.say("Open this address in a browser. Ctrl-C ends the demo and leaves nothing behind.")
    told.follow(sandbox)
