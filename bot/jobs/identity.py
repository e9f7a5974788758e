"""Is this the same opening?

An entry is known by a set of aliases, judged one by one for each entry; never by one kind chosen for a whole
feed, never by a date (research/rss.md 5.2: both choices are why others repost or lose).

guid     strong  the board's own id, within its id space (feeds of one name share one)
link     strong  the canonical link, everywhere
whole    strong  all of an entry together; always its own, so that every entry has an identity
opening  weak    the key that its facts give (bot.jobs.facts.keys), everywhere
words    weak    company + title + place, everywhere; within the board only when no place is stated

A strong alias that stands on two different entries of one reading says nothing in that reading. A weak one tells for
30 days, unless the pay contradicts, and passes to the newest opening that carries it.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.jobs.facts import Pay, decode
from bot.jobs.openings import FeedState, Kept
from bot.ports import Entry, FeedSpec
from bot.text import canonical_link, folded

WEAK_WINDOW = timedelta(days=30)  # research/rss.md 5.2.2: a repost after that is an opening of its own
STORM_AT_LEAST = 8  # entries; below that a half-new feed is an ordinary day (research/rss.md 5.2.5)
STORM_PCT = 50
WEAK = frozenset({"opening", "words"})


@dataclass(frozen=True, slots=True)
class Alias:
    kind: str  # guid | link | whole | opening | words
    hash: str

    @property
    def weak(self) -> bool:
        return self.kind in WEAK


@dataclass(frozen=True, slots=True)
class KnownAlias:
    """What the store knows of an alias: whose it is, and when that opening was last seen."""

    opening_id: int
    kind: str
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the store answered for a reading's aliases.

    variants: variant key → the one opening of this board that has it; asked for only when a storm threatens.
    """

    aliases: Mapping[str, KnownAlias] = field(default_factory=dict)
    openings: Mapping[int, Kept] = field(default_factory=dict)
    variants: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Marked:
    """An entry with every alias it carries, strongest first. variant_key: "" when its facts give none."""

    entry: Entry
    aliases: tuple[Alias, ...]
    variant_key: str = ""


@dataclass(frozen=True, slots=True)
class Sighting:
    """An entry with the opening it is, and the aliases that tell it.

    by: the kind of alias it was known by, "variant" in a storm, "" when it is new. former: the opening that it was
    more than WEAK_WINDOW ago, and now is anew.
    """

    entry: Entry
    opening_id: int
    aliases: tuple[Alias, ...]
    by: str = ""
    former: int | None = None

    @property
    def new(self) -> bool:
        return not self.by


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def link_mark(url: str) -> str:
    """The hash under which an opening is known by its link, whichever board's it is."""
    return _hash("link", canonical_link(url))


def aliases_of(entry: Entry, feed: FeedSpec) -> tuple[Alias, ...]:
    """Every alias of one entry, strongest first."""
    board = feed.name.casefold()
    found = []
    if entry.guid:
        found.append(Alias("guid", _hash("guid", board, entry.guid)))
    link = canonical_link(entry.url)
    found.append(Alias("link", link_mark(entry.url)))
    # Parentheses stay: levels and cities tell openings apart (design/jobs.md, "The same opening").
    company, title, place = folded(entry.company), folded(entry.title), folded(entry.place_claim)
    found.append(Alias("whole", _hash("whole", board, entry.guid or "", link, company, title, place)))
    if key := decode(entry.facts).opening_key:
        found.append(Alias("opening", _hash("opening", key)))
    if company and title:
        found.append(Alias("words", _hash("words", "" if place else board, company, title, place)))
    return tuple(found)


def marked(entry: Entry, feed: FeedSpec) -> Marked:
    return Marked(entry, aliases_of(entry, feed), decode(entry.facts).variant_key)


@dataclass(frozen=True, slots=True)
class Folded:
    """One reading's entries, each once, and how often each alias stands in it."""

    entries: tuple[Marked, ...]
    counts: Counter[str]

    def batches(self, size: int) -> Iterable[tuple[Marked, ...]]:
        """All entries, about `size` at a time. One opening's variants stay together, unless they are very many:
        they become one message."""
        groups: dict[str, list[Marked]] = {}
        for number, one in enumerate(self.entries):
            groups.setdefault(one.variant_key or f"alone {number}", []).append(one)
        batch: list[Marked] = []
        for group in groups.values():
            for one in group:
                if len(batch) >= 4 * size:
                    yield tuple(batch)
                    batch = []
                batch.append(one)
            if len(batch) >= size:
                yield tuple(batch)
                batch = []
        if batch:
            yield tuple(batch)


