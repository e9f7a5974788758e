"""The pictures of this subject, upright, with the words that hold the same figures for those who don't see them.

`history` and `group` are called by name in a worker (`app.workers.call("bot.checkins.pictures:history", …)`), the alt
texts anywhere. No word is made here: all come in. Nothing is told by colour alone: a week that was kept is filled and
has its goals in it, one off is hatched, an open one has a thick frame, a quiet one a thin one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from bot.checkins.history import Cell, Kind
from bot.checkins.stats import WeekStats
from bot.paper import DEEP, EARTH, INK, LEFT, PALE, PAPER, RIGHT, SOFT, WIDTH, Sheet
from bot.text import cut, tidy

HEIGHT = 1350
MAX_ALT = 1024  # Discord: the description of an attachment

_HATCH = "#a39a84"
_CELLS, _GAP, _A_MONTH = 240, 12, 5  # where the weeks of a month begin; at most five Mondays
_SMALL = 26


@dataclass(frozen=True, slots=True)
class HistoryWords:
    """What a history says beside its figures. title, under: whole sentences of their own, no full stop at the end.

    kinds: what each kind of week is called, at most 12 characters. goals: how many were finished, with {finished} and
    {planned}. months: twelve, short. weeks: what the list in the alt text tells. no_line: in the lines' place until
    there are any.
    """

    title: str
    under: str
    kinds: dict[Kind, str]
    planned: str
    finished: str
    goals: str
    months: tuple[str, ...]
    weeks: str
    no_line: str


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What a group's picture says beside its figures. title, under: as in `HistoryWords`.

    few: stands for check-ins that are not shown, hidden: for goals, both at most 5 characters; note: what they mean.
    week: of the alt text, with {number}, {checkins}, {finished} and {planned}; week_off: with {number}.
    """

    title: str
    under: str
    checkins: str
    planned: str
    finished: str
    few: str
    hidden: str
    off: str
    note: str
    week: str
    week_off: str


# -- a member's weeks ----------------------------------------------------------------------------


def history(words: HistoryWords, cells: Sequence[Cell]) -> bytes:
    """A row of weeks for each month, above a line for goals planned and one for those finished: PNG.

    cells: week by week, the oldest first, a year of them at most. Until one of them has a goal, words stand in the
    place of the lines.
    """
    months = list(_months(cells))
    rows = max(1, len(months))
    step = min(66.0, 600 / rows)
    legend = 190 + step * rows + 20
    chart = legend + 150
    height = min(HEIGHT, int(chart) + 680)
    sheet = Sheet(height)
    _head(sheet, words.title, words.under)
    for number, month in enumerate(months):
        _month(sheet, words, month, 190 + step * number, step, with_year=number == 0)
    _kinds(sheet, words, legend, {cell.kind for cell in cells})
    if any(_of_plan(cell) for cell in cells):
        _lines(sheet, words, months, chart, height - 130)
    else:
        middle = (chart + height - 130) / 2
        sheet.text(
            WIDTH / 2, middle, cut(tidy(words.no_line), 90), 30, SOFT, align="center", room=RIGHT - LEFT
        )
    _foot(sheet, height)
    return sheet.png()


def alt_of_history(words: HistoryWords, cells: Sequence[Cell]) -> str:
    """Every figure of the picture; of a text too long for Discord the oldest months go first."""
    months = [
        f"{_month_name(words, month, with_year=number == 0)}: {', '.join(_told(words, month))}"
        for number, month in enumerate(_months(cells))
    ]
    head = f"{tidy(words.title, 80)}. {tidy(words.under, 200)}. {words.weeks}"
    while len(text := f"{head} {'; '.join(months)}.") > MAX_ALT and months:
        months = months[1:]
    return cut(text, MAX_ALT)


