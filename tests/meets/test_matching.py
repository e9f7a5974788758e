"""The search itself, by numbers: twos and threes as good as they can be, and proof that there are no more."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meets.matching import MOST, Pairs, best, bits, divide, paired
from tests.meets.parts import Two, every_way, ordered
from tests.proofs import size


def graph(random: Random, count: int, density: float) -> Pairs:
    fits = [0] * count
    worth: dict[Two, int] = {}
    for one, other in combinations(range(count), 2):
        if random.random() < density:
            fits[one] |= 1 << other
            fits[other] |= 1 << one
            worth[one, other] = random.choice([random.getrandbits(8), random.getrandbits(80)])
    urgent = [random.choice([0, 0, 0, 1, 3]) for _ in range(count)]
    return Pairs(fits, lambda one, other: worth[ordered(one, other)], urgent)


def twos(pairs: Pairs, found: list[Two]) -> tuple[int, int, int]:
    urgency = sum(pairs.urgency(one) for pair in found for one in pair)
    return len(found), urgency, sum(pairs.worth(*pair) for pair in found)


@given(st.integers(0, 2**32), st.integers(0, 8), st.sampled_from([0.2, 0.5, 1.0]))
def test_no_twos_are_better(seed: int, count: int, density: float) -> None:
    """Of all ways to make twos, as many as can be, then the most urgent people, then the greatest worth."""
    pairs = graph(Random(seed), count, density)
    ways = [
        [(way[0], way[1]) for way in some]
        for some in every_way(tuple(range(count)))
        if all(len(way) == 2 and pairs.fits[way[0]] >> way[1] & 1 for way in some)
    ]
    assert twos(pairs, paired(pairs)) == max(twos(pairs, way) for way in ways)


@pytest.mark.proof
@given(st.integers(0, 2**32), st.integers(0, 12))
def test_more_than_a_few_are_placed_as_well(seed: int, count: int) -> None:
    """What is done for many, done for a few: as many groups as the best way has, with as many people."""
    random = Random(seed)
    pairs = graph(random, count, random.choice([0.15, 0.3, 0.5, 0.9]))
    tired = random.getrandbits(13) & random.getrandbits(13) & random.choice([0, (1 << count) - 1])
    pairs = replace(pairs, tired=tired)
    exact, many = best(pairs, range(count)), divide(pairs, exact=0)
    assert len(many) == len(exact)
    assert sum(map(len, many)) == sum(map(len, exact))
    assert len({one for group in many for one in group}) == sum(map(len, many))
    assert all(len(group) == 2 or pairs.trio(*group) for group in many)


@pytest.mark.proof
@given(st.integers(0, 2**32))
def test_few_arcs_are_enough(seed: int) -> None:
    """With only the best arcs of each weighed there are as many twos as with all pairs, also where that is hard."""
    random = Random(seed)
    count = random.randint(2, size(60, 300))
    pairs = graph(random, count, random.choice([1 / count, 2 / count, 4 / count, 0.3]))
    few = paired(pairs, all_pairs=0, arcs=random.choice([1, 2, 15]))
    assert len(few) == len(paired(pairs, all_pairs=count))
    assert all(pairs.fits[one] >> other & 1 for one, other in few)
    assert len({one for pair in few for one in pair}) == 2 * len(few)


def test_too_many_for_one_matching() -> None:
    """Sums of worth stay within what the library counts in, so the search says how many it takes."""
    with pytest.raises(ValueError, match=f"{MOST} is the most"):
        paired(Pairs([0] * (MOST + 1), lambda *_: 0))


def test_bits() -> None:
    """The numbers in a set, the smallest first."""
    assert list(bits(0b101001)) == [0, 3, 5]
