"""How a group's week goes on, what an outage does to it, and what becomes of those who said nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.checkins import week as weeks
from bot.checkins.cycle import (
    MOST_BLOCKED,
    MOST_EXTRA,
    NOTED_OUTAGE,
    due,
    extended,
    first_week,
    following,
    next_cycle,
    settled,
    step,
    stepped,
)
from bot.checkins.streak import fold, repairs
from bot.checkins.values import DONE, Cycle, GroupState, Outage, WeekState
from tests.checkins.values import WEEK, cycle, group, member_week, utc

HOUR, INSTANT = timedelta(hours=1), timedelta(microseconds=1)
NEXT = WEEK + weeks.WEEK
OPENS, DIGEST, FINAL = utc(4, 9), utc(7, 18), utc(9, 12)
COUNTS_FROM = utc(5, 9)


# -- which weeks there are -------------------------------------------------------------------------


def test_a_new_group_begins_in_the_week_it_stands_in_if_a_day_of_it_is_left() -> None:
    """By its own clock: from Sunday 00:00 on the next one is the first."""
    assert first_week(group(), utc(0)) == WEEK
    assert first_week(group(), utc(4, 12)) == WEEK  # after its opening moment: it opens at once
    assert first_week(group(), utc(6)) == WEEK
    assert first_week(group(), utc(6) + INSTANT) == NEXT
    assert first_week(group(zone="Pacific/Kiritimati"), utc(6) - 14 * HOUR + INSTANT) == NEXT


def test_one_week_follows_the_other_and_those_without_anybody_are_not_made_up_for() -> None:
    """A bot that comes back after four weeks goes on with the week it is."""
    assert following(group(), WEEK, utc(4, 9)) == NEXT
    assert following(group(), WEEK, utc(30)) == WEEK + 4 * weeks.WEEK
    assert following(group(), date(2026, 12, 28), utc(0, week=date(2026, 12, 28))) == date(2027, 1, 4)


def test_a_week_is_planned_with_its_moments() -> None:
    """It waits for its opening."""
    planned = next_cycle(group(template="small", question="And?"), WEEK, holiday=False)
    assert (planned.state, planned.week, planned.template, planned.question) == (
        "scheduled",
        WEEK,
        "small",
        "And?",
    )
    assert (planned.opens_at, planned.digest_at, planned.final_at) == (OPENS, DIGEST, FINAL)
    assert planned.next_at == OPENS
    assert (planned.extra, planned.amnesty, planned.starter) == (timedelta(), False, "")


@pytest.mark.parametrize(("state", "holiday"), [("active", True), ("paused", False), ("ended", False)])
def test_a_holiday_or_a_group_at_rest_skips_the_week(state: GroupState, holiday: bool) -> None:
    """Nothing is to be done in it, ever."""
    planned = next_cycle(group(state=state), WEEK, holiday=holiday)
    assert planned.state == "skipped"
    assert planned.next_at is None
    assert step(planned, utc(400)) is None


# -- how one goes on -------------------------------------------------------------------------------


def walked(one: Cycle, now: datetime) -> tuple[list[str], Cycle]:
    """All that is to be done by then, in order."""
    done: list[str] = []
    while (what := step(one, now)) is not None:
        assert one.next_at is not None
        assert one.next_at <= now
        done.append(what)
        one = stepped(one, what)
    assert one.next_at is None or one.next_at > now
    return done, one


def test_a_week_opens_tells_its_digest_and_is_settled_each_at_its_moment() -> None:
    """Once each, not a microsecond early."""
    one = cycle()
    for moment, what, state in (
        (OPENS, "open", "open"),
        (DIGEST, "digest", "digested"),
        (FINAL, "final", "final"),
    ):
        assert walked(one, moment - INSTANT) == ([], one)
        done, one = walked(one, moment)
        assert (done, one.state) == ([what], state)
        assert walked(one, moment) == ([], one)
    assert one.next_at is None
    assert step(one, utc(1_000)) is None


@pytest.mark.parametrize(
    ("hours", "done"),
    [
        (0, ["open"]),
        (80, ["open"]),
        (81, ["open", "digest"]),  # Monday 18:00
        (122, ["open", "digest"]),
        (123, ["skip"]),  # Wednesday 12:00: nobody can check in any more
        (5_000, ["skip"]),
    ],
)
def test_a_bot_that_comes_late_opens_while_the_window_is_open(hours: int, done: list[str]) -> None:
    """After that the week is skipped: there is nothing to tell of it, and it counts for nobody."""
    assert walked(cycle(), OPENS + hours * HOUR)[0] == done


def test_digest_and_settling_come_however_late() -> None:
    """A week that was open is never left unsettled."""
    opened = stepped(cycle(), "open")
    assert walked(opened, utc(500))[0] == ["digest", "final"]


@given(st.lists(st.integers(0, 30 * 24), max_size=12).map(sorted))
def test_each_step_is_done_at_most_once_whenever_it_is_asked(hours: list[int]) -> None:
    """Whatever the beats: the steps come in their order, none twice, none left out."""
    one, done = cycle(), []
    for hour in hours:
        steps, one = walked(one, utc(0, hour % 24) + timedelta(days=hour // 24))
        done += steps
    assert done in (["open", "digest", "final"][: len(done)], ["skip"])
    assert one.next_at == due(one)


# -- outages ---------------------------------------------------------------------------------------


def away(since: datetime, hours: float) -> Outage:
    return Outage(since, since + hours * HOUR)


def extra(one: Cycle, *outages: Outage) -> float:
    """Hours by which these make it longer."""
    for outage in outages:
        one = extended(one, outage)
    assert one.final_at == weeks.final_at(one.week) + one.extra
    assert one.next_at == due(one)
    return one.extra / HOUR


@pytest.mark.parametrize(
    ("since", "hours", "longer"),
    [
        (utc(5, 12), 1, 0),  # an hour is not noted
        (utc(5, 12), 1.5, 1.5),
        (utc(5, 7), 2, 0),  # over when time begins to count
        (utc(5, 7), 4, 2),
        (utc(9, 10), 2, 2),
        (utc(9, 10), 8, 8),  # what it adds doesn't lie inside it
        (utc(9, 12), 8, 0),  # nobody could be late any more
        (utc(1), 24, 0),
    ],
)
def test_an_outage_makes_the_week_longer_by_what_it_took(
    since: datetime, hours: float, longer: float
) -> None:
    """From Saturday 9:00 UTC, a day before anybody's week is due, till Wednesday 12:00."""
    assert extra(cycle(state="digested"), away(since, hours)) == longer


