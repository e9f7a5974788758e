"""Who meets whom: whom may not is never broken, then as good as it can be, and never by chance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.meets import pairing
from bot.meets.matching import Pairs, paired
from bot.meets.pairing import Drawn, Past, draw, figures, past_of, season
from bot.meets.values import Match
from bot.meets.week import drawn as new_match
from tests.meets.parts import NOW, WEEK, Two, every_way, ordered
from tests.proofs import size

SEED = b"seed"


@dataclass(frozen=True)
class Circle:
    """People, who of them may not meet, how well the others fit, and what was before."""

    ids: tuple[int, ...]
    apart: frozenset[frozenset[int]]
    scores: Mapping[frozenset[int], int]
    past: Past

    def may(self, one: int, other: int) -> bool:
        return frozenset((one, other)) not in self.apart

    def weight(self, one: int, other: int) -> int:
        return self.scores[frozenset((one, other))]

    def draw(self, seed: bytes = SEED) -> Drawn:
        return draw(self.ids, self.may, self.weight, WEEK, seed, self.past)

    def figures(self, found: Drawn) -> pairing.Figures:
        return figures(found, self.weight, WEEK, self.past)

    def renamed(self, names: Mapping[int, int], order: Random) -> Circle:
        def both(pair: frozenset[int]) -> frozenset[int]:
            return frozenset(names[one] for one in pair)

        met = {ordered(names[a], names[b]): week for (a, b), week in self.past.met.items()}
        some = [frozenset(names[one] for one in group) for group in (self.past.trio, self.past.alone)]
        ids = [names[one] for one in self.ids]
        order.shuffle(ids)
        return Circle(
            tuple(ids),
            frozenset(map(both, self.apart)),
            {both(pair): score for pair, score in self.scores.items()},
            Past(met, *some),
        )


def circle(random: Random, count: int) -> Circle:
    ids = sorted(random.sample(range(1, 10_000), count))
    pairs = list(combinations(ids, 2))
    density, again = random.choice([0, 0.1, 0.5, 0.8]), random.choice([0, 0.3, 1])
    coarse = random.choice([1, 250])  # many equals, or nearly none
    met = {pair: WEEK - timedelta(weeks=random.randint(1, 60)) for pair in pairs if random.random() < again}
    return Circle(
        tuple(ids),
        frozenset(frozenset(pair) for pair in pairs if random.random() < density),
        {frozenset(pair): random.randint(0, 1000 // coarse) * coarse for pair in pairs},
        Past(
            met,
            frozenset(random.sample(ids, min(count, random.choice([0, 0, 3])))),
            frozenset(one for one in ids if random.random() < 0.2),
        ),
    )


@st.composite
def circles(choose: st.DrawFn, most: int = 40) -> Circle:
    return circle(Random(choose(st.integers(0, 2**32))), choose(st.integers(0, most)))


# -- what always holds ---------------------------------------------------------------------------


@given(circles())
def test_the_rules_are_never_broken(some: Circle) -> None:
    """Everybody is in one meeting or left; all of a meeting may meet; nobody is in a three twice in a row."""
    found = some.draw()
    seats = [one for match in found.matches for one in match] + list(found.left)
    assert sorted(seats) == list(some.ids)
    assert {len(match) for match in found.matches} <= {2, 3}
    assert all(some.may(*pair) for match in found.matches for pair in combinations(match, 2))
    assert not any(some.past.trio & set(match) for match in found.matches if len(match) == 3)


@given(circles())
def test_a_three_stands_only_for_the_odd_one(some: Circle) -> None:
    """There are as many twos as there can be; a three is one of them with somebody who was left over."""
    found = some.draw()
    fits = [
        sum(1 << at for at, other in enumerate(some.ids) if other != one and some.may(one, other))
        for one in some.ids
    ]
    assert len(found.matches) == len(paired(Pairs(fits, lambda *_: 0)))


@given(circles())
def test_nobody_is_left_who_could_join(some: Circle) -> None:
    """Nobody who is left fits another one who is, or both of a two that may become a three."""
    found = some.draw()
    assert not any(some.may(*pair) for pair in combinations(found.left, 2))
    for one in set(found.left) - some.past.trio:
        for match in found.matches:
            free = len(match) == 2 and not some.past.trio & set(match)
            assert not (free and all(some.may(one, other) for other in match))


@given(circles(), st.randoms(use_true_random=False))
def test_the_order_of_people_tells_nothing(some: Circle, random: Random) -> None:
    """However they are listed, and however often, the same people get the same meetings."""
    ids = [*some.ids, *some.ids[:2]]
    random.shuffle(ids)
    assert draw(ids, some.may, some.weight, WEEK, SEED, some.past) == some.draw()


@given(circles(), st.randoms(use_true_random=False))
def test_names_tell_nothing(some: Circle, random: Random) -> None:
    """With other ids as many have a meeting in as many twos and threes; up to ten people every figure is the same,
    and so it is with more who are all in twos."""
    names = dict(zip(some.ids, random.sample(range(1, 10_000), len(some.ids)), strict=True))
    before, other = some.draw(), some.renamed(names, random)
    after = other.draw()
    assert len(after.matches) == len(before.matches)
    if len(some.ids) <= 10 or not (before.left or some.figures(before).trios):
        assert other.figures(after) == some.figures(before)


def test_the_seed_decides_between_equals() -> None:
    """Whom chance would have brought together is another one under another seed."""
    everybody = range(1, 21)
    draws = {draw(everybody, lambda *_: True, lambda *_: 0, WEEK, b"%d" % n).matches for n in range(5)}
    assert len(draws) == 5


# -- the best way --------------------------------------------------------------------------------


def allowed(some: Circle, way: tuple[tuple[int, ...], ...]) -> bool:
    tired = any(len(match) == 3 and some.past.trio & set(match) for match in way)
    return not tired and all(some.may(*pair) for match in way for pair in combinations(match, 2))


def cost(some: Circle, found: Drawn) -> tuple[int, ...]:
    """The less the better, in the order of the goals."""
    said = some.figures(found)
    alone = len(some.past.alone - {one for match in found.matches for one in match})
    return (len(some.ids) - said.placed, said.trios, alone, said.repeats, -said.ages, -said.sum)


@given(circles(most=8))
def test_no_way_is_better_for_a_few(some: Circle) -> None:
    """Up to eight people: of all ways that break no rule none places more, needs fewer threes, repeats less, or …"""
    ways = [Drawn(way) for way in every_way(some.ids) if allowed(some, way)]
    assert cost(some, some.draw()) == min(cost(some, way) for way in ways)


# -- pools that are hard -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "sizes", "left"),
    [
        (0, [], 0),
        (1, [], 1),
        (2, [2], 0),
        (3, [3], 0),
        (4, [2, 2], 0),
        (5, [2, 3], 0),
        (13, [2] * 5 + [3], 0),
    ],
)
def test_small_pools(count: int, sizes: list[int], left: int) -> None:
    """Nobody, one, two, three: each has its answer. An odd one joins two others."""
    found = draw(range(count), lambda *_: True, lambda *_: 500, WEEK, SEED)
    assert sorted(map(len, found.matches)) == sizes
    assert len(found.left) == left


@pytest.mark.parametrize("count", [0, 1, 2, 3, 12, 350])
def test_everybody_is_kept_apart(count: int) -> None:
    """All are left, and all read the same."""
    assert draw(range(count), lambda *_: False, lambda *_: 0, WEEK, SEED) == Drawn((), tuple(range(count)))


def test_three_people_take_turns() -> None:
    """Together, then two of them, and so on; nobody is alone twice before all were."""
    draws = season(range(3), lambda *_: True, lambda a, b: 1000 if (a, b) == (0, 1) else 0, WEEK, 6, SEED)
    assert [len(one.left) for one in draws] == [0, 1, 0, 1, 0, 1]
    assert sorted(one.left[0] for one in draws if one.left) == [0, 1, 2]


def test_the_odd_one_is_another_one_each_week() -> None:
    """Nobody is in a three in two weeks that follow each other, and nobody is left."""
    draws = season(range(13), lambda *_: True, lambda *_: 0, WEEK, 12, SEED)
    threes = [{one for match in draw.matches if len(match) == 3 for one in match} for draw in draws]
    assert all(len(three) == 3 for three in threes)
    assert not any(here & there for here, there in pairwise(threes))
    assert not any(draw.left for draw in draws)


def test_a_block_costs_only_those_two() -> None:
    """Who may meet nobody is left; with the others all goes on."""
    found = draw(range(7), lambda one, other: 6 not in (one, other), lambda *_: 0, WEEK, SEED)
    assert found.left == (6,)
    assert len(found.matches) == 3


def test_a_score_out_of_bounds() -> None:
    """A weight that could outweigh a repeat is an error."""
    for score in (-1, 1001):
        with pytest.raises(ValueError, match="from 0 to 1000"):
            draw([1, 2], lambda *_: True, lambda *_, score=score: score, WEEK, SEED)


def test_very_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than are drawn at once: they are divided, and whoever is left over is drawn once more."""
    monkeypatch.setattr(pairing, "AT_ONCE", 20)
    found = draw(range(101), lambda one, other: (one + other) % 7 != 0, lambda *_: 0, WEEK, SEED)
    assert found.left == ()
    assert sorted(one for match in found.matches for one in match) == list(range(101))


