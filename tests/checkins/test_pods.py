"""Who is put together with whom: two rules that are never broken, then as good as it can be, and never by chance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins import pods
from bot.checkins.drawing import LARGEST, SMALLEST
from bot.checkins.pods import (
    TOGETHER,
    Candidate,
    Drawn,
    May,
    Standing,
    arranged,
    draw,
    merged,
    names,
    parted,
    placed,
)
from bot.people.may_meet import Meeting

ALL_DAY = (1 << 48) - 1
SEED = b"seed"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)

Pair = frozenset[int]


def everybody(*user_ids: int, awake: int = ALL_DAY) -> list[Candidate]:
    return [Candidate(one, awake) for one in user_ids]


def may(*apart: tuple[int, int]) -> May:
    """Everybody may meet, but for these pairs."""
    forbidden = {frozenset(pair) for pair in apart}
    return lambda one, other: frozenset((one, other)) not in forbidden


@st.composite
def companies(draw_one: st.DrawFn, most: int = 40) -> tuple[list[Candidate], set[Pair]]:
    """People awake at odd hours, some of whom may not meet, some of whom were together lately."""
    random = Random(draw_one(st.integers(0, 2**32)))
    ids = random.sample(range(1, 10_000), draw_one(st.integers(0, most)))
    density = draw_one(st.sampled_from([0.0, 0.1, 0.4, 0.8]))
    pairs = [frozenset(pair) for pair in combinations(ids, 2)]
    apart = {pair for pair in pairs if random.random() < density}
    met = {pair for pair in pairs if random.random() < draw_one(st.sampled_from([0.0, 0.3]))}
    sleepy = draw_one(st.booleans())
    people = [
        Candidate(
            one,
            random.getrandbits(48) & (random.getrandbits(48) if sleepy else ALL_DAY),
            frozenset(other for pair in met if one in pair for other in pair - {one}),
        )
        for one in ids
    ]
    return people, apart


def fits(people: Sequence[Candidate], apart: set[Pair]) -> dict[Pair, bool]:
    return {
        frozenset((a.user_id, b.user_id)): frozenset((a.user_id, b.user_id)) not in apart
        and bin(a.awake & b.awake).count("1") >= TOGETHER
        for a, b in combinations(people, 2)
    }


def pairs_in(pod: Sequence[int]) -> list[Pair]:
    return [frozenset(pair) for pair in combinations(pod, 2)]


def drawn_of(people: Sequence[Candidate], apart: set[Pair], seed: bytes = SEED) -> Drawn:
    return draw(people, lambda one, other: frozenset((one, other)) not in apart, seed)


# -- what always holds ---------------------------------------------------------------------------


@given(companies())
def test_the_rules_are_never_broken(company: tuple[list[Candidate], set[Pair]]) -> None:
    """Everybody is in one pod or left; three to five in each; every two of a pod may meet and are awake together."""
    people, apart = company
    drawn, fit = drawn_of(people, apart), fits(people, apart)
    seats = [one for pod in drawn.pods for one in pod] + list(drawn.left)
    assert sorted(seats) == sorted(one.user_id for one in people)
    assert all(SMALLEST <= len(pod) <= LARGEST for pod in drawn.pods)
    assert all(fit[pair] for pod in drawn.pods for pair in pairs_in(pod))


@given(companies())
def test_nobody_is_left_who_has_room(company: tuple[list[Candidate], set[Pair]]) -> None:
    """Nobody who is left fits a pod of fewer than five, and no three who are left fit each other."""
    people, apart = company
    drawn, fit = drawn_of(people, apart), fits(people, apart)
    for one in drawn.left:
        for pod in drawn.pods:
            assert len(pod) == LARGEST or not all(fit[frozenset((one, other))] for other in pod)
    assert not any(all(fit[pair] for pair in pairs_in(three)) for three in combinations(drawn.left, 3))


@given(companies(), st.randoms(use_true_random=False))
def test_the_order_of_people_tells_nothing(
    company: tuple[list[Candidate], set[Pair]], random: Random
) -> None:
    """However they are listed, the same people get the same pods; also when asked twice."""
    people, apart = company
    shuffled = random.sample(people, len(people))
    first, second = drawn_of(people, apart), drawn_of(shuffled, apart)
    assert (sorted(first.pods), first.left) == (sorted(second.pods), second.left)
    assert drawn_of(people, apart) == first


# -- the best way --------------------------------------------------------------------------------

Score = tuple[int, int, int, int]


def every_way(ids: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Each way of putting some of these into pods."""
    if not ids:
        yield ()
        return
    first, rest = ids[0], ids[1:]
    yield from every_way(rest)
    for size in range(SMALLEST - 1, LARGEST):
        for others in combinations(rest, size):
            for way in every_way(tuple(one for one in rest if one not in others)):
                yield ((first, *others), *way)