def _told(words: HistoryWords, month: Sequence[Cell]) -> Iterator[str]:
    """Each week; those without goals that follow each other and are of one kind are counted."""
    for plain, same in groupby(month, key=lambda cell: None if cell.planned else cell.kind):
        told = [_said(words, cell) for cell in same]
        yield from told if plain is None or len(told) == 1 else [f"{len(told)} × {told[0]}"]


def _said(words: HistoryWords, cell: Cell) -> str:
    """The goals of a week, and what kind of week it was where the goals don't tell."""
    kind = words.kinds[cell.kind]
    if not cell.planned:
        return kind
    return _goals(words, cell) if cell.kind == "done" else f"{kind} {_goals(words, cell)}"


def _goals(words: HistoryWords, cell: Cell) -> str:
    return words.goals.format(finished=cell.finished, planned=cell.planned)


def _months(cells: Sequence[Cell]) -> Iterator[list[Cell]]:
    """Weeks by the month of their Monday."""
    for _, month in groupby(cells, key=lambda cell: (cell.week.year, cell.week.month)):
        yield list(month)


def _month_name(words: HistoryWords, month: Sequence[Cell], *, with_year: bool) -> str:
    first = month[0].week
    name = words.months[first.month - 1]
    return f"{name} {first.year}" if with_year or first.month == 1 else name


def _month(
    sheet: Sheet, words: HistoryWords, month: Sequence[Cell], y: float, step: float, *, with_year: bool
) -> None:
    width = (RIGHT - _CELLS + _GAP) / _A_MONTH - _GAP
    height = step - min(10.0, step / 5)
    line = y + height / 2 + 10
    sheet.text(LEFT, line, _month_name(words, month, with_year=with_year), _SMALL, SOFT)
    for cell in month:
        x = _CELLS + _place(cell.week) * (width + _GAP)
        _cell(sheet, cell.kind, x, y, width, height)
        if cell.planned:
            colour = PAPER if cell.kind == "done" else INK
            words_ = f"{cell.finished}/{cell.planned}"
            sheet.text(x + width / 2, line, words_, 27, colour, bold=True, align="center")
        elif cell.kind == "done":
            sheet.text(x + width / 2, line, "✓", 27, PAPER, align="center")


def _place(week: date) -> int:
    """Which Monday of its month it is, from 0."""
    return (week.day - 1) // 7


def _cell(sheet: Sheet, kind: Kind, x: float, y: float, width: float, height: float) -> None:
    if kind == "done":
        sheet.box(x, y, width, height, fill=DEEP)
    elif kind == "off":
        sheet.box(x, y, width, height, fill=PAPER, edge=_HATCH, line=1.5, hatched=True)
    elif kind == "open":
        sheet.box(x, y, width, height, fill=PALE, edge=DEEP, line=5)
    else:
        sheet.box(x, y, width, height, fill=PAPER, edge=_HATCH, line=2)


def _kinds(sheet: Sheet, words: HistoryWords, y: float, seen: set[Kind]) -> None:
    """What the cells mean, of those kinds that are there."""
    shown = [kind for kind in words.kinds if kind in seen]
    for number, kind in enumerate(shown):
        x = LEFT + number * (RIGHT - LEFT) / 4
        _cell(sheet, kind, x, y, 48, 34)
        if kind == "done":
            sheet.text(x + 24, y + 26, "✓", 24, PAPER, align="center")
        sheet.text(x + 62, y + 27, cut(tidy(words.kinds[kind]), 16), 25, SOFT, room=165)


