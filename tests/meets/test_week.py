"""When a server draws, when two are asked, when a match is over, and what they say of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.week import week_of
from bot.meets import week as rules
from bot.meets.values import Answer, DrawTime, Kind, Match
from bot.people.members import Key, Member
from bot.refusals import Refusal
from tests.meets.parts import NOW, TUESDAYS, WEEK

ZONES = ["Europe/Lisbon", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Casablanca"]


def at(day: int, hour: int = 9) -> datetime:
    """In Lisbon's winter, which keeps UTC."""
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def match(kind: Kind = "coffee", *members: int) -> Match:
    return rules.drawn(7, 1, kind, WEEK, members or (1, 2), at(24))


def refusal(do: object) -> str:
    with pytest.raises(Refusal) as refused:
        assert callable(do)
        do()
    return refused.value.reason


# -- draws ---------------------------------------------------------------------------------------


def test_the_next_draw() -> None:
    """On its day, till its minute that week's, from then on the next one's."""
    assert rules.next_draw(TUESDAYS, NOW) == (WEEK, at(24))
    assert rules.next_draw(TUESDAYS, at(24) - timedelta(seconds=1)) == (WEEK, at(24))
    assert rules.next_draw(TUESDAYS, at(24)) == (date(2026, 11, 30), datetime(2026, 12, 1, 9, tzinfo=UTC))


