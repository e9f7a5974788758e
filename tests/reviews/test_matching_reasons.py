"""Why somebody is short: true words, from the round's own figures, and none of them tells why two are no pair."""

from __future__ import annotations

import pytest
from hypothesis import given

from bot.reviews.matching.instance import Id, Instance, Person
from bot.reviews.matching.solve import solve
from tests.reviews.rounds import of, person, rounds

X, Y = person("x", 0), person("y", 0)
READS_NOT = person("z", 0, 0)
CASES: dict[str, tuple[list[Person], list[tuple[str, str]]]] = {
    "nobody in this round fits": ([X], []),
    "nobody who fits is reading in this round": ([READS_NOT], [("me", "z")]),
    "only 1 in this round fits": ([X], [("me", "x")]),
    "only 2 in this round fit": ([X, Y], [("me", "x"), ("me", "y")]),
    "only 1 in this round fits and would read": ([X, READS_NOT], [("me", "x"), ("me", "z")]),
    "only 1 in this round fits, and that one is needed by somebody who waited longer": (
        [X, person("long", 1, 0, 9)],
        [("me", "x"), ("long", "x")],
    ),
    "everybody who fits is needed by somebody who waited longer": (
        [X, Y, person("z", 0), *(person(who, 1, 0, 9) for who in "abc")],
        [(who, to) for who in ("me", "a", "b", "c") for to in "xyz"],
    ),
    "only 2 in this round fit, and everybody else who fits is needed by somebody who would get no review": (
        [X, Y, person("new", 1, 0)],
        [("me", "x"), ("me", "y"), ("new", "y")],
    ),
    "only 2 in this round fit, and everybody else who fits has enough to read": (
        [X, Y, person("alike", 2, 0, 1), person("w", 0)],
        [("me", "x"), ("me", "y"), ("alike", "y"), ("alike", "w")],
    ),
}


@pytest.mark.parametrize("reason", CASES)
def test_each_reason(reason: str) -> None:
    """A round in which it is the reason of "me", who needs three."""
    others, pairs = CASES[reason]
    people = [person("me", 3, 0, 1), *others]
    found = solve(of(people, [(*pair, 100 if pair == ("me", "y") else 500) for pair in pairs]))
    assert [one.reason for one in found.short if one.id == "me"] == [reason]


@given(rounds(most=15))
def test_reasons_are_true(instance: Instance) -> None:
    """Each claim holds in the answer: how many fit, that they have no time left, and for whom they read."""
    found = solve(instance, large=False)
    reads: dict[Id, list[Id]] = {one.id: [] for one in instance.people}
    gets: dict[Id, int] = dict.fromkeys(reads, 0)
    for author, reader, _ in found.assignments:
        reads[reader].append(author)
        gets[author] += 1
    by_id = {one.id: one for one in instance.people}
    for short in found.short:
        mine = [by_id[reader] for author, reader, _ in instance.pairs if author == short.id]
        others = [one for one in mine if short.id not in reads[one.id]]
        if short.reason.startswith("nobody in"):
            assert not mine
        if "nobody who fits is reading" in short.reason:
            assert not any(one.capacity for one in mine)
        if short.reason.startswith("only"):
            reading = [one for one in mine if one.capacity] if "would read" in short.reason else mine
            assert f"only {len(reading)} in" in short.reason
            assert len(reading) < by_id[short.id].needs
        if "enough to read" in short.reason or "needed by" in short.reason:
            assert others
            assert all(len(reads[one.id]) == one.capacity for one in others)
        for who in (other for one in others for other in reads[one.id]):
            if "waited longer" in short.reason:
                assert by_id[who].waited_days > by_id[short.id].waited_days
            if "no review" in short.reason:
                assert gets[who] == 1


@given(rounds(most=15))
def test_reasons_tell_nothing_of_who_is_absent(instance: Instance) -> None:
    """No word names or hints at a block, a guard, an employer, a language or somebody's id."""
    words = {
        word for one in solve(instance, large=False).short for word in one.reason.replace(",", "").split()
    }
    known = (
        "nobody in this round fits only fit and would read who is reading everybody else needed by somebody waited "
        "longer get no review has enough to that one"
    )
    assert words <= {*known.split(), *map(str, range(15))}
