"""The only SQL of members' weeks: who is expected, what became of each, what others may see of them.

What a member says is written by `saying`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import BigInteger, Integer, and_, bindparam, exists, func, or_, select, type_coerce, update

from bot.checkins.values import Goal, MemberWeek, Said, WeekState
from bot.storage import Each, Tx, insert_new
from bot.storage.tables import group_member, group_pause, member, member_week, thank

_c = member_week.c
_SAID = tuple(field.name for field in fields(Said))
_PLAIN = tuple(field.name for field in fields(MemberWeek) if field.name != "said")
_OWN = tuple(name for name in _PLAIN if name != "id")
_own, _said = attrgetter(*_OWN), attrgetter(*_SAID)
_FIELDS = [_c[name] for name in (*_PLAIN, *_SAID)]
WHOLE = select(*_FIELDS)  # built once: the columns take longer than the rest of a question
_SPEAKS = and_(_c.submitted_at.is_not(None), _c.withdrawn_at.is_(None), _c.hidden_at.is_(None))
_IN_GROUP = and_(_c.circle == "group", _SPEAKS)


# -- who is expected -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Expected:
    """A member of a group as a new week needs them. zone: None: not told.

    counted: since they joined they had a week that they were expected in.
    """

    group_id: int
    guild_id: int
    user_id: int
    joined_at: datetime
    remind_day: int | None
    remind_minute: int
    zone: str | None
    counted: bool


_earlier = member_week.alias("earlier")
_h = _earlier.c
_m = group_member.c
_EARLY_ENOUGH = timedelta(days=4) // timedelta(microseconds=1)  # from a Thursday to the end of its Sunday
_COUNTED = exists().where(
    _h.guild_id == _m.guild_id,
    _h.user_id == _m.user_id,
    _h.group_id == _m.group_id,
    or_(_h.first, _h.state != "excused"),
    type_coerce(_h.due_at, BigInteger) > type_coerce(_m.joined_at, BigInteger) + _EARLY_ENOUGH,
)
_ROSTER = (
    select(
        _m.group_id,
        _m.guild_id,
        _m.user_id,
        _m.joined_at,
        _m.remind_day,
        _m.remind_minute,
        member.c.zone,
        _COUNTED.label("counted"),
    )
    .select_from(
        group_member.outerjoin(member, and_(member.c.guild_id == _m.guild_id, member.c.user_id == _m.user_id))
    )
    .where(
        _m.group_id.in_(bindparam("groups", expanding=True)),
        _m.left_at.is_(None),
        member.c.left_at.is_(None),  # the server; whoever is back within 90 days is back here, too
    )
    .order_by(_m.group_id, _m.user_id)
)


async def roster(tx: Tx, group_ids: Collection[int]) -> list[Expected]:
    """Everybody in these groups."""
    return [Expected(*row) for row in (await tx.execute(_ROSTER, {"groups": list(group_ids)})).all()]


async def pauses(tx: Tx, group_ids: Collection[int], since: date) -> list[tuple[int, int, date, date]]:
    """(group, member, first week, last week) of pauses that are not over before that week."""
    p = group_pause.c
    asked = select(p.group_id, p.user_id, p.first_week, p.last_week).where(
        p.group_id.in_(list(group_ids)), p.last_week >= since.isoformat()
    )
    return [
        (group_id, user_id, date.fromisoformat(first), date.fromisoformat(last))
        for group_id, user_id, first, last in await tx.execute(asked)
    ]


async def add(tx: Tx, weeks: Iterable[MemberWeek]) -> list[int]:
    """Keep these new ones, whatever their ids say; gives the ids of those that were not there."""
    return await insert_new(tx, member_week, [row_of(one) for one in weeks], returning=_c.id)


# -- what became of them -------------------------------------------------------------------------


async def pending(tx: Tx, cycle_ids: Collection[int]) -> list[MemberWeek]:
    """The weeks in these cycles of those who have said nothing."""
    waiting = (_c.cycle_id.in_(list(cycle_ids)), _c.state == "pending")
    rows = (await tx.execute(WHOLE.where(*waiting).order_by(_c.id))).all()
    return [week_of(row) for row in rows]


async def of_leavers(tx: Tx, cycle_ids: Collection[int]) -> set[int]:
    """Which weeks in these cycles are of members who have left the server."""
    left = and_(
        member.c.guild_id == _c.guild_id, member.c.user_id == _c.user_id, member.c.left_at.is_not(None)
    )
    asked = select(_c.id).select_from(member_week.join(member, left)).where(_c.cycle_id.in_(list(cycle_ids)))
    return set((await tx.execute(asked)).scalars())


_SETTLE = Each(
    update(member_week).where(_c.id == bindparam("row")).values(state=bindparam("became"), remind_at=None),
    ("row", "became"),
)


async def settle(tx: Tx, states: Mapping[int, WeekState]) -> None:
    """These are what they are for good, and nobody is reminded of them any more."""
    await _SETTLE.run(tx, list(states.items()))


async def excuse(tx: Tx, cycle_ids: Collection[int]) -> None:
    """Whoever has said nothing in these need not."""
    if not cycle_ids:
        return
    waiting = update(member_week).where(_c.cycle_id.in_(list(cycle_ids)), _c.state == "pending")
    await tx.execute(waiting.values(state="excused", remind_at=None))


# -- silence -------------------------------------------------------------------------------------


async def spoke_again(tx: Tx, cycle_ids: Collection[int]) -> None:
    """Whoever checked in in these may be written to anew when silence comes back."""
    done = exists().where(
        _c.cycle_id.in_(list(cycle_ids)),
        _c.group_id == _m.group_id,
        _c.user_id == _m.user_id,
        _c.state.in_(["on_time", "late"]),
    )
    await tx.execute(update(group_member).where(_m.drift_told > 0, done).values(drift_told=0))


async def drifting(tx: Tx, group_ids: Collection[int]) -> list[tuple[int, int, int]]:
    """(group, member, of how many silent weeks they were told) of those who asked to be written to in silence."""
    asked = select(_m.group_id, _m.user_id, _m.drift_told).where(
        _m.group_id.in_(list(group_ids)), _m.left_at.is_(None), _m.drift
    )
    return [(group_id, user_id, told) for group_id, user_id, told in await tx.execute(asked)]


_TOLD = (
    update(group_member)
    .where(_m.group_id == bindparam("group"), _m.user_id == bindparam("user"))
    .values(drift_told=bindparam("weeks"))
)


async def drift_told(tx: Tx, told: Mapping[tuple[int, int], int]) -> None:
    """(group, member) → of how many silent weeks they are told now."""
    if told:
        rows = [{"group": group, "user": user, "weeks": weeks} for (group, user), weeks in told.items()]
        await tx.execute(_TOLD, rows)


# -- reminders -----------------------------------------------------------------------------------


_TO_REMIND = (  # built once: each beat asks
    WHOLE.where(_c.remind_at <= bindparam("now"))
    .order_by(_c.remind_at, _c.id)
    .limit(bindparam("most", type_=Integer))
)


async def to_remind(tx: Tx, now: datetime, limit: int) -> list[MemberWeek]:
    """Those of whom a reminder is due, the first that was due first."""
    rows = (await tx.execute(_TO_REMIND, {"now": now, "most": limit})).all()
    return [week_of(row) for row in rows]


_REMIND = update(member_week).where(_c.id == bindparam("row")).values(remind_at=bindparam("at"))


async def remind_at(tx: Tx, moments: Mapping[int, datetime | None]) -> None:
    """When these are looked at again for a reminder; None: never."""
    if moments:
        await tx.execute(_REMIND, [{"row": number, "at": at} for number, at in moments.items()])


# -- what others may see -------------------------------------------------------------------------


async def visible(tx: Tx, cycle_ids: Collection[int]) -> list[MemberWeek]:
    """The check-ins that everybody in the group may see, in the order in which they were sent."""
    asked = WHOLE.where(_c.cycle_id.in_(list(cycle_ids)), _IN_GROUP)
    rows = await tx.execute(asked.order_by(_c.submitted_at, _c.id))
    return [week_of(row) for row in rows.all()]


async def cardless(tx: Tx, cycle_ids: Collection[int]) -> list[MemberWeek]:
    """Those of them whose card was promised to no place yet."""
    waiting = (_c.cycle_id.in_(list(cycle_ids)), _IN_GROUP, _c.card_place_id.is_(None))
    rows = await tx.execute(WHOLE.where(*waiting).order_by(_c.submitted_at, _c.id))
    return [week_of(row) for row in rows.all()]


async def cards_stand(tx: Tx, week_ids: Collection[int], place_id: int) -> None:
    """Their cards are promised to this place."""
    await tx.execute(update(member_week).where(_c.id.in_(list(week_ids))).values(card_place_id=place_id))


async def cards_move(tx: Tx, week_ids: Collection[int]) -> None:
    """Their cards can't stand where they were promised: they are to be promised anew."""
    which = update(member_week).where(_c.id.in_(list(week_ids)))
    await tx.execute(which.values(card_place_id=None))


