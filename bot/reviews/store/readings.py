"""The only SQL of readings: who reads what, till when, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, and_, bindparam, func, or_, select, update

from bot.reviews.values import LIVE, Reading
from bot.storage import Tx, insert_new
from bot.storage.tables import review_reading, review_request, review_round

_c = review_reading.c
_FIELDS = [_c[field.name] for field in fields(Reading)]
_WHOLE = select(*_FIELDS)  # built once: the columns take longer than the rest of a question
_LIVE = _c.state.in_(sorted(LIVE))
_DUE = _WHOLE.where(_c.next_at <= bindparam("now")).order_by(_c.next_at, _c.id).limit(bindparam("most"))
_FINISHED = ("delivered", "closed", "withdrawn", "expired")  # requests that nobody is looked for any more


# -- keeping -------------------------------------------------------------------------------------


async def add(tx: Tx, readings: Sequence[Reading]) -> list[Reading]:
    """Keep these new ones, whatever their ids say; gives them with their ids, in their order.

    Those whose reader has had the same request before are left out.
    """
    rows = [_row(one) for one in readings]
    ids = await insert_new(tx, review_reading, rows, returning=_c.id)
    made = {(one.request_id, one.reader_id): one for one in await some(tx, ids)}
    asked = ((one.request_id, one.reader_id) for one in readings)
    return [made[pair] for pair in asked if pair in made]


_KEPT = tuple(
    field.name
    for field in fields(Reading)
    if field.name not in ("id", "guild_id", "round_id", "request_id", "author_id", "reader_id")
)
_KEEP = (
    update(review_reading)
    .where(_c.id == bindparam("row_id"))
    .values({name: bindparam(f"row_{name}") for name in _KEPT})
)


async def keep(tx: Tx, readings: Iterable[Reading]) -> None:
    """Write everything about these but whose they are. Only of what was read in the same transaction."""
    rows = [{f"row_{name}": getattr(one, name) for name in ("id", *_KEPT)} for one in readings]
    if rows:
        await tx.execute(_KEEP, rows)


# -- asking --------------------------------------------------------------------------------------


async def one(tx: Tx, guild_id: int, reading_id: int) -> Reading | None:
    found = await _all(tx, _WHOLE.where(_c.guild_id == guild_id, _c.id == reading_id))
    return found[0] if found else None


async def some(tx: Tx, reading_ids: Collection[int]) -> list[Reading]:
    """The oldest first."""
    if not reading_ids:
        return []
    return await _all(tx, _WHOLE.where(_c.id.in_(list(reading_ids))).order_by(_c.id))


async def of_requests(tx: Tx, request_ids: Collection[int]) -> dict[int, list[Reading]]:
    """Request → its readings, the oldest first; those without any are left out."""
    found: defaultdict[int, list[Reading]] = defaultdict(list)
    if request_ids:
        asked = _WHOLE.where(_c.request_id.in_(list(request_ids))).order_by(_c.id)
        for reading in await _all(tx, asked):
            found[reading.request_id].append(reading)
    return dict(found)


async def of_reader(tx: Tx, guild_id: int, user_id: int, live: bool) -> list[Reading]:
    """What somebody reads or has read, the oldest first. live: only what they may still accept or send."""
    return await _all(tx, _of(_c.guild_id == guild_id, _c.reader_id == user_id, *((_LIVE,) if live else ())))


async def of_author(tx: Tx, guild_id: int, user_id: int, live: bool = False) -> list[Reading]:
    """Who reads or has read for somebody, the oldest first."""
    return await _all(tx, _of(_c.guild_id == guild_id, _c.author_id == user_id, *((_LIVE,) if live else ())))


async def live_of(tx: Tx, guild_id: int, user_ids: Collection[int]) -> list[Reading]:
    """Live readings with one of these on either side, the oldest first."""
    if not user_ids:
        return []
    ids = list(user_ids)
    return await _all(
        tx, _of(_c.guild_id == guild_id, _LIVE, or_(_c.author_id.in_(ids), _c.reader_id.in_(ids)))
    )


async def due(tx: Tx, now: datetime, limit: int) -> list[Reading]:
    """For which something is to be done by now, the longest due first."""
    return await _all(tx, _DUE, {"now": now, "most": limit})


# -- counting ------------------------------------------------------------------------------------


async def load(tx: Tx, guild_id: int, reader_ids: Collection[int]) -> dict[int, int]:
    """Reader → how many live readings they have; those without any are left out."""
    if not reader_ids:
        return {}
    theirs = (_c.guild_id == guild_id, _c.reader_id.in_(list(reader_ids)), _LIVE)
    asked = select(_c.reader_id, func.count()).where(*theirs).group_by(_c.reader_id)
    return {reader_id: count for reader_id, count in await tx.execute(asked)}


async def pairs_since(tx: Tx, guild_id: int, since: datetime, rounds: int) -> set[tuple[int, int]]:
    """(author, reader) who are not to be matched again yet.

    They came together since then, or in the last so many published rounds; or the reader had a request that is
    still open, however that ended.
    """
    r, q = review_round.c, review_request.c
    last = select(r.id).where(r.guild_id == guild_id, r.published_at.is_not(None))
    last = last.order_by(r.published_at.desc(), r.id.desc()).limit(rounds)
    lately = or_(_c.proposed_at >= since, _c.round_id.in_(last))
    met = and_(or_(_LIVE, _c.accepted_at.is_not(None)), lately)
    asked = (
        select(_c.author_id, _c.reader_id)
        .select_from(review_reading.join(review_request, q.id == _c.request_id))
        .where(_c.guild_id == guild_id, or_(met, q.state.not_in(_FINISHED)))
    )
    return {(author_id, reader_id) for author_id, reader_id in await tx.execute(asked.distinct())}


def _of(*which: ColumnElement[bool]) -> Select[Any]:
    return _WHOLE.where(*which).order_by(_c.id)


async def _all(tx: Tx, asked: Select[Any], given: dict[str, Any] | None = None) -> list[Reading]:
    return [_reading(row) for row in (await tx.execute(asked, given or {})).mappings()]


def _reading(row: RowMapping) -> Reading:
    return Reading(**row)


def _row(one: Reading) -> dict[str, Any]:
    """Its columns but the id."""
    return {field.name: getattr(one, field.name) for field in fields(Reading) if field.name != "id"}
