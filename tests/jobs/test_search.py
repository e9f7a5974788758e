"""The sieve in front of a search: it never loses what the filter lets through. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts import Facts, encode
from bot.jobs.query import Filter, parse
from bot.jobs.search import PER_PAGE, Candidate, Sieve, asks_for_words, page_of
from tests.jobs.queries import FILTERS, TEXTS, facts
from tests.jobs.values import NOW

WORDS = (
    "Résumé",
    "node.js",
    "Front‐End",
    "C++",
    "don’t",
    "python",
    "\n",
    "größe",
    "ﬁre",
    "データ",
    "go",
    "…",
    "™",
)


def candidate(text: str, facts_json: str = "") -> Candidate:
    return Candidate(1, "board", "Board", "Invented Ltd", "Engineer", "", text, facts_json, NOW)


@given(query=FILTERS.map(parse), words=TEXTS | st.lists(st.sampled_from(WORDS)), stated=facts())
def test_nothing_that_passes_is_lost(query: Filter, words: list[str], stated: Facts) -> None:
    """Whatever letters a posting is written in."""
    one = candidate(" ".join(words), encode(stated))
    if query.matches(one.document(NOW)):
        assert Sieve.of([query]).may_pass(one)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("resume", "Résumé"),
        ("nodejs", "node.js"),
        ("node.js", "nodejs"),
        ('"front end"', "Front‐End"),
        ("groesse OR größe", "GRÖSSE größe"),
        ("fire", "ﬁre"),
        ("dont", "don’t"),
    ],
)
def test_letters_that_look_otherwise(query: str, text: str) -> None:
    """Accents, joints and joined letters don't keep an opening out."""
    one = candidate(text)
    assert parse(query).matches(one.document(NOW)) and Sieve.of([parse(query)]).may_pass(one)


def test_most_are_sieved_out() -> None:
    """Signs of print are no letters, so that a text in plain English is looked through without being taken apart."""
    plain = candidate("We’re hiring – “remotely” • 90 k€ …")
    assert not Sieve.of([parse("rust AND open-to:PT")]).may_pass(plain)
    assert not Sieve.of([parse("rust"), parse("golang OR kotlin")]).may_pass(plain)
    assert Sieve.of([parse("rust OR open-to:PT")]).may_pass(plain)
    assert Sieve.of([parse("-rust")]).may_pass(plain) and Sieve.of([parse("")]).may_pass(plain)


@pytest.mark.parametrize(
    ("query", "asks"),
    [
        ("python", True),
        ("-python", True),
        ("open-to:PT (level:senior OR go)", True),
        ("", False),
        ("open-to:PT level:senior", False),
        ("company:acme", False),
    ],
)
def test_texts_are_needed_for_words_alone(query: str, asks: bool) -> None:
    """What asks for facts alone is answered without loading long texts."""
    assert asks_for_words(parse(query)) is asks


def test_pages() -> None:
    """Five a page; there is always one."""
    ids = list(range(12))
    assert page_of(ids, 0) == ([0, 1, 2, 3, 4], 0)
    assert page_of(ids, 2) == ([10, 11], 2) and page_of(ids, 9) == ([10, 11], 2)
    assert page_of(ids, -1)[1] == 0 and page_of([], 3) == ([], 0) and len(ids[:PER_PAGE]) == 5
