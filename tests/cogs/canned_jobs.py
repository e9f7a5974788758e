"""Canned values for what waited: a channel's digest, a member's alert and the test of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.jobs.facts import Evidence, Facts, Pay, Place, Stated
from bot.jobs.messages import Alert, Digest, Line, Spared
from bot.jobs.query import MAX_LENGTH
from tests.cogs.words import ARABIC, GLYPHS, HOSTILE, LARGEST, LINES
from tests.jobs.values import NOW

FILTER = 'python "machine learning" -senior'
_LONGEST_URL = "https://remotive.example/jobs/".ljust(512, "7")


_PROOF = Evidence("text", 0, 36, "test", "You must be based in Portugal, Spain or the UK")
_FACTS = Facts(
    place=Place("restricted", ("ES", "GB", "PT"), evidence=(_PROOF,)),
    pay=Pay(90_000, 110_000, "EUR", "year", "base", "90–110k EUR", (_PROOF,)),
    level=(Stated("senior", _PROOF),),
)


def _line(number: int, **given: Any) -> Line:
    values: dict[str, Any] = {
        "opening_id": number,
        "title": f"Backend Engineer, Payments {number}",
        "company": "Invented Ltd",
        "url": f"https://remotive.example/jobs/{number}",
        "board": "Remotive",
        "attribution": "via Remotive",
        "place_claim": "Portugal, Spain or the UK",
        "pay_claim": "",
        "facts": _FACTS,
        "dated": NOW - timedelta(hours=number % 100),
    }
    return Line(**{**values, **given})


def _digest(*lines: Line, **given: Any) -> Digest:
    values: dict[str, Any] = {
        "subscription_id": 1,
        "filter": FILTER,
        "lines": lines,
        "more": 0,
        "since": NOW - timedelta(hours=23),
        "until": NOW,
        "capped": True,
    }
    return Digest(**{**values, **given})


def _alert(*lines: Line, **given: Any) -> Alert:
    values: dict[str, Any] = {
        "subscription_id": 1,
        "words": "python and “machine learning” and not senior",
        "lines": lines,
        "more": 0,
        "discreet": False,
    }
    return Alert(**{**values, **given})


_TEN = tuple(_line(number) for number in range(1, 11))
_HOSTILE = tuple(
    _line(number, **dict.fromkeys(("title", "company", "place_claim", "pay_claim", "attribution"), words))
    for number, words in enumerate((HOSTILE, LINES, ARABIC), start=1)
)
_LONGEST = tuple(
    _line(
        LARGEST,
        **dict.fromkeys(("title", "company", "place_claim", "pay_claim", "attribution"), words),
        url=_LONGEST_URL,
    )
    for words in ("W" * 10_000, "*" * 10_000, GLYPHS) * 4
)
_SPARED = (
    Spared("Data Engineer", "Invented Ltd", "https://wwr.example/1", "WWR", "Headquarters: Remote - USA"),
    Spared("Support Agent", "", "https://wwr.example/2", "WWR", "must reside in Canada"),
    Spared("Designer", "Elsewhere", "https://wwr.example/3", "WWR", ""),
)
_SPARED_LONGEST = (Spared("*" * 10_000, "W" * 10_000, _LONGEST_URL, "W" * 80, "`" * 200),) * 3

DELIVERIES: Mapping[str, Mapping[str, object]] = {
    "digest": {
        "capped": _digest(*_TEN, more=13),
        "rhythm": _digest(*_TEN[:3], capped=False),
        "one": _digest(_TEN[0], filter="", capped=False),
        "hostile": _digest(*_HOSTILE, filter=HOSTILE),
        "longest": _digest(*_LONGEST[:10], more=1_990, filter="`" * MAX_LENGTH, subscription_id=LARGEST),
    },
    "alert": {
        "one": _alert(_TEN[0]),
        "daily": _alert(*_TEN, more=4, rhythm="daily", today="Follow up with Invented Ltd · 2 more"),
        "spared": _alert(*_TEN[:4], rhythm="daily", spared=_SPARED, spared_of=11, country="PT"),
        "spared_one": _alert(*_TEN[:4], rhythm="daily", spared=_SPARED[:1], spared_of=1),
        "discreet": _alert(*_TEN[:3], discreet=True),
        "discreet_one": _alert(_TEN[0], discreet=True),
        "hostile": _alert(*_HOSTILE, words=HOSTILE, today=HOSTILE, spared=_SPARED, spared_of=3),
        "longest": _alert(
            *_LONGEST[:10],
            more=1_990,
            words="*" * 1_000,
            subscription_id=LARGEST,
            today="*" * 1_000,
            spared=_SPARED_LONGEST,
            spared_of=1_000,
            country="BO",
        ),
    },
    "alert_test": {
        "plain": _alert(test=True),
        "discreet": _alert(test=True, discreet=True),
        "hostile": _alert(test=True, words=HOSTILE),
    },
}
