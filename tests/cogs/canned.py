"""Canned values for every message the bot can say: NAME → how it is drawn. Plain ones, hostile ones, longest ones.

A name reads chapter.what.variant: `card` is public, `notice` is for the moderators' channel, `page`, `setup` and
`refusal` are private answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from discord import ui

from bot.addresses import check_url
from bot.deliveries.planned import decode, encode
from bot.jobs import troubles
from bot.jobs.messages import ChannelTrouble, FeedRecovered, FeedTrouble, StormHeld
from bot.jobs.query import MAX_LENGTH
from bot.jobs.subscriptions import PER_TARGET
from bot.moderation.messages import PANEL
from bot.moderation.permissions import NEEDED
from bot.people.countries import MOST_COUNTRIES
from bot.people.guards import MOST_GUARDS
from bot.people.languages import MOST_LANGUAGES
from bot.people.pen_names import LONGEST, SHORTEST
from bot.people.profile import MOST_LINKS, MOST_SKILLS
from bot.ports import Trouble
from bot.refusals import Refusal
from cogs import checkins, jobs, meets, moderation, people, refusals, reviews
from cogs.jobs import pages
from cogs.layout import message
from tests.cogs import (
    canned_alerts,
    canned_cards,
    canned_checkins,
    canned_checkins_mine,
    canned_cohort,
    canned_community,
    canned_feeds,
    canned_first,
    canned_jobs,
    canned_me,
    canned_meets,
    canned_mine,
    canned_others,
    canned_review_letters,
    canned_reviews,
    canned_reviews_board,
    canned_rounds,
)
from tests.cogs.canned_cards import wrong_filter
from tests.cogs.words import (
    ARABIC,
    DESIGN,
    HOSTILE,
    LARGEST,
    LINES,
    MO,
    NONCE,
    PYTHON,
)
from tests.jobs.values import NOW

FILTER = 'python "machine learning" -senior'
LONGEST_FILTER = " ".join(["*_*x", *["ab"] * 100])[:MAX_LENGTH].rsplit(" ", 1)[0]


def _feed_trouble(code: str, detail: str, **given: Any) -> FeedTrouble:
    said = troubles.words(Trouble(code, detail), "Remotive")
    values = {"feed_id": "remotive", "board": "Remotive", "words": said, "since": NOW - timedelta(hours=5)}
    return FeedTrouble(**{**values, **given})


def _channel_trouble(code: str, detail: str = "", **given: Any) -> ChannelTrouble:
    values: dict[str, Any] = {
        "subscription_id": 1,
        "channel_id": PYTHON,
        "filter": FILTER,
        "code": code,
        "detail": detail,
        "waiting": 3,
    }
    return ChannelTrouble(**{**values, **given})


_REFUSED = "Discord answered 400, code 50035."
_TITLES = ("Engineer", "Designer", "Support agent, night shift")

KINDS = {**jobs.KINDS, **people.KINDS, **checkins.KINDS, **moderation.KINDS, **reviews.KINDS, **meets.KINDS}

# Kind of delivery → variant → value.
DELIVERIES: Mapping[str, Mapping[str, object]] = {
    **canned_cards.DELIVERIES,
    "feed_trouble": {
        "plain": _feed_trouble("unavailable", "The server answered 503."),
        "to_mend": _feed_trouble("gone", "The server answered 404."),
        "added": _feed_trouble("gone", "The server answered 404.", feed_id=canned_feeds.LAMPS.id),
        "longest": _feed_trouble("gone", "x", board="W" * 80, words="*" * 1_000, feed_id="f" * 40),
    },
    "feed_recovered": {
        "plain": FeedRecovered("remotive", "Remotive", NOW - timedelta(hours=5), NOW - timedelta(minutes=1)),
    },
    "storm_held": {
        "plain": StormHeld(1, "Remotive", 96, 120, _TITLES),
        "hostile": StormHeld(LARGEST, "Remotive", 96, 120, (HOSTILE, LINES, ARABIC)),
        "longest": StormHeld(LARGEST, "*" * 80, 5_000, 5_000, ("*" * 10_000,) * 3),
    },
    "channel_trouble": {
        "unknown_channel": _channel_trouble("unknown_channel"),
        "missing_access": _channel_trouble("missing_access", waiting=1),
        "missing_permission": _channel_trouble("missing_permission", filter="", waiting=0),
        "thread_locked": _channel_trouble("thread_locked"),
        "tag_required": _channel_trouble("tag_required"),
        "uncertain": _channel_trouble("uncertain"),
        "uncertain_many": _channel_trouble("uncertain", cards=12),
        "one_card": _channel_trouble("bad_request", _REFUSED),
        "hostile": _channel_trouble("bad_request", HOSTILE, filter=HOSTILE),
        "longest": _channel_trouble(
            "unknown_channel",
            "x" * 1_000,
            filter="`" * MAX_LENGTH,
            subscription_id=LARGEST,
            channel_id=LARGEST,
        ),
    },
    **canned_jobs.DELIVERIES,
    **canned_community.DELIVERIES,
    **canned_first.DELIVERIES,
    **canned_me.DELIVERIES,
    **canned_mine.DELIVERIES,
    **canned_meets.DELIVERIES,
    **canned_others.DELIVERIES,
    **canned_checkins.DELIVERIES,
    **canned_rounds.DELIVERIES,
    **canned_review_letters.DELIVERIES,
}


# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    **canned_alerts.PAGES,
    **canned_feeds.PAGES,
    **canned_cards.PAGES,
    **canned_community.PAGES,
    **canned_first.PAGES,
    **canned_me.PAGES,
    **canned_mine.PAGES,
    **canned_meets.PAGES,
    **canned_others.PAGES,
    **canned_checkins_mine.PAGES,
    **canned_cohort.PAGES,
    **canned_reviews.PAGES,
    **canned_reviews_board.PAGES,
    **canned_rounds.PAGES,
}

# Module of a page → the first word of its golden files' names; "page" for all others.
CHAPTERS: Mapping[str, str] = {
    **canned_alerts.CHAPTERS,
    **canned_cards.CHAPTERS,
    **canned_community.CHAPTERS,
    **canned_feeds.CHAPTERS,
    **canned_first.CHAPTERS,
    **canned_me.CHAPTERS,
    **canned_mine.CHAPTERS,
    **canned_meets.CHAPTERS,
    **canned_others.CHAPTERS,
    **canned_checkins_mine.CHAPTERS,
    **canned_cohort.CHAPTERS,
    **canned_reviews.CHAPTERS,
    **canned_reviews_board.CHAPTERS,
    **canned_rounds.CHAPTERS,
}

# Reason → variant → its facts.
REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "bot_may_not": {
        "one": {"channel_id": PYTHON, "missing": ("send_messages",)},
        "all": {"channel_id": PYTHON, "missing": tuple(NEEDED)},
    },
    "filter_wrong": {
        "operator": wrong_filter("python AND").facts,
        "bracket": wrong_filter("(python OR go").facts,
        "field": wrong_filter("compny:acme").facts,
        "hostile": wrong_filter('python ``` <@1> @everyone "**').facts,
        "longest": wrong_filter("word " * 100).facts,
    },
    "subscribed_already": {"channel": {"channel_id": PYTHON}, "member": {"channel_id": None}},
    "too_many_subscriptions": {"plain": {"limit": PER_TARGET}},
    # people: what somebody writes about themselves, and whom they must not meet
    **{
        reason: {
            "nothing_near": {"text": "Xyzzy", "near": ()},
            "near": {"text": "Muncih", "near": ("Munich, Germany", "Muncie, IN, United States")},
            "hostile": {"text": HOSTILE, "near": (HOSTILE,)},
        }
        for reason in ("place_unknown", "country_unknown", "language_unknown")
    },
    "too_many_countries": {"plain": {"limit": MOST_COUNTRIES}},
    "too_many_languages": {"plain": {"limit": MOST_LANGUAGES}},
    "too_many_skills": {"plain": {"limit": MOST_SKILLS}},
    "too_many_links": {"plain": {"limit": MOST_LINKS}},
    "too_many_guards": {"plain": {"limit": MOST_GUARDS}},
    "link_refused": {"plain": {"link": "ftp://example.org/cv"}, "hostile": {"link": HOSTILE}},
    "link_not_public": {
        "port": {"link": "https://example.org:8443/", "why": check_url("https://example.org:8443/")},
        "private": {"link": "http://10.0.0.1/", "why": check_url("http://10.0.0.1/")},
        "local": {"link": "http://printer.local/", "why": check_url("http://printer.local/")},
        "hostile": {"link": HOSTILE, "why": "holds a user name or a password"},
    },
    "pay_unclear": {"plain": {"text": "60k"}, "hostile": {"text": HOSTILE}},
    "pen_name_length": {"plain": {"shortest": SHORTEST, "longest": LONGEST}},
    **canned_alerts.REFUSALS,
    **canned_community.REFUSALS,
    **canned_feeds.REFUSALS,
    **canned_cards.REFUSALS,
    **canned_first.REFUSALS,
    **canned_mine.REFUSALS,
    **canned_meets.REFUSALS,
    **canned_others.REFUSALS,
    **canned_checkins.REFUSALS,
    **canned_review_letters.REFUSALS,
}


# What was decided about a notice, and the notice it stands under.
CLOSED = {
    "storm": ("storm_held", "plain", "Approved; 12 cards follow"),
    "moved": (
        "channel_trouble",
        "unknown_channel",
        f"It goes on in <#{DESIGN}>; what waited is posted there",
    ),
    "longest": ("storm_held", "longest", "Skipped; none of them is posted"),
}


def delivered(kind: str, value: object) -> ui.LayoutView:
    """The message of a delivery, by way of the outbox's JSON."""
    known = KINDS[kind]
    return known.card(decode(known.value, encode(value)), NONCE)


