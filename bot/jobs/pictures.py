"""The pictures of this subject as PNG, drawn in a worker: upright 4:5, on a ground of their own for both themes.

Called by name (`app.workers.call("bot.jobs.pictures:market", …)`) with plain values: only a worker draws, since
matplotlib takes a second and 100 MB. Everything is laid out in pixels of 1080 × 1350, from the top.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Sequence

from bot.text import cut, tidy

WIDTH, HEIGHT = 1080, 1350
_DPI = 100
_PAPER, _INK, _SOFT, _RULE = "#f7f5f0", "#1d2b33", "#5b6a72", "#dcd8cd"
_BAR, _MINE = "#9db8c5", "#2f6f8f"
_LEFT, _RIGHT = 70, WIDTH - 70
_POINT = 72 / _DPI  # points a pixel

Bars = Sequence[tuple[str, str, float | None, bool]]
"""(name, value, share from 0 to 1 or None, is it theirs)"""


def market(title: str, under: str, chapters: Sequence[tuple[str, Bars]]) -> bytes:
    """Horizontal bars, a chapter below the other; the rows share the height that there is."""
    sheet = _Sheet()
    sheet.text(_LEFT, 96, cut(tidy(title), 44), 50, weight="bold")
    sheet.text(_LEFT, 146, cut(tidy(under), 72), 26, _SOFT)
    rows = sum(len(bars) for _, bars in chapters)
    room = HEIGHT - 190 - 70
    step = min(48.0, room / (rows + 1.75 * len(chapters)))
    at = 170.0
    for name, bars in chapters:
        at += step * 1.25
        sheet.text(_LEFT, at, cut(tidy(name), 40), 28, _SOFT, weight="bold")
        sheet.line(at + 12)
        at += step * 0.5
        for bar in bars:
            at += step
            _row(sheet, at, step, *bar)
    marked = any(mine for _, bars in chapters for *_, mine in bars)
    sheet.text(_LEFT, HEIGHT - 32, "✓ stands in your profile" if marked else "", 22, _SOFT)
    sheet.text(_RIGHT, HEIGHT - 32, "Outpost", 22, _SOFT, align="right")
    return sheet.png()


def _row(
    sheet: _Sheet, at: float, step: float, name: str, value: str, share: float | None, mine: bool
) -> None:
    size = min(28.0, step * 0.62)
    sheet.text(_LEFT, at, cut(tidy(name), 22), size, weight="bold" if mine else "normal")
    begins, ends = 470, _RIGHT - 130
    if share is None:
        sheet.text(begins, at, cut(tidy(value), 36), size)
        return
    sheet.bar(begins, at, ends - begins, size * 0.86, _RULE)
    sheet.bar(begins, at, max(10.0, share * (ends - begins)), size * 0.86, _MINE if mine else _BAR)
    sheet.text(_RIGHT, at, cut(tidy(value), 12), size, align="right")


def last_page(title: str, under: str, rows: Sequence[tuple[str, int]], small: str) -> bytes:
    """A search that is over: its numbers, large."""
    sheet = _Sheet()
    sheet.text(_LEFT, 150, cut(tidy(title), 34), 64, weight="bold")
    sheet.text(_LEFT, 210, cut(tidy(under), 60), 30, _SOFT)
    sheet.line(260)
    step = (HEIGHT - 260 - 130) / max(1, len(rows))
    for number, (what, many) in enumerate(rows):
        at = 260 + step * (number + 0.66)
        sheet.text(_LEFT + 230, at, f"{many:,}", 84, _MINE, weight="bold", align="right")
        sheet.text(_LEFT + 280, at, cut(tidy(what), 30), 42)
    sheet.line(HEIGHT - 110)
    sheet.text(_LEFT, HEIGHT - 56, cut(tidy(small), 60), 26, _SOFT)
    return sheet.png()


class _Sheet:
    """Paper on which pixels count from the upper left corner, and text never means mathematics."""

    def __init__(self) -> None:
        from matplotlib.figure import Figure  # writes its cache of fonts when it is imported

        self._figure = Figure(figsize=(WIDTH / _DPI, HEIGHT / _DPI), dpi=_DPI, facecolor=_PAPER)
        self._page = self._figure.add_axes((0, 0, 1, 1))
        self._page.set_axis_off()
        self._page.set_xlim(0, WIDTH)
        self._page.set_ylim(HEIGHT, 0)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: str = _INK,
        *,
        weight: str = "normal",
        align: str = "left",
    ) -> None:
        """size: pixels; y: of the line on which the words stand."""
        self._page.text(
            x,
            y,
            words,
            fontsize=size * _POINT,
            color=colour,
            fontweight=weight,
            ha=align,
            va="baseline",
            family="DejaVu Sans",
            parse_math=False,  # a "$" in a skill's name, or a filter, is a "$"
        )

    def line(self, y: float) -> None:
        self._page.plot((_LEFT, _RIGHT), (y, y), color=_RULE, linewidth=1.5)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Beside words that stand on the line y."""
        from matplotlib.patches import FancyBboxPatch

        round_corners = f"round,pad=0,rounding_size={min(5.0, width / 2)}"
        self._page.add_patch(
            FancyBboxPatch((x, y - height * 0.92), width, height, boxstyle=round_corners, color=colour, lw=0)
        )

    def png(self) -> bytes:
        out = io.BytesIO()
        with warnings.catch_warnings():  # letters that the font lacks are drawn as boxes
            warnings.simplefilter("ignore", UserWarning)
            self._figure.savefig(out, format="png", facecolor=_PAPER)
        return out.getvalue()