# -- repeats -------------------------------------------------------------------------------------


def test_a_repeat_is_better_than_nobody() -> None:
    """Two who met last week, and nobody else is there."""
    past = Past({(1, 2): WEEK - timedelta(weeks=1)})
    assert draw([1, 2], lambda *_: True, lambda *_: 0, WEEK, SEED, past).matches == ((1, 2),)


def test_no_score_outweighs_a_repeat() -> None:
    """The best pairs met before, the worst did not: they meet now."""
    past = Past({(1, 2): WEEK - timedelta(weeks=50), (3, 4): WEEK - timedelta(weeks=50)})
    fits = lambda a, b: 1000 if (a, b) in ((1, 2), (2, 1), (3, 4), (4, 3)) else 0  # noqa: E731
    assert (1, 2) not in draw(range(1, 5), lambda *_: True, fits, WEEK, SEED, past).matches
    forgotten = Past({pair: WEEK - timedelta(weeks=52) for pair in past.met})
    assert draw(range(1, 5), lambda *_: True, fits, WEEK, SEED, forgotten).matches == ((1, 2), (3, 4))


def test_who_met_longest_ago_meets_again() -> None:
    """Four who all know each other go round: the three ways in turn, whatever fits best."""
    draws = season(
        range(4), lambda *_: True, lambda a, b: 1000 * ({a, b} in ({0, 1}, {2, 3})), WEEK, 12, SEED
    )
    ways = [one.matches for one in draws]
    assert len(set(ways[:3])) == 3
    assert ways[3:] == ways[:-3]


