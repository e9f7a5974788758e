"""The only SQL of the finds that members offer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, and_, func, insert, or_, select, update

from bot.jobs.shares import Share, State, Typed
from bot.storage import Tx
from bot.storage.tables import share

_c = share.c
_FIELDS = [_c[name] for name in Share.__dataclass_fields__]


async def add(
    tx: Tx, guild_id: int, user_id: int, typed: Typed, opening_id: int | None, now: datetime
) -> int:
    """Keep a find; gives its number."""
    values = {
        "guild_id": guild_id,
        "user_id": user_id,
        "url": typed.url,
        "title": typed.title,
        "company": typed.company,
        "words": typed.words,
        "opening_id": opening_id,
        "state": "waiting",
        "made_at": now,
    }
    made: int = (await tx.execute(insert(share).values(values).returning(_c.id))).scalar_one()
    return made


async def made_since(tx: Tx, guild_id: int, user_id: int, since: datetime) -> int:
    """How many a member offered since then."""
    mine = and_(_c.guild_id == guild_id, _c.user_id == user_id, _c.made_at > since)
    return int((await tx.execute(select(func.count()).where(mine))).scalar_one())


async def one(tx: Tx, guild_id: int, share_id: int) -> Share | None:
    found = await _some(tx, and_(_c.guild_id == guild_id, _c.id == share_id))
    return found[0] if found else None


async def last_of(tx: Tx, guild_id: int, user_id: int, most: int) -> list[Share]:
    """A member's own, the newest first."""
    mine = select(*_FIELDS).where(_c.guild_id == guild_id, _c.user_id == user_id)
    rows = await tx.execute(mine.order_by(_c.id.desc()).limit(most))
    return [_share(row) for row in rows.mappings()]


async def lately(tx: Tx, guild_id: int, since: datetime) -> list[Share]:
    """What waits in this server, and what was posted since then; the newest first."""
    posted = and_(_c.state == "posted", _c.decided_at > since)
    return (await _some(tx, and_(_c.guild_id == guild_id, or_(_c.state == "waiting", posted))))[::-1]


async def posted_of(tx: Tx, guild_id: int, opening_id: int) -> list[int]:
    """The finds of an opening that stand in this server."""
    which = and_(_c.guild_id == guild_id, _c.opening_id == opening_id, _c.state == "posted")
    return list((await tx.execute(select(_c.id).where(which).order_by(_c.id))).scalars())


async def posts_of(tx: Tx, opening_ids: Iterable[int]) -> list[tuple[int, int]]:
    """(find, opening) of the finds of these openings that stand in any server."""
    which = and_(_c.opening_id.in_(list(opening_ids)), _c.state == "posted")
    rows = await tx.execute(select(_c.id, _c.opening_id).where(which).order_by(_c.id))
    return [(number, opening_id) for number, opening_id in rows]


async def reopen(tx: Tx, share_id: int) -> Share | None:
    """It waits for a decision again; None when it isn't posted."""
    which = update(share).where(_c.id == share_id, _c.state == "posted")
    nobody = dict.fromkeys(("channel_id", "decided_by", "decided_at"))
    done = await tx.execute(which.values(state="waiting", **nobody))
    return (await _some(tx, _c.id == share_id))[0] if done.rowcount else None


async def settle(tx: Tx, one: Share, state: State, channel_id: int | None, by: int, now: datetime) -> bool:
    """Decide what still waits; False when somebody did before."""
    waiting = and_(_c.id == one.id, _c.guild_id == one.guild_id, _c.state == "waiting")
    values = {"state": state, "channel_id": channel_id, "decided_by": by, "decided_at": now}
    return (await tx.execute(update(share).where(waiting).values(values))).rowcount == 1


async def _some(tx: Tx, which: ColumnElement[bool]) -> list[Share]:
    rows = await tx.execute(select(*_FIELDS).where(which).order_by(_c.id))
    return [_share(row) for row in rows.mappings()]


def _share(row: RowMapping) -> Share:
    return Share(**row)
