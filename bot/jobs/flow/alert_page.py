"""One subscription looked at from near: what waits for it, what it would say next, what it keeps from its member."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.app import App
from bot.deliveries import store as outbox
from bot.jobs import digests as rules
from bot.jobs import routes, store
from bot.jobs.flow import trying
from bot.jobs.flow.added import delays_of
from bot.jobs.flow.alerts_out import SPARED_AT_MOST, discreet
from bot.jobs.flow.audience import filters_of
from bot.jobs.flow.hearing import A_TURN, ears_of, lines_of, scene_of
from bot.jobs.flow.subscriptions import Listed, alerts
from bot.jobs.hearing import words
from bot.jobs.messages import Alert, Digest, Line, OpeningCard, Spared
from bot.jobs.openings import Opening
from bot.jobs.query import Filter, parse
from bot.jobs.store.waiting import Waits
from bot.jobs.subscriptions import TRIED_DAYS, Subscription, may_change, may_turn
from bot.moderation.rights import Person
from bot.people.flow import members
from bot.people.members import Member, Profile
from bot.refusals import Refusal
from bot.storage import Tx

SHOWN, SPARED_SHOWN, PREVIEWED = 10, 3, 3
NEWEST = 25  # openings to choose from; the options of a menu
LOOKED_AT = 200  # of these


@dataclass(frozen=True, slots=True)
class Opened:
    """A subscription and what belongs to it. cards: that it still has to say. later: openings that wait to be told;
    lines: the first of them, where no message reaches their member. next_at: when it tells what waits."""

    subscription: Subscription
    words: str
    cards: int
    later: int
    lines: tuple[Line, ...] = ()
    next_at: datetime | None = None
    member: Member | None = None
    country: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Dead ends of the last days that were kept from a member: the newest, and how many there are.

    country: ISO 3166-1 alpha-2 of where they live. known: have they said where they may work?
    """

    spared: tuple[Spared, ...]
    of: int
    country: str
    known: bool


# -- its page ------------------------------------------------------------------------------------


async def opened(app: App, person: Person, subscription_id: int, now: datetime) -> Opened:
    """A saved subscription that this person may change."""
    async with app.store.read() as tx:
        kept = may_turn(await store.subscriptions.one(tx, subscription_id), person)
        cards = (await outbox.waiting(tx, [kept.id])).get(kept.id, 0)
        waits = await store.waiting.of(tx, kept.id)
        member, profile = await _whose(tx, kept)
        unread = [row for row in waits if row.why == "dm_closed"]
        openings = await _openings(tx, [row.opening_id for row in unread[-SHOWN:]])
        scene = await scene_of(tx, openings, [[kept]])
        lines = await lines_of(tx, app, kept.guild_id, openings[::-1], scene, now)
        return Opened(
            subscription=kept,
            words=parse(kept.filter).words(),
            cards=cards,
            later=len(waits),
            lines=tuple(lines),
            next_at=_next_at(kept, member, waits),
            member=member,
            country=bool(_countries(profile)),
        )


def _next_at(kept: Subscription, member: Member | None, waits: Sequence[Waits]) -> datetime | None:
    told = [row.since for row in waits if row.why != "dm_closed"]
    if not told or kept.state != "active" or (kept.member_id is not None and member is None):
        return None
    return rules.told_at(kept, member, min(told))


async def _whose(tx: Tx, kept: Subscription) -> tuple[Member | None, Profile]:
    if kept.member_id is None:
        return None, Profile()
    known = await members.members_in(tx, kept.guild_id, [kept.member_id])
    profiles = await members.profiles_in(tx, kept.guild_id, [kept.member_id])
    return known.get(kept.member_id), profiles.get(kept.member_id, Profile())


def _countries(profile: Profile) -> frozenset[str]:
    return frozenset(profile.may_work or filter(None, [profile.country]))


async def _openings(tx: Tx, ids: Sequence[int]) -> list[Opening]:
    """In the order of the ids."""
    found = {one.id: one for one in await store.openings.by_ids(tx, ids, text=False)}
    return [found[number] for number in ids if number in found]