def _closed(kind: str, variant: str, said: str) -> ui.LayoutView:
    notice = delivered(kind, DELIVERIES[kind][variant])
    texts = [item.content for item in notice.walk_children() if isinstance(item, ui.TextDisplay)]
    return pages.closed(texts, said, MO, NONCE)


def _refused(reason: str, facts: dict[str, Any]) -> ui.LayoutView:
    return message(refusals.words(Refusal(reason, **facts)))


# Kind of delivery → the first word of its golden files' names, where it is no notice of jobs nor a letter of people.
_CHAPTERS = {
    **dict.fromkeys(("opening", "digest", "hired", "share", PANEL), "card"),
    **dict.fromkeys(("alert", "alert_test", "share_told"), "letter"),
    **canned_meets.CHAPTERS_OF_KINDS,
    **canned_checkins.CHAPTERS,
    **canned_rounds.DELIVERY_CHAPTERS,
    **canned_review_letters.DELIVERY_CHAPTERS,
}


def drawn() -> Iterator[tuple[str, Callable[[], ui.LayoutView]]]:
    """Every NAME, and the function that draws its message."""
    for kind, values in DELIVERIES.items():
        chapter = _CHAPTERS.get(kind, "notice" if kind in jobs.KINDS else "letter")
        for variant, value in values.items():
            yield f"{chapter}.{kind}.{variant}", partial(delivered, kind, value)
    for page, variants in PAGES.items():
        chapter = CHAPTERS.get(page.__module__, "page")
        for variant, arguments in variants.items():
            yield f"{chapter}.{page.__name__}.{variant}", partial(page, *arguments)
    for variant, decided in CLOSED.items():
        yield f"page.closed.{variant}", partial(_closed, *decided)
    for reason in refusals.every():
        for variant, facts in REFUSALS.get(reason, {"plain": {}}).items():
            yield f"refusal.{reason}.{variant}", partial(_refused, reason, facts)
