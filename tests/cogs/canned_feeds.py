"""Canned values for `/feeds`: a tested feed, a page's feeds, the list with its health, lists in and out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from discord import ui

from bot.jobs.added import MOST, MOST_HERE, Added, Health, feed_id
from bot.jobs.facts import NO_FACTS, Evidence, Facts, Pay, Place, Stated
from bot.jobs.flow.added import Choice, Failed, Heard, Line, Sample, Trial
from bot.jobs.flow.feed_lists import Imported
from cogs.jobs import feeds_pages as pages
from tests.cogs.words import ARABIC, HOSTILE, LINES
from tests.jobs.values import NOW

CHAPTERS: Mapping[str, str] = {pages.__name__: "feeds"}

URL = "https://lamps.example/jobs.rss"
LAMPS = Added(feed_id(URL), URL, "lamps.example", "generic", NOW)
STRANGE = Added(feed_id("x"), URL + "x" * 2_000, HOSTILE, "generic", NOW)
SOON, BEFORE = NOW + timedelta(minutes=40), NOW - timedelta(minutes=20)

_SAID = Evidence("text", 0, 4, "rule", "said")
_FACTS = Facts(
    place=Place("restricted", ("DE", "ES", "FR", "IT", "PL", "PT"), evidence=(_SAID,)),
    pay=Pay(60_000, 80_000, "EUR", "year", "base", "€60k – €80k", (_SAID,)),
    level=(Stated("senior", _SAID),),
    employment=(Stated("full_time", _SAID),),
)
_WORLD = Facts(place=Place("worldwide", evidence=(_SAID,)))
_STRANGE = Facts(pay=Pay(1, 2, None, None, "base", HOSTILE, (_SAID,)))


def _sample(title: str, company: str, facts: Facts) -> Sample:
    return Sample(title, company, "https://lamps.example/1", NOW - timedelta(hours=3), facts)


_SAMPLES = (
    _sample("Tender of lamps", "Invented Ltd", _FACTS),
    _sample("Wick trimmer", "", _WORLD),
    _sample("Keeper", "Invented Ltd", NO_FACTS),
)
_WELL = Health(SOON, BEFORE, BEFORE, new=21, days=7)
_ILL = Health(SOON, BEFORE, None, "gone", "The server answered 404.", NOW - timedelta(days=2))


def _line(number: int, **given: Any) -> Line:
    values: dict[str, Any] = {"added": True, "paused": False, "health": _WELL}
    return Line(
        **{"id": feed_id(str(number)), "name": f"lamps{number}.example", "url": URL, **values, **given}
    )


_BOOK = {"added": False, "id": "remotive", "name": "Remotive"}

PAGES: Mapping[Callable[..., ui.LayoutView], Mapping[str, tuple[Any, ...]]] = {
    pages.looked: {"trial": (Trial(LAMPS, 1, 0, NOW, _SAMPLES[:1]),)},
    pages.trial: {
        "plain": (Trial(LAMPS, 40, 2, NOW - timedelta(hours=3), _SAMPLES),),
        "empty": (Trial(LAMPS, 0, 0, None, ()),),
        "hostile": (Trial(STRANGE, 4, 0, None, (_sample(HOSTILE, LINES, _STRANGE),)),),
        "longest": (Trial(STRANGE, 5_000, 5_000, NOW, (_sample("*" * 10_000, "*" * 500, _FACTS),) * 3),),
    },
    pages.choice: {
        "one": (Choice("https://lamps.example/", (LAMPS,)),),
        "many": (
            Choice(
                "https://lamps.example/",
                tuple(Added(feed_id(str(n)), URL, f"Lamps, part {n}", "generic", NOW) for n in range(25)),
            ),
        ),
        "hostile": (Choice("https://lamps.example/", (STRANGE,)),),
    },
    pages.heard: {how: (Heard("Remotive", how),) for how in ("book", "already", "joined")},
    pages.failed: {
        "plain": (Failed(URL, "lamps.example is no longer at this address. The server answered 404."),),
        "hostile": (Failed(HOSTILE, HOSTILE),),
        "longest": (Failed("*" * 500, "*" * 2_000),),
    },
    pages.added: {"plain": (LAMPS,)},
    pages.replaced: {"plain": (LAMPS,)},
    pages.cancelled: {"plain": ()},
    pages.feeds: {
        "empty": ([], 0),
        "states": (
            [
                _line(1, health=_ILL),
                _line(2),
                _line(3, paused=True),
                _line(4, health=Health(SOON)),
                _line(5, **_BOOK, health=Health(SOON, BEFORE, BEFORE, new=3, days=7)),
            ],
            0,
        ),
        "first_of_many": ([_line(n) for n in range(MOST_HERE)], 0),
        "last_of_many": ([_line(n) for n in range(MOST_HERE + 1)], 5),
        "book_in_trouble": ([_line(1, **_BOOK, health=_ILL), _line(2, **_BOOK, health=None)], 0),
        "hostile": ([_line(1, name=HOSTILE, health=Health(SOON, BEFORE, None, "gone", ARABIC, NOW))], 0),
        "longest": (
            [
                _line(n, name="*" * 500, health=Health(SOON, BEFORE, None, "gone", "*" * 999, NOW))
                for n in range(5)
            ],
            0,
        ),
    },
    pages.under_way: {
        "beginning": (Imported(100, left=("Lamp 100",)),),
        "half": (Imported(40, ("Lamp 1", "Lamp 2"), ("Remotive",), (("Lamp 4", "Gone."),)),),
    },
    pages.imported: {
        "plain": (Imported(3, ("Lamp 1", "Lamp 2"), ("Remotive",)),),
        "some_wrong": (
            Imported(4, ("Lamp 1",), (), (("Lamp 2", "lamps.example is no longer at this address."),) * 7),
        ),
        "ten_thousand": (Imported(100, ("Lamp",) * 25, left=tuple(f"Lamp {n}" for n in range(25, 10_000))),),
        "hostile": (Imported(2, (), (), ((HOSTILE, HOSTILE),), (HOSTILE, LINES)),),
        "longest": (
            Imported(100, ("x",) * 25, ("x",) * 9, (("*" * 300, "*" * 900),) * 30, ("*" * 300,) * 60),
        ),
    },
    pages.exported: {"plain": ("outpost-feeds.opml",)},
}

REFUSALS: Mapping[str, Mapping[str, dict[str, Any]]] = {
    "feed_read_just_now": {"plain": {"at": NOW}},
    "too_many_feeds_here": {"plain": {"limit": MOST_HERE}},
    "too_many_feeds": {"plain": {"limit": MOST}},
    "list_wrong": {"plain": {"why": "is no XML, or is cut off"}},
}
