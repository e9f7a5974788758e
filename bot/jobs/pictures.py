"""The pictures of this subject as PNG, drawn in a worker: upright 4:5, on a ground of their own for both themes.

Called by name (`app.workers.call("bot.jobs.pictures:market", …)`) with plain values: only a worker draws, since
matplotlib takes a second and 100 MB. Everything is laid out in pixels of 1080 × 1350, from the top.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.paper import DEEP, LEFT, RIGHT, RULE, SOFT, Sheet
from bot.text import cut, tidy

HEIGHT = 1350
_BAR = "#9db8c5"

Bars = Sequence[tuple[str, str, float | None, bool]]
"""(name, value, share from 0 to 1 or None, is it theirs)"""


def market(title: str, under: str, chapters: Sequence[tuple[str, Bars]]) -> bytes:
    """Horizontal bars, a chapter below the other; the rows share the height that there is."""
    sheet = Sheet(HEIGHT)
    sheet.text(LEFT, 96, cut(tidy(title), 44), 50, bold=True)
    sheet.text(LEFT, 146, cut(tidy(under), 72), 26, SOFT)
    rows = sum(len(bars) for _, bars in chapters)
    room = HEIGHT - 190 - 70
    step = min(48.0, room / (rows + 1.75 * len(chapters)))
    at = 170.0
    for name, bars in chapters:
        at += step * 1.25
        sheet.text(LEFT, at, cut(tidy(name), 40), 28, SOFT, bold=True)
        sheet.rule(at + 12)
        at += step * 0.5
        for bar in bars:
            at += step
            _row(sheet, at, step, *bar)
    marked = any(mine for _, bars in chapters for *_, mine in bars)
    sheet.text(LEFT, HEIGHT - 32, "✓ stands in your profile" if marked else "", 22, SOFT)
    sheet.text(RIGHT, HEIGHT - 32, "Outpost", 22, SOFT, align="right")
    return sheet.png()


def _row(
    sheet: Sheet, at: float, step: float, name: str, value: str, share: float | None, mine: bool
) -> None:
    size = min(28.0, step * 0.62)
    sheet.text(LEFT, at, cut(tidy(name), 22), size, bold=mine)
    begins, ends = 470, RIGHT - 130
    if share is None:
        sheet.text(begins, at, cut(tidy(value), 36), size)
        return
    height = size * 0.86
    top = at - height * 0.92  # beside words that stand on the line
    sheet.box(begins, top, ends - begins, height, fill=RULE)
    sheet.box(begins, top, max(10.0, share * (ends - begins)), height, fill=DEEP if mine else _BAR)
    sheet.text(RIGHT, at, cut(tidy(value), 12), size, align="right")


def last_page(title: str, under: str, rows: Sequence[tuple[str, int]], small: str) -> bytes:
    """A search that is over: its numbers, large."""
    sheet = Sheet(HEIGHT)
    sheet.text(LEFT, 150, cut(tidy(title), 34), 64, bold=True)
    sheet.text(LEFT, 210, cut(tidy(under), 60), 30, SOFT)
    sheet.rule(260)
    step = (HEIGHT - 260 - 130) / max(1, len(rows))
    for number, (what, many) in enumerate(rows):
        at = 260 + step * (number + 0.66)
        sheet.text(LEFT + 230, at, f"{many:,}", 84, DEEP, bold=True, align="right")
        sheet.text(LEFT + 280, at, cut(tidy(what), 30), 42)
    sheet.rule(HEIGHT - 110)
    sheet.text(LEFT, HEIGHT - 56, cut(tidy(small), 60), 26, SOFT)
    return sheet.png()
