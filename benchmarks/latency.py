"""From the moment an opening is published until its card stands in a channel, on a clock that is walked."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from types import TracebackType
from typing import Self

import yaml
from aiohttp import web

from benchmarks.parts import Tell, bot_in, folder_with, follow
from benchmarks.tables import Outcome, Row, Target, percentile
from bot.cli.wiring import Bot, connected
from bot.deliveries.flow import send_due
from bot.jobs.flow.feeds import read_feeds
from sandbox import Sandbox
from sandbox.boards import generic
from sandbox.boards.inventor import Inventor
from sandbox.boards.posting import Posting

FEEDS, ITEMS, CHANNELS = 100, 20, 20
POLL = timedelta(minutes=5)
STEP = timedelta(seconds=1)  # how often what is due is said; feeds are looked at …
READ_EVERY = 5  # … at each fifth beat, as `bot.cli.wiring.duties` has it
ROUNDS = 5
FIRST_READINGS = timedelta(seconds=30)
HOST = "127.0.0.1"


@dataclass(slots=True)
class _News:
    """One new opening: when it was published, when a reader was first given it, when the first card about it came."""

    round: int
    published: datetime
    given: datetime | None = None
    told: datetime | None = None


@dataclass(slots=True)
class _Feed:
    """One board, and by their titles the openings that were published since."""

    postings: list[Posting]
    body: bytes
    news: dict[str, _News] = field(default_factory=dict)


@dataclass
class _Boards:
    """A hundred boards over HTTP with ETags, in this process; `async with` serves them."""

    sandbox: Sandbox
    feeds: list[_Feed] = field(default_factory=list)
    address: tuple[str, int] = (HOST, 0)
    _runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        now = self.sandbox.clock.now()
        for number in range(FEEDS):
            backlog = Inventor(f"backlog {number}", 1_000 * (number + 1)).backlog(ITEMS, now)
            postings = [_alone(one, f"{number}-{place}") for place, one in enumerate(backlog)]
            self.feeds.append(_Feed(postings, generic.render(postings, now)))
        app = web.Application()
        app.router.add_get("/{number}", self._answer)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self.address = HOST, self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def publish(self, number: int, round_: int, at: datetime) -> None:
        """One new opening at the head of a feed; the oldest makes room."""
        feed, title = self.feeds[number], f"Night Engineer {round_}{number:03}"
        made = Inventor(f"news {round_} {number}", 900_000 + FEEDS * round_ + number).posting(at)
        new = replace(_alone(made, f"{number}-{ITEMS + round_}"), role=title)
        feed.news[title] = _News(round_, at)
        feed.postings = [new, *feed.postings[:-1]]
        feed.body = generic.render(feed.postings, at)

    @property
    def news(self) -> dict[str, _News]:
        return {title: one for feed in self.feeds for title, one in feed.news.items()}

    async def _answer(self, request: web.Request) -> web.Response:
        feed = self.feeds[int(request.match_info["number"])]
        etag = f'"{sha256(feed.body).hexdigest()[:20]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        for one in feed.news.values():
            one.given = one.given or self.sandbox.clock.now()
        return web.Response(body=feed.body, headers={"ETag": etag, "Content-Type": generic.CONTENT_TYPE})


async def measure(tell: Tell) -> Outcome:
    """First readings are over and channels listen; then each feed publishes once an interval, at random moments."""
    async with AsyncExitStack() as stack:
        sandbox = await stack.enter_async_context(Sandbox(spec=None, page=False))
        boards = await stack.enter_async_context(_Boards(sandbox))
        folder = stack.enter_context(folder_with(_book(boards)))
        bot = await stack.enter_async_context(bot_in(folder, sandbox, boards.address))
        await stack.enter_async_context(connected(bot))
        walk = _Walk(bot, sandbox, boards, random.Random(20261121))
        tell(f"{FEEDS} feeds are read for the first time")
        await walk.on(FIRST_READINGS)
        await follow(bot, sandbox, map(_wish, range(CHANNELS)))
        for number in range(ROUNDS):
            tell(f"one new opening in each of {FEEDS} feeds, round {number + 1} of {ROUNDS}")
            walk.plan(number)
            await walk.on(POLL)
        tell("the last ones are told, and none twice")
        await walk.on(POLL + 2 * READ_EVERY * STEP)
        return _outcome(list(boards.news.values()), _cards(sandbox, boards))


@dataclass
class _Walk:
    """Time passes second by second, each duty at its own pace. due: (when, feed, round) of what is to come."""

    bot: Bot
    sandbox: Sandbox
    boards: _Boards
    dice: random.Random
    due: list[tuple[datetime, int, int]] = field(default_factory=list)
    beats: int = 0

    def plan(self, round_: int) -> None:
        """Each feed publishes once within the next interval."""
        now = self.sandbox.clock.now()
        self.due = sorted((now + POLL * self.dice.random(), number, round_) for number in range(FEEDS))

    async def on(self, span: timedelta) -> None:
        self.sandbox.next_step, self.sandbox.after_step = _next, self._beat
        await self.sandbox.walk(self.sandbox.clock.now() + span)

    async def _beat(self, now: datetime) -> None:
        while self.due and self.due[0][0] <= now:
            at, number, round_ = self.due.pop(0)
            self.boards.publish(number, round_, at)
        await send_due(
            self.bot.app, self.bot.sender
        )  # first: what is read now is said a second later at worst
        if self.beats % READ_EVERY == 0:
            await read_feeds(self.bot.app, now)
        self.beats += 1


async def _next(now: datetime, until: datetime) -> datetime:
    return now + STEP


def _alone(posting: Posting, number: str) -> Posting:
    """Of a company that no other posting has: else two boards would have the same opening."""
    return replace(posting, company=f"{posting.company} {number}")


def _name(number: int) -> str:
    return f"Lantern {number:03}"


def _book(boards: _Boards) -> str:
    """Each board under a name of its own, read every five minutes sharp."""
    host, port = boards.address
    feeds = [
        {"id": f"feed-{number}", "name": _name(number), "url": f"http://{host}:{port}/{number}"}
        for number in range(FEEDS)
    ]
    defaults = {"poll_minutes": int(POLL.total_seconds() // 60), "jitter_pct": 0}
    return yaml.safe_dump({"version": 1, "defaults": defaults, "feeds": feeds}, sort_keys=False)


def _wish(channel: int) -> str:
    """Each channel hears five boards."""
    return " OR ".join(f'board:"{_name(number)}"' for number in range(channel, FEEDS, CHANNELS))


def _cards(sandbox: Sandbox, boards: _Boards) -> int:
    """Note when each opening was told first; gives how many messages there are at all."""
    title = re.compile(r"Night Engineer \d+")
    news = boards.news
    messages = sandbox.world.messages.values()
    for message in messages:
        if shown := title.search(json.dumps(message.components)):
            one = news[shown[0]]
            one.told = one.told or message.sent_at
    return len(messages)


def _outcome(news: Sequence[_News], messages: int) -> Outcome:
    told = [(one.round, one.published, one.given, one.told) for one in news if one.given and one.told]
    waited = [(shown - published).total_seconds() for _, published, _, shown in told]
    ours = [(shown - given).total_seconds() for _, _, given, shown in told]
    rounds = [[one for one, (of, *_) in zip(waited, told, strict=True) if of == n] for n in range(ROUNDS)]
    interval, step = POLL.total_seconds(), STEP.total_seconds()
    return Outcome(
        title=f"From publishing to the card: {FEEDS} feeds of {ITEMS} items, {CHANNELS} channels",
        setup=f"Seconds of the sandbox's clock, walked in steps of {step:.0f} s; feeds are looked at each "
        f"{READ_EVERY * step:.0f} s, and each is due every {interval / 60:.0f} minutes. In each of {ROUNDS} rounds "
        "each feed publishes one opening at a random moment of an interval. The limit is what the interval alone "
        "takes from whoever asks no more often. The peers were run once each, in another session, and depend on "
        "the moment at which everything was published.",
        columns=("p50, s", "p95, s", "longest, s"),
        rows=[
            Row("Outpost, all rounds", tuple(f"{one:.1f}" for one in _figures(waited))),
            _spread("… smallest and largest of a round", rounds),
            Row("… after the feed's answer", tuple(f"{one:.1f}" for one in _figures(ours))),
            Row(
                "the interval, and nothing else",
                tuple(f"{interval * p:.0f}" for p in (0.5, 0.95, 1)),
                "limit",
            ),
            Row("Red 3.5.24 + aikaterna's RSS", ("255", "302", "307"), "published"),
            Row("CordFeeder", ("168", "320", "380"), "published"),
            Row("discord_feedbot 4.3.0", ("114", "264", "297"), "published"),
        ],
        targets=[
            Target("p95 in s", percentile(waited, 95), interval),
            Target("p95 after the feed's answer, in s", percentile(ours, 95), READ_EVERY * step),
            Target("openings that nobody was told", len(news) - len(told), 0),
            Target("cards too many", messages - len(told), 0),
        ],
    )


def _spread(who: str, rounds: Sequence[Sequence[float]]) -> Row:
    each = zip(*(_figures(seconds) for seconds in rounds), strict=True)
    return Row(who, tuple(f"{min(some):.0f} – {max(some):.0f}" for some in each))


def _figures(seconds: Sequence[float]) -> tuple[float, float, float]:
    return percentile(seconds, 50), percentile(seconds, 95), max(seconds)
