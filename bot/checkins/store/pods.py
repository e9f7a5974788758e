"""The only SQL of pods, who is in them, and what their threads wait for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from bot.checkins.store import beats
from bot.checkins.store.weeks import WHOLE, week_of
from bot.checkins.values import MemberWeek, Pod
from bot.storage import Tx
from bot.storage.tables import beat, checkin_group, cycle, group_member, member_week, pod, pod_member
from bot.storage.types import EPOCH

_p, _m, _w = pod.c, pod_member.c, member_week.c
_FIELDS = [_p[field.name] for field in fields(Pod) if field.name != "members"]
_STANDS = _p.ended_at.is_(None)
_INSIDE = and_(_m.pod_id == _p.id, _m.left_at.is_(None), _STANDS)
_SPEAKS = and_(_w.submitted_at.is_not(None), _w.withdrawn_at.is_(None), _w.hidden_at.is_(None))
_TAKING = and_(cycle.c.next_at > EPOCH, cycle.c.state.in_(["open", "digested"]))

Seat = tuple[int, int]
"""(pod, member)"""

_LOOKED = "pods/looked"
_DRAWN = "pods/"  # and the group's id


# -- what a beat looks for -----------------------------------------------------------------------


def _strays() -> Select[int, int]:
    g, c = group_member.c, checkin_group.c
    theirs = and_(g.group_id == _p.group_id, g.user_id == _m.user_id)
    inside = pod_member.join(pod, _INSIDE).join(checkin_group, c.id == _p.group_id)
    no_more = or_(g.user_id.is_(None), g.left_at.is_not(None), ~g.wants_pod, ~c.pods, c.state == "ended")
    return select(_m.pod_id, _m.user_id).select_from(inside.outerjoin(group_member, theirs)).where(no_more)


def _undrawn() -> Select[int, str]:
    c = checkin_group.c
    drawn = beat.c.name == literal(_DRAWN) + cast(c.id, Text)
    open_now = cycle.join(checkin_group, c.id == cycle.c.group_id).outerjoin(beat, drawn)
    not_yet = or_(beat.c.at.is_(None), beat.c.at < cycle.c.opens_at)
    asked = select(cycle.c.group_id, cycle.c.week).select_from(open_now)
    return asked.where(_TAKING, c.pods, c.state == "active", not_yet)


_ENTRY = (_m.pod_id, _p.group_id, _p.guild_id, _p.thread_id, _m.user_id)
_ENTRIES = select(*_ENTRY).join(pod, _p.id == _m.pod_id).where(_p.thread_id.is_not(None))
_COMING = _ENTRIES.where(_STANDS, _m.left_at.is_(None), _m.let_in_at.is_(None))
_LEAVING = _ENTRIES.where(_m.left_at.is_not(None), _m.let_out_at.is_(None))
_STRAYS, _UNDRAWN = _strays(), _undrawn()
_UNOPENED = (_p.thread_id.is_(None), _STANDS)
_ELSE = (_UNDRAWN, select(_p.id).where(*_UNOPENED), _COMING, _LEAVING)
# Strays are counted: for an EXISTS, PostgreSQL looks up every member one by one.
_STRAY_COUNT = select(func.count()).select_from(_STRAYS.subquery()).scalar_subquery()
_DUE = select(or_(*(asked.exists() for asked in _ELSE), _STRAY_COUNT > 0))


async def anything_due(tx: Tx) -> bool:
    """Is there a stray, a week without pods, or a thread to be opened or entered? One question each beat."""
    due: bool = (await tx.execute(_DUE)).scalar_one()
    return due


# -- pods ----------------------------------------------------------------------------------------


async def one(tx: Tx, pod_id: int) -> Pod | None:
    found = await _all(tx, _p.id == pod_id)
    return found[0] if found else None


async def standing(tx: Tx, group_id: int) -> list[Pod]:
    """A group's pods that have not ended, the oldest first."""
    return await _all(tx, _p.group_id == group_id, _STANDS)


async def of_members(tx: Tx, guild_id: int, user_ids: Collection[int]) -> list[Pod]:
    """The pods in a server that one of these is in now."""
    theirs = select(_m.pod_id).where(
        _m.guild_id == guild_id, _m.user_id.in_(list(user_ids)), _m.left_at.is_(None)
    )
    return await _all(tx, _p.guild_id == guild_id, _p.id.in_(theirs), _STANDS)


async def _all(tx: Tx, *which: ColumnElement[bool]) -> list[Pod]:
    rows = list((await tx.execute(select(*_FIELDS).where(*which).order_by(_p.id))).mappings())
    ids = [row["id"] for row in rows]
    asked = select(_m.pod_id, _m.user_id).where(_m.pod_id.in_(ids), _m.left_at.is_(None))
    members: defaultdict[int, list[int]] = defaultdict(list)
    if ids:
        for pod_id, user_id in await tx.execute(asked.order_by(_m.since, _m.user_id)):
            members[pod_id].append(user_id)
    return [Pod(**row, members=tuple(members[row["id"]])) for row in rows]


