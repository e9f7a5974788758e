"""The market: which openings of the last days count for whom, each once, as their server may see them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import market as rules
from bot.jobs import store
from bot.jobs.digests import without
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.checks import boards_for, parsed
from bot.jobs.flow.finding import reader
from bot.jobs.flow.hearing import lines_of, scene_of
from bot.jobs.hearing import Scene
from bot.jobs.market import Counted, Kind, Market, slim
from bot.jobs.messages import Line
from bot.jobs.openings import Opening
from bot.jobs.query import Filter
from bot.jobs.search import Candidate, Sieve, asks_for_words
from bot.people.flow import members
from bot.people.members import Key, Profile
from bot.ports import Resource, WorkerTrouble
from bot.resources import flow as resources
from bot.resources.listed import Own
from bot.text import company_key

MOST = 20_000  # openings that are looked through, the newest
BATCH = 50
NOT_COUNTED = ("no_job", "on_site")
PICTURE_S = 20.0  # drawing takes 0.2 s; the first in a child more


@dataclass(frozen=True, slots=True)
class Seen:
    """The market as one member sees it. words: the filter in plain language, "" for none.

    picture: a PNG, None for who wants words alone, where there is too little to draw, or where it failed.
    """

    market: Market
    words: str
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """What is behind one row: openings that prove it, and something that helps."""

    name: str
    lines: tuple[Line, ...]
    resource: Own | Resource | None


async def market(app: App, key: Key, text: str, now: datetime) -> Seen:
    """Refuses a filter that can't be read. plain members get no picture."""
    query = parsed(text, 0, await boards_for(app, text, key.guild_id))
    async with app.store.read() as tx:
        member = (await members.members_in(tx, key.guild_id, [key.user_id])).get(key.user_id)
        profiles = await members.profiles_in(tx, key.guild_id, [key.user_id])
    counted = await _counted(app, key, query, now)
    found = await asyncio.to_thread(rules.of, counted, profiles.get(key.user_id, Profile()))
    words = query.words() if str(query) else ""
    drawn = found.enough and not (member is not None and member.plain)
    return Seen(found, words, await _drawn(app, found, words) if drawn else None)


async def behind(
    app: App, key: Key, kind: Kind, name: str, opening_ids: Sequence[int], now: datetime
) -> Behind:
    """The openings of one row that are kept still and may be shown, and one resource."""
    async with app.store.read() as tx:
        found = {one.id: one for one in await store.openings.by_ids(tx, opening_ids, text=False)}
        there = [found[number] for number in opening_ids if number in found]
        by = reader(key.guild_id, key.user_id, now)
        scene = await scene_of(tx, there, [[by]])
        shown = [one for one in there if scene.deaf(by, one) is None]
        lines = await lines_of(tx, app, key.guild_id, shown, scene, now)
    listed = await resources.listed(app, key.guild_id, rules.NEEDS[kind])
    return Behind(name, tuple(lines), rules.resource(name, listed))


# -- what counts ---------------------------------------------------------------------------------


async def _counted(app: App, key: Key, query: Filter, now: datetime) -> list[Counted]:
    """In small units of work, so that others' come between."""
    async with app.store.read() as tx:
        ids = await store.openings.dated_since(tx, now - timedelta(days=rules.DAYS), MOST)
        delays = await delays_of(app, tx)
    sieve, with_text, wants_all = Sieve.of([query]), asks_for_words(query), not str(query)
    counted: dict[int, Counted] = {}
    for start in range(0, len(ids), BATCH):
        async with app.store.read() as tx:
            batch = {
                one.id: one
                for one in await store.openings.by_ids(tx, ids[start : start + BATCH], text=with_text)
                if _counts(one, delays, now) and sieve.may_pass(_candidate(one))
            }
            scene = await scene_of(tx, batch.values(), [])
        for number in ids[start : start + BATCH]:
            one = batch.get(number)
            if one is None or _taken(scene, key, one) or (one.folded_into or one.id) in counted:
                continue
            withheld = scene.withheld(key.guild_id, one.id)
            passes = wants_all or query.matches(_candidate(one).document(now, withheld))
            if passes and (facts := one.facts).is_job:
                shown = without(facts, withheld)
                counted[one.folded_into or one.id] = Counted(one.id, one.title, one.company, slim(shown))
            await asyncio.sleep(0)
    return list(counted.values())


def _counts(one: Opening, delays: dict[str, timedelta], now: datetime) -> bool:
    """Is it a remote job that may be told of by now?"""
    return (
        one.silent not in NOT_COUNTED
        and one.storm_id is None
        and one.dated + delays.get(one.feed_id, timedelta()) <= now
    )


def _candidate(one: Opening) -> Candidate:
    """What a filter looks at; also a fact that was taken back here is unknown to it."""
    tags = "\n".join(one.tags)
    return Candidate(
        one.id, one.feed_id, one.board, one.company, one.title, tags, one.text, one.facts_json, one.dated
    )


def _taken(scene: Scene, key: Key, one: Opening) -> bool:
    """A company that is unwanted here, a scam that moderators took down, or what only other servers hear."""
    if not scene.ears.know(key.guild_id, one.id, one.feed_id):
        return True
    unwanted = (key.guild_id, company_key(one.company)) in scene.unwanted
    return unwanted or "scam" in scene.withheld(key.guild_id, one.id)


# -- the picture ---------------------------------------------------------------------------------


async def _drawn(app: App, found: Market, words: str) -> bytes | None:
    """None when it could not be drawn: the words say the same."""
    rows = [
        (name, [(bar.name, bar.value, bar.share, bar.strong) for bar in bars])
        for name, bars in rules.chapters(found)
    ]
    title = f"What {found.openings:,} openings ask for"
    under = f"Remote openings of the last {rules.DAYS} days{f': {words}' if words else ''}"
    try:
        picture: bytes = await app.workers.call(
            "bot.jobs.pictures:market", title, under, rows, timeout_s=PICTURE_S
        )
    except WorkerTrouble:
        return None
    return picture
