"""May I apply, what do they ask for, and what was given to check. Pure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.jobs.check import (
    MAX_TEXT,
    Me,
    eligible,
    facts_of_text,
    is_only_a_link,
    links_in,
    musts,
    posting_of,
    title_line,
)
from bot.jobs.facts import Evidence, Facts, Place, Skill, decode
from tests.jobs.values import NOW

PROOF = Evidence("text", 0, 4, "rule", "You must be in the EU")
ANA = Me(("PT", "ES"), "Europe/Lisbon", ("Python", "Postgres"), "streams with kafka")


def placed(scope: str = "restricted", **given: object) -> Facts:
    return Facts(place=Place(scope, evidence=(PROOF,), **given))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        (placed(countries_in=("DE", "ES")), "yes"),
        (placed("worldwide"), "yes"),
        (placed("worldwide", countries_out=("PT",)), "yes"),
        (placed("worldwide", countries_out=("ES", "PT")), "no"),
        (placed(countries_in=("US",)), "no"),
        (placed(countries_in=("PT",), subdivisions=("PT-11",)), "unclear"),
        (placed(tz_min=-5, tz_max=2), "unclear"),
        (placed(), "unclear"),
        (Facts(), "unclear"),
    ],
)
def test_yes_and_no_are_proven(facts: Facts, verdict: str) -> None:
    """Whatever the posting leaves open is unclear; a yes and a no have its words."""
    said = eligible(facts, "", ANA, NOW)
    assert said.verdict == verdict
    assert (said.quote != "") == (facts.place.scope != "unknown")


def test_who_never_told_where_they_may_work() -> None:
    """No answer is guessed."""
    said = eligible(placed(countries_in=("US",)), "", Me(), NOW)
    assert said.verdict == "unclear" and "I don't know where you may work" in said.because


def test_whose_word_it_is() -> None:
    """What only a field of the board proves is said to be its word."""
    board = replace(PROOF, source="place")
    assert eligible(Facts(place=Place("worldwide", evidence=(board,))), "", ANA, NOW).because.startswith(
        "The board says"
    )
    assert eligible(placed("worldwide"), "", ANA, NOW).because == "It is open to people in Portugal."


def test_a_claim_proves_nothing() -> None:
    """Where the posting is silent the board's own word is shown, and decides nothing."""
    said = eligible(Facts(), "Anywhere", ANA, NOW)
    assert (said.verdict, said.quote) == ("unclear", "Anywhere")


def test_by_the_clock() -> None:
    """A time zone is no country: inside or outside, it stays unclear."""
    inside, outside = placed(tz_min=-1, tz_max=2), placed(tz_min=5, tz_max=8)
    assert "inside" in eligible(inside, "", ANA, NOW).because
    assert "outside" in eligible(outside, "", ANA, NOW).because
    assert "names no country" in eligible(outside, "", replace(ANA, zone=None), NOW).because


def test_must_haves_beside_a_profile() -> None:
    """In the posting's order; what a profile says in other words may be the same; nice ones don't count."""
    asked = [("python", "must"), ("postgresql", "must"), ("kafka", "must"), ("go", "must"), ("rust", "nice")]
    facts = Facts(skills=tuple(Skill(name, PROOF, kind) for name, kind in asked))  # type: ignore[arg-type]
    assert [(one.name, one.have) for one in musts(facts, ANA)] == [
        ("Python", "stated"),
        ("PostgreSQL", "stated"),
        ("Kafka", "not sure"),
        ("Go", "missing"),
    ]
    assert {one.have for one in musts(facts, Me())} == {"not sure"}


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("https://a.example/jobs/1", ["https://a.example/jobs/1"]),
        ("<https://a.example/jobs/1>", ["https://a.example/jobs/1"]),
        ("see [this](https://a.example/1), or b.example/2.", ["https://a.example/1", "https://b.example/2"]),
        ("https://a.example/1 https://a.example/1", ["https://a.example/1"]),
        ("mail me@a.example/x or ask", []),
        ("ftp://a.example/1 javascript:alert(1) discord.gg/abc", []),
        ("Node.js and/or Go", []),
    ],
)
def test_links_in_a_text(text: str, links: list[str]) -> None:
    """Web addresses alone, each once, however Discord wraps them."""
    assert links_in(text) == links


def test_only_a_link() -> None:
    """A posting may hold links as well."""
    assert is_only_a_link("<https://a.example/jobs/1>") and is_only_a_link(" a.example/jobs/1 ")
    assert not is_only_a_link("Engineer https://a.example/jobs/1") and not is_only_a_link("Engineer")


def test_a_pasted_posting() -> None:
    """Its first line is the title, HTML is taken out, and its facts are read from the text."""
    text = "<h1>Senior Engineer</h1><p>Remote, US only.</p><p>$100,000 - $120,000 a year</p>"
    assert posting_of(text).title == "Senior Engineer"
    facts = decode(facts_of_text(text))
    assert facts.place.countries_in == ("US",) and facts.pay is not None
    assert [one.value for one in facts.level] == ["senior"]
    assert posting_of("One line alone").title == ""
    assert len(posting_of("x" * 9_000).text) <= MAX_TEXT


@pytest.mark.parametrize("text", ["", "\n", "🦊" * 500, "<" * 4_000, "\x00\x01", "a " * 2_000, "(" * 4_000])
def test_any_text_has_an_answer(text: str) -> None:
    """Nothing raises."""
    assert decode(facts_of_text(text)).place.scope in ("unknown", "restricted", "worldwide")
    assert links_in(text) == [] and len(title_line(text)) <= 150


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("https://a.example/1", ""),
        ("**Python Engineer** at Acme <https://a.example/1>", "Python Engineer at Acme"),
        ("https://a.example/1\n## Data Engineer\nRemote", "Data Engineer"),
        ("[Designer](https://a.example/1)", "Designer"),
    ],
)
def test_the_name_of_a_find(text: str, title: str) -> None:
    """The first line with words beside links; none is no name."""
    assert title_line(text) == title