def test_an_outage_moves_the_end_and_not_the_digest() -> None:
    """Whatever the cycle waits for: only a settling that is awaited comes later."""
    outage = away(utc(6), 10)
    for state, next_at in (("scheduled", OPENS), ("open", DIGEST), ("digested", FINAL + 10 * HOUR)):
        longer = extended(cycle(state=state), outage)
        assert (longer.opens_at, longer.digest_at) == (OPENS, DIGEST)
        assert (longer.final_at, longer.next_at) == (FINAL + 10 * HOUR, next_at)
    for state in ("final", "skipped"):
        over = cycle(state=state)
        assert extended(over, outage) == over


def test_outages_add_up_to_72_hours_and_beyond_it_is_an_amnesty() -> None:
    """72 hours are made up for in full; a minute more and the week counts for nobody."""
    thirty = away(utc(5, 9), 30), away(utc(7), 30)
    assert extra(cycle(), *thirty) == 60
    full = extended(extended(extended(cycle(), thirty[0]), thirty[1]), away(utc(9), 12))
    assert (full.extra, full.amnesty) == (MOST_EXTRA, False)
    over = extended(full, away(utc(11), 2))
    assert (over.extra, over.amnesty) == (MOST_EXTRA, True)
    assert extended(cycle(), away(utc(-20), 24 * 60)).amnesty
    assert extended(cycle(amnesty=True), away(utc(6), 2)).amnesty  # it is not taken back


def test_an_outage_over_the_end_is_made_up_for_after_it() -> None:
    """H4, H8: away from before the reminder till after FINAL: the week is still open then, and settled later."""
    opened = stepped(cycle(), "open")
    outage = away(utc(6), 86)  # Sunday 00:00 till Wednesday 14:00 UTC
    assert extended(opened, outage).amnesty
    shorter = away(utc(7), 62)  # Monday 00:00 till Wednesday 14:00
    longer = extended(opened, shorter)
    assert walked(longer, shorter.until_at)[0] == ["digest"]
    member = member_week("Pacific/Kiritimati")
    assert weeks.taken(member, longer, shorter.until_at, shorter.until_at) == "late"
    assert walked(longer, shorter.until_at + 60 * HOUR)[0] == ["digest", "final"]


outages = st.lists(st.tuples(st.integers(1, 60 * 60), st.integers(61, 60 * 60)), max_size=6).map(
    lambda gaps: list(_one_after_the_other(gaps))
)


def _one_after_the_other(gaps: list[tuple[int, int]]) -> list[Outage]:
    """Up and down in turn from the Thursday on, in minutes."""
    found, at = [], utc(3)
    for up, down in gaps:
        found.append(Outage(at + timedelta(minutes=up), at + timedelta(minutes=up + down)))
        at = found[-1].until_at
    return found


