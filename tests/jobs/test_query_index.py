"""The index names the very filters that a loop over all of them would, whatever the filters and the opening."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.query import Document, Filter, Truth, parse
from bot.jobs.query.alternatives import MOST, alternatives
from bot.jobs.query.atoms import Atoms
from bot.jobs.query.index import Index
from tests.jobs.queries import DOCUMENTS, FILTERS


def loop(filters: list[tuple[int, Filter]], document: Document) -> list[int]:
    """The plain answer."""
    return [key for key, query in filters if query.matches(document) is Truth.TRUE]


@given(st.lists(FILTERS, max_size=12), st.lists(DOCUMENTS, min_size=1, max_size=4))
def test_the_index_answers_as_the_loop_does(texts: list[str], documents: list[Document]) -> None:
    """Same keys in the same order, with NOT, OR, unknowns and every field."""
    filters = list(enumerate(map(parse, texts)))
    index = Index(filters)
    for document in documents:
        assert index.matching(document) == loop(filters, document)


@given(st.lists(FILTERS, min_size=1, max_size=10), st.data(), DOCUMENTS)
def test_adding_and_removing_leaves_the_others(
    texts: list[str], data: st.DataObject, document: Document
) -> None:
    """Filters come and go one by one; a key that is added again stands last."""
    filters = list(enumerate(map(parse, texts)))
    index: Index[int] = Index()
    for key, query in filters:
        index.add(key, query)
    gone = data.draw(st.sets(st.integers(0, len(filters) - 1)))
    for key in sorted(gone):
        index.remove(key)
    again = data.draw(st.integers(0, len(filters) - 1))
    index.add(again, filters[again][1])
    left = [one for one in filters if one[0] not in gone | {again}] + [filters[again]]
    assert index.matching(document) == loop(left, document)
    assert len(index) == len(left)


@given(st.lists(FILTERS, max_size=10), DOCUMENTS)
def test_an_emptied_index_is_as_good_as_new(texts: list[str], document: Document) -> None:
    """Nothing of a removed filter stays behind: neither an answer nor a word that is looked for."""
    index = Index(enumerate(map(parse, texts)))
    for key in range(len(texts)):
        index.remove(key)
    assert index.matching(document) == [] and len(index) == 0
    untouched = replace(Atoms(), _next=index._atoms._next)
    assert index._atoms == untouched and not index._entries  # what would cost time and memory for ever


def test_what_was_never_there_cannot_be_removed() -> None:
    with pytest.raises(KeyError):
        Index([(1, parse("go"))]).remove(2)


def test_a_key_given_twice_counts_once() -> None:
    """The later filter is kept."""
    index = Index([("a", parse("go")), ("b", parse("go")), ("a", parse("python"))])
    assert index.matching(Document.of(title="Go")) == ["b"]
    assert index.matching(Document.of(title="Go, Python")) == ["b", "a"]


def test_many_brackets_do_not_multiply_without_end() -> None:
    """(a OR b) (c OR d) … is looked up by one bracket, and asked itself in the end."""
    text = " ".join(f"(a{number} OR b{number})" for number in range(12))
    found, exact = alternatives(parse(text).root)
    assert len(found) <= MOST and not exact
    index = Index([(1, parse(text)), (2, parse(f"NOT ({text})"))])
    assert index.matching(Document.of(title=" ".join(f"a{number}" for number in range(12)))) == [1]
    assert index.matching(Document.of(title=" ".join(f"b{number}" for number in range(11)))) == [2]


def test_everything_and_nothing() -> None:
    """The empty filter lets everything through, its opposite nothing; words of one spelling are one."""
    index = Index([("all", parse("")), ("front", parse("frontend")), ("split", parse("front-end"))])
    assert index.matching(Document.of(title="Front-End Cook")) == ["all", "front", "split"]
    assert index.matching(Document.of(title="Cook")) == ["all"]
