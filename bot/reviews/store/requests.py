"""The only SQL of requests: what is to be read, for whom, and where its document stands."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, select, update

from bot.reviews.values import Request, RequestState
from bot.storage import Tx, insert_new
from bot.storage.tables import review_request

_c = review_request.c
_NAMES = [field.name for field in fields(Request)]
_WHOLE = select(
    *(_c[name] for name in _NAMES)
)  # built once: the columns take longer than the rest of a question
_EXPIRING = _WHOLE.where(_c.expires_at <= bindparam("now")).order_by(_c.expires_at, _c.id)
_EXPIRING = _EXPIRING.limit(bindparam("most"))
_FIXED = {"id", "guild_id", "author_id", "made_at"}
_KEPT = [name for name in _NAMES if name not in _FIXED]
_KEEP = (
    update(review_request)
    .where(_c.id == bindparam("row_id"))
    .values({name: bindparam(f"row_{name}") for name in _KEPT})
)


async def add(tx: Tx, new: Request) -> int:
    """Keep it, whatever its id says; gives its id."""
    row = {name: getattr(new, name) for name in _NAMES if name != "id"}
    (number,) = await insert_new(tx, review_request, [row], returning=_c.id)
    return int(number)


async def keep(tx: Tx, requests: Iterable[Request]) -> None:
    """Write everything about these but whose they are. Only of what was read in the same transaction."""
    rows = [{f"row_{name}": getattr(one, name) for name in ("id", *_KEPT)} for one in requests]
    if rows:
        await tx.execute(_KEEP, rows)


async def one(tx: Tx, guild_id: int, request_id: int) -> Request | None:
    found = await _all(tx, _WHOLE.where(_c.guild_id == guild_id, _c.id == request_id))
    return found[0] if found else None


async def some(tx: Tx, request_ids: Collection[int]) -> dict[int, Request]:
    """These, of whatever server, by id."""
    if not request_ids:
        return {}
    return {one.id: one for one in await _all(tx, _WHOLE.where(_c.id.in_(sorted(request_ids))))}


async def of_author(tx: Tx, guild_id: int, user_id: int) -> list[Request]:
    """Everything somebody handed in, the oldest first."""
    return await _all(tx, _WHOLE.where(_c.guild_id == guild_id, _c.author_id == user_id).order_by(_c.id))


async def in_state(tx: Tx, guild_id: int, *states: RequestState) -> list[Request]:
    """A server's requests in these states, the oldest first."""
    return await _all(tx, _WHOLE.where(_c.guild_id == guild_id, _c.state.in_(states)).order_by(_c.id))


async def expiring(tx: Tx, now: datetime, limit: int) -> list[Request]:
    """Whose time has come by now, whatever their state, the longest due first."""
    return await _all(tx, _EXPIRING, {"now": now, "most": limit})


async def _all(tx: Tx, asked: Select[Any], given: dict[str, Any] | None = None) -> list[Request]:
    return [Request(**row) for row in (await tx.execute(asked, given or {})).mappings()]
