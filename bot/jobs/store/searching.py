"""The only SQL of looking through the openings that there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import literal, or_, select

from bot.jobs.search import Candidate
from bot.storage import Tx
from bot.storage.tables import opening

_o = opening.c
_AT_ONCE = 500  # ids in one question; databases have limits
_OPEN = (
    _o.closed_at.is_(None),
    _o.storm_id.is_(None),
    _o.folded_into.is_(None),
    or_(_o.silent.is_(None), _o.silent.not_in(("no_job", "on_site"))),
)


async def open_since(tx: Tx, moment: datetime, limit: int) -> list[int]:
    """Ids of openings dated after a moment that are open still, the newest first.

    Left out: what a storm holds, what is told in another one's message, what is no job or at a desk.
    """
    chosen = select(_o.id).where(_o.dated_at >= moment, *_OPEN)
    return list((await tx.execute(chosen.order_by(_o.dated_at.desc(), _o.id).limit(limit))).scalars())


async def candidates(tx: Tx, ids: Sequence[int], *, text: bool) -> list[Candidate]:
    """What a search looks at, in this order; text=False: without the long texts. At most 500 at once."""
    if len(ids) > _AT_ONCE:
        raise ValueError(f"{len(ids)} at once")
    columns = [_o[name] if name != "text" or text else literal("") for name in Candidate._fields]
    rows = {row[0]: Candidate(*row) for row in await tx.execute(select(*columns).where(_o.id.in_(ids)))}
    return [rows[number] for number in ids if number in rows]
