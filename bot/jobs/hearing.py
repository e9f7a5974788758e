"""Who hears an opening, and how: as a card now, with the next digest, or not at all. Pure.

Asked in this order: does the server hear that board, does it want that company, has a moderator taken the opening
down; of a member: have they hidden it. Then a channel's rhythm, the rest of a reading that was too long, the
company's share of a day, the cap. A channel hears an opening once, by its first subscription that passes; a member
by the one that tells them soonest.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from bot.jobs.ears import Ears
from bot.jobs.openings import Opening
from bot.jobs.query import Document, Filter, FilterError, Truth, explain, parse
from bot.jobs.query.tree import And, joined
from bot.jobs.subscriptions import Preset, Subscription
from bot.ports import FeedSpec
from bot.text import company_key

CAPS: Mapping[Preset, int | None] = {"calm": 3, "normal": 10, "all": None}
"""Cards a day of one subscription; what comes after them waits for the digest."""

Delay = Literal["rhythm", "cap", "company"]
"""Why a channel is told later: its rhythm, its cap (or the reading's), the company's share of its day."""

Deaf = Literal["server_left", "feed", "company", "taken_down", "hidden", "filter_needed"]
"""Why somebody whose filter passes doesn't hear it at all."""

_SOONEST = ("now", "daily", "weekly")


@dataclass(frozen=True, slots=True)
class Told:
    """An opening that is told now. place: in the line of what was announced.

    over: beyond what one reading may announce. folded_into: the opening from which it differs in its place alone;
    who was told that one isn't told this one.
    """

    opening: Opening
    place: int
    over: bool = False
    folded_into: int | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage on the way from feed to reader. passed: None where it wasn't reached, or isn't known.

    words: a sentence, or its begin where `quote` or `at` follows. quote: what a board, a posting or somebody wrote,
    which still has to be escaped. at: a moment that belongs to it.
    """

    name: str
    passed: bool | None
    words: str
    quote: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Stages:
    """What became of an opening on the way to one subscription's reader."""

    subscription: Subscription
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """What counts beside filters. ears: which server hears which board.

    unwanted: (server, company's mark). withdrawn: (server, opening) → facts that moderators took back. hidden:
    (server, member, mark of an opening or a company).
    """

    left: frozenset[int] = frozenset()
    ears: Ears = field(default_factory=Ears)
    unwanted: frozenset[tuple[int, str]] = frozenset()
    withdrawn: Mapping[tuple[int, int], frozenset[str]] = field(default_factory=dict)
    hidden: frozenset[tuple[int, int, str]] = frozenset()

    def deaf(self, one: Subscription, opening: Opening) -> Deaf | None:
        """Why this subscription's reader must not be told of it, whatever its filter says."""
        guild, company = one.guild_id, company_key(opening.company)
        if guild in self.left:
            return "server_left"
        if not self.ears.know(guild, opening.id, opening.feed_id):
            return "feed"
        if company and (guild, company) in self.unwanted:
            return "company"
        if "scam" in self.withheld(guild, opening.id):
            return "taken_down"
        marks = (str(opening.id), company)
        if one.member_id is not None and any((guild, one.member_id, mark) in self.hidden for mark in marks):
            return "hidden"
        return None

    def withheld(self, guild_id: int, opening_id: int) -> frozenset[str]:
        """The facts of an opening that this server's moderators took back; "scam": the opening itself."""
        return self.withdrawn.get((guild_id, opening_id), frozenset())


@dataclass(slots=True)
class Today:
    """What was said since midnight on each subscription's own clock; grows as more is promised.

    cards, mentions: by subscription. companies: (server, company's mark) → its openings.
    """

    cards: Counter[int] = field(default_factory=Counter)
    mentions: Counter[int] = field(default_factory=Counter)
    companies: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, one: Subscription, opening_id: int, company: str, *, mentioned: bool) -> None:
        self.cards[one.id] += 1
        self.mentions[one.id] += mentioned
        self.companies[one.guild_id, company_key(company)].add(opening_id)


