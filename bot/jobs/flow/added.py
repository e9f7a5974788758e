"""Feeds that moderators add: tested first, kept beside the feed book, heard by the servers that added them.

look_at: address → the feeds its page names | a feed with its newest openings | heard already | trouble, in words
add:     the tested feed → this server hears it; its first reading is remembered and announced sparingly
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import store
from bot.jobs.added import Added, Health, feed_id, is_added, may_hear, may_read_again, words_for_testing
from bot.jobs.facts import Facts, decode
from bot.jobs.reading.book import same_address
from bot.jobs.reading.known import address_of, board_at, spec_of
from bot.moderation.rights import Person, moderators_only
from bot.ports import FeedSpec, NotModified, Reading, Trouble, Validators
from bot.refusals import Refusal
from bot.storage import Tx

SHOWN = 3  # openings of a feed before it is added

# What a page for people looks like to a reader of feeds.
_MAY_BE_A_PAGE = frozenset({"not_a_feed", "unknown_shape"})


# -- for other flows -----------------------------------------------------------------------------


async def feeds_of(app: App, tx: Tx) -> dict[str, FeedSpec]:
    """Every feed that is read: those of the book that are on, and the added ones that some server hears."""
    book = {feed.id: feed for feed in app.feeds.book if feed.enabled}
    addresses = {same_address(feed.url) for feed in book.values()}
    heard = await store.added.heard(tx)
    agent = app.settings.bot_name
    return book | {one.id: spec_of(one, agent) for one in heard if same_address(one.url) not in addresses}


async def delays_of(app: App, tx: Tx) -> dict[str, timedelta]:
    """Feed → how long after an opening's date its board wants nobody to show it, where it wants so."""
    every = {feed.id: feed for feed in app.feeds.book} | await feeds_of(app, tx)
    return {one: timedelta(hours=feed.delay_h) for one, feed in every.items() if feed.delay_h}


async def heard_by(tx: Tx) -> Mapping[str, frozenset[int]]:
    """Added feed → the servers that hear it. A feed of the book is not in it: every server hears those."""
    return await store.added.listeners(tx)


async def not_heard_in(tx: Tx, guild_id: int) -> frozenset[str]:
    """The added feeds whose openings are not for this server."""
    everywhere = await store.added.listeners(tx)
    return frozenset(one for one, servers in everywhere.items() if guild_id not in servers)


async def forget_tested(tx: Tx, before: datetime) -> int:
    """Retention: feeds that somebody tested before this moment and nobody hears."""
    return await store.added.forget_tested(tx, before)


# -- adding --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sample:
    """One opening of a feed that is being tested, with what was read out of it."""

    title: str
    company: str
    url: str
    published: datetime | None
    facts: Facts


@dataclass(frozen=True, slots=True)
class Trial:
    """A feed that works. count: openings in it; undated: how many of them; newest: the date of the newest one."""

    feed: Added
    count: int
    undated: int
    newest: datetime | None
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A page for people, and the feeds found in it."""

    page: str
    found: tuple[Added, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """Nothing to test: how this server comes to hear it. how: book | already | joined (others added it before)."""

    name: str
    how: str


@dataclass(frozen=True, slots=True)
class Failed:
    """It can't be added; words: what happened and what to do."""

    url: str
    words: str


Looked = Trial | Choice | Heard | Failed


async def look_at(app: App, person: Person, text: str, now: datetime, *, instead: bool = False) -> Looked:
    """A moderator typed an address, or `greenhouse:NAME`: test it, or tell what is there instead.

    instead: of one that is given up, so that it needs no room of its own.
    """
    moderators_only(person)
    url = address_of(text)
    if heard := await heard_already(app, person, url, now):
        return heard
    async with app.store.read() as tx:
        here, everywhere = await store.added.counts(tx, person.guild_id)
    may_hear(here - instead, everywhere - instead)
    answer = await read_once(app, url, now)
    if isinstance(answer, Trouble):
        return await _no_feed(app, url, answer, now)
    async with app.store.begin() as tx:
        kept = await store.added.keep(tx, new_feed(url, "", now))
    return _tested(kept, answer)


async def look_at_found(app: App, person: Person, found_id: str, now: datetime) -> Looked:
    """One of the feeds found in a page."""
    moderators_only(person)
    return await look_at(app, person, (await _kept(app, found_id)).url, now)


async def add(app: App, person: Person, tested_id: str, now: datetime) -> Added:
    """This server hears a feed that was tested; it is read at the next beat."""
    moderators_only(person)
    async with app.store.begin() as tx:
        kept = await store.added.by_id(tx, tested_id)
        if kept is None:
            raise Refusal("feed_test_forgotten")
        await join(app, tx, person, kept, now)
    return kept


async def join(app: App, tx: Tx, person: Person, kept: Added, now: datetime) -> None:
    """In a transaction: this server hears this feed from now on."""
    if any(one.id == kept.id for one, _ in await store.added.of_server(tx, person.guild_id)):
        return
    may_hear(*await store.added.counts(tx, person.guild_id))
    await store.added.listen(tx, person.guild_id, kept.id, person.id, now)
    await store.feeds.enrol(tx, [spec_of(kept, app.settings.bot_name)], {kept.id: now}, now)


