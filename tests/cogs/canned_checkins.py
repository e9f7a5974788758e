"""Canned values for what is said about check-ins: in a group's channel, in a pod, to one member, to moderators."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.checkins.cards import MOST_REPOSTS
from bot.checkins.flow.results import MOST_RESULTS
from bot.checkins.groups import LONGEST, LONGEST_QUESTION, MOST_GROUPS, SHORTEST
from bot.checkins.messages import (
    Card,
    Digest,
    Drift,
    GroupBlocked,
    HelpOffered,
    Line,
    Opener,
    PodHello,
    PodWord,
    Reminder,
    SeasonOver,
)
from bot.checkins.pauses import MOST_WEEKS
from bot.checkins.plan import CHANGE_FOR, MAX_GOAL, MAX_LEARNED, MOST_GOALS
from bot.checkins.thanks import MOST_THANKS
from bot.checkins.values import Goal
from tests.cogs.words import ARABIC, HOSTILE, LARGEST, LINES, PYTHON

GUILD, ANA, BOB, CAI = 1442000000000000001, 1442000000000000101, 1442000000000000102, 1442000000000000103
GROUP, WEEK = "Remote job seekers", date(2026, 11, 16)
DIGEST_AT = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
FINAL_AT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
_LONG = "*_*~`" * 400


def opener(**given: Any) -> Opener:
    values: dict[str, Any] = {
        "guild_id": GUILD,
        "group_id": 1,
        "cycle_id": 7,
        "group": GROUP,
        "week": WEEK,
        "digest_at": DIGEST_AT,
        "final_at": FINAL_AT,
    }
    return Opener(**{**values, **given})


def card(**given: Any) -> Card:
    values: dict[str, Any] = {
        "guild_id": GUILD,
        "group_id": 1,
        "cycle_id": 7,
        "week_id": 31,
        "author_id": ANA,
        "name": "",
        "week": WEEK,
        "reviewed": (
            Goal("Rewrite CV summary", True),
            Goal("Message 3 alumni", True),
            Goal("Portfolio page"),
        ),
        "learned": "Recruiters answer short notes.",
        "goals": (Goal("Portfolio page"), Goal("2 tailored applications"), Goal("Mock interview")),
        "if_then": "If it is 9:00 on Tue or Thu and coffee is made, then I write one letter.",
    }
    return Card(**{**values, **given})


def _bare(**given: Any) -> Card:
    return card(**{"reviewed": (), "learned": "", "goals": (), "if_then": "", **given})


_ASKED = {"question": "What made you smile?", "answer": "A reply within an hour.", "ideas": "How to price?"}
_HOSTILE = {
    "name": HOSTILE,
    "reviewed": (Goal(LINES, True), Goal(HOSTILE)),
    "learned": LINES,
    "goals": (Goal(HOSTILE), Goal(LINES)),
    "if_then": f"If {HOSTILE}, then {LINES}",
    "question": HOSTILE,
    "answer": LINES,
    "ideas": HOSTILE,
}
_LONGEST = {
    "name": _LONG,
    "week_id": LARGEST,
    "reviewed": (Goal(_LONG, True),) * 5 + (Goal(_LONG),) * 5,
    "learned": _LONG,
    "goals": (Goal(_LONG),) * 5,
    "if_then": f"If {_LONG}, then {_LONG}",
    "question": _LONG,
    "answer": _LONG,
    "ideas": _LONG,
}
CARDS = {
    "plain": card(),
    "pen_name": card(name="Grey Heron"),
    "asks": card(**_ASKED),
    "all_done": card(reviewed=(Goal("Rewrite CV summary", True), Goal("Call ~Bo~", True))),
    "all_go_on": card(reviewed=(Goal("Portfolio page"),)),
    "first": card(reviewed=()),
    "few_words": _bare(goals=(Goal("One letter"),)),
    "another_plan": _bare(if_then="Tuesdays at the library"),
    "empty": _bare(),
    "right_to_left": card(name=ARABIC, learned=ARABIC, if_then=ARABIC, goals=(Goal(ARABIC),), reviewed=()),
    "hostile": card(**_HOSTILE),
    "longest": card(**_LONGEST),
    "gone": card(**_ASKED, gone=True),
}


def win(number: int, text: str = "Two replies in a week", **given: Any) -> Line:
    return Line(**{"week_id": number, "author_id": ANA, "name": "", "text": text, **given})


_WINS = (
    win(31, "First interview in months"),
    win(32, "Portfolio is online", author_id=0, name="Grey Heron"),
    win(33, "Asked for help, and got it", author_id=0),
)
_WANTED = (
    win(34, "A second look at my portfolio", author_id=BOB),
    win(35, "How to answer the salary question?", author_id=0, name="Grey Heron"),
)


def digest(**given: Any) -> Digest:
    values: dict[str, Any] = {
        "guild_id": GUILD,
        "group_id": 1,
        "cycle_id": 7,
        "group": GROUP,
        "week": WEEK,
        "checkins": 17,
        "finished": 41,
        "goes_on": 9,
        "wins": _WINS,
        "wanted": _WANTED,
        "still_open": True,
        "final_at": FINAL_AT,
    }
    return Digest(**{**values, **given})


def _many(number: int, text: str) -> tuple[Line, ...]:
    return tuple(win(LARGEST - one, f"{text} {one}") for one in range(number))


_FEW: dict[str, Any] = {"checkins": 0, "finished": 0, "goes_on": 0}
DIGESTS = {
    "plain": digest(),
    "settled": digest(still_open=False),
    "one_asks": digest(wanted=_WANTED[:1]),
    "nobody_asks": digest(wins=(), wanted=()),
    "few": digest(**_FEW, wins=_WINS[:1], wanted=()),
    "nothing": digest(**_FEW, wins=(), wanted=()),
    "nothing_settled": digest(**_FEW, wins=(), wanted=(), still_open=False),
    "large": digest(
        checkins=512, finished=1_204, goes_on=380, wins=_many(200, "A win"), wanted=_many(120, "Ideas on")
    ),
    "right_to_left": digest(group=ARABIC, wins=(win(1, ARABIC, name=ARABIC),), wanted=()),
    "hostile": digest(
        group=HOSTILE,
        wins=(win(1, LINES, name=HOSTILE),),
        wanted=(win(2, HOSTILE, name=LINES), win(3, LINES)),
    ),
    "longest": digest(
        group=_LONG,
        wins=tuple(win(one, _LONG, name=_LONG) for one in range(40)),
        wanted=tuple(win(LARGEST - one, _LONG, name=_LONG) for one in range(40)),
        group_id=LARGEST,
        cycle_id=LARGEST,
    ),
}


def _reminder(**given: Any) -> Reminder:
    due = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)  # Monday 00:00 in Berlin
    values = {"guild_id": GUILD, "server": "Remote Work Hub", "group_id": 1, "cycle_id": 7, "group": GROUP}
    return Reminder(**{**values, "due_at": due, **given})


def _drift(**given: Any) -> Drift:
    values = {"guild_id": GUILD, "server": "Remote Work Hub", "group_id": 1, "group": GROUP, "weeks": 2}
    return Drift(**{**values, **given})


def _help(**given: Any) -> HelpOffered:
    values = {"guild_id": GUILD, "server": "Remote Work Hub", "group_id": 1, "week_id": 31}
    return HelpOffered(
        **{**values, "helper_id": BOB, "ideas": "A second look at my portfolio", **given}  # type: ignore[arg-type]
    )


def _blocked(code: str, **given: Any) -> GroupBlocked:
    return GroupBlocked(
        **{
            "guild_id": GUILD,
            "group_id": 1,
            "group": GROUP,
            "channel_id": PYTHON,
            "code": code,
            **given,
        }
    )


_IDS: dict[str, Any] = {"guild_id": LARGEST, "group_id": LARGEST}
_NAMES: dict[str, Any] = {"server": HOSTILE, "group": LINES}

# Kind of delivery → variant → value.
DELIVERIES: Mapping[str, Mapping[str, object]] = {
    "checkin_opener": {
        "plain": opener(),
        "starter": opener(starter="What would make next week easier?"),
        "longer": opener(longer=True, final_at=FINAL_AT + timedelta(hours=30)),
        "holiday": opener(holiday=True, starter="What would make next week easier?"),
        "hostile": opener(group=HOSTILE, starter=LINES),
        "longest": opener(group=_LONG, starter=_LONG, group_id=LARGEST, cycle_id=LARGEST, longer=True),
    },
    "checkin_card": CARDS,
    "checkin_digest": DIGESTS,
    "checkin_pod": {
        "plain": PodHello(GUILD, 1, 3, "Willow", GROUP, (ANA, BOB, CAI)),
        "alone": PodHello(GUILD, 1, 3, "Willow", GROUP, ()),
        "hostile": PodHello(GUILD, 1, 3, HOSTILE, LINES, (ANA,)),
        "longest": PodHello(LARGEST, LARGEST, LARGEST, _LONG, _LONG, (LARGEST,) * 5),
    },
    "checkin_pod_card": {"plain": CARDS["plain"], "asks": CARDS["asks"], "gone": CARDS["gone"]},
    "checkin_pod_word": {
        "joined": PodWord(GUILD, 3, "joined", CAI, ""),
        "hired": PodWord(GUILD, 3, "hired", ANA, ""),
        "hired_pen_name": PodWord(GUILD, 3, "hired", ANA, "Grey Heron"),
        "hostile": PodWord(GUILD, LARGEST, "hired", ANA, LINES),
    },
    "checkin_reminder": {
        "plain": _reminder(),
        "discreet": _reminder(named=False),
        "hostile": _reminder(**_NAMES),
        "hostile_discreet": _reminder(**_NAMES, named=False),
        "longest": _reminder(**_IDS, server=_LONG, group=_LONG, cycle_id=LARGEST),
    },
    "checkin_drift": {
        "plain": _drift(),
        "last": _drift(weeks=6),
        "discreet": _drift(named=False),
        "hostile": _drift(**_NAMES),
        "longest": _drift(**_IDS, server=_LONG, group=_LONG, weeks=6),
    },
    "checkin_help_offered": {
        "plain": _help(),
        "discreet": _help(named=False),
        "hostile": _help(server=HOSTILE, ideas=LINES),
        "longest": _help(**_IDS, week_id=LARGEST, helper_id=LARGEST, server=_LONG, ideas=_LONG),
    },
    "checkin_blocked": {
        **{
            code: _blocked(code)
            for code in (
                *("unknown_channel", "missing_access", "missing_permission", "thread_locked", "other"),
                *("pods_too_many_threads", "pods_missing_permission", "pods_missing_access"),
            )
        },
        "hostile": _blocked("missing_access", group=HOSTILE),
        "longest": _blocked("missing_permission", group=_LONG, group_id=LARGEST, channel_id=LARGEST),
    },
    "checkin_season": {
        "plain": SeasonOver(GUILD, 1, GROUP, 8),
        "hostile": SeasonOver(GUILD, 1, LINES, 8),
        "longest": SeasonOver(LARGEST, LARGEST, _LONG, 520),
    },
}

# Kind of delivery → the first word of its golden files' names.
CHAPTERS: Mapping[str, str] = {
    **dict.fromkeys(("checkin_opener", "checkin_card", "checkin_digest"), "card"),
    **dict.fromkeys(("checkin_pod", "checkin_pod_card", "checkin_pod_word"), "pod"),
    **dict.fromkeys(("checkin_blocked", "checkin_season"), "notice"),
}

# Reason → variant → its facts.
REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "group_name": {"plain": {"shortest": SHORTEST, "longest": LONGEST}},
    "group_question_long": {"plain": {"longest": LONGEST_QUESTION}},
    "group_name_taken": {"plain": {"name": GROUP}, "hostile": {"name": HOSTILE}},
    "too_many_groups": {"plain": {"limit": MOST_GROUPS}},
    "week_over": {"plain": {"week": WEEK}},
    "nothing_open": {"planned": {"next_opens": DIGEST_AT}, "not_planned": {"next_opens": None}},
    "checkin_not_open": {"plain": {"opens_at": DIGEST_AT}},
    "checkin_closed": {"plain": {"week": 47}},
    "checkin_week_off": {"plain": {"week": 47}},
    "edit_over": {"plain": {"days": CHANGE_FOR.days}},
    "goal_too_long": {
        "plain": {"limit": MAX_GOAL, "goal": "Write to everybody I have ever met at a conference and …"},
        "hostile": {"limit": MAX_GOAL, "goal": LINES},
    },
    "too_many_goals": {"plain": {"limit": MOST_GOALS, "count": 9}},
    "too_long": {
        part: {"part": part, "limit": MAX_LEARNED, "length": 4_000}
        for part in ("learned", "if_then", "answer", "ideas", "win", "result")
    },
    "card_again_limit": {"plain": {"limit": MOST_REPOSTS}},
    "too_many_results": {"plain": {"limit": MOST_RESULTS}},
    "pause_weeks": {"plain": {"least": 1, "most": MOST_WEEKS}},
    "ill_lately": {"plain": {"again": date(2026, 12, 14)}},
    "thanks_limit": {"plain": {"limit": MOST_THANKS}},
}
