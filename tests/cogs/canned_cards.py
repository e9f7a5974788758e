"""Canned values for an opening's card, and for what stands behind it: More, check, search, why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from discord import ui

from bot.jobs.check import MAX_TEXT, Me, eligible, musts
from bot.jobs.facts import Evidence, Facts, Pay, Place, Skill, Stated, Warning, encode
from bot.jobs.facts.groups import GROUPS
from bot.jobs.facts.warnings import WORDS
from bot.jobs.flow.check import Known, Pasted
from bot.jobs.flow.finding import Seen
from bot.jobs.flow.more import MOST_HIDDEN
from bot.jobs.flow.search import Found
from bot.jobs.flow.why import WhyNot
from bot.jobs.hearing import Stage, Stages
from bot.jobs.messages import Also, Line, OpeningCard
from bot.jobs.openings import Opening
from bot.jobs.query import MAX_LENGTH, FilterError, parse
from bot.jobs.subscriptions import Subscription
from bot.refusals import Refusal
from cogs.jobs import check_pages, more_pages, search_pages, why_pages
from tests.cogs.words import ARABIC, DESIGN, GLYPHS, HOSTILE, LARGEST, LINES, MO, PYTHON
from tests.jobs.values import NOW

LONGEST_URL = "https://remotive.example/jobs/".ljust(512, "7")
_EVERY_WORD = ("title", "company", "place_claim", "pay_claim", "attribution")


def proof(quote: str, source: str = "text") -> Evidence:
    return Evidence(source, 0, len(quote), "rule", quote[:200])


_EUROPE = Place(
    "restricted",
    countries_in=tuple(sorted(GROUPS["EU27"] | {"GB", "CH", "NO"})),
    labels=("EU27",),
    evidence=(proof("Remote within the EU, Norway, Switzerland or the UK"),),
)
_US = Place("restricted", countries_in=("US",), evidence=(proof("You must be based in the United States"),))
_WORLD = Place("worldwide", evidence=(proof("We hire anywhere"),))
_PAY = Pay(90_000, 110_000, "EUR", "year", "base", "€90k–110k", (proof("€90k–110k a year"),))


def _skills(*ids: str, asked: Any = "must") -> tuple[Skill, ...]:
    return tuple(Skill(one, proof(f"You know {one}"), asked) for one in ids)


FACTS = Facts(
    remote_type="remote",
    place=_EUROPE,
    pay=_PAY,
    level=(Stated("senior", proof("Senior", "title")),),
    employment=(Stated("full_time", proof("full-time")),),
    skills=_skills("python", "postgresql", "kafka") + _skills("docker", asked="named"),
    language="en",
)
_WARNED = tuple(Warning(code, proof("write us on Telegram")) for code in ("chat_only", "asks_fee"))
_EVERY_WARNING = tuple(Warning(code, proof(HOSTILE)) for code in WORDS)


def _hostile(words: str) -> Facts:
    """Whatever a posting may say, in every quote."""
    said = (proof(words),)
    return Facts(
        place=Place("worldwide", countries_out=("IN",), evidence=said, board_says=words),
        pay=replace(_PAY, words=words, evidence=said),
        level=tuple(Stated(one, said[0]) for one in ("mid", "senior")),
        employment=(Stated("contract", said[0]),),
        skills=tuple(Skill(one, said[0], "must") for one in ("python", "machine learning", "kafka")),
        language="pt",
        warnings=_EVERY_WARNING,
    )


def card(**given: Any) -> OpeningCard:
    values: dict[str, Any] = {
        "opening_id": 1,
        "title": "Senior Backend Engineer, Payments",
        "company": "Invented Ltd",
        "url": "https://remotive.example/jobs/7",
        "attribution": "via Remotive",
        "place_claim": "Europe",
        "pay_claim": "90,000 to 110,000 EUR a year",
        "published_at": NOW - timedelta(hours=3),
        "first_seen_at": NOW - timedelta(hours=2),
        "subscription_id": 1,
        "filter": "python",
        "board": "Remotive",
        "facts": FACTS,
    }
    return OpeningCard(**{**values, **given})


def _facts(**given: Any) -> Facts:
    return replace(FACTS, **given)


_ALSO = (Also("Jobicy", "https://jobicy.example/7"), Also("We Work Remotely", "https://wwr.example/7"))
_LONGEST = {
    "also": (Also("W" * 80, LONGEST_URL),) * 4,
    "places": ("W" * 40,) * 40,
    "reposts": 1_000,
    "url": LONGEST_URL,
    "opening_id": LARGEST,
    "subscription_id": LARGEST,
    "role_id": None,
    "withheld": frozenset(("level", "skills")),
}

OPENINGS = {
    "plain": card(also=_ALSO[:1]),
    "bare": card(company="", place_claim="", pay_claim="", published_at=None, facts=Facts()),
    "claims_alone": card(facts=Facts()),
    "us_only": card(facts=_facts(place=_US)),
    "worldwide": card(facts=_facts(place=_WORLD, pay=None), pay_claim=""),
    "worldwide_but": card(facts=_facts(place=replace(_WORLD, countries_out=("IN", "RU")))),
    "worldwide_says_the_board": card(
        facts=_facts(place=replace(_WORLD, evidence=(proof("Anywhere in the World", "place"),)))
    ),
    "says_anywhere": card(facts=_facts(place=replace(_US, board_says="Anywhere in the World"))),
    "states": card(facts=_facts(place=replace(_US, subdivisions=("US-TX", "US-UT")))),
    "zones": card(
        facts=_facts(place=Place("restricted", tz_min=-5, tz_max=2, evidence=(proof("UTC-5 to +2"),)))
    ),
    "pay_hourly": card(facts=_facts(pay=Pay(45, 60.5, "USD", "hour", "base", "$45–60.50/h", ()))),
    "pay_up_to": card(
        facts=_facts(pay=Pay(None, 185_500, "USD", "year", "ote", "up to $185.5k OTE", (), True))
    ),
    "pay_unclear": card(facts=_facts(pay=Pay(4_000, 5_000, None, None, "base", "4000–5000", ()))),
    "elsewhere": card(places=("PL", "ES", "PT", "IT", "FR"), reposts=3, also=_ALSO),
    "warned": card(facts=_facts(warnings=_WARNED)),
    "corrected": card(withheld=frozenset(("place", "pay", "skills"))),
    "closed": card(closed_at=NOW - timedelta(hours=1), closed_why="gone"),
    "expired": card(closed_at=NOW - timedelta(days=1), closed_why="expired"),
    "taken_down": card(taken_down=True),
    "hostile": card(
        **dict.fromkeys(_EVERY_WORD, HOSTILE), facts=_hostile(HOSTILE), also=(Also(HOSTILE, "x"),)
    ),
    "hostile_lines": card(**dict.fromkeys(_EVERY_WORD, LINES), facts=_hostile(LINES), places=(LINES,)),
    "hostile_claims": card(**dict.fromkeys(_EVERY_WORD, HOSTILE), facts=Facts()),
    "right_to_left": card(title=ARABIC, company="חברה בע״מ", place_claim="القاهرة، عمّان", facts=Facts()),
    "longest": card(**dict.fromkeys(_EVERY_WORD, "W" * 10_000), facts=_hostile("W" * 200), **_LONGEST),
    "longest_escaped": card(
        **dict.fromkeys(_EVERY_WORD, "*" * 10_000), facts=_hostile("*" * 200), **_LONGEST
    ),
    "longest_glyphs": card(**dict.fromkeys(_EVERY_WORD, GLYPHS), facts=_hostile(GLYPHS[:200])),
}

DELIVERIES: Mapping[str, Mapping[str, object]] = {"opening": OPENINGS}


# -- behind it -----------------------------------------------------------------------------------

_ANA = Me(("PT",), "Europe/Lisbon", ("Python", "SQL"), "streaming with kafka")
_NOBODY = Me()


def line(number: int, **given: Any) -> Line:
    values: dict[str, Any] = {
        "opening_id": number,
        "title": f"Backend Engineer, Payments {number}",
        "company": "Invented Ltd",
        "url": f"https://remotive.example/jobs/{number}",
        "board": "Remotive",
        "attribution": "via Remotive",
        "place_claim": "Europe",
        "pay_claim": "",
        "facts": FACTS,
        "dated": NOW - timedelta(hours=number % 100),
    }
    return Line(**{**values, **given})


def _opening(facts: Facts, **given: Any) -> Opening:
    shown = card(**given)
    return Opening(
        id=shown.opening_id,
        feed_id="remotive",
        board=shown.board,
        attribution=shown.attribution,
        company=shown.company,
        title=shown.title,
        url=shown.url,
        place_claim=shown.place_claim,
        pay_claim=shown.pay_claim,
        tags=(),
        text="",
        published_at=shown.published_at,
        first_seen_at=shown.first_seen_at,
        facts_json=encode(facts),
        closed_at=shown.closed_at,
        closed_why=shown.closed_why,
    )


def seen(facts: Facts = FACTS, me: Me = _ANA, withheld: frozenset[str] = frozenset(), **given: Any) -> Seen:
    one = _opening(facts, **given)
    shown = line(
        one.id,
        title=one.title,
        company=one.company,
        url=one.url,
        attribution=one.attribution,
        place_claim=one.place_claim,
        pay_claim=one.pay_claim,
        facts=facts,
        also=_ALSO,
    )
    may = eligible(facts, one.place_claim, me, NOW)
    return Seen(one, shown, withheld, me, may, musts(facts, me))


_SAID: dict[str, Any] = dict.fromkeys(_EVERY_WORD, HOSTILE)
_SAID_AT_LENGTH: dict[str, Any] = dict.fromkeys(_EVERY_WORD, "*" * 10_000)
_HOSTILE = seen(_hostile(HOSTILE), **_SAID)
_LONG = seen(_hostile("*" * 200), **_SAID_AT_LENGTH, url=LONGEST_URL, opening_id=LARGEST)
_CLOSED = seen(closed_at=NOW - timedelta(hours=1), closed_why="gone")
_PARTS = _facts(place=replace(_US, subdivisions=("US-TX",)))
_ZONES = _facts(place=Place("restricted", tz_min=-5, tz_max=2, evidence=(proof("UTC-5 to +2"),)))


def _known(one: Seen, *posted: int, guild: int | None = 1) -> tuple[Known, int | None]:
    return Known(one, posted), guild


def _pasted(facts: Facts, me: Me = _ANA) -> Pasted:
    return Pasted(facts, me, eligible(facts, "", me, NOW), musts(facts, me))


def _found(*lines: Line, **given: Any) -> Found:
    values: dict[str, Any] = {
        "draft": 1,
        "mine": False,
        "words": "python and not senior",
        "total": len(lines),
        "of": 1_204,
        "page": 0,
        "lines": lines,
    }
    return Found(**{**values, **given})


def wrong_filter(text: str) -> Refusal:
    with pytest.raises(FilterError) as found:
        parse(text)
    return Refusal("filter_wrong", error=found.value, draft_id=1)


_FIVE = tuple(line(number) for number in range(1, 6))
_LINES_LONG = tuple(
    line(LARGEST - number, **dict.fromkeys(_EVERY_WORD, words), url=LONGEST_URL, facts=_hostile(words[:200]))
    for number, words in enumerate(("W" * 10_000, "*" * 10_000, GLYPHS, "W" * 300, "*" * 300))
)
_LINES_HOSTILE = tuple(
    line(number, **dict.fromkeys(_EVERY_WORD, words), facts=_hostile(words))
    for number, words in enumerate((HOSTILE, LINES, ARABIC), start=1)
)
_PYTHON = Subscription(1, 1, PYTHON, None, "python", "active", None, NOW)
_OWN = replace(_PYTHON, id=2, channel_id=None, member_id=MO, target="member")
_READ = Stage("read", True, "I read it first on", "Remotive", NOW - timedelta(hours=3))
_PASSED = (
    Stage("filter", True, "The filter lets it through."),
    Stage("term", True, "python", "You know python"),
    Stage("told", True, "It was posted."),
)
_FAILED = (
    Stage("filter", False, "The filter doesn't let it through."),
    Stage("term", False, "not senior", "Senior"),
    Stage("term", None, "open to Portugal"),
)
_WAITS = (Stage("waits", None, "The day's cards were used up, so it waits for the digest.", at=NOW),)

PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    more_pages.more: {
        "plain": (seen(),),
        "warned": (seen(_facts(warnings=_WARNED)),),
        "no_profile": (seen(me=_NOBODY),),
        "nothing_stated": (seen(Facts()),),
        "no_company": (seen(company=""),),
        "corrected": (seen(withheld=frozenset(("place", "pay"))),),
        "closed": (_CLOSED,),
        "taken_down": (seen(withheld=frozenset(("scam",))),),
        "hostile": (_HOSTILE,),
        "longest": (_LONG,),
    },
    more_pages.hidden: {
        "opening": (_opening(FACTS), "opening"),
        "company": (_opening(FACTS), "company"),
        "hostile": (_opening(FACTS, title=HOSTILE), "opening"),
    },
    more_pages.shown_again: {
        "opening": (_opening(FACTS), "opening"),
        "company": (_opening(FACTS, company=HOSTILE), "company"),
    },
    check_pages.known: {
        "yes": _known(seen(), PYTHON, DESIGN),
        "no": _known(seen(_facts(place=_US)), PYTHON),
        "unclear": _known(seen(Facts())),
        "parts": _known(seen(_PARTS, me=replace(_ANA, countries=("US",)))),
        "by_the_clock": _known(seen(_ZONES)),
        "no_profile": _known(seen(me=_NOBODY)),
        "direct": _known(seen(), guild=None),
        "closed": _known(_CLOSED),
        "hostile": _known(_HOSTILE),
        "longest": _known(_LONG, *([LARGEST] * 9)),
    },
    check_pages.pasted: {
        "yes": (_pasted(FACTS), 1),
        "unclear": (_pasted(Facts()), None),
        "no_profile": (_pasted(FACTS, _NOBODY), 1),
        "no_job": (_pasted(replace(FACTS, is_job=False)), 1),
        "hostile": (_pasted(_hostile(HOSTILE)), 1),
    },
    check_pages.unknown_link: {
        "plain": ("https://elsewhere.example/jobs/7",),
        "longest": (LONGEST_URL,),
    },
    check_pages.nothing_there: {"plain": ()},
    search_pages.found: {
        "plain": (_found(*_FIVE, total=23),),
        "middle": (_found(*_FIVE, total=23, page=2),),
        "one": (_found(line(1)),),
        "mine": (_found(*_FIVE, total=5, mine=True, countries=("PT", "ES")),),
        "hints": (_found(line(1), hints=parse("python and go").hints),),
        "nothing": (_found(),),
        "nothing_near": (_found(near=(("without python", 12), ("with senior too", 3))),),
        "nothing_mine": (_found(mine=True),),
        "nothing_read": (_found(of=0),),
        "hostile": (_found(*_LINES_HOSTILE, words=HOSTILE, total=3),),
        "hostile_nothing": (_found(words=HOSTILE, near=((HOSTILE, 3),)),),
        "longest": (_found(*_LINES_LONG, words="*" * MAX_LENGTH, total=20_000, page=7, draft=LARGEST),),
    },
    search_pages.mistake: {"plain": (wrong_filter("python AND"),)},
    search_pages.no_country: {"plain": (1,)},
    why_pages.why_not: {
        "plain": (WhyNot(_opening(FACTS), (_READ,), (Stages(_PYTHON, _PASSED), Stages(_OWN, _FAILED))),),
        "waits": (WhyNot(_opening(FACTS), (_READ,), (Stages(_PYTHON, _WAITS),)),),
        "one_asked": (
            WhyNot(_opening(FACTS), (_READ,), (Stages(_PYTHON, _PASSED), Stages(_OWN, _FAILED))),
            2,
        ),
        "nobody": (WhyNot(_opening(FACTS), (_READ,)),),
        "unknown": (WhyNot(None, (Stage("read", False, "None of the boards I read has shown me it."),)),),
        "hostile": (
            WhyNot(
                _opening(FACTS, title=HOSTILE),
                (replace(_READ, quote=HOSTILE),),
                (Stages(_PYTHON, (Stage("term", True, HOSTILE, HOSTILE),)),),
            ),
        ),
        "longest": (
            WhyNot(
                _opening(FACTS, title="*" * 10_000, url=LONGEST_URL),
                (_READ,) * 9,
                (
                    Stages(
                        _PYTHON, tuple(Stage("term", True, "*" * 500 + str(n), "*" * 200) for n in range(40))
                    ),
                )
                * 25,
            ),
        ),
    },
}

CHAPTERS: Mapping[str, str] = {
    more_pages.__name__: "more",
    check_pages.__name__: "check",
    search_pages.__name__: "search",
    why_pages.__name__: "why",
}

REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "too_many_hidden": {"plain": {"limit": MOST_HIDDEN}},
    "check_too_long": {"plain": {"limit": MAX_TEXT}},
}
