"""rubrics/*.yaml: what they hold, that each mistake is told with its place, and that the page for members agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jobs.reading.book import BookError
from bot.jobs.reading.marked import Mistake
from bot.reviews.answers import (
    LEAST_FIRST,
    LEAST_QUOTES,
    LEAST_WORDS,
    MAX_FIRST,
    MAX_QUESTION,
    MAX_QUOTE,
    MAX_REWRITE,
    clarity_only,
)
from bot.reviews.book import MAX_ABOUT, MAX_ASKS, MAX_HINT, MAX_LABEL, MAX_NAME, open_rubrics, read_rubric
from bot.reviews.rubric import DOCUMENTS, VERDICTS, Item, Rubric
from bot.reviews.values import KINDS
from tests.proofs import size

ROOT = Path(__file__).resolve().parents[2]
RUBRICS = open_rubrics(ROOT / "rubrics")
PAGE = (ROOT / "docs" / "rubrics.md").read_text()
BOOK = """\
# a comment
kind: pitch
version: 3
name: A pitch
about: In a minute.
needs: [text]
items:
  - id: one
    label: First
    asks: Is it first?
    hints: {yes: It is., partly: Nearly., no: It is not.}
    evidence: [{says: It helps., source: "Somebody, 2020", strength: weak}]
    clarity: true
  - id: two
    label: Second
    asks: Is it second?
    hints: {yes: A, partly: B, no: C}
    evidence: [{says: It helps., source: "Somebody, 2021", strength: practice}]
    clarity: true
  - id: three
    label: Third
    asks: Is it third?
    hints: {yes: A, partly: B, no: C}
    evidence: [{says: It helps., source: "Somebody, 2022", strength: strong}]
sample:
  posting: Something to read
  text: |
    I am new here.
    I write.
  answers:
    one: {verdict: yes, why: It is first., quote: I am new}
    two: {verdict: partly, why: It is second.}
    three: {verdict: no, why: It is not third.}
"""


def mistakes(text: str, file: str = "pitch.yaml") -> list[Mistake]:
    with pytest.raises(BookError) as error:
        read_rubric(text, file)
    return error.value.mistakes


def every_item() -> Iterator[Item]:
    return (item for rubric in RUBRICS.values() for item in rubric.items)


def sentences() -> Iterator[str]:
    """Whatever of the rubrics a person reads."""
    for rubric in RUBRICS.values():
        yield from (rubric.about, rubric.warning)
        yield from (one.why for one in (rubric.sample.answers.values() if rubric.sample else ()))
    for item in every_item():
        yield from (item.asks, *item.hints.values(), *(one.says for one in item.evidence))


# -- the project's own ---------------------------------------------------------------------------


def test_six_kinds_each_with_its_items() -> None:
    """The resume has eight items, the others five to eight; the profile begins with the four that it must have."""
    assert tuple(RUBRICS) == KINDS
    assert len(RUBRICS["resume"].items) == 8
    assert all(5 <= len(rubric.items) <= 8 for rubric in RUBRICS.values())
    first_four = [item.label for item in RUBRICS["profile"].items[:4]]
    assert first_four == ["Communication shown", "Work shown", "Stack named", "Trust created"]


def test_what_an_author_gives() -> None:
    """A resume comes with a posting; profile and portfolio are links; what is words may be pasted."""
    assert RUBRICS["resume"].needs == ("file", "posting")
    given = {kind: DOCUMENTS & set(rubric.needs) for kind, rubric in RUBRICS.items()}
    assert given["profile"] == given["portfolio"] == {"link"}
    assert given["letter"] == given["answer"] == given["pitch"] == {"text"}
    assert "posting" in RUBRICS["letter"].needs and "question" in RUBRICS["answer"].needs


def test_all_fits_into_discord() -> None:
    """Option labels and descriptions of 100 characters, form labels of 45 with room, forms' descriptions of 100."""
    assert MAX_NAME <= 100 and MAX_ABOUT <= 100 and MAX_HINT <= 100 and MAX_ASKS <= 100 and MAX_LABEL <= 45
    assert max(len(item.label) for item in every_item()) <= 40
    assert max(len(hint) for item in every_item() for hint in item.hints.values()) <= 100
    assert all(tuple(item.hints) == VERDICTS for item in every_item())


def test_sentences_are_short() -> None:
    """Fewer than 20 words in each sentence that a reader or an author sees."""
    split = (one for text in sentences() for one in re.split(r"(?<=[.:;?!])\s", text))
    assert [one for one in split if len(re.findall(r"[\w’'-]+", one)) >= 20] == []


