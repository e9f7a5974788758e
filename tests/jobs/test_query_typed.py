"""Fields of facts as people type them: written out, mistakes, explained, completed, and their page."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.facts.values import Facts, Place, Skill
from bot.jobs.query import MAX_LENGTH, Document, FilterError, Line, Truth, complete, explain, parse
from tests.jobs.queries import DOCUMENTS, FILTERS, pay, proof, stated

YES, NO, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN
US_ONLY = Place("restricted", ("US",), evidence=(proof("Remote (US only)", "place"),))
IBERIA = Place("restricted", ("ES", "PT"), evidence=(proof(),))


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("pay>=90000 EUR", "pay>=90k EUR"),
        ("pay >= 90k eur", "pay>=90k EUR"),
        ("PAY≥€90k", "pay>=90k EUR"),
        ("pay=>90.000 €", "pay>=90k EUR"),
        ("pay>=90,500", "pay>=90500"),
        ("pay>=62.5k USD/year", "pay>=62500 USD"),
        ("pay>=50/h USD", "pay>=50 USD/h"),
        ("pay>=50 usd/hour", "pay>=50 USD/h"),
        ("pay<4000/mo", "pay<4k/month"),
        ("pay>=90k, python", "pay>=90k python"),
        ("pay>=90k SQL", "pay>=90k SQL"),
        ("(pay>=90kUSD)", "pay>=90k USD"),
        ("age<1w", "age<7d"),
        ("age <= 36 hours", "age<=36h"),
        ("Age>1 day", "age>1d"),
        ("place:PT python", "place:PT python"),
        ("place:New Zealand python", "place:NZ python"),
        ("open-to: portugal", "open-to:PT"),
        ('level:Sr type:"full time" type:full time', "level:senior type:full-time type:full-time"),
        ("level:entry level", "level:entry"),
        ("skill:golang skill:react native", 'skill:go skill:"react native"'),
        ("skill:python developer", "skill:python developer"),
        ("language:German", "language:de"),
        ("pay:Stated", "pay:stated"),
        ('pay ">5"', 'pay ">5"'),
    ],
)
def test_fields_are_written_in_one_way(typed: str, written: str) -> None:
    """Spellings of one question become one text, which means the same again."""
    assert str(parse(typed)) == written
    assert parse(written) == parse(typed)


# -- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "at", "says"),
    [
        ("go place:Portugl", "Portugl", "Did you mean “Portugal”?"),
        ("place:Berlin", "Berlin", "Did you mean “Germany”?"),
        ('open-to:"Atlantis xx"', '"Atlantis xx"', "Write a country"),
        ("level:seniro", "seniro", "Did you mean “senior”?"),
        ("level:xyz", "xyz", "There is intern, entry"),
        ("type:contarct go", "contarct", "Did you mean “contract”?"),
        ("skill:pyhton", "pyhton", "Did you mean “Python”?"),
        ("skill:qqqqq", "qqqqq", "Leave “skill:” out"),
        ("language:klingon", "klingon", "such as en"),
        ("unknown:salry", "salry", "There is place, pay"),
        ("go pay>=abc", "abc", "not an amount. Write pay>=90000 EUR"),
        ("pay>=", "pay>=", "not an amount"),
        ("pay>=k", "k", "not an amount"),
        ("pay>=90x", "90x", "not an amount"),
        ("pay>=9999999999999", "9999999999999", "not an amount"),
        ("(pay>=)", "pay>=", "not an amount"),
        ("pay:100k", "pay:", "Write pay>=90000 EUR"),
        ("pay=100k", "pay=", "Write pay>=90000 EUR"),
        ("age<7", "7", "Write age<7d"),
        ("age<soon", "soon", "Write age<7d"),
        ("age:7d", "age:", "Write age<7d"),
        ("level>=senior", "level>=", "with a colon"),
        ("place:", "place:", "directly after place:"),
        ("place:(PT ES)", "place:", "directly after place:"),
        ('place:"PT', '"', "quote is never closed"),
        ("plce:PT", "plce:", "Did you mean place:?"),
        ("opento:PT", "opento:", "Did you mean open-to:?"),
    ],
)
def test_a_wrong_value_is_pointed_at(typed: str, at: str, says: str) -> None:
    """Each error says what there is or what was probably meant, in short sentences, at the very characters."""
    with pytest.raises(FilterError) as caught:
        parse(typed)
    error = caught.value
    assert says in error.message
    assert typed[error.position : error.position + error.length] == at
    assert all(len(sentence.split()) < 20 for sentence in re.split(r"[.?] ", error.message))


@pytest.mark.parametrize(
    "text",
    [
        "word " * 800,
        "(" * 4000,
        ")" * 4000,
        "(a " * 2000,
        '"' * 4001,
        "pay>=" * 800,
        "place:" + "x" * 4000,
        "-" * 4000,
    ],
)
def test_a_filter_far_too_long_is_a_clear_error(text: str) -> None:
    """4,000 characters or brackets are refused at the first one too many."""
    with pytest.raises(FilterError, match="at most 300 characters") as caught:
        parse(text)
    assert caught.value.position == MAX_LENGTH
    assert len(caught.value.pointing()) < 250


# -- why -----------------------------------------------------------------------------------------


def test_explain_quotes_the_posting() -> None:
    """A fact's line has the posting's words that decided, and the pay as it was compared."""
    facts = Facts(
        place=US_ONLY,
        pay=pay(40, 50, "USD", "hour"),
        level=stated("senior"),
        skills=(Skill("python", proof("Python", "tags")),),
    )
    document = Document.of(title="Cook", facts=facts, age=timedelta(hours=5))
    asked = parse("-open-to:PT pay>=100k USD level:entry skill:python age<1d unknown:type pay>=45 USD/h cook")
    assert explain(asked, document) == [
        Line("not open to Portugal", YES, ("place",), "Remote (US only)"),
        Line(
            "pay of at least 100,000 USD a year",
            YES,
            ("pay",),
            "40 to 50",
            "≈ 83,200 to 104,000 USD a year",
        ),
        Line("level entry", NO, ("title",), "senior"),
        Line("skill Python", YES, ("tags",), "Python"),
        Line("younger than 1 day", YES, ()),
        Line("type not stated", YES, ()),
        Line("pay of at least 45 USD an hour", YES, ("pay",), "40 to 50"),
        Line("cook", YES, ("title",)),
    ]


@pytest.mark.parametrize(
    ("typed", "aloud"),
    [
        ("place:EU", "place EU"),
        ("open-to:latam", "open to Latin America"),
        ("place:TX", "place Texas"),
        ("-place:worldwide", "not place worldwide"),
        ("pay<60k", "pay of less than 60,000 a year"),
        ("type:full_time", "type full-time"),
        ("age>=36h", "at least 36 hours old"),
        ("age<=2w", "at most 14 days old"),
        ("language:pt", "language Portuguese"),
        ("unknown:pay OR pay:stated", "pay not stated or pay stated"),
    ],
)
def test_fields_are_read_aloud(typed: str, aloud: str) -> None:
    assert parse(typed).words() == aloud


# -- typing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("open", ["open", "open-to:"]),
        ("go -pl", ["go -pl", "go -place:"]),
        ("level:s", ["level:s", "level:senior", "level:staff"]),
        ("go (type:co", ["go (type:co", "go (type:contract", "go (type:co)"]),
        ("open-to:portu", ["open-to:portu", "open-to:Portugal"]),
        ("place:united k", ["place:united k", 'place:"United Kingdom"']),
        ("go skill:react n", ["go skill:react n", 'go skill:"React Native"']),
        ("pay>=60", ["pay>=60", "pay>=60k EUR"]),
        ("go ag", ["go ag", "go age<7d"]),
        ("age<", ["age<", "age<1d", "age<3d", "age<7d", "age<12h"]),
        ("unknown:p", ["unknown:p", "unknown:place", "unknown:pay"]),
    ],
)
def test_fields_are_finished(typed: str, offers: list[str]) -> None:
    """Names of fields, and behind them their values by their beginning."""
    assert complete(typed, []) == offers


@pytest.mark.parametrize(
    "typed", ["place:", "open-to:", "skill:", "level:", "type:", "language:", "unknown:", "pay>=", "age>"]
)
def test_every_offer_is_a_filter(typed: str) -> None:
    """What is offered behind a field can be taken as it is."""
    offers = complete(typed, [])[1:]
    assert offers
    for offer in offers:
        parse(offer)


# -- laws ----------------------------------------------------------------------------------------

PIECES = [
    "place:",
    "open-to:",
    "pay>=",
    "pay<",
    "age<",
    "level:",
    "skill:",
    "unknown:",
    "pay:",
    "New",
    "Zealand",
]
PIECES += [
    "90k",
    "EUR",
    "/h",
    "7d",
    "senior",
    "stated",
    "place",
    "python",
    "OR",
    "NOT",
    "-",
    "(",
    ")",
    '"',
    ",",
    " ",
    " ",
    "€",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), DOCUMENTS)
def test_any_pieces_are_a_filter_or_an_error_inside_them(text: str, document: Document) -> None:
    """Nothing but FilterError is raised, it points into the text; what is understood survives a round trip."""
    try:
        understood = parse(text)
    except FilterError as error:
        assert 0 <= error.position < len(error.text)
        assert 1 <= error.length <= len(error.text) - error.position
    else:
        assert parse(str(understood)) == understood
        assert understood.words()
        assert len(explain(understood, document)) <= len(text)


@given(FILTERS, DOCUMENTS)
def test_fields_obey_the_laws_of_three_values(text: str, document: Document) -> None:
    """Written out it means the same; NOT twice is nothing; an excluded middle is never false."""
    understood = parse(text)
    if len(str(understood)) > 140:
        return
    assert parse(str(understood)) == understood
    found = understood.matches(document)
    assert parse(f"NOT NOT ({understood})" if str(understood) else "").matches(document) is found
    if str(understood):
        assert parse(f"({understood}) OR NOT ({understood})").matches(document) is not NO
        assert (parse(f"NOT ({understood})").matches(document) is UNKNOWN) is (found is UNKNOWN)


@given(FILTERS, DOCUMENTS)
def test_explain_agrees_with_the_answer(text: str, document: Document) -> None:
    """When every line is true the opening passes, when every line is false it doesn't."""
    understood = parse(text)
    truths = {line.truth for line in explain(understood, document)}
    if len(truths) == 1:
        assert understood.matches(document) in truths


