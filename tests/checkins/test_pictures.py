"""Pictures are drawn in a worker, within its memory, and their alt texts hold the same figures."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.checkins.history import Cell, Kind
from bot.checkins.pictures import MAX_ALT, GroupWords, HistoryWords, alt_of_group, alt_of_history
from bot.checkins.stats import WeekStats
from bot.paper import DEEP, EARTH, INK, PALE, PAPER, SOFT
from bot.workers import Pool
from cogs.checkins.stats_pages import picture_words
from cogs.checkins.words.history import PICTURE
from tests.checkins.values import WEEK, group
from tests.cogs.words import ARABIC, GLYPHS, HOSTILE

SEVEN = timedelta(weeks=1)
KINDS: tuple[Kind, ...] = get_args(Kind)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINE = HistoryWords(
    title="My weeks",
    under="31 check-ins, 71 of 98 goals finished",
    kinds={"done": "checked in", "open": "open now", "off": "off", "quiet": "quiet"},
    planned="goals planned",
    finished="goals finished",
    goals="{finished} of {planned}",
    months=MONTHS,
    weeks="Goals finished, week by week:",
    no_line="Lines begin here",
)
OURS = GroupWords(
    title="Remote job seekers",
    under="24 members, 3 pods, 61 thanks",
    checkins="Check-ins a week",
    planned="goals planned",
    finished="goals finished",
    few="<5",
    hidden="–",
    off="off",
    note="Not shown: what fewer than five people stand behind",
    week="week {number}: {checkins} check-ins, {finished} of {planned} goals",
    week_off="week {number}: off",
)
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_WORDS = ["Remote job seekers", "$x^2$ $\\frac", "*" * 500, ARABIC, GLYPHS, HOSTILE, "日本語" * 30, ""]


def a_year(kind: Kind = "done", planned: int = 5) -> list[Cell]:
    """52 weeks, all alike."""
    return [Cell(WEEK - n * SEVEN, kind, planned, planned // 2) for n in reversed(range(52))]


def some_weeks(many: int) -> list[WeekStats]:
    return [WeekStats(WEEK - n * SEVEN, 12 + n, 30 + n, 20) for n in reversed(range(many))]


# -- drawn ---------------------------------------------------------------------------------------


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    """A worker with the memory that the bot gives it."""
    opened = Pool(size=1)
    yield opened
    await opened.close()


async def drawn(pool: Pool, what: str, *arguments: Any) -> tuple[bytes, int, int]:
    png: bytes = await pool.call(f"bot.checkins.pictures:{what}", *arguments, timeout_s=60)
    assert png.startswith(_SIGNATURE)
    return png, int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")


async def test_a_history_is_upright(pool: Pool) -> None:
    """No week, one, some or a year of them, also more goals than anybody has: small enough to send."""
    for cells in ([], a_year()[-1:], a_year()[-5:], a_year(), a_year("quiet", 0), a_year("done", 10**6)):
        png, width, height = await drawn(pool, "history", MINE, cells)
        assert width == 1080 and width < height <= 1350 and len(png) < 1_000_000


async def test_lines_begin_with_the_first_plan(pool: Pool) -> None:
    """Of an open week what was planned has a mark; before that, words stand in the place of an empty grid."""
    planned = [Cell(WEEK - SEVEN, "done"), Cell(WEEK, "open", 3, 0)]
    before = [replace(cell, planned=0) for cell in planned]
    other = replace(MINE, no_line="Something else")
    assert (await drawn(pool, "history", MINE, before))[0] != (await drawn(pool, "history", other, before))[0]
    assert (await drawn(pool, "history", MINE, planned))[0] == (await drawn(pool, "history", other, planned))[
        0
    ]
    more = [planned[0], replace(planned[1], planned=2)]
    assert (await drawn(pool, "history", MINE, planned))[0] != (await drawn(pool, "history", MINE, more))[0]


async def test_kinds_of_weeks_differ(pool: Pool) -> None:
    """Each kind is another picture, also where all words are alike; so is a goal that is finished."""
    alike = replace(MINE, kinds=dict.fromkeys(KINDS, "x"))
    pictures = [(await drawn(pool, "history", alike, [Cell(WEEK, kind)]))[0] for kind in KINDS]
    pictures += [(await drawn(pool, "history", alike, [Cell(WEEK, "done", 3, n)]))[0] for n in (1, 2)]
    assert len(set(pictures)) == len(KINDS) + 2


async def test_a_group_is_upright(pool: Pool) -> None:
    """Any number of weeks, hidden ones and those off among them."""
    mixed = [
        WeekStats(WEEK),
        WeekStats(WEEK + SEVEN, 7),
        WeekStats(WEEK + 2 * SEVEN, 9, 20),
        WeekStats(WEEK, off=True),
    ]
    sizes = [await drawn(pool, "group", OURS, weeks) for weeks in ([], mixed, some_weeks(1), some_weeks(12))]
    assert {(width, height) for _, width, height in sizes} == {(1080, 1350)}
    assert len({png for png, *_ in sizes}) == len(sizes)


async def test_strangers_words_are_only_words(pool: Pool) -> None:
    """A group may be called anything: no formula, no letters the font lacks, no length breaks the picture."""
    for words in _WORDS:
        await drawn(pool, "group", replace(OURS, title=words, under=words, note=words), some_weeks(2))
        await drawn(pool, "history", replace(MINE, title=words, under=words), a_year()[-9:])


def test_words_stand_out_from_their_ground() -> None:
    """4.5 to 1 at least (WCAG AA), on paper and in the cells."""
    for ink, ground in [
        (INK, PAPER),
        (SOFT, PAPER),
        (DEEP, PAPER),
        (EARTH, PAPER),
        (PAPER, DEEP),
        (INK, PALE),
    ]:
        assert _contrast(ink, ground) >= 4.5, (ink, ground)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- told ----------------------------------------------------------------------------------------


def test_the_alt_text_of_some_weeks() -> None:
    """Month by month; weeks without goals that are alike are counted."""
    first = date(2025, 12, 22)
    kinds: list[tuple[Kind, int, int]] = [
        ("done", 0, 0),
        ("done", 3, 2),
        ("off", 0, 0),
        ("off", 0, 0),
        ("open", 2, 1),
    ]
    cells = [
        Cell(first + n * SEVEN, kind, planned, finished) for n, (kind, planned, finished) in enumerate(kinds)
    ]
    assert alt_of_history(MINE, cells) == (
        "My weeks. 31 check-ins, 71 of 98 goals finished. Goals finished, week by week: "
        "Dec 2025: checked in, 2 of 3; Jan 2026: 2 × off, open now 1 of 2."
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Cell]:
    """Up to a year of weeks, of up to three groups of five goals each."""
    many = draw(st.integers(1, 52))
    last = WEEK + draw(st.integers(0, 60)) * SEVEN
    cells = []
    for n in reversed(range(many)):
        planned = draw(st.integers(0, 15))
        cells.append(
            Cell(last - n * SEVEN, draw(st.sampled_from(KINDS)), planned, draw(st.integers(0, planned)))
        )
    return cells


@given(histories())
def test_the_alt_text_holds_every_figure_of_a_history(cells: list[Cell]) -> None:
    """Read back, it gives each week's goals, and the kind of every week without any, in their order."""
    told = alt_of_history(MINE, cells)
    assert len(told) <= MAX_ALT
    listed = told.split("week by week: ")[1].removesuffix(".")
    read = []
    for week in re.split(r"; (?:\w+(?: \d{4})?): |, ", listed.split(": ", 1)[1]):
        times, word = (
            (int(found[1]), found[2]) if (found := re.fullmatch(r"(\d+) × (.*)", week)) else (1, week)
        )
        read += [word] * times
    assert read == [
        MINE.kinds[one.kind]
        if not one.planned
        else ("" if one.kind == "done" else f"{MINE.kinds[one.kind]} ") + f"{one.finished} of {one.planned}"
        for one in cells
    ]


