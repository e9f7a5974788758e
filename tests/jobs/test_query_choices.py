"""Filters beside the text field: the form's choices, a member's profile, and the mirror."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts.groups import GROUPS
from bot.jobs.facts.values import Facts, Place, Skill
from bot.jobs.query import MAX_LENGTH, Document, FilterError, Truth, parse
from bot.jobs.query.choices import Choices, of_profile, read, write
from bot.jobs.query.mirror import MOST_VARIANTS, variants
from bot.jobs.query.vocabulary import LEVELS, TYPES
from bot.people.members import LEVELS as MEMBERS_LEVELS
from tests.jobs.queries import FILTERS, pay, proof, stated


def some(values: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3, unique=True).map(tuple)


WORDS = [
    "",
    "python",
    "python -senior",
    "python OR go",
    '"data engineer" company:acme',
    "-(a b) (c OR d) board:x",
]
CHOICES = st.builds(
    Choices,
    words=st.sampled_from([str(parse(words)) for words in WORDS]),
    countries=some(["PT", "US", "EU", "US-TX", "worldwide"]),
    levels=some(list(LEVELS)),
    types=some(list(TYPES.values())),
    skills=some(["python", "go", "react native", "c++"]),
    pay_floor=st.sampled_from(["", "60k EUR", "50 USD/h", "90500"]),
    or_place_unstated=st.booleans(),
    or_pay_unstated=st.booleans(),
).map(
    lambda one: Choices(
        one.words,
        one.countries,
        one.levels,
        one.types,
        one.skills,
        one.pay_floor,
        one.or_place_unstated and bool(one.countries),
        one.or_pay_unstated and bool(one.pay_floor),
    )
)


@given(CHOICES)
def test_what_the_form_writes_it_reads(choices: Choices) -> None:
    """Choices become text and the same choices again."""
    assert read(write(choices)) == choices


@given(FILTERS)
def test_what_the_form_reads_means_the_same(text: str) -> None:
    """A filter that the form can show is that filter when it is written again, in the form's own order."""
    choices = read(text)
    if choices is not None:
        written = write(choices)
        assert read(written) == choices
        assert sorted(written.replace("(", "").replace(")", "").split()) == sorted(
            str(parse(text)).replace("(", "").replace(")", "").split()
        )


@pytest.mark.parametrize(
    ("choices", "text"),
    [
        (Choices(), ""),
        (Choices(words="a OR b", levels=("senior",)), "(a OR b) level:senior"),
        (Choices(words="a OR b"), "a OR b"),
        (
            Choices(countries=("PT", "EU"), or_place_unstated=True, types=("full_time",)),
            "(open-to:PT OR open-to:EU OR unknown:place) type:full-time",
        ),
        (Choices(pay_floor="60k EUR", or_pay_unstated=True), "pay>=60k EUR OR unknown:pay"),
        (Choices(skills=("go", "react native")), 'skill:go OR skill:"react native"'),
    ],
)
def test_the_forms_text(choices: Choices, text: str) -> None:
    """Within one choice any will do, between choices all must hold."""
    assert write(choices) == text
    assert read(text) == choices


@pytest.mark.parametrize(
    "text",
    [
        "-level:senior",
        "place:PT",
        "pay<=60k",
        "age<7d",
        "unknown:place",
        "python OR level:senior",
        "level:senior level:lead",
        "level:senior OR type:contract",
        "level:senior OR unknown:level",
        "open-to:PT OR unknown:pay",
        "pay>=60k OR pay>=50 EUR/h",
        "pay:stated",
        "language:de",
        "open-to:PT open-to:ES",
    ],
)
def test_what_the_form_cannot_show_is_left_to_the_text(text: str) -> None:
    """Nothing is dropped in silence: such a filter is edited as text."""
    assert read(text) is None


@pytest.mark.parametrize(
    "choices", [Choices(words="a OR"), Choices(pay_floor="much"), Choices(pay_floor="60k go")]
)
def test_a_mistake_in_the_form_is_told(choices: Choices) -> None:
    """Words and a floor that mean nothing are refused as in the text."""
    with pytest.raises(FilterError):
        write(choices)


