"""How well somebody fits, what reputation moves, and that no word comes from a closed field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.people.members import FIELDS, LEVELS, PROFILE_FIELDS, Profile, Shown
from bot.reviews.fit import (
    HALF_LIFE,
    LEAST_REASONS,
    MOST_REASONS,
    RELATED,
    Reading,
    Reason,
    Record,
    dumped,
    effect,
    fit,
    loaded,
    minutes_ahead,
    moved,
    reasons,
    said,
    weight,
)

OPEN: dict[str, Shown] = dict.fromkeys(PROFILE_FIELDS, "pairs")
DATA = Profile(
    field="data",
    level="mid",
    skills=("Python", "SQL", "dbt"),
    languages=("en", "pt-BR"),
    country="PT",
    shown=OPEN,
)
AUTHOR = Reading(1, DATA, 0)
READER = Reading(2, replace(DATA, level="senior", skills=("python", "SQL", "Kafka")), 120)

LANGUAGES = ("", "en", "pt", "pt-BR", "de")


def profiles() -> st.SearchStrategy[Profile]:
    circles: st.SearchStrategy[Shown] = st.sampled_from(["me", "pairs", "server"])
    return st.builds(
        Profile,
        field=st.sampled_from(["", *FIELDS]),
        level=st.sampled_from(["", *LEVELS]),
        skills=st.lists(st.sampled_from("abcdef"), max_size=4, unique=True).map(tuple),
        languages=st.lists(st.sampled_from(LANGUAGES[1:]), max_size=2, unique=True).map(tuple),
        country=st.sampled_from(["", "PT", "DE"]),
        shown=st.fixed_dictionaries(dict.fromkeys(PROFILE_FIELDS, circles)),
    )


def people(user_id: int) -> st.SearchStrategy[Reading]:
    count = st.tuples(st.integers(0, 9000), st.integers(0, 9000)).map(lambda two: (min(two), max(two)))
    return st.builds(
        Reading,
        st.just(user_id),
        profiles(),
        st.sampled_from([None, 0, 60, 150, 720, -660]),
        st.builds(Record, count, count),
    )


def points(author: Reading, reader: Reading, language: str = "en") -> dict[str, int]:
    return {part.feature: part.points for part in fit(author, reader, language).parts}


# -- points --------------------------------------------------------------------------------------


@given(people(1), people(2), st.sampled_from(LANGUAGES))
def test_a_score_is_the_sum_of_its_parts(author: Reading, reader: Reading, language: str) -> None:
    """From 0 to 1000, whole numbers, and none of them is negative."""
    found = fit(author, reader, language)
    assert found.score == sum(part.points for part in found.parts)
    assert 0 <= found.score <= 1000
    assert all(part.points >= 0 for part in found.parts)


def test_the_best_reader() -> None:
    """Same field and skills, one level above, on the same clock, in their first language: all points."""
    assert fit(AUTHOR, Reading(2, replace(DATA, level="senior"), 0), "en-GB").score == 1000


def test_each_part() -> None:
    """The parts of two people, counted by hand."""
    expected = {"field": 350, "level": 250, "zone": 150 - 25, "skills": 200 * 2 // 4, "language": 50}
    assert points(AUTHOR, READER) == expected


@pytest.mark.parametrize(
    ("reader", "expected"),
    [
        *[("starting", 0), ("junior", 80), ("mid", 180), ("senior", 250), ("lead", 220), ("manager", 120)],
        *[("executive", 120), ("", 100), ("wizard", 100)],
    ],
)
def test_levels(reader: str, expected: int) -> None:
    """One above is best, below is little, unknown lies between; from the view of a mid-level author."""
    assert points(AUTHOR, Reading(2, Profile(level=reader)))["level"] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        *[("data", "data", 350), ("data", "software", 150), ("software", "data", 150), ("data", "legal", 0)],
        *[("other", "other", 0), ("", "", 0), ("data", "", 0)],
    ],
)
def test_fields(one: str, other: str, expected: int) -> None:
    """Two who do something else are not thereby of one field."""
    mine, theirs = Reading(1, Profile(field=one)), Reading(2, Profile(field=other))
    assert points(mine, theirs)["field"] == expected


def test_related_fields_are_fields() -> None:
    """Each of the table is one that members can choose, and is related to another one."""
    assert all(len(two) == 2 and two <= FIELDS.keys() for two in RELATED)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(0, 0, 150), (0, 720, 0), (0, -720, 0), (-660, 780, 150), (330, 345, 147), (None, 0, 75), (0, None, 75)],
)
def test_zones(one: int | None, other: int | None, expected: int) -> None:
    """By what two clocks show: a day apart is not apart; unknown is half."""
    assert points(Reading(1, Profile(), one), Reading(2, Profile(), other))["zone"] == expected


def test_the_clock_of_a_zone() -> None:
    """Of that moment: summer time counts, and so do half hours."""
    summer, winter = datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    assert [minutes_ahead("Europe/Lisbon", now) for now in (summer, winter)] == [60, 0]
    assert minutes_ahead("Asia/Kolkata", winter) == 330
    assert minutes_ahead(None, winter) is None


def test_skills_are_compared_by_their_letters() -> None:
    """Case and accents don't count; without any there is nothing to share."""
    one = Reading(1, Profile(skills=("Résumés", "SQL")))
    assert points(one, Reading(2, Profile(skills=("resumes",))))["skills"] == 100
    assert points(Reading(1, Profile()), Reading(2, Profile()))["skills"] == 0


