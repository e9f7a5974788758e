"""A member's own weeks: what kind each is, whose goals count where, and all groups week by week."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any, get_args

from hypothesis import given
from hypothesis import strategies as st

from bot.checkins import streak
from bot.checkins.history import KINDS, Cell, Kind, Totals, cells, history, totals
from bot.checkins.values import DONE, NEITHER, Goal, MemberWeek, Result, Said, WeekState
from tests.checkins.values import MADE, WEEK, member_week

STATES: tuple[WeekState, ...] = get_args(WeekState)
SEVEN = timedelta(weeks=1)
NAMES = {1: "Remote job seekers", 2: "Designers"}


def week(n: int, state: WeekState = "on_time", group_id: int = 1, **given: Any) -> MemberWeek:
    """The n-th week, of a group."""
    number = n * 10 + group_id
    return member_week(
        week=WEEK + n * SEVEN, state=state, id=number, cycle_id=number, group_id=group_id, **given
    )


def goals(*done: bool) -> tuple[Goal, ...]:
    return tuple(Goal(f"goal {number}", one) for number, one in enumerate(done))


def reviewed(*done: bool) -> Said:
    return Said(reviewed=goals(*done))


# -- rows ----------------------------------------------------------------------------------------


def test_late_looks_like_on_time_and_all_that_excuses_looks_alike() -> None:
    """A week is shown in four kinds, and none of them tells why."""
    assert set(KINDS) == set(STATES)
    assert {KINDS[state] for state in DONE} == {"done"}
    assert {KINDS[state] for state in NEITHER} == {"off"}
    assert (KINDS["pending"], KINDS["missed"]) == ("open", "quiet")


def test_a_row_holds_everything_of_a_week() -> None:
    """The oldest first, whatever order they come in; with question, thanks and what was said."""
    said = Said(
        reviewed=goals(True, False, True), learned="Short notes", goals=goals(False), win="An interview"
    )
    one = week(1, said=said, circle="me", submitted_at=MADE, edited_at=MADE)
    seen = history([one, week(0, "missed")], NAMES, questions={11: "Who helped?"}, thanks={11: 4})
    first, second = seen.rows
    assert (first.kind, first.planned, first.said_at) == ("quiet", 0, None)
    assert (second.week, second.number, second.group) == (WEEK + SEVEN, 48, "Remote job seekers")
    assert (second.kind, second.finished, second.planned) == ("done", 2, 3)
    assert (second.said, second.circle, second.question, second.thanks) == (said, "me", "Who helped?", 4)
    assert (second.said_at, second.edited_at, second.taken_back) == (MADE, MADE, False)


def test_the_open_week_shows_its_plan() -> None:
    """What was planned last stands in the first open week, with what is ticked already, also over a quiet one."""
    plan = Said(goals=goals(True, False))
    seen = history([week(0, said=plan), week(1, "missed"), week(2, "pending"), week(3, "pending")], NAMES)
    assert [(row.finished, row.planned) for row in seen.rows] == [(0, 0), (0, 0), (1, 2), (0, 0)]


def test_each_group_has_a_standing_of_its_own() -> None:
    """The streak of one group knows nothing of the other's weeks."""
    seen = history([week(0), week(1, "missed"), week(0, "late", 2), week(1, "late", 2)], NAMES)
    assert (seen.standings[1].streak, seen.standings[2].streak) == (0, 2)


def test_results_stand_in_their_order() -> None:
    """The oldest week first, then as they were pinned."""
    later, first = Result(1, "B", WEEK + SEVEN, MADE), Result(2, "A", WEEK, MADE)
    assert history([], NAMES, [later, first]).results == (first, later)


@given(st.lists(st.sampled_from(STATES), max_size=30))
def test_the_standing_is_the_fold_of_the_weeks(states: list[WeekState]) -> None:
    """No count is kept beside it."""
    seen = history([week(n, state) for n, state in enumerate(states)], NAMES)
    assert dict(seen.standings) == ({1: streak.fold(states)} if states else {})


# -- week by week --------------------------------------------------------------------------------


def test_weeks_in_which_they_had_no_group_are_off() -> None:
    """There is no gap between the first and the last."""
    seen = cells(history([week(0), week(3, "pending")], NAMES))
    assert [one.kind for one in seen] == ["done", "off", "off", "open"]
    assert [one.week for one in seen] == [WEEK + n * SEVEN for n in range(4)]


def test_a_week_in_two_groups_is_one_week() -> None:
    """Kept in one is kept; the goals of both are added."""
    every = [
        week(0, "missed"),
        week(0, "late", 2, said=reviewed(True, False)),
        week(1, "excused"),
        week(1, "missed", 2),
    ]
    seen = history([*every, week(2, said=reviewed(True)), week(2, "on_time", 2, said=reviewed(False))], NAMES)
    assert cells(seen) == (
        Cell(WEEK, "done", 2, 1),
        Cell(WEEK + SEVEN, "quiet"),
        Cell(WEEK + 2 * SEVEN, "done", 2, 1),
    )
    assert seen.totals == totals(cells(seen)) == Totals(checkins=2, planned=4, finished=2)


@given(
    st.lists(st.tuples(st.integers(0, 90), st.sampled_from(STATES), st.integers(1, 3)), max_size=40),
    st.integers(1, 60),
)
def test_no_more_weeks_than_asked_for_and_the_newest_ones(
    every: list[tuple[int, WeekState, int]], most: int
) -> None:
    """They follow each other, end with the newest, and each is of a kind that one of its rows has, or off."""
    unique = {(n, group_id): week(n, state, group_id) for n, state, group_id in every}
    seen = history(unique.values(), NAMES)
    shown = cells(seen, most)
    assert len(shown) == min(most, (seen.rows[-1].week - seen.rows[0].week).days // 7 + 1 if seen.rows else 0)
    if shown:
        assert shown[-1].week == seen.rows[-1].week
        assert all(after.week - before.week == SEVEN for before, after in pairwise(shown))
    kinds: dict[date, set[Kind]] = {}
    for row in seen.rows:
        kinds.setdefault(row.week, set()).add(row.kind)
    assert all(one.kind in kinds.get(one.week, {"off"}) for one in shown)