async def heard_already(app: App, person: Person, url: str, now: datetime) -> Heard | None:
    """How this server hears an address without a test; one that others added it hears from now on."""
    same = same_address(url)
    for feed in app.feeds.book:
        if feed.enabled and same_address(feed.url) == same:
            return Heard(feed.name, "book")
    async with app.store.begin() as tx:
        kept = await store.added.by_url(tx, url)
        if kept is None:
            return None
        if any(one.id == kept.id for one, _ in await store.added.of_server(tx, person.guild_id)):
            return Heard(kept.name, "already")
        if not (await store.added.listeners(tx))[kept.id]:
            return None  # it was only tested
        await join(app, tx, person, kept, now)
    return Heard(kept.name, "joined")


async def read_once(app: App, url: str, now: datetime) -> Reading | Trouble:
    """Read an address as the feed that it would become."""
    spec = spec_of(new_feed(url, "", now), app.settings.bot_name)
    answer = await app.feeds.read(spec, Validators(), now)
    return Trouble("bad_answer", "It was not sent.") if isinstance(answer, NotModified) else answer


async def _no_feed(app: App, url: str, trouble: Trouble, now: datetime) -> Choice | Failed:
    name = board_at(url).name or url
    if trouble.code in _MAY_BE_A_PAGE:
        found = await app.feeds.feeds_of_page(url, now)
        if isinstance(found, tuple) and found:
            async with app.store.begin() as tx:
                kept = [await store.added.keep(tx, new_feed(one.url, one.title, now)) for one in found]
            return Choice(url, tuple(kept))
    return Failed(url, words_for_testing(trouble, name))


def new_feed(url: str, title: str, now: datetime) -> Added:
    """title: what a page or a list calls it; a board we know keeps its own name."""
    board = board_at(url)
    own = board.parser != "generic" or board.assume_region is not None
    return Added(feed_id(url), url, board.name if own or not title else title, board.parser, now)


def _tested(kept: Added, reading: Reading) -> Trial:
    dates = [entry.published for entry in reading.entries if entry.published]
    samples = tuple(
        Sample(entry.title, entry.company, entry.url, entry.published, decode(entry.facts))
        for entry in reading.entries[:SHOWN]
    )
    count = len(reading.entries) + reading.left_out
    return Trial(kept, count, len(reading.entries) - len(dates), max(dates, default=None), samples)


# -- the list ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One feed that this server hears. health: None before it is enrolled."""

    id: str
    name: str
    url: str
    added: bool
    paused: bool
    health: Health | None


async def listed(app: App, person: Person, now: datetime) -> list[Line]:
    """Every feed that this server hears: its own first, those in trouble before the others."""
    moderators_only(person)
    async with app.store.read() as tx:
        own = await store.added.of_server(tx, person.guild_id)
        book = [feed for feed in app.feeds.book if feed.enabled]
        health = await store.added.health(tx, [*(one.id for one, _ in own), *(feed.id for feed in book)], now)
    lines = [Line(one.id, one.name, one.url, True, paused, health.get(one.id)) for one, paused in own]
    lines += [Line(feed.id, feed.name, feed.url, False, False, health.get(feed.id)) for feed in book]
    return sorted(lines, key=lambda line: not (line.health and line.health.trouble))


async def read_again(app: App, person: Person, feed_id: str, now: datetime) -> None:
    """A moderator pressed *Try again now*: due at the next beat, at most once a minute."""
    moderators_only(person)
    async with app.store.begin() as tx:
        if feed_id not in await feeds_of(app, tx):
            raise Refusal("feed_gone")
        await _hears(tx, person, feed_id)
        if health := (await store.added.health(tx, [feed_id], now)).get(feed_id):
            may_read_again(health, now)
        await store.feeds.read_soon(tx, feed_id, now)


async def turn(app: App, person: Person, feed_id: str, *, paused: bool) -> None:
    """Pause or resume an added feed for this server; others hear it as before."""
    moderators_only(person)
    async with app.store.begin() as tx:
        if not await store.added.turn(tx, person.guild_id, feed_id, paused=paused):
            raise Refusal("feed_gone")


async def remove(app: App, person: Person, feed_id: str) -> None:
    """This server hears an added feed no more."""
    moderators_only(person)
    async with app.store.begin() as tx:
        if not await store.added.leave(tx, person.guild_id, feed_id):
            raise Refusal("feed_gone")


async def replace_with(app: App, person: Person, feed_id: str, text: str, now: datetime) -> Looked:
    """Another address for a feed that is gone: tested, and if it works this server hears it instead.

    Gives what `look_at` gives; only with Trial and Heard has the old feed been left.
    """
    moderators_only(person)
    async with app.store.read() as tx:
        await _hears(tx, person, feed_id)
        old = await store.added.by_id(tx, feed_id)
    if old is None:
        raise Refusal("feed_gone")
    if same_address(old.url) == same_address(address_of(text)):
        raise Refusal("feed_same_address")
    looked = await look_at(app, person, text, now, instead=True)
    if isinstance(looked, Trial | Heard):
        async with app.store.begin() as tx:
            await store.added.leave(tx, person.guild_id, feed_id)
            if isinstance(looked, Trial):
                await join(app, tx, person, looked.feed, now)
    return looked


async def _hears(tx: Tx, person: Person, feed_id: str) -> None:
    if is_added(feed_id) and all(
        one.id != feed_id for one, _ in await store.added.of_server(tx, person.guild_id)
    ):
        raise Refusal("feed_gone")


async def _kept(app: App, feed_id: str) -> Added:
    async with app.store.read() as tx:
        kept = await store.added.by_id(tx, feed_id)
    if kept is None:
        raise Refusal("feed_test_forgotten")
    return kept
