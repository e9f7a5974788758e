"""What holds of every matching, however large the round is."""

from __future__ import annotations

import dataclasses
from collections import Counter
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reviews.matching.graph import ties
from bot.reviews.matching.instance import Id, Instance, Pair
from bot.reviews.matching.solve import solve
from tests import proofs
from tests.reviews.rounds import Goals, checked, improvable, of, person, rounds

FILLED, SERVED, WAITED, WORST, SUM, HASH = range(6)
WAITING = slice(FILLED, WORST)  # the goals that only count

people = rounds(most=25)


def goals_of(instance: Instance) -> Goals:
    return checked(instance, solve(instance, large=False))


@given(people)
def test_no_change_is_an_improvement(instance: Instance) -> None:
    """No cycle of changes betters an answer, so it is the best by filled, served, waited, sum and hash."""
    found = solve(instance, large=False)
    checked(instance, found)
    assert not improvable(instance, found, found.worst)


@given(people)
def test_the_judge_sees_what_is_worse(instance: Instance) -> None:
    """One match taken away: the judge of the test above says that there is a better answer."""
    found = solve(instance, large=False)
    if found.assignments:
        assert improvable(instance, dataclasses.replace(found, assignments=found.assignments[1:]), 0)


@given(people)
def test_the_worst_score_is_as_good_as_can_be(instance: Instance) -> None:
    """With better pairs only, something is lost of what was filled, served or waited for."""
    found = goals_of(instance)
    if found[FILLED]:
        better = tuple(pair for pair in instance.pairs if pair[2] > found[WORST])
        assert goals_of(dataclasses.replace(instance, pairs=better))[WAITING] < found[WAITING]


@given(people)
def test_filled_is_the_maximum_flow(instance: Instance) -> None:
    """As many slots as augmenting paths in a plain search can fill, whatever the order."""
    assert goals_of(instance)[FILLED] == maximum_flow(instance)


def maximum_flow(instance: Instance) -> int:
    """Each author's slots one by one, each with a depth-first search."""
    reads: dict[Id, set[Id]] = {one.id: set() for one in instance.people}
    capacity = {one.id: one.capacity for one in instance.people}
    fits: dict[Id, list[Id]] = {one.id: [] for one in instance.people}
    for author, reviewer, _ in instance.pairs:
        fits[author].append(reviewer)

    def fill(author: Id, seen: set[Id]) -> bool:
        for reviewer in fits[author]:
            if reviewer in seen or author in reads[reviewer]:
                continue
            seen.add(reviewer)
            if len(reads[reviewer]) == capacity[reviewer]:
                gone = next((other for other in sorted(reads[reviewer], key=str) if fill(other, seen)), None)
                if gone is None:
                    continue
                reads[reviewer].remove(gone)
            reads[reviewer].add(author)
            return True
        return False

    return sum(fill(one.id, set()) for one in instance.people for _ in range(one.needs))


@given(people)
def test_nobody_is_short_while_somebody_who_fits_is_free(instance: Instance) -> None:
    """Whoever gets too few has no eligible reader with time left."""
    found = solve(instance, large=False)
    gives = Counter(reviewer for _, reviewer, _ in found.assignments)
    free = {one.id for one in instance.people if gives[one.id] < one.capacity}
    short = {one.id for one in found.short}
    given_pairs = {row[:2] for row in found.assignments}
    assert not [
        pair
        for pair in instance.pairs
        if pair[0] in short and pair[1] in free and pair[:2] not in given_pairs
    ]


@given(people, st.integers(0, 2**32))
def test_one_more_reader_never_lowers_anything_that_counts(instance: Instance, dice: int) -> None:
    """Nor does one more pair: filled, served, waited, then worst and sum are at least what they were."""
    random, before = Random(dice), goals_of(instance)
    new = [(one.id, "new", random.randint(0, 1000)) for one in instance.people if random.random() < 0.4]
    more = of([*instance.people, person("new", 0, 2)], [*instance.pairs, *new], instance.seed)
    assert goals_of(more)[:HASH] >= before[:HASH]
    freed = [pair for pair in _absent(instance) if random.random() < 0.2]
    assert goals_of(dataclasses.replace(instance, pairs=(*instance.pairs, *freed)))[:HASH] >= before[:HASH]