def fold(entries: Iterable[Marked]) -> Folded:
    """An item that stands in the body twice, the same in every alias, counts once."""
    folded: dict[tuple[Alias, ...], Marked] = {}
    for one in entries:
        folded.setdefault(one.aliases, one)
    counts = Counter(alias.hash for aliases in folded for alias in aliases)
    return Folded(tuple(folded.values()), counts)


def opening_id_of(aliases: Sequence[Alias]) -> int:
    """A 63-bit id from the entry's whole identity: reading the same new entry twice gives the same opening."""
    whole = next(alias.hash for alias in aliases if alias.kind == "whole")
    return int(whole[:16], 16) >> 1


def identify(
    batch: Sequence[Marked], counts: Mapping[str, int], known: Known, now: datetime
) -> list[Sighting]:
    """Each entry with the opening it is. counts: of the whole reading, not of the batch."""
    return [_identified(one, counts, known, now) for one in batch]


def _identified(one: Marked, counts: Mapping[str, int], known: Known, now: datetime) -> Sighting:
    telling = tuple(alias for alias in one.aliases if counts[alias.hash] == 1)
    former = None
    for alias in telling:
        if (whose := known.aliases.get(alias.hash)) is None:
            continue
        if alias.weak:
            kept = known.openings.get(whose.opening_id)
            if kept is not None and _pay_contradicts(one.entry, kept):
                continue
            if now - whose.seen_at > WEAK_WINDOW:
                former = former or whose.opening_id
                continue
        return Sighting(one.entry, whose.opening_id, telling, by=alias.kind)
    if (same := known.variants.get(one.variant_key)) is not None:
        return Sighting(one.entry, same, telling, by="variant")
    return Sighting(one.entry, opening_id_of(one.aliases), telling, former=former)


def _pay_contradicts(entry: Entry, kept: Kept) -> bool:
    """Do both state pay, in one currency and period, without overlap? Where nothing was read: in other words?"""
    if entry.facts and kept.facts_json:
        ours, theirs = decode(entry.facts).pay, decode(kept.facts_json).pay
        return ours is not None and theirs is not None and _apart(ours, theirs)
    return bool(entry.pay_claim and kept.pay_claim and entry.pay_claim != kept.pay_claim)


def _apart(one: Pay, other: Pay) -> bool:
    if (one.currency, one.period, one.kind) != (other.currency, other.period, other.kind):
        return False

    def below(left: Pay, right: Pay) -> bool:
        return left.high is not None and right.low is not None and left.high < right.low

    return below(one, other) or below(other, one)


def is_storm(sightings: Sequence[Sighting], state: FeedState, feed: FeedSpec, now: datetime) -> bool:
    """Does a feed we know suddenly look mostly new?

    Suddenly: twice as much as is usual for it (a board with hundreds an hour is mostly new each time). After a gap
    of ours, entries dated since our last good reading are what we expect, so they don't count.
    """
    if state.first_read_at is None or len(sightings) < STORM_AT_LEAST:
        return False
    fresh_since = None
    if state.last_good_at and now - state.last_good_at > timedelta(minutes=6 * feed.poll_minutes):
        fresh_since = state.last_good_at
    sudden = sum(1 for one in sightings if one.new and not _dated_since(one.entry, fresh_since))
    share = 100 * sudden / len(sightings)
    return share > STORM_PCT and share >= 2 * state.usual_new_pct


def _dated_since(entry: Entry, moment: datetime | None) -> bool:
    return moment is not None and entry.published is not None and entry.published >= moment


def new_pct(sightings: Sequence[Sighting]) -> int:
    """How much of a reading was new, 0–100."""
    return round(100 * sum(one.new for one in sightings) / len(sightings)) if sightings else 0


def storm_id_of(feed: FeedSpec, now: datetime) -> int:
    """One storm a feed and reading; a repeated keeping of that reading is the same storm."""
    return int(_hash("storm", feed.id, now.isoformat())[:16], 16) >> 1