def score(people: Sequence[Candidate], way: Sequence[Sequence[int]]) -> Score:
    """The less the better: left, together lately, sizes, and half hours awake together."""
    by_id = {one.user_id: one for one in people}
    pairs = [(by_id[a], by_id[b]) for pod in way for a, b in combinations(pod, 2)]
    return (
        len(people) - sum(map(len, way)),
        sum(b.user_id in a.met_lately or a.user_id in b.met_lately for a, b in pairs),
        sum(abs(len(pod) - 4) for pod in way),
        sum(48 - bin(a.awake & b.awake).count("1") for a, b in pairs),
    )


@given(companies(most=8))
def test_no_way_is_better_for_a_few(company: tuple[list[Candidate], set[Pair]]) -> None:
    """Up to eight people: of all ways that break no rule none places more, or repeats less, or …"""
    people, apart = company
    fit = fits(people, apart)
    ways = every_way(tuple(one.user_id for one in people))
    allowed = [way for way in ways if all(fit[pair] for pod in way for pair in pairs_in(pod))]
    best = min(score(people, way) for way in allowed)
    assert score(people, drawn_of(people, apart).pods) == best


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (2, []),
        (3, [3]),
        (4, [4]),
        (5, [5]),
        (6, [3, 3]),
        (7, [3, 4]),
        (8, [4, 4]),
        (9, [4, 5]),
        (11, [3, 4, 4]),
        (16, [4] * 4),
        (23, [3] + [4] * 5),
        (100, [4] * 25),
    ],
)
def test_pods_are_near_four(count: int, sizes: list[int]) -> None:
    """Where everybody fits everybody, nobody is left from three people on."""
    drawn = draw(everybody(*range(1, count + 1)), may(), SEED)
    assert sorted(map(len, drawn.pods)) == sizes


def test_people_are_mixed_anew() -> None:
    """Sixteen who stood in four pods: of the new ones none holds two who were together."""
    before = [range(start, start + 4) for start in range(1, 17, 4)]
    people = [Candidate(one, ALL_DAY, frozenset(pod) - {one}) for pod in before for one in pod]
    drawn = draw(people, may(), SEED)
    assert len(drawn.pods) == 4
    assert all(len(set(pod) & set(old)) == 1 for pod in drawn.pods for old in before)


def test_a_repeat_is_better_than_nobody() -> None:
    """Four who were together lately, and nobody else is there."""
    people = [Candidate(one, ALL_DAY, frozenset({1, 2, 3, 4}) - {one}) for one in range(1, 5)]
    assert draw(people, may(), SEED).pods == ((1, 2, 3, 4),)


def test_those_who_are_awake_at_the_same_time() -> None:
    """Eight people on two sides of the world: each pod is one side."""
    east, west = (pods.awake(zone, (21 * 60, 9 * 60), NOW) for zone in ("Asia/Tokyo", "America/New_York"))
    people = everybody(1, 3, 5, 7, awake=east) + everybody(2, 4, 6, 8, awake=west)
    assert sorted(draw(people, may(), SEED).pods) == [(1, 3, 5, 7), (2, 4, 6, 8)]


def test_the_seed_decides_between_equals() -> None:
    """Whom chance would have put together is another one under another seed."""
    people = everybody(*range(1, 21))
    assert draw(people, may(), b"one").pods != draw(people, may(), b"two").pods


