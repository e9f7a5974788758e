"""The only SQL of "Who knows this company?"."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import RowMapping, and_, select, update

from bot.jobs.inquiries import Inquiry, State
from bot.storage import Tx, insert_new
from bot.storage.tables import inquiry

_c = inquiry.c
_FIELDS = [_c[name] for name in Inquiry.__dataclass_fields__]


async def add(
    tx: Tx,
    guild_id: int,
    user_id: int,
    mark: str,
    company: str,
    asked_id: int,
    introduction_id: int,
    now: datetime,
    next_at: datetime,
) -> bool:
    """Keep an inquiry with its first round; False when this member has one about this company already."""
    row = {
        "guild_id": guild_id,
        "user_id": user_id,
        "mark": mark,
        "company": company,
        "asked": str(asked_id),
        "introduction_id": introduction_id,
        "state": "asking",
        "made_at": now,
        "next_at": next_at,
    }
    return bool(await insert_new(tx, inquiry, [row], returning=_c.id))


async def of(tx: Tx, guild_id: int, user_id: int, mark: str) -> Inquiry | None:
    """A member's inquiry about a company."""
    mine = and_(_c.guild_id == guild_id, _c.user_id == user_id, _c.mark == mark)
    row = (await tx.execute(select(*_FIELDS).where(mine))).mappings().first()
    return None if row is None else _inquiry(row)


async def due(tx: Tx, now: datetime, limit: int) -> list[Inquiry]:
    """Inquiries whose round is over, the oldest first."""
    over = select(*_FIELDS).where(_c.state == "asking", _c.next_at <= now).order_by(_c.next_at, _c.id)
    return [_inquiry(row) for row in (await tx.execute(over.limit(limit))).mappings()]


async def one_due(tx: Tx, inquiry_id: int, now: datetime) -> Inquiry | None:
    """The same one as it stands now; None when its round isn't over (any more)."""
    over = select(*_FIELDS).where(_c.id == inquiry_id, _c.state == "asking", _c.next_at <= now)
    row = (await tx.execute(over)).mappings().first()
    return None if row is None else _inquiry(row)


async def went_on(
    tx: Tx, inquiry_id: int, asked: Sequence[int], introduction_id: int | None, next_at: datetime
) -> None:
    """The next round has begun, or begins later."""
    values = {
        "asked": "\n".join(map(str, asked)),
        "introduction_id": introduction_id,
        "next_at": next_at,
    }
    await tx.execute(update(inquiry).where(_c.id == inquiry_id).values(values))


async def end(tx: Tx, inquiry_id: int, state: State) -> None:
    await tx.execute(update(inquiry).where(_c.id == inquiry_id).values(state=state, next_at=None))


def _inquiry(row: RowMapping) -> Inquiry:
    asked = tuple(int(one) for one in row["asked"].split("\n") if one)
    return Inquiry(**{**row, "asked": asked})