def test_every_source_has_its_year_and_practice_claims_no_study() -> None:
    """Whoever doubts can look it up; and where there is only practice, no figure stands."""
    for item in every_item():
        for one in item.evidence:
            assert re.search(r"\b(19|20)\d\d\b", one.source), one
            if one.strength == "practice":
                assert not re.search(r"\d", one.says), one
            if re.search("seller", one.source):
                assert one.strength == "weak", one


def test_strong_evidence_is_about_this_very_thing() -> None:
    """Only the writing of resumes was tried in large experiments; elsewhere the same figures are weaker."""
    strong = {
        (rubric.kind, item.id)
        for rubric in RUBRICS.values()
        for item in rubric.items
        if any(one.strength == "strong" for one in item.evidence)
    }
    assert strong == {("resume", "clean-writing")}


def test_the_resume_warns_against_the_legend() -> None:
    """Nobody is to write for machines because of a number that nobody measured."""
    assert "75 %" in RUBRICS["resume"].warning and "legend" in RUBRICS["resume"].warning


def test_a_newcomer_reads_for_clarity() -> None:
    """The clear first third and clean writing of a resume, and something of every kind, but never all of it."""
    for rubric in RUBRICS.values():
        assert 2 <= len(clarity_only(rubric).items) < len(rubric.items)
    ids = {item.id for item in clarity_only(RUBRICS["resume"]).items}
    assert {"top-third", "clean-writing"} <= ids and "must-haves" not in ids


def test_the_sample_shows_every_verdict() -> None:
    """One invented resume, answered whole: there is something to praise and something to change."""
    sample = RUBRICS["resume"].sample
    assert sample and len(sample.text) <= 1_200
    assert {one.verdict for one in sample.answers.values()} == set(VERDICTS)
    quotes = [one.quote for one in sample.answers.values() if one.verdict != "yes"]
    assert all(any(quote in line for line in sample.text.split("\n")) for quote in quotes)
    assert "@" not in sample.text and not re.search(r"\+?\d[\d ]{7,}", sample.text)


# -- the page for members ------------------------------------------------------------------------


def section(rubric: Rubric) -> str:
    """What docs/rubrics.md has to say of one rubric, as it should stand there."""
    rows = [
        f"| {item.label} | {item.asks} | {'<br>'.join(f'{one.says} *{one.strength}*' for one in item.evidence)} "
        f"| {'<br>'.join(one.source for one in item.evidence)} |"
        for item in rubric.items
    ]
    head = f"## {rubric.name}\n{rubric.about}\n"
    clear = ", ".join(f"*{item.label}*" for item in clarity_only(rubric).items)
    table = "\n".join(
        [
            "| item | what the reader is asked | why, and how strong that is | source |",
            "|---|---|---|---|",
            *rows,
        ]
    )
    warning = f"{rubric.warning}\n\n" if rubric.warning else ""
    return f"{head}\n{table}\n\n{warning}A newcomer may answer {clear}.\n"


@pytest.mark.parametrize("kind", KINDS)
def test_the_page_says_what_the_rubric_says(kind: str) -> None:
    """Each kind's section is the rubric's own words; after a change put the text of the failure into the page."""
    rubric = next(one for one in RUBRICS.values() if one.kind == kind)
    assert section(rubric) in PAGE, section(rubric)


def test_the_page_explains_each_strength_and_has_no_other_section() -> None:
    """Four words for how strong evidence is, and one section a kind after the first part."""
    names = [rubric.name for rubric in RUBRICS.values()]
    assert re.findall(r"^## (.+)", PAGE, re.MULTILINE)[-len(names) :] == names
    assert re.findall(r"^\| \*(\w+)\* \|", PAGE, re.MULTILINE) == ["strong", "some", "weak", "practice"]


def test_the_page_names_the_limits() -> None:
    """What a reader may write, and what is asked before it is sent, as the program counts it."""
    limits = re.findall(r"^\| .+ \| (\d+) characters \|$", PAGE, re.MULTILINE)
    assert [int(one) for one in limits] == [MAX_QUOTE, MAX_REWRITE, MAX_FIRST, MAX_QUESTION]
    assert f"has {LEAST_FIRST} characters or more, and all words together have {LEAST_WORDS}" in PAGE
    assert LEAST_QUOTES == 2 and "an answer to every item, two quotes and *change this first*" in PAGE