figures = st.none() | st.integers(5, 9999)


@given(st.lists(st.tuples(figures, figures, figures, st.booleans()), max_size=12))
def test_the_alt_text_holds_every_figure_of_a_group(
    every: list[tuple[int | None, int | None, int | None, bool]],
) -> None:
    """Each number of each week, and for each that is not shown the word that stands in the picture."""
    weeks = [
        WeekStats(WEEK + n * SEVEN, checkins, planned, finished, off)
        for n, (checkins, planned, finished, off) in enumerate(every)
    ]
    told = alt_of_group(OURS, weeks)
    assert len(told) <= MAX_ALT
    read = re.findall(r"week (\d+): (?:(off)|(\d+|<5) check-ins, (\d+|–) of (\d+|–) goals)", told)
    assert read == [
        (
            str(one.number),
            *(
                ("off", "", "", "")
                if one.off
                else ("", _or(one.checkins, "<5"), _or(one.finished, "–"), _or(one.planned, "–"))
            ),
        )
        for one in weeks
    ]
    hides = any(not one.off and None in (one.checkins, one.planned, one.finished) for one in weeks)
    assert told.endswith(OURS.note) == hides


def _or(value: int | None, hidden: str) -> str:
    return hidden if value is None else str(value)


def test_a_year_fits_into_the_alt_text_in_the_bots_own_words() -> None:
    """Also of somebody in three groups with five goals in each, and of somebody who is off every other week."""
    for odd in (Cell(WEEK, "done", 15, 15), Cell(WEEK, "off"), Cell(WEEK, "quiet")):
        cells = [replace(one, planned=15, finished=14) for one in a_year()]
        cells[::2] = [replace(odd, week=one.week) for one in cells[::2]]
        told = alt_of_history(PICTURE, cells)
        assert len(told) <= MAX_ALT
        assert told.count(PICTURE.goals.format(finished=14, planned=15)) == 26
    told = alt_of_group(picture_words(group(name="x" * 60)), [WeekStats(WEEK, 999, 9999, 9999)] * 12)
    assert told.count("9999 of 9999") == 12


def test_a_text_too_long_for_discord_loses_its_oldest_weeks() -> None:
    """Words as long as they are in no language of ours: what is newest stays."""
    long = replace(MINE, kinds={**MINE.kinds, "quiet": "w" * 60, "off": "o" * 60})
    cells = [replace(one, kind=("quiet", "off")[n % 2], planned=0) for n, one in enumerate(a_year())]
    told = alt_of_history(long, cells)
    assert (
        len(told) <= MAX_ALT and "Nov: " in told and "Nov 2025" not in told and told.startswith("My weeks. ")
    )
    assert len(alt_of_group(replace(OURS, week="w" * 200), some_weeks(12))) <= MAX_ALT
