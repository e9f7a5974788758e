"""One new opening against 100,000 saved filters: the index, beside a loop that asks each."""

from __future__ import annotations

import asyncio
import gc
import random
import statistics
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import accumulate
from typing import Any

from benchmarks.parts import Tell
from benchmarks.tables import Outcome, Row, Target, percentile
from bot.jobs.facts.skills import SKILLS
from bot.jobs.facts.values import NO_PLACE, Evidence, Facts, Pay, Place, Skill, Stated
from bot.jobs.query import Document, Filter, Truth, parse
from bot.jobs.query.index import Index
from bot.jobs.query.vocabulary import LEVELS, TYPES

FILTERS = 100_000
OPENINGS = 40
TIMES = 9  # that each opening is matched: other work on the machine moves the median little
REST_S = 0.002  # before each: a bot waits for its feeds, it doesn't spin
MOST_MS = 5.0
MOST_HITS = 500

_VOCABULARY = 20_000
_LOOKED_FOR_FROM = 500  # the rank of the first word that people look for: nobody looks for "the"
_FLAT = 30  # … and no word is looked for by one in ten
_COUNTRIES = tuple("US GB DE CA FR ES PT PL IN BR NL IE SE MX AR IT RO".split())  # noqa: SIM905
_AREAS = (*_COUNTRIES, "EU", "LATAM", "EMEA", "APAC")
_LEVEL_SHARES = (2, 8, 10, 40, 8, 8, 4, 12, 5, 3)
_TYPE_SHARES = (70, 6, 12, 5, 3, 4)
_NARROW = ("open-to", "place", "pay", "level", "type")
_PROOF = Evidence("title", 0, 0, "invented", "")


@dataclass
class Inventor:
    """Openings and filters, the same for the same seed; a word's share falls with its rank (Zipf)."""

    dice: random.Random
    words: list[str] = field(init=False)
    shares: list[float] = field(init=False)  # of the words up to each
    sought: list[str] = field(init=False)
    sought_shares: list[float] = field(init=False)
    skills: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [f"w{rank}" for rank in range(1, _VOCABULARY + 1)]
        self.shares = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))
        self.sought = self.words[_LOOKED_FOR_FROM:]
        self.sought_shares = list(accumulate(1 / (rank + _FLAT) for rank in range(len(self.sought))))
        self.skills = sorted(SKILLS)
        self.dice.shuffle(self.skills)

    def opening(self) -> dict[str, Any]:
        """The arguments of `Document.of`."""
        text = " ".join(self._words(self.dice.randint(200, 700)))
        facts = Facts(
            place=self._place(),
            pay=self._pay() if self.dice.random() < 0.4 else None,
            level=self._stated(LEVELS, _LEVEL_SHARES, 0.6),
            employment=self._stated(tuple(TYPES.values()), _TYPE_SHARES, 0.7),
            skills=tuple(Skill(one, _PROOF) for one in {*self._skills(self.dice.randint(1, 12))}),
            language="en",
        )
        return {
            "title": " ".join(self._words(4)),
            "company": f"company{self.dice.randint(1, 3000)}",
            "board": f"Board {self.dice.randint(1, 19)}",
            "tags": self._words(4),
            "text": text,
            "facts": facts,
            "age": timedelta(hours=1),
        }

    def filter(self, number: int) -> str:
        """Of ten: five of words, three of words and a field, one of fields, one with OR and NOT."""
        kind = number % 10
        if kind < 5:
            return self._looked_for()
        if kind < 8:
            return f"{self._looked_for()} {self._field()}"
        if kind == 8:
            return " ".join(self._field(kind) for kind in ("skill", *self.dice.sample(_NARROW, 2)))
        one, other, third = self._looked_for(), self._looked_for(), self._looked_for()
        return self.dice.choice(
            (
                f"({one}) OR ({other})",
                f"{one} -({other})",
                f"({one} OR {other}) NOT {self._field()}",
                f"{one} OR -{third} {other}",
            )
        )

    def _looked_for(self) -> str:
        count = self.dice.choices((1, 2, 3), (3, 60, 37))[0]
        words = self.dice.choices(self.sought, cum_weights=self.sought_shares, k=count)
        return f'"{" ".join(words)}"' if self.dice.random() < 0.15 else " ".join(words)

    def _field(self, kind: str = "") -> str:
        kind = kind or self.dice.choice((*_NARROW, "open-to", "skill", "-company", "age"))
        match kind:
            case "open-to" | "place":
                return f"{kind}:{self.dice.choice(_AREAS)}"
            case "pay":
                return f"pay>={self.dice.randint(4, 20) * 10}k {self.dice.choice(('USD', 'EUR', 'GBP'))}"
            case "level":
                return f"level:{self.dice.choices(LEVELS, _LEVEL_SHARES)[0]}"
            case "type":
                return f"type:{self.dice.choices(tuple(TYPES), _TYPE_SHARES)[0]}"
            case "skill":
                return f'skill:"{self._skills(1)[0]}"'
            case "-company":
                return f"-company:company{self.dice.randint(1, 3000)}"
            case _:
                return f"age<{self.dice.choice((1, 3, 7, 14))}d"

    def _words(self, count: int) -> list[str]:
        return self.dice.choices(self.words, cum_weights=self.shares, k=count)

    def _skills(self, count: int) -> list[str]:
        """Some are asked for more than others, none by one in ten."""
        most = len(self.skills)
        return self.dice.choices(self.skills, [1 / (rank + _FLAT) for rank in range(most)], k=count)

    def _stated(self, values: Sequence[str], shares: Sequence[int], often: float) -> tuple[Stated, ...]:
        if self.dice.random() > often:
            return ()
        return (Stated(self.dice.choices(values, shares)[0], _PROOF),)

    def _place(self) -> Place:
        """Of a hundred: 60 for some countries, 25 for everybody, 15 that don't say."""
        number = self.dice.randrange(100)
        if number < 60:
            countries = {*self.dice.choices(_COUNTRIES, k=self.dice.choice((1, 1, 1, 2, 8)))}
            return Place("restricted", countries_in=tuple(sorted(countries)), evidence=(_PROOF,))
        return Place("worldwide", evidence=(_PROOF,)) if number < 85 else NO_PLACE

    def _pay(self) -> Pay:
        low = self.dice.randint(4, 18) * 10_000
        return Pay(low, low * 1.25, self.dice.choice(("USD", "EUR", "GBP")), "year", "base", "", (_PROOF,))


