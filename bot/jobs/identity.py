"""Is this the same opening?

An entry is known by a set of aliases, judged one by one for each entry; never by one kind chosen for a whole
feed, never by a date (research/rss.md 5.2: both choices are why others repost or lose).

guid   strong  the board's own id, within its id space (feeds of one name share one)
link   strong  the canonical link, everywhere
whole  strong  all of an entry together; always its own, so that every entry has an identity
words  weak    company + title + place, everywhere; within the board only when no place is stated

A strong alias that stands on two different entries of one reading says nothing in that reading.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.jobs.openings import FeedState
from bot.ports import Entry, FeedSpec
from bot.text import canonical_link, folded

WEAK_WINDOW = timedelta(days=30)  # research/rss.md 5.2.2: a repost after that is an opening of its own
STORM_AT_LEAST = 8  # entries; below that a half-new feed is an ordinary day (research/rss.md 5.2.5)
STORM_PCT = 50


@dataclass(frozen=True, slots=True)
class Alias:
    kind: str  # guid | link | whole | words
    hash: str


@dataclass(frozen=True, slots=True)
class KnownAlias:
    """What the store knows of an alias: whose it is, when that was last seen, and what pay it claims."""

    opening_id: int
    kind: str
    seen_at: datetime
    pay_claim: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """An entry with the opening it is, and every alias it carries."""

    entry: Entry
    opening_id: int
    aliases: tuple[Alias, ...]
    new: bool


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def aliases_of(entry: Entry, feed: FeedSpec) -> tuple[Alias, ...]:
    """Every alias of one entry, strongest first."""
    board = feed.name.casefold()
    found = []
    if entry.guid:
        found.append(Alias("guid", _hash("guid", board, entry.guid)))
    link = canonical_link(entry.url)
    found.append(Alias("link", _hash("link", link)))
    # Parentheses stay: levels and cities tell openings apart (design/jobs.md, "The same opening").
    company, title, place = folded(entry.company), folded(entry.title), folded(entry.place_claim)
    found.append(Alias("whole", _hash("whole", board, entry.guid or "", link, company, title, place)))
    if company and title:
        found.append(Alias("words", _hash("words", "" if place else board, company, title, place)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Folded:
    """One reading's entries with their aliases, and how often each alias stands in it."""

    entries: tuple[tuple[Entry, tuple[Alias, ...]], ...]
    counts: Counter[str]

    def batches(self, size: int) -> Iterable[tuple[tuple[Entry, tuple[Alias, ...]], ...]]:
        return (self.entries[start : start + size] for start in range(0, len(self.entries), size))


def fold(entries: Iterable[Entry], feed: FeedSpec) -> Folded:
    """An item that stands in the body twice, the same in every alias, counts once."""
    folded: dict[tuple[Alias, ...], Entry] = {}
    for entry in entries:
        folded.setdefault(aliases_of(entry, feed), entry)
    counts = Counter(alias.hash for aliases in folded for alias in aliases)
    return Folded(tuple((entry, aliases) for aliases, entry in folded.items()), counts)


def opening_id_of(aliases: Sequence[Alias]) -> int:
    """A 63-bit id from the entry's whole identity: reading the same new entry twice gives the same opening."""
    whole = next(alias.hash for alias in aliases if alias.kind == "whole")
    return int(whole[:16], 16) >> 1


def identify(
    batch: Sequence[tuple[Entry, tuple[Alias, ...]]],
    counts: Mapping[str, int],
    known: Mapping[str, KnownAlias],
    now: datetime,
) -> list[Sighting]:
    """Each entry with the opening it is.

    counts: of the whole reading, not of the batch. known: what the store answered for the batch's aliases, by hash.
    """
    sightings = []
    for entry, aliases in batch:
        telling = tuple(alias for alias in aliases if counts[alias.hash] == 1)
        found = _same(entry, telling, known, now)
        opening_id = opening_id_of(aliases) if found is None else found
        sightings.append(Sighting(entry, opening_id, telling, new=found is None))
    return sightings


def _same(
    entry: Entry, aliases: Iterable[Alias], known: Mapping[str, KnownAlias], now: datetime
) -> int | None:
    for alias in aliases:
        if (one := known.get(alias.hash)) is None:
            continue
        if alias.kind != "words":
            return one.opening_id
        pay_contradicts = entry.pay_claim and one.pay_claim and entry.pay_claim != one.pay_claim
        if now - one.seen_at <= WEAK_WINDOW and not pay_contradicts:
            return one.opening_id
    return None


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
