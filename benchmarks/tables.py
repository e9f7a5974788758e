"""What a benchmark found, as a value; shown in the terminal and written as Markdown."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Group
from rich.table import Table
from rich.text import Text

Source = Literal["this run", "published", "limit"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line: who, what was measured (a cell a column), and whether it was measured here or only published."""

    who: str
    cells: tuple[str, ...]
    source: Source = "this run"


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that must not be larger than its limit."""

    what: str
    value: float
    limit: float

    @property
    def met(self) -> bool:
        return self.value <= self.limit

    def __str__(self) -> str:
        verdict = "met" if self.met else "MISSED"
        return f"{verdict}: {self.what} is {_plain(self.value)}, at most {_plain(self.limit)}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A benchmark's table. setup: what was run, and beside what; columns: the heads of the cells."""

    title: str
    setup: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    targets: Sequence[Target]

    @property
    def met(self) -> bool:
        return all(target.met for target in self.targets)

    def picture(self) -> Group:
        """For the terminal."""
        table = Table(title=self.title, title_justify="left", title_style="bold")
        table.add_column("")
        for column in self.columns:
            table.add_column(column, justify="right")
        table.add_column("source", style="dim")
        for row in self.rows:
            table.add_row(row.who, *row.cells, row.source, style="dim" if row.source == "published" else None)
        verdicts = [Text(str(one), style="green" if one.met else "bold red") for one in self.targets]
        return Group(table, Text(self.setup, style="dim"), *verdicts, Text())

    def markdown(self) -> str:
        """For docs/benchmarks.md."""
        heads = ["", *self.columns, "source"]
        lines = [f"## {self.title}", "", self.setup, "", _line(heads), _line(["---"] * len(heads))]
        lines += [_line([row.who, *row.cells, row.source]) for row in self.rows]
        return "\n".join([*lines, "", *(f"- {target}" for target in self.targets), ""])


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many percent of the values don't exceed, interpolated."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:.3g}"