# -- reputation ----------------------------------------------------------------------------------


@given(people(1), st.integers(0, 1000))
def test_reputation_moves_a_tenth_at_most(reader: Reading, score: int) -> None:
    """Up or down, and never beyond what a score can be."""
    after = moved(score, reader.record)
    assert after <= 1000
    assert score * Fraction(9, 10) - 1 <= after <= score * Fraction(11, 10)


@given(st.integers(0, 9000), st.integers(0, 9000), st.integers(1, 1000))
def test_a_good_event_never_lowers(good: int, bad: int, more: int) -> None:
    """And a bad one never raises; without events nothing moves."""
    before = effect(Record((good, good + bad)))
    assert effect(Record((good + more, good + bad + more))) >= before
    assert effect(Record((good, good + bad + more))) <= before
    assert effect(Record()) == 0


def test_one_event_is_not_everything() -> None:
    """After one review in time the score rises by a hundredth, after fifty by nearly a twentieth."""
    assert [effect(Record((many * 1000, many * 1000))) for many in (1, 50)] == [10, 46]


def test_events_fade() -> None:
    """Half after 180 days, a quarter after 360, nothing after five years; less every month."""
    assert [weight(days) for days in (0, HALF_LIFE, 2 * HALF_LIFE, 1826, 10**9)] == [1000, 500, 250, 0, 0]
    months = [weight(days) for days in range(0, 1800, 30)]
    assert months == sorted(months, reverse=True)
    assert all(weight(day) == int(1000 * 2 ** (-day / 180)) for day in range(1, 1800) if day % HALF_LIFE)


def test_impossible_records_are_refused() -> None:
    """More good events than events, fewer than none, events that are still to come."""
    for wrong in ((2, 1), (-1, 0)):
        with pytest.raises(ValueError, match="good events"):
            Record(on_time=wrong)
    with pytest.raises(ValueError, match="-1 days"):
        weight(-1)


# -- what is said --------------------------------------------------------------------------------


def told(author: Reading, reader: Reading, language: str = "en", *, to_reader: bool = False) -> list[str]:
    found = reasons(author, reader, fit(author, reader, language))
    return [said(one, to_reader=to_reader) for one in found]


def test_why_you_two() -> None:
    """The largest parts, from each side."""
    assert told(AUTHOR, READER) == [
        "same field: Data and machine learning",
        "one level above you",
        "2 h apart",
    ]
    assert told(AUTHOR, READER, to_reader=True) == [
        "same field: Data and machine learning",
        "one level below you",
        "2 h apart",
    ]
    far = replace(READER, minutes=-8 * 60, profile=replace(READER.profile, level="starting"))
    expected = ["same field: Data and machine learning", "2 shared skills", "their first language is English"]
    assert told(AUTHOR, far) == expected


