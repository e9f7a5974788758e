"""The only SQL of what waits for a digest or an alert, and of when a subscription speaks next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, bindparam, delete, exists, func, or_, select, update

from bot.jobs.store.subscriptions import subscription_of
from bot.jobs.subscriptions import Subscription
from bot.storage import Tx, insert_new
from bot.storage.tables import member, subscription, waiting

Why = Literal["rhythm", "cap", "company", "paused", "dm_closed", "under_way"]
"""under_way: it stands in an alert that has not arrived yet."""

_CHUNK = 500
_A_TURN = 100  # rows; each takes 50 µs to prepare
_w, _s, _m = waiting.c, subscription.c, member.c
_TOLD_LATER = _w.why.not_in(("dm_closed", "under_way"))


@dataclass(frozen=True, slots=True)
class Waits:
    """One opening that waits to be told by one subscription. since: from when on it may be told."""

    subscription_id: int
    opening_id: int
    guild_id: int
    since: datetime
    why: Why


# -- adding --------------------------------------------------------------------------------------


async def add(tx: Tx, rows: Sequence[Waits]) -> int:
    """Let these wait, and wake their subscriptions; gives how many were not waiting already."""
    added = 0
    for start in range(0, len(rows), _A_TURN):
        some = rows[start : start + _A_TURN]
        columns = [{name: getattr(row, name) for name in Waits.__dataclass_fields__} for row in some]
        added += len(await insert_new(tx, waiting, columns, returning=_w.opening_id))
        first: dict[int, datetime] = {}
        for row in some:
            first[row.subscription_id] = min(first.get(row.subscription_id, row.since), row.since)
        await tx.execute(_WAKE, [{"which": number, "moment": since} for number, since in first.items()])
    return added


# Who is told at once and asked to wait only for a board's sake, or over night, may now have something sooner.
_AT_ONCE = and_(_s.member_id.is_not(None), _s.rhythm == "now", _s.next_due_at > bindparam("moment"))
_WAKE = (
    update(subscription)
    .where(_s.id == bindparam("which"), or_(_s.next_due_at.is_(None), _AT_ONCE))
    .values(next_due_at=bindparam("moment"))
)


# -- what waits ----------------------------------------------------------------------------------


async def of(tx: Tx, subscription_id: int) -> list[Waits]:
    """All that waits for one subscription, the oldest first; what is under way isn't listed."""
    mine = select(waiting).where(_w.subscription_id == subscription_id, _w.why != "under_way")
    return [Waits(**row) for row in (await tx.execute(mine.order_by(_w.since, _w.opening_id))).mappings()]


async def counts(tx: Tx, subscription_ids: Sequence[int]) -> dict[int, int]:
    """How many openings wait for each of these subscriptions."""
    if not subscription_ids:
        return {}
    return {number: count for number, count in await tx.execute(_COUNTS, {"wanted": subscription_ids})}


# Built once: /jobs alerts asks it each time.
_COUNTS = (
    select(_w.subscription_id, func.count())
    .where(_w.subscription_id.in_(bindparam("wanted", expanding=True)), _w.why != "under_way")
    .group_by(_w.subscription_id)
)


async def ripe(tx: Tx, subscription_ids: Collection[int], now: datetime) -> list[Waits]:
    """What these subscriptions may tell now, the oldest first."""
    mine = and_(_w.subscription_id.in_(list(subscription_ids)), _TOLD_LATER, _w.since <= now)
    found = await tx.execute(select(waiting).where(mine).order_by(_w.since, _w.opening_id))
    return [Waits(**row) for row in found.mappings()]


async def first_since(tx: Tx, subscription_id: int) -> datetime | None:
    """From when on the first of what waits may be told; None: nothing waits."""
    mine = select(func.min(_w.since)).where(_w.subscription_id == subscription_id, _TOLD_LATER)
    found: datetime | None = (await tx.execute(mine)).scalar_one()
    return found


async def waits_for(tx: Tx, opening_id: int, subscription_ids: Collection[int]) -> dict[int, Waits]:
    """Those of these subscriptions that still have to tell this opening."""
    there = and_(_w.opening_id == opening_id, _w.subscription_id.in_(list(subscription_ids)))
    found = (await tx.execute(select(waiting).where(there))).mappings()
    return {row["subscription_id"]: Waits(**row) for row in found}


_UNDER_WAY = (
    select(_s.guild_id, _s.member_id).join(waiting, _w.subscription_id == _s.id).where(_w.why == "under_way")
)


async def under_way(tx: Tx) -> list[tuple[int, int]]:
    """(server, member) of those with an alert that is not settled, as far as we know."""
    found = await tx.execute(_UNDER_WAY.distinct().order_by(_s.guild_id, _s.member_id))
    return [(guild_id, member_id) for guild_id, member_id in found if member_id is not None]


async def is_under_way(tx: Tx, guild_id: int, member_id: int) -> bool:
    """Has this member an alert that is not settled?"""
    theirs = _UNDER_WAY.where(_s.guild_id == guild_id, _s.member_id == member_id)
    return (await tx.execute(theirs.limit(1))).first() is not None


async def put_off(tx: Tx, subscription_ids: Collection[int], opening_ids: Collection[int], why: Why) -> None:
    """These wait for another reason from now on."""
    ids = list(opening_ids)
    for start in range(0, len(ids), _CHUNK):
        which = and_(
            _w.subscription_id.in_(list(subscription_ids)), _w.opening_id.in_(ids[start : start + _CHUNK])
        )
        await tx.execute(update(waiting).where(which).values(why=why))


