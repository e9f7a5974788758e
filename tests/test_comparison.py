"""docs/comparison.md claims nothing that no test shows."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "comparison.md"
SECTIONS = dict(
    section.split("\n", 1) for section in re.split(r"^## ", PAGE.read_text(), flags=re.MULTILINE)[1:]
)
NO_BECAUSE = {2, 7, 12, 13, 20, 52}
LATER = {50, 53}
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


def test_every_row_is_there() -> None:
    """Rows 1 to 53 in their order, each with all systems and ours, and none left empty."""
    table = rows("Row by row")
    assert [int(cells[0]) for cells in table] == list(range(1, 54))
    assert {len(cells) for cells in table} == {11}
    assert [cells[0] for cells in table if not all(cells)] == []


@pytest.mark.parametrize("cells", rows("Row by row"), ids=lambda cells: cells[0])
def test_every_answer_has_its_proof_or_its_reason(cells: list[str]) -> None:
    """A yes links at least one test, a no says why, and what is missing is called later."""
    number, ours = int(cells[0]), cells[-1]
    if number in NO_BECAUSE:
        assert ours.startswith("no, because ")
    elif number in LATER:
        assert ours.startswith("later: ")
    else:
        assert re.match(r"yes[:,] ", ours) and LINK.search(ours)


@pytest.mark.parametrize(("section", "many"), [("What none of them has", 12), ("Eight faults", 8)])
def test_what_is_said_beyond_the_rows_has_its_proof(section: str, many: int) -> None:
    """Each of the twelve things, and each fault, links at least one test."""
    table = rows(section)
    assert len(table) == many
    assert [cells[0] for cells in table if not LINK.search(cells[-1])] == []


def test_every_link_names_a_test() -> None:
    """The named function is defined in the very file that the link leads to."""
    links = LINK.findall(PAGE.read_text())
    assert [
        name for name, target in links if name not in functions_of((PAGE.parent / target).resolve())
    ] == []
