"""Canned values for what readers see: how they read, the sample, what they accepted, the board."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from discord import ui

from bot.reviews import answers
from bot.reviews.answers import MAX_FIRST, MAX_QUESTION, MAX_QUOTE, MAX_REWRITE, Sheet
from bot.reviews.book import open_rubrics
from bot.reviews.credit import Account
from bot.reviews.fit import Reason, dumped
from bot.reviews.flow.asking import Task
from bot.reviews.flow.filling import Board
from bot.reviews.flow.giving import Joined
from bot.reviews.ratings import Thanks
from bot.reviews.rubric import VERDICTS, Evidence, Item, Rubric, Sample
from bot.reviews.values import KINDS, Reader, Reading, Request
from cogs.reviews import board_pages, give_pages, sample
from tests.cogs.words import HOSTILE, LARGEST, LINES

CHAPTERS: Mapping[str, str] = {
    board_pages.__name__: "board",
    give_pages.__name__: "give",
    sample.__name__: "give",
}
GUILD, ANA, BOB = 1442000000000000001, 1442000000000000101, 1442000000000000102
NOW = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DUE = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
RUBRICS = open_rubrics(Path(__file__).resolve().parents[2] / "rubrics")
RESUME = RUBRICS["resume"]
_LONG = "*" * 4_000

REASONS = dumped([Reason("same_field", "data"), Reason("level", count=-1), Reason("zone", count=120)])


# -- reading for others --------------------------------------------------------------------------

READER = Reader(GUILD, BOB, 2, ("resume", "letter"), ("en", "pt"), NOW - 30 * DAY, NOW - 29 * DAY)
_ALL = tuple(RUBRICS)
_GIVEN, _NO_THANKS = Account(given=3, received=2), Thanks()


def _reader(
    reader: Reader = READER,
    reads_from: datetime | None = None,
    newcomer: bool = False,
    mine: Account = _GIVEN,
    thanked: Thanks = _NO_THANKS,
    guild: int = GUILD,
) -> tuple[Any, ...]:
    return guild, Joined(reader, reads_from, newcomer), mine, thanked, _ALL, NOW


_READERS = {
    "plain": _reader(),
    "thanked": _reader(thanked=Thanks(3, 2, 2, 3)),
    "newcomer": _reader(replace(READER, sample_at=None), newcomer=True, mine=Account()),
    "too_new": _reader(replace(READER, sample_at=None), NOW + 3 * DAY, True, Account()),
    "pauses": _reader(replace(READER, paused_until=NOW + 14 * DAY)),
    "longest": _reader(
        replace(
            READER,
            capacity=4,
            kinds=KINDS,
            languages=("pt-BR", "zh-Hans", "uk", "fil", "en", "es", "fr", "de"),
            paused_until=NOW + 56 * DAY,
        ),
        NOW + 7 * DAY,
        True,
        Account(9_999, 9_999),
        Thanks(9_999, 9_999, 9_999, 9_999),
        LARGEST,
    ),
}


# -- the sample ----------------------------------------------------------------------------------


def _a_sample(rubric: Rubric = RESUME) -> Sample:
    assert rubric.sample is not None
    return rubric.sample


def _of_sample(said: str, rubric: Rubric = RESUME) -> Sheet:
    """said: a letter an item, as in a custom_id."""
    sheet = answers.blank(rubric)
    for item, letter in zip(rubric.items, said, strict=True):
        sheet = answers.marked(sheet, item.id, sample.LETTERS[letter], NOW)
    return sheet


def _compared(said: str, rubric: Rubric = RESUME) -> tuple[Any, ...]:
    return str(GUILD), answers.compare_sample(_of_sample(said, rubric), rubric)


def rubric_of(label: str, says: str) -> Rubric:
    """Eight items in these words."""
    item = Item(
        "i", label, says, dict.fromkeys(VERDICTS, says), (Evidence(says, says, "weak"),) * 3, clarity=True
    )
    items = tuple(replace(item, id=f"{nth}-{'item' * 6}") for nth in range(8))
    reference = replace(_a_sample().answers["top-third"], why=says, quote=says)
    example = Sample(says, LINES if says == HOSTILE else "*" * 1_200, {one.id: reference for one in items})
    return replace(RESUME, items=items, sample=example)


_STRANGE, _LONGEST = rubric_of(HOSTILE, HOSTILE), rubric_of("*" * 40, "*" * 160)
_OPEN = sample.OPEN * 8


# -- what they accepted --------------------------------------------------------------------------


def request(**given: Any) -> Request:
    values: dict[str, Any] = {
        "id": 7,
        "guild_id": GUILD,
        "author_id": ANA,
        "kind": "resume",
        "mode": "open",
        "when": "soon",
        "needs": 2,
        "language": "en",
        "state": "in_review",
        "made_at": NOW - 2 * DAY,
        "target": "Data Engineer, EU\nPython, SQL, four hours shared with Berlin",
        "asks": "Is the first third clear?",
        "thread_id": 1442000000000000301,
        "message_id": 1442000000000000302,
    }
    return Request(**(values | given))


def reading(**given: Any) -> Reading:
    values: dict[str, Any] = {
        "id": 31,
        "guild_id": GUILD,
        "round_id": 3,
        "request_id": 7,
        "author_id": ANA,
        "reader_id": BOB,
        "state": "accepted",
        "score": 780,
        "reasons": REASONS,
        "proposed_at": NOW - DAY,
        "accepted_at": NOW,
        "due_at": DUE,
        "let_in_at": NOW,
    }
    return Reading(**(values | given))


_BLIND = Task(reading(thread_id=1442000000000000303), request(mode="blind"))
_TASKS = {
    "plain": (GUILD, Task(reading(), request())),
    "coming": (GUILD, Task(reading(let_in_at=None), request(target=""))),
    "blind": (GUILD, _BLIND),
    "hostile": (GUILD, Task(reading(), request(target=HOSTILE))),
    "longest": (LARGEST, Task(reading(id=LARGEST), request(target=_LONG, thread_id=LARGEST))),
}


# -- the board -----------------------------------------------------------------------------------


def board(
    said: str = "",
    rubric: Rubric = RESUME,
    one: Reading | None = None,
    of: Request | None = None,
    **given: Any,
) -> Board:
    """said: a letter an item, - for open; whatever is not yes has a quote. given: fields of the sheet."""
    sheet = answers.blank(rubric)
    for item, letter in zip(rubric.items, said, strict=False):
        if letter != sample.OPEN:
            sheet = answers.marked(sheet, item.id, sample.LETTERS[letter], NOW)
        if letter in "pn":
            line, rewrite = "Responsible for the payment service", "Cut failed payments from 3 % to 1 %"
            sheet = answers.quoted(sheet, item.id, line, rewrite, NOW)
    sheet = replace(sheet, **given)
    return Board(one or reading(), of or request(), sheet, answers.missing(sheet))


def _full(line: str, rewrite: str, rubric: Rubric, **given: Any) -> Board:
    """Every item partly, with these words."""
    sheet = answers.blank(rubric)
    for item in sheet.labels:
        sheet = answers.marked(sheet, item, "partly", NOW)
        sheet = answers.quoted(sheet, item, line, rewrite, NOW)
    sheet = answers.first(sheet, given.get("first", ""), given.get("question", ""), NOW)
    asked = request(target=given.get("target", "x"), asks=given.get("target", "x"))
    one = reading(id=LARGEST, thread_id=LARGEST, clarity=True)
    return Board(one, asked, sheet, answers.missing(sheet))


_FIRST = "The first third: say which role this is for, then the newest work with one number."
_FIRST_MORE = "Then give each duty its outcome: what changed, for whom, and by how much."
_READY = board(
    "ypynyyyy", change_first=f"{_FIRST} {_FIRST_MORE}", question="How do four teams decide by your notes?"
)
_HOSTILE_BOARD = _full(HOSTILE, LINES, RESUME, first=LINES, question=HOSTILE, target=HOSTILE)
_LONGEST_BOARD = _full(
    "*" * MAX_QUOTE,
    "*" * MAX_REWRITE,
    _LONGEST,
    first="*" * MAX_FIRST,
    question="*" * MAX_QUESTION,
    target="*" * 300,
)
_CLARITY = answers.clarity_only(RESUME)
_BOARDS = {
    "begun": (GUILD, board(), RESUME, 0),
    "some": (GUILD, board("yp-n"), RESUME, 0),
    "second_page": (GUILD, board("yp-nyy"), RESUME, 1),
    "short_of_words": (GUILD, board("yyyyyyyy", change_first="Begin with the newest work."), RESUME, 0),
    "ready": (GUILD, _READY, RESUME, 1),
    "newcomer": (GUILD, board("y", _CLARITY, reading(clarity=True)), RESUME, 0),
    "second_version": (GUILD, board("yp-nyy", of=request(revision=2)), RESUME, 0),
    "without_rubric": (GUILD, board("yp"), None, 0),
    "blind": (GUILD, board("y", of=_BLIND.request, one=_BLIND.reading), RESUME, 0),
    "hostile": (GUILD, _HOSTILE_BOARD, RESUME, 0),
    "longest": (LARGEST, _LONGEST_BOARD, _LONGEST, 9),
}

# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    give_pages.join: {"plain": (GUILD,), "longest": (LARGEST,)},
    give_pages.reader: _READERS,
    give_pages.leaving: {"plain": (GUILD,)},
    sample.sample: {
        "begun": (str(GUILD), RESUME, _a_sample(), _OPEN),
        "answered": (str(GUILD), RESUME, _a_sample(), "pypynyny"),
        "hostile": (str(GUILD), _STRANGE, _a_sample(_STRANGE), _OPEN),
        "longest": (str(LARGEST), _LONGEST, _a_sample(_LONGEST), _OPEN),
    },
    sample.compared: {
        "plain": _compared("ppppynpy"),
        "hostile": _compared("yyyyyyyy", _STRANGE),
        "longest": _compared("nnnnnnnn", _LONGEST),
    },
    board_pages.task: _TASKS,
    board_pages.giving_back: {"plain": (GUILD, 31), "longest": (LARGEST, LARGEST)},
    board_pages.board: _BOARDS,
    board_pages.evidence: {
        "plain": (GUILD, 31, 0, RESUME.items[0].label, RESUME.items[0]),
        "gone": (GUILD, 31, 1, "Clear first third", None),
        "hostile": (GUILD, 31, 0, HOSTILE, _STRANGE.items[0]),
        "longest": (LARGEST, LARGEST, 1, "*" * 40, _LONGEST.items[0]),
    },
    board_pages.sent: {
        "plain": (_READY, Account(given=4, received=2)),
        "newcomer": (board("yp", _CLARITY), Account(given=1)),
        "hostile": (_HOSTILE_BOARD, Account()),
        "longest": (_LONGEST_BOARD, Account(9_999, 9_999)),
    },
}
