"""The only SQL of where those who meet find each other: what is to be done with their threads, and who is inside."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, exists, select, update

from bot.meets.store.matches import rooms
from bot.meets.values import Room
from bot.storage import Tx
from bot.storage.tables import meet_match, meet_member

_c, _m = meet_match.c, meet_member.c


async def to_tend(tx: Tx, now: datetime, without: Collection[int], limit: int) -> list[Room]:
    """Those with which something is to be done by now, the oldest first; but in these servers."""
    return await rooms(tx, _c.thread_at <= now, _c.guild_id.not_in(sorted(without)), limit=limit)


async def tried(tx: Tx, match_id: int, now: datetime) -> None:
    """Its thread may be there from now on."""
    await tx.execute(update(meet_match).where(_c.id == match_id, _c.tried_at.is_(None)).values(tried_at=now))


async def opened(tx: Tx, match_id: int, thread_id: int) -> None:
    await tx.execute(update(meet_match).where(_c.id == match_id).values(thread_id=thread_id))


async def rests(tx: Tx, match_id: int, until: datetime | None, *, parted: bool) -> None:
    """Nothing is to be done with it till then; None: nothing at all. Not when it was parted or lost meanwhile."""
    is_lost = and_(_c.thread_id.is_(None), _c.state == "drawn", ~_c.parted)
    which = (_c.id == match_id, _c.parted == parted, *([~is_lost] if until is None else []))
    await tx.execute(update(meet_match).where(*which).values(thread_at=until))


async def lost(tx: Tx, thread_id: int, opened_before: datetime, now: datetime) -> bool:
    """It was deleted, or locked: another one is opened, and everybody let in anew. False for one that is newer."""
    which = (_c.thread_id == thread_id, _c.tried_at <= opened_before, ~_c.parted, _c.state == "drawn")
    found = (await tx.execute(select(_c.id).where(*which))).scalars().all()
    if not found:
        return False
    again = {"thread_id": None, "tried_at": None, "thread_at": now}
    await tx.execute(update(meet_match).where(_c.id.in_(found)).values(again))
    await tx.execute(update(meet_member).where(_m.match_id.in_(found)).values(let_in_at=None))
    return True


async def inside(tx: Tx, match_id: int) -> dict[int, bool]:
    """Member → have they been let in, of those who were not let out."""
    asked = select(_m.user_id, _m.let_in_at).where(_m.match_id == match_id, _m.let_out_at.is_(None))
    return {user_id: at is not None for user_id, at in await tx.execute(asked.order_by(_m.place))}


async def let_in(tx: Tx, match_id: int, user_id: int, thread_id: int, now: datetime) -> None:
    """They are in this thread, unless it was lost meanwhile."""
    stands = exists().where(_c.id == match_id, _c.thread_id == thread_id)
    which = (_m.match_id == match_id, _m.user_id == user_id, stands)
    await tx.execute(update(meet_member).where(*which).values(let_in_at=now))


async def let_out(tx: Tx, match_id: int, user_id: int, now: datetime) -> None:
    which = (_m.match_id == match_id, _m.user_id == user_id)
    await tx.execute(update(meet_member).where(*which).values(let_out_at=now))


async def wake(tx: Tx, guild_id: int, now: datetime) -> None:
    """Whatever waits in this server is tried again at once."""
    which = update(meet_match).where(_c.guild_id == guild_id, _c.thread_at > now)
    await tx.execute(which.values(thread_at=now))
