"""The filter language, for any filter and any opening: laws of three-valued logic, round trip, a second opinion."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hypothesis import example, given
from hypothesis import strategies as st

from bot.jobs.query import Document, FilterError, Truth, complete, parse
from bot.text import tidy

WORDS = ["go", "python", "c++", "c#", ".net", "r&d", "senior", "zürich", "node"]
ANY_TEXT = st.text(max_size=60) | st.text(alphabet='ab ()"-:,.+&#ANDORT“”–', max_size=40)


@dataclass(frozen=True)
class Asked:
    """A filter as text, with the answer of a second, slow and simple evaluation."""

    text: str
    truth: dict[Document, Truth]


def spaced(text: str) -> str:
    """The plain-minded reading of a text made of WORDS and spaces only."""
    return f" {text.casefold().replace('ü', 'u')} "


DOCUMENTS = [
    Document.of(title=title, company=company, board="Remotive", text=text)
    for title, company, text in [
        ("senior go", "", "python c++"),
        ("python senior r&d", "zürich go", ""),
        (".net", "node", "go c# go python"),
        ("c++", "", ""),
    ]
]


def term_truth(field: str, words: str, document: Document) -> Truth:
    if field == "company":
        if not document.company:
            return Truth.UNKNOWN
        texts = [document.company]
    else:
        texts = [document.title, document.company, document.text]
    found = any(spaced(words) in spaced(text) for text in texts)
    return Truth.TRUE if found else Truth.FALSE


@st.composite
def terms(draw: st.DrawFn) -> Asked:
    words = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=2)))
    field = draw(st.sampled_from(["", "company"]))
    value = f'"{words}"' if " " in words or draw(st.booleans()) else words
    truth = {document: term_truth(field, words, document) for document in DOCUMENTS}
    return Asked(f"{field}:{value}" if field else value, truth)


def denied(asked: Asked) -> Asked:
    opposite = {Truth.TRUE: Truth.FALSE, Truth.FALSE: Truth.TRUE, Truth.UNKNOWN: Truth.UNKNOWN}
    return Asked(
        f"NOT ({asked.text})", {document: opposite[truth] for document, truth in asked.truth.items()}
    )


def both(parts: list[Asked]) -> Asked:
    return Asked(
        " ".join(f"({part.text})" for part in parts), joined(parts, decisive=Truth.FALSE, else_=Truth.TRUE)
    )


def either(parts: list[Asked]) -> Asked:
    return Asked(
        " OR ".join(f"({part.text})" for part in parts), joined(parts, decisive=Truth.TRUE, else_=Truth.FALSE)
    )


def joined(parts: list[Asked], *, decisive: Truth, else_: Truth) -> dict[Document, Truth]:
    answers = {}
    for document in DOCUMENTS:
        truths = [part.truth[document] for part in parts]
        if decisive in truths:
            answers[document] = decisive
        else:
            answers[document] = Truth.UNKNOWN if Truth.UNKNOWN in truths else else_
    return answers


ASKED = st.recursive(
    terms(),
    lambda inner: (
        inner.map(denied)
        | st.lists(inner, min_size=1, max_size=3).map(both)
        | st.lists(inner, min_size=2, max_size=3).map(either)
    ),
    max_leaves=8,
).filter(lambda asked: len(asked.text) <= 300)


@given(ASKED)
def test_the_answer_is_that_of_a_second_evaluation(asked: Asked) -> None:
    """Sets and pairs of words answer as a plain search through the texts does."""
    understood = parse(asked.text)
    assert {document: understood.matches(document) for document in DOCUMENTS} == asked.truth


@given(ASKED)
def test_written_out_it_means_the_same(asked: Asked) -> None:
    """parse(str(f)) == f, and what is written out is no longer than what was typed."""
    understood = parse(asked.text)
    assert parse(str(understood)) == understood
    assert len(str(understood)) <= len(asked.text)


@given(ANY_TEXT)
@example('"a"(b)-"c"')
@example("-(a:b)")
@example('"“"')
def test_any_text_is_a_filter_or_an_error_inside_it(text: str) -> None:
    """Nothing but FilterError is raised, it points into its text; what is understood survives a round trip."""
    try:
        understood = parse(text, ["Remotive"])
    except FilterError as error:
        assert 0 <= error.position < len(error.text)
        assert 1 <= error.length <= len(error.text) - error.position
        shown, carets = error.pointing().split("\n")[1:]
        assert carets.strip("^ ") == "" and len(carets) <= len(shown)
    else:
        assert parse(str(understood), ["Remotive"]) == understood
        assert all(isinstance(understood.matches(document), Truth) for document in DOCUMENTS)


@given(ASKED, ASKED)
def test_de_morgan_holds(one: Asked, other: Asked) -> None:
    """NOT (a AND b) is NOT a OR NOT b, and the other way round, unknowns included."""
    a, b = f"({one.text})", f"({other.text})"
    if len(a) + len(b) > 280:
        return
    for document in DOCUMENTS:
        assert parse(f"NOT ({a} AND {b})").matches(document) is parse(f"NOT {a} OR NOT {b}").matches(document)
        assert parse(f"NOT ({a} OR {b})").matches(document) is parse(f"NOT {a} AND NOT {b}").matches(document)


@given(ASKED)
def test_not_twice_is_not_at_all(asked: Asked) -> None:
    """Double negation changes nothing, and NOT leaves unknown unknown."""
    for document in DOCUMENTS:
        truth = parse(asked.text).matches(document)
        assert (~(~truth)) is truth
        if len(asked.text) <= 288:
            assert parse(f"NOT NOT ({asked.text})").matches(document) is truth
            assert (parse(f"NOT ({asked.text})").matches(document) is Truth.UNKNOWN) is (
                truth is Truth.UNKNOWN
            )


@given(ANY_TEXT, st.lists(st.text(max_size=20), max_size=30))
def test_completing_never_fails(typed: str, boards: list[str]) -> None:
    """Any beginning gets at most 25 distinct offers of at most 100 characters."""
    offered = complete(typed, boards)
    assert len(set(offered)) == len(offered) <= 25
    assert all(0 < len(offer) <= 100 for offer in offered)


@given(st.text(max_size=80))
@example("c++, c# and .net; node.js & r&d!")
def test_every_word_of_a_text_finds_it(text: str) -> None:
    """What stands between two spaces, if it has a letter or digit at all, is found when looked for in quotes."""
    seen = tidy(text)
    document = Document.of(title=seen)
    for word in re.split(r"[\s\"“”„‟«»]+", seen):
        try:
            understood = parse(f'"{word}"')
        except FilterError:
            continue
        assert understood.matches(document) is Truth.TRUE