# -- reading -------------------------------------------------------------------------------------


def test_what_stands_in_the_file() -> None:
    """All of it, items in their order; a bare yes or no of YAML is a verdict."""
    found = read_rubric(BOOK, "pitch.yaml")
    assert (found.kind, found.version, found.name, found.needs) == ("pitch", 3, "A pitch", ("text",))
    assert [item.id for item in found.items] == ["one", "two", "three"]
    assert [item.clarity for item in found.items] == [True, True, False]
    one = found.items[0]
    assert one.hints == {"yes": "It is.", "partly": "Nearly.", "no": "It is not."}
    assert (one.evidence[0].source, one.evidence[0].strength) == ("Somebody, 2020", "weak")
    assert found.sample and found.sample.text == "I am new here.\nI write."
    assert [one.verdict for one in found.sample.answers.values()] == ["yes", "partly", "no"]
    assert found.item("two") is found.items[1] and found.item("four") is None
    assert read_rubric(BOOK[: BOOK.index("sample")], "pitch.yaml").sample is None


@pytest.mark.parametrize(
    ("was", "becomes", "place", "words"),
    [
        (
            "kind: pitch",
            "kind: speech",
            (2, 7),
            "kind must be resume, profile, letter, answer, pitch or portfolio",
        ),
        (
            "kind: pitch",
            "kind: letter",
            (2, 7),
            "kind “letter” stands in a file called “pitch”; name it letter.yaml",
        ),
        ("version: 3", "version: 0", (3, 10), "version must be at least 1, not 0"),
        ("version: 3", "version: 1.5", (3, 10), "version must be a whole number, not 1.5"),
        ("version: 3", "version: true", (3, 10), "version must be a whole number, not true"),
        ("name: A pitch\n", "", (2, 1), "name is missing here; add name: …"),
        ("name: A pitch", f"name: {'x' * 41}", (4, 7), "name must be one line of 1 to 40 characters"),
        ("about: In a minute.", f"about: {'x' * 101}", (5, 8), "about must be one line of 1 to 100"),
        ("about:", "abuot:", (5, 1), "unknown key “abuot”; did you mean about?"),
        ("[text]", "[text, link]", (6, 8), "needs must name one of file, link, text, and only one"),
        ("[text]", "[posting]", (6, 8), "needs must name one of file, link, text, and only one"),
        (
            "[text]",
            "[text, time]",
            (6, 15),
            "a need must be file, link, text, posting or question, not “time”",
        ),
        ("id: one", "id: One", (8, 9), "id must be 1 to 40 small letters, digits or -"),
        ("id: two", "id: one", (14, 9), "id “one” stands in line 8 already"),
        ("label: Second", "label: first", (15, 12), "label “first” stands in line 9 already"),
        ("label: First", f"label: {'x' * 41}", (9, 12), "label must be one line of 1 to 40 characters"),
        ("Is it first?", f"{'is ' * 20}it?", (10, 11), "asks must be one sentence of at most 19 words"),
        ("Is it first?", "Is it? Or not?", (10, 11), "asks must be one sentence"),
        ("Is it first?", "It is", (10, 11), "asks must be one sentence"),
        ("Is it first?", f"Is it {'x' * 100}?", (10, 11), "asks must be one line of 1 to 100"),
        ("partly: Nearly., ", "", (11, 12), "partly is missing here"),
        ("Nearly.", "x" * 101, (11, 34), "partly must be one line of 1 to 100"),
        (
            "strength: weak",
            "strength: sure",
            (12, 70),
            "strength must be strong, some, weak or practice, not “sure”",
        ),
        (
            '[{says: It helps., source: "Somebody, 2020", strength: weak}]',
            "[]",
            (12, 15),
            "at least 1 entry, not 0",
        ),
        ("    clarity: true\n", "", (7, 1), "at least 2 items must say clarity: true"),
        ("clarity: true", "clarity: sure", (13, 14), "clarity must be true or false, not “sure”"),
        ("posting: Something to read", "posting:", (26, 11), "posting is empty; write a value"),
        ("verdict: yes", "verdict: maybe", (31, 20), "verdict must be yes, partly or no, not “maybe”"),
        (
            "I am new}",
            "I am old}",
            (31, 51),
            "“I am old” does not stand in the sample; quote a part of one line",
        ),
        ("    two: {verdict", "    tow: {verdict", (32, 5), "no item is called “tow”; did you mean two?"),
        ("    two: {verdict", "    tow: {verdict", (30, 3), "the sample has no answer for “two”"),
        ("    I write.", f"    {'x' * 1201}", (27, 9), "text must be text of 1 to 1200 characters"),
    ],
)
def test_a_mistake_and_its_place(was: str, becomes: str, place: tuple[int, int], words: str) -> None:
    """Line and column of the key or value that is meant, and what to write instead."""
    assert was in BOOK
    found = [one for one in mistakes(BOOK.replace(was, becomes, 1)) if words in one.words]
    assert [(one.line, one.column) for one in found] == [place], mistakes(BOOK.replace(was, becomes, 1))


