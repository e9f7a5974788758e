"""docs/comparison.md claims nothing that no test shows."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE, BENCHMARKS = ROOT / "docs" / "comparison.md", ROOT / "docs" / "benchmarks.md"
SECTIONS = dict(
    section.split("\n", 1) for section in re.split(r"^## ", PAGE.read_text(), flags=re.MULTILINE)[1:]
)
FEEDS, CHECK_INS, HARD = "Row by row", "Check-ins, row by row", "Ten hard cases"
REVIEWS, MATCHED = "Reviews and meetings, row by row", "How well they match"
ROWS = {FEEDS: 53, CHECK_INS: 33, REVIEWS: 25}
SYSTEMS = {FEEDS: 8, CHECK_INS: 12, REVIEWS: 13}
NO_BECAUSE = {FEEDS: {2, 7, 12, 13, 20, 52}, CHECK_INS: {12, 17, 27, 29, 31}, REVIEWS: {23}}
LATER = {FEEDS: {50, 53}}
HARD_CASES = "tests/end_to_end/test_checkins_hard.py"
LINK = re.compile(r"\[(test_\w+)\]\(([^)]+)\)")


def rows(section: str) -> list[list[str]]:
    """The cells of each row of a section's tables, without heads and rules."""
    lines = [line for line in SECTIONS[section].splitlines() if line.startswith("|")]
    ends = {n for n, line in enumerate(lines) if set(line) <= set("|-")}
    kept = [line for n, line in enumerate(lines) if not {n, n + 1} & ends]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in kept]


@cache
def functions_of(file: Path) -> frozenset[str]:
    """The names of the functions that a file defines at its top."""
    defined = ast.parse(file.read_text()).body
    return frozenset(one.name for one in defined if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("section", ROWS)
def test_every_row_is_there(section: str) -> None:
    """All rows in their order, each with all systems and ours, and none left empty."""
    table = rows(section)
    assert [int(cells[0]) for cells in table] == list(range(1, ROWS[section] + 1))
    assert {len(cells) for cells in table} == {SYSTEMS[section] + 3}
    assert [cells[0] for cells in table if not all(cells)] == []


@pytest.mark.parametrize(
    ("section", "cells"),
    [(section, cells) for section in ROWS for cells in rows(section)],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_every_answer_has_its_proof_or_its_reason(section: str, cells: list[str]) -> None:
    """A yes links at least one test, a no says why, and what is missing is called later."""
    number, ours = int(cells[0]), cells[-1]
    if number in NO_BECAUSE[section]:
        assert ours.startswith("no, because ")
    elif number in LATER.get(section, ()):
        assert ours.startswith("later: ")
    else:
        assert re.match(r"yes[:,] ", ours) and LINK.search(ours)


@pytest.mark.parametrize(
    ("section", "many"),
    [("What none of them has", 12), ("Eight faults", 8), (HARD, 10), ("Nine ways in which it went wrong", 9)],
)
def test_what_is_said_beyond_the_rows_has_its_proof(section: str, many: int) -> None:
    """Each of the twelve things, each fault, each hard case and each way to go wrong links at least one test."""
    table = rows(section)
    assert len(table) == many
    assert [cells[0] for cells in table if not LINK.search(cells[-1])] == []


def test_every_hard_case_is_played_through_the_front_door() -> None:
    """H1 to H10 in their order; the first test that each links is the end-to-end one of its number."""
    table = rows(HARD)
    assert [cells[0] for cells in table] == [f"H{number}" for number in range(1, 11)]
    first = [LINK.findall(cells[-1])[0] for cells in table]
    assert [
        cells[0] for cells, (name, _) in zip(table, first, strict=True) if _number(name) != cells[0]
    ] == []
    assert {target for _, target in first} == {f"../{HARD_CASES}"}


def _number(name: str) -> str:
    """test_h3_… → H3"""
    return name.split("_")[1].upper()


@pytest.mark.parametrize(
    ("section", "explained"),
    [(CHECK_INS, "Beside other check-in bots"), (REVIEWS, "Beside other review and coffee bots")],
)
def test_every_system_is_explained(section: str, explained: str) -> None:
    """Each column of the table has its line that says what it is and how it was looked at."""
    heads = [line for line in SECTIONS[section].splitlines() if line.startswith("| # |")]
    columns = [cell.strip() for cell in heads[0].strip("|").split("|")]
    assert {*heads} == {heads[0]}
    assert [cells[0] for cells in rows(explained)] == columns[2:-1]


def test_every_figure_of_matching_is_one_of_the_benchmarks() -> None:
    """Each label is a row of docs/benchmarks.md, which has the same figures from the same source."""
    lines = [line for line in BENCHMARKS.read_text().splitlines() if line.startswith("| ")]
    measured = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    known = {cells[0]: set(cells[1:]) for cells in measured}
    assert len(rows(MATCHED)) == 20
    assert [cells for cells in rows(MATCHED) if not set(cells[1:]) <= known.get(cells[0], set())] == []


def test_every_link_names_a_test() -> None:
    """The named function is defined in the very file that the link leads to."""
    links = LINK.findall(PAGE.read_text())
    assert [
        name for name, target in links if name not in functions_of((PAGE.parent / target).resolve())
    ] == []