@given(outages, st.sampled_from(["Pacific/Kiritimati", "UTC", "Etc/GMT+12"]))
@example([away(utc(5, 9), 72)], "Pacific/Kiritimati")
@example([away(utc(3), 24 * 5 + 9)], "Pacific/Kiritimati")
def test_nobody_misses_a_week_without_a_day_in_which_it_was_open(down: list[Outage], zone: str) -> None:
    """H8: from the last group to open to the first member to be due: a day open and the bot there, or amnesty."""
    latest = group(zone="Etc/GMT+12", open_day=5, open_minute=24 * 60 - 1)
    one = cycle(latest)
    for outage in down:
        longer = extended(one, outage)
        assert longer.extra >= one.extra
        assert longer.amnesty >= one.amnesty
        one = longer
    end = weeks.end_of(member_week(zone), one)
    lost = sum(
        (max(min(outage.until_at, end) - max(outage.from_at, one.opens_at), timedelta()) for outage in down),
        timedelta(),
    )
    assert one.extra <= MOST_EXTRA
    assert one.amnesty or end - one.opens_at - lost >= 24 * HOUR
    assert end <= one.final_at


# -- what becomes of a member's week ---------------------------------------------------------------

OUT_OF_FREEZES: tuple[WeekState, ...] = ("frozen",)


def test_who_said_nothing_misses_the_week_only_when_nothing_speaks_for_them() -> None:
    """H6: a freeze that is held is used first."""
    one, over = member_week(), cycle(state="digested")
    assert settled(one, (), over, paused=False) == "frozen"
    assert settled(one, OUT_OF_FREEZES, over, paused=False) == "missed"
    assert settled(one, (*OUT_OF_FREEZES, "missed", "late"), over, paused=False) == "frozen"


def test_what_costs_nobody_anything_comes_before_a_freeze() -> None:
    """A first week, a pause, a skipped week, a channel out of reach for over a day; an outage before all of them."""
    one, over = member_week(), cycle(state="digested")
    assert settled(replace(one, first=True), (), over, paused=False) == "excused"
    assert settled(one, (), over, paused=True) == "excused"
    assert settled(one, (), cycle(state="skipped"), paused=False) == "excused"
    assert settled(one, (), replace(over, blocked=MOST_BLOCKED + INSTANT), paused=False) == "excused"
    assert settled(one, (), replace(over, blocked=MOST_BLOCKED), paused=False) == "frozen"
    worst = replace(over, amnesty=True, blocked=2 * MOST_BLOCKED)
    assert settled(replace(one, first=True), (), worst, paused=True) == "amnesty"


def test_what_is_settled_stays() -> None:
    """Settling again changes nothing: neither a check-in, nor what was decided before."""
    states: tuple[WeekState, ...] = ("on_time", "late", "excused", "amnesty", "frozen", "missed", "repaired")
    for state in states:
        for over in (cycle(state="digested"), cycle(state="digested", amnesty=True)):
            assert settled(member_week(state=state), (), over, paused=True) == state


@given(st.lists(st.sampled_from(["here", "here late", "silent", "paused", "outage"]), max_size=60))
def test_a_member_s_life_is_told_by_the_fold_alone(life: list[str]) -> None:
    """Settled week by week, with repairs: nothing is missed while a freeze is held, and no week takes two."""
    states: list[WeekState] = []
    for nth, what in enumerate(life):
        before = fold(states)
        over = cycle(state="digested", amnesty=what == "outage")
        said: WeekState = {"here": "on_time", "here late": "late"}.get(what, "pending")  # type: ignore[assignment]
        one = member_week(state=said, first=nth == 0)
        if one.state in DONE and repairs(states):
            states[-1] = "repaired"
        states.append(settled(one, states, over, paused=what == "paused"))
        now = fold(states)
        if what == "silent" and nth > 0:
            assert states[-1] == ("frozen" if before.freezes else "missed")
        if states[-1] == "frozen":
            assert (now.freezes, now.streak) == (before.freezes - 1, before.streak)
        if what in ("paused", "outage"):
            assert now == replace(before, repairable=False)
    assert states[:1] != ["missed"]


def test_the_limits_are_those_of_the_design() -> None:
    """An hour, three days, one day."""
    assert (NOTED_OUTAGE, MOST_EXTRA, MOST_BLOCKED) == (HOUR, 72 * HOUR, 24 * HOUR)
    assert datetime(2026, 11, 21, 9, tzinfo=UTC) == COUNTS_FROM