def _lines(
    sheet: Sheet, words: HistoryWords, months: Sequence[Sequence[Cell]], top: float, bottom: float
) -> None:
    cells = [cell for month in months for cell in month]
    left, right = LEFT + 56, RIGHT - 20
    most = max(3, *(max(cell.planned, cell.finished) for cell in cells)) if cells else 3
    step = max(1, math.ceil(most / 5))
    for value in range(0, most + 1, step):
        y = bottom - value / most * (bottom - top)
        sheet.rule(y, left)
        sheet.text(left - 18, y + 9, str(value), 25, SOFT, align="right")
    apart = (right - left - 40) / max(1, len(cells) - 1)
    xs = [left + 20 + number * apart for number in range(len(cells))]

    def height(value: int, *, shown: bool) -> float:
        return bottom - value / most * (bottom - top) if shown else math.nan

    planned = [height(cell.planned, shown=_of_plan(cell)) for cell in cells]
    finished = [height(cell.finished, shown=_of_plan(cell) and cell.kind == "done") for cell in cells]
    mark = 14.0 if len(cells) <= 26 else 9.0
    sheet.under(xs, finished, bottom, PALE)
    sheet.path(xs, planned, EARTH, dashed=True, hollow=True, marker=mark + 2)
    sheet.path(xs, finished, DEEP, marker=mark)
    _keys(sheet, words, top - 50)
    _months_below(sheet, words, months, xs, bottom + 44)


def _of_plan(cell: Cell) -> bool:
    """It has goals and was kept, or is open: that one has not fallen behind, so what is finished has no mark yet."""
    return cell.kind in ("done", "open") and cell.planned > 0


def _keys(sheet: Sheet, words: HistoryWords, y: float) -> None:
    for x, colour, name, hollow in (
        (LEFT, EARTH, words.planned, True),
        (LEFT + 470, DEEP, words.finished, False),
    ):
        sheet.path([x + 4, x + 34, x + 64], [y - 9] * 3, colour, dashed=hollow, hollow=hollow, marker=14)
        sheet.text(x + 84, y, cut(tidy(name), 30), 27, bold=True, room=370)


def _months_below(
    sheet: Sheet, words: HistoryWords, months: Sequence[Sequence[Cell]], xs: Sequence[float], y: float
) -> None:
    """The name of a month below its first week, where there is room for it."""
    at, free = 0, 0.0
    for month in months:
        x = xs[at]
        if x >= free and x + 56 <= WIDTH:
            sheet.text(x, y, words.months[month[0].week.month - 1], 25, SOFT, align="center")
            free = x + 84
        at += len(month)


# -- a group's weeks -----------------------------------------------------------------------------


def group(words: GroupWords, weeks: Sequence[WeekStats]) -> bytes:
    """Bars: check-ins a week, and below them goals finished of those planned: PNG. weeks: the oldest first."""
    sheet = Sheet(HEIGHT)
    _head(sheet, words.title, words.under)
    sheet.text(LEFT, 224, cut(tidy(words.checkins), 60), 28, SOFT, bold=True, room=RIGHT - LEFT)
    _checkin_bars(sheet, words, weeks, 300, 640)
    _group_keys(sheet, words, 760)
    _goal_bars(sheet, words, weeks, 850, 1180)
    if _hides(weeks):
        sheet.text(LEFT, 1270, cut(tidy(words.note), 90), 24, SOFT, room=RIGHT - LEFT)
    _foot(sheet, HEIGHT)
    return sheet.png()


def alt_of_group(words: GroupWords, weeks: Sequence[WeekStats]) -> str:
    """Every figure of the picture; of a text too long for Discord the oldest weeks go first."""
    told = [_week_told(words, one) for one in weeks]
    head = f"{tidy(words.title, 80)}. {tidy(words.under, 200)}."
    tail = f" {tidy(words.note, 200)}" if _hides(weeks) else ""
    while len(text := f"{head} {'; '.join(told)}.{tail}") > MAX_ALT and told:
        told = told[1:]
    return cut(text, MAX_ALT)


def _hides(weeks: Sequence[WeekStats]) -> bool:
    return any(None in (one.checkins, one.planned, one.finished) and not one.off for one in weeks)


def _week_told(words: GroupWords, one: WeekStats) -> str:
    if one.off:
        return words.week_off.format(number=one.number)
    return words.week.format(
        number=one.number,
        checkins=_figure(one.checkins, words.few),
        finished=_figure(one.finished, words.hidden),
        planned=_figure(one.planned, words.hidden),
    )


