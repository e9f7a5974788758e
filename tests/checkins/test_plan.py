"""What somebody types becomes goals and lines; a check-in is judged by when it was sent. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins import plan
from bot.checkins.plan import Typed, checked_in, goals_of, said
from bot.checkins.values import Cycle, Goal, MemberWeek, Said, WeekState
from bot.checkins.week import GRACE
from bot.refusals import Refusal
from tests.checkins.values import cycle, member_week, utc

PLAN = (Goal("Portfolio"), Goal("Two letters"), Goal("Call Ines"))
SECOND = timedelta(seconds=1)


def texts(goals: tuple[Goal, ...]) -> list[str]:
    return [goal.text for goal in goals]


# -- goals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "goals"),
    [
        ("", []),
        (" \n\n  ", []),
        ("- Portfolio\n* Letters\n• Call\n– Rest", ["Portfolio", "Letters", "Call", "Rest"]),
        ("1. Portfolio\n2) Letters\n[ ] Call\n- [x] Rest", ["Portfolio", "Letters", "Call", "Rest"]),
        ("3.5 hours of study\n2 letters\n-5 kg", ["3.5 hours of study", "2 letters", "-5 kg"]),
        ("Portfolio\nportfolio\n1. PORTFOLIO", ["Portfolio"]),
        ("-\n1.\n[ ]\nPortfolio", ["Portfolio"]),
        ("  Port\u200bfolio   page \t now ", ["Portfolio page now"]),
    ],
)
def test_a_line_is_a_goal_without_its_bullet(typed: str, goals: list[str]) -> None:
    """Bullets, numbers and boxes go, numbers that belong to the goal stay, the same line twice is once."""
    assert texts(goals_of(typed)) == goals


def test_text_of_others_tools_stays_text() -> None:
    """Mentions, links and markdown are kept as they were typed: what they do is the gate's matter."""
    line = "Ask <@1> or @everyone: **read** [this](https://x.example) `now`"
    assert texts(goals_of(f"- {line}")) == [line]


def test_five_goals_are_taken_and_six_refused() -> None:
    """The sixth isn't dropped behind anybody's back."""
    five = "\n".join(f"goal {n}" for n in range(5))
    assert len(goals_of(five)) == plan.MOST_GOALS
    with pytest.raises(Refusal) as refusal:
        goals_of(f"{five}\none more")
    assert (refusal.value.reason, refusal.value.facts) == ("too_many_goals", {"limit": 5, "count": 6})


def test_a_goal_is_one_line_of_120_characters() -> None:
    """One character more is refused with its beginning, so that they find it."""
    assert texts(goals_of("x" * 120)) == ["x" * 120]
    with pytest.raises(Refusal) as refusal:
        goals_of("x" * 121)
    assert refusal.value.reason == "goal_too_long" and refusal.value.facts["limit"] == 120


@given(st.text())
def test_goals_read_twice_are_the_same(typed: str) -> None:
    """Whatever is typed, its goals as they stand in the form give the same goals again."""
    try:
        goals = goals_of(typed)
    except Refusal:
        return
    again = goals_of(plan.text_of(goals))
    assert len(again) <= len(goals)
    assert goals_of(plan.text_of(again)) == again


# -- a form --------------------------------------------------------------------------------------


def test_what_is_ticked_is_gone_and_the_rest_goes_on() -> None:
    """A goal ticked in the form is no goal of next week, though its line still stood there."""
    typed = Typed(done=(0, 9), goals_text="portfolio\nTwo letters\nCall Ines\nRest")
    now = said(typed, PLAN, Said())
    assert now.reviewed == (Goal("Portfolio", True), Goal("Two letters"), Goal("Call Ines"))
    assert texts(now.goals) == ["Two letters", "Call Ines", "Rest"]


def test_a_second_form_keeps_what_was_pressed_beside_it() -> None:
    """The answer, ideas and win have presses of their own; what was ticked since stays ticked."""
    before = Said(goals=(Goal("Rest", True),), answer="yes", ideas="where?", win="an offer")
    now = said(Typed(goals_text="Rest\nWalk", going="steady"), (), before)
    assert (now.answer, now.ideas, now.win, now.going) == ("yes", "where?", "an offer", "steady")
    assert now.goals == (Goal("Rest", True), Goal("Walk"))


