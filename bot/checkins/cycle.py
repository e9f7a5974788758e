"""How one week of one group goes on, and what becomes of those who said nothing in it. Pure.

scheduled ──▶ open ──▶ digested ──▶ final        skipped: a holiday, a group at rest, or nobody was there to open it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from bot.checkins import week as weeks
from bot.checkins.streak import fold
from bot.checkins.streak import repairs as repairs
from bot.checkins.values import Cycle, CycleState, Group, MemberWeek, Outage, WeekState

Step = Literal["open", "digest", "final", "skip"]

SHORTEST_START = timedelta(hours=24)  # of the week it stands in, for that to be a new group's first

NOTED_OUTAGE = timedelta(hours=1)  # longer ones make a week longer
MOST_EXTRA = timedelta(hours=72)  # by which outages make a week longer; beyond, it counts for nobody
MOST_BLOCKED = timedelta(hours=24)  # of a group's channel; beyond, the week counts for nobody

_STATES: dict[Step, CycleState] = {"open": "open", "digest": "digested", "final": "final", "skip": "skipped"}


# -- which weeks there are --------------------------------------------------------------------------


def first_week(group: Group, now: datetime) -> date:
    """The first week of a new group, or of one that comes back: this one, if a day of it is left, by its clock."""
    this = weeks.week_of(now, group.zone)
    return this if now + SHORTEST_START <= weeks.due_at(this, group.zone) else this + weeks.WEEK


def following(group: Group, last: date, now: datetime) -> date:
    """The week to be scheduled after that one. Weeks in which nobody was there are not made up for."""
    return max(last + weeks.WEEK, first_week(group, now))


def next_cycle(group: Group, week: date, *, holiday: bool) -> Cycle:
    """That week of that group before it opens; its id is 0 until it is kept. Questions are chosen anew at opening."""
    opens_at = weeks.opens_at(group, week)
    skipped = holiday or group.state != "active"
    return Cycle(
        id=0,
        group_id=group.id,
        guild_id=group.guild_id,
        week=week,
        state="skipped" if skipped else "scheduled",
        template=group.template,
        question=group.question,
        starter="",
        opens_at=opens_at,
        digest_at=weeks.digest_at(group, week),
        final_at=weeks.final_at(week),
        next_at=None if skipped else opens_at,
    )


# -- how one goes on --------------------------------------------------------------------------------


def step(cycle: Cycle, now: datetime) -> Step | None:
    """What is to be done with it now; ask again when that is done. None: nothing yet, or no more.

    It opens late as long as somebody can check in, and is skipped after that. Digest and settling always come.
    """
    when = due(cycle)
    if when is None or now < when:
        return None
    if cycle.state == "scheduled":
        return "open" if now < cycle.final_at else "skip"
    return "digest" if cycle.state == "open" else "final"


def stepped(cycle: Cycle, done: Step) -> Cycle:
    """The cycle after that."""
    after = replace(cycle, state=_STATES[done])
    return replace(after, next_at=due(after))


def due(cycle: Cycle) -> datetime | None:
    """When it goes on by itself: what `next_at` is to be. None: it is over."""
    return {"scheduled": cycle.opens_at, "open": cycle.digest_at, "digested": cycle.final_at}.get(cycle.state)


def extended(cycle: Cycle, outage: Outage) -> Cycle:
    """The cycle after an outage: longer by what it lost, or an amnesty where that is too much.

    Time is lost from a day before the first member's week is due (Saturday 09:00 UTC) till nobody can be late any
    more. An outage that reaches beyond the end counts whole: what it adds must not lie inside it.
    """
    from_at = max(outage.from_at, _counts_from(cycle.week))
    is_over = due(cycle) is None or from_at >= cycle.final_at
    if is_over or outage.length <= NOTED_OUTAGE or outage.until_at <= from_at:
        return cycle
    lost = cycle.extra + (outage.until_at - from_at)
    extra = min(lost, MOST_EXTRA)
    longer = replace(
        cycle,
        extra=extra,
        final_at=cycle.final_at + extra - cycle.extra,
        amnesty=cycle.amnesty or lost > MOST_EXTRA,
    )
    return replace(longer, next_at=due(longer))


# -- what becomes of a member's week ----------------------------------------------------------------


def settled(one: MemberWeek, before: Sequence[WeekState], cycle: Cycle, paused: bool) -> WeekState:
    """What a member's week is when its cycle is final. before: the states of their weeks before it, oldest first.

    paused: a pause covers it. Reasons that cost nobody anything come first, then a freeze that is held.
    """
    if one.state != "pending":
        return one.state
    if cycle.amnesty:
        return "amnesty"
    if one.first or paused or cycle.state == "skipped" or cycle.blocked > MOST_BLOCKED:
        return "excused"
    return "frozen" if fold(before).freezes else "missed"


def _counts_from(week: date) -> datetime:
    return datetime.combine(week + timedelta(days=weeks.SATURDAY), time(9), UTC)