async def names(tx: Tx, guild_id: int) -> list[str]:
    """Of every pod that a server ever had."""
    return list((await tx.execute(select(_p.name).where(_p.guild_id == guild_id))).scalars())


async def add(
    tx: Tx, guild_id: int, group_id: int, name: str, user_ids: Collection[int], now: datetime
) -> int:
    """A new pod with these in it; gives its id."""
    row = {"guild_id": guild_id, "group_id": group_id, "name": name, "made_at": now}
    made: int = (await tx.execute(insert(pod).values(row).returning(_p.id))).scalar_one()
    await join(tx, guild_id, made, user_ids, now)
    return made


async def join(tx: Tx, guild_id: int, pod_id: int, user_ids: Collection[int], now: datetime) -> None:
    """These are in it from now on, also those who were once before."""
    if not user_ids:
        return
    await tx.execute(delete(pod_member).where(_m.pod_id == pod_id, _m.user_id.in_(list(user_ids))))
    rows = [{"pod_id": pod_id, "user_id": one, "guild_id": guild_id, "since": now} for one in user_ids]
    await tx.execute(insert(pod_member), rows)


async def leave(tx: Tx, seats: Iterable[Seat], now: datetime) -> None:
    """These are in it no more. A pod without anybody has ended."""
    for pod_id, user_id in seats:
        which = update(pod_member).where(_m.pod_id == pod_id, _m.user_id == user_id, _m.left_at.is_(None))
        await tx.execute(which.values(left_at=now))
        nobody = ~exists().where(_m.pod_id == pod_id, _m.left_at.is_(None))
        await tx.execute(update(pod).where(_p.id == pod_id, _STANDS, nobody).values(ended_at=now))


# -- who belongs in one --------------------------------------------------------------------------


async def wanting(tx: Tx, group_id: int) -> list[int]:
    """Who in a group wants to be in a pod."""
    g = group_member.c
    asked = select(g.user_id).where(g.group_id == group_id, g.left_at.is_(None), g.wants_pod)
    return list((await tx.execute(asked.order_by(g.user_id))).scalars())


async def want(tx: Tx, group_id: int, user_id: int, wants: bool) -> None:
    g = group_member.c
    which = update(group_member).where(g.group_id == group_id, g.user_id == user_id)
    await tx.execute(which.values(wants_pod=wants))


async def strays(tx: Tx) -> list[Seat]:
    """Who is in a pod and should not be: they left the group, want none any more, or it has no pods now."""
    asked = _STRAYS.order_by(_m.pod_id, _m.user_id)
    return [(pod_id, user_id) for pod_id, user_id in await tx.execute(asked)]


async def looked_at(tx: Tx) -> datetime | None:
    """Until when new blocks and guards have parted pods."""
    return await beats.at(tx, _LOOKED)


async def look(tx: Tx, now: datetime) -> None:
    """Every block and guard until now has parted whom it parts."""
    await beats.keep(tx, _LOOKED, now)


async def together(tx: Tx, group_id: int, since: datetime) -> dict[int, frozenset[int]]:
    """Member → with whom they were in a pod of this group at some time from that moment on; only those who were."""
    asked = select(_m.pod_id, _m.user_id, _m.since, _m.left_at).where(
        _m.pod_id.in_(select(_p.id).where(_p.group_id == group_id)),
        or_(_m.left_at.is_(None), _m.left_at > since),
    )
    pods: defaultdict[int, list[tuple[int, datetime, datetime | None]]] = defaultdict(list)
    for pod_id, user_id, from_at, left_at in await tx.execute(asked):
        pods[pod_id].append((user_id, from_at, left_at))
    met: defaultdict[int, set[int]] = defaultdict(set)
    for inside in pods.values():
        for one, from_at, left_at in inside:
            met[one] |= {
                other
                for other, other_from, other_left in inside
                if other != one
                and (left_at is None or other_from < left_at)
                and (other_left is None or from_at < other_left)
            }
    return {user_id: frozenset(others) for user_id, others in met.items()}


async def left_since(tx: Tx, group_id: int, since: datetime) -> dict[int, frozenset[int]]:
    """Member → the pods of this group that they left since then; only those who did."""
    asked = select(_m.user_id, _m.pod_id).where(
        _m.pod_id.in_(select(_p.id).where(_p.group_id == group_id)), _m.left_at > since
    )
    left: defaultdict[int, set[int]] = defaultdict(set)
    for user_id, pod_id in await tx.execute(asked):
        left[user_id].add(pod_id)
    return {user_id: frozenset(pods) for user_id, pods in left.items()}


async def last_states(tx: Tx, group_id: int, before: date, count: int) -> dict[int, list[str]]:
    """Member → what became of their weeks in the last so many weeks of a group before that one."""
    here = (_w.group_id == group_id, _w.week < before.isoformat())
    last = select(_w.week).where(*here).distinct().order_by(_w.week.desc()).limit(count)
    asked = select(_w.user_id, _w.state).where(*here, _w.week.in_(last))
    found: defaultdict[int, list[str]] = defaultdict(list)
    for user_id, state in await tx.execute(asked):
        found[user_id].append(state)
    return found


