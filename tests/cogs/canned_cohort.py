"""Canned values for the moderators' pages of a group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from discord import ui

from bot.checkins.flow.groups import GroupPage, Listed, Shown
from bot.checkins.messages import Digest, Line
from bot.checkins.stats import GroupStats, WeekStats
from bot.checkins.values import Cycle, Goal, Group, MemberWeek, Said
from bot.ports import Part, Template
from cogs.checkins import cohort_pages as pages
from cogs.checkins import cohort_week_pages as week_pages
from cogs.checkins import stats_pages
from cogs.checkins.cohort_places import Place
from cogs.checkins.words import cohort as words
from tests.cogs.words import ARABIC, HOSTILE, LARGEST, LINES, PYTHON

CHAPTERS: Mapping[str, str] = {
    pages.__name__: "cohort",
    week_pages.__name__: "cohort",
    stats_pages.__name__: "cohort",
}
GUILD, ANA = 1442000000000000001, 1442000000000000101
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 16)
WEEK = timedelta(weeks=1)
_LONG = "*" * 4_000

GROUP = Group(
    id=1,
    guild_id=GUILD,
    name="Remote job seekers",
    channel_id=PYTHON,
    zone="Europe/Berlin",
    open_day=4,
    open_minute=9 * 60,
    digest_minute=18 * 60,
    template="search",
    question="",
    starters=False,
    pods=True,
    state="active",
    season_week=MONDAY - WEEK,
    made_at=NOW - 2 * WEEK,
)
_HOSTILE = replace(GROUP, name=HOSTILE, question=HOSTILE)
_LONGEST = replace(
    GROUP,
    id=LARGEST,
    channel_id=LARGEST,
    name="*" * 60,
    zone="America/Argentina/ComodRivadavia",
    question="*" * 45,
    starters=True,
    blocked_at=NOW - timedelta(hours=3),
)


def _cycle(weeks: int = 0, **given: Any) -> Cycle:
    week = MONDAY + weeks * WEEK
    opens_at = datetime(2026, 11, 20, 8, 0, tzinfo=UTC) + weeks * WEEK
    values: dict[str, Any] = {
        "id": 7 + weeks,
        "group_id": 1,
        "guild_id": GUILD,
        "week": week,
        "state": "open",
        "template": "search",
        "question": "",
        "starter": "",
        "opens_at": opens_at,
        "digest_at": opens_at + timedelta(days=3, hours=9),
        "final_at": opens_at + timedelta(days=5, hours=4),
    }
    return Cycle(**{**values, **given})


_OPEN, _NEXT, _DIGESTED = _cycle(), _cycle(1, state="scheduled"), _cycle(-1, state="digested")


def _page(group: Group = GROUP, **given: Any) -> GroupPage:
    values: dict[str, Any] = {
        "group": group,
        "seen": 12,
        "pods": 2,
        "cycles": (_NEXT, _OPEN),
        "holidays": (),
        "checkins": 0,
    }
    return GroupPage(**{**values, **given})


def _template(id: str, name: str, about: str) -> Template:
    return Template(id, name, about, Part("Learned", ""), Part("Goals", ""), Part("If, then", ""))


TEMPLATES = (
    _template("search", "Job search", "Applications, people, practice: what worked, and what is next."),
    _template("learn", "Learning", "For those who build skills or a portfolio first."),
    _template("calm", "Small steps", "One small thing a week, for hard times."),
)
_STRANGE = tuple(_template(f"t{number}", HOSTILE, LINES) for number in range(3))
_MOST_TEMPLATES = tuple(_template(f"t{number}", "*" * 60, "*" * 100) for number in range(10))

_WELL = Place(PYTHON)
_NO_THREADS = Place(PYTHON, cards=False, pods=False)
_NEWS = Place(PYTHON, pods=False, news=True)


def _listed(number: int, group: Group = GROUP, cycle: Cycle | None = _NEXT, seen: int = 12) -> Listed:
    return Listed(replace(group, id=number), seen, cycle)


_STATES = [
    _listed(1, cycle=_OPEN),
    _listed(2, replace(GROUP, name="Designers", zone="America/New_York"), _DIGESTED, 0),
    _listed(3, replace(GROUP, name="Career changers", state="paused"), None),
    _listed(4, replace(GROUP, name="Last year's", state="ended"), None, 0),
    _listed(5, replace(GROUP, name="Writers", blocked_at=NOW), _OPEN),
    _listed(6, replace(GROUP, name="Brand new"), None, 0),
]
_HITS = (("Europe/Lisbon", "Portland, Portugal"), ("America/Los_Angeles", "Portland, Oregon, United States"))


def _shown(number: int, name: str = "", **said: Any) -> Shown:
    week = MemberWeek(
        id=number,
        cycle_id=7,
        group_id=1,
        guild_id=GUILD,
        user_id=ANA,
        week=MONDAY,
        state="on_time",
        due_at=NOW,
        late_until=NOW,
        submitted_at=NOW,
        circle="group",
        said=Said(**said),
    )
    return Shown(week, 0 if name else ANA, name)


def _hidden(one: Shown) -> Shown:
    return replace(one, week=replace(one.week, hidden_at=NOW))


_DIGEST = Digest(
    guild_id=GUILD,
    group_id=1,
    cycle_id=7,
    group=GROUP.name,
    week=MONDAY,
    checkins=17,
    finished=41,
    goes_on=9,
    wins=(Line(31, 0, "", "First interview in a month."),),
    wanted=(Line(32, ANA, "", "Who has built a portfolio?"),),
    still_open=True,
    final_at=_OPEN.final_at,
)
_QUIET = replace(_DIGEST, checkins=0, finished=0, goes_on=0, wins=(), wanted=(), still_open=False)
_STRANGE_DIGEST = replace(_DIGEST, group=HOSTILE, wins=(Line(31, 0, HOSTILE, LINES),))

_WEEKS = tuple(
    WeekStats(MONDAY - (11 - number) * WEEK, 12 + number, 40, 21, off=number == 5) for number in range(12)
)
_FULL = GroupStats(_WEEKS, members=24, pods=5, thanks=31)
_FEW = GroupStats((WeekStats(MONDAY - WEEK, 6, planned=17), WeekStats(MONDAY, finished=5)))

# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    pages.groups: {
        "none": ([], 0, NOW),
        "states": (_STATES, 0, NOW),
        "first_of_many": ([_listed(number) for number in range(1, 21)], 0, NOW),
        "last_of_many": ([_listed(number) for number in range(1, 21)], 9, NOW),
        "hostile": ([_listed(1, _HOSTILE)], 0, NOW),
        "longest": ([_listed(LARGEST - number, _LONGEST, _NEXT) for number in range(20)], 1, NOW),
    },
    pages.group: {
        "new": (_page(seen=0, pods=0, cycles=(_NEXT,)), _WELL, TEMPLATES, NOW, "", True),
        "plain": (_page(), _WELL, TEMPLATES, NOW),
        "opens_now": (_page(cycles=(_cycle(state="scheduled"),)), _WELL, TEMPLATES, NOW),
        "two_weeks": (_page(cycles=(_OPEN, _DIGESTED)), _WELL, TEMPLATES, NOW, words.SAVED),
        "no_threads": (_page(), _NO_THREADS, TEMPLATES, NOW),
        "announcements": (_page(), _NEWS, TEMPLATES, NOW, words.STALE),
        "paused": (_page(replace(GROUP, state="paused"), cycles=(_OPEN,)), _WELL, TEMPLATES, NOW),
        "ended": (_page(replace(GROUP, state="ended"), cycles=()), _WELL, TEMPLATES, NOW),
        "blocked": (
            _page(replace(GROUP, blocked_at=NOW - timedelta(hours=3))),
            Place(PYTHON, ("send_messages",)),
            TEMPLATES,
            NOW,
        ),
        "no_channel": (_page(), Place(PYTHON, None), TEMPLATES, NOW),
        "weeks_off": (_page(holidays=(MONDAY + 5 * WEEK, MONDAY + 6 * WEEK)), _WELL, TEMPLATES, NOW),
        "hostile": (_page(_HOSTILE), _WELL, _STRANGE, NOW),
        "right_to_left": (_page(replace(GROUP, name=ARABIC)), _WELL, TEMPLATES, NOW),
        "longest": (
            _page(
                _LONGEST,
                seen=9_999,
                pods=2_000,
                cycles=(_NEXT, _OPEN, _DIGESTED),
                holidays=tuple(MONDAY + number * WEEK for number in range(53)),
            ),
            _NO_THREADS,
            _MOST_TEMPLATES,
            NOW,
            words.TIMES_FROM_NEXT_WEEK,
        ),
    },
    pages.cities: {
        "new": (_HITS, NOW, [(words.NAME, GROUP.name)], "cohort.create.zone", PYTHON, 4, 540, "search"),
        "times": (_HITS, NOW, [], "cohort.times.zone", 1, "0a1b2c3d", 4, 540, 1080),
        "hostile": (_HITS, NOW, [(words.NAME, HOSTILE)], "cohort.create.zone", PYTHON, 4, 540, "search"),
    },
    pages.channel: {"plain": (GROUP,)},
    pages.questions: {
        "plain": (GROUP, TEMPLATES),
        "own": (replace(GROUP, question="Which call are you putting off?"), TEMPLATES),
        "none_kept": (GROUP, ()),
        "hostile": (_HOSTILE, _STRANGE),
        "longest": (_LONGEST, _MOST_TEMPLATES),
    },
    pages.pods: {
        "on": (_page(), _WELL),
        "off": (_page(replace(GROUP, pods=False), pods=0), _WELL, words.SAVED),
        "waiting": (_page(pods=0), _NO_THREADS, words.pods_formed(0)),
        "formed": (_page(pods=1), _WELL, words.pods_formed(1)),
    },
    pages.invite: {
        "plain": (GROUP, "</checkin join:1442000000000000900>"),
        "hostile": (_HOSTILE, "/checkin join"),
    },
    pages.rest: {
        "plain": (GROUP,),
        "paused": (replace(GROUP, state="paused", starters=True), words.SAVED),
        "ended": (replace(GROUP, state="ended"),),
    },
    pages.exported: {"plain": (GROUP, "group-1.csv")},
    pages.season: {
        "first": (replace(GROUP, season_week=MONDAY + WEEK), NOW),
        "second": (GROUP, NOW),
        "eleventh": (replace(GROUP, season_week=MONDAY - 10 * WEEK), NOW),
    },
    pages.ending: {"plain": (GROUP,), "hostile": (_HOSTILE,)},
    week_pages.weeks_off: {
        "none": (GROUP, MONDAY, ()),
        "some": (
            GROUP,
            MONDAY,
            (MONDAY, MONDAY + 5 * WEEK),
            words.is_off(week_pages.week_name(MONDAY), everywhere=False),
        ),
        "every": (GROUP, MONDAY, tuple(MONDAY + number * WEEK for number in range(12))),
        "all_groups": (
            None,
            MONDAY,
            (),
            words.is_on(week_pages.week_name(MONDAY + WEEK), everywhere=True),
        ),
    },
    week_pages.digest: {"plain": (GROUP,), "posted": (GROUP, words.POSTED)},
    week_pages.preview: {
        "plain": (GROUP, _DIGEST),
        "quiet": (GROUP, _QUIET),
        "hostile": (GROUP, _STRANGE_DIGEST),
    },
    week_pages.shown_cards: {
        "none": (GROUP, [], 0),
        "plain": (
            GROUP,
            [
                _shown(31, learned="Recruiters answer short notes."),
                _shown(32, "Quiet Otter", goals=(Goal("Portfolio"), Goal("Two letters"))),
                _hidden(_shown(33, learned="A name that nobody should read.")),
                _shown(34),
            ],
            0,
            words.HIDDEN,
        ),
        "hostile": (GROUP, [_shown(31, HOSTILE, learned=LINES)], 1),
        "longest": (
            _LONGEST,
            [_shown(LARGEST - number, "*" * 60, learned=_LONG) for number in range(7)],
            9,
        ),
    },
    stats_pages.stats: {
        "none": (GROUP, GroupStats(())),
        "few": (GROUP, _FEW),
        "full": (GROUP, _FULL, True),
        "hostile": (_HOSTILE, _FULL, True),
    },
}
