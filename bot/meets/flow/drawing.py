"""The weekly draws of each server, one of each kind: asked, drawn in a worker, told.

Each step is kept before the next one begins, so a process that ends between any two goes on where it was. Question,
seed and answer are kept before anybody is told.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations

from bot.app import App
from bot.checkins.week import week_of
from bot.deliveries.planned import decode, encode
from bot.meets import draw as worker
from bot.meets import week as rules
from bot.meets.flow import papers, telling
from bot.meets.flow.papers import Found
from bot.meets.kinds import KINDS, in_draw
from bot.meets.score import Why
from bot.meets.store import draws, joined, matches, settings
from bot.meets.values import Draw, Joined, Kind, Meets, Settings
from bot.moderation import flow as moderation
from bot.moderation.server import ServerNames
from bot.people.flow import meeting, members
from bot.people.keyed import mark
from bot.people.may_meet import may_meet
from bot.people.members import Member
from bot.ports import WorkerTrouble
from bot.reviews import fit
from bot.storage import Tx

log = logging.getLogger(__name__)

DRAW = "bot.meets.draw:draw"
AT_ONCE = 20  # servers, and draws, a beat
NOT_MADE_UP = timedelta(
    days=2
)  # a draw that is so late waits for the next week: three days on, all are asked
TRIES = 3
AGAIN_IN = timedelta(minutes=1)


async def mind_draws(app: App, server_name: ServerNames, now: datetime) -> int:
    """Duty: draws begin, and go on; gives how many steps that were."""
    async with app.store.read() as tx:
        without_us = set(await moderation.servers_left(tx))
        due = await settings.due(tx, now, AT_ONCE)
        if not (due or await draws.due(tx, now, without_us, 1)):
            return 0
    for way in due:
        await _begin(app, way.guild_id, without_us, now)
    async with app.store.read() as tx:
        going = await draws.due(tx, now, without_us, AT_ONCE)
    for one in going:
        drawn = await _drawn(app, one, now) if one.state == "asked" else one
        if drawn is not None:
            await _tell(app, drawn, server_name(one.guild_id), now)
    return len(due) + len(going)


# -- asking --------------------------------------------------------------------------------------


async def _begin(app: App, guild_id: int, without_us: Collection[int], now: datetime) -> None:
    """What is asked is kept, of each kind that anybody wants."""
    async with app.store.begin() as tx:
        way = await settings.one(tx, guild_id)
        due = way.next_draw_at
        if due is None or due > now:
            return
        _, next_at = rules.next_draw(way.when, now)
        await settings.wait_until(tx, guild_id, next_at if way.channel_id is not None else None)
        if way.channel_id is None or guild_id in without_us or now - due > NOT_MADE_UP:
            return
        week = week_of(due, way.zone)
        for kind in KINDS:
            question = await papers.question(tx, way, kind, week, now)
            if question is not None:
                seed = mark(app.key, "meets", guild_id, kind, week.isoformat())
                given = encode(question)
                await draws.add(
                    tx, Draw(0, guild_id, kind, week, seed, "asked", now, given=given, next_at=now)
                )


# -- drawing -------------------------------------------------------------------------------------


async def _drawn(app: App, one: Draw, now: datetime) -> Draw | None:
    """The draw with its answer, kept. None: it is tried again later, or was asked anew meanwhile."""
    tried = replace(one, tries=one.tries + 1, next_at=now)
    async with app.store.begin() as tx:
        if await draws.one(tx, one.id) != one:
            return None
        await draws.keep(tx, tried)
    result = papers.nobody(tried)
    if one.tries < TRIES:
        table = papers.table(tried)
        try:
            seconds = worker.seconds_for(len(table.candidates))
            result = papers.found(await app.workers.call(DRAW, table, timeout_s=seconds))
        except WorkerTrouble as trouble:
            log.warning("Draw %d of meetings can't be made: %s", one.id, trouble)
            await _later(app, tried, now)
            return None
    async with app.store.begin() as tx:
        if await draws.one(tx, one.id) != tried:
            return None
        after = replace(tried, state="drawn", result=result)
        await draws.keep(tx, after)
        return after


async def _later(app: App, one: Draw, now: datetime) -> None:
    async with app.store.begin() as tx:
        if await draws.one(tx, one.id) == one:
            await draws.keep(tx, replace(one, next_at=now + AGAIN_IN))


# -- telling -------------------------------------------------------------------------------------


async def _tell(app: App, one: Draw, server: str, now: datetime) -> None:
    """Each match is looked at once more, then it stands. For whom there is none, nobody fits this week."""
    async with app.store.begin() as tx:
        fresh = await draws.one(tx, one.id)
        if fresh is None or fresh.state != "drawn":
            return
        answer = decode(Found, fresh.result)
        way = await settings.one(tx, fresh.guild_id)
        wanting = await _wanting(tx, fresh)
        people = await members.members_in(tx, fresh.guild_id, papers.asked(fresh))
        whole = await _whole(tx, fresh, answer.matches, wanting, people)
        whys = {(mine, other): why for mine, other, why in answer.whys}
        for ids in whole:
            await _stands(tx, app.meets, way, fresh, ids, whys, wanting, now)
        placed = {one for ids in whole for one in ids}
        left = [one for one in papers.asked(fresh) if one not in placed and one in wanting]
        await joined.alone(tx, fresh.guild_id, fresh.kind, left, fresh.week)
        here = telling.present(people, left)
        await telling.nobody(tx, fresh, here, way.next_draw_at, server, now)
        await draws.keep(tx, replace(fresh, state="told", next_at=None))


async def _wanting(tx: Tx, draw: Draw) -> dict[int, Joined]:
    """Who still wants to be in this draw."""
    every = await joined.in_kind(tx, draw.guild_id, draw.kind)
    return {one.user_id: one for one in every if in_draw(one, draw.week)}


async def _whole(
    tx: Tx,
    draw: Draw,
    drawn: Sequence[tuple[int, ...]],
    wanting: Mapping[int, Joined],
    people: Mapping[int, Member],
) -> list[tuple[int, ...]]:
    """Those of which everybody is still here, wants it, and may meet the others."""
    here = {one.key.user_id for one in telling.present(people, set(wanting))}
    complete = [ids for ids in drawn if here.issuperset(ids)]
    meetings = await meeting.meetings(tx, draw.guild_id, {one for ids in complete for one in ids})
    return [
        ids
        for ids in complete
        if all(may_meet(meetings[one], meetings[other]) for one, other in combinations(ids, 2))
    ]


async def _stands(
    tx: Tx,
    book: Meets,
    way: Settings,
    draw: Draw,
    ids: tuple[int, ...],
    whys: Mapping[tuple[int, int], Why],
    wanting: Mapping[int, Joined],
    now: datetime,
) -> None:
    match = rules.drawn(0, draw.guild_id, draw.kind, draw.week, ids, now)
    reasons: dict[int, str] = {}
    if len(ids) == 2:
        reasons = {
            mine: fit.dumped(whys[mine, other].reasons)
            for mine, other in (ids, ids[::-1])
            if (mine, other) in whys
        }
    about = _about(book, draw.kind, draw.seed, ids, whys, wanting)
    next_at = rules.next_at(way.when, match)
    await matches.add(tx, match, about, reasons, next_at or now)


def _about(
    book: Meets,
    kind: Kind,
    seed: str,
    ids: tuple[int, ...],
    whys: Mapping[tuple[int, int], Why],
    wanting: Mapping[int, Joined],
) -> str:
    """A topic that all of them chose. Of an interview one that any of them chose, or any of the book."""
    shared = set.intersection(*(set(wanting[one].topics) for one in ids))
    some = sorted(shared)
    if kind == "interview" and not some:
        some = sorted({topic for one in ids for topic in wanting[one].topics}) or [
            one.id for one in book.sets
        ]
    if not some:
        return ""
    return some[int(mark(seed.encode(), "about", *ids), 16) % len(some)]