def test_too_few_and_too_many_items() -> None:
    """Three at least, so that two can be quoted; eight at most, so that all menus fit into one message."""
    begin, end = BOOK.index("  - id: two"), BOOK.index("sample")
    assert "items must be a list of at least 3 entries, not 1" in str(mistakes(BOOK[:begin]))
    third = BOOK[BOOK.index("  - id: three") : end]
    more = "".join(third.replace("three", f"more-{n}").replace("Third", f"More {n}") for n in range(6))
    assert "items must be a list of at most 8 entries, not 9" in str(mistakes(BOOK[:end] + more))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty; write kind:, version:, name:"),
        ("# only a comment\n", "the file is empty"),
        ("- a list\n", "the file must be a group of keys and values"),
        ("kind: [\n", "this is not YAML"),
        ("items: " + "[" * 40, "nested too deeply"),
        ("kind: pitch\nkind: letter\n", "stands twice"),
    ],
)
def test_what_is_no_rubric(text: str, words: str) -> None:
    """One of the mistakes says what to write."""
    assert any(words in one.words for one in mistakes(text))


def test_every_mistake_of_every_file_at_once(tmp_path: Path) -> None:
    """File by file, in the order of each; a file that is right hides none of the others."""
    (tmp_path / "pitch.yaml").write_text(BOOK)
    (tmp_path / "letter.yaml").write_text(
        BOOK.replace("version: 3", "version: 0").replace("id: one", "id: One")
    )
    (tmp_path / "odd.yaml").write_bytes(b"kind: \xff")
    with pytest.raises(BookError) as error:
        open_rubrics(tmp_path)
    told = [line.removeprefix(f"{tmp_path}/").split(";")[0] for line in error.value.lines()]
    assert told == [
        "letter.yaml:2:7: kind “pitch” stands in a file called “letter”",
        "letter.yaml:3:10: version must be at least 1, not 0",
        "letter.yaml:8:9: id must be 1 to 40 small letters, digits or -, for example top-third",
        "letter.yaml:30:3: the sample has no answer for “One”",
        "letter.yaml:31:5: no item is called “one”",
        "odd.yaml:1:1: this cannot be read as UTF-8 text",
    ]
    assert str(error.value) == "\n".join(error.value.lines())


def test_folders(tmp_path: Path) -> None:
    """No folder, an empty one, a file in its place; a kind without a file is not offered."""
    for folder in (tmp_path / "none", tmp_path):
        with pytest.raises(BookError, match="name another folder with RUBRICS_FOLDER"):
            open_rubrics(folder)
    file = tmp_path / "pitch.yaml"
    file.write_text(BOOK, "utf-8-sig")
    with pytest.raises(BookError, match="there is no such folder"):
        open_rubrics(file)
    assert tuple(open_rubrics(tmp_path)) == ("pitch",)


_LINES = BOOK.splitlines(keepends=True)


@given(st.data())
def test_no_text_does_more_than_refuse(data: st.DataObject) -> None:
    """However the lines of a rubric are lost, doubled or garbled: a rubric, or mistakes that lie in the text."""
    rounds = data.draw(st.integers(1, size(3, 6)))
    kept = list(_LINES)
    for _ in range(rounds):
        at = data.draw(st.integers(0, len(kept) - 1))
        odd = st.sampled_from(
            ["", "  - \n", "items: 5\n", "    id: [a]\n", "sample: []\n", "  answers: x\n", "? [a]\n"]
        )
        kept[at] = data.draw(odd | st.just(kept[at] * 2) | st.text(max_size=12).map(lambda text: f"{text}\n"))
    text = "".join(kept)
    try:
        assert read_rubric(text, "pitch.yaml").items
    except BookError as error:
        assert error.mistakes
        assert all(one.line >= 1 and one.column >= 1 for one in error.mistakes)
