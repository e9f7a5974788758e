"""Canned values for `/jobs subscribe` and `/jobs alerts`: proposals, settings of a channel, the list, one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from discord import ui

from bot.jobs import digests
from bot.jobs.flow.alert_page import Kept, Opened
from bot.jobs.flow.subscriptions import Listed, Proposal, Saved
from bot.jobs.messages import Spared
from bot.jobs.openings import Opening
from bot.jobs.query import MAX_LENGTH, parse
from bot.jobs.subscriptions import NOTHING_TRIED, PER_TARGET, Subscription, Tried, paused_until
from bot.people.members import Key, Member
from cogs.jobs import alert_pages, pages, settings_pages
from cogs.jobs.places import Place
from tests.cogs import canned_cards, canned_jobs
from tests.cogs.canned_cards import wrong_filter
from tests.cogs.words import DESIGN, HOSTILE, LARGEST, LINES, MO, NONCE, PYTHON
from tests.jobs.values import NOW, opening

FILTER = 'python "machine learning" -senior'
LONGEST_FILTER = " ".join(["*_*x", *["ab"] * 100])[:MAX_LENGTH].rsplit(" ", 1)[0]
_ROLE = 1442000000000000500
_DAY = timedelta(days=1)

KEPT = Subscription(1, 1, PYTHON, None, FILTER, "active", None, NOW)
OWN = replace(KEPT, channel_id=None, member_id=MO, target="member")
LISBON = Member(Key(1, MO), NOW, NOW, zone="Europe/Lisbon", dm_since=NOW)
STRANGER = replace(LISBON, zone=None, dm_since=None)
REFUSED = replace(LISBON, dm_closed_at=NOW)

TEXT = Place(PYTHON, "text", ())
FORUM = Place(PYTHON, "forum", (), tags=("Europe", "Senior", "Other"))
WANTS_TAG = replace(FORUM, tag_required=True)
NO_TAGS = replace(WANTS_TAG, tags=())
LONG_TAGS = replace(WANTS_TAG, tags=tuple("W" * 100 + str(n) for n in range(25)))


def _openings(*titles: str, **given: Any) -> tuple[Opening, ...]:
    numbered = enumerate(titles, start=1)
    return tuple(opening(number, title=title, board="Remotive", **given) for number, title in numbered)


_FOUND = Tried(5, 812, 0, _openings("Python Engineer", "ML Engineer", "Data Engineer"))
_FOUND_MANY = Tried(240, 2_000, 31, _openings("Python Engineer", "ML Engineer", "Data Engineer"))
_FOUND_HOSTILE = Tried(3, 9, 0, _openings(HOSTILE, LINES, "*" * 10_000, company="*" * 500))
_MIRROR = (("without python", 240), ("without “machine learning”", 41), ("with senior too", 19))


def _proposal(kept: Subscription, tried: Tried, where: Place | None = None, **given: Any) -> tuple[Any, ...]:
    query = parse(kept.filter)
    return Proposal(kept, query.words(), tried, query.hints, **given), where


def _listed(number: int, waiting: int = 0, later: int = 0, **given: Any) -> Listed:
    kept = replace(KEPT, id=number, **given)
    return Listed(kept, parse(kept.filter).words(), waiting, later)


def _paused(number: int, reason: str, waiting: int = 0, **given: Any) -> Listed:
    return _listed(number, waiting, state="paused", pause_reason=reason, **given)


def _opened(kept: Subscription, cards: int = 0, later: int = 0, **given: Any) -> Opened:
    return Opened(kept, parse(kept.filter).words(), cards, later, **given)


_MANY = [_listed(number) for number in range(1, PER_TARGET + 1)]
_LONG = [
    _paused(number, "missing_permission", 1_234, filter=LONGEST_FILTER, channel_id=LARGEST)
    for number in range(LARGEST - 5, LARGEST)
]
_ROLE_SET = replace(KEPT, role_id=_ROLE, role_filter="level:senior", zone="Europe/Lisbon")
_ENDS = (
    Spared("Data Engineer", "Invented Ltd", "https://wwr.example/1", "WWR", "Headquarters: Remote - USA"),
    Spared("Support Agent", "", "https://wwr.example/2", "WWR", "must reside in Canada"),
)
_HOSTILE_ENDS = (Spared(HOSTILE, HOSTILE, "https://wwr.example/1", HOSTILE, LINES),) * 3
_LONG_ENDS = (Spared("*" * 999, "*" * 999, "https://wwr.example/".ljust(512, "7"), "*" * 99, "`" * 999),) * 3
_LINES = tuple(canned_jobs.DELIVERIES["digest"]["capped"].lines)  # type: ignore[attr-defined]
_LONG_LINES = tuple(canned_jobs.DELIVERIES["digest"]["longest"].lines)  # type: ignore[attr-defined]
_CITIES = (("Europe/Lisbon", "Lisbon, Portugal"), ("America/New_York", "Lisbon, ME, United States"))

# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    pages.follow: {
        "channels": ([(PYTHON, "remote-python"), (DESIGN, "remote-design")],),
        "none": ([],),
        "longest": ([(PYTHON + n, "w" * 100) for n in range(40)],),
    },
    pages.proposal: {
        "channel": _proposal(KEPT, _FOUND, TEXT, mirror=_MIRROR),
        "calm": _proposal(
            replace(KEPT, preset="calm", at_minute=18 * 60, zone="Europe/Lisbon"), _FOUND, TEXT
        ),
        "all": _proposal(replace(KEPT, preset="all"), _FOUND, TEXT),
        "daily": _proposal(replace(KEPT, rhythm="daily"), _FOUND, TEXT),
        "weekly": _proposal(replace(KEPT, rhythm="weekly", weekday=4), _FOUND, TEXT),
        "forum_wants_tag": _proposal(replace(KEPT, target="forum"), _FOUND, WANTS_TAG),
        "forum_without_tags": _proposal(replace(KEPT, target="forum"), _FOUND, NO_TAGS),
        "member": _proposal(OWN, _FOUND, member=LISBON, mirror=_MIRROR),
        "member_weekly": _proposal(
            replace(OWN, rhythm="weekly"), _FOUND, member=replace(LISBON, private=False)
        ),
        "member_stranger": _proposal(OWN, _FOUND),
        "profile": _proposal(replace(OWN, filter="", follows="profile"), _FOUND, member=LISBON),
        "profile_says_nothing": _proposal(
            replace(OWN, follows="profile"), NOTHING_TRIED, member=LISBON, says_nothing=True
        ),
        "follows_channel": _proposal(
            replace(OWN, follows="channel", follows_channel_id=PYTHON), _FOUND, member=LISBON
        ),
        "editing": _proposal(KEPT, _FOUND, TEXT, editing=KEPT),
        "no_form": _proposal(KEPT, _FOUND, TEXT, in_form=False),
        "everything": _proposal(replace(KEPT, filter=""), _FOUND_MANY, TEXT),
        "nothing_read": _proposal(KEPT, NOTHING_TRIED, TEXT),
        "none_pass": _proposal(
            KEPT, Tried(0, 812, 0, ()), TEXT, mirror=(("without python", 3), ("without b", 0))
        ),
        "hints": _proposal(replace(KEPT, filter="python and go, not java"), _FOUND, TEXT),
        "hostile": _proposal(
            replace(KEPT, filter='"# @everyone **x**" OR "<@1>"'),
            _FOUND_HOSTILE,
            TEXT,
            mirror=((HOSTILE, 9),),
        ),
        "longest": _proposal(
            replace(KEPT, id=LARGEST, filter=LONGEST_FILTER, target="forum", rhythm="weekly", zone="W" * 40),
            _FOUND_HOSTILE,
            LONG_TAGS,
            editing=replace(KEPT, id=LARGEST),
            mirror=(("*" * 300, 99_999),) * 6,
            in_form=False,
        ),
    },
    pages.tried_again: {
        "channel": _proposal(KEPT, _FOUND)[:1],
        "member": _proposal(OWN, Tried(0, 812, 0, ()))[:1],
    },
    pages.saved: {
        "channel": (Saved(KEPT),),
        "edited": (Saved(KEPT, edited=True),),
        "edited_paused": (Saved(replace(KEPT, state="paused"), edited=True),),
        "member": (Saved(OWN, STRANGER),),
        "member_testing": (Saved(OWN, LISBON, testing=True),),
        "member_reachable": (Saved(OWN, LISBON),),
        "member_refused": (Saved(OWN, REFUSED, edited=True),),
    },
    pages.letters_on: {"plain": ()},
    pages.mistake: {
        "plain": (wrong_filter("python AND"),),
        "role": (wrong_filter("python AND"), 3, "jobs.role.for"),
    },
    settings_pages.settings: {
        "text": (KEPT, 0, TEXT),
        "news": (replace(KEPT, target="news", publish=True, silent=False), 7, TEXT),
        "forum": (replace(KEPT, target="forum", fallback_tag="Other"), 0, WANTS_TAG),
        "forum_no_tag": (replace(KEPT, target="forum"), 0, WANTS_TAG),
        "role": (_ROLE_SET, 0, TEXT),
        "role_once_for_all": (replace(_ROLE_SET, role_filter="", role_cap=1), 0, TEXT),
        "hostile": (
            replace(_ROLE_SET, target="forum", role_filter=HOSTILE, fallback_tag=HOSTILE),
            0,
            LONG_TAGS,
        ),
    },
    settings_pages.zones: {"plain": (KEPT, 7, _CITIES, NOW)},
    alert_pages.alerts: {
        "empty": ([], 0),
        "one": ([_listed(1)], 0),
        "states": (
            [
                _paused(1, "unknown_channel", 2),
                _paused(2, "missing_access", 1),
                _paused(3, "missing_permission"),
                _paused(4, "by hand", filter=""),
                Listed(replace(OWN, id=5), parse(FILTER).words(), 0, 4),
            ],
            0,
        ),
        "threads": (
            [
                _paused(1, "thread_locked", 1),
                _paused(2, "tag_required"),
                _paused(3, paused_until(NOW + _DAY)),
            ],
            0,
        ),
        "follows": (
            [
                _listed(1, channel_id=None, member_id=MO, follows="profile", filter=""),
                _listed(2, channel_id=None, member_id=MO, follows="channel", follows_channel_id=PYTHON),
            ],
            0,
        ),
        "first_of_many": (_MANY, 0),
        "last_of_many": (_MANY, 4),
        "longest": (_LONG, 0),
    },
    alert_pages.followed: {"none": ([],), "some": (_MANY[:3],), "hostile": ([_listed(1, filter='"**x**"')],)},
    alert_pages.one: {
        "channel": (_opened(KEPT, 2, 13, next_at=NOW + _DAY), 0, TEXT, True),
        "member": (_opened(OWN, member=LISBON, country=True), 0, None),
        "paused": (_opened(replace(KEPT, state="paused", pause_reason="by hand"), 1), 2, None),
        "wants_tag": (
            _opened(replace(KEPT, state="paused", pause_reason="tag_required", target="forum"), 3),
            0,
            WANTS_TAG,
        ),
        "no_consent": (_opened(OWN, 0, 3, member=STRANGER, lines=_LINES[:3]), 0, None),
        "refused": (_opened(OWN, 0, 40, member=REFUSED, lines=_LINES, country=True), 0, None),
        "longest": (
            _opened(
                replace(OWN, id=LARGEST, filter=LONGEST_FILTER), 0, 99_999, member=REFUSED, lines=_LONG_LINES
            ),
            99,
            None,
        ),
    },
    alert_pages.pausing: {"plain": (KEPT, 0)},
    alert_pages.resumed: {
        "channel": (KEPT, 7, 1_800_000_000, 0),
        "member": (OWN, 1, 1_800_000_000, 0),
    },
    alert_pages.stopping: {
        "plain": (KEPT, 0),
        "everything": (replace(OWN, filter=""), 0),
        "hostile": (replace(KEPT, filter="`**x** @everyone`"), 0),
    },
    alert_pages.preview: {
        "nothing": (None,),
        "cards": ([canned_cards.card(), canned_cards.card(title="Data Engineer")],),
        "digest": (digests.digest(KEPT, _LINES[:3], (), NOW - _DAY, NOW, capped=False).value,),
        "alert": (canned_jobs.DELIVERIES["alert"]["discreet"],),
        "longest": (
            [canned_cards.card(**dict.fromkeys(("title", "company"), "*" * 9_999)) for _ in range(3)],
        ),
    },
    alert_pages.kept_from: {
        "some": (Kept(_ENDS, 11, "PT", True),),
        "one": (Kept(_ENDS[1:], 1, "", True),),
        "none": (Kept((), 0, "PT", True),),
        "no_country": (Kept((), 0, "", False),),
        "hostile": (Kept(_HOSTILE_ENDS, 3, "PT", True),),
        "longest": (Kept(_LONG_ENDS, 2_000, "BO", True),),
    },
    alert_pages.whole: {
        "digest": (_LINES[:3], "jobs.digest", 1, NONCE, 0),
        "first_of_many": (_LINES * 3, "jobs.digest", 1, NONCE, 0),
        "alert_last": (_LINES * 3, "jobs.alert", 1, NONCE, 2),
        "none": ((), "jobs.alert", 1, NONCE, 0),
        "longest": (_LONG_LINES, "jobs.digest", LARGEST, NONCE, 0),
    },
}

CHAPTERS: Mapping[str, str] = {alert_pages.__name__: "alerts", settings_pages.__name__: "posting"}

REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "tag_needed": {"plain": {"channel_id": PYTHON}},
    "role_not_mentionable": {"plain": {"role_id": _ROLE, "channel_id": PYTHON}},
}