def test_a_draw_keeps_its_hour_when_the_clocks_change() -> None:
    """09:00 stays 09:00; a time in a gap moves forward by it, a doubled one means the first."""
    spring = [rules.draws_at(TUESDAYS, week) for week in (date(2027, 3, 22), date(2027, 3, 29))]
    assert [moment.hour for moment in spring] == [9, 8]
    sunday = DrawTime(6, 60 + 30, "Europe/Lisbon")  # 01:30
    assert rules.draws_at(sunday, date(2027, 3, 22)) == datetime(
        2027, 3, 28, 1, 30, tzinfo=UTC
    )  # it is 02:30
    assert rules.draws_at(sunday, date(2026, 10, 19)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(
    st.integers(0, 6),
    st.integers(0, 1439),
    st.sampled_from(ZONES),
    st.integers(0, 15 * 365 * 24 * 60),
)
def test_there_is_always_a_next_draw(day: int, minute: int, zone: str, ahead: int) -> None:
    """After now, within a week and the hour that a clock may move, and none is between."""
    when, now = DrawTime(day, minute, zone), NOW + timedelta(minutes=ahead)
    week, moment = rules.next_draw(when, now)
    assert now < moment <= now + timedelta(days=7, hours=1)
    assert rules.draws_at(when, week) == moment
    assert rules.draws_at(when, week - timedelta(weeks=1)) <= now
    assert abs(week_of(moment, zone) - week) <= timedelta(weeks=1)


# -- one match -----------------------------------------------------------------------------------


def test_a_week_with_one_person() -> None:
    """Asked three days after the draw, over at the next one."""
    one = match()
    assert (rules.asks_at(TUESDAYS, one, 0), rules.ends_at(TUESDAYS, one)) == (
        at(27),
        datetime(2026, 12, 1, 9, tzinfo=UTC),
    )
    assert rules.next_at(TUESDAYS, one) == at(27)
    assert rules.step(TUESDAYS, one, at(27) - timedelta(seconds=1)) is None
    assert rules.step(TUESDAYS, one, at(27)) == "ask"
    asked = rules.asked(TUESDAYS, one, at(27))
    assert (asked.asked, rules.step(TUESDAYS, asked, at(28))) == (1, None)
    assert rules.next_at(TUESDAYS, asked) == rules.ends_at(TUESDAYS, one)
    assert rules.step(TUESDAYS, asked, rules.ends_at(TUESDAYS, one)) == "close"
    over = rules.closed(asked, [])
    assert (over.state, rules.step(TUESDAYS, over, at(30)), rules.next_at(TUESDAYS, over)) == (
        "lapsed",
        None,
        None,
    )


def test_four_weeks_with_a_partner() -> None:
    """Asked once in each week; when the bot was away, the last question alone; over after four."""
    one = match("partner")
    asks = [rules.asks_at(TUESDAYS, one, turn) for turn in range(4)]
    assert asks == [at(27) + timedelta(weeks=n) for n in range(4)]
    assert rules.asked(TUESDAYS, one, asks[2]).asked == 3
    assert [rules.turn_at(TUESDAYS, one, moment) for moment in asks] == [0, 1, 2, 3]
    assert rules.turn_at(TUESDAYS, one, asks[3] + timedelta(weeks=9)) == 3
    assert rules.ends_at(TUESDAYS, one) == at(24) + timedelta(weeks=4)
    weeks = [WEEK + timedelta(weeks=n) for n in range(-1, 5)]
    assert [rules.busy([one], 2, "partner", week) for week in weeks] == [0, 1, 1, 1, 1, 0]
    assert rules.busy([one], 3, "partner", WEEK) == rules.busy([one], 1, "coffee", WEEK) == 0
    assert rules.busy([rules.ended(one)], 1, "partner", WEEK) == 0
    assert rules.busy([one, match("partner", 1, 5)], 1, "partner", WEEK) == 2


def test_everybody_is_asked_when_awake() -> None:
    """A question that falls into somebody's night waits for their morning."""
    tokyo = Member(Key(1, 1), NOW, NOW, zone="Asia/Tokyo")
    assert rules.ask_at(tokyo, at(27)) == at(27)
    assert rules.ask_at(tokyo, at(27, 20)) == at(27, 23)


def answer(user_id: int, met: bool) -> Answer:
    return Answer(7, user_id, 0, met, at(27))


def test_what_they_say() -> None:
    """One "we met" is enough; only "no" is missed; silence lapses. What is over stays as it is."""
    assert rules.outcome([answer(1, True), answer(2, False)]) == "met"
    assert rules.outcome([answer(1, False)]) == "missed"
    assert rules.outcome([]) == "lapsed"
    gone = rules.ended(match())
    assert rules.closed(gone, [answer(1, True)]).state == "ended"
    assert rules.ended(replace(match(), state="met")).state == "met"


def test_who_may_say_it() -> None:
    """One of the two, from the draw until it is over; it counts for the week that it is."""
    said = rules.said(TUESDAYS, match("partner"), 2, True, at(24) + timedelta(weeks=2))
    assert (said.turn, said.met, said.match_id) == (2, True, 7)
    assert refusal(lambda: rules.said(TUESDAYS, match(), 3, True, at(25))) == "not_in_meeting"
    end = rules.ends_at(TUESDAYS, match())
    assert rules.said(TUESDAYS, match(), 1, False, end - timedelta(seconds=1)).met is False
    assert refusal(lambda: rules.said(TUESDAYS, match(), 1, True, end)) == "meeting_over"
    assert refusal(lambda: rules.said(TUESDAYS, rules.ended(match()), 1, True, at(25))) == "meeting_over"


@given(st.sampled_from(["coffee", "partner"]), st.lists(st.integers(1, 60 * 24 * 20), max_size=30))
def test_every_match_ends(kind: Kind, sleeps: list[int]) -> None:
    """However long the bot sleeps between, it asks at most once a week, and closes once."""
    one, now, steps = match(kind), at(24), []
    for sleep in [*sleeps, 60 * 24 * 40]:
        now += timedelta(minutes=sleep)
        while step := rules.step(TUESDAYS, one, now):
            steps.append(step)
            one = rules.asked(TUESDAYS, one, now) if step == "ask" else rules.closed(one, [])
    assert steps.count("close") == 1
    assert steps[-1] == "close"
    assert steps.count("ask") <= one.weeks
    assert rules.next_at(TUESDAYS, one) is None
