"""The only SQL of sightings: which feed showed an opening, since when, and which full lists are without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, not_, or_, select, update

from bot.jobs.openings import SeenOn
from bot.ports import FeedSpec
from bot.storage import Tx, insert_new
from bot.storage.tables import opening, sighting

_CHUNK = 500  # bound parameters a statement
_c = sighting.c
_FIELDS = [field.name for field in fields(SeenOn)]
_MOVED = (
    update(sighting)
    .where(_c.opening_id == bindparam("of"), _c.feed_id == bindparam("on"))
    .values(url=bindparam("now_at"))
)


async def of_openings(tx: Tx, opening_ids: Iterable[int]) -> dict[int, list[SeenOn]]:
    """Opening → every feed that showed it, the first one first."""
    ids = list(opening_ids)
    found: dict[int, list[SeenOn]] = {}
    for start in range(0, len(ids), _CHUNK):
        asked = select(*(_c[name] for name in _FIELDS)).where(_c.opening_id.in_(ids[start : start + _CHUNK]))
        for row in await tx.execute(asked.order_by(_c.first_seen_at, _c.feed_id)):
            found.setdefault(row.opening_id, []).append(SeenOn(*row))
    return found


async def see(
    tx: Tx,
    feed: FeedSpec,
    pages: Mapping[int, str],
    before: Mapping[int, Sequence[SeenOn]],
    now: datetime,
) -> None:
    """This feed shows these openings now. pages: opening → its page there; before: what `of_openings` gave."""
    here = {number: one for number, seen in before.items() for one in seen if one.feed_id == feed.id}
    same: dict[str, Any] = {
        "feed_id": feed.id,
        "board": feed.name,
        "attribution": feed.attribution or f"via {feed.name}",
        "first_seen_at": now,
        "last_seen_at": now,
        "missed": 0,
    }
    fresh = [same | {"opening_id": one, "url": url} for one, url in pages.items() if one not in here]
    await insert_new(tx, sighting, fresh, returning=_c.opening_id)
    again = sorted(set(pages) & set(here))
    for start in range(0, len(again), _CHUNK):
        mine = update(sighting).where(_c.feed_id == feed.id, _c.opening_id.in_(again[start : start + _CHUNK]))
        await tx.execute(mine.values(last_seen_at=now, missed=0))
    moved = [{"of": one, "on": feed.id, "now_at": pages[one]} for one in again if pages[one] != here[one].url]
    if moved:
        await tx.execute(_MOVED, moved)


async def in_body(tx: Tx, feed_id: str, since: datetime) -> int:
    """How many openings a feed's newest body showed; since: when that body was read."""
    there = select(func.count()).where(_c.feed_id == feed_id, _c.last_seen_at >= since)
    return (await tx.execute(there)).scalar_one()


async def missed(tx: Tx, feed_id: str, since: datetime, enough: int) -> None:
    """A good reading of a full list was without what it has not shown since then; counted up to `enough`."""
    absent = update(sighting).where(_c.feed_id == feed_id, _c.last_seen_at < since, _c.missed < enough)
    await tx.execute(absent.values(missed=_c.missed + 1))


async def gone(tx: Tx, full: Sequence[str], enough: int, limit: int) -> list[int]:
    """Open openings that every feed which showed them has missed so often; only full lists (`full`) can say so."""
    e = sighting.alias("elsewhere").c
    still = select(e.opening_id).where(
        e.opening_id == opening.c.id, or_(not_(e.feed_id.in_(full)), e.missed < enough)
    )
    asked = (
        select(opening.c.id)
        .join(sighting, _c.opening_id == opening.c.id)
        .where(_c.feed_id.in_(full), _c.missed >= enough, opening.c.closed_at.is_(None), ~still.exists())
    )
    return list((await tx.execute(asked.distinct().limit(limit))).scalars())