async def shown(tx: Tx, guild_id: int, group_id: int, limit: int, offset: int) -> list[MemberWeek]:
    """What everybody in a group may see or could before it was hidden, the newest first."""
    spoken = (_c.submitted_at.is_not(None), _c.withdrawn_at.is_(None), _c.circle == "group")
    asked = WHOLE.where(_c.guild_id == guild_id, _c.group_id == group_id, *spoken)
    newest = asked.order_by(_c.week.desc(), _c.submitted_at.desc(), _c.id.desc())
    rows = await tx.execute(newest.limit(limit).offset(offset))
    return [week_of(row) for row in rows.all()]


async def visible_of(tx: Tx, guild_id: int, group_id: int) -> list[MemberWeek]:
    """Every check-in of a group that everybody in it may see, the oldest first."""
    here = (_c.guild_id == guild_id, _c.group_id == group_id, _IN_GROUP)
    rows = await tx.execute(WHOLE.where(*here).order_by(_c.week, _c.submitted_at, _c.id))
    return [week_of(row) for row in rows.all()]


async def count_visible(tx: Tx, guild_id: int, group_id: int) -> int:
    """How many check-ins of a group everybody in it may see."""
    here = (_c.guild_id == guild_id, _c.group_id == group_id, _IN_GROUP)
    return (await tx.execute(select(func.count()).select_from(member_week).where(*here))).scalar_one()