async def newest(app: App, person: Person, now: datetime) -> list[Opening]:
    """The openings of the last days to choose from, newest first: of those that their server may know of by now."""
    async with app.store.read() as tx:
        ids = await store.openings.dated_since(tx, now - timedelta(days=TRIED_DAYS), LOOKED_AT)
        found = await _openings(tx, ids)
        ears = await ears_of(tx, found)
        delays = await delays_of(app, tx)
    there = [
        one
        for one in found
        if ears.know(person.guild_id, one.id, one.feed_id)
        and one.dated + delays.get(one.feed_id, timedelta()) <= now
    ]
    return there[:NEWEST]


# -- what it would say next ----------------------------------------------------------------------


async def preview(
    app: App, person: Person, subscription_id: int, now: datetime
) -> list[OpeningCard] | Digest | Alert | None:
    """What it would say of the last days: its next cards, its digest, its alert. None: nothing passes."""
    async with app.store.read() as tx:
        kept = may_change(await store.subscriptions.one(tx, subscription_id), person)
        heard = trying.any_of(await filters_of(tx, kept))
        member, _ = await _whose(tx, kept)
        week = await trying.week(tx, app, kept, now)
    passed = () if heard is None else (await trying.tried(app, heard, week)).samples
    if not passed:
        return None
    async with app.store.read() as tx:
        scene = await scene_of(tx, passed, [[kept]])
        shown = [one for one in passed if scene.deaf(kept, one) is None][:PREVIEWED]
        if not shown:
            return None
        if kept.channel_id is not None and kept.rhythm == "now":
            withheld = [scene.withheld(kept.guild_id, one.id) for one in shown]
            cards = [
                routes.card(one, kept, now, withheld=had) for one, had in zip(shown, withheld, strict=True)
            ]
            return [one.value for one in cards if isinstance(one.value, OpeningCard)]
        lines = await lines_of(tx, app, kept.guild_id, rules.ranked(shown), scene, now)
    if kept.channel_id is not None:
        said = rules.digest(kept, lines, (), now - timedelta(days=1), now, capped=False).value
        return said if isinstance(said, Digest) else None
    hidden = member is None or discreet(member)
    return Alert(kept.id, words(kept), tuple(lines), 0, hidden, rhythm=kept.rhythm)


# -- dead ends spared ----------------------------------------------------------------------------


async def kept_from(app: App, person: Person, subscription_id: int, now: datetime) -> Kept:
    """What the last days had for this alert whose board says anywhere, and that doesn't hire where they may work."""
    async with app.store.read() as tx:
        kept = may_change(await store.subscriptions.one(tx, subscription_id), person)
        _, profile = await _whose(tx, kept)
        countries = _countries(profile)
        queries = [rules.apart_from_place(query) for query in await filters_of(tx, kept)]
        found = await store.hearing.claimed_anywhere(tx, now - timedelta(days=TRIED_DAYS), SPARED_AT_MOST)
        delays = await delays_of(app, tx)
        ends = [one for one in found if rules.dead_end(one, countries)] if countries else []
        scene = await scene_of(tx, ends, [[kept]])
    proven = [
        one
        for one in ends
        if one.dated + delays.get(one.feed_id, timedelta()) <= now
        and scene.deaf(kept, one) is None
        and not scene.withheld(kept.guild_id, one.id)
    ]
    passing = await _passing(queries, proven, now)
    return Kept(
        tuple(map(rules.spared, passing[:SPARED_SHOWN])), len(passing), profile.country, bool(countries)
    )


async def _passing(queries: Sequence[Filter], openings: Sequence[Opening], now: datetime) -> list[Opening]:
    passing = []
    for turn, one in enumerate(openings):
        document = one.document(now)
        if any(query.matches(document) for query in queries):
            passing.append(one)
        if turn % A_TURN == 0:
            await asyncio.sleep(0)
    return passing


# -- in a direct message -------------------------------------------------------------------------


async def followed(app: App, user_id: int, subscription_id: int) -> list[Listed]:
    """All that somebody follows in the server of this subscription of theirs."""
    async with app.store.read() as tx:
        kept = await store.subscriptions.one(tx, subscription_id)
    if kept is None or kept.member_id != user_id:
        raise Refusal("subscription_gone")
    return await alerts(app, Person(user_id, kept.guild_id, manages=False))