def _figure(value: int | None, hidden: str) -> str:
    return hidden if value is None else str(value)


def _slots(weeks: Sequence[WeekStats]) -> Iterator[tuple[WeekStats, float, float]]:
    """Each week with where it stands: its middle and the width of its bar."""
    apart = (RIGHT - LEFT) / max(6, len(weeks))
    for number, one in enumerate(weeks):
        yield one, LEFT + apart * (number + 0.5), apart * 0.66


def _checkin_bars(
    sheet: Sheet, words: GroupWords, weeks: Sequence[WeekStats], top: float, bottom: float
) -> None:
    most = max((one.checkins or 0 for one in weeks), default=0) or 1
    for one, middle, width in _slots(weeks):
        x = middle - width / 2
        if one.off or one.checkins is None:
            _stub(sheet, words.off if one.off else words.few, one, middle, width, bottom)
        else:
            height = max(12.0, one.checkins / most * (bottom - top))
            sheet.box(x, bottom - height, width, height, fill=DEEP)
            sheet.text(middle, bottom - height - 14, str(one.checkins), 28, bold=True, align="center")
        sheet.text(middle, bottom + 38, str(one.number), 25, SOFT, align="center")
    sheet.rule(bottom)


def _goal_bars(
    sheet: Sheet, words: GroupWords, weeks: Sequence[WeekStats], top: float, bottom: float
) -> None:
    most = max((max(one.planned or 0, one.finished or 0) for one in weeks), default=0) or 1
    for one, middle, width in _slots(weeks):
        x = middle - width / 2
        if one.off or one.planned is None:
            _stub(sheet, words.off if one.off else words.hidden, one, middle, width, bottom)
        else:
            height = max(16.0, one.planned / most * (bottom - top))
            sheet.box(x, bottom - height, width, height, edge=EARTH, line=4)
            if one.finished is not None:
                filled = max(8.0, one.finished / most * (bottom - top))
                sheet.box(x + 9, bottom - filled, width - 18, filled, fill=DEEP)
            sheet.text(
                middle,
                bottom - height - 46,
                _figure(one.finished, words.hidden),
                26,
                DEEP,
                bold=True,
                align="center",
            )
            sheet.text(middle, bottom - height - 14, str(one.planned), 26, EARTH, align="center")
        sheet.text(middle, bottom + 38, str(one.number), 25, SOFT, align="center")
    sheet.rule(bottom)


def _stub(sheet: Sheet, why: str, one: WeekStats, middle: float, width: float, bottom: float) -> None:
    """Where there is no bar, and why."""
    sheet.box(middle - width / 2, bottom - 26, width, 26, edge=_HATCH, hatched=one.off, line=2)
    sheet.text(middle, bottom - 40, cut(tidy(why), 8), 25, SOFT, align="center", room=width * 1.4)


def _group_keys(sheet: Sheet, words: GroupWords, y: float) -> None:
    sheet.box(LEFT, y - 24, 44, 28, fill=DEEP)
    sheet.text(LEFT + 60, y, cut(tidy(words.finished), 30), 27, DEEP, bold=True, room=390)
    sheet.box(LEFT + 470, y - 24, 44, 28, edge=EARTH, line=4)
    sheet.text(LEFT + 530, y, cut(tidy(words.planned), 30), 27, EARTH, room=390)


# -- both ----------------------------------------------------------------------------------------


def _head(sheet: Sheet, title: str, under: str) -> None:
    sheet.text(LEFT, 94, cut(tidy(title), 60), 50, bold=True, room=RIGHT - LEFT)
    sheet.text(LEFT, 146, cut(tidy(under), 90), 28, SOFT, room=RIGHT - LEFT)


def _foot(sheet: Sheet, height: int) -> None:
    sheet.text(RIGHT, height - 32, "Outpost", 22, SOFT, align="right")
