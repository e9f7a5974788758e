"""Canned values for what members see who have something read: before, after, what readers say; letters, threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from discord import ui

from bot.people.members import Key
from bot.reviews import answers
from bot.reviews.answers import MAX_FIRST, MAX_QUESTION, MAX_QUOTE, MAX_REWRITE, Sheet
from bot.reviews.asking import Draft, Supply
from bot.reviews.credit import Account
from bot.reviews.document.values import Span
from bot.reviews.fit import Reason, dumped
from bot.reviews.flow.asking import Asking, Mine, Progress, Standing, Task
from bot.reviews.flow.results import Result, Review
from bot.reviews.rubric import Rubric, Verdict
from bot.reviews.values import Rating, Reader, Reading, Request, Settings
from cogs.reviews import ask_pages, mine_pages, redaction_pages, result_pages
from cogs.reviews.ask_pages import Before, Choice
from cogs.reviews.held import Group, Paper
from tests.cogs.canned_reviews_board import RUBRICS, rubric_of
from tests.cogs.words import ARABIC, HOSTILE, LARGEST, LINES, PYTHON

GUILD, ANA, BOB, TOM = 1442000000000000001, 1442000000000000101, 1442000000000000102, 1442000000000000103
THREAD, SERVER = 1442000000000000501, "Remote Work Hub"
NOW = datetime(2026, 11, 19, 12, 0, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
DUE = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
TARGET = "Senior Data Engineer, Acme, remote in Europe\nPython, Airflow, written English"
_LONG = "*_" * 2_000

WAY = Settings(GUILD, PYTHON, next_round_at=NOW + 4 * DAY, next_tick_at=NOW + HOUR)

# -- before --------------------------------------------------------------------------------------

PROPOSED = Choice("resume", "blind", 2, "soon", "en")


def before(choice: Choice = PROPOSED, supply: Supply = "enough", **given: Any) -> Before:
    asking = Asking(WAY, None, Account(), 0, "blind", {choice.language.split("-")[0]: supply})
    shown = {name: given.pop(name) for name in ("languages", "keepers", "rubrics") if name in given}
    asking = replace(asking, **given)
    return Before(
        choice, asking, **{"rubrics": RUBRICS, "languages": ("en",), "keepers": ("Staff",), **shown}
    )


_REQUESTS = {
    "plain": (GUILD, before()),
    "with_names": (GUILD, before(replace(PROPOSED, mode="open", needs=1), keepers=())),
    "link": (GUILD, before(replace(PROPOSED, kind="profile"))),
    "round": (GUILD, before(replace(PROPOSED, when="round"))),
    "few_read_it": (
        GUILD,
        before(replace(PROPOSED, language="pt-BR"), "a few", languages=("pt-BR", "en")),
    ),
    "nobody_reads_it": (GUILD, before(replace(PROPOSED, language="is"), "nobody", languages=("is", "en"))),
    "one_reads_it": (GUILD, before(supply="one")),
    "paid": (GUILD, before(account=Account(3, 2))),
    "even": (GUILD, before(account=Account(2, 2), pledged=2)),
    "owes": (GUILD, before(account=Account(0, 2))),
    "no_rounds": (GUILD, before(settings=replace(WAY, next_round_at=None, keep_days=1))),
    "hostile": (
        GUILD,
        before(rubrics={"resume": rubric_of(HOSTILE, HOSTILE)}, keepers=(HOSTILE, LINES, ARABIC)),
    ),
    "longest": (
        LARGEST,
        before(
            Choice("portfolio", "blind", 2, "round", "zh-Hans"),
            "nobody",
            languages=("zh-Hans", "pt-BR", "es", "fr", "de", "uk", "fil", "ar", "en"),
            keepers=("*" * 100,) * 10,
            account=Account(0, 9_999),
        ),
    ),
}

# -- what is hidden ------------------------------------------------------------------------------


def paper(found: Mapping[Group, tuple[Span, ...]], **given: Any) -> Paper:
    values: dict[str, Any] = {
        "token": "a1b2c3d4",
        "key": Key(GUILD, ANA),
        "draft": Draft("resume", mode="blind"),
        "data": b"%PDF",
        "name": "resume.pdf",
        "pages": 2,
        "sha256": "f" * 64,
        "found": found,
    }
    return Paper(**{**values, **given})


def _span(kind: Any, shown: str, page: int = 0) -> Span:
    return Span(kind, page, shown, ())


_FOUND: dict[Group, tuple[Span, ...]] = {
    "email": (_span("email", "ana@example.org"),),
    "phone": (_span("phone", "+351 912 345 678"), _span("phone", "+351 210 000 000", 1)),
    "photo": (_span("photo", ""),),
    "employer": (_span("word", "Northwind"),),
    "name": (),
}
_EVERY: tuple[Group, ...] = (
    "email",
    "phone",
    "address",
    "birth",
    "photo",
    "link",
    "employer",
    "name",
    "words",
)
_LOOKS = {
    "proposed": (GUILD, paper(_FOUND), redaction_pages.proposed(paper(_FOUND)), True),
    "some": (GUILD, paper(_FOUND), ("phone",), True),
    "nothing_hidden": (GUILD, paper(_FOUND, pages=1), (), True),
    "nothing_found": (GUILD, paper({}), (), True),
    "without_picture": (GUILD, paper(_FOUND), ("email",), False),
    "scanned": (GUILD, paper({}, scanned=True, unread=(0, 1)), (), True),
    "unread": (GUILD, paper(_FOUND, unread=(1,)), ("email",), True),
    "unread_pages": (GUILD, paper(_FOUND, unread=(1, 2), pages=3), ("email",), True),
    "text": (GUILD, paper({"email": _FOUND["email"]}, data=b"", pages=0), ("email",), False),
    "hostile": (GUILD, paper({"email": (_span("email", HOSTILE),) * 3}), ("email",), True),
    "longest": (
        LARGEST,
        paper({group: (_span("word", "`*_" * 40, 3),) * 200 for group in _EVERY}, unread=(1, 2, 3)),
        _EVERY[:5],
        True,
    ),
}

# -- how it stands -------------------------------------------------------------------------------


def request(number: int = 7, **given: Any) -> Request:
    values: dict[str, Any] = {
        "id": number,
        "guild_id": GUILD,
        "author_id": ANA,
        "kind": "resume",
        "mode": "open",
        "when": "soon",
        "needs": 2,
        "language": "en",
        "state": "waiting",
        "made_at": NOW,
        "target": TARGET,
        "thread_id": THREAD,
        "message_id": 1,
    }
    return Request(**{**values, **given})


def _reading(number: int, **given: Any) -> Reading:
    values: dict[str, Any] = {
        "id": number,
        "guild_id": GUILD,
        "round_id": 1,
        "request_id": 9,
        "author_id": BOB,
        "reader_id": ANA,
        "state": "proposed",
        "score": 700,
        "reasons": dumped(
            [Reason("same_field", "data"), Reason("level", count=1), Reason("zone", count=120)]
        ),
        "proposed_at": NOW,
        "accept_by": NOW + 36 * HOUR,
    }
    return Reading(**{**values, **given})


def _standing(one: Request, *progress: Progress) -> Standing:
    return Standing(one, progress)


def mine(*requests: Standing, tasks: tuple[Task, ...] = (), **given: Any) -> Mine:
    values: dict[str, Any] = {"settings": WAY, "reader": None, "account": Account(), "pledged": 0}
    return Mine(requests=requests, tasks=tasks, **{**values, **given})


_DELIVERED: dict[str, Any] = {"state": "delivered", "delivered_at": NOW, "expires_at": NOW + 14 * DAY}
_TASKS = (
    Task(_reading(1), request(9, author_id=BOB)),
    Task(_reading(2, state="accepted", due_at=DUE, accept_by=None), request(10, kind="pitch", target="")),
)
_STATUSES = {
    "nothing": (GUILD, mine()),
    "waiting": (GUILD, mine(_standing(request()))),
    "in_the_round": (GUILD, mine(_standing(request(when="round")))),
    "one_reads": (GUILD, mine(_standing(request(state="in_review"), "asked", "reading"))),
    "one_is_here": (GUILD, mine(_standing(request(), "here"))),
    "all_are_here": (GUILD, mine(_standing(request(**_DELIVERED), "here", "here"))),
    "revised": (GUILD, mine(_standing(request(**{**_DELIVERED, "revision": 2}), "here", "reading"))),
    "draft": (GUILD, mine(_standing(request(state="draft", thread_id=None)))),
    "earlier": (GUILD, mine(*(_standing(request(one, **_DELIVERED), "here") for one in range(1, 5)))),
    "reads": (GUILD, mine(tasks=_TASKS, account=Account(3, 2), reader=Reader(GUILD, ANA, 2, (), (), NOW))),
    "everything": (
        GUILD,
        mine(*(_standing(request(one, **_DELIVERED), "here") for one in (1, 2, 3)), tasks=_TASKS),
    ),
    "even": (GUILD, mine(account=Account(2, 2))),
    "owes": (GUILD, mine(account=Account(0, 2)), "Saved."),
    "off": (GUILD, mine(_standing(request()), settings=Settings(GUILD))),
    "hostile": (
        GUILD,
        mine(
            _standing(request(1, target=HOSTILE, **_DELIVERED), "here"),
            *(_standing(request(one, target=HOSTILE, **_DELIVERED), "here") for one in (2, 3)),
            tasks=(Task(_reading(1), request(9, target=HOSTILE)),),
        ),
    ),
    "longest": (
        LARGEST,
        mine(
            *(
                _standing(request(LARGEST - one, target=_LONG[:500], **_DELIVERED), "here", "here")
                for one in range(30)
            ),
            tasks=tuple(Task(_reading(LARGEST - one), request(one, target=_LONG[:500])) for one in range(9)),
            account=Account(9_999, 9_999),
        ),
        "x" * 200,
    ),
}

# -- what readers say ----------------------------------------------------------------------------

RESUME = RUBRICS["resume"]


def sheet(verdicts: str, rubric: Rubric = RESUME, words: str = "", who: str = "") -> Sheet:
    """verdicts: y, p or n an item; each other one with a quote. words: in place of all that is written."""
    said: dict[str, Verdict] = {"y": "yes", "p": "partly", "n": "no"}
    one = answers.blank(rubric)
    for nth, (item, letter) in enumerate(zip(rubric.items, verdicts, strict=False)):
        one = answers.marked(one, item.id, said[letter], NOW)
        if nth % 2 or words:
            line = words or f"led a migration of {nth + 2} services"
            rewrite = words or "Moved 120 services to Airflow in 9 months; on-call pages fell by 60 %."
            one = answers.quoted(one, item.id, line[:MAX_QUOTE], rewrite[:MAX_REWRITE], NOW)
    first = words or f"{who}Put the newest role first, with what it changed."
    question = words or "Which part of the migration was yours?"
    return answers.first(one, first[:MAX_FIRST], question[:MAX_QUESTION], NOW)


def review(number: int, reader: int, one: Sheet, **given: Any) -> Review:
    values: dict[str, Any] = {
        "reading_id": number,
        "reader_id": reader,
        "clarity": False,
        "sheet": one,
        "sent_at": NOW,
        "revision": 1,
    }
    return Review(**{**values, **given})


def result(*reviews: Review, missing: int = 0, **given: Any) -> Result:
    rows = answers.side_by_side([one.sheet for one in reviews])
    return Result(request(**{**_DELIVERED, **given}), reviews, rows, missing)


_FIRST, _SECOND = review(1, BOB, sheet("yypyynyy")), review(2, TOM, sheet("ypnyynyp", who="Tom: "))
_CLEAR = review(3, BOB, sheet("yp", answers.clarity_only(RESUME)), clarity=True)
_REVISED = replace(
    _SECOND,
    revision=2,
    sheet=sheet("yyyyynyp"),
    changes=answers.since_first(sheet("ypnyynyp"), sheet("yyyyynyp")),
)
_RATING = Rating(1, helpful=True, specific=False, respectful=True, rated_at=NOW)
_STRANGE, _LONGEST = rubric_of(HOSTILE, HOSTILE), rubric_of("*" * 40, "*" * 160)
_LONG_SHEET = sheet("ynpynpyn", _LONGEST, _LONG)
_LONGEST_RESULT = result(
    *(
        review(LARGEST - one, LARGEST, _LONG_SHEET, rating=_RATING, revision=2, changes=_REVISED.changes)
        for one in range(4)
    ),
    number=LARGEST,
    missing=2,
)
_OVERVIEWS = {
    "none": (GUILD, result(missing=2, state="waiting")),
    "one": (GUILD, result(_FIRST, missing=1, state="in_review")),
    "both": (GUILD, result(_FIRST, _SECOND)),
    "newcomer": (GUILD, result(_FIRST, _SECOND, _CLEAR)),
    "without_names": (
        GUILD,
        result(replace(_FIRST, reader_id=0), replace(_SECOND, reader_id=0), mode="blind"),
    ),
    "rated": (GUILD, result(replace(_FIRST, rating=_RATING), _SECOND), "Saved."),
    "revised": (GUILD, result(_FIRST, _REVISED, revision=2)),
    "same_again": (GUILD, result(_FIRST, replace(_REVISED, changes=()), revision=2)),
    "gone": (GUILD, result(_FIRST, _SECOND, gone_at=NOW)),
    "right_to_left": (GUILD, result(review(1, BOB, sheet("yypyynyy", words=ARABIC)))),
    "hostile": (GUILD, result(review(1, BOB, sheet("ynynynyn", _STRANGE, HOSTILE)), _SECOND)),
    "longest": (LARGEST, _LONGEST_RESULT, "x" * 80),
}

CHAPTERS: Mapping[str, str] = dict.fromkeys(
    (one.__name__ for one in (ask_pages, redaction_pages, mine_pages, result_pages)), "review"
)

PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    ask_pages.request: _REQUESTS,
    ask_pages.open_already: {"plain": (GUILD,)},
    ask_pages.handed_in: {
        "plain": (GUILD, request(), WAY),
        "round": (GUILD, request(when="round", needs=1), WAY),
        "pledged": (GUILD, request(), WAY, "You read for others now, 2 documents at a time.", False),
        "second": (GUILD, request(revision=2), WAY),
        "no_round": (GUILD, request(thread_id=None), Settings(GUILD), "", False),
    },
    ask_pages.bad_moment: {"plain": (GUILD, "review.hand", "a1b2c3d4", "ep")},
    redaction_pages.look: _LOOKS,
    redaction_pages.cancelled: {"plain": (GUILD,)},
    mine_pages.status: _STATUSES,
    mine_pages.withdrawing: {"plain": (GUILD, 7)},
    result_pages.overview: _OVERVIEWS,
    result_pages.quotes: {
        "both": (GUILD, result(_FIRST, _SECOND), 0),
        "none": (GUILD, result(review(1, BOB, answers.blank(RESUME))), 0),
        "hostile": (GUILD, result(review(1, BOB, sheet("ynynynyn", _STRANGE, HOSTILE)), _SECOND), 0),
        "longest": (LARGEST, _LONGEST_RESULT, 1),
    },
    result_pages.evidence: {
        "plain": (GUILD, result(_FIRST, _SECOND), RESUME, "top-third"),
        "gone": (GUILD, result(_FIRST, _SECOND), None, "top-third"),
        "hostile": (GUILD, result(_FIRST, _SECOND), _STRANGE, _STRANGE.items[0].id),
        "longest": (LARGEST, _LONGEST_RESULT, _LONGEST, _LONGEST.items[0].id),
    },
}
