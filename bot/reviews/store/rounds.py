"""The only SQL of rounds and of the pairs that moderators took out of them."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, or_, select, update

from bot.reviews.round import STANDING
from bot.reviews.values import Round
from bot.storage import Tx, insert_new
from bot.storage.tables import review_round, review_veto

_c, _v = review_round.c, review_veto.c
_NAMES = [field.name for field in fields(Round)]
_WHOLE = select(
    *(_c[name] for name in _NAMES)
)  # built once: the columns take longer than the rest of a question
_DUE = _WHOLE.where(_c.publish_at <= bindparam("now")).order_by(_c.publish_at, _c.id).limit(bindparam("most"))
_STANDS = _WHOLE.where(_c.guild_id == bindparam("guild"), _c.state.in_(sorted(STANDING)))


async def add(tx: Tx, new: Round) -> Round:
    """Keep it, whatever its id says; gives it with its id."""
    row = {name: getattr(new, name) for name in _NAMES if name != "id"}
    return replace(new, id=(await insert_new(tx, review_round, [row], returning=_c.id))[0])


async def keep(tx: Tx, one: Round) -> None:
    """All about it. Only of what was read in the same transaction."""
    row = {name: getattr(one, name) for name in _NAMES if name not in ("id", "guild_id")}
    await tx.execute(update(review_round).where(_c.id == one.id).values(row))


async def one(tx: Tx, guild_id: int, round_id: int) -> Round | None:
    found = await _all(tx, _WHOLE.where(_c.guild_id == guild_id, _c.id == round_id))
    return found[0] if found else None


async def standing(tx: Tx, guild_id: int) -> Round | None:
    """The round of a server that is not published yet, if there is one."""
    found = await _all(tx, _STANDS, {"guild": guild_id})
    return found[0] if found else None


async def of_server(tx: Tx, guild_id: int, limit: int) -> list[Round]:
    """The newest first."""
    return await _all(tx, _WHOLE.where(_c.guild_id == guild_id).order_by(_c.id.desc()).limit(limit))


async def with_papers(tx: Tx, guild_id: int) -> list[Round]:
    """A server's rounds of which it is kept what was asked, the oldest first."""
    return await _all(tx, _WHOLE.where(_c.guild_id == guild_id, _c.given != "").order_by(_c.id))


async def due(tx: Tx, now: datetime, limit: int) -> list[Round]:
    """What goes on by itself by now, the longest due first."""
    return await _all(tx, _DUE, {"now": now, "most": limit})


async def veto(tx: Tx, one: Round, author_id: int, reader_id: int, by: int, now: datetime) -> None:
    """These two are not brought together in this round. Twice is once."""
    row = {
        "round_id": one.id,
        "author_id": author_id,
        "reader_id": reader_id,
        "guild_id": one.guild_id,
        "made_by": by,
        "made_at": now,
    }
    await insert_new(tx, review_veto, [row], returning=_v.round_id)


async def vetoes(tx: Tx, round_id: int) -> set[tuple[int, int]]:
    """(author, reader)"""
    found = await tx.execute(select(_v.author_id, _v.reader_id).where(_v.round_id == round_id))
    return {(author_id, reader_id) for author_id, reader_id in found}


async def forget_vetoes(tx: Tx, guild_id: int, user_id: int) -> None:
    """Those with this member on either side."""
    theirs = or_(_v.author_id == user_id, _v.reader_id == user_id)
    await tx.execute(delete(review_veto).where(_v.guild_id == guild_id, theirs))


async def _all(tx: Tx, asked: Select[Any], given: dict[str, Any] | None = None) -> list[Round]:
    return [Round(**row) for row in (await tx.execute(asked, given or {})).mappings()]