async def measure(tell: Tell) -> Outcome:
    """Every opening is matched by both, and both must name the same filters."""
    inventor = Inventor(random.Random(20261121))
    openings = [inventor.opening() for _ in range(OPENINGS)]
    tell(f"understanding {FILTERS:,} filters")
    filters = [(number, parse(inventor.filter(number))) for number in range(FILTERS)]
    await asyncio.sleep(0)
    tell("building the index")
    index, build_s, megabytes = _built(filters)
    gc.collect()
    ours: list[float] = []
    single: list[float] = []
    busy: list[float] = []
    loops: list[float] = []
    hits: list[int] = []
    for number, opening in enumerate(openings):
        tell(f"opening {number + 1} of {OPENINGS}")
        times: list[float] = []
        for _ in range(TIMES):
            await asyncio.sleep(REST_S)
            began, began_work = time.perf_counter(), time.thread_time()
            found = index.matching(Document.of(**opening))
            times.append((time.perf_counter() - began) * 1000)
            busy.append((time.thread_time() - began_work) * 1000)
        ours.append(statistics.median(times))
        single += times
        began = time.perf_counter()
        document = Document.of(**opening)
        same = [key for key, query in filters if query.matches(document) is Truth.TRUE]
        loops.append((time.perf_counter() - began) * 1000)
        if found != same:
            raise RuntimeError(
                f"opening {number}: the index found {len(found)} filters, the loop {len(same)}"
            )
        hits.append(len(found))
    return Outcome(
        title=f"One new opening against {FILTERS:,} saved filters",
        setup=f"{OPENINGS} openings of 200 to 700 words, each prepared and asked {TIMES} times, after a rest. "
        "Filters: half words and phrases, 30 % words and a field, 10 % fields only, 10 % with OR and NOT; "
        "words by Zipf. "
        f"An opening passes {min(hits)} to {max(hits)} filters, the same by index and loop for every opening. "
        f"Building the index takes {build_s:.1f} s and {megabytes:.0f} MB.",
        columns=("p50, ms", "p95, ms", "p99, ms"),
        rows=[
            _row("index, the median of each opening", ours),
            _row("index, every single time", single),
            _row("index, every single time, of the processor", busy),
            _row("asking each filter in a loop", loops),
            Row("what a new opening may take", ("", "", f"{MOST_MS:.0f}"), "limit"),
        ],
        targets=[
            Target("p99 of one opening in ms", percentile(ours, 99), MOST_MS),
            Target("filters that one opening passes", max(hits), MOST_HITS),
        ],
    )


def _built(filters: Sequence[tuple[int, Filter]]) -> tuple[Index[int], float, float]:
    """The index, the seconds it took, and its megabytes; built twice, since watching memory takes time."""
    began = time.perf_counter()
    index = Index(filters)
    seconds = time.perf_counter() - began
    tracemalloc.start()
    watched = Index(filters)
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    if len(watched) != len(index):
        raise RuntimeError("building twice gives two sizes")
    return index, seconds, size / 1e6


def _row(who: str, times: Sequence[float]) -> Row:
    return Row(who, tuple(f"{percentile(times, percent):.2f}" for percent in (50, 95, 99)))
