"""Canned values for what members tell of openings and share: notices, finds, and the private pages about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from discord import ui

from bot.jobs.doubts import DOUBTED, FACTS, MOST_A_DAY, SCAM
from bot.jobs.facts import NO_FACTS, Evidence, Facts, Pay, Place, Stated
from bot.jobs.flow.shares import Kept
from bot.jobs.flow.unwanted import MOST, Unwanted
from bot.jobs.inquiries import Knows
from bot.jobs.messages import Doubted, LooksLikeScam, Offered, OpeningCard, SharedCard, ShareTold
from bot.jobs.shares import MOST_A_DAY as MOST_SHARES
from bot.jobs.shares import OFFERED, SHARE, SHARE_TOLD, Share
from cogs.jobs import community_pages as pages
from tests.cogs.words import ARABIC, GLYPHS, HOSTILE, LARGEST, LINES, MO, PYTHON
from tests.jobs.values import NOW

CHAPTERS: Mapping[str, str] = {pages.__name__: "community"}

URL = "https://lamps.example/jobs/7"
_LONGEST_URL = "https://lamps.example/jobs/".ljust(512, "7")
_SAID = Evidence("text", 0, 4, "pay.range", "$90k – $110k a year")
_FACTS = Facts(
    place=Place("restricted", ("DE", "PT"), evidence=(_SAID,)),
    pay=Pay(90_000, 110_000, "USD", "year", "base", "$90k – $110k", (_SAID,)),
    level=(Stated("senior", _SAID),),
)


def _doubted(**given: Any) -> Doubted:
    values: dict[str, Any] = {
        "opening_id": 7,
        "title": "Keeper of lamps",
        "company": "Lamps Ltd",
        "url": URL,
        "fact": "pay",
        "said": "90–110 k USD a year",
        "quote": "$90k – $110k a year",
        "rule": "pay.range",
        "times": 3,
    }
    return Doubted(**{**values, **given})


def _suspected(**given: Any) -> LooksLikeScam:
    values: dict[str, Any] = {
        "opening_id": 7,
        "title": "Keeper of lamps",
        "company": "Lamps Ltd",
        "url": URL,
        "reasons": (
            ("It speaks of money that you would have to pay.", "a training fee of $50"),
            ("It says almost nothing about the job.", ""),
        ),
        "times": 1,
    }
    return LooksLikeScam(**{**values, **given})


def _offered(**given: Any) -> Offered:
    values: dict[str, Any] = {
        "share_id": 3,
        "title": "Keeper of lamps",
        "company": "Lamps Ltd",
        "url": URL,
        "words": "They answer within a day.",
        "attribution": "via Remotive",
    }
    return Offered(**{**values, **given})


def _opening(**given: Any) -> OpeningCard:
    values: dict[str, Any] = {
        "opening_id": 7,
        "title": "Keeper of lamps",
        "company": "Lamps Ltd",
        "url": URL,
        "attribution": "via Remotive",
        "place_claim": "",
        "pay_claim": "",
        "published_at": NOW - timedelta(hours=3),
        "first_seen_at": NOW - timedelta(hours=2),
        "subscription_id": 0,
        "filter": "",
        "facts": _FACTS,
    }
    return OpeningCard(**{**values, **given})


def _shared(opening: OpeningCard | None = None, **given: Any) -> SharedCard:
    values: dict[str, Any] = {
        "share_id": 3,
        "title": "Keeper of lamps",
        "company": "Lamps Ltd",
        "url": URL,
        "words": "They answer within a day.",
        "opening": opening,
    }
    return SharedCard(**{**values, **given})


_STRANGE: Mapping[str, Any] = {"title": HOSTILE, "company": LINES}
_LONG: Mapping[str, Any] = {"title": "*" * 10_000, "company": "W" * 10_000, "url": _LONGEST_URL}
_DECIDED: Mapping[str, Any] = {"decided_by": MO}

DELIVERIES: Mapping[str, Mapping[str, object]] = {
    DOUBTED: {
        "plain": _doubted(),
        "one": _doubted(times=1, fact="place", said="US only", quote="Remote (US)", rule="place.only"),
        "claim": _doubted(said="unclear; the board says", quote="", rule=""),
        "taken_back": _doubted(decided="agreed", **_DECIDED),
        "right": _doubted(decided="dismissed", **_DECIDED),
        "undone": _doubted(decided="undone", **_DECIDED),
        "hostile": _doubted(**_STRANGE, said=HOSTILE, quote=HOSTILE, rule=HOSTILE),
        "longest": _doubted(
            **_LONG,
            opening_id=LARGEST,
            fact=max(FACTS, key=len),
            said="*" * 1_000,
            quote=GLYPHS,
            rule="_" * 200,
            times=1_234,
        ),
    },
    SCAM: {
        "plain": _suspected(),
        "no_reason": _suspected(reasons=(), times=2, company=""),
        "taken_down": _suspected(decided="agreed", **_DECIDED),
        "blocked": _suspected(decided="blocked", **_DECIDED),
        "fine": _suspected(decided="dismissed", **_DECIDED),
        "undone": _suspected(decided="undone", **_DECIDED),
        "hostile": _suspected(**_STRANGE, reasons=(("It says almost nothing about the job.", HOSTILE),)),
        "longest": _suspected(
            **_LONG, opening_id=LARGEST, reasons=(("It sends you to a shortened link.", "*" * 999),) * 13
        ),
    },
    OFFERED: {
        "known": _offered(),
        "unknown": _offered(attribution="", words=""),
        "posted": _offered(decided="posted", **_DECIDED),
        "declined": _offered(decided="declined", **_DECIDED),
        "not_posted": _offered(trouble="missing_permission", tried=41),
        "not_taken": _offered(trouble="bad_request", detail=HOSTILE, tried=41),
        "hostile": _offered(**_STRANGE, words=HOSTILE, attribution=HOSTILE),
        "longest": _offered(**_LONG, share_id=LARGEST, words="*" * 999, attribution="W" * 999),
    },
    SHARE: {
        "known": _shared(_opening()),
        "named": _shared(_opening(), by_id=MO),
        "withheld": _shared(_opening(withheld=frozenset({"pay"})), words=""),
        "taken_down": _shared(_opening(taken_down=True)),
        "closed": _shared(_opening(closed_at=NOW, closed_why="gone")),
        "unknown": _shared(),
        "unknown_bare": _shared(company="", words="", by_id=MO),
        "hostile": _shared(**_STRANGE, words=HOSTILE),
        "hostile_known": _shared(_opening(company=HOSTILE, attribution=HOSTILE), **_STRANGE, words=ARABIC),
        "longest": _shared(**_LONG, words="*" * 999),
        "longest_known": _shared(
            _opening(opening_id=LARGEST, company="*" * 999, place_claim="*" * 9_999, facts=NO_FACTS),
            **_LONG,
            words=GLYPHS,
        ),
    },
    SHARE_TOLD: {
        "posted": ShareTold("Keeper of lamps", PYTHON, discreet=False),
        "declined": ShareTold("Keeper of lamps", None, discreet=False),
        "discreet": ShareTold("Keeper of lamps", PYTHON, discreet=True),
        "hostile": ShareTold(HOSTILE, None, discreet=False),
    },
}


def _unwanted(number: int, name: str = "") -> Unwanted:
    name = name or f"Company {number}"
    return Unwanted(f"company {number}", name, NOW - timedelta(days=number))


def _share(number: int, **given: Any) -> Share:
    made = Share(
        number, 1, MO, URL, f"Keeper of lamps {number}", "Lamps Ltd", "", None, "waiting", None, NOW, None
    )
    return replace(made, **given)


_LATER = NOW + timedelta(days=28)

PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    pages.thanks: {one: (one,) for one in ("told", "kept", "looked_at", "again")},
    pages.told_words: {
        "none": ([],),
        "some": (["It is 90k in total", "Hourly, not yearly"],),
        "hostile": ([HOSTILE, LINES],),
        "longest": (["*" * 999] * 50,),
    },
    pages.unwanted: {
        "none": ([], 0),
        "some": ([_unwanted(1), _unwanted(2)], 0),
        "first_of_many": ([_unwanted(number) for number in range(MOST)], 0),
        "last_of_many": ([_unwanted(number) for number in range(MOST)], 99),
        "hostile": ([_unwanted(1, HOSTILE)], 0),
        "longest": ([_unwanted(number, "*" * 999) for number in range(20)], 0),
    },
    pages.kept: {
        "told": (Kept("Keeper of lamps", "told"),),
        "kept": (Kept("Keeper of lamps", "kept"),),
        "hostile": (Kept(HOSTILE, "told"),),
    },
    pages.mine: {
        "none": ([],),
        "some": (
            [
                _share(1),
                _share(2, state="posted", channel_id=PYTHON, decided_at=NOW),
                _share(3, state="declined", decided_at=NOW),
            ],
        ),
        "hostile": ([_share(1, title=HOSTILE)],),
    },
    pages.knows: {
        "nobody": (Knows("Lamps Ltd", 0, "free"), 7),
        "few": (Knows("Lamps Ltd", 1, "free"), 7),
        "many": (Knows("Lamps Ltd", 10, "free"), 7),
        "asked": (Knows("Lamps Ltd", 1, "asked", _LATER), 7),
        "found": (Knows("Lamps Ltd", 1, "found", _LATER), 7),
        "over": (Knows("Lamps Ltd", 0, "over", _LATER), 7),
        "hostile": (Knows(HOSTILE, 1, "free"), LARGEST),
    },
}

REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "too_many_doubts": {"plain": {"limit": MOST_A_DAY["scam"]}},
    "too_many_unwanted": {"plain": {"limit": MOST}},
    "too_many_shares": {"plain": {"limit": MOST_SHARES}},
    "stands_here": {"plain": {"link": "https://discord.com/channels/1/2/3"}},
}
