"""`outpost demo --live`: the same town, and the real boards of feeds.yaml, asked as politely as ever."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.jobs import troubles
from bot.ports import Feeds, FeedSpec, FoundFeed, NotModified, Reading, Trouble, Validators
from sandbox import CannotWalk

NO_BOARD = "No board could be read. Is this machine on the internet? `make demo` alone needs none."


@dataclass(frozen=True, slots=True)
class Heard:
    """bot.ports.Feeds around the real ones: says in words what each board answered.

    answered: the ids of the feeds that could be read.
    """

    feeds: Feeds
    say: Callable[[str], None]
    answered: set[str] = field(default_factory=set)

    @property
    def book(self) -> tuple[FeedSpec, ...]:
        return self.feeds.book

    async def read(self, feed: FeedSpec, known: Validators, now: datetime) -> Reading | NotModified | Trouble:
        answer = await self.feeds.read(feed, known, now)
        if isinstance(answer, Trouble):
            self.say(troubles.happened(answer, feed.name))
        else:
            self.answered.add(feed.id)
        if isinstance(answer, Reading):
            self.say(f"Outpost read {len(answer.entries)} openings at {feed.name}")
        return answer

    async def feeds_of_page(self, url: str, now: datetime) -> tuple[FoundFeed, ...] | Trouble:
        return await self.feeds.feeds_of_page(url, now)


async def stand_still(now: datetime, until: datetime) -> datetime:
    """Nobody walks the clock here: the real boards would be asked each hour of it, all within seconds."""
    raise CannotWalk("With --live the clock goes with yours. `make demo` without it has a clock to move.")