def test_everything_closed() -> None:
    """Two who show nothing are told what they know by being brought together."""
    author, reader = (replace(one, profile=replace(one.profile, shown={})) for one in (AUTHOR, READER))
    assert told(author, reader) == ["they read English", "both in this round"]
    assert told(author, reader, "") == ["both in this round", "they have room this week"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[("field", "same_field"), ("level", "level"), ("country", "zone"), ("skills", "skills")],
        ("languages", "language"),
    ],
)
def test_a_closed_field_takes_its_reason_along(name: str, kind: str) -> None:
    """Told while both show it to pairs or to the server; not when either, or both, keep it to themselves."""
    only: dict[str, Shown] = {name: "pairs"}
    everybody: dict[str, Shown] = {name: "server"}
    for mine, theirs in ((only, only), (only, {}), ({}, only), ({}, {}), (everybody, only)):
        author = replace(AUTHOR, profile=replace(AUTHOR.profile, shown=mine))
        reader = replace(READER, profile=replace(READER.profile, shown=theirs))
        found = {one.kind for one in reasons(author, reader, fit(author, reader, "en"))}
        assert (kind in found) == bool(mine and theirs)
        assert found - {kind} <= {"reads", "round", "room"}


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason("related_field"), "related fields"),
        (Reason("level"), "same level"),
        (Reason("level", count=3), "3 levels above you"),
        (Reason("zone"), "same time of day"),
        (Reason("zone", count=30), "½ h apart"),
        (Reason("zone", count=45), "45 min apart"),
        (Reason("zone", count=150), "2½ h apart"),
        (Reason("zone", count=165), "2 h 45 min apart"),
        (Reason("skills", count=1), "1 shared skill"),
        (Reason("language", "pt-BR"), "their first language is Brazilian Portuguese"),
        (Reason("reads", "pt"), "they read Portuguese"),
    ],
)
def test_words(reason: Reason, words: str) -> None:
    """Each reason in plain English."""
    assert said(reason) == words


@given(people(1), people(2), st.sampled_from(LANGUAGES))
def test_every_pair_has_two_or_three_reasons(author: Reading, reader: Reading, language: str) -> None:
    """No two of them alike, each with words for both sides, and kept without loss."""
    found = reasons(author, reader, fit(author, reader, language))
    assert LEAST_REASONS <= len(found) <= MOST_REASONS
    for to_reader in (False, True):
        words = [said(one, to_reader=to_reader) for one in found]
        assert len(set(words)) == len(words)
        assert all(words)
    assert loaded(dumped(found)) == found


def _closed(mine: Profile, other: Profile) -> set[str]:
    return set(PROFILE_FIELDS) - (set(mine.seen_by("pairs")) & set(other.seen_by("pairs")))


def _with_closed_of(kept: Reading, other: Reading, closed: set[str]) -> Reading:
    """The same person as far as the other may see; all that is closed is somebody else's."""
    changes = {name: getattr(other.profile, name) for name in closed}
    minutes = other.minutes if "country" in closed else kept.minutes
    return replace(kept, profile=replace(kept.profile, **changes), minutes=minutes, record=other.record)


@given(people(1), people(2), people(1), people(2), st.sampled_from(LANGUAGES))
def test_closed_fields_never_change_a_word(
    author: Reading, reader: Reading, another: Reading, else_: Reading, language: str
) -> None:
    """Whatever stands in a field that one of them does not show, on either side, the reasons are the same. The clock
    counts as closed with the country."""
    closed = _closed(author.profile, reader.profile)
    author_2, reader_2 = _with_closed_of(author, another, closed), _with_closed_of(reader, else_, closed)
    first = reasons(author, reader, fit(author, reader, language))
    assert reasons(author_2, reader_2, fit(author_2, reader_2, language)) == first
