"""Paper to draw on: pixels from the upper left corner, on a ground of its own for both of Discord's themes.

For workers alone: matplotlib takes a second and 100 MB, so it is imported when the first sheet is made.
"""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator, Sequence
from typing import Any, Literal

WIDTH = 1080
LEFT, RIGHT = 70, WIDTH - 70
PAPER, INK, SOFT, RULE = "#f7f5f0", "#1d2b33", "#5b6a72", "#dcd8cd"
DEEP, PALE, EARTH = "#2f6f8f", "#d3e2e8", "#99600f"
"""Each of these on paper, and paper on the deep one: at least 4.5 to 1 for words, but the pale one and rules."""

_DPI = 100
_POINT = 72 / _DPI  # points a pixel

Align = Literal["left", "center", "right"]


class Sheet:
    """One picture, WIDTH pixels wide. Text never means mathematics; letters that the font lacks become boxes."""

    def __init__(self, height: int) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure  # writes its cache of fonts when it is imported

        self._figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=PAPER)
        self._canvas: Any = FigureCanvasAgg(self._figure)
        self._page = self._figure.add_axes((0, 0, 1, 1))
        self._page.set_axis_off()
        self._page.set_xlim(0, WIDTH)
        self._page.set_ylim(height, 0)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        colour: str = INK,
        *,
        bold: bool = False,
        align: Align = "left",
        room: float | None = None,
    ) -> None:
        """size: pixels, less where the words are wider than their room; y: of the line on which they stand."""
        drawn = self._page.text(
            x,
            y,
            words,
            fontsize=size * _POINT,
            color=colour,
            fontweight="bold" if bold else "normal",
            ha=align,
            va="baseline",
            family="DejaVu Sans",
            parse_math=False,  # a "$" in somebody's words is a "$"
        )
        if room is not None and words:
            with _unknown_letters():
                width = drawn.get_window_extent(self._canvas.get_renderer()).width
            drawn.set_fontsize(size * _POINT * min(1.0, room / max(width, 1.0)))

    def rule(self, y: float, left: float = LEFT, right: float = RIGHT) -> None:
        self._page.plot((left, right), (y, y), color=RULE, linewidth=1.5, zorder=1)

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = PAPER,
        edge: str | None = None,
        line: float = 0,
        dashed: bool = False,
        hatched: bool = False,
    ) -> None:
        """Round corners; x, y: the upper left one. edge: colour of the hatch, and of the outline of `line` pixels."""
        from matplotlib.patches import FancyBboxPatch

        inset = line / 2  # the outline stays inside
        corner = max(0.0, min(8.0, width / 2, height / 2) - inset)
        self._page.add_patch(
            FancyBboxPatch(
                (x + inset, y + inset),
                width - line,
                height - line,
                boxstyle=f"round,pad=0,rounding_size={corner}",
                facecolor=fill,
                edgecolor=edge or fill,
                linewidth=line * _POINT,
                linestyle=(0, (3, 2)) if dashed else "solid",
                hatch="///" if hatched else None,
                zorder=2,
            )
        )

    def path(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        colour: str,
        *,
        dashed: bool = False,
        hollow: bool = False,
        marker: float = 12,
    ) -> None:
        """A line with a mark at each point; NaN is a gap. hollow: square marks with paper inside, else round."""
        self._page.plot(
            xs,
            ys,
            color=colour,
            linewidth=4 * _POINT,
            linestyle=(0, (2.2, 1.6)) if dashed else "solid",
            marker="s" if hollow else "o",
            markersize=marker * _POINT,
            markerfacecolor=PAPER if hollow else colour,
            markeredgecolor=colour,
            markeredgewidth=3 * _POINT,
            zorder=3,
        )

    def under(self, xs: Sequence[float], ys: Sequence[float], ground: float, colour: str) -> None:
        """The area between a line and the ground below it."""
        self._page.fill_between(xs, ys, ground, color=colour, linewidth=0, zorder=1)

    def png(self) -> bytes:
        out = io.BytesIO()
        with _unknown_letters():
            self._canvas.print_png(out)
        return out.getvalue()


@contextlib.contextmanager
def _unknown_letters() -> Iterator[None]:
    """Letters that the font lacks are drawn as boxes, and nobody is warned of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield
