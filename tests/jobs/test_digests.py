"""When digests and alerts are due, what stands in them and in which order; dead ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs import digests
from bot.jobs.facts import Place
from bot.jobs.query import Filter, Truth, parse
from bot.jobs.query.tree import And
from bot.jobs.subscriptions import Subscription
from bot.people.members import Key, Member
from tests.jobs.listening import only, say
from tests.jobs.values import NOW, opening, seen_on

SUMMER = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)


def subscription(**given: object) -> Subscription:
    return replace(Subscription(1, 1, 10, None, "python", "active", None, NOW), **given)


def due(after: datetime, zone: str | None = None, **rule: object) -> datetime:
    return digests.next_due(subscription(**rule), zone, after)


# -- when ----------------------------------------------------------------------------------------


def test_a_daily_digest_is_due_at_its_minute_in_its_zone() -> None:
    """Today if that is still to come, else tomorrow; never at the same moment again."""
    assert due(SUMMER, at_minute=13 * 60) == datetime(2026, 7, 1, 13, tzinfo=UTC)
    assert due(SUMMER, at_minute=12 * 60) == datetime(2026, 7, 2, 12, tzinfo=UTC)
    assert due(SUMMER, "Asia/Tokyo") == datetime(2026, 7, 2, 0, tzinfo=UTC)
    assert due(SUMMER, "America/New_York") == datetime(2026, 7, 1, 13, tzinfo=UTC)


def test_a_weekly_one_is_due_on_its_weekday_there() -> None:
    """Wednesday noon in UTC is Thursday in Auckland already."""
    assert due(SUMMER, rhythm="weekly", weekday=2) == datetime(2026, 7, 8, 9, tzinfo=UTC)
    assert due(SUMMER, rhythm="weekly", weekday=3) == datetime(2026, 7, 2, 9, tzinfo=UTC)
    late = due(SUMMER, "Pacific/Auckland", rhythm="weekly", weekday=3, at_minute=60)
    assert late == datetime(2026, 7, 1, 13, tzinfo=UTC)


def test_the_hour_on_the_wall_stays_when_the_clocks_change() -> None:
    """A week over the change is 167 or 169 hours, not 168."""
    spring = datetime(2026, 3, 23, 12, tzinfo=UTC)
    monday = {"rhythm": "weekly", "weekday": 0}
    first = due(spring - timedelta(days=14), "Europe/Lisbon", **monday)
    second = due(first, "Europe/Lisbon", **monday)
    assert second - first == timedelta(days=7)
    assert due(second, "Europe/Lisbon", **monday) - second == timedelta(days=7, hours=-1)


def test_a_time_in_a_gap_moves_forward_and_a_doubled_one_means_the_first() -> None:
    """2:30 doesn't exist on 29 March in Berlin; on 25 October it comes twice, and is said once."""
    berlin = "Europe/Berlin"
    gap = due(datetime(2026, 3, 28, 12, tzinfo=UTC), berlin, at_minute=150)
    assert gap.astimezone(ZoneInfo(berlin)).strftime("%d %H:%M") == "29 03:30"
    doubled = due(datetime(2026, 10, 24, 12, tzinfo=UTC), berlin, at_minute=150)
    assert doubled == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert due(doubled, berlin, at_minute=150) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


@given(
    st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: SUMMER + timedelta(minutes=minutes)),
    st.sampled_from(["UTC", "Europe/Lisbon", "America/Sao_Paulo", "Pacific/Apia", "Australia/Lord_Howe"]),
    st.integers(0, 1_439),
    st.sampled_from(["now", "daily", "weekly"]),
    st.integers(0, 6),
)
def test_there_is_always_a_next_one_and_none_between(
    after: datetime, zone: str, minute: int, rhythm: str, weekday: int
) -> None:
    """It lies ahead, within a day or a week and a change of the clocks; asked just before, it is the same."""
    rule = {"at_minute": minute, "rhythm": rhythm, "weekday": weekday}
    found = due(after, zone, **rule)
    days = 7 if rhythm == "weekly" else 1
    assert after < found <= after + timedelta(days=days, hours=2)
    assert due(found - timedelta(microseconds=1), zone, **rule) == found


def test_an_alert_keeps_out_of_quiet_hours_whatever_its_rhythm() -> None:
    """At once, or at its hour in the member's own zone; else when the quiet hours end."""
    member = Member(Key(1, 2), NOW, NOW, zone="Europe/Lisbon", quiet=(22 * 60, 8 * 60))
    night = datetime(2026, 7, 1, 23, tzinfo=UTC)
    end = datetime(2026, 7, 2, 7, tzinfo=UTC)
    assert digests.told_at(subscription(), member, SUMMER) == SUMMER
    assert digests.told_at(subscription(), member, night) == end
    assert digests.told_at(subscription(rhythm="daily", at_minute=6 * 60), member, night) == end
    own = subscription(rhythm="daily", zone="UTC")
    assert digests.told_at(own, member, night) == datetime(2026, 7, 2, 9, tzinfo=UTC)


