"""Who can talk, how well they fit, why these two; and a whole draw from plain values, in a worker too."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meets.draw import Outcome, Table, draw, seconds_for
from bot.meets.pairing import Drawn, Past
from bot.meets.score import SHARES, Candidate, can_talk, score, why
from bot.meets.values import Kind
from bot.people.may_meet import Meeting
from bot.people.members import FIELDS, LEVELS, Profile
from bot.reviews.fit import Reading
from bot.workers import Pool
from tests.meets.parts import WEEK

ALL_DAY = (1 << 48) - 1
KINDS: list[Kind] = ["coffee", "interview", "partner", "mentor"]


def one(user_id: int, *topics: str, awake: int = ALL_DAY, **profile: Any) -> Candidate:
    return Candidate(Reading(user_id, Profile(**profile)), awake, topics)


def people(seed: int, count: int, kind: Kind = "coffee") -> tuple[Candidate, ...]:
    random = Random(seed)
    return tuple(
        Candidate(
            Reading(
                number,
                Profile(
                    field=random.choice(list(FIELDS)),
                    level=random.choice(list(LEVELS)),
                    languages=random.choice([("en",), ("en", "es"), ("pt-BR",), ()]),
                    skills=tuple(random.sample(["python", "go", "sql", "figma"], 2)),
                ),
                random.randrange(-600, 720, 30),
            ),
            ALL_DAY >> random.randrange(30),
            tuple(random.sample(["pay", "resume", "writing"], random.randint(0, 2))),
            random.choice(["mentor", "mentee"]) if kind == "mentor" else "",
            random.randint(1, 3) if kind == "mentor" else 1,
        )
        for number in range(1, count + 1)
    )


def table(kind: Kind, candidates: tuple[Candidate, ...], **meetings: Meeting) -> Table:
    known = {int(name.removeprefix("m")): meeting for name, meeting in meetings.items()}
    every = {some.user_id: known.get(some.user_id, Meeting(some.user_id)) for some in candidates}
    return Table(kind, WEEK, b"seed", candidates, every)


# -- two of them ---------------------------------------------------------------------------------


def test_who_can_talk() -> None:
    """A language in common, whatever its country; who told none can with anybody; two hours both awake."""
    assert can_talk(one(1, languages=("pt-BR", "en")), one(2, languages=("pt-PT",)))
    assert not can_talk(one(1, languages=("fr",)), one(2, languages=("en", "de")))
    assert can_talk(one(1, languages=("fr",)), one(2))
    assert can_talk(one(1, awake=0b1111), one(2, awake=0b11110000 | 0b1111))
    assert not can_talk(one(1, awake=0b0111), one(2))


@given(st.sampled_from(KINDS), st.integers(0, 2**32))
def test_scores_stay_within_their_bounds(kind: Kind, seed: int) -> None:
    """0 to 1000, and the same both ways, but for a mentor."""
    here, there = people(seed, 2)
    assert 0 <= score(kind, here, there) <= 1000
    assert kind == "mentor" or score(kind, here, there) == score(kind, there, here)


def test_what_moves_a_score() -> None:
    """Topics that both chose, hours in common, a field in common; a topic left open is between."""
    for kind in KINDS:
        shared, open_, none = (
            score(kind, one(1, "pay"), one(2, *topics)) for topics in (["pay", "resume"], [], ["resume"])
        )
        assert shared > open_ > none
        assert score(kind, one(1), one(2)) > score(kind, one(1, awake=0b1111), one(2))
        field: Any = {"field": "data", "level": "mid"}
        assert score(kind, one(1, **field), one(2, **field)) > score(
            kind, one(1, **field), one(2, level="mid")
        )
        assert sum(SHARES[kind]) == 1000


def test_a_mentor_is_rather_above() -> None:
    """Somebody senior fits better as the mentor of somebody in the middle than the other way round."""
    senior, mid = one(1, level="senior"), one(2, level="mid")
    assert score("mentor", senior, mid) > score("mentor", mid, senior)


def test_why_these_two() -> None:
    """Topics that both chose, and what both profiles show to people they are brought together with; no more."""
    shown: Any = {"field": "data", "shown": {"field": "pairs"}}
    said = why(one(1, "pay", "resume", **shown), one(2, "pay", **shown))
    assert said.topics == ("pay",)
    assert said.reasons[0].kind == "same_field"
    hidden = why(one(1, "pay", **shown), one(2, "pay", field="data"))
    assert "same_field" not in {reason.kind for reason in hidden.reasons}


# -- a whole draw --------------------------------------------------------------------------------


@given(st.sampled_from(KINDS), st.integers(0, 2**32), st.integers(0, 14))
def test_a_draw(kind: Kind, seed: int, count: int) -> None:
    """Everybody is in a meeting or left; all of one can talk; each reads why about each other one."""
    candidates = people(seed, count, kind)
    sides = {some.user_id: some for some in candidates}
    found = draw(table(kind, candidates))
    matches = found.drawn.matches
    assert {some for match in matches for some in match} | set(found.drawn.left) == set(sides)
    for match in matches:
        both = [(here, there) for here in match for there in match if here != there]
        assert all(can_talk(sides[here], sides[there]) for here, there in both)
        assert all(found.whys[here, there].reasons for here, there in both)
        if kind == "mentor":
            assert [sides[some].role for some in match] == ["mentor", "mentee"]
            assert sum(other[0] == match[0] for other in matches) <= sides[match[0]].most
    assert len(found.whys) == sum(len(match) * (len(match) - 1) for match in matches)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "mine",
    [
        Meeting(1, blocked=frozenset({2})),
        Meeting(1, avoided=frozenset({2})),
        Meeting(1, avoids=frozenset({"acme"})),
        Meeting(1, works_at=frozenset({"acme"})),
    ],
)
def test_the_answer_is_the_same_whatever_the_cause(kind: Kind, mine: Meeting) -> None:
    """A block, a guard, an employer, a language, the night: two are left, and nothing else is said."""
    pair = (
        (replace(one(1), role="mentor"), replace(one(2), role="mentee"))
        if kind == "mentor"
        else (one(1), one(2))
    )
    boss = Meeting(2, works_at=frozenset({"acme"}))
    found = draw(table(kind, pair, m1=mine, m2=boss))
    strangers = (replace(pair[0], awake=0b11), pair[1])
    assert (
        found
        == draw(table(kind, pair, m2=Meeting(2, blocked=frozenset({1}))))
        == draw(table(kind, strangers))
    )
    assert found == Outcome(Drawn((), (1, 2)), {})


def test_nobody_is_drawn_unasked() -> None:
    """Without a word of whom a candidate may meet there is no draw."""
    with pytest.raises(ValueError, match="1 candidates"):
        draw(replace(table("coffee", (one(1), one(2))), meetings={1: Meeting(1)}))


def test_history_counts() -> None:
    """Two who met last week are with others when that can be."""
    past = Past({(1, 2): WEEK - timedelta(weeks=1), (3, 4): WEEK - timedelta(weeks=1)})
    four = tuple(one(number) for number in range(1, 5))
    assert not {(1, 2), (3, 4)} & set(draw(replace(table("coffee", four), past=past)).drawn.matches)


async def test_a_worker_draws() -> None:
    """Values in, values out: the same as here, within its time."""
    pool = Pool()
    some = table("coffee", people(1, 60))
    try:
        assert await pool.call("bot.meets.draw:draw", some, timeout_s=seconds_for(60)) == draw(some)
    finally:
        await pool.close()