@pytest.mark.parametrize("going", ["unsaid", "stuck"])
def test_a_form_with_nothing_in_it_is_no_check_in(going: Any) -> None:
    """How it is going is shown to nobody, so it alone would post an empty card."""
    with pytest.raises(Refusal, match="checkin_empty"):
        said(Typed(goals_text=" - \n", going=going), PLAN, Said())


@pytest.mark.parametrize(
    "typed", [Typed(done=(1,)), Typed(learned="a"), Typed(goals_text="a"), Typed(if_then="a")]
)
def test_any_one_part_is_a_check_in(typed: Typed) -> None:
    """No part of the form has to be filled in."""
    assert said(typed, PLAN, Said()) != Said(reviewed=PLAN)


@pytest.mark.parametrize(("part", "limit"), [("learned", plan.MAX_LEARNED), ("if_then", plan.MAX_IF_THEN)])
def test_a_text_over_its_limit_is_refused_with_its_part(part: str, limit: int) -> None:
    """Up to the limit every character is kept; nothing is cut in silence."""
    typed: dict[str, Any] = {part: "x" * limit}
    assert getattr(said(Typed(**typed), (), Said()), part) == "x" * limit
    typed[part] += "x"
    with pytest.raises(Refusal) as refusal:
        said(Typed(**typed), (), Said())
    assert refusal.value.reason == "too_long"
    assert refusal.value.facts == {"part": part, "limit": limit, "length": limit + 1}


def test_a_form_begins_with_what_goes_on() -> None:
    """Unfinished goals stand in it; what was planned in between comes before them; an edit shows what was said."""
    plan_now = (Goal("Portfolio", True), Goal("Two letters"))
    assert plan.prefill(member_week(), plan_now) == Said(goals=(Goal("Two letters"),))
    draft = member_week(said=Said(goals=(Goal("Rest"),), if_then="If it rains"))
    assert plan.prefill(draft, plan_now) == draft.said
    words = Said(reviewed=plan_now, learned="much")
    assert plan.prefill(member_week(submitted_at=utc(5), said=words), plan_now) == words
    assert plan.prefill(member_week(submitted_at=utc(5), withdrawn_at=utc(6)), plan_now).learned == ""


# -- when it was sent ----------------------------------------------------------------------------


def sent(
    one: MemberWeek, of: Cycle, at: datetime, opened: datetime | None = None, words: str = "done"
) -> MemberWeek:
    return checked_in(one, of, Said(learned=words), "group", opened_at=opened or at, sent_at=at)


def test_23_59_59_is_on_time_and_midnight_is_late() -> None:
    """The minute 23:59 belongs to Sunday, and so does Tuesday's."""
    one, now_open = member_week(), cycle(state="open")
    assert sent(one, now_open, one.due_at - SECOND).state == "on_time"
    assert sent(one, now_open, one.due_at).state == "late"
    assert sent(one, now_open, one.late_until - SECOND).state == "late"
    with pytest.raises(Refusal, match="checkin_closed"):
        sent(one, now_open, one.late_until)


def test_a_form_opened_in_time_is_taken_a_quarter_of_an_hour_after_the_end() -> None:
    """Also when the week was settled meanwhile; a form opened too late is not."""
    one, final = member_week(state="missed"), cycle(state="final")
    end = one.late_until
    taken = sent(one, final, end + GRACE - SECOND, opened=end - SECOND)
    assert (taken.state, taken.submitted_at) == ("late", end + GRACE - SECOND)
    for at, opened in ((end + GRACE, end - SECOND), (end + SECOND, end)):
        with pytest.raises(Refusal, match="checkin_closed"):
            sent(one, final, at, opened=opened)


def test_an_outage_gives_more_time() -> None:
    """What it added counts for being on time and for being late."""
    one, longer = member_week(), cycle(state="open", extra=timedelta(hours=5))
    assert sent(one, longer, one.due_at + timedelta(hours=5) - SECOND).state == "on_time"
    assert sent(one, longer, one.late_until + timedelta(hours=5) - SECOND).state == "late"


@pytest.mark.parametrize(
    ("state", "why"), [("scheduled", "checkin_not_open"), ("skipped", "checkin_week_off")]
)
def test_a_week_that_is_not_open_takes_nothing(state: Any, why: str) -> None:
    """Before it opens, and when the group takes it off."""
    with pytest.raises(Refusal, match=why):
        sent(member_week(), cycle(state=state), utc(4, 12))