def test_a_day_begins_at_midnight_on_its_own_clock() -> None:
    """Noon in UTC is past midnight in Auckland."""
    assert digests.midnight(None, SUMMER) == datetime(2026, 7, 1, tzinfo=UTC)
    assert digests.midnight("Pacific/Auckland", SUMMER) == SUMMER


# -- what ----------------------------------------------------------------------------------------


def test_the_best_come_first_and_no_company_comes_twice_before_all_came_once() -> None:
    """More that is proven, then the newest; forty of one company take one line until the others had theirs."""
    proven = say(place=only("PT"))
    bare, newest, best = (
        opening(3, company="A"),
        opening(1, company="B"),
        opening(9, company="C", facts_json=proven),
    )
    again = opening(2, company="C Ltd", facts_json=proven)
    nameless = [opening(number, company="") for number in (5, 6)]
    ranked = digests.ranked([bare, newest, best, again, *nameless])
    assert [one.id for one in ranked] == [2, 1, 3, 5, 6, 9]


def test_what_is_over_is_told_no_more() -> None:
    """Closed, or run out at this moment."""
    assert digests.still_told(opening(1, expires_at=NOW + timedelta(seconds=1)), NOW)
    assert not digests.still_told(opening(1, expires_at=NOW), NOW)
    assert not digests.still_told(opening(1, closed_at=NOW), NOW)


def test_a_line_names_the_other_boards_and_leaves_out_what_was_taken_back() -> None:
    """A fact that moderators took back is not stated, nor is the board's claim of it."""
    one = opening(1, pay_claim="90k", facts_json=say(place=only("US")))
    elsewhere = seen_on(1, feed_id="other", board="Other", url="https://other.example/1")
    line = digests.line(one, [seen_on(1), elsewhere])
    assert ([also.board for also in line.also], line.facts.place.countries_in) == (["Other"], ("US",))
    less = digests.line(one, withheld=("place", "pay", "warning"))
    assert (less.place_claim, less.pay_claim, less.facts.place) == ("", "", Place())


# -- dead ends -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("python open-to:PT", "python"),
        ("python -place:US", "python"),
        ("unknown:place", ""),
        ("open-to:PT OR open-to:ES", ""),
        ("(python OR place:PT) level:senior", "level:senior"),
        ("python (open-to:PT OR unknown:place) -senior", "python -senior"),
        ("-(python place:US)", ""),
        ("-(python OR go)", "-(python OR go)"),
        ("unknown:pay", "unknown:pay"),
    ],
)
def test_a_filter_apart_from_its_place(text: str, apart: str) -> None:
    """What is about the place is left out; where it could make the rest true, the rest says nothing either."""
    assert digests.apart_from_place(parse(text)) == parse(apart)


@given(
    st.recursive(
        st.sampled_from(["python", "go", "open-to:PT", "place:US", "unknown:place", "unknown:pay"]),
        lambda inner: st.one_of(
            st.tuples(inner, inner).map(lambda two: f"({two[0]} {two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]} OR {two[1]})"),
            inner.map(lambda one: f"-({one})"),
        ),
        max_leaves=6,
    ),
    st.sampled_from(["", "python", "go", "python go"]),
    st.sampled_from([Place(), only("PT"), only("US")]),
)
def test_apart_from_its_place_a_filter_lets_no_less_through(text: str, words: str, place: Place) -> None:
    """Whatever passes the whole filter passes what is left of it: no dead end is missed."""
    document = opening(1, title=words or "x", facts_json=say(place=place)).document(NOW)
    if parse(text).matches(document) is Truth.TRUE:
        assert digests.apart_from_place(parse(text)).matches(document) is Truth.TRUE


def test_everything_is_everything() -> None:
    """Of nothing but places an empty filter is left."""
    assert digests.apart_from_place(parse("open-to:PT")) == Filter(And(()))


def test_a_dead_end_says_anywhere_and_means_others() -> None:
    """Nothing is one where the board is silent, where mine is admitted, or where nothing is proven."""
    mine = frozenset(("PT", "BR"))
    cases = {
        only("US", board_says="Anywhere"): True,
        only("US"): False,
        only("BR", board_says="Anywhere"): False,
        Place("restricted", board_says="Anywhere", tz_min=-1): False,
        Place("restricted", countries_out=("PT", "BR"), board_says="Anywhere"): True,
    }
    for place, expected in cases.items():
        assert digests.dead_end(opening(1, facts_json=say(place=place)), mine) is expected
    proof = only("US", board_says="Anywhere", quote="US only")
    assert digests.spared(opening(1, facts_json=say(place=proof))).quote == "US only"
