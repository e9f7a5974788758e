"""The only SQL of introductions, and of who may want to be found."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, RowMapping, and_, insert, or_, select, update

from bot.people.introductions import Introduction, State
from bot.people.members import Key
from bot.storage import Tx
from bot.storage.tables import introduction, member

_c = introduction.c
_FIELDS = [_c[name] for name in Introduction.__dataclass_fields__]


async def perhaps_found(tx: Tx, guild_id: int) -> list[int]:
    """Members here whose door may be open; `bot.people.find` decides."""
    m = member.c
    opened = or_(m.private.is_(False), m.opened.contains("found"))
    here = select(m.user_id).where(m.guild_id == guild_id, m.left_at.is_(None), opened)
    return list((await tx.execute(here.order_by(m.user_id))).scalars())


async def add(
    tx: Tx, key: Key, asked_id: int, words: str, state: State, now: datetime, lapses_at: datetime
) -> int:
    """Keep an ask of this member; gives its id. A state other than "asked" is settled from the start."""
    values = {
        "guild_id": key.guild_id,
        "asker_id": key.user_id,
        "asked_id": asked_id,
        "words": words,
        "state": state,
        "asked_at": now,
        "lapses_at": lapses_at,
        "settled_at": None if state == "asked" else now,
    }
    made: int = (await tx.execute(insert(introduction).values(values).returning(_c.id))).scalar_one()
    return made


async def one(tx: Tx, guild_id: int, introduction_id: int) -> Introduction | None:
    found = await _some(tx, and_(_c.guild_id == guild_id, _c.id == introduction_id))
    return found[0] if found else None


async def asked_by(tx: Tx, key: Key, since: datetime) -> list[Introduction]:
    """This member's asks since a moment, and older ones that have not lapsed by then; the oldest first."""
    mine = and_(_c.guild_id == key.guild_id, _c.asker_id == key.user_id)
    return await _some(tx, and_(mine, or_(_c.asked_at >= since, _c.lapses_at >= since)))


async def asked_of(tx: Tx, key: Key, now: datetime) -> list[Introduction]:
    """Asks that this member could answer now, the oldest first."""
    mine = and_(_c.guild_id == key.guild_id, _c.asked_id == key.user_id)
    return await _some(tx, and_(mine, _c.state == "asked", _c.lapses_at > now))


async def accepted_of(tx: Tx, key: Key, since: datetime) -> list[Introduction]:
    """Introductions of this member that came about since a moment, whoever asked; the oldest first."""
    mine = or_(_c.asker_id == key.user_id, _c.asked_id == key.user_id)
    came = and_(_c.guild_id == key.guild_id, mine, _c.state == "accepted", _c.settled_at >= since)
    return await _some(tx, came)


async def between(tx: Tx, key: Key, asked_id: int) -> list[Introduction]:
    """Every ask of this member to that one, the oldest first."""
    return await _some(
        tx, and_(_c.guild_id == key.guild_id, _c.asker_id == key.user_id, _c.asked_id == asked_id)
    )


async def settle(tx: Tx, one: Introduction, state: State, now: datetime) -> bool:
    """Settle what still waits; False when it was settled already."""
    waiting = and_(_c.id == one.id, _c.guild_id == one.guild_id, _c.state == "asked")
    settled = update(introduction).where(waiting).values(state=state, settled_at=now)
    return (await tx.execute(settled)).rowcount == 1


async def lapse(tx: Tx, now: datetime) -> int:
    """What nobody answered in time has lapsed; gives how many. In every server: nothing of them meets here."""
    late = update(introduction).where(_c.state == "asked", _c.lapses_at <= now)
    return (await tx.execute(late.values(state="lapsed", settled_at=now))).rowcount


async def _some(tx: Tx, which: ColumnElement[bool]) -> list[Introduction]:
    rows = await tx.execute(select(*_FIELDS).where(which).order_by(_c.id))
    return [_introduction(row) for row in rows.mappings()]


def _introduction(row: RowMapping) -> Introduction:
    return Introduction(**row)
