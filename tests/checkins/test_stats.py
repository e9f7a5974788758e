"""A group in numbers: what counts, and that no number, and no difference of two, is made by fewer than five."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.stats import FEWEST, GroupStats, WeekStats, stats, visible
from bot.checkins.values import Circle, Goal, MemberWeek, Pod, Said
from tests.checkins.values import MADE, WEEK, member_week

SEVEN = timedelta(weeks=1)


def week(user_id: int, *done: bool, n: int = 0, circle: Circle = "group", **given: Any) -> MemberWeek:
    """The check-in of somebody n weeks ago, with goals that were finished or not."""
    said = Said(reviewed=tuple(Goal("goal", one) for one in done))
    fields: dict[str, Any] = {"submitted_at": MADE, "state": "on_time", **given}
    return member_week(
        week=WEEK - n * SEVEN, id=n * 1000 + user_id, user_id=user_id, circle=circle, said=said, **fields
    )


def pod(*members: int, ended: bool = False) -> Pod:
    return Pod(1, 1, 1, "Harbour", MADE, ended_at=MADE if ended else None, members=members)


# -- what counts ---------------------------------------------------------------------------------


def test_a_group_of_twenty() -> None:
    """Check-ins, goals planned and finished a week; members, pods and thanks once."""
    weeks = [week(user, True, user > 6) for user in range(1, 13)]
    pods = [pod(*range(1, 5)), pod(*range(5, 9)), pod(9, ended=True)]
    seen = stats(WEEK, range(1, 21), weeks, thanks=[(n, n + 1) for n in range(1, 7)], pods=pods, most=3)
    assert seen == GroupStats(
        weeks=(WeekStats(WEEK - 2 * SEVEN), WeekStats(WEEK - SEVEN), WeekStats(WEEK, 12, 24, 18)),
        members=20,
        pods=2,
        thanks=6,
    )
    assert seen.weeks[-1].number == 47


def test_only_what_the_whole_group_may_see_counts() -> None:
    """Neither a pod's nor a private one, neither one taken back nor one hidden, and no week without words."""
    unseen = [
        week(6, circle="pod"),
        week(7, circle="me"),
        week(8, withdrawn_at=MADE),
        week(9, hidden_at=MADE),
        week(10, submitted_at=None),
    ]
    shown = [week(user) for user in range(1, 6)]
    assert visible([*shown, *unseen]) == shown
    assert stats(WEEK, range(40), [*shown, *unseen]).weeks == stats(WEEK, range(40), shown).weeks
    assert stats(WEEK, range(40), shown).weeks[-1].checkins == 5


def test_thanks_for_what_is_not_seen_do_not_count() -> None:
    """A pod's thanks are the pod's."""
    weeks = [week(user, circle="pod") for user in range(1, 10)]
    assert stats(WEEK, range(40), weeks, thanks=[(n, n + 1) for n in range(1, 9)]).thanks is None


def test_weeks_off_and_the_groups_first_one() -> None:
    """A holiday is told as one; before the group began there is nothing."""
    seen = stats(WEEK, range(20), [], off=[WEEK - SEVEN], since=WEEK - 2 * SEVEN)
    assert [(one.week, one.off) for one in seen.weeks] == [
        (WEEK - 2 * SEVEN, False),
        (WEEK - SEVEN, True),
        (WEEK, False),
    ]
    assert len(stats(WEEK, [], []).weeks) == 12
    assert stats(WEEK - SEVEN, [], [], since=WEEK).weeks == ()


# -- what is not shown ---------------------------------------------------------------------------


def test_four_are_not_shown() -> None:
    """Nor is nobody: both are fewer than five."""
    assert stats(WEEK, range(20), [week(user) for user in range(4)]).weeks[-1].checkins is None
    assert stats(WEEK, range(20), []).weeks[-1].checkins is None
    assert stats(WEEK, range(4), []).members is None


def test_members_are_not_shown_where_they_would_tell_how_many_were_away() -> None:
    """Nine members beside seven check-ins say that two said nothing."""
    weeks = [week(user) for user in range(7)]
    assert stats(WEEK, range(9), weeks).members is None
    assert stats(WEEK, range(12), weeks).members == 12


def test_finished_goals_are_not_shown_where_they_would_tell_whose_go_on() -> None:
    """Six who planned, one of them with a goal that goes on: only how many were planned is told."""
    weeks = [week(user, True, user > 1) for user in range(1, 7)]
    assert stats(WEEK, range(30), weeks).weeks[-1] == WeekStats(WEEK, 6, 12, None)


def test_goals_of_few_are_not_shown_however_many_they_are() -> None:
    """People count, not goals: three may have planned fifteen."""
    weeks = [week(user, *([True] * 5 if user < 3 else [])) for user in range(8)]
    assert stats(WEEK, range(30), weeks).weeks[-1] == WeekStats(WEEK, 8, None, None)


def test_pods_are_not_shown_where_they_would_tell_who_has_none() -> None:
    """Two pods of four in a group of nine leave one; where members are not told, nobody can say so."""
    pods = [pod(*range(4)), pod(*range(4, 8))]
    assert stats(WEEK, range(9), [], pods=pods).pods is None
    assert stats(WEEK, range(13), [], pods=pods).pods == 2
    assert stats(WEEK, range(9), [week(user) for user in range(9)], pods=pods).pods == 2


@given(st.integers(0, 2**32), st.integers(0, 16), st.integers(3, 9))
def test_no_number_and_no_difference_tells_of_fewer_than_five(seed: int, most: int, tenths: int) -> None:
    """Behind every number stand five people at least, and five behind what is left when one is taken from another.

    most: of the members, who are here in any week; tenths: how often anybody does anything.
    """
    dice = Random(seed)

    def happens() -> bool:
        return dice.random() * 10 < tenths

    circles: tuple[Circle, ...] = (*("group",) * 8, "pod", "me")
    members = range(dice.randint(most, most + 8))
    weeks = [
        week(
            user,
            *(happens() for _ in range(dice.choice((0, 1, 1, 3)))),
            n=n,
            circle=dice.choice(circles),
        )
        for n in range(3)
        for user in range(most)
        if happens()
    ]
    thanks = {(dice.choice(weeks).id, dice.choice(members)) for _ in range(dice.randint(0, 30)) if weeks}
    pods = [pod(*range(start, start + 4)) for start in range(0, len(members) - 3, 4) if happens()]
    seen = stats(WEEK, members, weeks, thanks=thanks, pods=pods)
    for shown in seen.weeks:
        here = [one for one in visible(weeks) if one.week == shown.week]
        goals = [one.said.reviewed for one in here if one.said.reviewed]
        behind = {
            "checkins": len(here),
            "planned": len(goals),
            "finished": sum(any(goal.done for goal in some) for some in goals),
        }
        assert all(people >= FEWEST for name, people in behind.items() if getattr(shown, name) is not None)
        if shown.planned is not None and shown.finished is not None:
            assert sum(any(not goal.done for goal in some) for some in goals) >= FEWEST
        if seen.members is not None:
            assert seen.members - (shown.checkins or 0) >= FEWEST
    if seen.pods is not None:
        inside = {member for one in pods for member in one.members}
        assert len(inside) >= FEWEST
        assert seen.members is None or seen.members - len(inside) >= FEWEST
    if seen.thanks is not None:
        counted = {one.id: one.user_id for one in visible(weeks)}
        given_ = {(counted[week_id], giver) for week_id, giver in thanks if week_id in counted}
        assert min(len({author for author, _ in given_}), len({giver for _, giver in given_})) >= FEWEST
