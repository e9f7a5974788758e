"""A JSON document becomes a round, or it is said what is wrong with it and where."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reviews.matching.instance import Instance, NotAnInstance, Person, instance_of

ANA = {"id": "ana", "needs": 2, "capacity": 1, "waited_days": 3}
BEN = {"id": 7, "needs": 0, "capacity": 4, "waited_days": 0}


def document(**changed: Any) -> dict[str, Any]:
    return {"seed": "s", "people": [ANA, BEN], "pairs": [["ana", 7, 1000], [7, "ana", 0]], **changed}


def test_a_document_is_read() -> None:
    """Ids are texts or whole numbers; 7 and "7" are two people; members that are not known are passed over."""
    ben = {**BEN, "id": "7", "name": "Ben"}
    found = instance_of(document(people=[ANA, BEN, ben], pairs=[["7", 7, 5]], seed=3, at="now"))
    people = (Person("ana", 2, 1, 3), Person(7, 0, 4, 0), Person("7", 0, 4, 0))
    assert found == Instance(3, people, (("7", 7, 5),))


def test_a_round_may_be_empty() -> None:
    """Nobody is no mistake."""
    assert instance_of(document(people=[], pairs=[])) == Instance("s", (), ())


BAD: list[tuple[object, str]] = [
    (None, "the document is no object"),
    ([document()], "the document is no object"),
    ({}, "the document: “seed” is missing"),
    ({"seed": 1, "pairs": []}, "the document: “people” is missing"),
    ({"seed": 1, "people": []}, "the document: “pairs” is missing"),
    (document(seed=None), "“seed”: None is no text or whole number"),
    (document(seed=True), "“seed”: True is no text or whole number"),
    (document(seed=1.0), "“seed”: 1.0 is no text or whole number"),
    (document(people={}), "“people” is no list"),
    (document(pairs="ab"), "“pairs” is no list"),
    (document(people=[ANA, 5]), "people[1] is no object"),
    (document(people=[{**ANA, "id": False}]), "people[0]: “id”: False is no text or whole number"),
    (document(people=[ANA, {"id": 7}]), "people[1]: “needs” is missing"),
    (document(people=[ANA, {**BEN, "id": "ana"}]), "people[1]: id 'ana' is that of people[0]"),
    (document(people=[{**ANA, "needs": -1}]), "people[0]: “needs”: -1 is not from 0 to 1,000,000,000"),
    (document(people=[{**ANA, "needs": True}]), "people[0]: “needs”: True is no whole number"),
    (document(people=[{**ANA, "capacity": "2"}]), "people[0]: “capacity”: '2' is no whole number"),
    (document(people=[{**ANA, "waited_days": 1.5}]), "people[0]: “waited_days”: 1.5 is no whole number"),
    (document(people=[{**ANA, "waited_days": 10**5000}]), "“waited_days”: a number of very many digits"),
    (document(pairs=[["ana", 7]]), "pairs[0] is no [author, reviewer, score]"),
    (document(pairs=[{"author": "ana"}]), "pairs[0] is no [author, reviewer, score]"),
    (document(pairs=[["ana", 7, 1], ["ana", "7", 1]]), "pairs[1]: '7' is not among the people"),
    (document(pairs=[["bob", 7, 1]]), "pairs[0]: 'bob' is not among the people"),
    (document(pairs=[[[], 7, 1]]), "pairs[0]: [] is no text or whole number"),
    (document(pairs=[["ana", "ana", 1]]), "pairs[0]: 'ana' cannot review themselves"),
    (document(pairs=[["ana", 7, 1001]]), "pairs[0]: the score: 1001 is not from 0 to 1,000"),
    (document(pairs=[["ana", 7, -1]]), "pairs[0]: the score: -1 is not from 0 to 1,000"),
    (document(pairs=[["ana", 7, True]]), "pairs[0]: the score: True is no whole number"),
    (document(pairs=[["ana", 7, 1], ["ana", 7, 2]]), "pairs[1] is the same two as pairs[0]"),
    (document(seed={"long": "x" * 1000}), "…"),
]


@pytest.mark.parametrize(("wrong", "words"), BAD)
def test_a_mistake_tells_where_it_is(wrong: object, words: str) -> None:
    """The first mistake, with its place and the value, in short."""
    with pytest.raises(NotAnInstance) as told:
        instance_of(wrong)
    assert words in str(told.value)
    assert len(str(told.value)) < 200
    assert len(str(told.value).splitlines()) == 1


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.sampled_from(["seed", "people", "pairs", "id"]), inner)
    ),
    max_leaves=12,
)


@given(json, json, json)
def test_anything_else_is_refused(seed: object, people: object, pairs: object) -> None:
    """No JSON raises anything but NotAnInstance."""
    try:
        found = instance_of({"seed": seed, "people": people, "pairs": pairs})
    except NotAnInstance as error:
        assert str(error)
    else:
        assert (found.people, found.pairs) == ((), ())  # nobody is invented by chance with four right members
