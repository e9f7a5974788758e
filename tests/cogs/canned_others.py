"""Canned values for what members do with and about each other: cases, looks, finding people, introductions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from discord import ui

from bot.people.cases import MAX_NOTE, MAX_QUOTE, MAX_WORDS, Audience, Case, Entry
from bot.people.cooldowns import ASKS_A_MONTH, MOST_OPEN_ASKS, MOST_OPEN_CASES
from bot.people.find import Page, Somebody, Wanted
from bot.people.flow.cases import Filed, Opened, Record, Reports
from bot.people.flow.introductions import Met, Mine, Waiting
from bot.people.introductions import MAX_WORDS as MAX_LINE
from bot.people.introductions import WAITS, Introduction, Shown
from bot.people.members import FIELDS, LEVELS, OPEN_TO, Key, Member, Profile
from bot.people.messages import Asked, CaseChanged, CaseOpened, CaseWaits, Introduced, LookNotice
from cogs.people import case_pages, find_pages
from tests.cogs.words import ARABIC, HOSTILE, LARGEST, LINES, MO, NONCE
from tests.jobs.values import NOW

CHAPTERS: Mapping[str, str] = {case_pages.__name__: "case", find_pages.__name__: "meet"}

GUILD, ANA, BOB, OWNER = 1442000000000000001, 1442000000000000101, 1442000000000000102, 1442000000000000109
SAFETY, START = 1442000000000000201, 1442000000000000012
SERVER = "Remote together"
LINE = "We both moved from support to data."

_LABELS = (max(FIELDS.values(), key=len), max(LEVELS.values(), key=len), tuple(OPEN_TO.values()))
_SHOWN = Shown("Data and machine learning", "Senior", ("A coffee chat", "Mock interviews"))


# -- cases ---------------------------------------------------------------------------------------


def _case(**given: Any) -> Case:
    values: dict[str, Any] = {
        "id": 1,
        "guild_id": GUILD,
        "number": 7,
        "by_id": ANA,
        "about_id": BOB,
        "words": "He keeps writing to me after I asked him to stop.",
        "channel_id": START,
        "message_id": LARGEST - 1,
        "quote": "Why don't you answer?",
        "readers": "safety",
        "state": "open",
        "claimed_by": None,
        "made_at": NOW - timedelta(hours=3),
        "changed_at": NOW - timedelta(hours=1),
    }
    return Case(**{**values, **given})


_BARE = _case(by_id=None, about_id=None, words="", quote="", channel_id=None, message_id=None, state="closed")
_DONE = (
    Entry(MO, "claimed", "", NOW - timedelta(hours=2)),
    Entry(MO, "pen_name_resolved", "Night Owl", NOW - timedelta(hours=1)),
    Entry(None, "note", "Spoke with both of them.", NOW),
)
_WORST = _case(words="*" * MAX_WORDS, quote="*" * MAX_QUOTE, number=2**31 - 1, guild_id=LARGEST)
_MANY = tuple(Entry(LARGEST, "note", "*" * MAX_NOTE, NOW) for _ in range(50))
_OWNER, _ROLE, _NOBODY = (
    Audience(OWNER, None, frozenset()),
    Audience(None, SAFETY, frozenset()),
    Audience(None, None, frozenset()),
)

_MEMBER = Member(Key(GUILD, BOB), NOW - timedelta(days=9), NOW, joined_at=NOW - timedelta(days=30))
_PROFILE = Profile(headline="Data engineer", field="data", level="senior", open_to=("coffee",))


# -- introductions -------------------------------------------------------------------------------


def _introduction(number: int = 1, words: str = LINE) -> Introduction:
    return Introduction(number, GUILD, ANA, BOB, words, "asked", NOW - timedelta(days=1), NOW + WAITS)


def _page(number: int, has_more: bool, *shown: Shown) -> Page:
    people = tuple(Somebody(f"{at:020x}", one) for at, one in enumerate(shown))
    return Page(people, number, has_more)


def _asked(**given: Any) -> Asked:
    values: dict[str, Any] = {
        "introduction_id": 1,
        "guild_id": GUILD,
        "server": SERVER,
        "words": LINE,
        "field": _SHOWN.field,
        "level": _SHOWN.level,
        "open_to": _SHOWN.open_to,
        "lapses_at": NOW + WAITS,
        "discreet": False,
    }
    return Asked(**{**values, **given})


_NOTHING = Mine((), (), ())
_WAITING = Waiting(_introduction(), _SHOWN)
_LONGEST = Waiting(replace(_introduction(LARGEST, "*" * MAX_LINE), guild_id=LARGEST), Shown(*_LABELS))

DELIVERIES: Mapping[str, Mapping[str, object]] = {
    "case_opened": {
        "plain": CaseOpened(GUILD, SERVER, 7),
        "hostile": CaseOpened(GUILD, HOSTILE, 7),
        "longest": CaseOpened(LARGEST, "*" * 1_000, 2**31 - 1),
    },
    "case_waits": {
        "closed": CaseWaits(GUILD, 7, True),
        "unclaimed": CaseWaits(LARGEST, 2**31 - 1, False),
    },
    "case_changed": {"plain": CaseChanged(GUILD, SERVER), "hostile": CaseChanged(LARGEST, HOSTILE)},
    "look_notice": {"plain": LookNotice(GUILD, SERVER), "hostile": LookNotice(LARGEST, HOSTILE)},
    "asked": {
        "plain": _asked(),
        "discreet": _asked(discreet=True),
        "nothing_shown": _asked(field="", level="", open_to=()),
        "hostile": _asked(words=LINES, server=HOSTILE),
        "right_to_left": _asked(words=ARABIC),
        "longest": _asked(
            words="*" * 1_000,
            server="*" * 1_000,
            guild_id=LARGEST,
            introduction_id=LARGEST,
            open_to=_LABELS[2],
        ),
    },
    "introduced": {
        "plain": Introduced(GUILD, SERVER, ANA, LINE, False),
        "discreet": Introduced(GUILD, SERVER, ANA, LINE, True),
        "hostile": Introduced(LARGEST, HOSTILE, LARGEST, LINES, False),
    },
}

# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    case_pages.reports: {
        "empty": (Reports((), ()), GUILD),
        "mine": (
            Reports((_case(), _case(number=3, state="claimed"), _case(number=1, state="closed")), ()),
            GUILD,
        ),
        "to_read": (Reports((), (_case(), _case(number=9))), GUILD),
        "longest": (Reports((_WORST,) * 25, tuple(_case(number=n) for n in range(1, 60))), LARGEST),
    },
    case_pages.filed: {
        "letter": (Filed(7, _OWNER, "letter", True),),
        "channel": (Filed(7, _ROLE, "channel", True),),
        "later": (Filed(7, _OWNER, "later", False),),
        "nobody": (Filed(7, _NOBODY, "nobody", True),),
    },
    case_pages.case: {
        "plain": (Opened(_case(), ()),),
        "claimed": (Opened(_case(state="claimed", claimed_by=MO), _DONE),),
        "bare": (Opened(_BARE, ()),),
        "hostile": (Opened(_case(words=LINES, quote=LINES), (replace(_DONE[2], words=LINES),)),),
        "right_to_left": (Opened(_case(words=ARABIC), ()),),
        "longest": (Opened(_WORST, _MANY),),
        "longest_unquoted": (Opened(replace(_WORST, words="*" * (MAX_WORDS + MAX_QUOTE), quote=""), _MANY),),
    },
    case_pages.record: {
        "plain": (Record(_case(), BOB, _MEMBER, _PROFILE, (2, 5)),),
        "unknown": (Record(_case(), BOB, None, Profile(), ()),),
        "hostile": (Record(_case(), BOB, _MEMBER, replace(_PROFILE, headline=LINES), ()),),
        "longest": (
            Record(_WORST, LARGEST, _MEMBER, replace(_PROFILE, open_to=tuple(OPEN_TO)), tuple(range(1, 500))),
        ),
    },
    case_pages.resolved: {
        "plain": (7, GUILD, "Night Owl", BOB),
        "hostile": (7, LARGEST, HOSTILE, LARGEST),
    },
    find_pages.found: {
        "nobody": (_page(0, False), Wanted(), _NOTHING, GUILD),
        "plain": (_page(0, False, _SHOWN, Shown()), Wanted(), _NOTHING, GUILD),
        "filtered": (_page(1, True, _SHOWN), Wanted("data", "coffee"), _NOTHING, GUILD),
        "mine": (
            _page(0, False),
            Wanted(),
            Mine((_WAITING,), (_introduction(),), (Met(BOB, LINE, NOW),)),
            GUILD,
        ),
        "longest": (
            _page(10**6, True, *[Shown(*_LABELS)] * 5),
            Wanted("infrastructure", "interview"),
            Mine((_LONGEST,) * 99, (_LONGEST.introduction,) * 3, (Met(LARGEST, LINES, NOW),) * 20),
            LARGEST,
        ),
    },
    find_pages.waiting: {
        "none": ([],),
        "plain": ([_WAITING],),
        "hostile": ([replace(_WAITING, introduction=_introduction(words=LINES))],),
        "longest": (
            [
                replace(_LONGEST, introduction=replace(_LONGEST.introduction, id=LARGEST - n))
                for n in range(9)
            ],
        ),
    },
    find_pages.asked: {"plain": (_introduction(),)},
    find_pages.accepted: {
        "plain": (Met(ANA, LINE, NOW),),
        "in_the_letter": (Met(ANA, LINE, NOW), NONCE),
        "hostile": (Met(LARGEST, LINES, NOW),),
    },
    find_pages.declined: {"plain": (), "in_the_letter": (NONCE,)},
}

REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "report_too_soon": {"plain": {"at": NOW}},
    "too_many_cases": {"plain": {"limit": MOST_OPEN_CASES}},
    "case_claimed": {"plain": {"number": 7}},
    "case_closed": {"plain": {"number": 7}},
    "case_open_already": {"plain": {"number": 7}},
    "too_many_asks": {"plain": {"limit": MOST_OPEN_ASKS}},
    "too_many_asks_a_month": {"plain": {"limit": ASKS_A_MONTH}},
}
