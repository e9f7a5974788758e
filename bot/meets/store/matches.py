"""The only SQL of matches: who meets whom, what they said of it, and their debriefs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, insert, select, update

from bot.meets.values import Answer, Kind, Match, Room
from bot.storage import Tx, insert_new
from bot.storage.tables import beat, meet_answer, meet_debrief, meet_match, meet_member, member
from bot.storage.types import EPOCH

_c, _m, _a, _d, _b = meet_match.c, meet_member.c, meet_answer.c, meet_debrief.c, beat.c
_MATCH = [field.name for field in fields(Match) if field.name != "members"]
_PLACE = ("about", "thread_id", "thread_at", "tried_at", "parted")
_ROOM = [_c[name] for name in (*_MATCH, *_PLACE)]
_ANSWER = [field.name for field in fields(Answer)]


# -- matches -------------------------------------------------------------------------------------


async def add(tx: Tx, one: Match, about: str, reasons: Mapping[int, str], next_at: datetime) -> int:
    """Drawn now; its thread is opened by the next beat. reasons: member → as they may read them. Gives its id."""
    row = {name: getattr(one, name) for name in _MATCH if name != "id"}
    row |= {"week": one.week.isoformat(), "about": about, "next_at": next_at}
    row |= {"thread_at": one.drawn_at, "parted": False}
    number: int = (await tx.execute(insert(meet_match).values(row).returning(_c.id))).scalar_one()
    theirs = [
        {
            "match_id": number,
            "user_id": user_id,
            "guild_id": one.guild_id,
            "place": place,
            "reasons": reasons.get(user_id, ""),
        }
        for place, user_id in enumerate(one.members)
    ]
    await tx.execute(insert(meet_member), theirs)
    return number


async def keep(tx: Tx, one: Match, next_at: datetime | None) -> None:
    """Its state and how often it was asked. next_at: what is to come of it next; None: nothing."""
    values = {"state": one.state, "asked": one.asked, "next_at": next_at}
    await tx.execute(update(meet_match).where(_c.id == one.id).values(values))


async def part(tx: Tx, match_ids: Iterable[int], now: datetime) -> None:
    """Nobody stays in the threads of these, which are closed. Twice is once."""
    which = update(meet_match).where(_c.id.in_(sorted(match_ids)), ~_c.parted)
    await tx.execute(which.values(parted=True, thread_at=now))


async def one(tx: Tx, guild_id: int, match_id: int) -> Room | None:
    found = await rooms(tx, _c.guild_id == guild_id, _c.id == match_id)
    return found[0] if found else None


async def some(tx: Tx, match_ids: Collection[int]) -> dict[int, Room]:
    """By their ids, as far as they are there."""
    return {one.match.id: one for one in await rooms(tx, _c.id.in_(sorted(match_ids)))}


async def of_members(tx: Tx, guild_id: int, user_ids: Collection[int]) -> list[Room]:
    """Those that one of these is in, or was, the newest first."""
    theirs = select(_m.match_id).where(_m.guild_id == guild_id, _m.user_id.in_(sorted(user_ids)))
    found = await rooms(tx, _c.guild_id == guild_id, _c.id.in_(theirs))
    return found[::-1]


async def since(tx: Tx, guild_id: int, kind: Kind, week: date) -> list[Match]:
    """A server's of one kind that were drawn in that week or later."""
    which = (_c.guild_id == guild_id, _c.kind == kind, _c.week >= week.isoformat())
    return [one.match for one in await rooms(tx, *which)]


async def due(tx: Tx, now: datetime, without: Collection[int], limit: int) -> list[Match]:
    """Those whose members are to be asked by now, or that are over; but in these servers."""
    which = (_c.next_at <= now, _c.guild_id.not_in(sorted(without)))
    return [one.match for one in await rooms(tx, *which, limit=limit)]


async def of_leavers(tx: Tx, limit: int) -> list[Room]:
    """Those that are not over and whose members left the server, some of them."""
    gone = and_(member.c.guild_id == _m.guild_id, member.c.user_id == _m.user_id, member.c.left_at > EPOCH)
    inside = select(_m.user_id).select_from(meet_member.join(member, gone)).where(_m.match_id == _c.id)
    return await rooms(tx, _c.next_at > EPOCH, _c.state == "drawn", inside.exists(), limit=limit)


