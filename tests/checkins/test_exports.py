"""Files: all of a member's own weeks, the cards of a group and nothing else of it, results for a resume."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.exports import bullets, group_csv, group_json, own_csv, own_json
from bot.checkins.history import history
from bot.checkins.values import Circle, Goal, MemberWeek, Result, Said
from bot.text.tables import as_csv, harmless
from tests.checkins.values import MADE, WEEK, member_week
from tests.cogs.words import HOSTILE

SAID = Said(
    reviewed=(Goal("Rewrite summary", True), Goal("Portfolio page")),
    learned="Short notes\nare answered",
    goals=(Goal("Portfolio page"), Goal("Mock interview")),
    if_then="If it is Tuesday, then I write",
    going="stuck",
    answer="Ana helped",
    ideas="How do I ask about pay?",
    win="A first interview",
)


def said(user_id: int = 2, circle: Circle = "group", **given: Any) -> MemberWeek:
    """A check-in with everything in it."""
    fields = {"state": "late", "said": SAID, "submitted_at": MADE, **given}
    return member_week(id=user_id, user_id=user_id, circle=circle, **fields)


def rows(table: bytes) -> list[dict[str, str]]:
    assert table.startswith(b"\xef\xbb\xbf")  # Excel reads UTF-8 only behind this mark
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


# -- one's own -----------------------------------------------------------------------------------


def test_a_members_own_table_holds_all_of_it() -> None:
    """Private words too, the goals that went on, how it goes, and how often they were thanked."""
    every = [said(circle="me", edited_at=MADE), member_week(week=WEEK + timedelta(weeks=1), state="excused")]
    first, second = rows(own_csv(history(every, {1: "Seekers"}, questions={1: "Who helped?"}, thanks={2: 3})))
    assert first == {
        "Week": "2026-11-16",
        "Group": "Seekers",
        "This week": "checked in",
        "Checked in": "2026-11-02 12:00 UTC",
        "Changed": "2026-11-02 12:00 UTC",
        "Seen by": "me",
        "Goals planned": "2",
        "Goals finished": "1",
        "Goals": "[x] Rewrite summary\n[ ] Portfolio page",
        "Learned": "Short notes\nare answered",
        "Goals to come": "[ ] Portfolio page\n[ ] Mock interview",
        "If … then …": "If it is Tuesday, then I write",
        "How it goes": "stuck",
        "Question": "Who helped?",
        "Answer": "Ana helped",
        "Ideas asked for": "How do I ask about pay?",
        "Win": "A first interview",
        "Thanks": "3",
    }
    assert (second["This week"], second["Checked in"], second["How it goes"]) == ("off", "", "")


def test_a_members_own_document_says_the_same() -> None:
    """As JSON, with the standing in each group and the results."""
    result = Result(1, "Finished the portfolio", WEEK, MADE)
    one = json.loads(own_json(history([said(circle="pod")], {1: "Seekers"}, [result]), MADE))
    assert one["made_at"] == "2026-11-02T12:00:00+00:00"
    assert one["groups"][0]["name"] == "Seekers" and one["groups"][0]["in_a_row"] == 1
    (week,) = one["weeks"]
    assert (week["state"], week["seen_by"], week["going"]) == ("done", "pod", "stuck")
    assert week["goals"] == [
        {"text": "Rewrite summary", "finished": True},
        {"text": "Portfolio page", "finished": False},
    ]
    assert (week["win"], week["ideas"], week["answer"]) == (SAID.win, SAID.ideas, SAID.answer)
    assert one["results"] == [{"week": "2026-11-16", "text": "Finished the portfolio"}]


def test_late_is_told_nowhere() -> None:
    """Not even to themselves: a week that was kept is kept."""
    on_time = [said(state="on_time")]
    for export in (own_csv, lambda one: own_json(one, MADE)):
        assert export(history([said()], {})) == export(history(on_time, {}))


def test_nobody_has_said_anything_yet() -> None:
    """A table with its heading, and a document without weeks."""
    assert rows(own_csv(history([], {}))) == []
    assert json.loads(own_json(history([], {}), MADE))["weeks"] == []


# -- a group's -----------------------------------------------------------------------------------


def test_a_groups_table_is_what_stands_on_its_cards() -> None:
    """Under the name that stands there; a win is left out, since its author may have left out their name."""
    (card,) = rows(group_csv([said()], {2: "Heron"}, {1: "Who helped?"}))
    assert card == {
        "Week": "2026-11-16",
        "Name": "Heron",
        "Goals": "[x] Rewrite summary\n[ ] Portfolio page",
        "Learned": "Short notes\nare answered",
        "Goals to come": "[ ] Portfolio page\n[ ] Mock interview",
        "If … then …": "If it is Tuesday, then I write",
        "Question": "Who helped?",
        "Answer": "Ana helped",
        "Ideas asked for": "How do I ask about pay?",
    }
    (same,) = json.loads(group_json([said()], {2: "Heron"}, {1: "Who helped?"}, group="Seekers"))["cards"]
    assert (same["name"], same["question"], same["goals_to_come"]) == (
        "Heron",
        "Who helped?",
        ["Portfolio page", "Mock interview"],
    )


@pytest.mark.parametrize(
    "unseen",
    [
        said(3, circle="pod"),
        said(3, circle="me"),
        said(3, withdrawn_at=MADE),
        said(3, hidden_at=MADE),
        said(3, state="excused", submitted_at=None),
    ],
)
def test_what_the_group_may_not_see_changes_nothing(unseen: MemberWeek) -> None:
    """Byte by byte the same file, with it and without it."""
    names = {2: "Heron", 3: "Otter"}
    assert group_csv([said(), unseen], names) == group_csv([said()], names)
    assert group_json([said(), unseen], names, group="S") == group_json([said()], names, group="S")


def test_a_group_file_tells_neither_when_nor_how_it_goes() -> None:
    """Whoever was late, is stuck, edited, or comes first in the database: it is the same file."""
    names = {2: "Heron", 3: "Adder"}
    other = Said(**{name: getattr(SAID, name) for name in SAID.__slots__} | {"going": "steady", "win": ""})
    later = MADE + timedelta(days=3)
    one = [said(2), said(3)]
    two = [
        said(3, state="on_time", said=other, submitted_at=later, edited_at=later),
        said(2, state="on_time", said=other),
    ]
    assert group_csv(one, names) == group_csv(two, names)
    assert [card["Name"] for card in rows(group_csv(one, names))] == ["Adder", "Heron"]


# -- for a resume, and any table -----------------------------------------------------------------


def test_results_become_bullets() -> None:
    """As they were pinned, the oldest first, one line each."""
    pinned = [
        Result(2, "Praised for clear notes", WEEK, MADE + timedelta(hours=1)),
        Result(1, "Finished\nthe *portfolio*", WEEK, MADE),
        Result(3, "Before", WEEK - timedelta(weeks=1), MADE + timedelta(days=9)),
    ]
    assert bullets(pinned).decode() == "- Before\n- Finished the *portfolio*\n- Praised for clear notes\n"
    assert bullets([]) == b""


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n")), min_size=1, max_size=4))
def test_no_cell_is_a_formula(cells: list[str]) -> None:
    """Whatever somebody writes: a spreadsheet shows it, and it comes back as it was but for one mark."""
    (read,) = list(
        csv.reader(io.StringIO(as_csv(["x"] * len(cells), [cells]).decode("utf-8-sig"), newline=""))
    )[1:]
    for was, became in zip(cells, read, strict=True):
        assert became.removeprefix("'") == was.removeprefix("'")
        assert not became.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1"])
def test_formulas_are_kept_as_text(cell: str) -> None:
    """OWASP's beginnings of a formula, also behind spaces, stand behind a quote; other words stay as they are."""
    assert harmless(cell) == f"'{cell}"
    assert harmless("5 = 3 + 2") == "5 = 3 + 2"


def test_strangers_words_stay_in_their_cell() -> None:
    """Commas, quotes, line breaks and formulas in every field make neither a column nor a row."""
    hostile = Said(learned=f'=HYPERLINK("x"),\n{HOSTILE}', if_then='","', goals=(Goal("-2+3"),))
    (card,) = rows(group_csv([said(said=hostile)], {2: "@Heron"}))
    assert card["Learned"].startswith("'=HYPERLINK") and card["If … then …"] == '","'
    assert (card["Name"], card["Goals to come"]) == ("'@Heron", "[ ] -2+3")