@pytest.mark.parametrize("state", ["excused", "amnesty", "frozen", "missed", "pending"])
def test_checking_in_beats_whatever_the_week_was(state: WeekState) -> None:
    """A week that was off, or settled, is a check-in all the same as long as it is taken."""
    assert sent(member_week(state=state), cycle(state="open"), utc(5)).state == "on_time"


def test_a_second_form_changes_the_first_and_no_more() -> None:
    """It stays on time when it is changed late; up to 14 days after the end, and not after that."""
    one, now_open = member_week(), cycle(state="open")
    first = sent(one, now_open, utc(5))
    second = sent(first, now_open, one.due_at + SECOND, words="more")
    assert (second.state, second.submitted_at, second.edited_at) == ("on_time", utc(5), one.due_at + SECOND)
    final = replace(now_open, state="final")
    last = final.final_at + plan.CHANGE_FOR
    assert sent(first, final, last - SECOND, words="late").said.learned == "late"
    with pytest.raises(Refusal, match="checkin_closed"):
        sent(first, final, last)


def test_words_taken_back_leave_the_week() -> None:
    """That they were here stays, unless they want that erased as well; then the week is off."""
    first = sent(member_week(), cycle(state="open"), utc(5))
    bare = plan.taken_back(first, utc(6), erase=False)
    assert (bare.state, bare.said, bare.speaks, bare.submitted_at) == ("on_time", Said(), False, utc(5))
    gone = plan.taken_back(first, utc(6), erase=True)
    assert (gone.state, gone.submitted_at) == ("excused", None)


def test_who_took_it_back_may_say_it_again() -> None:
    """Within its time; afterwards there is nothing to change."""
    now_open = cycle(state="open")
    bare = plan.taken_back(sent(member_week(), now_open, utc(5)), utc(5, 1), erase=False)
    again = sent(bare, now_open, utc(5, 2), words="other")
    assert again.speaks and again.said.learned == "other"
    with pytest.raises(Refusal, match="checkin_closed"):
        sent(bare, replace(now_open, state="final"), utc(20))


# -- plans ---------------------------------------------------------------------------------------


def test_ticks_are_exactly_those_that_are_told() -> None:
    """A goal that is not among them is open again; numbers that mean nothing are left out."""
    one = member_week(state="on_time", submitted_at=utc(5), said=Said(goals=PLAN))
    after = plan.with_ticks(plan.with_ticks(one, [0, 2]), [1, 7])
    assert [goal.done for goal in after.said.goals] == [False, True, False]


def test_a_plan_alone_has_a_goal_or_a_line() -> None:
    """What was ticked of the former plan stays so; nothing at all is no plan."""
    one = member_week(said=Said(goals=(Goal("Rest", True),)))
    after = plan.with_plan(one, "Rest\nWalk", "", ahead=False)
    assert after.said.goals == (Goal("Rest", True), Goal("Walk"))
    assert plan.with_plan(one, "", "If it rains, I write", ahead=False).said.goals == ()
    with pytest.raises(Refusal, match="plan_empty"):
        plan.with_plan(one, "-", " ", ahead=False)


def test_a_plan_made_before_the_first_week_is_looked_back_on_in_it() -> None:
    """A newcomer's plan stands where goals are reviewed, and is ticked there."""
    one = plan.with_plan(member_week(), "Walk", "If it rains", ahead=True)
    assert one.said.reviewed == (Goal("Walk"),)
    assert plan.with_ticks(one, [0]).said.reviewed == (Goal("Walk", True),)


def test_words_that_nobody_would_see_are_refused() -> None:
    """Ideas are asked of those who see the card; the digest tells only of what the group sees."""
    private = member_week(submitted_at=utc(5), circle="me")
    with pytest.raises(Refusal, match="only_you_see_it"):
        plan.asking(private, "How?")
    pod = replace(private, circle="pod")
    assert plan.asking(pod, "How?").ideas == "How?"
    with pytest.raises(Refusal, match="not_in_digest"):
        plan.winning(pod, "An offer")
    assert plan.winning(private, "").win == ""  # to take it away is always possible