async def rooms(tx: Tx, *which: ColumnElement[bool], limit: int | None = None) -> list[Room]:
    """The oldest first."""
    rows = list((await tx.execute(select(*_ROOM).where(*which).order_by(_c.id).limit(limit))).mappings())
    inside = await _inside(tx, [row["id"] for row in rows])
    return [_room(row, inside[row["id"]]) for row in rows]


async def _inside(tx: Tx, ids: Sequence[int]) -> dict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    if ids:
        asked = select(_m.match_id, _m.user_id).where(_m.match_id.in_(ids))
        for match_id, user_id in await tx.execute(asked.order_by(_m.match_id, _m.place)):
            found[match_id].append(user_id)
    return found


def _room(row: Mapping[Any, Any], inside: Sequence[int]) -> Room:
    values = {name: row[name] for name in _MATCH} | {"week": date.fromisoformat(row["week"])}
    return Room(Match(**values, members=tuple(inside)), **{name: row[name] for name in _PLACE})


async def reasons(tx: Tx, match_id: int) -> dict[int, str]:
    """Member → why the other one, as they may read it; "" where nothing is said."""
    asked = select(_m.user_id, _m.reasons).where(_m.match_id == match_id)
    return {user_id: text for user_id, text in await tx.execute(asked)}


# -- what they say -------------------------------------------------------------------------------


async def say(tx: Tx, guild_id: int, one: Answer) -> None:
    """A second answer for the same week replaces the first."""
    row = {name: getattr(one, name) for name in _ANSWER} | {"guild_id": guild_id}
    mine = (_a.match_id == one.match_id, _a.user_id == one.user_id, _a.turn == one.turn)
    if not (await tx.execute(update(meet_answer).where(*mine).values(row))).rowcount:
        await insert_new(tx, meet_answer, [row], returning=_a.turn)


async def answers(tx: Tx, match_ids: Collection[int]) -> dict[int, list[Answer]]:
    """Match → what its members said; also those where none did."""
    found: dict[int, list[Answer]] = {one: [] for one in match_ids}
    asked = select(*(_a[name] for name in _ANSWER)).where(_a.match_id.in_(sorted(match_ids)))
    for row in await tx.execute(asked.order_by(_a.match_id, _a.turn, _a.user_id)):
        found[row.match_id].append(Answer(*row))
    return found


async def debrief(tx: Tx, match_id: int, user_id: int) -> dict[str, bool]:
    """Their own answers, by the id of each check."""
    asked = select(_d.answers).where(_d.match_id == match_id, _d.user_id == user_id)
    text = (await tx.execute(asked)).scalar()
    answers: dict[str, bool] = json.loads(text) if text else {}
    return answers


async def keep_debrief(
    tx: Tx, guild_id: int, match_id: int, user_id: int, answers: Mapping[str, bool], now: datetime
) -> None:
    row: dict[str, Any] = {"match_id": match_id, "user_id": user_id, "guild_id": guild_id}
    row |= {"answers": json.dumps(dict(answers)), "changed_at": now}
    mine = (_d.match_id == match_id, _d.user_id == user_id)
    if not (await tx.execute(update(meet_debrief).where(*mine).values(row))).rowcount:
        await insert_new(tx, meet_debrief, [row], returning=_d.user_id)


# -- who looked ----------------------------------------------------------------------------------

_LOOKED = "meets/looked"
_KEEP = update(beat).where(_b.name == _LOOKED).values(at=bindparam("moment"))


async def looked_at(tx: Tx) -> datetime | None:
    """Until when new blocks and guards have parted those who meet; None: never yet."""
    at: datetime | None = (await tx.execute(select(_b.at).where(_b.name == _LOOKED))).scalar()
    return at


async def look(tx: Tx, now: datetime) -> None:
    """Every block and guard until now has parted whom it parts."""
    if not (await tx.execute(_KEEP, {"moment": now})).rowcount:
        await insert_new(tx, beat, [{"name": _LOOKED, "at": now}], returning=_b.name)
