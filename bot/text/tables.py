"""Tables that people open in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # how a spreadsheet knows one (OWASP, CSV Injection)


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with the mark that Excel wants; no cell is read as a formula."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(columns)
    table.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell, behind a mark that keeps it text where a spreadsheet would calculate."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
