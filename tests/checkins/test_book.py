"""prompts.yaml: what it holds, that each mistake is told with its place, and which question a week gets."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.book import MAX_HINT, MAX_LABEL, open_prompts, read_prompts
from bot.checkins.prompts import starter, template
from bot.jobs.reading.book import BookError
from bot.jobs.reading.marked import Mistake
from bot.ports import Part, Prompts, Template
from bot.refusals import Refusal

ROOT = Path(__file__).resolve().parents[2]
PROMPTS = open_prompts(ROOT / "prompts.yaml")
BOOK = """\
# a comment
templates:
  - id: first
    name: The first
    about: For everybody.
    learned: {label: What did you learn?, hint: A line is enough.}
    goals: {label: What next?, hint: One per line.}
    if_then: {label: "If …, then …", hint: When and where.}
starters:
  - What is good about today?
  - What comes next?
"""
# What would count against somebody, or ask for it.
_UNKIND = (
    *("fail", "reject", "why not", "didn", "why haven", "how many", "miss", "worst", "shame", "excuse"),
    *("lazy", "behind", "should have", "refus", "unemployed", "mistake", "struggl", "wrong"),
)


def mistakes(text: str) -> list[Mistake]:
    with pytest.raises(BookError) as error:
        read_prompts(text, "prompts.yaml")
    return error.value.mistakes


def parts(one: Template) -> tuple[Part, ...]:
    return one.learned, one.goals, one.if_then


# -- the project's own ---------------------------------------------------------------------------


def test_the_projects_own_words() -> None:
    """Three templates, the search first, and two dozen questions at least, none of them twice."""
    assert [one.id for one in PROMPTS.templates] == ["search", "interviews", "skills"]
    assert len(PROMPTS.starters) >= 24
    assert all(one.endswith("?") and one.count("?") == 1 for one in PROMPTS.starters)


def test_labels_fit_into_a_form() -> None:
    """45 characters for a label, 100 for what stands below it, as Discord allows."""
    every = [part for one in PROMPTS.templates for part in parts(one)]
    assert max(len(part.label) for part in every) <= MAX_LABEL == 45
    assert max(len(part.hint) for part in every) <= MAX_HINT == 100


def test_every_plan_asks_when_and_every_template_asks_what_was_learned() -> None:
    """What helps stands in each: an if-then plan, and learning rather than having done it."""
    for one in PROMPTS.templates:
        assert one.if_then.label.split()[2:4] == ["if", "it"] or "if …" in one.if_then.label.casefold()
        assert "then I" in one.if_then.label and "then I" in one.if_then.hint
        assert "did you" in one.learned.label.casefold()


def test_no_question_asks_for_what_went_wrong_or_how_many() -> None:
    """Nobody is made to tell of a failure or to count themselves."""
    said = [
        *PROMPTS.starters,
        *(word for one in PROMPTS.templates for p in parts(one) for word in (p.label, p.hint)),
    ]
    assert [words for words in said for bad in _UNKIND if bad in words.casefold()] == []


# -- reading -------------------------------------------------------------------------------------


def test_what_stands_in_the_file() -> None:
    """Templates and starters in their order."""
    found = read_prompts(BOOK, "prompts.yaml")
    (one,) = found.templates
    assert (one.id, one.name, one.about) == ("first", "The first", "For everybody.")
    assert parts(one) == (
        Part("What did you learn?", "A line is enough."),
        Part("What next?", "One per line."),
        Part("If …, then …", "When and where."),
    )
    assert found.starters == ("What is good about today?", "What comes next?")


def test_starters_may_be_left_out() -> None:
    """A server without them has none to switch on."""
    assert read_prompts(BOOK[: BOOK.index("starters")], "prompts.yaml").starters == ()


@pytest.mark.parametrize(
    ("was", "becomes", "place", "words"),
    [
        ("id: first", "id: The First", (3, 9), "id must be 1 to 40 small letters"),
        ("    name: The first\n", "", (3, 5), "name is missing here; add name: …"),
        ("name: The first", "name: 7", (4, 11), "name must be text, not 7"),
        ("name: The first", f"name: {'x' * 61}", (4, 11), "one line of 1 to 60 characters"),
        ("name: The first", "name:", (4, 10), "name is empty; write a value"),
        ("about:", "abuot:", (5, 5), "unknown key “abuot”; did you mean about?"),
        ("label: What next?", f"label: {'x' * 46}", (7, 20), "label must be one line of 1 to 45 characters"),
        ("hint: One per line.", f"hint: {'x' * 101}", (7, 38), "hint must be one line of 1 to 100"),
        ("{label: What next?, hint: One per line.}", "What next?", (7, 12), "goals must be a group of keys"),
        ("  - What comes next?", "  - 12", (11, 5), "a starter must be text, not 12"),
        ("  - What comes next?", "  - what is good about today?", (11, 5), "stands in line 10 already"),
        ("  - What comes next?", f"  - {'x' * 151}", (11, 5), "a starter must be one line of 1 to 150"),
        ("starters:", "questions:", (9, 1), "unknown key “questions”; remove it"),
        (
            "templates:",
            "templates: []\nothers:",
            (2, 12),
            "templates must be a list of at least 1 entry, not 0",
        ),
        ("    name: The first", "    id: second", (4, 5), "stands twice"),
    ],
)
def test_a_mistake_and_its_place(was: str, becomes: str, place: tuple[int, int], words: str) -> None:
    """Line and column of the key or value that is meant, and what to write instead."""
    assert was in BOOK
    found = [one for one in mistakes(BOOK.replace(was, becomes, 1)) if words in one.words]
    assert [(one.line, one.column) for one in found] == [place]


def test_every_mistake_at_once() -> None:
    """In the order of the file, whatever kind they are of."""
    again = "  - {id: first, name: B, about: C, learned: D}\n"
    found = mistakes(BOOK.replace("starters:\n", f"{again}starters:\n  - 5\n"))
    assert [(one.line, one.words.split(";")[0]) for one in found] == [
        (9, "goals is missing here"),
        (9, "if_then is missing here"),
        (9, "id “first” stands in line 3 already"),
        (9, "learned must be a group of keys and values, not “D”"),
        (11, "a starter must be text, not 5"),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("- a list\n", "the file must be a group of keys and values"),
        ("starters: []\n", "templates is missing here"),
        ("templates: [\n", "this is not YAML"),
        ("templates: " + "[" * 40, "nested too deeply"),
        ("templates: 5\nstarters: 6\n", "templates must be a list"),
    ],
)
def test_what_is_no_book(text: str, words: str) -> None:
    """The first mistake says what to write."""
    assert words in mistakes(text)[0].words


def test_files(tmp_path: Path) -> None:
    """No file, a file that is no text, and one with the mark that Windows puts first."""
    with pytest.raises(BookError, match="there is no such file; name another with PROMPTS_FILE"):
        open_prompts(tmp_path / "none.yaml")
    odd = tmp_path / "odd.yaml"
    odd.write_bytes(b"templates: \xff")
    with pytest.raises(BookError, match="UTF-8"):
        open_prompts(odd)
    odd.write_text(BOOK, "utf-8-sig")
    assert len(open_prompts(odd).templates) == 1


# -- choosing ------------------------------------------------------------------------------------


def test_a_template_by_its_id() -> None:
    """The one that is meant; the default where the file has it no more; a refusal where there are none."""
    assert template(PROMPTS, "skills").id == "skills"
    assert template(PROMPTS, "taken-out") is PROMPTS.templates[0]
    with pytest.raises(Refusal) as refused:
        template(Prompts(), "search")
    assert refused.value.reason == "no_templates"


@given(
    st.lists(st.text(max_size=8), min_size=1, max_size=30, unique=True),
    st.integers(1, 2**62),
    st.dates(date(2000, 1, 1), date(2099, 1, 1)),
)
def test_no_starter_comes_again_before_all_were_there(
    starters: list[str], group_id: int, begin: date
) -> None:
    """Wherever one begins to count, as many weeks as there are questions bring each of them once."""
    prompts = Prompts(starters=tuple(starters))
    monday = begin - timedelta(days=begin.weekday())
    said = [starter(prompts, group_id, monday + timedelta(weeks=n)) for n in range(len(starters))]
    assert sorted(said) == sorted(starters)
    assert starter(prompts, group_id, monday + timedelta(weeks=len(starters))) == said[0]


def test_groups_go_round_in_orders_of_their_own() -> None:
    """Two groups of one server talk about different things, and a week's question is always the same."""
    weeks = [date(2026, 11, 16) + timedelta(weeks=n) for n in range(12)]
    first, other = ([starter(PROMPTS, group_id, week) for week in weeks] for group_id in (1, 2))
    assert first != other
    assert first == [starter(PROMPTS, 1, week) for week in weeks]
    assert starter(Prompts(), 1, weeks[0]) == ""