def _absent(instance: Instance) -> list[Pair]:
    there = {pair[:2] for pair in instance.pairs}
    ids = [one.id for one in instance.people]
    return [(a, b, 500) for a in ids for b in ids if a != b and (a, b) not in there]


@given(people, st.integers(0, 2**32))
def test_the_order_of_the_input_changes_nothing(instance: Instance, dice: int) -> None:
    """The same people and pairs in another order: the same answer, row by row and word by word."""
    random = Random(dice)
    mixed = of(
        random.sample(instance.people, len(instance.people)),
        random.sample(instance.pairs, len(instance.pairs)),
        instance.seed,
    )
    assert solve(mixed, large=False) == solve(instance, large=False)


@given(people, st.integers(0, 2**32))
def test_other_names_change_no_figure(instance: Instance, dice: int) -> None:
    """Nobody gains by their id: all figures but the hash stay."""
    names = Random(dice).sample(range(10_000), len(instance.people))
    new: dict[Id, Id] = {
        one.id: str(name) if name % 2 else name for one, name in zip(instance.people, names, strict=True)
    }
    renamed = of(
        [dataclasses.replace(one, id=new[one.id]) for one in instance.people],
        [(new[author], new[reviewer], score) for author, reviewer, score in instance.pairs],
        instance.seed,
    )
    assert goals_of(renamed)[:HASH] == goals_of(instance)[:HASH]


@given(people)
def test_rows_and_short_are_in_order(instance: Instance) -> None:
    """By id: numbers before texts, each ascending, the author's before the reviewer's."""
    found = solve(instance, large=False)

    def key(*ids: Id) -> list[tuple[bool, Id]]:
        return [(isinstance(one, str), one) for one in ids]

    assert list(found.assignments) == sorted(found.assignments, key=lambda row: key(row[0], row[1]))
    assert list(found.short) == sorted(found.short, key=lambda one: key(one.id))


def test_the_seed_decides_between_equals() -> None:
    """Twelve people who fit alike: every seed has the same figures, and not the same pairs."""
    everybody = [person(n) for n in range(12)]
    pairs = [(a.id, b.id, 700) for a in everybody for b in everybody if a is not b]
    found = [solve(of(everybody, pairs, seed)) for seed in ("a", "b", 7, "7")]
    assert {(one.filled, one.sum) for one in found} == {(12, 8400)}
    assert len({one.assignments for one in found}) == 4


def test_every_two_have_their_own_hash() -> None:
    """Wherever one id ends and the next begins, whatever the types, and with halves of characters."""
    ids: list[Id] = [7, "7", 71, "71", 1, "1", -7, "n7", "t1:7", "", "\0", "\ud800", "A", "a"]
    found = {ties(seed, author)(reviewer) for seed in ids for author in ids for reviewer in ids}
    assert len(found) == len(ids) ** 3
    assert 0 <= min(found) < 1 << 24 < max(found) < 1 << 32


def invented(count: int, dice: int, few: int) -> Instance:
    """Some are wanted by many, and scores are near each other. Of a hundred, `few` read only one document."""
    random = Random(dice)
    fields = [random.choice([0, 0, 0, 1, 1, 2, 3]) for _ in range(count)]
    skill = [random.randint(0, 300) for _ in range(count)]
    people = [
        person(n, 2, 1 if random.randrange(100) < few else 2, random.randint(0, 9)) for n in range(count)
    ]
    pairs = [
        (a, b, 500 * (fields[a] == fields[b]) + skill[b] + random.randint(0, 200))
        for a in range(count)
        for b in range(count)
        if a != b and random.random() < 0.8
    ]
    return of(people, pairs)


@settings(max_examples=proofs.size(5, 20))
@given(st.integers(200, 300), st.integers(0, 2**32), st.sampled_from([0, 20]))
def test_three_hundred_members_are_matched_on_all_pairs(count: int, dice: int, few: int) -> None:
    """Most pairs of such a round are never looked at; still none of them betters the answer."""
    instance = invented(count, dice, few)
    found = solve(instance, large=False)
    checked(instance, found)
    assert found.filled == maximum_flow(instance)
    assert not improvable(instance, found, found.worst)
