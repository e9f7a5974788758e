"""The only SQL about who hears openings: whose filters there are, and what counts beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import and_, func, or_, select, tuple_

from bot.jobs.openings import Opening
from bot.jobs.store.openings import by_ids as by_number
from bot.jobs.store.subscriptions import subscription_of
from bot.jobs.subscriptions import Subscription
from bot.storage import Tx
from bot.storage.tables import (
    added_feed,
    feed_listener,
    hidden,
    opening,
    profile,
    storm_decision,
    subscription,
    unwanted,
    withdrawn,
)

_CHUNK = 500
_s, _p = subscription.c, profile.c


# -- whose filters there are ---------------------------------------------------------------------


async def count(tx: Tx) -> int:
    """How many active subscriptions there are."""
    return (await tx.execute(select(func.count()).where(_s.state == "active"))).scalar_one()


async def changed(tx: Tx, since: datetime | None) -> AsyncIterator[list[Subscription]]:
    """Subscriptions changed at this moment or later, ended ones too; None: all active ones. Some at a time."""
    which = _s.state == "active" if since is None else _s.changed_at >= since
    last = 0
    while True:
        some = select(subscription).where(which, _s.id > last).order_by(_s.id).limit(_CHUNK)
        found = [subscription_of(row) for row in (await tx.execute(some)).mappings()]
        yield found
        if len(found) < _CHUNK:
            return
        last = found[-1].id


async def changed_profiles(tx: Tx, since: datetime | None) -> tuple[list[Subscription], datetime | None]:
    """Active subscriptions that follow a profile changed at this moment or later, and when the last one was."""
    mine = and_(_p.guild_id == _s.guild_id, _p.user_id == _s.member_id)
    newer = [] if since is None else [_p.changed_at >= since]
    asked = select(subscription, _p.changed_at.label("profile_at")).join(profile, mine)
    rows = (
        (await tx.execute(asked.where(_s.follows == "profile", _s.state == "active", *newer)))
        .mappings()
        .all()
    )
    return [subscription_of(row) for row in rows], max((row["profile_at"] for row in rows), default=since)


async def by_ids(tx: Tx, ids: Collection[int]) -> dict[int, Subscription]:
    """Those of these subscriptions that are active."""
    wanted, found = list(ids), {}
    for start in range(0, len(wanted), _CHUNK):
        some = select(subscription).where(_s.id.in_(wanted[start : start + _CHUNK]), _s.state == "active")
        found.update({row["id"]: subscription_of(row) for row in (await tx.execute(some)).mappings()})
    return found


async def of_servers(tx: Tx, guild_ids: Collection[int]) -> list[Subscription]:
    """Every active subscription of the channels of these servers."""
    theirs = and_(_s.guild_id.in_(list(guild_ids)), _s.channel_id.is_not(None), _s.state == "active")
    return [subscription_of(row) for row in (await tx.execute(select(subscription).where(theirs))).mappings()]


async def of_readers(tx: Tx, readers: Collection[tuple[int, int]]) -> dict[int, tuple[int, int]]:
    """The active subscriptions of these channels and members, given as (server, channel or member): whose each is."""
    whose = func.coalesce(_s.channel_id, _s.member_id)
    wanted, found = list(readers), {}
    for start in range(0, len(wanted), _CHUNK):
        some = tuple_(_s.guild_id, whose).in_(wanted[start : start + _CHUNK])
        for number, guild_id, reader in await tx.execute(
            select(_s.id, _s.guild_id, whose).where(some, _s.state == "active")
        ):
            found[number] = (guild_id, reader)
    return found


# -- what counts beside filters ------------------------------------------------------------------


async def listeners(tx: Tx, feed_id: str) -> frozenset[int] | None:
    """The servers that hear a feed which moderators added; None: it is in the feed book, for everybody."""
    added = select(added_feed.c.id).where(added_feed.c.id == feed_id)
    if (await tx.execute(added)).first() is None:
        return None
    theirs = select(feed_listener.c.guild_id).where(
        feed_listener.c.feed_id == feed_id, feed_listener.c.paused.is_(False)
    )
    return frozenset((await tx.execute(theirs)).scalars())


async def unwanted_companies(tx: Tx, marks: Collection[str]) -> frozenset[tuple[int, str]]:
    """(server, company's mark) of those of these companies that a server doesn't want."""
    asked = select(unwanted.c.guild_id, unwanted.c.mark).where(unwanted.c.mark.in_(list(marks)))
    return frozenset((guild_id, mark) for guild_id, mark in await tx.execute(asked))


async def withdrawn_facts(tx: Tx, opening_ids: Iterable[int]) -> Mapping[tuple[int, int], frozenset[str]]:
    """(server, opening) → what its moderators took back."""
    ids = list(opening_ids)
    found: dict[tuple[int, int], frozenset[str]] = {}
    for start in range(0, len(ids), _CHUNK):
        some = withdrawn.c.opening_id.in_(ids[start : start + _CHUNK])
        columns = select(withdrawn.c.guild_id, withdrawn.c.opening_id, withdrawn.c.fact)
        for guild_id, opening_id, fact in await tx.execute(columns.where(some)):
            found[guild_id, opening_id] = found.get((guild_id, opening_id), frozenset()) | {fact}
    return found


async def hidden_from(
    tx: Tx, members: Collection[tuple[int, int]], marks: Collection[str]
) -> frozenset[tuple[int, int, str]]:
    """(server, member, mark) of what these members have hidden, among these openings and companies."""
    whom, found = list(members), set()
    for start in range(0, len(whom), _CHUNK):
        some = tuple_(hidden.c.guild_id, hidden.c.user_id).in_(whom[start : start + _CHUNK])
        columns = select(hidden.c.guild_id, hidden.c.user_id, hidden.c.mark)
        for guild_id, user_id, mark in await tx.execute(columns.where(some)):
            if mark in marks:
                found.add((guild_id, user_id, mark))
    return frozenset(found)


async def storm_approved(tx: Tx, storm_id: int, guild_id: int) -> bool | None:
    """Did this server's moderators let through what the storm holds? None: nobody decided yet."""
    decided = and_(storm_decision.c.storm_id == storm_id, storm_decision.c.guild_id == guild_id)
    found: bool | None = (await tx.execute(select(storm_decision.c.approved).where(decided))).scalar()
    return found


# -- dead ends -----------------------------------------------------------------------------------


async def claimed_anywhere(tx: Tx, since: datetime, limit: int) -> list[Opening]:
    """Open openings dated after this moment whose board says anywhere and whose own words say otherwise.

    The newest first; variants of another are left out. Facts are kept without what is unstated.
    """
    o = opening.c
    told = and_(o.closed_at.is_(None), o.storm_id.is_(None), o.folded_into.is_(None))
    listed = or_(o.silent.is_(None), o.silent.not_in(("no_job", "on_site")))
    otherwise = o.facts_json.contains('"board_says"')
    chosen = select(o.id).where(o.dated_at >= since, told, listed, otherwise)
    ids = (await tx.execute(chosen.order_by(o.dated_at.desc(), o.id).limit(limit))).scalars().all()
    found = {one.id: one for one in await by_number(tx, ids)}
    return [found[number] for number in ids]


async def told_since(tx: Tx, since: datetime, limit: int) -> list[Opening]:
    """Open openings first seen after this moment that were announced to whoever listened, the oldest first."""
    o = opening.c
    told = and_(o.closed_at.is_(None), o.silent.is_(None), o.storm_id.is_(None), o.folded_into.is_(None))
    chosen = (
        select(o.id).where(o.first_seen_at > since, told).order_by(o.first_seen_at.desc(), o.id).limit(limit)
    )
    return sorted(
        await by_number(tx, list((await tx.execute(chosen)).scalars())),
        key=lambda one: (one.first_seen_at, one.id),
    )
