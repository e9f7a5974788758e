"""A round from state to state, and when the next one is due, on every clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.refusals import Refusal
from bot.reviews import round as rules
from bot.reviews.values import Request, Round, Settings
from tests.proofs import size
from tests.reviews.parts import DAY, HOUR, MONDAY

WAY = Settings(1, channel_id=10)
START = datetime(2024, 1, 1, tzinfo=UTC)
ZONES = (
    *(
        "UTC",
        "Europe/Lisbon",
        "Europe/Berlin",
        "America/New_York",
        "America/Los_Angeles",
        "America/Sao_Paulo",
    ),
    *("Asia/Kolkata", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Chatham"),
    *("Africa/Casablanca", "America/St_Johns", "Asia/Tehran", "Pacific/Kiritimati", "Etc/GMT+12"),
)


def begun(**values: Any) -> Round:
    return replace(rules.begun(1, "hand", 100, MONDAY), id=7, seed="s", **values)


def request(**values: Any) -> Request:
    given: dict[str, Any] = {"when": "soon", "waiting_since": MONDAY}
    return replace(
        Request(1, 1, 101, "resume", "open", "soon", 2, "en", "waiting", MONDAY), **(given | values)
    )


# -- when ----------------------------------------------------------------------------------------


@given(
    st.sampled_from(ZONES),
    st.integers(0, 6),
    st.integers(0, 24 * 60 - 1),
    st.integers(0, 5 * 365 * 24 * 3600).map(lambda seconds: START + timedelta(seconds=seconds)),
)
@settings(max_examples=size(150, 3_000))
def test_the_next_weekly_moment(zone: str, day: int, minute: int, now: datetime) -> None:
    """It lies after now, at most a week and the two hours of a change of clocks away, on its day at its time,
    or where that time does not exist within a day of it; and none lies between."""
    way = replace(WAY, zone=zone, day=day, minute=minute)
    at = rules.next_round_at(way, now)
    assert at is not None
    assert now < at <= now + timedelta(days=8)
    local = at.astimezone(ZoneInfo(zone))
    if (local.weekday(), local.hour * 60 + local.minute) != (day, minute):
        wall = local.replace(tzinfo=None, fold=0) - timedelta(hours=2)
        assert local - local.replace(hour=0, minute=0) < timedelta(days=1)
        assert _in_a_gap(wall, zone) or zone == "Pacific/Apia"
    before = rules.next_round_at(way, now - timedelta(seconds=1))
    assert before is not None
    assert now - timedelta(seconds=1) < before <= at


def _in_a_gap(wall: datetime, zone: str) -> bool:
    """Is there, within two hours after this time, one that this clock never shows?"""
    clock = ZoneInfo(zone)
    minutes = (wall + timedelta(minutes=n) for n in range(0, 150, 5))
    return any(
        one.replace(tzinfo=clock).astimezone(UTC).astimezone(clock).replace(tzinfo=None) != one
        for one in minutes
    )


@pytest.mark.parametrize(
    ("now", "at"),
    [
        (
            datetime(2026, 3, 23, 12, tzinfo=UTC),
            datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        ),  # 2:30 is 3:30 then
        (datetime(2026, 10, 20, 12, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # the first 2:30
    ],
)
def test_changes_of_clocks(now: datetime, at: datetime) -> None:
    """In Berlin, Sundays at 2:30: a time in a gap moves forward, a doubled one means the first."""
    way = replace(WAY, zone="Europe/Berlin", day=6, minute=150)
    assert rules.next_round_at(way, now) == at


def test_the_same_moment_is_the_next_week() -> None:
    """The round that begins now is not due again now."""
    assert rules.next_round_at(WAY, MONDAY) == MONDAY + 7 * DAY
    assert rules.next_round_at(WAY, MONDAY - timedelta(seconds=1)) == MONDAY


def test_nothing_is_due_with_reviews_off() -> None:
    """Neither a round nor a tick; and no round without weekly ones."""
    off = replace(WAY, channel_id=None)
    assert (rules.next_round_at(off, MONDAY), rules.next_tick_at(off, MONDAY)) == (None, None)
    assert rules.next_round_at(replace(WAY, weekly=False), MONDAY) is None
    assert rules.next_tick_at(WAY, MONDAY) == MONDAY + HOUR


# -- states --------------------------------------------------------------------------------------


def test_a_life() -> None:
    """open, locked, previewed, published, closed: each step when it is due, and nothing in between."""
    one = begun()
    assert rules.step(one, MONDAY) == "lock"
    one = rules.locked(one, "given", MONDAY)
    assert rules.step(one, MONDAY) == "draw"
    one = rules.previewed(one, "result", 12, MONDAY)
    assert one.publish_at == MONDAY + 12 * HOUR
    assert rules.step(one, MONDAY + 12 * HOUR - timedelta(seconds=1)) is None
    assert rules.step(one, MONDAY + 12 * HOUR) == "publish"
    one = rules.published(one, MONDAY + 12 * HOUR)
    assert rules.step(one, MONDAY + 30 * DAY) is None
    assert rules.step(one, MONDAY + 12 * HOUR + rules.KEPT_FOR) == "close"
    one = rules.closed(one, MONDAY + 31 * DAY)
    assert (one.state, one.given, one.result) == ("closed", "", "")
    assert rules.step(one, MONDAY + 999 * DAY) is None


def test_no_look_is_skipped() -> None:
    """A bot that was away over the whole preview gives moderators their hours when it is back."""
    late = MONDAY + 2 * DAY
    one = rules.previewed(rules.locked(begun(), "given", late), "result", 12, late)
    assert one.publish_at == late + 12 * HOUR


def test_drawn_again_after_a_veto() -> None:
    """The former answer is void, its hour stays."""
    one = rules.previewed(rules.locked(begun(), "given", MONDAY), "result", 12, MONDAY)
    again = rules.locked(one, "less", MONDAY + HOUR)
    assert (again.state, again.result) == ("locked", "")
    assert rules.previewed(again, "other", 12, MONDAY + HOUR).publish_at == one.publish_at


@pytest.mark.parametrize("state", ["open", "locked"])
def test_nothing_is_published_unseen(state: Any) -> None:
    """Its answer is not there yet."""
    with pytest.raises(Refusal, match="round_not_previewed"):
        rules.published(begun(state=state), MONDAY)


@pytest.mark.parametrize("state", ["published", "closed"])
def test_what_was_told_stays(state: Any) -> None:
    """It is neither drawn again nor cancelled nor told twice."""
    one = begun(state=state)
    with pytest.raises(Refusal, match="round_over"):
        rules.locked(one, "", MONDAY)
    with pytest.raises(Refusal, match="round_over"):
        rules.cancelled(one, MONDAY)
    with pytest.raises(Refusal, match="round_over"):
        rules.published(one, MONDAY)


def test_cancelled_twice_is_once() -> None:
    """Its papers go, and the first moment stays."""
    one = rules.cancelled(begun(given="given", state="previewed", result="result"), MONDAY)
    assert (one.state, one.given, one.result, one.publish_at) == ("cancelled", "", "", None)
    assert rules.cancelled(one, MONDAY + DAY) == one


@given(st.lists(st.sampled_from(["lock", "preview", "publish", "close", "cancel", "wait"]), max_size=12))
def test_a_round_is_told_once_at_most(moves: list[str]) -> None:
    """Whatever is tried in whatever order: from published on there is no way back, from cancelled on none at all."""
    one, now, told = begun(), MONDAY, 0
    for move in moves:
        before = one
        now += HOUR
        try:
            match move:
                case "lock":
                    one = rules.locked(one, "given", now)
                case "preview" if one.state == "locked":
                    one = rules.previewed(one, "result", 12, now)
                case "publish":
                    one = rules.published(one, now)
                    told += 1
                case "close" if one.state == "published":
                    one = rules.closed(one, now)
                case "cancel":
                    one = rules.cancelled(one, now)
        except Refusal:
            assert one == before
        assert told <= 1
        if before.state == "cancelled":
            assert one == before


def test_a_seed() -> None:
    """The same for the same round, another one for any other, none without the key."""
    seed = rules.seed(b"k" * 32, 1, 7)
    assert seed == rules.seed(b"k" * 32, 1, 7)
    others = {rules.seed(b"k" * 32, 1, 8), rules.seed(b"k" * 32, 2, 7), rules.seed(b"l" * 32, 1, 7)}
    assert seed not in others
    assert len(others) == 3


# -- who waits -----------------------------------------------------------------------------------


def test_days_waited() -> None:
    """Whole days; and more than anybody can for one whose reader did not deliver."""
    assert rules.waited_days(request(), MONDAY + 3 * DAY + 23 * HOUR) == 3
    assert rules.waited_days(request(waiting_since=None), MONDAY + DAY) == 1
    assert rules.waited_days(request(), MONDAY - DAY) == 0
    first = rules.waited_days(request(first=MONDAY), MONDAY + DAY)
    assert first > rules.waited_days(request(), MONDAY + 10_000 * DAY)


def test_patience() -> None:
    """For a day only very good pairs count, then any; at once for one whose reader did not deliver."""
    assert rules.least(request(), WAY, MONDAY + DAY - timedelta(seconds=1)) == 700
    assert rules.least(request(), WAY, MONDAY + DAY) == 0
    assert rules.least(request(first=MONDAY), WAY, MONDAY) == 0
    assert rules.least(request(), replace(WAY, patience_h=0), MONDAY) == 0


def test_who_is_in_ticks() -> None:
    """Whoever wants it soon, and whose reader did not deliver."""
    assert rules.in_ticks(request())
    assert not rules.in_ticks(request(when="round"))
    assert rules.in_ticks(request(when="round", first=MONDAY))
