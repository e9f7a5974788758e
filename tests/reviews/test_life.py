"""A reading's life by the clock: in every zone, over every change of clocks, and whatever people press."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusals import Refusal
from bot.reviews import life
from bot.reviews.values import DELIVERED, EARLY, LIVE, Reading, ReadingState
from tests.proofs import size
from tests.reviews.readings import DAY, HOUR, NOW, reading, request

ZONES = sorted(available_timezones())
LISBON = "Europe/Lisbon"
moments = st.integers(0, 2_140_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))  # till 2037


def on_the_wall(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def reason(doing: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        doing()
    return refusal.value.reason


# -- times ---------------------------------------------------------------------------------------


@given(moments, st.sampled_from(ZONES))
def test_due_at_eight_in_the_evening_of_the_fourth_day(accepted_at: datetime, zone: str) -> None:
    """On the reader's own wall it reads 20:00 four days later; later only where that hour was skipped."""
    due = life.due_at(accepted_at, zone)
    asked = datetime.combine(on_the_wall(accepted_at, zone).date() + timedelta(days=4), time(20))
    skipped = due.astimezone(ZoneInfo(zone)).utcoffset() != asked.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    read = on_the_wall(due, zone)
    assert (read > asked) if skipped else (read == asked)
    assert due.tzinfo is UTC


@pytest.mark.proof
def test_every_zone_and_every_day_of_the_coming_years() -> None:
    """Accepted at any hour of two years, or of every day in the full proof: 20:00 four days later, 68 to 117 h on."""
    step = size(timedelta(days=11, hours=5), timedelta(days=1, hours=1))
    for zone in ZONES:
        clock, at = ZoneInfo(zone), datetime(2026, 1, 1, tzinfo=UTC)
        while at < datetime(2028, 1, 1, tzinfo=UTC):
            due, here = life.due_at(at, zone).astimezone(clock), at.astimezone(clock)
            assert (due.hour, due.minute, due.date()) == (20, 0, here.date() + 4 * DAY), (zone, at)
            assert 66 * HOUR < due - here < 120 * HOUR
            at += step


@pytest.mark.parametrize(
    ("zone", "day", "due"),
    [
        # Apia went over the date line: there was no 30 December 2011. The day after, at the same hour.
        ("Pacific/Apia", date(2011, 12, 26), datetime(2011, 12, 31, 6, tzinfo=UTC)),
        # On Easter Island the evening of 10 March 1979 had two hours from 20:00; the first is meant.
        ("Pacific/Easter", date(1979, 3, 6), datetime(1979, 3, 11, 2, tzinfo=UTC)),
    ],
)
def test_an_evening_that_is_skipped_or_doubled(zone: str, day: date, due: datetime) -> None:
    """A time in a gap moves forward by the gap, a doubled one means the first."""
    noon = datetime.combine(day, time(12), ZoneInfo(zone))
    assert life.due_at(noon, zone) == due


def test_an_hour_more_or_less_where_clocks_change() -> None:
    """Accepted on Thursday at noon before either change: due on Monday at 20:00, which is an hour sooner or later."""
    spring = datetime(2026, 3, 26, 12, tzinfo=ZoneInfo(LISBON)).astimezone(UTC)
    autumn = datetime(2026, 10, 22, 12, tzinfo=ZoneInfo(LISBON)).astimezone(UTC)
    assert life.due_at(spring, LISBON) - spring == 4 * DAY + 7 * HOUR
    assert life.due_at(autumn, LISBON) - autumn == 4 * DAY + 9 * HOUR


@given(moments, st.sampled_from(ZONES))
def test_reminders_come_between_and_in_order(accepted_at: datetime, zone: str) -> None:
    """Half time lies before the last afternoon, and that before the end; all after accepting."""
    due = life.due_at(accepted_at, zone)
    half, last = life.reminders(accepted_at, due)
    assert accepted_at < half < last < due
    assert abs((due - half) - (half - accepted_at)) <= timedelta(microseconds=1)


def test_the_last_afternoon() -> None:
    """15:00 on the day on which it is due."""
    due = life.due_at(NOW, LISBON)
    _, last = life.reminders(NOW, due)
    assert last.astimezone(ZoneInfo(LISBON)).isoformat() == "2026-11-20T15:00:00+00:00"


# -- one life ------------------------------------------------------------------------------------


