"""Canned values for what is said about meetings of two: letters, threads, members' and moderators' pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from discord import ui

from bot.meets.book import open_meets
from bot.meets.flow.debriefs import Progress
from bot.meets.flow.joining import Met, Mine, Overview
from bot.meets.kinds import KINDS as OF_MEETINGS
from bot.meets.kinds import MOST_MENTEES, MOST_TOPICS, choices
from bot.meets.messages import Asked, Blocked, Drawn, Hello, Nobody, Over
from bot.meets.values import (
    Check,
    Joined,
    Kind,
    Match,
    MatchState,
    Question,
    QuestionSet,
    Role,
    Room,
    Settings,
)
from bot.people.members import Key, Member
from bot.reviews.fit import Reason
from cogs.meets import join_pages, settings_pages, status_pages
from cogs.thread_settings_pages import NEEDED
from tests.cogs.words import HOSTILE, LARGEST, LINES, PYTHON

BOOK = open_meets(Path(__file__).resolve().parents[2] / "meets.yaml")
GUILD, ANA, BOB, CAI = 1442000000000000001, 1442000000000000101, 1442000000000000102, 1442000000000000103
THREAD, SERVER, WEEK = 1442000000000000901, "Remote Work Hub", date(2026, 11, 16)
NEXT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DRAWN_AT = NEXT - timedelta(days=7)
_LONG = "*_*~`" * 400
_REASONS = (
    Reason("same_field", "data"),
    Reason("level", count=1),
    Reason("zone", count=150),
)
_ALL_REASONS = (
    Reason("related_field"),
    Reason("level", count=-2),
    Reason("level", count=0),
    Reason("zone", count=0),
    Reason("zone", count=45),
    Reason("zone", count=120),
    Reason("skills", count=1),
    Reason("language", "pt"),
    Reason("room"),
)


def _drawn(**given: Any) -> Drawn:
    values: dict[str, Any] = {
        "guild_id": GUILD,
        "server": SERVER,
        "match_id": 7,
        "kind": "coffee",
        "others": (BOB,),
        "thread_id": THREAD,
        "topic": "Pay and offers",
        "reasons": _REASONS,
    }
    return Drawn(**{**values, **given})


def _asked(**given: Any) -> Asked:
    return Asked(
        **{"guild_id": GUILD, "server": SERVER, "match_id": 7, "kind": "coffee", "others": (BOB,), **given}
    )


def _hello(**given: Any) -> Hello:
    values: dict[str, Any] = {
        "guild_id": GUILD,
        "match_id": 7,
        "kind": "coffee",
        "members": (ANA, BOB),
        "topic": "Pay and offers",
        "openers": BOOK.openers[:3],
    }
    return Hello(**{**values, **given})


# Kind of delivery → variant → value.
DELIVERIES: Mapping[str, Mapping[str, object]] = {
    "meet_drawn": {
        "plain": _drawn(),
        "three": _drawn(others=(BOB, CAI), topic="", reasons=()),
        "mentor": _drawn(kind="mentor", weeks=4, role="mentor"),
        "mentee": _drawn(kind="mentor", weeks=4, role="mentee", reasons=_ALL_REASONS),
        "interview": _drawn(kind="interview", topic="First call"),
        "discreet": _drawn(named=False),
        "hostile": _drawn(server=HOSTILE, topic=LINES),
        "longest": _drawn(
            guild_id=LARGEST, match_id=LARGEST, server=_LONG, topic=_LONG, others=(LARGEST,) * 2, weeks=4
        ),
    },
    "meet_asked": {
        "plain": _asked(),
        "partner": _asked(kind="partner", weeks=4),
        "somebody": _asked(others=()),
        "discreet": _asked(named=False),
        "hostile": _asked(server=HOSTILE),
        "longest": _asked(guild_id=LARGEST, match_id=LARGEST, server=_LONG, others=(LARGEST,) * 2),
    },
    "meet_nobody": {
        "plain": Nobody(GUILD, SERVER, "coffee", NEXT),
        "not_planned": Nobody(GUILD, SERVER, "mentor"),
        "discreet": Nobody(GUILD, SERVER, "coffee", NEXT, named=False),
        "hostile": Nobody(GUILD, HOSTILE, "coffee", NEXT),
        "longest": Nobody(LARGEST, _LONG, "partner", NEXT),
    },
    "meet_over": {
        "plain": Over(GUILD, SERVER, "coffee", NEXT),
        "not_planned": Over(GUILD, SERVER, "interview"),
        "discreet": Over(GUILD, SERVER, "coffee", NEXT, named=False),
        "hostile": Over(GUILD, HOSTILE, "coffee", NEXT),
        "longest": Over(LARGEST, _LONG, "partner", NEXT),
    },
    "meet_hello": {
        "plain": _hello(),
        "three": _hello(members=(ANA, BOB, CAI), topic=""),
        "interview": _hello(
            kind="interview", topic="First call", about=BOOK.sets[0].about, minutes=20, openers=()
        ),
        "mentor": _hello(kind="mentor", weeks=4),
        "nothing": _hello(topic="", openers=()),
        "hostile": _hello(topic=HOSTILE, openers=(LINES, HOSTILE)),
        "hostile_questions": _hello(kind="interview", topic=LINES, about=HOSTILE, minutes=20, openers=()),
        "longest": _hello(
            guild_id=LARGEST,
            match_id=LARGEST,
            members=(LARGEST,) * 3,
            weeks=4,
            topic=_LONG,
            openers=(_LONG,) * 3,
        ),
    },
    "meet_blocked": {
        code: Blocked(GUILD, PYTHON, code)
        for code in ("unknown_channel", "too_many_threads", "missing_permission", "missing_access")
    },
}

# Kind of delivery → the first word of its golden files' names.
CHAPTERS_OF_KINDS: Mapping[str, str] = {"meet_hello": "meeting", "meet_blocked": "notice"}


# -- pages ---------------------------------------------------------------------------------------


def _mine(kind: Kind = "coffee", in_next: bool = True, busy: bool = False, **given: Any) -> Mine:
    joined = Joined(**{"guild_id": GUILD, "user_id": ANA, "kind": kind, "joined_at": DRAWN_AT, **given})
    return Mine(joined, NEXT, in_next, busy, tuple(choices(kind, BOOK)))


def _member(**given: Any) -> Member:
    values: dict[str, Any] = {"zone": "Europe/Lisbon", "dm_since": DRAWN_AT}
    return Member(Key(GUILD, ANA), DRAWN_AT, DRAWN_AT, **{**values, **given})


def _met(
    kind: Kind = "coffee",
    state: MatchState = "drawn",
    said: bool | None = None,
    match_id: int = 7,
    **given: Any,
) -> Met:
    weeks = OF_MEETINGS[kind].weeks
    room = Room(Match(match_id, GUILD, kind, WEEK, (ANA, BOB), DRAWN_AT, weeks, state), "pay", THREAD)
    values: dict[str, Any] = {
        "room": room,
        "others": (BOB,),
        "topic": "Pay and offers",
        "role": "",
        "said": said,
        "answerable": state == "drawn",
    }
    return Met(**{**values, **given})


def _role(role: Role) -> Met:
    return _met("mentor", role=role, topic="")


def _waiting() -> Met:
    met = _met()
    return replace(met, room=replace(met.room, thread_id=None))


_EVERY = tuple(replace(_mine(kind), joined=replace(_mine(kind).joined, kind=kind)) for kind in OF_MEETINGS)
_MANY = tuple(_met("partner", match_id=LARGEST - number) for number in range(9))
_SOME = Overview(
    True,
    NEXT,
    (_mine(), _mine("interview", in_next=False), _mine("partner", busy=True)),
    (_met(), _met("partner", match_id=8)),
    (_met(state="met", said=True), _met("interview", "ended"), _met(state="missed", said=False)),
)
_HOSTILE_SET = QuestionSet("x", HOSTILE, LINES, 30, (Question(HOSTILE, LINES),) * 5)
_LONGEST_SET = QuestionSet("x", "W" * 60, "*" * 100, 60, (Question("*" * 180, "_" * 180),) * 8)
_CHECK = BOOK.debriefs["coffee"].checks[0]
_MATCH = _met().room.match
_WAY = Settings(GUILD, PYTHON, "Europe/Lisbon", 4, 18 * 60, NEXT)


def cities(hits: list[tuple[str, str]], now: datetime) -> ui.LayoutView:
    return settings_pages.PAGES.cities(hits, now)


def turning_off() -> ui.LayoutView:
    return settings_pages.PAGES.turning_off()


# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    join_pages.join: {"on": (GUILD, True), "off": (GUILD, False)},
    join_pages.roles: {"plain": (GUILD,)},
    join_pages.kind: {
        "coffee": (GUILD, _mine(), _member()),
        "chosen": (GUILD, _mine(topics=("pay", "resume")), _member()),
        "interview": (GUILD, _mine("interview"), _member()),
        "mentor": (GUILD, _mine("mentor", role="mentor", most=2), _member()),
        "mentee": (GUILD, _mine("mentor", role="mentee", busy=True), _member()),
        "skipped": (GUILD, _mine(in_next=False, skip_week=WEEK), _member()),
        "paused": (GUILD, _mine(in_next=False, paused_until=WEEK), _member()),
        "unknown": (GUILD, _mine(), _member(zone=None, dm_since=None)),
        "not_planned": (LARGEST, replace(_mine(), next_at=None, topics=()), _member()),
        "hostile": (GUILD, replace(_mine(topics=("x",)), topics=(("x", HOSTILE),)), _member()),
    },
    join_pages.leaving: {"plain": (GUILD, "partner")},
    join_pages.left: {"plain": (GUILD, "coffee")},
    status_pages.home: {
        "some": (GUILD, _SOME),
        "none": (GUILD, Overview(True, NEXT)),
        "longest": (LARGEST, Overview(True, None, _EVERY, _MANY, (_met(),))),
    },
    status_pages.meeting: {
        "coffee": (GUILD, _met()),
        "said": (GUILD, _met(said=True)),
        "not_this_time": (GUILD, _met(said=False)),
        "interview": (GUILD, _met("interview")),
        "mentor": (GUILD, _role("mentor")),
        "mentee": (GUILD, _role("mentee")),
        "no_thread_yet": (GUILD, _waiting()),
        "over": (GUILD, _met(state="met", said=True)),
        "ended": (GUILD, _met(state="ended")),
        "hostile": (GUILD, _met(topic=HOSTILE)),
    },
    status_pages.before: {
        "some": (GUILD, _SOME.before),
        "none": (GUILD, ()),
        "longest": (LARGEST, (_met("partner", "met", others=(LARGEST,) * 2),) * 10),
    },
    status_pages.answered: {"met": (GUILD, 7, True), "not_this_time": (GUILD, 7, False)},
    status_pages.debrief: {
        "first": (GUILD, Progress(_MATCH, 1, _CHECK, "")),
        "step": (GUILD, Progress(_MATCH, 6, None, _CHECK.step)),
        "hostile": (GUILD, Progress(_MATCH, 1, Check("x", LINES, ""), "")),
        "hostile_step": (GUILD, Progress(_MATCH, 6, None, HOSTILE)),
    },
    status_pages.questions: {
        "plain": (GUILD, 7, BOOK.sets[0], BOOK.sets),
        "hostile": (GUILD, 7, _HOSTILE_SET, (_HOSTILE_SET,)),
        "longest": (LARGEST, LARGEST, _LONGEST_SET, (_LONGEST_SET,)),
    },
    status_pages.ending: {"plain": (GUILD, _met())},
    status_pages.ended: {"plain": (GUILD,)},
    settings_pages.home: {
        "off": (Settings(GUILD), ()),
        "on": (_WAY, ()),
        "lacks": (_WAY, NEEDED),
        "gone": (_WAY, None),
        "blocked": (replace(_WAY, blocked_at=NEXT), ("manage_threads",)),
    },
    cities: {"two": ([("America/New_York", "New York, US"), ("Europe/London", "York, UK")], NEXT)},
    turning_off: {"plain": ()},
}

# Module of a page → the first word of its golden files' names.
CHAPTERS: Mapping[str, str] = dict.fromkeys(
    (join_pages.__name__, status_pages.__name__, settings_pages.__name__, __name__), "meets"
)

# Reason → variant → its facts.
REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "meet_role": {"plain": {"kind": "mentor"}},
    "meet_topics": {"plain": {"limit": MOST_TOPICS}},
    "meet_most": {"plain": {"least": 1, "most": MOST_MENTEES}},
    "not_joined": {"plain": {"kind": "coffee"}},
    "debrief_open": {"plain": {"missing": 2}},
    "meet_setting": {
        "day": {"field": "day", "least": 0, "most": 6},
        "minute": {"field": "minute", "least": 0, "most": 1439},
    },
}
