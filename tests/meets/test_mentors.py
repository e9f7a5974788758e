"""Mentors and mentees: each mentee has one, mentors share them, and no way does better."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meets import pairing
from bot.meets.pairing import Drawn, Past, draw_mentors, figures
from tests.meets.parts import WEEK, Two

SEED = b"seed"


def mentors(offers: dict[int, int], mentees: list[int], apart: frozenset[Two] = frozenset()) -> Drawn:
    return draw_mentors(offers, mentees, lambda a, b: (a, b) not in apart, lambda *_: 500, WEEK, SEED)


def test_mentors_share() -> None:
    """Each mentee has one mentor, who takes no more than they offered; each mentor has one before any has two."""
    found = mentors({1: 3, 2: 3, 3: 1}, [11, 12, 13, 14, 15])
    counts = sorted(sum(one == mentor for one, _ in found.matches) for mentor in (1, 2, 3))
    assert (counts, found.left) == ([1, 2, 2], ())
    assert sorted(mentee for _, mentee in found.matches) == [11, 12, 13, 14, 15]
    assert mentors({1: 2}, [11, 12, 13]).left in {(11,), (12,), (13,)}


def test_mentors_who_may_not_meet() -> None:
    """Whoever fits with one alone has that one; who fits with none is left, on either side."""
    apart = frozenset({(1, 11), (2, 12), (1, 13), (2, 13)})
    assert mentors({1: 1, 2: 1}, [11, 12, 13], apart) == Drawn(((1, 12), (2, 11)), (13,))
    assert mentors({1: 1, 2: 1}, []) == Drawn((), (1, 2))
    assert mentors({}, [11]) == Drawn((), (11,))
    assert mentors({1: 0}, [11]) == Drawn((), (1, 11))


def test_whoever_is_both_is_a_mentor() -> None:
    """Nobody is their own mentee."""
    assert mentors({1: 2, 2: 1}, [1, 3]).left in {(1,), (2,)}


def test_who_was_alone_comes_first() -> None:
    """A mentor or a mentee without a meeting lately; but no mentor has a second one while another has none."""
    past = Past(alone=frozenset({2, 13}))
    for number in range(20):
        found = draw_mentors(
            {1: 3, 2: 3}, [11, 12], lambda *_: True, lambda *_: 0, WEEK, b"%d" % number, past
        ).matches
        assert {mentor for mentor, _ in found} == {1, 2}
        one = draw_mentors({1: 1, 2: 1}, [13], lambda *_: True, lambda *_: 0, WEEK, b"%d" % number, past)
        assert one.matches == ((2, 13),)
        one = draw_mentors({1: 1}, [11, 12, 13], lambda *_: True, lambda *_: 0, WEEK, b"%d" % number, past)
        assert one.matches == ((1, 13),)


def test_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than are drawn at once: they are divided, and who is left over gets a mentor who has room."""
    monkeypatch.setattr(pairing, "AT_ONCE", 20)
    offers, mentees = dict.fromkeys(range(40), 2), list(range(100, 180))
    found = draw_mentors(offers, mentees, lambda a, b: (a + b) % 7 != 0, lambda *_: 0, WEEK, SEED)
    assert sorted(mentee for _, mentee in found.matches) == mentees
    assert Counter(mentor for mentor, _ in found.matches) == Counter(offers)


@given(st.integers(0, 2**32))
def test_no_way_gives_more_mentees_a_mentor(seed: int) -> None:
    """Of all ways none has more pairs, then shares them better among mentors, then repeats less, or …"""
    random = Random(seed)
    offers = {mentor: random.randint(1, 3) for mentor in range(1, random.randint(2, 4))}
    mentees = list(range(11, random.randint(11, 16)))
    pairs = [(mentor, mentee) for mentor in offers for mentee in mentees]
    fits = {pair: random.choice([0, 1000, 500]) for pair in pairs if random.random() < 0.6}
    past = Past(
        {pair: WEEK - timedelta(weeks=random.randint(1, 9)) for pair in pairs if random.random() < 0.3}
    )
    found = draw_mentors(offers, mentees, lambda *p: p in fits, lambda *p: fits[p], WEEK, SEED, past)

    def ways(left: list[int], room: dict[int, int]) -> Iterator[tuple[Two, ...]]:
        if not left:
            yield ()
            return
        yield from ways(left[1:], room)
        for mentor in room:
            if room[mentor] and (mentor, left[0]) in fits:
                for rest in ways(left[1:], room | {mentor: room[mentor] - 1}):
                    yield ((mentor, left[0]), *rest)

    def value(way: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
        said = figures(Drawn(way), lambda *p: fits[p], WEEK, past)
        loads = sorted((sum(pair[0] == mentor for pair in way) for mentor in offers), reverse=True)
        return len(way), *(-load for load in loads), -said.repeats, said.ages, said.sum

    spread = sum(load > 0 for load in (sum(p[0] == m for p in found.matches) for m in offers))
    most = [way for way in ways(mentees, offers) if len(way) == len(found.matches)]
    assert all(len(way) <= len(found.matches) for way in ways(mentees, offers))
    assert spread == max(len({mentor for mentor, _ in way}) for way in most)
    assert value(found.matches) == max(value(way) for way in most)
