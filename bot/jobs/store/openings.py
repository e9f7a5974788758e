"""The only SQL of openings, their aliases, and the storms that hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, exists, not_, select, update

from bot.jobs.identity import KnownAlias, Sighting
from bot.jobs.openings import Opening
from bot.storage import Tx, insert_new
from bot.storage.tables import alias, feed, opening, storm, storm_decision

_CHUNK = 500  # bound parameters a statement; SQLite allows 32,766, PostgreSQL's driver 32,767
_KEPT_AS_IS = [field.name for field in fields(Opening) if field.name != "tags"]
_DATED_SINCE = (  # built once: /jobs subscribe asks it each time
    select(opening.c.id)
    .where(opening.c.dated_at >= bindparam("moment"))
    .order_by(opening.c.dated_at.desc(), opening.c.id)
    .limit(bindparam("most"))
)


async def known_aliases(tx: Tx, hashes: Iterable[str]) -> dict[str, KnownAlias]:
    """Whose each of these aliases is."""
    wanted = list(hashes)
    known: dict[str, KnownAlias] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = await tx.execute(
            select(alias.c.hash, alias.c.opening_id, alias.c.kind, alias.c.seen_at, opening.c.pay_claim)
            .join(opening, opening.c.id == alias.c.opening_id)
            .where(alias.c.hash.in_(wanted[start : start + _CHUNK]))
        )
        for hashed, opening_id, kind, seen_at, pay_claim in rows:
            known[hashed] = KnownAlias(opening_id, kind, seen_at, pay_claim)
    return known


async def remember(tx: Tx, openings: Sequence[Opening], sightings: Sequence[Sighting], now: datetime) -> None:
    """Keep new openings, every alias of each sighting, and that all of them were seen now."""
    if openings:
        await insert_new(tx, opening, [_row(one, now) for one in openings], returning=opening.c.id)
    marks = [
        {"hash": mark.hash, "kind": mark.kind, "opening_id": one.opening_id, "seen_at": now}
        for one in sightings
        for mark in one.aliases
    ]
    if marks:
        await insert_new(tx, alias, marks, returning=alias.c.hash)
    seen_again = sorted({one.opening_id for one in sightings if not one.new})
    for start in range(0, len(seen_again), _CHUNK):
        ids = seen_again[start : start + _CHUNK]
        await tx.execute(update(opening).where(opening.c.id.in_(ids)).values(last_seen_at=now))
        await tx.execute(update(alias).where(alias.c.opening_id.in_(ids)).values(seen_at=now))


def _row(one: Opening, now: datetime) -> dict[str, Any]:
    kept = {name: getattr(one, name) for name in _KEPT_AS_IS}
    return {**kept, "tags": "\n".join(one.tags), "dated_at": one.dated, "last_seen_at": now}


def _opening(row: RowMapping) -> Opening:
    kept = {name: row[name] for name in _KEPT_AS_IS}
    return Opening(**kept, tags=tuple(row["tags"].split("\n")) if row["tags"] else ())


async def dated_since(tx: Tx, moment: datetime, limit: int) -> list[int]:
    """Ids of the openings dated after a moment, newest first, at most `limit`."""
    return list((await tx.execute(_DATED_SINCE, {"moment": moment, "most": limit})).scalars())


async def by_ids(tx: Tx, ids: Sequence[int]) -> list[Opening]:
    """These openings, as far as there are any, in no order."""
    found = []
    for start in range(0, len(ids), _CHUNK):
        rows = await tx.execute(select(opening).where(opening.c.id.in_(ids[start : start + _CHUNK])))
        found += [_opening(row) for row in rows.mappings()]
    return found


async def boards(tx: Tx) -> list[str]:
    """Every board we have openings of."""
    rows = await tx.execute(select(opening.c.board).distinct().order_by(opening.c.board))
    return list(rows.scalars())


async def begin_storm(tx: Tx, storm_id: int, feed_id: str, held: int, of: int, now: datetime) -> None:
    row = {"id": storm_id, "feed_id": feed_id, "began_at": now, "held": held, "of": of}
    await insert_new(tx, storm, [row], returning=storm.c.id)


async def storm_feed(tx: Tx, storm_id: int) -> tuple[str, int, int] | None:
    """(feed id, openings held, entries in that reading) of a storm."""
    row = (
        await tx.execute(select(storm.c.feed_id, storm.c.held, storm.c.of).where(storm.c.id == storm_id))
    ).first()
    return None if row is None else (row[0], row[1], row[2])


async def held_by(tx: Tx, storm_id: int) -> list[Opening]:
    """The openings a storm holds, oldest first."""
    chosen = select(opening).where(opening.c.storm_id == storm_id)
    rows = await tx.execute(chosen.order_by(opening.c.first_seen_at, opening.c.id))
    return [_opening(row) for row in rows.mappings()]


async def decide_storm(
    tx: Tx, storm_id: int, guild_id: int, approved: bool, decided_by: int, now: datetime
) -> bool:
    """Keep a server's decision; False when it had decided already."""
    row = {
        "storm_id": storm_id,
        "guild_id": guild_id,
        "approved": approved,
        "decided_by": decided_by,
        "decided_at": now,
    }
    return bool(await insert_new(tx, storm_decision, [row], returning=storm_decision.c.guild_id))


async def forget(tx: Tx, last_seen_before: datetime) -> int:
    """Retention: openings that no feed has shown for so long.

    One that its feed has shown ever since, in a body that never changed, was not looked at again, but is still there.
    """
    still_there = exists().where(
        feed.c.id == opening.c.feed_id, feed.c.last_changed_at <= opening.c.last_seen_at
    )
    gone = await tx.execute(
        delete(opening).where(opening.c.last_seen_at < last_seen_before, not_(still_there))
    )
    return gone.rowcount
