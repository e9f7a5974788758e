"""The only SQL of cases, their entries and looks into members' records."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import RowMapping, and_, func, insert, select, update

from bot.people.cases import Case, Deed, Entry, Look, Readers, Report, State, a_number
from bot.people.members import Key
from bot.storage import Tx
from bot.storage.tables import case_entry, case_file, look, member

_c = case_file.c
_FIELDS = [_c[name] for name in Case.__dataclass_fields__]
MOST_LISTED = 25  # cases of one list


# -- who looks after safety ----------------------------------------------------------------------


async def seat(tx: Tx, key: Key, holds: bool, now: datetime) -> None:
    """Remember whether somebody looks after safety. Discord lists a role's holders only with the members intent."""
    mine = and_(member.c.guild_id == key.guild_id, member.c.user_id == key.user_id)
    await tx.execute(update(member).where(mine).values(safety_at=now if holds else None))


async def seated(tx: Tx, guild_id: int) -> list[int]:
    """Who looked after safety here when they last pressed something."""
    holders = select(member.c.user_id).where(
        member.c.guild_id == guild_id, member.c.safety_at.is_not(None), member.c.left_at.is_(None)
    )
    return list((await tx.execute(holders.order_by(member.c.user_id))).scalars())


# -- cases ---------------------------------------------------------------------------------------


async def add(
    tx: Tx, key: Key, report: Report, words: str, quote: str, readers: Readers, now: datetime
) -> int:
    """Keep a report as an open case; gives its number. Only one unit of work at a time writes, so it is free."""
    taken = select(_c.number).where(_c.guild_id == key.guild_id)
    number = a_number(set((await tx.execute(taken)).scalars()), secrets.randbelow)
    await tx.execute(
        insert(case_file).values(
            guild_id=key.guild_id,
            number=number,
            by_id=key.user_id,
            about_id=report.about_id,
            words=words,
            channel_id=report.channel_id,
            message_id=report.message_id,
            quote=quote,
            readers=readers,
            state="open",
            made_at=now,
            changed_at=now,
        )
    )
    return number


async def one(tx: Tx, guild_id: int, number: int) -> Case | None:
    which = select(*_FIELDS).where(_c.guild_id == guild_id, _c.number == number)
    row = (await tx.execute(which)).mappings().first()
    return _case(row) if row else None


async def unsettled(tx: Tx, guild_id: int) -> list[Case]:
    """Cases of a server that are not closed, the oldest first."""
    waiting = select(*_FIELDS).where(_c.guild_id == guild_id, _c.state != "closed")
    return [_case(row) for row in (await tx.execute(waiting.order_by(_c.id))).mappings()]


async def made_by(tx: Tx, key: Key) -> list[Case]:
    """What this member reported, the newest first; at most MOST_LISTED."""
    mine = select(*_FIELDS).where(_c.guild_id == key.guild_id, _c.by_id == key.user_id)
    rows = await tx.execute(mine.order_by(_c.id.desc()).limit(MOST_LISTED))
    return [_case(row) for row in rows.mappings()]


async def open_of(tx: Tx, key: Key) -> tuple[int, datetime | None]:
    """(how many of this member's cases are not closed, when they made their last one)."""
    mine = and_(_c.guild_id == key.guild_id, _c.by_id == key.user_id)
    count = select(func.count()).where(mine, _c.state != "closed")
    last = select(func.max(_c.made_at)).where(mine)
    return (await tx.execute(count)).scalar_one(), (await tx.execute(last)).scalar_one()


async def about(tx: Tx, guild_id: int, user_id: int) -> list[Case]:
    """Every case about this member, the oldest first."""
    theirs = select(*_FIELDS).where(_c.guild_id == guild_id, _c.about_id == user_id)
    return [_case(row) for row in (await tx.execute(theirs.order_by(_c.id))).mappings()]


async def unclaimed(tx: Tx) -> list[Case]:
    """Cases for those who look after safety that nobody took. In every server; each is told to its own."""
    waiting = select(*_FIELDS).where(_c.readers == "safety", _c.state == "open")
    return [_case(row) for row in (await tx.execute(waiting.order_by(_c.id))).mappings()]


async def turn(tx: Tx, case: Case, state: State, claimed_by: int | None, now: datetime) -> None:
    changed = update(case_file).where(_c.id == case.id, _c.guild_id == case.guild_id)
    await tx.execute(changed.values(state=state, claimed_by=claimed_by, changed_at=now))


async def enter(tx: Tx, case: Case, by: int, kind: Deed, words: str, now: datetime) -> None:
    """Write down who did what."""
    await tx.execute(insert(case_entry).values(case_id=case.id, by_id=by, kind=kind, words=words, at=now))


async def entries(tx: Tx, case: Case) -> list[Entry]:
    """What was done with a case, the oldest first."""
    c = case_entry.c
    done = select(c.by_id, c.kind, c.words, c.at).where(c.case_id == case.id)
    return [Entry(*row) for row in await tx.execute(done.order_by(c.id))]


def _case(row: RowMapping) -> Case:
    return Case(**row)


# -- looks ---------------------------------------------------------------------------------------


async def log_look(tx: Tx, key: Key, by: int, what: str, case_number: int | None, now: datetime) -> None:
    """Somebody looks into this member's record."""
    values = {"guild_id": key.guild_id, "member_id": key.user_id, "by_id": by, "what": what}
    await tx.execute(insert(look).values(values | {"case_number": case_number, "at": now}))


async def looks(tx: Tx, key: Key) -> list[Look]:
    """Who looked into this member's record, the newest first."""
    c = look.c
    theirs = select(c.by_id, c.what, c.case_number, c.at).where(
        c.guild_id == key.guild_id, c.member_id == key.user_id
    )
    return [Look(*row) for row in await tx.execute(theirs.order_by(c.id.desc()))]