# -- the page ------------------------------------------------------------------------------------

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "filters.md").read_text()
PAGE_FACTS = Facts(
    place=IBERIA,
    pay=pay(80_000, 100_000),
    level=stated("senior"),
    employment=stated("contract"),
    skills=(Skill("python", proof()),),
    language="en",
)


def rows(head: str) -> list[list[str]]:
    lines = PAGE.split(f"\n| {head} |", 1)[1].splitlines()[2:]
    table = lines[: next(number for number, line in enumerate([*lines, ""]) if not line.startswith("|"))]
    assert table
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in table]


@pytest.mark.parametrize(("typed", "answer", "_"), rows("filter"))
def test_the_page_says_what_a_filter_answers(typed: str, answer: str, _: str) -> None:
    """The page's opening is let through, left out, or not clear."""
    found = parse(typed.strip("`")).matches(
        Document.of(title="Cook", facts=PAGE_FACTS, age=timedelta(days=2))
    )
    assert found is {"yes": YES, "no": NO, "unclear": UNKNOWN}[answer]


@pytest.mark.parametrize(("typed", "answer"), rows("typed"))
def test_the_page_says_what_a_mistake_is_answered(typed: str, answer: str) -> None:
    with pytest.raises(FilterError) as wrong:
        parse(typed.strip("`"))
    assert wrong.value.message.startswith(answer)