# -- a profile -----------------------------------------------------------------------------------

MINE = of_profile(["PT", "ES"], "senior", ["Golang", "People skills"], 60_000, "EUR")


def test_a_profile_is_a_filter_that_can_be_read() -> None:
    """Places are asked strictly, level and pay may be left out by the posting; an unknown skill becomes words."""
    assert MINE == (
        '(open-to:PT OR open-to:ES) (skill:go OR "People skills") '
        "(level:senior OR unknown:level) (pay>=60k EUR OR unknown:pay)"
    )
    assert of_profile([], "", [], None, "") == ""
    assert (
        of_profile(["DE"], "starting", [], None, "")
        == "open-to:DE (level:intern OR level:entry OR unknown:level)"
    )
    assert of_profile([*GROUPS["EU27"], "GB"], "", [], None, "") == "open-to:EU OR open-to:GB"
    assert (
        of_profile([], "", ["C++", "++", 'say  "x"'], 45.5, "")
        == '(skill:c++ OR "say x") (pay>=45.5 OR unknown:pay)'
    )


@given(st.lists(st.text(max_size=40), max_size=20), st.sampled_from(["", *MEMBERS_LEVELS]))
def test_whatever_somebody_calls_their_skills_the_profile_is_a_filter(skills: list[str], level: str) -> None:
    """Quotes, signs and operators in a skill's name change nothing around it."""
    text = of_profile(["PT"], level, skills, None, "")
    assert str(parse(text)) == text
    assert text.startswith("open-to:PT")


def test_a_profile_lets_through_what_is_open_to_me() -> None:
    """An unknown place stays out, an unstated level and pay don't."""
    found = (Skill("go", proof()),)
    here = Place("restricted", ("ES",), evidence=(proof(),))

    def answer(facts: Facts) -> Truth:
        return parse(MINE).matches(Document.of(title="Cook", facts=facts))

    assert answer(Facts(place=here, skills=found)) is Truth.TRUE
    assert answer(Facts(skills=found)) is Truth.UNKNOWN
    assert answer(Facts(place=here)) is Truth.FALSE
    assert answer(Facts(place=here, skills=found, level=stated("entry"))) is Truth.FALSE
    assert answer(Facts(place=here, skills=found, pay=pay(40_000, 50_000))) is Truth.FALSE


@pytest.mark.parametrize("level", ["", *MEMBERS_LEVELS])
def test_every_profile_is_a_filter(level: str) -> None:
    """Each level has its words, and thirty countries with twenty skills still fit."""
    countries = sorted(GROUPS["LATAM"] - {"BR"} | {"PT", "DE", "IN"})
    long = [f"Skill number {number} of a very long name" for number in range(20)]
    text = of_profile(countries, level, long, 60_000, "EUR")
    assert len(text) <= MAX_LENGTH
    parse(text)
    assert level == "" or "unknown:level" in text


# -- the mirror ----------------------------------------------------------------------------------


def test_the_mirror_leaves_each_part_out() -> None:
    """One variant for each outermost part, said in words."""
    found = variants(parse("python -senior (a OR b) pay>=90k age<7d open-to:PT place:US"))
    assert [label for label, _ in found] == [
        "without python",
        "with senior too",
        "without a or b",
        "without pay",
        "without age",
        "without open to Portugal",
    ]
    assert str(found[0][1]) == "-senior (a OR b) pay>=90k age<7d open-to:PT place:US"
    assert len(found) == MOST_VARIANTS


def test_the_mirror_of_alternatives() -> None:
    """Of two alternatives each is left out in turn; of a single part there is no mirror."""
    assert [(label, str(query)) for label, query in variants(parse("python OR go"))] == [
        ("without python", "go"),
        ("without go", "python"),
    ]
    for single in ("", "python", "-python", "-(a b)"):
        assert variants(parse(single)) == []


@given(FILTERS)
def test_every_variant_is_a_filter(text: str) -> None:
    """It can be written out and understood again."""
    for label, query in variants(parse(text)):
        assert label and parse(str(query)) == query