# -- openings ------------------------------------------------------------------------------------


async def undrawn(tx: Tx) -> dict[int, date]:
    """Group → its week, of those that are open and for which pods were not drawn yet."""
    rows = (await tx.execute(_UNDRAWN.order_by(cycle.c.week))).all()
    return {group_id: date.fromisoformat(week) for group_id, week in rows}


async def drawn(tx: Tx, group_id: int, now: datetime) -> None:
    """Pods were drawn for every week of this group that is open by now."""
    await beats.keep(tx, f"{_DRAWN}{group_id}", now)


async def waiting_until(tx: Tx, group_ids: Collection[int]) -> dict[int, datetime]:
    """Group → when its threads are tried again, of those that were refused."""
    called = {_blocked(group_id): group_id for group_id in group_ids}
    return {called[name]: at for name, at in (await beats.each(tx, called)).items()}


async def wait_until(tx: Tx, group_id: int, at: datetime | None) -> None:
    """None: its threads are not refused any more."""
    if at is None:
        await beats.forget(tx, _blocked(group_id))
    else:
        await beats.keep(tx, _blocked(group_id), at)


def _blocked(group_id: int) -> str:
    return f"{_DRAWN}{group_id}/refused"


# -- threads -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody to be let into a thread, or out of it."""

    pod_id: int
    group_id: int
    guild_id: int
    thread_id: int
    user_id: int


async def unopened(tx: Tx) -> list[Pod]:
    """Those that wait for a thread, the oldest first."""
    return await _all(tx, *_UNOPENED)


async def to_let_in(tx: Tx) -> list[Entry]:
    asked = _COMING.order_by(_m.pod_id, _m.since, _m.user_id)
    return [Entry(*row) for row in await tx.execute(asked)]


async def to_let_out(tx: Tx) -> list[Entry]:
    """Also those of whom we don't know that they were let in: it may have been done, and not been noted."""
    asked = _LEAVING.order_by(_m.pod_id, _m.user_id)
    return [Entry(*row) for row in await tx.execute(asked)]


async def tried(tx: Tx, pod_id: int, now: datetime) -> None:
    """Its thread may be there from now on."""
    await tx.execute(update(pod).where(_p.id == pod_id, _p.tried_at.is_(None)).values(tried_at=now))


async def opened(tx: Tx, pod_id: int, thread_id: int) -> None:
    await tx.execute(update(pod).where(_p.id == pod_id).values(thread_id=thread_id))


async def lost(tx: Tx, pod_id: int, opened_before: datetime) -> bool:
    """Its thread was deleted: another one is opened, and everybody let in anew. False for one that is newer."""
    which = update(pod).where(_p.id == pod_id, _p.thread_id.is_not(None), _p.tried_at <= opened_before)
    if not (await tx.execute(which.values(thread_id=None, tried_at=None))).rowcount:
        return False
    theirs = update(pod_member).where(_m.pod_id == pod_id, _m.left_at.is_(None))
    await tx.execute(theirs.values(let_in_at=None))
    return True


async def of_threads(tx: Tx, thread_ids: Collection[int]) -> list[int]:
    """The pods whose threads these are."""
    return list((await tx.execute(select(_p.id).where(_p.thread_id.in_(sorted(thread_ids))))).scalars())


async def let_in(tx: Tx, pod_id: int, user_id: int, now: datetime) -> datetime | None:
    """They are inside; gives since when they are a member, None when they left meanwhile."""
    which = and_(_m.pod_id == pod_id, _m.user_id == user_id)
    await tx.execute(update(pod_member).where(which).values(let_in_at=now))
    since: datetime | None = (await tx.execute(select(_m.since).where(which, _m.left_at.is_(None)))).scalar()
    return since


async def let_out(tx: Tx, pod_id: int, user_id: int, now: datetime) -> None:
    """They are outside; but for somebody who has come back meanwhile."""
    which = and_(_m.pod_id == pod_id, _m.user_id == user_id, _m.left_at.is_not(None))
    await tx.execute(update(pod_member).where(which).values(let_out_at=now))


# -- cards ---------------------------------------------------------------------------------------


async def cardless(tx: Tx, group_id: int, user_ids: Sequence[int]) -> list[MemberWeek]:
    """What these said to their pods in weeks that are open, and that was promised to no place yet."""
    open_now = select(cycle.c.id).where(_TAKING, cycle.c.group_id == group_id)
    waiting = (_w.user_id.in_(list(user_ids)), _w.circle == "pod", _SPEAKS, _w.card_place_id.is_(None))
    asked = WHOLE.where(_w.cycle_id.in_(open_now), *waiting).order_by(_w.submitted_at, _w.id)
    return [week_of(row) for row in (await tx.execute(asked)).all()]
