"""Many invented openings, as long as real ones, the same for the same seed: for a database, or as neutral entries."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from bot.jobs import store
from bot.jobs.facts import Facts, encode, read
from bot.jobs.facts import Posting as Read
from bot.jobs.openings import Opening
from bot.storage import Store
from sandbox.boards.inventor import Inventor
from sandbox.boards.markup import html
from sandbox.boards.posting import Posting

BOARDS = 19
FRESH = timedelta(days=29)  # all of them count for the last 30 days

_KINDS = 500  # different postings; the rest repeat their facts under other names
_WORDS = 380  # that fill a text: real descriptions have 2,000 to 5,000 characters
_VOCABULARY = 8_000
_SYLLABLES = tuple("ba ke li mo nu pra ste vi zo dran fel gri hul jor tam".split())  # noqa: SIM905
_COMMON = (  # English, so that a text's language is found as in real ones
    "the of and to in a is that for it as was with be by on not this are or from at which but have an had you were "
    "their one all we can has there been if more when will would who so no out up into them then what some about"
)
_COMPANIES = 3_000
_CHUNK = 500


@dataclass
class Plenty:
    """Postings of the sandbox's inventor, filled up with words that say nothing; a word's share is Zipf's."""

    seed: int
    dice: random.Random = field(init=False)
    inventor: Inventor = field(init=False)
    words: list[str] = field(init=False)
    shares: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.dice = random.Random(self.seed)
        self.inventor = Inventor(self.seed)
        common = _COMMON.split()
        self.words = [*common, *(_word(rank) for rank in range(_VOCABULARY - len(common)))]
        self.shares = list(accumulate(1 / rank for rank in range(1, _VOCABULARY + 1)))

    def posting(self, at: datetime) -> Posting:
        """The next one, with as much text as employers write."""
        made = self.inventor.posting(at)
        return replace(made, paragraphs=(*made.paragraphs, *self._filler()))

    def entry(self, at: datetime) -> dict[str, Any]:
        """The next one as `outpost facts` reads it."""
        made = self.posting(at)
        return {
            "board": "generic",
            "file": "invented",
            "id": made.id,
            "url": f"https://plain.example/jobs/{made.slug}",
            "title": made.role,
            "company": made.company,
            "published": made.posted_at.isoformat(),
            "location": made.place.words,
            "fields": {"tags": list(made.tags), "type": made.employment},
            "description_html": html(made),
        }

    def openings(self, count: int, now: datetime) -> Iterator[Opening]:
        """So many, evenly over the last weeks, the newest first; each has an id, a company and keys of its own."""
        kinds = [self._kind(now) for _ in range(min(count, _KINDS))]
        for number in range(count):
            posting, text, facts = kinds[number % len(kinds)]
            at = now - FRESH * (number + 1) / (count + 1)
            opening, variant = (hashlib.sha256(f"{kind} {number}".encode()).hexdigest()[:32] for kind in "ov")
            yield Opening(
                id=number + 1,
                feed_id=f"board-{number % BOARDS}",
                board=f"Board {number % BOARDS}",
                attribution=f"via Board {number % BOARDS}",
                company=f"{posting.company} {number % _COMPANIES}",
                title=posting.role,
                url=f"https://plain.example/jobs/{number}",
                place_claim=posting.place.words,
                pay_claim=str(posting.pay or ""),
                tags=posting.tags,
                text=text,
                published_at=at,
                first_seen_at=at,
                facts_json=encode(replace(facts, opening_key=opening, variant_key=variant)),
            )

    def _kind(self, now: datetime) -> tuple[Posting, str, Facts]:
        made = self.posting(now)
        text = "\n".join(made.paragraphs)
        pay, place = str(made.pay or ""), made.place.words
        facts = read(Read(made.role, made.company, "generic", place, pay, made.tags, text))
        return made, text, facts

    def _filler(self) -> list[str]:
        chosen = self.dice.choices(self.words, cum_weights=self.shares, k=_WORDS)
        return [f"{' '.join(chosen[at : at + 20]).capitalize()}." for at in range(0, _WORDS, 20)]


async def fill(kept: Store, openings: Iterator[Opening], now: datetime) -> int:
    """Put them into a database as readings would have; gives how many."""
    some: list[Opening] = []
    count = 0
    for one in openings:
        some.append(one)
        count += 1
        if len(some) == _CHUNK:
            await _remember(kept, some, now)
    await _remember(kept, some, now)
    return count


async def _remember(kept: Store, some: list[Opening], now: datetime) -> None:
    async with kept.begin() as tx:
        await store.openings.remember(tx, some, [], now)
    some.clear()


def _word(rank: int) -> str:
    """Three syllables or more: none of a tongue, none that a rule for facts knows."""
    parts, rest = [], rank + len(_SYLLABLES) ** 2
    while rest:
        rest, one = divmod(rest, len(_SYLLABLES))
        parts.append(_SYLLABLES[one])
    return "".join(parts)
