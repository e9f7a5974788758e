"""Invented facts, openings and filters for tests of the filter language."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from bot.jobs.facts.values import NO_FACTS, Evidence, Facts, Pay, Place, Skill, Stated
from bot.jobs.query import Document

COUNTRIES = ["US", "PT", "DE", "BR", "GB"]


def proof(quote: str = "as it stands", source: str = "text") -> Evidence:
    return Evidence(source, 0, len(quote), "invented", quote)


def stated(*values: str) -> tuple[Stated, ...]:
    return tuple(Stated(value, proof(value, "title")) for value in values)


def pay(
    low: float | None, high: float | None, currency: str | None = "EUR", period: str | None = "year"
) -> Pay:
    return Pay(low, high, currency, period, "base", f"{low}–{high}", (proof(f"{low} to {high}", "pay"),))  # type: ignore[arg-type]


def places() -> st.SearchStrategy[Place]:
    """Worldwide, restricted by countries, by exclusions, by zones alone, by states; and unknown."""
    some = st.sets(st.sampled_from(COUNTRIES)).map(lambda codes: tuple(sorted(codes)))
    return st.builds(
        Place,
        scope=st.sampled_from(["worldwide", "restricted", "unknown"]),
        countries_in=some,
        countries_out=some,
        subdivisions=st.sampled_from([(), ("US-TX",), ("US-NY", "US-CA")]),
        evidence=st.just((proof("Remote (some places)", "place"),)),
    )


def facts() -> st.SearchStrategy[Facts]:
    pays = st.builds(
        pay,
        st.none() | st.integers(10, 200_000),
        st.none() | st.integers(10, 200_000),
        st.sampled_from(["EUR", "USD", None]),
        st.sampled_from(["year", "hour", None]),
    )
    some = st.builds(
        Facts,
        place=places(),
        pay=st.none() | pays,
        level=st.sampled_from([(), ("senior",), ("entry", "mid")]).map(lambda values: stated(*values)),
        employment=st.sampled_from([(), ("contract",), ("full_time", "contract")]).map(
            lambda values: stated(*values)
        ),
        skills=st.sampled_from([(), ("python",), ("go", "python")]).map(
            lambda ids: tuple(Skill(one, proof(one, "tags")) for one in ids)
        ),
        language=st.sampled_from(["", "en", "de"]),
    )
    return st.just(NO_FACTS) | some


WORDS = [
    "go",
    "python",
    "c++",
    "node.js",
    "nodejs",
    "front-end",
    '"data engineer"',
    '"a b c"',
    '"front end x"',
]
FIELDS = [
    *("company:acme", 'company:"acme labs"', "board:remotive", "place:US", "place:EU", "place:worldwide"),
    *(
        "open-to:PT",
        "open-to:LATAM",
        "open-to:US-TX",
        "pay>=90k",
        "pay>=90k EUR",
        "pay<=40/h USD",
        "pay:stated",
    ),
    *(
        "level:senior",
        "level:entry",
        "type:contract",
        "type:full-time",
        "skill:python",
        "skill:go",
        "language:de",
    ),
    *(
        "age<7d",
        "age>=12h",
        "unknown:place",
        "unknown:pay",
        "unknown:level",
        "unknown:company",
        "unknown:skill",
    ),
]
FILTERS = st.recursive(
    st.sampled_from(WORDS + FIELDS),
    lambda inner: (
        inner.map(lambda one: f"NOT ({one})")
        | st.lists(inner, min_size=1, max_size=4).map(lambda parts: " ".join(f"({one})" for one in parts))
        | st.lists(inner, min_size=2, max_size=4).map(lambda parts: " OR ".join(f"({one})" for one in parts))
    ),
    max_leaves=12,
).filter(lambda text: len(text) <= 300)
TEXTS = st.lists(
    st.sampled_from(["go", "Python", "C++", "Node.js", "front-end x", "data engineer", "a b", "b c", "a b c"])
)
DOCUMENTS = st.builds(
    lambda title, text, company, board, found, age: Document.of(
        title=" ".join(title), text=" ".join(text), company=company, board=board, facts=found, age=age
    ),
    TEXTS,
    TEXTS,
    st.sampled_from(["", "Acme", "Acme Labs", "Globex"]),
    st.sampled_from(["", "Remotive", "Remote OK"]),
    facts(),
    st.none() | st.integers(0, 500).map(lambda hours: timedelta(hours=hours)),
)