def test_three_hundred_people() -> None:
    """In one draw, from eight zones, with blocks and repeats: all in fours, none with whom they were lately."""
    random = Random(1)
    zones = ("Europe/Lisbon", "Asia/Tokyo", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland")
    awake = [pods.awake(zone, (22 * 60, 8 * 60), NOW) for zone in zones]
    ids = range(1, 301)
    apart = [(one, random.choice(ids)) for one in ids]
    people = [Candidate(one, random.choice(awake), frozenset(random.sample(ids, 4))) for one in ids]
    drawn = draw(people, may(*apart), SEED)
    assert score(people, drawn.pods)[:3] == (0, 0, 0)


def test_very_many_people() -> None:
    """More than are drawn at once: still nobody is left, and the rules hold."""
    people = everybody(*range(1, 1_000))
    drawn = draw(people, may((1, 2), (3, 4)), SEED)
    assert drawn.left == ()
    assert {len(pod) for pod in drawn.pods} <= {3, 4, 5}
    assert not any({1, 2} <= set(pod) or {3, 4} <= set(pod) for pod in drawn.pods)


# -- hours ---------------------------------------------------------------------------------------


def half_hours(awake: int) -> list[int]:
    return [half_hour for half_hour in range(48) if awake >> half_hour & 1]


def test_when_somebody_is_awake() -> None:
    """From 8:00 to 22:00 on their own clock, as half hours of a UTC day."""
    assert half_hours(pods.awake("UTC", (22 * 60, 8 * 60), NOW)) == list(range(16, 44))
    assert half_hours(pods.awake("Asia/Kolkata", (22 * 60, 8 * 60), NOW)) == list(range(5, 33))
    assert half_hours(pods.awake("UTC", (9 * 60, 17 * 60), NOW)) == [*range(18), *range(34, 48)]
    assert pods.awake("Asia/Kathmandu", (0, 0), NOW) == ALL_DAY


@given(st.sampled_from(["Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "America/St_Johns"]))
def test_everybody_is_awake_together_by_default(zone: str) -> None:
    """With the quiet hours that nobody changed, no two places of the world are too far from each other."""
    for other in range(-12, 15):
        there = pods.awake(f"Etc/GMT{-other:+d}", (22 * 60, 8 * 60), NOW)
        assert (pods.awake(zone, (22 * 60, 8 * 60), NOW) & there).bit_count() >= TOGETHER


# -- pods that stand already ---------------------------------------------------------------------


def test_newcomers_fill_the_emptiest_pod() -> None:
    """Into pods with room, the smallest first; nobody into a full one, or beside somebody they may not meet."""
    standing = {1: everybody(1, 2, 3, 4, 5), 2: everybody(6, 7), 3: everybody(8, 9, 10)}
    assert placed(everybody(20), standing, may(), SEED) == {20: 2}
    assert placed(everybody(20), standing, may((20, 6)), SEED) == {20: 3}
    assert placed(everybody(20), standing, may((20, 6), (9, 20)), SEED) == {}
    into = placed(everybody(20, 21, 22, 23, 24, 25), standing, may(), SEED)
    assert sorted(into.values()) == [2, 2, 2, 3, 3]
    kept_apart = placed(everybody(20, 21), {2: everybody(6, 7)}, may((20, 21)), SEED)
    assert len(kept_apart) == 1


def test_newcomers_rather_meet_others() -> None:
    """Not into the pod that they left just now; and where they know somebody only if there is no other."""
    standing = {1: everybody(1, 2, 3), 2: everybody(4, 5, 6, 7)}
    left = Candidate(20, ALL_DAY, frozenset({1, 2, 3}), left=frozenset({1}))
    assert placed([left], standing, may(), SEED) == {20: 2}
    assert placed([left], {1: standing[1]}, may(), SEED) == {}
    knows = Candidate(20, ALL_DAY, frozenset({1}))
    assert placed([knows], standing, may(), SEED) == {20: 2}
    assert placed([knows], {1: standing[1]}, may(), SEED) == {20: 1}


def test_a_quiet_pod_joins_another() -> None:
    """Fewer than three who check in: those go where there is room; without anybody it ends."""
    quiet = Standing(1, tuple(everybody(1, 2, 3, 4)))
    lively = Standing(2, tuple(everybody(5, 6, 7)))
    active = {1, 2, 5, 6, 7}
    assert merged([quiet, lively], active, may()) == {1: 2}
    assert merged([quiet, lively], active - {1, 2}, may()) == {1: None}
    assert merged([quiet, lively], active, may((1, 5))) == {}
    young = Standing(1, quiet.members, settled=False)
    assert merged([young, lively], active, may()) == {}


def test_two_quiet_pods_join_each_other() -> None:
    """Once: the one that takes the other in stays."""
    some = [Standing(1, tuple(everybody(1, 2))), Standing(2, tuple(everybody(3, 4)))]
    assert merged(some, {1, 2, 3, 4}, may()) == {1: 2}


def test_an_opening() -> None:
    """A small pod is filled, those who are enough get a pod of their own, the last one fills a third."""
    standing = [Standing(1, tuple(everybody(1, 2))), Standing(2, tuple(everybody(3, 4, 5, 6)))]
    everyone = set(range(1, 20))
    after = arranged(standing, everybody(10, 11, 12, 13, 14), everyone, may(), SEED)
    assert [len(after.kept[1]), len(after.kept[2])] == [3, 4]
    assert [len(pod) for pod in after.new] == [4]
    after = arranged(standing[1:], everybody(10), everyone, may(), SEED)
    assert (after.kept, after.new) == ({2: (3, 4, 5, 6, 10)}, ())


@given(companies(most=24), st.integers(0, 5), st.integers(0, 2**16))
def test_every_opening_keeps_the_rules(
    company: tuple[list[Candidate], set[Pair]], count: int, some: int
) -> None:
    """Nobody is in two pods, none has more than five, and whoever is new to somebody fits them. Who stays, stays."""
    people, apart = company
    fit, random = fits(people, apart), Random(some)
    here = [people[start : start + 3] for start in range(0, min(len(people), 3 * count), 3)]
    standing = [
        Standing(number, tuple(pod), settled=random.random() < 0.5) for number, pod in enumerate(here)
    ]
    active = {one.user_id for one in people if random.random() < 0.6}
    waiting = people[3 * count :]
    after = arranged(standing, waiting, active, lambda one, other: frozenset((one, other)) not in apart, SEED)
    every = [*after.kept.values(), *after.new]
    seats = [one for pod in every for one in pod]
    assert len(seats) == len(set(seats)) and set(seats) <= {one.user_id for one in people}
    assert all(len(pod) <= LARGEST for pod in every) and all(len(pod) >= SMALLEST for pod in after.new)
    for number, pod in after.kept.items():
        old = {one.user_id for one in standing[number].members}
        assert pod == () or old <= set(pod)
        strangers = [pair for pair in pairs_in(pod) if not pair <= old]
        together = [{one.user_id for one in other.members} for other in standing]
        assert all(fit[pair] for pair in strangers if not any(pair <= ids for ids in together))
    assert all(fit[pair] for pod in after.new for pair in pairs_in(pod))


# -- two who may not be together any more --------------------------------------------------------


def meetings(*ids: int, **of: Meeting) -> dict[int, Meeting]:
    known = {int(name.removeprefix("m")): one for name, one in of.items()}
    return {one: known.get(one, Meeting(one)) for one in ids}


def test_whoever_pressed_goes() -> None:
    """They blocked somebody: they go, and the blocked one sees no more than that somebody left."""
    apart = meetings(1, 2, 3, 4, m2=Meeting(2, blocked=frozenset({3})))
    assert parted((1, 2, 3, 4), apart, {2: NOW}) == (2,)
    assert parted((1, 2, 4), apart, {2: NOW}) == ()


def test_the_one_who_pressed_last_goes() -> None:
    """Years ago 1 guarded against a company; now 2 tells that they work there: 2 goes, and 1 notices nothing."""
    acme = frozenset({"acme"})
    apart = meetings(1, 2, 3, m1=Meeting(1, avoids=acme), m2=Meeting(2, works_at=acme))
    assert parted((1, 2, 3), apart, {1: NOW - timedelta(days=700), 2: NOW}) == (2,)


def test_only_as_many_go_as_have_to() -> None:
    """One who blocked three others goes alone."""
    apart = meetings(1, 2, 3, 4, m1=Meeting(1, blocked=frozenset({2, 3, 4})))
    assert parted((1, 2, 3, 4), apart, {1: NOW}) == (1,)


def test_names_are_never_used_again() -> None:
    """Numbers go on from the highest that there ever was."""
    assert names([], 2) == ["Pod 1", "Pod 2"]
    assert names(["Pod 2", "Pod 10", "Pod x"], 1) == ["Pod 11"]