async def settle(tx: Tx, guild_id: int, member_id: int, why: Why | None, at: datetime) -> None:
    """A member's alert is no longer under way: what it told is done, or (`why`) waits again."""
    mine = select(_s.id).where(_s.guild_id == guild_id, _s.member_id == member_id)
    theirs = and_(_w.subscription_id.in_(mine), _w.why == "under_way")
    if why is None:
        await tx.execute(delete(waiting).where(theirs))
        return
    if why != "dm_closed":
        again = exists().where(_w.subscription_id == _s.id, _w.why == "under_way")
        await tx.execute(
            update(subscription)
            .where(_s.guild_id == guild_id, _s.member_id == member_id, again)
            .values(next_due_at=at)
        )
    await tx.execute(update(waiting).where(theirs).values(why=why))


async def reached_again(tx: Tx) -> list[int]:
    """Subscriptions for which openings wait that no message brought, while their member has allowed messages since.

    What waits since they allowed them isn't among these: it was tried.
    """
    reached = and_(_m.dm_since > _w.since, _m.dm_closed_at.is_(None), _m.left_at.is_(None))
    whose = and_(_m.guild_id == _s.guild_id, _m.user_id == _s.member_id)
    chosen = select(_w.subscription_id).join(subscription, _w.subscription_id == _s.id).join(member, whose)
    return list((await tx.execute(chosen.where(_w.why == "dm_closed", reached).distinct())).scalars())


async def reopen(tx: Tx, subscription_ids: Collection[int], now: datetime) -> int:
    """What no message brought is told with the next alert of these; gives how many openings."""
    which = list(subscription_ids)
    await tx.execute(update(subscription).where(_s.id.in_(which)).values(next_due_at=now))
    unread = and_(_w.subscription_id.in_(which), _w.why == "dm_closed")
    return (await tx.execute(update(waiting).where(unread).values(why="rhythm", since=now))).rowcount


async def done(tx: Tx, subscription_ids: Collection[int], opening_ids: Iterable[int]) -> None:
    """These were told, or need not be any more."""
    ids = list(opening_ids)
    for start in range(0, len(ids), _CHUNK):
        told = _w.opening_id.in_(ids[start : start + _CHUNK])
        await tx.execute(delete(waiting).where(_w.subscription_id.in_(list(subscription_ids)), told))


async def drop(tx: Tx, subscription_id: int) -> int:
    """A subscription ended: nothing waits for it any more; gives how much did."""
    return (await tx.execute(delete(waiting).where(_w.subscription_id == subscription_id))).rowcount


async def forget(tx: Tx, before: datetime, unread_before: datetime, most: int) -> int:
    """Retention: what nobody was told in all this time, what ended subscriptions left, and for members whom we
    can't reach whatever is older than `unread_before` or beyond the newest `most`; gives how many rows."""
    ended = _w.subscription_id.in_(select(_s.id).where(_s.state == "stopped"))
    closed = _w.why == "dm_closed"
    newest = (
        func.row_number()
        .over(partition_by=_w.subscription_id, order_by=(_w.since.desc(), _w.opening_id))
        .label("place")
    )
    ranked = select(_w.subscription_id, _w.opening_id, newest).where(closed).subquery()
    spare = exists().where(
        ranked.c.subscription_id == _w.subscription_id,
        ranked.c.opening_id == _w.opening_id,
        ranked.c.place > most,
    )
    old = or_(_w.since < before, and_(closed, _w.since < unread_before))
    gone = await tx.execute(delete(waiting).where(or_(ended, old, and_(closed, spare))))
    return gone.rowcount


# -- when a subscription speaks next -------------------------------------------------------------


async def due(tx: Tx, now: datetime, limit: int) -> list[Subscription]:
    """Active subscriptions whose next moment has come, the longest waiting first."""
    chosen = select(subscription).where(_s.next_due_at <= now, _s.state == "active")
    found = await tx.execute(chosen.order_by(_s.next_due_at, _s.id).limit(limit))
    return [subscription_of(row) for row in found.mappings()]


async def speaks_at(tx: Tx, subscription_id: int, when: datetime | None) -> None:
    """When it speaks next; None: it has nothing to say."""
    await tx.execute(update(subscription).where(_s.id == subscription_id).values(next_due_at=when))


async def has_told(tx: Tx, subscription_ids: Collection[int], until: datetime) -> None:
    """Up to then these have told all there was."""
    await tx.execute(update(subscription).where(_s.id.in_(list(subscription_ids))).values(said_at=until))


# -- a member's test message ---------------------------------------------------------------------


async def untested(tx: Tx, changed_after: datetime, limit: int) -> list[Subscription]:
    """Members' subscriptions made or changed lately that no message of theirs is known to have reached."""
    new = and_(
        _s.member_id.is_not(None), _s.state == "active", _s.tested_at.is_(None), _s.changed_at > changed_after
    )
    found = await tx.execute(select(subscription).where(new).order_by(_s.changed_at.desc()).limit(limit))
    return [subscription_of(row) for row in found.mappings()]


async def tested(tx: Tx, guild_id: int, member_id: int, at: datetime) -> None:
    """A message of an alert has reached this member."""
    theirs = and_(_s.guild_id == guild_id, _s.member_id == member_id, _s.tested_at.is_(None))
    await tx.execute(update(subscription).where(theirs).values(tested_at=at))
