"""The only SQL of histories: what all of a member's weeks were, and no more of each.

A history comes as one text and is taken apart here. Week by week, as a row each, it took three times as long.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import String, and_, bindparam, case, cast, exists, func, literal, or_, select

from bot.checkins.joining import Glance
from bot.checkins.store.members import Seat
from bot.checkins.values import WeekState
from bot.storage import Tx
from bot.storage.tables import member_week

_c = member_week.c
_SPOKEN = or_(and_(_c.submitted_at.is_not(None), _c.withdrawn_at.is_(None)), _c.goals != "")


def _history(week: Any, *others: Any) -> Any:
    """Of many rows one text that `_weeks` reads; no value may hold a space or a comma."""
    told = week
    for other in others:
        told = told + literal(" ") + cast(other, String)
    return func.aggregate_strings(told, ",")


def _weeks(history: str) -> list[list[Any]]:
    """The values of each week, the oldest first: ISO dates come first, and sort by themselves."""
    return [week.split(" ") for week in sorted(history.split(","))]


# -- those of members in their groups ------------------------------------------------------------

_GLANCES = (
    select(
        _c.group_id,
        _c.user_id,
        _history(_c.week, _c.id, _c.cycle_id, _c.state, case((_SPOKEN, "1"), else_="0")),
    )
    .where(
        _c.guild_id.in_(bindparam("guilds", expanding=True)),
        _c.user_id.in_(bindparam("users", expanding=True)),
        _c.group_id.in_(bindparam("groups", expanding=True)),
    )
    .group_by(_c.group_id, _c.user_id)
)


async def glances(
    tx: Tx, guild_ids: Collection[int], seats: Collection[Seat]
) -> dict[Seat, tuple[Glance, ...]]:
    """All weeks of these, the oldest first."""
    users, groups = {user_id for _, user_id in seats}, {group_id for group_id, _ in seats}
    asked = {"guilds": sorted(guild_ids), "users": sorted(users), "groups": sorted(groups)}
    on = cache(date.fromisoformat)  # a few dozen among thousands of weeks
    return {
        (group_id, user_id): tuple(
            [
                Glance(int(number), int(cycle_id), on(week), state, spoken == "1")
                for week, number, cycle_id, state, spoken in _weeks(history)
            ]
        )
        for group_id, user_id, history in await tx.execute(_GLANCES, asked)
    }


# -- what lies before weeks that are to be settled -----------------------------------------------


@dataclass(frozen=True, slots=True)
class Before:
    """The weeks of one member before the one that is settled, oldest first. now: what that one is so far."""

    now: WeekState
    ids: list[int]
    states: list[WeekState]


_earlier = member_week.alias("earlier")
_h = _earlier.c
_EARLIER = and_(
    _h.guild_id == _c.guild_id, _h.user_id == _c.user_id, _h.group_id == _c.group_id, _h.week < _c.week
)
_x = member_week.alias("slip").c
_SLIPPED = exists().where(
    _x.guild_id == _c.guild_id,
    _x.user_id == _c.user_id,
    _x.group_id == _c.group_id,
    _x.week < _c.week,
    _x.week >= bindparam("lately"),
    _x.state == "missed",
)
_BEFORE = (
    select(_c.cycle_id, _c.user_id, _c.state, _history(_h.week, _h.id, _h.state))
    .select_from(member_week.join(_earlier, _EARLIER))
    .where(_c.cycle_id.in_(bindparam("cycles", expanding=True)), or_(_c.state == "pending", _SLIPPED))
    .group_by(_c.cycle_id, _c.user_id, _c.state)
)


async def before(tx: Tx, cycle_ids: Collection[int], lately: date) -> dict[tuple[int, int], Before]:
    """(cycle, member) → what was before, of those in these cycles for whom it matters.

    They said nothing yet, or a week of theirs since `lately` was missed.
    """
    asked = {"cycles": list(cycle_ids), "lately": lately.isoformat()}
    found: dict[tuple[int, int], Before] = {}
    for cycle_id, user_id, now, history in await tx.execute(_BEFORE, asked):
        weeks = _weeks(history)
        ids, states = [int(number) for _, number, _ in weeks], [state for _, _, state in weeks]
        found[cycle_id, user_id] = Before(now, ids, states)
    return found