def again(count: int, weeks: int, seed: int) -> tuple[int, int, int | None]:
    """(repeats, pairs, the first week with one) when everybody takes part; scores are anything."""
    random = Random(seed)
    scores = {pair: random.randint(0, 1000) for pair in combinations(range(count), 2)}
    draws = season(
        range(count), lambda *_: True, lambda a, b: scores[ordered(a, b)], WEEK, weeks, b"%d" % seed
    )
    met: dict[Two, int] = {}
    found = [
        (number, pair)
        for number, one in enumerate(draws, 1)
        for match in one.matches
        for pair in combinations(match, 2)
    ]
    repeats = [number for number, pair in found if met.setdefault(pair, number) != number]
    return len(repeats), len(found), min(repeats, default=None)


@pytest.mark.proof
def test_nineteen_weeks_of_twenty(record_property: Callable[[str, object], None]) -> None:
    """Each could meet each other once: no repeat before week 15, and 1 % at most over all seeds."""
    seen = [again(20, 19, seed) for seed in range(size(5, 50))]
    repeats, pairs = sum(one[0] for one in seen), sum(one[1] for one in seen)
    first = min((one[2] for one in seen if one[2]), default=20)
    assert 100 * repeats <= pairs
    assert first >= 15
    record_property("promise", "Weekly meetings repeat only when they must")
    record_property(
        "figure", f"20 people, 19 weeks: {100 * repeats / pairs:.1f} % again, first in week {first}"
    )


def test_sixty_people_for_twelve_weeks() -> None:
    """Nobody meets anybody twice."""
    assert again(60, 12, 1)[0] == 0


def test_what_is_remembered() -> None:
    """Of earlier matches: who met whom last, and who was in last week's three; nothing of this week or later."""
    ago = [WEEK - timedelta(weeks=n) for n in range(4)]
    some = [((1, 2), 3), ((1, 2, 3), 1), ((4, 5, 6), 2), ((7, 8), 0)]
    matches: list[Match] = [new_match(0, 1, "coffee", ago[n], ids, NOW) for ids, n in some]
    past = past_of(matches, WEEK, [9])
    assert past.met == dict.fromkeys([(1, 2), (1, 3), (2, 3)], ago[1]) | dict.fromkeys(
        [(4, 5), (4, 6), (5, 6)], ago[2]
    )
    assert (past.trio, past.alone) == (frozenset({1, 2, 3}), frozenset({9}))