async def count_seen(tx: Tx, guild_id: int, group_ids: Collection[int], since: date) -> dict[int, int]:
    """Group → how many people let it see a check-in in or after this week; those without anybody are left out."""
    here = (
        _c.guild_id == guild_id,
        _c.group_id.in_(list(group_ids)),
        _c.week >= since.isoformat(),
        _IN_GROUP,
    )
    asked = select(_c.group_id, func.count(_c.user_id.distinct())).where(*here)
    return {group_id: number for group_id, number in await tx.execute(asked.group_by(_c.group_id))}


async def thanks(tx: Tx, week_ids: Collection[int]) -> list[tuple[int, int]]:
    """(week, who gave it) of the thanks for these."""
    t = thank.c
    asked = select(t.week_id, t.giver_id).where(t.week_id.in_(list(week_ids)))
    return [(week_id, giver_id) for week_id, giver_id in await tx.execute(asked)]


# -- a member's own ------------------------------------------------------------------------------


async def one(tx: Tx, guild_id: int, week_id: int) -> MemberWeek | None:
    asked = WHOLE.where(_c.guild_id == guild_id, _c.id == week_id)
    row = (await tx.execute(asked)).first()
    return None if row is None else week_of(row)


async def of_member(
    tx: Tx, guild_id: int, user_id: int, group_ids: Collection[int] | None = None
) -> list[MemberWeek]:
    """A member's own weeks, of these groups or of all, the oldest first."""
    asked = WHOLE.where(_c.guild_id == guild_id, _c.user_id == user_id)
    if group_ids is not None:
        asked = asked.where(_c.group_id.in_(list(group_ids)))
    return [week_of(row) for row in (await tx.execute(asked.order_by(_c.week, _c.id))).all()]


async def hide(tx: Tx, guild_id: int, week_id: int, at: datetime | None) -> None:
    """A moderator hides a card, or shows it again."""
    which = update(member_week).where(_c.guild_id == guild_id, _c.id == week_id)
    await tx.execute(which.values(hidden_at=at))


# -- rows and values -----------------------------------------------------------------------------


def week_of(row: Sequence[Any]) -> MemberWeek:
    """The value of a row of `WHOLE`. Each column is told by its place: by its name, it took twice as long."""
    number, cycle_id, group_id, guild_id, user_id, week, *others, circle, place_id = row[: len(_PLAIN)]
    reviewed, learned, goals, if_then, going, answer, ideas, win = row[len(_PLAIN) :]
    said = Said(_goals(reviewed), learned, _goals(goals), if_then, going or "unsaid", answer, ideas, win)
    day = date.fromisoformat(week)
    one: list[Any] = [
        number,
        cycle_id,
        group_id,
        guild_id,
        user_id,
        day,
        *others,
        circle or None,
        said,
        place_id,
    ]
    return MemberWeek(*one)


def row_of(one: MemberWeek) -> dict[str, Any]:
    """Its columns but the id."""
    row = dict(zip(_OWN, _own(one), strict=True))
    row["week"] = one.week.isoformat()
    row["circle"] = one.circle or ""
    return row | said_columns(one.said)


def said_columns(said: Said) -> dict[str, Any]:
    """The columns of what a member says."""
    columns = dict(zip(_SAID, _said(said), strict=True))
    columns["reviewed"], columns["goals"] = goals_text(said.reviewed), goals_text(said.goals)
    columns["going"] = "" if said.going == "unsaid" else said.going
    return columns


def goals_text(goals: Sequence[Goal]) -> str:
    """Goals as their column has them: "" for none, else JSON [[text, done], …]."""
    return _to_json([[goal.text, goal.done] for goal in goals]) if goals else ""


_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@lru_cache(4_096)  # those of a member's last weeks are read with each check-in
def _goals(text: str) -> tuple[Goal, ...]:
    return tuple(Goal(words, done) for words, done in json.loads(text)) if text else ()
