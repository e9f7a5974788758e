"""Documents on their way in: kept for a quarter of an hour, a few at a time, and for their own author alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.people.members import Key
from bot.refusals import Refusal
from bot.reviews.asking import Draft
from cogs.reviews.held import KEPT, MOST, MOST_BYTES, Held, Paper

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ANA, BOB = Key(1, 101), Key(1, 102)


def paper(token: str, key: Key = ANA, size: int = 10) -> Paper:
    return Paper(token, key, Draft("resume"), bytes(size), "resume.pdf", 1, "f" * 64)


def refused(held: Held, key: Key, token: str, now: datetime = NOW) -> str:
    with pytest.raises(Refusal) as refusal:
        held.get(key, token, now)
    return refusal.value.reason


async def test_only_its_author_finds_it() -> None:
    """Somebody else's token, in this server or another, is as good as none."""
    held = Held()
    held.put(paper("a"), NOW)
    assert held.get(ANA, "a", NOW).token == "a"
    for stranger in (BOB, Key(2, 101)):
        assert refused(held, stranger, "a") == "review_paper_gone"
        assert held.find(stranger, "a", NOW) is None


async def test_a_quarter_of_an_hour() -> None:
    """Up to its last moment it is there; a change makes it stay no longer."""
    held = Held()
    held.put(paper("a"), NOW)
    held.change(paper("a", size=11))
    last = NOW + KEPT - timedelta(milliseconds=1)
    assert len(held.get(ANA, "a", last).data) == 11
    assert refused(held, ANA, "a", NOW + KEPT) == "review_paper_gone"


async def test_a_new_one_replaces_the_old() -> None:
    """Nobody holds two."""
    held = Held()
    held.put(paper("a"), NOW)
    held.put(paper("b"), NOW)
    assert refused(held, ANA, "a") == "review_paper_gone" and len(held) == 1


async def test_the_oldest_go_when_there_are_too_many() -> None:
    """By number, and by their size together."""
    held = Held()
    for number in range(MOST + 3):
        held.put(paper(f"t{number}", Key(1, number)), NOW)
    assert len(held) == MOST and held.find(Key(1, 0), "t0", NOW) is None
    for number in range(10):
        held.put(paper(f"u{number}", Key(2, number), MOST_BYTES // 8), NOW)
    assert len(held) <= 8 and held.find(Key(2, 9), "u9", NOW) is not None


async def test_a_second_press_waits_for_the_first() -> None:
    """While it is handed in it can't be handed in again; when that did not work, it can."""
    held = Held()
    held.put(paper("a"), NOW)
    held.begin(ANA, "a", NOW)
    assert refused(held, ANA, "a") == "review_paper_going"
    held.end("a", done=False)
    held.begin(ANA, "a", NOW)
    held.end("a", done=True)
    assert refused(held, ANA, "a") == "review_paper_gone" and len(held) == 0
