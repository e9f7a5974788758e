"""Canned values for what moderators see of rounds: the preview, the settings, supply and demand, notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from discord import ui

from bot.reviews.draw import Chosen
from bot.reviews.fit import Reason
from bot.reviews.flow.drawing import WORST, Preview, Short
from bot.reviews.messages import Blocked, RoundDrawn
from bot.reviews.round import begun
from bot.reviews.stats import Supply
from bot.reviews.values import Settings
from cogs.reviews import rounds_pages, settings_pages
from tests.cogs.words import HOSTILE, LARGEST, PYTHON

CHAPTERS: Mapping[str, str] = dict.fromkeys(
    (rounds_pages.__name__, settings_pages.__name__, __name__), "rounds"
)
DELIVERY_CHAPTERS: Mapping[str, str] = dict.fromkeys(("review_round", "review_blocked"), "notice")
GUILD, ANA, BOB = 1442000000000000001, 1442000000000000101, 1442000000000000102
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

_WHY = (Reason("same_field", "data"), Reason("level", count=1), Reason("zone", count=90))


def _chosen(nth: int, score: int = 780, why: tuple[Reason, ...] = _WHY) -> Chosen:
    return Chosen(nth, ANA + 2 * nth, BOB + 2 * nth, score, why)


_FIVE = tuple(_chosen(nth, 150 * nth) for nth in range(1, WORST + 1))


def preview(**given: Any) -> Preview:
    values: dict[str, Any] = {
        "round_id": 3,
        "publish_at": NOW + 12 * HOUR,
        "requests": 10,
        "readers": 10,
        "wanted": 20,
        "offered": 20,
        "filled": 15,
        "served": 10,
        "worst": _FIVE,
        "short": (
            Short(ANA, 1, "more reviews are asked for than offered in this round"),
            Short(BOB, 2, "nobody else in this round reads Portuguese"),
        ),
        "pairs": (*_FIVE, *(_chosen(nth) for nth in range(6, 20))),
        "beside": (),
        "hidden": False,
    }
    return Preview(**(values | given))


_NOTHING: dict[str, Any] = {"worst": (), "short": (), "pairs": ()}
_EVERY_REASON = (Reason("related_field"), Reason("skills", count=3), Reason("language", "pt"))
_FURTHER = (Reason("reads", "en"), Reason("round"), Reason("room"))
_LARGEST = Chosen(LARGEST, LARGEST, LARGEST, 1_000, _EVERY_REASON)
_MOST = {
    "worst": (_LARGEST,) * 1,
    "short": (Short(LARGEST, 2, "*" * 500),) * 400,
    "pairs": tuple(replace(_LARGEST, author_id=LARGEST - nth) for nth in range(800)),
}
_PREVIEWS = {
    "plain": preview(),
    "small": preview(requests=1, readers=1, wanted=1, filled=1, served=1, worst=_FIVE[:1], short=()),
    "not_all_named": preview(hidden=True, beside=(_chosen(9, why=_FURTHER),)),
    "nobody": preview(readers=0, offered=0, filled=0, served=0, **_NOTHING),
    "dry_run": preview(round_id=None, publish_at=None),
    "hostile": preview(short=(Short(ANA, 1, HOSTILE),)),
    "longest": preview(round_id=LARGEST, requests=5_000, readers=5_000, wanted=10_000, filled=9_995, **_MOST),
}

WAY = Settings(GUILD, PYTHON, "Europe/Berlin", next_round_at=NOW + 168 * HOUR)
_LONGEST_WAY = replace(
    WAY,
    channel_id=LARGEST,
    zone="America/Argentina/ComodRivadavia",
    day=2,
    minute=23 * 60,
    preview_h=72,
    patience_h=168,
    least=1_000,
    keep_days=30,
)
_HITS = (("Europe/Lisbon", "Portland, Portugal"), ("America/Los_Angeles", "Portland, Oregon, United States"))

# Kind of delivery → variant → value.
_DRAWN = RoundDrawn(GUILD, 3, 10, 10, 15, 20, 1, NOW + 12 * HOUR)
DELIVERIES: Mapping[str, Mapping[str, object]] = {
    "review_round": {
        "plain": _DRAWN,
        "all_filled": replace(_DRAWN, short=0, publish_at=None),
        "published": replace(_DRAWN, state="published", publish_at=None),
        "cancelled": RoundDrawn(GUILD, 3, 0, 0, 0, 0, 0, None, "cancelled"),
        "longest": RoundDrawn(LARGEST, LARGEST, 5_000, 5_000, 9_995, 10_000, 100, NOW),
    },
    "review_blocked": {
        code: Blocked(GUILD, PYTHON, code)
        for code in (
            "too_many_threads",
            "missing_permission",
            "missing_access",
            "unknown_channel",
            "thread_locked",
            "unreadable",
            "bad_request",
        )
    },
}


def cities(hits: list[tuple[str, str]], now: datetime) -> ui.LayoutView:
    return settings_pages.PAGES.cities(hits, now)


def turning_off() -> ui.LayoutView:
    return settings_pages.PAGES.turning_off()


# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    rounds_pages.opened: {"plain": (begun(GUILD, "hand", ANA, NOW),)},
    rounds_pages.no_round: {"plain": ()},
    rounds_pages.drawing: {"plain": ()},
    rounds_pages.preview: {name: (one,) for name, one in _PREVIEWS.items()},
    rounds_pages.pairs: {
        "first": (preview(), 0),
        "last": (preview(), 9, "-# That pair is out, and the round is drawn again."),
        "none": (preview(**_NOTHING), 0),
        "longest": (_PREVIEWS["longest"], 7),
    },
    rounds_pages.cancelling: {"plain": (3,)},
    rounds_pages.stats: {
        "plain": (Supply(20, 35, 10, 15, 4, 60, 95),),
        "few": (Supply(1, 1, 1, 1, None, 1, None),),
        "nobody": (Supply(0, 0, 0, 0, None, 0, None),),
    },
    rounds_pages.member: {"plain": (ANA,), "let_off": (ANA, "-# Let off 2 reviews."), "longest": (LARGEST,)},
    settings_pages.home: {
        "plain": (WAY, ()),
        "off": (Settings(GUILD), ()),
        "lacks": (WAY, ("create_private_threads", "send_messages_in_threads", "manage_threads")),
        "gone": (WAY, None),
        "not_weekly": (replace(WAY, weekly=False, next_round_at=None, preview_h=0, patience_h=0), ()),
        "longest": (_LONGEST_WAY, settings_pages.NEEDED),
    },
    cities: {"plain": (_HITS, NOW)},
    settings_pages.rules: {"plain": (WAY,), "longest": (_LONGEST_WAY,)},
    turning_off: {"plain": ()},
}
