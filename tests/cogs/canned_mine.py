"""Canned values for what a member does with openings: my list, hired, the market."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

from discord import ui

from bot.jobs.facts import Facts, Pay, Place, Skill, Stated, Warning, encode
from bot.jobs.facts.groups import GROUPS
from bot.jobs.facts.skills import SKILLS
from bot.jobs.facts.values import Evidence
from bot.jobs.facts.warnings import WORDS
from bot.jobs.flow.hired import Hired
from bot.jobs.flow.market import Behind, Seen
from bot.jobs.flow.saved import Mine, Opened
from bot.jobs.market import Counted, Market, of
from bot.jobs.messages import HiredNews
from bot.jobs.saved import MOST_SAVED, STAGES, LastPage, Saved, in_order, needs, today_line
from bot.people.members import Key, Member, Profile
from bot.ports import Resource
from cogs.jobs import hired_pages, market_pages, saved_pages
from tests.cogs.canned_jobs import _line
from tests.cogs.words import ARABIC, HOSTILE, LARGEST, LINES, PYTHON
from tests.jobs.values import NOW

CHAPTERS: Mapping[str, str] = {
    saved_pages.__name__: "saved",
    hired_pages.__name__: "hired",
    market_pages.__name__: "market",
}
GUILD, ANA, BOB = 1442000000000000001, 1442000000000000101, 1442000000000000102
ME = Member(Key(GUILD, ANA), met_at=NOW, seen_at=NOW)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_LONGEST_URL = "https://remotive.example/jobs/".ljust(512, "7")


def _proof(words: str, source: str = "text") -> Evidence:
    return Evidence(source, 0, len(words), "rule", words[:200])


FACTS = Facts(
    place=Place(
        "restricted", tuple(sorted(GROUPS["EU27"])), labels=("EU27",), evidence=(_proof("within the EU"),)
    ),
    pay=Pay(90_000, 110_000, "EUR", "year", "base", "90–110k EUR", (_proof("90–110k EUR"),)),
    level=(Stated("senior", _proof("Senior", "title")),),
    employment=(Stated("full_time", _proof("full-time")),),
    skills=tuple(Skill(one, _proof(one), "must") for one in ("python", "postgresql", "kafka")),
)
_MOST = replace(
    FACTS,
    place=replace(FACTS.place, evidence=(_proof("*" * 200),), board_says="*" * 200),
    pay=Pay(1.25, 99_999.5, "EUR", "hour", "ote", "*" * 200, (_proof("*" * 200),), conflict=True),
    level=(Stated("senior", _proof("*" * 200)), Stated("principal", _proof("*" * 200))),
    employment=(Stated("full_time", _proof("*" * 200)), Stated("contract", _proof("*" * 200))),
    remote_type="hybrid",
    remote_evidence=(_proof("*" * 200),),
    language="de",
    warnings=tuple(Warning(code, _proof("*" * 200)) for code in list(WORDS)[1:8]),
    skills=tuple(Skill(one, _proof(one)) for one in sorted(SKILLS, key=lambda one: -len(SKILLS[one]))[:60]),
)


def _saved(number: int = 1, stage: Any = "saved", **given: Any) -> Saved:
    values: dict[str, Any] = {
        "id": number,
        "guild_id": GUILD,
        "user_id": ANA,
        "opening_id": number,
        "title": f"Backend Engineer, Payments {number}",
        "company": "Invented Ltd",
        "url": f"https://remotive.example/jobs/{number}",
        "board": "Remotive",
        "place_claim": "Europe",
        "pay_claim": "",
        "facts_json": encode(FACTS),
        "stage": stage,
        "note": "",
        "next_step": "",
        "next_on": None,
        "saved_at": NOW - 9 * DAY,
        "changed_at": NOW - number % 100 * HOUR,
        "stage_at": NOW - 2 * DAY,
    }
    return Saved(**{**values, **given})


_BY_HAND = _saved(
    2,
    opening_id=None,
    board="",
    place_claim="",
    facts_json="",
    title="Cook at sea",
    company="",
    next_step="Call",
)
_WORKED_ON = _saved(
    1,
    "interview",
    note="Bo knows the team.\nAsk about on-call.",
    next_step="Talk to Bo",
    next_on=date(2026, 11, 24),
    gone_at=NOW - HOUR,
    other_at=NOW - DAY,
)
_HOSTILE = _saved(
    1,
    "offer",
    title=HOSTILE,
    company=LINES,
    board=HOSTILE,
    note=LINES,
    next_step=HOSTILE,
    place_claim=HOSTILE,
)
_LONGEST = _saved(
    LARGEST,
    "interview",
    title="*" * 200,
    company="*" * 100,
    board="*" * 80,
    url=_LONGEST_URL,
    place_claim="*" * 500,
    pay_claim="*" * 500,
    facts_json=encode(_MOST),
    note="*" * 800,
    next_step="*" * 200,
    next_on=date(2026, 11, 18),
    gone_at=NOW,
    other_at=NOW,
    changed_at=NOW,
)


def _mine(*every: Saved) -> Mine:
    found = needs(every, NOW, UTC)
    return Mine(ME, tuple(in_order(every)), tuple(found), today_line(found, NOW, UTC))


_EVERY_STAGE = [_saved(number, stage) for number, stage in enumerate(STAGES, start=1)]
_MANY = _mine(*(_saved(number) for number in range(1, 13)))

_PAGE = LastPage(weeks=11, saved=43, applied=19, interviews=6, offers=2, people=4)
_HIRED = Hired(_saved(1, "hired"), ME, 2, (BOB,), False, _PAGE, "Fri 27 November 2026")
_HIRED_LONGEST = Hired(
    replace(_LONGEST, stage="hired"),
    ME,
    25,
    tuple(range(LARGEST - 40, LARGEST)),
    True,
    _PAGE,
    "Fri 27 November 2026",
    pod=True,
)
_QUIET = replace(
    _HIRED, saved=replace(_HIRED.saved, told="nowhere", company=""), paused=0, met=(), reads=True
)
NEWS = HiredNews(GUILD, ANA, "Invented Ltd")
_NEWS_HOSTILE = HiredNews(GUILD, ANA, HOSTILE)


# -- the market ----------------------------------------------------------------------------------


def _job(number: int) -> Counted:
    named = enumerate(("python", "kubernetes", "postgresql", "rust"), start=1)
    skills = [name for every, name in named if number % every == 0]
    pay = Pay(80_000 + 1_000 * number, 100_000 + 1_000 * number, "EUR", "year", "base", "", (_proof("x"),))
    hourly = Pay(40 + number, None, "USD", "hour", "base", "", (_proof("x"),))
    places = [Place("worldwide"), Place("restricted", ("US",)), FACTS.place, Place()]
    facts = Facts(
        place=places[number % 4],
        pay=[pay, None, hourly][number % 3],
        level=(Stated("senior" if number % 2 else "mid", _proof("x")),),
        employment=(Stated("full_time", _proof("x")),) if number % 5 else (),
        skills=tuple(Skill(one, _proof("x")) for one in skills),
    )
    return Counted(number, f"Engineer {number}", f"Company {number}", facts)


_ANAS = Profile(skills=("Python", "Kubernetes"), country="PT", pay_currency="EUR")
_FULL = of([_job(number) for number in range(60)], _ANAS)
_FEW = of([_job(number) for number in range(12)], Profile())
_BUSY = of(
    [
        replace(_job(number), id=LARGEST - number, facts=replace(_job(number).facts, skills=_MOST.skills))
        for number in range(60)
    ],
    _ANAS,
)
_COURSE = Resource(
    "A course", "https://course.example", "learning", "all", "free", "It begins small.", "page"
)

# Page → variant → its arguments.
PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    saved_pages.home: {
        "empty": (GUILD, _mine()),
        "every_stage": (GUILD, _mine(*_EVERY_STAGE[3:], _WORKED_ON, _BY_HAND)),
        "first_of_many": (GUILD, _MANY),
        "last_of_many": (GUILD, _MANY, 9),
        "plain": (GUILD, _mine(_saved(1, "offer", note="x", next_step="Talk"))),
        "hostile": (GUILD, _mine(replace(_HOSTILE, next_step=HOSTILE))),
        "right_to_left": (GUILD, _mine(_saved(title=ARABIC, company="חברה בע״מ"))),
        "longest": (LARGEST, _mine(*(replace(_LONGEST, id=LARGEST - nth) for nth in range(12)))),
    },
    saved_pages.entry: {
        "plain": (GUILD, Opened(_saved(1, "offer", note="x", next_step="Talk"), None, NOW.date())),
        "worked_on": (GUILD, Opened(_WORKED_ON, "applied", NOW.date())),
        "by_hand": (GUILD, Opened(_BY_HAND, None, NOW.date())),
        "hired": (GUILD, Opened(_saved(1, "hired"), "offer", NOW.date())),
        "hostile": (GUILD, Opened(_HOSTILE, None, NOW.date())),
        "longest": (LARGEST, Opened(_LONGEST, "interview", NOW.date())),
    },
    saved_pages.asks_to_remove: {"plain": (GUILD, _saved()), "hostile": (GUILD, _HOSTILE)},
    saved_pages.table: {"plain": ("my-jobs.csv",)},
    hired_pages.home: {
        "plain": (GUILD, _HIRED),
        "quiet": (GUILD, _QUIET),
        "in_a_pod": (GUILD, replace(_HIRED, pod=True)),
        "hostile": (GUILD, replace(_HIRED, saved=_HOSTILE)),
        "longest": (LARGEST, _HIRED_LONGEST),
    },
    hired_pages.preview: {
        "with": (GUILD, _HIRED, NEWS, PYTHON),
        "without": (GUILD, _HIRED, replace(NEWS, company=""), PYTHON),
        "hostile": (GUILD, _HIRED, _NEWS_HOSTILE, PYTHON),
    },
    hired_pages.only_in_a_channel: {"plain": (GUILD, _HIRED)},
    hired_pages.last_page: {"picture": (_HIRED, True), "words": (_HIRED, False)},
    market_pages.market: {
        "plain": (GUILD, Seen(_FULL, "python"), "python"),
        "picture": (GUILD, Seen(_FULL, "", b"PNG"), ""),
        "few": (GUILD, Seen(_FEW, ""), ""),
        "none": (GUILD, Seen(Market(0), "python"), "python"),
        "hostile": (GUILD, Seen(_FULL, HOSTILE), HOSTILE),
        "longest": (LARGEST, Seen(_BUSY, "*" * 4_000, b"PNG"), "`" * 4_000),
    },
    market_pages.behind: {
        "plain": (Behind("Python", tuple(_line(number) for number in range(1, 4)), _COURSE),),
        "gone": (Behind("Python", (), None),),
        "hostile": (
            Behind(HOSTILE, (_line(1, title=HOSTILE, company=LINES),), replace(_COURSE, name=HOSTILE)),
        ),
    },
}

DELIVERIES: Mapping[str, Mapping[str, object]] = {
    "hired": {
        "plain": NEWS,
        "no_company": replace(NEWS, company=""),
        "hostile": _NEWS_HOSTILE,
        "longest": HiredNews(LARGEST, LARGEST, "*" * 100),
    },
}

REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "too_many_saved": {"plain": {"limit": MOST_SAVED}},
    "day_unclear": {"plain": {"text": "1/2/2026"}, "hostile": {"text": HOSTILE}},
    "day_past": {"plain": {"day": "Fri 20 November 2026"}},
}
