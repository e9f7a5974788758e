"""The only SQL of openings, their aliases, and the storms that hold them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, bindparam, delete, exists, func, literal, not_, or_, select, update

from bot.jobs.added import PREFIX
from bot.jobs.facts import decode
from bot.jobs.identity import WEAK, KnownAlias, Sighting
from bot.jobs.openings import ClosedWhy, Kept, Opening
from bot.ports import Entry
from bot.storage import Tx, insert_new
from bot.storage.tables import alias, feed, opening, sighting, storm, storm_decision

MOST_VARIANTS = 200  # of one opening that its messages count

_CHUNK = 500  # bound parameters a statement; SQLite allows 32,766, PostgreSQL's driver 32,767
_KEPT_AS_IS = [field.name for field in fields(Opening) if field.name != "tags"]
_WITHOUT_TEXT = [literal("").label("text") if column.name == "text" else column for column in opening.c]
_KEPT = [opening.c[field.name] for field in fields(Kept)]
_MAY_CHANGE = (
    *("company", "title", "url", "place_claim", "pay_claim", "facts_json", "expires_at"),
    *("closed_at", "closed_why", "reposts", "reposted_at", "changed_at"),
)
_CHANGE = (
    update(opening)
    .where(opening.c.id == bindparam("which"))
    .values({name: bindparam(f"new_{name}") for name in (*_MAY_CHANGE, "opening_key", "variant_key")})
)
_REWORD = (
    update(opening)
    .where(opening.c.id == bindparam("which"))
    .values(text=bindparam("new_text"), tags=bindparam("new_tags"))
)
_DATED_SINCE = (  # built once: /jobs subscribe asks it each time
    select(opening.c.id)
    .where(opening.c.dated_at >= bindparam("moment"))
    .order_by(opening.c.dated_at.desc(), opening.c.id)
    .limit(bindparam("most"))
)


# -- what a reading asks and keeps ---------------------------------------------------------------


async def known_aliases(tx: Tx, hashes: Iterable[str]) -> dict[str, KnownAlias]:
    """Whose each of these aliases is."""
    wanted = list(hashes)
    known: dict[str, KnownAlias] = {}
    for start in range(0, len(wanted), _CHUNK):
        asked = select(alias.c.hash, alias.c.opening_id, alias.c.kind, alias.c.seen_at)
        for hashed, *rest in await tx.execute(asked.where(alias.c.hash.in_(wanted[start : start + _CHUNK]))):
            known[hashed] = KnownAlias(*rest)
    return known


async def kept(tx: Tx, ids: Iterable[int]) -> dict[int, Kept]:
    """What a reading asks of these openings."""
    wanted = sorted(set(ids))
    found: dict[int, Kept] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = await tx.execute(select(*_KEPT).where(opening.c.id.in_(wanted[start : start + _CHUNK])))
        found.update({row.id: Kept(*row) for row in rows})
    return found


async def remember(tx: Tx, openings: Sequence[Opening], sightings: Sequence[Sighting], now: datetime) -> None:
    """Keep new openings, every alias of each sighting, and that all of them were seen now."""
    if openings:
        await insert_new(tx, opening, [_row(one, now) for one in openings], returning=opening.c.id)
    fresh = [mark.hash for one in sightings if one.new for mark in one.aliases if mark.kind in WEAK]
    for start in range(0, len(fresh), _CHUNK):  # a weak alias passes to the newest opening that carries it
        await tx.execute(delete(alias).where(alias.c.hash.in_(fresh[start : start + _CHUNK])))
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


async def change(tx: Tx, changed: Sequence[Kept]) -> None:
    """These are otherwise now."""
    if changed:
        await tx.execute(_CHANGE, [_changed_row(one) for one in changed])


def _changed_row(one: Kept) -> dict[str, Any]:
    new = {f"new_{name}": getattr(one, name) for name in _MAY_CHANGE}
    facts = decode(one.facts_json)
    return {
        "which": one.id,
        **new,
        "new_opening_key": facts.opening_key,
        "new_variant_key": facts.variant_key,
    }


async def reword(tx: Tx, entries: Mapping[int, Entry]) -> None:
    """Opening → the entry whose text and tags it has from now on."""
    rows = [
        {"which": number, "new_text": one.text, "new_tags": "\n".join(one.tags)}
        for number, one in entries.items()
    ]
    if rows:
        await tx.execute(_REWORD, rows)


async def heads(tx: Tx, variant_keys: Iterable[str], feed_id: str, since: datetime) -> dict[str, int]:
    """Variant key → the newest open opening told since then by itself, in whose message its variants are told.

    feed_id: of the variants; whoever hears it hears the head's feed too: the same, or one of the book.
    """
    keys = sorted(set(variant_keys))
    found: dict[str, int] = {}
    o = opening.c
    told = [o.first_seen_at >= since, *(o[name].is_(None) for name in ("silent", "storm_id", "folded_into"))]
    told.append(or_(o.feed_id == feed_id, not_(o.feed_id.startswith(PREFIX, autoescape=True))))
    for start in range(0, len(keys), _CHUNK):
        asked = select(o.variant_key, o.id).where(o.variant_key.in_(keys[start : start + _CHUNK]))
        rows = await tx.execute(asked.where(*told, o.closed_at.is_(None)).order_by(o.first_seen_at, o.id))
        found.update({key: number for key, number in rows})
    return found


async def only_variants(tx: Tx, board: str, keys: Iterable[str], since: datetime) -> dict[str, int]:
    """Variant key → the opening of this board that has it, where only one seen since then does."""
    wanted, o = sorted(set(keys)), opening.c
    found: dict[str, int] = {}
    for start in range(0, len(wanted), _CHUNK):
        asked = select(o.variant_key, func.min(o.id)).where(o.variant_key.in_(wanted[start : start + _CHUNK]))
        lately = asked.where(o.board == board, o.last_seen_at >= since)
        rows = await tx.execute(lately.group_by(o.variant_key).having(func.count() == 1))
        found.update({key: number for key, number in rows})
    return found


async def families(tx: Tx, ids: Iterable[int]) -> dict[int, list[Opening]]:
    """Head → what was folded into it, oldest first, without texts, at most MOST_VARIANTS; ids: of heads."""
    wanted = sorted(set(ids))
    found: dict[int, list[Opening]] = {}
    for start in range(0, len(wanted), _CHUNK):
        chosen = select(*_WITHOUT_TEXT).where(opening.c.folded_into.in_(wanted[start : start + _CHUNK]))
        for row in (await tx.execute(chosen.order_by(opening.c.first_seen_at, opening.c.id))).mappings():
            found.setdefault(row["folded_into"], []).append(_opening(row))
    return {head: family[:MOST_VARIANTS] for head, family in found.items()}


# -- closing -------------------------------------------------------------------------------------


async def expired(tx: Tx, now: datetime, limit: int) -> list[int]:
    """Open openings whose end has passed."""
    over = select(opening.c.id).where(opening.c.closed_at.is_(None), opening.c.expires_at <= now)
    return list((await tx.execute(over.limit(limit))).scalars())


async def close(tx: Tx, ids: Collection[int], why: ClosedWhy, now: datetime) -> None:
    """These are over."""
    over = update(opening).where(opening.c.id.in_(ids), opening.c.closed_at.is_(None))
    await tx.execute(over.values(closed_at=now, closed_why=why))


# -- openings as a whole -------------------------------------------------------------------------


def _row(one: Opening, now: datetime) -> dict[str, Any]:
    kept = {name: getattr(one, name) for name in _KEPT_AS_IS}
    keys = {"opening_key": one.facts.opening_key, "variant_key": one.facts.variant_key}
    return {**kept, **keys, "tags": "\n".join(one.tags), "dated_at": one.dated, "last_seen_at": now}


def _opening(row: RowMapping) -> Opening:
    kept = {name: row[name] for name in _KEPT_AS_IS}
    return Opening(**kept, tags=tuple(row["tags"].split("\n")) if row["tags"] else ())


async def dated_since(tx: Tx, moment: datetime, limit: int) -> list[int]:
    """Ids of the openings dated after a moment, newest first, at most `limit`."""
    return list((await tx.execute(_DATED_SINCE, {"moment": moment, "most": limit})).scalars())


async def by_ids(tx: Tx, ids: Sequence[int], *, text: bool = True) -> list[Opening]:
    """These openings, as far as there are any, in no order; text=False: all but their long texts."""
    found, columns = [], list(opening.c) if text else _WITHOUT_TEXT
    for start in range(0, len(ids), _CHUNK):
        rows = await tx.execute(select(*columns).where(opening.c.id.in_(ids[start : start + _CHUNK])))
        found += [_opening(row) for row in rows.mappings()]
    return found


async def boards(tx: Tx) -> list[tuple[str, str]]:
    """(feed, board) of every feed we have openings of."""
    rows = await tx.execute(select(opening.c.feed_id, opening.c.board).distinct().order_by(opening.c.board))
    return [(feed_id, board) for feed_id, board in rows]


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
        sighting.c.opening_id == opening.c.id,
        feed.c.id == sighting.c.feed_id,
        feed.c.last_changed_at <= sighting.c.last_seen_at,
    )
    gone = await tx.execute(
        delete(opening).where(opening.c.last_seen_at < last_seen_before, not_(still_there))
    )
    return gone.rowcount