def delay(one: Subscription, told: Told, feed: FeedSpec, today: Today) -> Delay | None:
    """Why a channel's subscription tells it with its next digest; None: it is a card now."""
    if one.rhythm != "now":
        return "rhythm"
    if told.over:
        return "cap"
    company = company_key(told.opening.company)
    others = today.companies.get((one.guild_id, company), set()) - {told.opening.id} if company else set()
    if len(others) >= feed.max_per_company_per_day:
        return "company"
    cap = CAPS[one.preset]
    return "cap" if cap is not None and today.cards[one.id] >= cap else None


def mentions(one: Subscription, opening: Opening, today: Today, now: datetime) -> int | None:
    """The role that this card mentions, if it may: what it is for passes, and not too often today."""
    if one.role_id is None or today.mentions[one.id] >= one.role_cap:
        return None
    wanted = understood(one.role_filter)
    return one.role_id if wanted and wanted.matches(opening.document(now)) else None


def readers(passing: Iterable[Subscription], feed: FeedSpec) -> list[Subscription]:
    """One subscription for each channel and member among those that pass.

    A board of hundreds an hour is heard only where a filter was written.
    """
    first: dict[tuple[int, int | None, int | None], Subscription] = {}
    for one in sorted(passing, key=lambda one: (_soonness(one), one.id)):
        if not (feed.require_filter and hears_everything(one)):
            first.setdefault((one.guild_id, one.channel_id, one.member_id), one)
    return sorted(first.values(), key=lambda one: one.id)


def _soonness(one: Subscription) -> int:
    """Channels: by the order in which they were made alone."""
    return 0 if one.member_id is None else _SOONEST.index(one.rhythm)


def hears_everything(one: Subscription) -> bool:
    """Has nobody said what to hear? A channel that is followed has said it itself."""
    return one.follows == "filter" and not one.filter.strip()


def due(told: Told, feed: FeedSpec, now: datetime) -> datetime:
    """Some boards ask that an opening isn't shown before their own readers had it for a while.

    A channel's cards go out in the order of their due moments: a microsecond a place keeps the line as it was
    announced, all of it within the second that has passed.
    """
    in_line = now - timedelta(seconds=1) + timedelta(microseconds=told.place)
    return max(in_line, told.opening.dated + timedelta(hours=feed.delay_h)) if feed.delay_h else in_line


def words(one: Subscription) -> str:
    """What it hears, read aloud. Holds what somebody typed: it still has to be escaped."""
    query = understood(one.filter) if one.filter.strip() else None
    own = query.words() if query else one.filter.strip()
    followed = {"profile": "your profile", "channel": "a channel's filter"}.get(one.follows, "")
    return " and ".join(part for part in (followed, own) if part) or "everything"


def filter_stages(queries: Sequence[Filter], document: Document) -> list[Stage]:
    """What the filter said. One that passes, else the one that came nearest, term by term with its proof."""
    if not queries:
        return [
            Stage("filter", False, "It follows what says nothing yet: fill in the profile, or the channel.")
        ]
    said = max(queries, key=lambda query: query.matches(document))
    if said.matches(document):
        stages = [Stage("filter", True, "The filter lets it through.")]
    else:
        stages = [Stage("filter", False, "The filter doesn't let it through.")]
    return stages + [
        Stage("term", None if term.truth is Truth.UNKNOWN else bool(term.truth), term.text, term.quote)
        for term in explain(said, document)
    ]


def understood(text: str) -> Filter | None:
    """A filter that was kept; None for one that a newer language understands no more."""
    try:
        return parse(text)
    except FilterError:
        return None


def all_of(filters: Sequence[Filter]) -> Filter:
    """The filter that passes what passes each of these; of none: everything."""
    return Filter(joined(And, [one.root for one in filters]))


def in_order(told: Sequence[Told]) -> list[Told]:
    return sorted(told, key=lambda one: one.place)
