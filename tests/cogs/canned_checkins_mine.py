"""Canned values for a member's own pages of check-ins: my week, joining, settings, time off, history."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from discord import ui

from bot.checkins import history as history_rules
from bot.checkins.joining import Mine, Open
from bot.checkins.plan import MAX_ANSWER, MAX_GOAL, MAX_IDEAS, MAX_IF_THEN, MAX_LEARNED, MAX_RESULT, MAX_WIN
from bot.checkins.values import (
    Cycle,
    Goal,
    Group,
    Membership,
    MemberWeek,
    Result,
    Said,
    Standing,
    WeekState,
)
from bot.checkins.week import WEEK as A_WEEK
from bot.checkins.week import due_at, final_at, late_until, opens_at
from bot.people.members import Key, Member
from cogs.checkins import history_pages, join_pages, mine_pages, settings_pages, week_pages
from tests.cogs.words import ARABIC, HOSTILE, LARGEST, LINES

GUILD, ANA, BOB = 1442000000000000001, 1442000000000000101, 1442000000000000102
WEEK, ZONE = date(2026, 11, 16), "Europe/Lisbon"
NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
LONGEST = "*_" * 400
CHAPTERS: Mapping[str, str] = {
    module.__name__: "checkin"
    for module in (mine_pages, week_pages, join_pages, settings_pages, history_pages)
}

GROUP = Group(
    id=1,
    guild_id=GUILD,
    name="Remote job seekers",
    channel_id=10,
    zone=ZONE,
    open_day=4,
    open_minute=9 * 60,
    digest_minute=18 * 60,
    template="search",
    question="",
    starters=False,
    pods=True,
    state="active",
    season_week=WEEK,
    made_at=NOW - timedelta(days=60),
)
ME = Membership(1, GUILD, ANA, NOW - timedelta(days=50), circle="pod", wants_pod=True)
CYCLE = Cycle(
    id=7,
    group_id=1,
    guild_id=GUILD,
    week=WEEK,
    state="open",
    template="search",
    question="What made you smile?",
    starter="",
    opens_at=opens_at(GROUP, WEEK),
    digest_at=final_at(WEEK) - timedelta(days=2),
    final_at=final_at(WEEK),
)
SAID = Said(
    reviewed=(Goal("Rewrite CV summary", True), Goal("Message 3 alumni", True), Goal("Portfolio page")),
    learned="Recruiters answer short notes.",
    goals=(Goal("Portfolio page"), Goal("2 tailored applications", True), Goal("Mock interview")),
    if_then="If it is 9:00 on Tue or Thu and coffee is made, then I write one letter.",
    going="stuck",
)
IN = MemberWeek(
    id=31,
    cycle_id=7,
    group_id=1,
    guild_id=GUILD,
    user_id=ANA,
    week=WEEK,
    state="on_time",
    due_at=due_at(WEEK, ZONE),
    late_until=late_until(WEEK, ZONE),
    submitted_at=NOW,
    circle="pod",
    said=SAID,
)
WAITS = replace(IN, state="pending", submitted_at=None, circle=None, said=Said())
STANDING = Standing(streak=4, best=4, done=6, counted=8, freezes=2)

MINE = Mine(
    group=GROUP,
    membership=ME,
    cycle=CYCLE,
    week=IN,
    last=None,
    standing=STANDING,
    open_until=IN.late_until,
    due_at=IN.due_at,
    next_opens=opens_at(GROUP, WEEK + A_WEEK),
    plan=SAID.goals,
    if_then=SAID.if_then,
    plan_id=31,
)
RICH = replace(
    MINE,
    name="Quiet Heron",
    thanks=3,
    helpers=(BOB,),
    numbers={"applied": 3, "interview": 1},
    standing=replace(STANDING, repairable=True),
)
WAITING = replace(MINE, week=WAITS)
UNASKED = replace(WAITING, membership=replace(ME, circle=None))
NEW = replace(
    UNASKED, standing=Standing(), plan=(), if_then="", plan_id=None, cycle=None, week=None, open_until=None
)
BETWEEN = replace(MINE, cycle=None, week=None, last=IN, open_until=None, due_at=None)
OFF = replace(BETWEEN, paused_until=WEEK + 2 * A_WEEK, next_opens=None)

_LONG_GOALS = tuple(Goal((f"{nth}{LONGEST}")[:MAX_GOAL], nth % 2 == 0) for nth in range(5))
_MOST = Said(
    reviewed=_LONG_GOALS,
    learned=LONGEST[:MAX_LEARNED],
    goals=_LONG_GOALS,
    if_then=LONGEST[:MAX_IF_THEN],
    going="stuck",
    answer=LONGEST[:MAX_ANSWER],
    ideas=LONGEST[:MAX_IDEAS],
    win=LONGEST[:MAX_WIN],
)
LONG_GROUP = replace(GROUP, id=LARGEST, name=LONGEST[:60], zone="America/Argentina/ComodRivadavia")
LONG_WEEK = replace(IN, id=LARGEST, circle="group", said=_MOST)
LONG = replace(
    RICH,
    group=LONG_GROUP,
    cycle=replace(CYCLE, id=LARGEST, question=LONGEST[:150]),
    week=replace(LONG_WEEK, cycle_id=LARGEST),
    helpers=tuple(LARGEST - nth for nth in range(60)),
    name=LONGEST[:32],
    plan=_LONG_GOALS,
    if_then=_MOST.if_then,
    plan_id=LARGEST,
    thanks=9_999,
    numbers={"saved": 9_999, "applied": 9_999, "interview": 9_999, "offer": 9_999, "hired": 9_999},
)
_BAD = Said(
    reviewed=(Goal(LINES[:MAX_GOAL], True), Goal(HOSTILE[:MAX_GOAL])),
    learned=LINES,
    goals=(Goal(HOSTILE[:MAX_GOAL]), Goal(LINES[:MAX_GOAL], True)),
    if_then=HOSTILE[:MAX_IF_THEN],
    answer=LINES,
    ideas=HOSTILE[:MAX_IDEAS],
    win=HOSTILE[:MAX_WIN],
)
HOSTILE_WEEK = replace(IN, circle="group", said=_BAD)
HOSTILES = replace(
    RICH,
    group=replace(GROUP, name=HOSTILE),
    cycle=replace(CYCLE, question=HOSTILE),
    week=HOSTILE_WEEK,
    name=HOSTILE[:32],
    plan=_BAD.goals,
    if_then=_BAD.if_then,
)
TO_GROUP = replace(
    IN, circle="group", said=replace(SAID, ideas="How to price?", win="First reply", answer="")
)

PLAIN = Member(Key(GUILD, ANA), met_at=NOW, seen_at=NOW)
LISTENS = replace(PLAIN, dm_since=NOW)


# -- history ---------------------------------------------------------------------------------------


def _past(nth: int, state: WeekState, done: int = 2, **given: Any) -> MemberWeek:
    week = WEEK - nth * A_WEEK
    goals = tuple(Goal(f"Goal {number}", number < done) for number in range(3 if done else 0))
    said = Said(reviewed=goals, learned="Something", goals=goals)
    one = replace(IN, id=100 + nth, cycle_id=100 + nth, week=week, state=state, said=said)
    return replace(one, **given)


_STATES: list[WeekState] = ["pending", "on_time", "late", "excused", "missed", "frozen"]
_WEEKS = [_past(nth, state) for nth, state in enumerate(_STATES)] + [
    _past(nth, "on_time") for nth in range(6, 18)
]
_RESULTS = [
    Result(number, text, WEEK - number * A_WEEK, NOW)
    for number, text in enumerate(("CV rewritten", "Talked to 3 alumni", "Week 45: 3 applied"), start=1)
]
_MANY = [Result(LARGEST - number, LONGEST[:MAX_RESULT], WEEK, NOW) for number in range(40)]
_NAMES = {1: "Remote job seekers"}
_ONE = history_rules.history(_WEEKS, _NAMES, _RESULTS)
_NONE = history_rules.history([], {})
_TWO = history_rules.history(
    [*_WEEKS, *(replace(one, id=one.id + 500, group_id=2) for one in _WEEKS[:4])], {**_NAMES, 2: HOSTILE}
)

# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    mine_pages.choose: {
        "two": (GUILD, [MINE, replace(HOSTILES, group=replace(GROUP, id=2, name=HOSTILE))], "checkin.go"),
        "most": (
            LARGEST,
            [replace(LONG, group=replace(LONG_GROUP, id=LARGEST - nth)) for nth in range(30)],
            "checkin.history",
            "All my groups",
        ),
    },
    mine_pages.ask_circle: {
        "pods": (GUILD, UNASKED),
        "no_pods": (GUILD, replace(UNASKED, group=replace(GROUP, pods=False))),
        "hostile": (GUILD, HOSTILES),
        "longest": (LARGEST, LONG),
    },
    mine_pages.card: {
        "plain": (GUILD, MINE, IN),
        "rich": (GUILD, RICH, TO_GROUP, "Saved."),
        "only_me": (GUILD, replace(MINE, standing=Standing(1, 1, 1, 1)), replace(IN, circle="me")),
        "hidden": (GUILD, MINE, replace(TO_GROUP, hidden_at=NOW)),
        "taken_back": (GUILD, MINE, replace(IN, withdrawn_at=NOW)),
        "hostile": (GUILD, HOSTILES, HOSTILE_WEEK),
        "longest": (LARGEST, LONG, LONG_WEEK, "Saved."),
    },
    mine_pages.plan: {
        "plain": (GUILD, BETWEEN),
        "new": (GUILD, NEW),
        "open": (GUILD, WAITING),
        "off": (GUILD, OFF),
        "in": (GUILD, MINE, "Saved."),
        "hostile": (GUILD, replace(HOSTILES, cycle=None, week=None, last=HOSTILE_WEEK)),
        "longest": (LARGEST, replace(LONG, paused_until=WEEK)),
    },
    mine_pages.due: {"plain": (GUILD, MINE), "nothing": (GUILD, BETWEEN)},
    mine_pages.skipped: {"plain": (GUILD, OFF), "nothing": (GUILD, MINE)},
    mine_pages.not_in: {"plain": (GUILD,)},
    mine_pages.not_in_this: {"plain": (GUILD, 1), "no_group": (GUILD, None)},
    mine_pages.helpers: {
        "plain": (GUILD, RICH.group.id, RICH.helpers),
        "nobody": (GUILD, MINE.group.id, ()),
        "most": (LARGEST, LONG.group.id, LONG.helpers),
    },
    week_pages.tick: {
        "plain": (GUILD, MINE),
        "none": (GUILD, NEW),
        "hostile": (GUILD, HOSTILES),
        "longest": (LARGEST, LONG),
    },
    week_pages.sees: {"plain": (GUILD, MINE, IN), "longest": (LARGEST, LONG, LONG_WEEK)},
    week_pages.asks_to_delete: {"plain": (GUILD, MINE, IN), "longest": (LARGEST, LONG, LONG_WEEK)},
    week_pages.more: {
        "group": (GUILD, MINE, replace(TO_GROUP, said=replace(SAID, answer="A reply."))),
        "asked": (GUILD, MINE, TO_GROUP),
        "pod": (GUILD, MINE, IN),
        "only_me": (GUILD, BETWEEN, replace(IN, circle="me", said=replace(SAID, reviewed=()))),
        "hostile": (GUILD, HOSTILES, HOSTILE_WEEK),
        "longest": (LARGEST, LONG, LONG.week),
    },
    week_pages.pin: {"plain": (GUILD, MINE, IN), "longest": (LARGEST, LONG, LONG_WEEK)},
    join_pages.groups: {
        "none": (GUILD, []),
        "some": (GUILD, [Open(GROUP, True), Open(replace(GROUP, id=2, name=HOSTILE), False)]),
        "right_to_left": (GUILD, [Open(replace(GROUP, name=ARABIC), False)]),
        "most": (
            LARGEST,
            [Open(replace(LONG_GROUP, id=LARGEST - nth), nth % 2 == 0) for nth in range(20)],
            1,
        ),
    },
    join_pages.ask_clock: {"plain": (GUILD, NEW, NOW), "longest": (LARGEST, LONG, NOW)},
    join_pages.first_circle: {"plain": (GUILD, NEW), "longest": (LARGEST, LONG)},
    join_pages.ready: {
        "open": (GUILD, WAITING),
        "later": (GUILD, BETWEEN),
        "longest": (LARGEST, replace(LONG, week=None)),
    },
    settings_pages.settings: {
        "plain": (GUILD, MINE, PLAIN, ""),
        "set": (
            GUILD,
            replace(MINE, membership=replace(ME, remind_day=5, remind_minute=9 * 60, drift=True)),
            LISTENS,
            "Quiet Heron",
        ),
        "silent": (GUILD, replace(MINE, membership=replace(ME, remind_day=5, circle=None)), PLAIN, ""),
        "hostile": (GUILD, HOSTILES, LISTENS, HOSTILE[:32]),
        "in_a_pod": (GUILD, MINE, LISTENS, "", "Birch"),
        "longest": (LARGEST, LONG, LISTENS, LONGEST[:32], LONGEST[:60]),
    },
    settings_pages.who: {"plain": (GUILD, MINE), "unasked": (GUILD, UNASKED), "longest": (LARGEST, LONG)},
    settings_pages.reminder: {
        "plain": (GUILD, replace(MINE, membership=replace(ME, remind_day=6)), LISTENS),
        "closed": (GUILD, MINE, PLAIN),
        "longest": (LARGEST, LONG, PLAIN),
    },
    settings_pages.pen_name: {
        "plain": (GUILD, RICH, "Quiet Heron"),
        "none": (GUILD, MINE, ""),
        "hostile": (GUILD, HOSTILES, HOSTILE[:32]),
    },
    settings_pages.asks_to_leave: {"plain": (GUILD, MINE), "longest": (LARGEST, LONG)},
    settings_pages.left: {"plain": (MINE,), "hostile": (HOSTILES,)},
    settings_pages.left_erased: {"plain": (MINE,)},
    settings_pages.pause: {"plain": (GUILD, MINE), "off": (GUILD, OFF), "longest": (LARGEST, LONG)},
    history_pages.history: {
        "picture": (GUILD, 1, _ONE, True),
        "words": (GUILD, 1, _ONE, False),
        "two_groups": (GUILD, 0, _TWO, False),
        "nothing": (GUILD, 0, _NONE, False),
    },
    history_pages.results: {
        "plain": (GUILD, 0, _RESULTS),
        "none": (GUILD, 0, []),
        "hostile": (GUILD, 1, [Result(1, HOSTILE, WEEK, NOW), Result(2, ARABIC, WEEK, NOW)]),
        "most": (LARGEST, LARGEST, _MANY),
    },
    history_pages.file: {kind: (kind, f"my-weeks.{kind}") for kind in ("csv", "json", "ics", "txt")},
}
