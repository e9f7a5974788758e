"""What this subject says in a channel: finished values, kept as JSON in the outbox, drawn by `cogs.jobs.cards`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.jobs.facts.values import NO_FACTS, Facts
from bot.jobs.openings import ClosedWhy


@dataclass(frozen=True, slots=True)
class Also:
    """A further board that shows the same opening."""

    board: str
    url: str


@dataclass(frozen=True, slots=True)
class OpeningCard:
    """One opening in one channel. `filter` is the one it passed, as its moderator wrote it.

    places: countries or cities of openings that differ in nothing else and were folded into this message.
    withheld: facts that this server's moderators took back (place, pay, level, employment, skills, warning).
    target … fallback_tag: how it goes out, as its subscription says; role_id is set where the role is mentioned.
    """

    opening_id: int
    title: str
    company: str
    url: str
    attribution: str
    place_claim: str
    pay_claim: str
    published_at: datetime | None
    first_seen_at: datetime
    subscription_id: int
    filter: str
    board: str = ""
    facts: Facts = NO_FACTS
    also: tuple[Also, ...] = ()
    places: tuple[str, ...] = ()
    reposts: int = 0
    closed_at: datetime | None = None
    closed_why: ClosedWhy | None = None
    withheld: frozenset[str] = frozenset()
    taken_down: bool = False  # a moderator found it to be a scam
    target: str = "text"
    silent: bool = True
    publish: bool = False
    role_id: int | None = None
    fallback_tag: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An opening as one line of a digest or an alert."""

    opening_id: int
    title: str
    company: str
    url: str
    board: str
    attribution: str
    place_claim: str
    pay_claim: str
    facts: Facts
    dated: datetime
    also: tuple[Also, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """What a channel's subscription kept for its digest: the best first. more: those that found no room.

    rest: the best of these by their ids, for the button that shows all.
    """

    subscription_id: int
    filter: str
    lines: tuple[Line, ...]
    more: int
    since: datetime
    until: datetime
    capped: bool  # over the cap of cards; else its rhythm
    rest: tuple[int, ...] = ()
    target: str = "text"
    silent: bool = True
    publish: bool = False
    fallback_tag: str = ""


@dataclass(frozen=True, slots=True)
class Spared:
    """A dead end kept from a member: the board says anywhere, the posting says otherwise."""

    title: str
    company: str
    url: str
    board: str
    quote: str


@dataclass(frozen=True, slots=True)
class Alert:
    """A member's own alert. discreet: it says how many there are and nothing else (design/jobs.md).

    test: the first message, which only proves that messages arrive. spared: at most three of `spared_of`.
    today: one line of what needs them today, of their own list. rest: as in a digest.
    """

    subscription_id: int
    words: str
    lines: tuple[Line, ...]
    more: int
    discreet: bool
    rest: tuple[int, ...] = ()
    test: bool = False
    rhythm: str = "now"
    spared: tuple[Spared, ...] = ()
    spared_of: int = 0
    country: str = ""  # ISO 3166-1 alpha-2 of the spared ones
    today: str = ""


@dataclass(frozen=True, slots=True)
class FeedTrouble:
    """A feed that this server hears has failed several times in a row."""

    feed_id: str
    board: str
    words: str
    since: datetime


@dataclass(frozen=True, slots=True)
class FeedRecovered:
    feed_id: str
    board: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class StormHeld:
    """Most of a feed suddenly looks new; its openings wait for a moderator."""

    storm_id: int
    board: str
    held: int
    of: int
    titles: tuple[str, ...]  # up to three, to judge by


@dataclass(frozen=True, slots=True)
class ChannelTrouble:
    """Cards that could not be said; `code` as in `bot.deliveries.outcome`. The channel's own trouble pauses all."""

    subscription_id: int
    channel_id: int
    filter: str
    code: str
    detail: str
    waiting: int  # cards that wait until it goes on
    cards: int = 1  # that died or are uncertain together


# -- to the moderators' channel: what members tell of openings; none of these says who ------------


@dataclass(frozen=True, slots=True)
class Doubted:
    """Members say that a fact of an opening is wrong. quote, rule: how it was read; times: how many said so.

    decided: what a moderator made of it, decided_by: who; "" while it waits.
    """

    opening_id: int
    title: str
    company: str
    url: str
    fact: str
    said: str
    quote: str
    rule: str
    times: int
    decided: str = ""
    decided_by: int = 0


@dataclass(frozen=True, slots=True)
class LooksLikeScam:
    """Members say that an opening looks like a scam. reasons: (our sentence, the words that gave it)."""

    opening_id: int
    title: str
    company: str
    url: str
    reasons: tuple[tuple[str, str], ...]
    times: int
    decided: str = ""
    decided_by: int = 0


@dataclass(frozen=True, slots=True)
class Offered:
    """A member offers a find to the server. attribution: of the board, where we know the opening.

    named: their name may stand in the post; not shown before, and forgotten with this notice. trouble: why the post
    could not be said in the channel `tried`, as in `bot.deliveries.outcome`; detail: more of that.
    """

    share_id: int
    title: str
    company: str
    url: str
    words: str
    attribution: str
    named: bool = False
    decided: str = ""
    decided_by: int = 0
    trouble: str = ""
    detail: str = ""
    tried: int = 0


# -- what a member found -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SharedCard:
    """A member's find in a channel, for all to see. by_id: their own choice to be named.

    opening: what we know of it; None where no feed of ours has it, then only the member's words count.
    """

    share_id: int
    title: str
    company: str
    url: str
    words: str
    by_id: int | None = None
    opening: OpeningCard | None = None


@dataclass(frozen=True, slots=True)
class ShareTold:
    """To the member, who allows messages: a moderator decided. channel_id: where it stands, None when declined."""

    title: str
    channel_id: int | None
    discreet: bool


@dataclass(frozen=True, slots=True)
class HiredNews:
    """A member tells a channel that they were hired, as they saw it before. company: only if they chose so."""

    guild_id: int
    user_id: int
    company: str = ""
