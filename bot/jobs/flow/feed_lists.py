"""Lists of feeds, in and out: OPML as other readers write it. Each feed of a list is tested before it is added."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.app import App
from bot.jobs import store
from bot.jobs.added import may_hear, words_for_testing
from bot.jobs.flow.added import Heard, heard_already, join, new_feed, read_once
from bot.jobs.reading import opml
from bot.jobs.reading.known import address_of, board_at
from bot.moderation.rights import Person, moderators_only
from bot.ports import FoundFeed, Reading, Trouble, WorkerTrouble
from bot.refusals import Refusal

MOST = 100  # feeds of one list
AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class Imported:
    """How far a list has come, by the feeds' names; each feed stands in one place, so that none goes without a word.

    of: how many are tested. failed: name and words. left: those over the limits, in the list's order.
    """

    of: int
    added: tuple[str, ...] = ()
    heard: tuple[str, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    left: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        return len(self.added) + len(self.heard) + len(self.failed)


async def take_in(app: App, person: Person, body: bytes, now: datetime) -> AsyncIterator[Imported]:
    """Test and add the feeds of an OPML file, telling after each how far it has come; the last word is the result.

    It ends early when this server hears as many as it may: what had no room is `left`.
    """
    moderators_only(person)
    found = await _feeds_in(app, body)
    told = Imported(min(len(found), MOST), left=_names(found[MOST:]))
    yield told
    for start in range(0, told.of, AT_ONCE):
        part, no_room = found[:MOST][start : start + AT_ONCE], []
        answers = await asyncio.gather(*(_tested(app, person, one, now) for one in part))
        for one, answer in zip(part, answers, strict=True):
            try:
                told = await _with(app, person, told, one, answer, now)
            except Refusal:
                no_room.append(one)
            else:
                yield told
        if no_room:
            yield replace(told, left=_names([*no_room, *found[start + AT_ONCE :]]))
            return


async def _feeds_in(app: App, body: bytes) -> list[FoundFeed]:
    if len(body) > opml.MAX_BYTES:
        raise Refusal("list_wrong", why=f"is larger than {opml.MAX_BYTES // 1_000_000} MB")
    try:
        found: list[FoundFeed] = await app.workers.call("bot.jobs.reading.opml:feeds_in", body)
    except opml.NoOpmlError as wrong:
        raise Refusal("list_wrong", why=str(wrong)) from wrong
    except WorkerTrouble as trouble:
        raise Refusal("list_wrong", why="could not be read safely") from trouble
    if not found:
        raise Refusal("list_wrong", why="holds no feed")
    return found


async def _tested(
    app: App, person: Person, one: FoundFeed, now: datetime
) -> Heard | Reading | Trouble | Refusal:
    try:
        if heard := await heard_already(app, person, address_of(one.url), now):
            return heard
        async with app.store.read() as tx:
            may_hear(*await store.added.counts(tx, person.guild_id))
    except Refusal as full:
        return full
    return await read_once(app, address_of(one.url), now)


async def _with(
    app: App,
    person: Person,
    told: Imported,
    one: FoundFeed,
    answer: Heard | Reading | Trouble | Refusal,
    now: datetime,
) -> Imported:
    """What is told after this feed; raises Refusal where there is no room for it."""
    match answer:
        case Refusal():
            raise answer
        case Heard(how="joined"):
            return replace(told, added=(*told.added, answer.name))
        case Heard():
            return replace(told, heard=(*told.heard, answer.name))
        case Trouble():
            words = words_for_testing(answer, board_at(one.url).name or one.url)
            return replace(told, failed=(*told.failed, (_name(one), words)))
    async with app.store.begin() as tx:
        kept = await store.added.keep(tx, new_feed(address_of(one.url), one.title, now))
        await join(app, tx, person, kept, now)
    return replace(told, added=(*told.added, kept.name))


async def give_out(app: App, person: Person, now: datetime) -> bytes:
    """The feeds that this server hears, as an OPML file: those of the book, then its own."""
    moderators_only(person)
    async with app.store.read() as tx:
        own = await store.added.of_server(tx, person.guild_id)
    feeds = [FoundFeed(feed.url, feed.name) for feed in app.feeds.book if feed.enabled]
    feeds += [FoundFeed(one.url, one.name) for one, _ in own]
    return opml.document(f"Feeds of {app.settings.bot_name}", feeds, now)


def _name(one: FoundFeed) -> str:
    return one.title or one.url


def _names(feeds: Sequence[FoundFeed]) -> tuple[str, ...]:
    return tuple(_name(one) for one in feeds)
