"""meets.yaml: what it holds, and that each mistake is told with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.jobs.reading.book import BookError
from bot.jobs.reading.marked import Mistake
from bot.meets.book import open_meets, read_meets
from bot.meets.kinds import KINDS
from bot.meets.values import Check, Question, Topic

ROOT = Path(__file__).resolve().parents[2]
MEETS = open_meets(ROOT / "meets.yaml")


def _debrief(kind: str) -> str:
    checks = "".join(f"      - {{id: c{n}, asks: Is it {n}?, step: Do {n}.}}\n" for n in range(6))
    return f"  {kind}:\n    checks:\n{checks}    done: Go on.\n"


BOOK = """\
topics:
  - {id: pay, name: Pay}
  - {id: rest, name: Rest}
sets:
  - id: call
    name: A call
    about: For everybody.
    minutes: 20
    questions:
      - {asks: Is it 1?, shows: One.}
      - {asks: Is it 2?, shows: Two.}
      - {asks: Is it 3?, shows: Three.}
      - {asks: Is it 4?, shows: Four.}
      - {asks: Is it 5?, shows: Five.}
openers:
  - Who are you?
  - What is next?
debriefs:
""" + "".join(map(_debrief, KINDS))


def mistakes(text: str) -> list[Mistake]:
    with pytest.raises(BookError) as error:
        read_meets(text, "meets.yaml")
    return error.value.mistakes


# -- the project's own ---------------------------------------------------------------------------


def test_the_projects_own_words() -> None:
    """Six sets of five to eight questions, a dozen openers, and a debrief of six for each kind."""
    ids = ["first-call", "written-screen", "video", "take-home", "offer-talk", "ask-my-boss"]
    assert [one.id for one in MEETS.sets] == ids
    assert all(5 <= len(one.questions) <= 8 for one in MEETS.sets)
    assert len(MEETS.openers) >= 12
    assert set(MEETS.debriefs) == set(KINDS)
    assert all(len(one.checks) == 6 for one in MEETS.debriefs.values())


def test_questions_are_questions() -> None:
    """Checks and openers end with a question mark, and can be answered; steps tell what to do."""
    checks = [check for one in MEETS.debriefs.values() for check in one.checks]
    assert [one for one in [*MEETS.openers, *(check.asks for check in checks)] if not one.endswith("?")] == []
    yes_or_no = re.compile(r"(Was|Were|Did|Do|Is|Could|Have|Had)\b")
    assert [check.asks for check in checks if not yes_or_no.match(check.asks)] == []
    steps = [*(check.step for check in checks), *(one.done for one in MEETS.debriefs.values())]
    assert [step for step in steps if not step.endswith(".")] == []
    assert len(set(steps)) >= len(MEETS.debriefs) * 6


def test_safety_comes_first() -> None:
    """Whatever else went badly: who was not treated well is shown what to press."""
    assert all(one.checks[0].id == "safe" for one in MEETS.debriefs.values())
    assert all("Tell the moderators" in one.checks[0].step for one in MEETS.debriefs.values())


def test_nobody_is_blamed() -> None:
    """No check and no step asks whose fault it was, or how many."""
    said = [
        word for one in MEETS.debriefs.values() for check in one.checks for word in (check.asks, check.step)
    ]
    unkind = ("fail", "fault", "blame", "how many", "reject", "should have", "lazy", "worst")
    assert [words for words in said for bad in unkind if bad in words.casefold()] == []


# -- reading -------------------------------------------------------------------------------------


def test_what_stands_in_the_file() -> None:
    """Everything in its order."""
    found = read_meets(BOOK, "meets.yaml")
    assert found.topics == (Topic("pay", "Pay"), Topic("rest", "Rest"))
    (one,) = found.sets
    assert (one.id, one.name, one.about, one.minutes) == ("call", "A call", "For everybody.", 20)
    assert one.questions[1] == Question("Is it 2?", "Two.")
    assert found.openers == ("Who are you?", "What is next?")
    assert found.debriefs["mentor"].checks[5] == Check("c5", "Is it 5?", "Do 5.")
    assert found.debriefs["coffee"].done == "Go on."


@pytest.mark.parametrize(
    ("was", "becomes", "place", "words"),
    [
        ("id: pay", "id: Pay!", (2, 10), "id must be 1 to 40 small letters"),
        ("id: rest", "id: pay", (3, 10), "id of a topic “pay” stands in line 2 already"),
        ("name: Rest", "name: pay", (3, 22), "name of a topic “pay” stands in line 2 already"),
        ("minutes: 20", "minutes: 61", (8, 14), "minutes must be at most 60"),
        ("minutes: 20", "minutes: soon", (8, 14), "minutes must be a whole number"),
        ("    about: For everybody.\n", "", (5, 5), "about is missing here; add about: …"),
        ("    about:", "    abuot:", (7, 5), "unknown key “abuot”; did you mean about?"),
        ("      - {asks: Is it 5?, shows: Five.}\n", "", (10, 7), "questions must be a list of at least 5"),
        ("Is it 5?", "Is it 5", (14, 16), "asks must be one sentence"),
        ("Is it 5?", "Is it 4?", (14, 16), "question of set 1 “Is it 4?” stands in line 13 already"),
        ("What is next?", "who are you?", (17, 5), "opener “who are you?” stands in line 16 already"),
        ("What is next?", "7", (17, 5), "an opener must be text, not 7"),
        ("  coffee:", "  tea:", (19, 3), "unknown key “tea”"),
        ("id: c5", "id: c4", (26, 14), "id of a check of coffee “c4” stands in line 25 already"),
        ("done: Go on.", "done:", (27, 10), "done is empty"),
    ],
)
def test_a_mistake_and_its_place(was: str, becomes: str, place: tuple[int, int], words: str) -> None:
    """Line and column of the key or value that is meant, and what to write instead."""
    assert was in BOOK
    found = [one for one in mistakes(BOOK.replace(was, becomes, 1)) if words in one.words]
    assert [(one.line, one.column) for one in found] == [place]


def test_six_checks() -> None:
    """No more, no less."""
    line = "      - {id: c5, asks: Is it 5?, step: Do 5.}\n"
    assert (
        "checks must be a list of at least 6 entries, not 5" in mistakes(BOOK.replace(line, "", 1))[0].words
    )
    more = BOOK.replace(line, line + line.replace("c5", "c6"), 1)
    assert "checks must be a list of at most 6 entries, not 7" in mistakes(more)[0].words


def test_every_mistake_at_once() -> None:
    """Also where the shape is wrong from the ground up."""
    text = BOOK.replace("minutes: 20", "minutes: 1").replace("- Who are you?", "- [a]")
    assert [one.line for one in mistakes(text)] == [8, 16]
    found = mistakes("topics: 5\nsets: {}\nopeners: x\ndebriefs: [1]\n")
    assert [one.line for one in found] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    "text", ["", "# only a comment\n", "- a list\n", "topics: [\n", "debriefs: " + "[" * 40]
)
def test_what_is_no_book(text: str) -> None:
    """An answer in words, never an exception of another kind."""
    assert mistakes(text)


def test_files(tmp_path: Path) -> None:
    """No file: what to set instead."""
    with pytest.raises(BookError, match="there is no such file; name another with MEETS_FILE"):
        open_meets(tmp_path / "none.yaml")
