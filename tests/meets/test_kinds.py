"""What members join for, and which draws they take part in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.meets import kinds
from bot.meets.book import open_meets
from bot.meets.kinds import KINDS, in_draw, join
from bot.meets.values import Joined, Kind
from bot.people.members import Key
from bot.refusals import Refusal
from tests.meets.parts import NOW, WEEK

BOOK = open_meets(Path(__file__).resolve().parents[2] / "meets.yaml")
KEY = Key(1, 2)


def weeks(one: Joined) -> list[int]:
    """Which of ten weeks they take part in."""
    return [n for n in range(10) if in_draw(one, WEEK + timedelta(weeks=n))]


def test_joining() -> None:
    """With topics for a coffee, with question sets for an interview; the same one twice is once."""
    coffee = join(KEY, "coffee", NOW, BOOK, topics=["pay", "pay", "resume"])
    assert (coffee.guild_id, coffee.user_id, coffee.topics, coffee.role) == (1, 2, ("pay", "resume"), "")
    assert join(KEY, "interview", NOW, BOOK, topics=["offer-talk"]).topics == ("offer-talk",)
    assert join(KEY, "mentor", NOW, BOOK, role="mentor", most=3).most == 3
    assert [one for one, _ in kinds.choices("interview", BOOK)][:2] == ["first-call", "written-screen"]
    assert weeks(coffee) == list(range(10))


@pytest.mark.parametrize(
    ("kind", "given", "reason"),
    [
        ("mentor", {}, "meet_role"),
        ("coffee", {"role": "mentor"}, "meet_role"),
        ("coffee", {"topics": ["pay", "resume", "writing", "leading"]}, "meet_topics"),
        ("coffee", {"topics": ["first-call"]}, "meet_topic_gone"),
        ("interview", {"topics": ["pay"]}, "meet_topic_gone"),
        ("mentor", {"role": "mentor", "most": 4}, "meet_most"),
        ("mentor", {"role": "mentor", "most": 0}, "meet_most"),
        ("mentor", {"role": "mentee", "most": 2}, "meet_most"),
        ("partner", {"most": 2}, "meet_most"),
    ],
)
def test_what_is_refused(kind: Kind, given: dict[str, object], reason: str) -> None:
    """A role where none is, too many topics, one that the book has no more, too many mentees."""
    with pytest.raises(Refusal) as refused:
        join(KEY, kind, NOW, BOOK, **given)  # type: ignore[arg-type]
    assert refused.value.reason == reason


def test_skip_pause_leave() -> None:
    """One week, so many weeks, or for good; coming back ends any of them but the last."""
    one = join(KEY, "coffee", NOW, BOOK)
    assert weeks(kinds.skipped(one, WEEK)) == list(range(1, 10))
    paused = kinds.paused(one, WEEK, 3)
    assert paused.paused_until == date(2026, 12, 7)
    assert weeks(paused) == list(range(3, 10))
    assert weeks(kinds.skipped(paused, WEEK + timedelta(weeks=4))) == [3, *range(5, 10)]
    assert kinds.resumed(kinds.skipped(paused, WEEK)) == one
    gone = kinds.left(one, NOW)
    assert weeks(gone) == []
    every: list[Callable[[], Joined]] = [
        lambda: kinds.skipped(gone, WEEK),
        lambda: kinds.paused(gone, WEEK, 1),
        lambda: kinds.resumed(gone),
        lambda: kinds.left(gone, NOW),
    ]
    for again in every:
        with pytest.raises(Refusal, match="not_joined"):
            again()
    for count in (0, 9):
        with pytest.raises(Refusal, match="pause_weeks"):
            kinds.paused(one, WEEK, count)


def test_words_fit_into_a_menu() -> None:
    """A name and a line below it, of 100 characters at most; runs of four weeks for two of the kinds."""
    assert all(len(one.name) <= 100 and len(one.about) <= 100 for one in KINDS.values())
    assert {kind for kind, one in KINDS.items() if one.weeks == 4} == {"partner", "mentor"}