def test_a_proposal_stands_for_thirty_six_hours() -> None:
    """A microsecond before the end it may be accepted; from the end on nobody can, and it has timed out."""
    tick = timedelta(microseconds=1)
    end = NOW + 36 * HOUR
    assert life.accepted(reading(), LISBON, end - tick).state == "accepted"
    assert reason(lambda: life.accepted(reading(), LISBON, end)) == "reading_over"
    assert life.advanced(reading(), end - tick) == reading()
    over = life.advanced(reading(), end)
    assert (over.state, over.next_at) == ("timed_out", None)


def test_accepting_counts_from_the_press() -> None:
    """Due on Friday evening, to be reminded at half time; twice is once."""
    one = life.accepted(reading(), LISBON, NOW)
    assert one.due_at == datetime(2026, 11, 20, 20, tzinfo=UTC)
    assert one.remind_at == one.next_at == NOW + 2 * DAY + 5.5 * HOUR
    assert one.accept_by is None
    assert life.accepted(one, LISBON, NOW + DAY) == one


def test_two_reminders_and_then_the_end() -> None:
    """Each moment brings one step; from the last reminder on it is looked at when being late ends."""
    one = life.accepted(reading(), LISBON, NOW)
    steps = []
    while one.state == "accepted":
        assert one.next_at is not None
        now = one.next_at
        one = life.advanced(one, now)
        steps.append((now, one.reminded, one.state))
    assert steps == [
        (datetime(2026, 11, 18, 14, 30, tzinfo=UTC), 1, "accepted"),
        (datetime(2026, 11, 20, 15, tzinfo=UTC), 2, "accepted"),
        (datetime(2026, 11, 21, 8, tzinfo=UTC), 2, "expired"),
    ]


def test_reminders_that_were_missed_are_one() -> None:
    """The bot was away over half time: what is left to say is the last one."""
    one = life.accepted(reading(), LISBON, NOW)
    late = life.advanced(one, datetime(2026, 11, 20, 16, tzinfo=UTC))
    assert (late.reminded, late.remind_at) == (2, None)


def test_a_review_is_taken_for_twelve_hours_more() -> None:
    """Till 8:00 on the next morning, and then it has expired."""
    one = life.accepted(reading(), LISBON, NOW)
    end = datetime(2026, 11, 21, 8, tzinfo=UTC)
    assert life.submitted(one, end - timedelta(seconds=1)).state == "submitted"
    assert reason(lambda: life.submitted(one, end)) == "reading_over"
    assert life.advanced(one, end).state == "expired"


def test_what_is_not_accepted_can_t_be_sent() -> None:
    """A proposal takes no sheet; one that ended takes none any more."""
    assert reason(lambda: life.submitted(reading(), NOW)) == "reading_over"
    ended = life.ended(life.accepted(reading(), LISBON, NOW), NOW)
    assert reason(lambda: life.submitted(ended, NOW)) == "reading_over"


def test_declining_twice_is_once() -> None:
    """And what is over otherwise can't be declined."""
    one = life.declined(reading(), NOW)
    assert one.state == "declined"
    assert life.declined(one, NOW + HOUR) == one
    assert (
        reason(lambda: life.declined(life.advanced(reading(), NOW + 2 * DAY), NOW + 2 * DAY))
        == "reading_over"
    )


@pytest.mark.parametrize("end", [life.declined, life.ended])
def test_both_sides_hear_of_an_end_only_after_it_was_accepted(
    end: Callable[[Reading, datetime], Reading],
) -> None:
    """A proposal goes in silence; a reading that began is told at once, whatever the cause."""
    assert not life.is_untold(end(reading(), NOW))
    one = end(life.accepted(reading(), LISBON, NOW), NOW + HOUR)
    assert life.is_untold(one)
    assert one.next_at == NOW + HOUR
    assert not life.is_untold(life.told(one))


def test_a_second_version_never_costs_what_was_delivered() -> None:
    """However asking again ends, the first review stays delivered."""
    first = life.submitted(life.accepted(reading(), LISBON, NOW), NOW + DAY)
    again = life.offered(first, NOW + 5 * DAY)
    for over in (
        life.declined(again, NOW + 5 * DAY),
        life.advanced(again, NOW + 7 * DAY),
        life.ended(life.accepted(again, LISBON, NOW + 5 * DAY), NOW + 6 * DAY),
        life.advanced(life.accepted(again, LISBON, NOW + 5 * DAY), NOW + 20 * DAY),
    ):
        assert over.state == "submitted"
        assert over.submitted_at == NOW + DAY


