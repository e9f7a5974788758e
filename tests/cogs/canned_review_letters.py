"""Canned values for what is told about reviews: letters, what stands in private threads, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.reviews import messages
from bot.reviews.answers import LEAST_WORDS, MAX_QUOTE, MAX_REWRITE
from bot.reviews.asking import LEAST_TARGET, LEAST_TEXT, MAX_ASKS, MAX_TARGET, MAX_TEXT
from bot.reviews.credit import MOST_WAIVED
from bot.reviews.document.values import MAX_BYTES
from bot.reviews.flow.giving import MOST_CAPACITY
from bot.reviews.messages import Hello, Nobody, Over, Pages, Proposed, Ready, Reminder, Word
from bot.reviews.values import Kind
from tests.cogs.canned_reviews import BOB, DAY, DUE, GUILD, HOUR, NOW, SERVER, TARGET
from tests.cogs.words import HOSTILE, LARGEST, LINES, PYTHON

_LONG = "*_" * 2_000

# -- letters and threads -------------------------------------------------------------------------


def _letter(value: type[Any], **given: Any) -> Any:
    return value(**{"guild_id": GUILD, "server": SERVER, "kind": "resume", **given})


def _proposed(**given: Any) -> Proposed:
    values: dict[str, Any] = {
        "reading_id": 7,
        "about": "Senior Data Engineer, Acme, remote in Europe",
        "accept_by": NOW + 36 * HOUR,
        "due_days": 4,
        "reasons": ("same field: Data and machine learning", "one level above you", "2 h apart"),
    }
    one: Proposed = _letter(Proposed, **{**values, **given})
    return one


def _reminder(**given: Any) -> Reminder:
    values: dict[str, Any] = {"reading_id": 7, "about": "pitch", "due_at": DUE, "answered": 5, "items": 8}
    one: Reminder = _letter(Reminder, **{**values, **given})
    return one


def hello(**given: Any) -> Hello:
    values: dict[str, Any] = {
        "guild_id": GUILD,
        "request_id": 7,
        "kind": "resume",
        "mode": "open",
        "target": TARGET,
        "asks": "The first third, please",
        "link": "",
        "text": "",
        "needs": 2,
        "keepers": ("Staff", "Helpers"),
    }
    return Hello(**{**values, **given})


def pages_of(**given: Any) -> Pages:
    one = hello()
    values: dict[str, Any] = {
        "guild_id": GUILD,
        "reading_id": 7,
        "kind": one.kind,
        "target": one.target,
        "asks": one.asks,
        "link": "",
        "text": "",
        "due_at": DUE,
    }
    return Pages(**{**values, **given})


_TEXT = "Dear team,\nI build pipelines that nobody has to watch at night."
_WRITTEN = {"target": HOSTILE, "asks": HOSTILE, "text": LINES}
_FULL = {"target": _LONG[:MAX_TARGET], "asks": _LONG[:MAX_ASKS], "text": _LONG[:MAX_TEXT]}
DELIVERIES: Mapping[str, Mapping[str, object]] = {
    messages.PROPOSED: {
        "plain": _proposed(),
        "newcomer": _proposed(clarity=True, about="portfolio", reasons=()),
        "discreet": _proposed(named=False),
        "hostile": _proposed(server=HOSTILE, about=HOSTILE, reasons=(HOSTILE, LINES)),
        "hostile_discreet": _proposed(server=HOSTILE, named=False),
        "longest": _proposed(server="*" * 100, about="*" * 100, reasons=("*" * 200,) * 3, reading_id=LARGEST),
    },
    messages.REMINDER: {
        "half_time": _reminder(),
        "last": _reminder(last=True, answered=0, items=0, about="Senior Data Engineer"),
        "discreet": _reminder(named=False),
        "hostile": _reminder(server=HOSTILE, about=HOSTILE),
    },
    messages.READY: {
        "first": _letter(Ready, request_id=7, missing=1),
        "all": _letter(Ready, request_id=7),
        "more": _letter(Ready, request_id=7, missing=2),
        "revised": _letter(Ready, request_id=7, revised=True),
        "discreet": _letter(Ready, request_id=7, named=False),
        "hostile": _letter(Ready, request_id=7, missing=1, server=HOSTILE),
    },
    messages.OVER: {
        "author": _letter(Over, request_id=7, to="author", next_at=NOW + HOUR),
        "author_done": _letter(Over, request_id=7, to="author"),
        "reader": _letter(Over, request_id=7, to="reader"),
        "discreet": _letter(Over, request_id=7, to="author", named=False),
        "hostile": _letter(Over, request_id=7, to="author", next_at=NOW + HOUR, server=HOSTILE),
    },
    messages.NOBODY: {
        "plain": _letter(Nobody, request_id=7, next_at=NOW + 7 * DAY),
        "no_round": _letter(Nobody, request_id=7),
        "discreet": _letter(Nobody, request_id=7, named=False),
        "hostile": _letter(Nobody, request_id=7, next_at=NOW + 7 * DAY, server=HOSTILE),
    },
    messages.HELLO: {
        "resume": hello(),
        "without_names": hello(mode="blind", needs=1, asks="", keepers=(), keep_days=1),
        "letter": hello(kind="letter", text=_TEXT),
        "profile": hello(kind="profile", link="https://example.org/ana", target="", asks=""),
        "odd_link": hello(kind="profile", link="https://example.org:8443/x", target="", asks=""),
        "gone": hello(target="", asks="", gone=True),
        "hostile": hello(kind="letter", keepers=(HOSTILE, LINES), **_WRITTEN),
        "longest": hello(kind="letter", request_id=LARGEST, keepers=("*" * 100,) * 10, **_FULL),
    },
    messages.PAGES: {
        "resume": pages_of(),
        "letter": pages_of(kind="letter", text=_TEXT),
        "profile": pages_of(kind="profile", link="https://example.org/ana", target="", asks=""),
        "gone": pages_of(target="", asks="", gone=True),
        "hostile": pages_of(kind="letter", **_WRITTEN),
        "longest": pages_of(kind="letter", reading_id=LARGEST, **_FULL),
    },
    messages.WORD: {
        "reader": Word(GUILD, 7, "reader", BOB),
        "somebody": Word(GUILD, 7, "reader"),
        "review": Word(GUILD, 7, "review", BOB),
        "blind_review": Word(GUILD, 7, "review"),
        "revised": Word(GUILD, 7, "revised"),
        "over": Word(GUILD, 7, "over"),
    },
}

LETTERS = (messages.PROPOSED, messages.REMINDER, messages.READY, messages.OVER, messages.NOBODY)
DELIVERY_CHAPTERS: Mapping[str, str] = {
    **dict.fromkeys(LETTERS, "letter"),
    **dict.fromkeys((messages.HELLO, messages.PAGES, messages.WORD), "thread"),
}
# -- refusals ------------------------------------------------------------------------------------

_OPEN = ("Clear first third", "Clean writing")
_KIND: Kind = "resume"
REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "review_place_blocked": {"plain": {"channel_id": PYTHON}},
    "review_text_long": {
        "posting": {"part": "target", "limit": MAX_TARGET, "length": 2_130},
        "text": {"part": "text", "limit": MAX_TEXT, "length": 9_999},
    },
    "posting_missing": {"plain": {"least": LEAST_TARGET}},
    "link_wrong": {"plain": {"why": "does not begin with https://"}},
    "words_missing": {"plain": {"least": LEAST_TEXT}},
    "same_document": {"plain": {"since": NOW - 3 * DAY, "until": NOW + 27 * DAY}},
    "review_owed": {
        "one": {"missing": 1, "pledged": 1, "needs": 2},
        "more": {"missing": 3, "pledged": 0, "needs": 2},
    },
    "review_capacity": {"plain": {"limit": MOST_CAPACITY}},
    "sample_open": {"some": {"open": _OPEN}, "hostile": {"open": (HOSTILE,)}},
    "reads_later": {"plain": {"at": NOW + 3 * DAY}},
    "reader_full": {"plain": {"capacity": 2}},
    "rubric_gone": {"plain": {"kind": _KIND}},
    "rubric_item_unknown": {"plain": {"item": "top-third"}, "hostile": {"item": HOSTILE}},
    "item_not_marked": {"plain": {"label": "Clear first third"}, "hostile": {"label": HOSTILE}},
    "quote_too_long": {"plain": {"limit": MAX_QUOTE, "length": 312}},
    "review_too_long": {
        part: {"part": part, "limit": MAX_REWRITE, "length": 4_000}
        for part in ("rewrite", "change_first", "question")
    },
    "review_not_ready": {
        "open": {"open": _OPEN, "quotes": 0, "of_yes": 0, "first": 0},
        "quotes": {"open": (), "quotes": 2, "of_yes": 1, "first": 0},
        "all": {"open": _OPEN, "quotes": 1, "of_yes": 0, "first": 20},
    },
    "review_words_short": {"plain": {"missing": 120, "least": LEAST_WORDS}},
    "round_open": {"plain": {"round_id": 12}},
    "waive_amount": {"plain": {"limit": MOST_WAIVED}},
    "review_setting": {
        "hours": {"field": "preview_h", "least": 0, "most": 72},
        "unknown": {"field": "something", "least": 0, "most": 1},
    },
}

# Reason of `bot.reviews.document.intake` → its facts, as they are said.
NOT_TAKEN: Mapping[str, Mapping[str, int | str | bool]] = {
    "not_pdf": {"kind": "docx"},
    "too_large": {"bytes": 7_300_000, "most": MAX_BYTES},
    "no_pages": {},
    "too_many_pages": {"pages": 400, "most": 4},
    "has_script": {},
    "has_files": {},
    "has_password": {"opens": False},
    "damaged": {},
}
