"""`/jobs search`: the filter language over the openings that there are. What was typed is kept as a draft."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.app import App
from bot.jobs import store
from bot.jobs import subscriptions as rules
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.audience import filters_of
from bot.jobs.flow.checks import boards_for, parsed
from bot.jobs.flow.finding import reader
from bot.jobs.flow.hearing import ears_of, lines_of, scene_of
from bot.jobs.hearing import all_of
from bot.jobs.messages import Line
from bot.jobs.query import Filter
from bot.jobs.query.mirror import variants
from bot.jobs.search import Candidate, Sieve, asks_for_words, asks_nothing, page_of
from bot.jobs.subscriptions import Subscription
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Profile
from bot.people.welcome import may_work_in
from bot.refusals import Refusal
from bot.storage import Tx
from bot.text import company_key

LATELY = timedelta(days=90)
AT_MOST = 20_000  # openings that are looked at, the newest
CHUNK, BATCH = (
    500,
    20,
)  # read at once; looked at before others have their turn: a match takes up to a millisecond


@dataclass(frozen=True, slots=True)
class Found:
    """A page of what a search found: `total` of the `of` openings that there were to see.

    draft: keeps what was typed; mine: with the person's profile. words: what was typed, read aloud, "" for nothing;
    it still has to be escaped. near: where nothing was found, (how to change the filter, what that would find).
    countries: where the person may work, to be named first.
    """

    draft: int
    mine: bool
    words: str
    total: int
    of: int
    page: int
    lines: tuple[Line, ...]
    hints: tuple[str, ...] = ()
    near: tuple[tuple[str, int], ...] = ()
    countries: tuple[str, ...] = ()


async def search(app: App, person: Person, text: str, now: datetime, *, mine: bool = False) -> Found:
    """A new search. Refuses a filter with a mistake, and `mine` where the profile names no country."""
    typed = replace(
        reader(person.guild_id, person.id, now), filter=text.strip(), follows="profile" if mine else "filter"
    )
    async with app.store.begin() as tx:
        draft = await store.subscriptions.draft(tx, typed, person.id, now)
    return await turn(app, person, draft, 0, now)


async def retype(app: App, person: Person, draft: int, text: str, now: datetime) -> Found:
    """The same search with other words. Even a text with a mistake is kept, so that it can be mended."""
    async with app.store.begin() as tx:
        await _kept(tx, person, draft)
        await store.subscriptions.arrange(tx, draft, now, filter=text.strip())
    return await turn(app, person, draft, 0, now)


async def turn(app: App, person: Person, draft: int, page: int, now: datetime) -> Found:
    """One page of a search, as it is now."""
    async with app.store.read() as tx:
        kept = await _kept(tx, person, draft)
        profile = (await members.profiles_in(tx, person.guild_id, [person.id])).get(person.id, Profile())
        told = await filters_of(tx, replace(kept, filter="")) if kept.follows == "profile" else []
    query = own = await _own(app, kept)
    if kept.follows == "profile":
        if not may_work_in(profile):
            raise Refusal("profile_no_country")
        query = replace(all_of([*told, query]), hints=query.hints)
    (ids, *_), of = await _scan(app, person, [query], now)
    shown, at = page_of(ids, page)
    async with app.store.read() as tx:
        by_id = {one.id: one for one in await store.openings.by_ids(tx, shown, text=False)}
        openings = [by_id[number] for number in shown if number in by_id]
        lines = await lines_of(tx, app, person.guild_id, openings, await scene_of(tx, openings, []), now)
    return Found(
        draft,
        kept.follows == "profile",
        own.words() if kept.filter else "",
        len(ids),
        of,
        at,
        tuple(lines),
        query.hints,
        () if ids else await _near(app, person, query, now),
        may_work_in(profile),
    )


async def typed(app: App, person: Person, draft: int) -> Subscription:
    """What a search was made of: its filter, and whether it follows the profile."""
    async with app.store.read() as tx:
        return await _kept(tx, person, draft)


async def _own(app: App, kept: Subscription) -> Filter:
    """What they typed themselves."""
    return parsed(kept.filter, kept.id, await boards_for(app, kept.filter, kept.guild_id))


async def _kept(tx: Tx, person: Person, draft: int) -> Subscription:
    kept = await store.subscriptions.one(tx, draft)
    if kept is None or kept.state != "draft" or kept.member_id is None:
        raise Refusal("search_forgotten")
    return rules.may_change(kept, person)


# -- looking through -----------------------------------------------------------------------------


async def _near(app: App, person: Person, query: Filter, now: datetime) -> tuple[tuple[str, int], ...]:
    """What leaving a part out would bring; those that bring nothing are left out themselves."""
    others = variants(query)
    if not others:
        return ()
    found, _ = await _scan(app, person, [other for _, other in others], now)
    return tuple((label, len(ids)) for (label, _), ids in zip(others, found, strict=True) if ids)


async def _scan(
    app: App, person: Person, filters: Sequence[Filter], now: datetime
) -> tuple[list[list[int]], int]:
    """For each filter the ids of what passes it, the newest first; and how many openings there were to see."""
    sieve, words = Sieve.of(filters), any(map(asks_for_words, filters))
    async with app.store.read() as tx:
        ids = await store.searching.open_since(tx, now - LATELY, AT_MOST)
        delays = await delays_of(app, tx)
    found: list[list[int]] = [[] for _ in filters]
    of = 0
    for start in range(0, len(ids), CHUNK):
        async with app.store.read() as tx:
            rows = await store.searching.candidates(tx, ids[start : start + CHUNK], text=words)
            withheld = await _withheld(tx, person, [one.id for one in rows])
            unseen = await _unseen(tx, person, rows, withheld)
        there = [
            one
            for one in rows
            if one.id not in unseen and one.dated_at + delays.get(one.feed_id, timedelta()) <= now
        ]
        of += len(there)
        for number, one in enumerate(there):
            if number % BATCH == 0:
                await asyncio.sleep(0)  # let the heartbeat and other people's presses through
            for passed in _passed(one, filters, sieve, now, withheld.get(one.id, ())):
                found[passed].append(one.id)
    return found, of


def _passed(
    one: Candidate, filters: Sequence[Filter], sieve: Sieve, now: datetime, withheld: Collection[str]
) -> list[int]:
    """The places of the filters that it passes."""
    if all(map(asks_nothing, filters)):
        return list(range(len(filters)))
    if not sieve.may_pass(one):
        return []
    document = one.document(now, withheld)
    return [place for place, query in enumerate(filters) if query.matches(document)]


async def _withheld(tx: Tx, person: Person, ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """Opening → what this server's moderators took back."""
    taken = await store.hearing.withdrawn_facts(tx, ids)
    return {number: facts for (guild_id, number), facts in taken.items() if guild_id == person.guild_id}


async def _unseen(
    tx: Tx, person: Person, rows: Sequence[Candidate], withheld: Mapping[int, Collection[str]]
) -> set[int]:
    """What this server doesn't want, has taken down or can't know of, and what this member has hidden."""
    companies = {one.id: company_key(one.company) for one in rows}
    unwanted = await store.hearing.unwanted_companies(tx, {mark for mark in companies.values() if mark})
    marks = {str(number) for number in companies} | set(companies.values()) - {""}
    hidden = await store.hearing.hidden_from(tx, [(person.guild_id, person.id)], marks)
    never = {mark for guild_id, mark in unwanted if guild_id == person.guild_id}
    never |= {mark for _, _, mark in hidden}
    gone = {number for number, mark in companies.items() if mark in never or str(number) in never}
    ears = await ears_of(tx, rows)
    gone |= {one.id for one in rows if not ears.know(person.guild_id, one.id, one.feed_id)}
    return gone | {number for number, facts in withheld.items() if "scam" in facts}