presses = st.lists(
    st.tuples(
        st.sampled_from(["accept", "decline", "submit", "rate", "end", "time", "offer"]),
        st.timedeltas(timedelta(0), timedelta(days=3)),
    ),
    max_size=12,
)


def pressed(one: Reading, what: str, zone: str, now: datetime) -> Reading:
    """After one press, or the same when it is refused."""
    try:
        match what:
            case "accept":
                return life.accepted(one, zone, now)
            case "decline":
                return life.declined(one, now)
            case "submit":
                return life.submitted(one, now)
            case "rate":
                return life.rated(one)
            case "end":
                return life.ended(one, now)
            case "offer":
                return life.offered(one, now) if one.state in DELIVERED else one
            case _:
                return life.advanced(one, now)
    except Refusal as refusal:
        assert refusal.reason == "reading_over"
        return one


@given(presses, st.sampled_from(ZONES))
def test_whatever_is_pressed_a_life_keeps_its_order(done: list[tuple[str, timedelta]], zone: str) -> None:
    """What is live has a moment to be looked at; what is over early never comes back; what is delivered stays."""
    one, now = reading(), NOW
    for what, later in done:
        now += later
        before, one = one, pressed(one, what, zone, now)
        assert one.state not in LIVE or one.next_at is not None
        assert before.state not in EARLY or one.state == before.state
        assert before.submitted_at is None or one.submitted_at is not None
        assert one.submitted_at is None or one.state in LIVE | DELIVERED
        assert (one.ended_at is not None) or one.state not in EARLY
        assert life.advanced(life.advanced(one, now), now) == life.advanced(one, now)


# -- the request ---------------------------------------------------------------------------------


def two(first: ReadingState, second: ReadingState) -> list[Reading]:
    return [reading(id=1, state=first), reading(id=2, reader_id=103, state=second)]


@pytest.mark.parametrize(
    ("first", "second", "state", "lacks"),
    [
        ("proposed", "accepted", "in_review", 0),
        ("proposed", "declined", "waiting", 1),
        ("submitted", "accepted", "in_review", 0),
        ("submitted", "expired", "waiting", 1),
        ("submitted", "rated", "delivered", 0),
        ("timed_out", "ended", "waiting", 2),
    ],
)
def test_a_request_is_what_its_readings_are(
    first: ReadingState, second: ReadingState, state: str, lacks: int
) -> None:
    """It waits as long as it lacks a reader, is read while somebody reads, and then it is delivered."""
    readings = two(first, second)
    assert life.standing(request(), readings, NOW, 14).state == state
    assert life.lacking(request(), readings) == lacks


def test_a_delivered_document_goes_after_its_days() -> None:
    """14 days after its last review came; waiting time counts from the first day on, also after a reader was lost."""
    done = life.standing(request(state="in_review"), two("submitted", "submitted"), NOW + DAY, 14)
    assert done.expires_at == NOW + 15 * DAY
    lost = life.standing(request(state="in_review"), two("submitted", "expired"), NOW + DAY, 14)
    assert lost.waiting_since == NOW


def test_a_newcomer_counts_for_none() -> None:
    """Who reads for clarity only fills no place; but while they read, it is not delivered."""
    beside = reading(id=3, reader_id=104, state="accepted", clarity=True)
    assert life.lacking(request(), [beside]) == 2
    assert life.standing(request(), [*two("submitted", "submitted"), beside], NOW, 14).state == "in_review"


def test_whose_reader_did_not_deliver_is_first() -> None:
    """Since the first time; and not once nobody lacks."""
    one = life.put_first(request(), two("expired", "accepted"), NOW)
    assert one.first == NOW
    assert life.put_first(one, two("expired", "timed_out"), NOW + DAY).first == NOW
    assert life.put_first(request(), two("proposed", "accepted"), NOW).first is None


@pytest.mark.parametrize("state", ["draft", "withdrawn", "expired", "closed", "delivered"])
def test_what_is_decided_elsewhere_stays(state: str) -> None:
    """No reading makes a request out of what its author or time made of it."""
    one = replace(request(), state=state)  # type: ignore[arg-type]
    assert life.standing(one, two("declined", "declined"), NOW, 14) == one
    assert life.put_first(one, two("declined", "declined"), NOW) == one
