"""The only SQL of what members say in their weeks, and of the weeks as they see them themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from operator import itemgetter

from sqlalchemy import ColumnElement, and_, bindparam, delete, select, update

from bot.checkins.store.members import Seat
from bot.checkins.store.weeks import WHOLE, row_of, week_of
from bot.checkins.values import MemberWeek
from bot.storage import Each, Tx
from bot.storage.tables import member_week, pod, pod_member

_c = member_week.c
_AT_ONCE = 500  # ids in one question; databases have limits


# -- asking --------------------------------------------------------------------------------------

_IN_ORDER = (_c.week, _c.id)
_SOME = WHOLE.where(_c.id.in_(bindparam("ids", expanding=True))).order_by(*_IN_ORDER)


async def some(tx: Tx, week_ids: Collection[int]) -> list[MemberWeek]:
    """These, whole."""
    numbers = sorted(week_ids)
    found: list[MemberWeek] = []
    for start in range(0, len(numbers), _AT_ONCE):
        rows = await tx.execute(_SOME, {"ids": numbers[start : start + _AT_ONCE]})
        found += [week_of(row) for row in rows.all()]
    return found


async def one(tx: Tx, guild_id: int, user_id: int, week_id: int) -> MemberWeek | None:
    """A week of theirs; nobody else's."""
    found = await _all(tx, and_(_whose(guild_id, user_id), _c.id == week_id))
    return found[0] if found else None


async def _all(tx: Tx, which: ColumnElement[bool]) -> list[MemberWeek]:
    rows = await tx.execute(WHOLE.where(which).order_by(*_IN_ORDER))
    return [week_of(row) for row in rows.all()]


def _whose(guild_id: int, user_id: int) -> ColumnElement[bool]:
    return and_(_c.guild_id == guild_id, _c.user_id == user_id)


# -- keeping -------------------------------------------------------------------------------------

_FIXED = {"id", "cycle_id", "group_id", "guild_id", "user_id", "week", "hidden_at"}
_KEPT = tuple(column.name for column in member_week.columns if column.name not in _FIXED)
_KEEP = Each(
    update(member_week)
    .where(_c.id == bindparam("row_id"))
    .values({name: bindparam(f"row_{name}") for name in _KEPT}),
    ("row_id", *(f"row_{name}" for name in _KEPT)),
)
_kept = itemgetter(*_KEPT)


async def keep(tx: Tx, weeks: Iterable[MemberWeek]) -> None:
    """Write everything about these but whose they are and whether moderators hid them. Only of what was read in the
    same transaction."""
    await _KEEP.run(tx, [(week.id, *_kept(row_of(week))) for week in weeks])


async def excuse(
    tx: Tx, guild_id: int, seat: Seat, *, first: date | None = None, last: date | None = None
) -> None:
    """They need not say anything in these weeks, and are not reminded; by default in all that wait."""
    group_id, user_id = seat
    which = [_whose(guild_id, user_id), _c.group_id == group_id, _c.state == "pending"]
    which += [] if first is None else [_c.week >= first.isoformat()]
    which += [] if last is None else [_c.week <= last.isoformat()]
    await tx.execute(update(member_week).where(*which).values(state="excused", remind_at=None))


async def of_seat(tx: Tx, guild_id: int, seat: Seat) -> list[MemberWeek]:
    """All weeks of theirs in a group, whole."""
    return await _all(tx, and_(_whose(guild_id, seat[1]), _c.group_id == seat[0]))


async def erase(tx: Tx, guild_id: int, seat: Seat) -> None:
    """Forget all weeks of theirs in a group, with the thanks for them."""
    await tx.execute(delete(member_week).where(_whose(guild_id, seat[1]), _c.group_id == seat[0]))


# -- where their pods talk -----------------------------------------------------------------------


async def pod_threads(tx: Tx, seats: Collection[Seat]) -> dict[Seat, int]:
    """The threads of the pods that these are in now; those without one are left out."""
    inside = pod_member.join(pod, pod.c.id == pod_member.c.pod_id)
    asked = (
        select(pod.c.group_id, pod_member.c.user_id, pod.c.thread_id)
        .select_from(inside)
        .where(
            pod.c.group_id.in_(sorted({group_id for group_id, _ in seats})),
            pod_member.c.user_id.in_(sorted({user_id for _, user_id in seats})),
            pod.c.thread_id.is_not(None),
            pod.c.ended_at.is_(None),
            pod_member.c.left_at.is_(None),
        )
    )
    return {(group_id, user_id): thread for group_id, user_id, thread in await tx.execute(asked)}
