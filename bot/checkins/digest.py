"""A week of a group in one message. It knows nothing but what its members let everybody in the group see. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.checkins.messages import Digest, Line
from bot.checkins.stats import FEWEST, visible
from bot.checkins.values import Cycle, Goal, Group, MemberWeek
from bot.people.members import Member


@dataclass(frozen=True, slots=True)
class Name:
    """How a member may be called in a digest. name: a pen name. user_id 0 and no name: "a member"."""

    user_id: int = 0
    name: str = ""


def name_of(user_id: int, pen_name: str, member: Member | None) -> Name:
    """A pen name hides who it is. Without one they are named only if they let a digest do so."""
    if pen_name:
        return Name(name=pen_name)
    return Name(user_id) if member is not None and member.opens("digest") else Name()


def digest(group: Group, cycle: Cycle, weeks: Iterable[MemberWeek], names: Mapping[int, Name]) -> Digest:
    """names: of those who have something in it, by user id. Counts of fewer than five people are not told.

    Lines stand in the order in which they were sent. Who is absent changes nothing.
    """
    seen = visible(weeks)
    reviewing = [one for one in seen if one.said.reviewed]
    goals = [goal for one in reviewing for goal in one.said.reviewed] if len(reviewing) >= FEWEST else []
    return Digest(
        guild_id=group.guild_id,
        group_id=group.id,
        cycle_id=cycle.id,
        group=group.name,
        week=cycle.week,
        checkins=len(seen) if len(seen) >= FEWEST else 0,
        finished=_finished(goals),
        goes_on=len(goals) - _finished(goals),
        wins=tuple(_line(one, one.said.win, names) for one in seen if one.said.win),
        wanted=tuple(_line(one, one.said.ideas, names) for one in seen if one.said.ideas),
        still_open=cycle.state in ("open", "digested"),
        final_at=cycle.final_at,
    )


def spoken(weeks: Iterable[MemberWeek]) -> set[int]:
    """Whose names a digest of these needs."""
    return {one.user_id for one in visible(weeks) if one.said.win or one.said.ideas}


def _line(one: MemberWeek, text: str, names: Mapping[int, Name]) -> Line:
    called = names.get(one.user_id, Name())
    return Line(one.id, called.user_id, called.name, text)


def _finished(goals: Iterable[Goal]) -> int:
    return sum(goal.done for goal in goals)
