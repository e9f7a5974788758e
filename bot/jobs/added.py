"""Feeds that moderators add beside the feed book: what is kept of them, and how many there may be. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from bot.jobs import troubles
from bot.ports import Trouble
from bot.refusals import Refusal
from bot.text import cut

MOST_HERE = 25  # in one server
MOST = 500  # of one bot, for each is read for ever
SOONEST_AGAIN = timedelta(minutes=1)  # between two readings that people ask for
COUNTED_DAYS = 7  # of new openings, for the list
MOST_NAMED = 60  # characters of whatever was typed, so that there is room for what to do

PREFIX = "added-"  # no feed of the book is called so: `feed_id` alone gives it


@dataclass(frozen=True, slots=True)
class Added:
    """One feed that somebody added. name: the board's, or its host. parser: a word of `reading.book.PARSERS`."""

    id: str
    url: str
    name: str
    parser: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed has been of late. new: openings of the last `days`, those of its first reading left out."""

    next_read_at: datetime
    last_read_at: datetime | None = None
    last_good_at: datetime | None = None
    trouble: str = ""  # a code of bot.jobs.troubles
    detail: str = ""
    trouble_since: datetime | None = None
    new: int = 0
    days: int = COUNTED_DAYS


def feed_id(url: str) -> str:
    """The id of an added feed, always the same for one address."""
    return PREFIX + sha256(url.encode()).hexdigest()[:12]


def is_added(feed_id: str) -> bool:
    """Does this id belong to an added feed, or to one of the book?"""
    return feed_id.startswith(PREFIX)


def may_hear(here: int, everywhere: int) -> None:
    """May a server that hears `here` added feeds hear one more? everywhere: feeds that some server hears."""
    if here >= MOST_HERE:
        raise Refusal("too_many_feeds_here", limit=MOST_HERE)
    if everywhere >= MOST:
        raise Refusal("too_many_feeds", limit=MOST)


def may_read_again(health: Health, now: datetime) -> None:
    """Refuses what would ask a board more than once a minute."""
    if health.last_read_at is not None and now - health.last_read_at < SOONEST_AGAIN:
        raise Refusal("feed_read_just_now", at=health.last_read_at + SOONEST_AGAIN)


# What somebody who types an address can do about it.
_LATER = "Try again in some minutes."
_ELSEWHERE = "Look on that site for a link called RSS or feed, and give its address."
_NEXT = {
    "bad_address": "Give an address that everybody can open.",
    "broken": "Tell the board, or choose another of its feeds.",
    "empty": _ELSEWHERE,
    "gone": _ELSEWHERE,
    "no_host": "Check how it is written.",
    "not_a_feed": _ELSEWHERE,
    "redirects": "Open it in a browser and give the last address.",
    "refused": "Ask the board whether bots may read its feed.",
    "tls": "Tell the board: browsers warn of it too.",
    "too_big": "Choose a smaller feed, such as one category.",
    "unknown_shape": _ELSEWHERE,
}


def words_for_testing(trouble: Trouble, name: str) -> str:
    """Why an address can't be added, and what to do."""
    return f"{troubles.happened(trouble, cut(name, MOST_NAMED))} {_NEXT.get(trouble.code, _LATER)}"


def words_for_notice(trouble: Trouble, name: str) -> str:
    """What moderators read when a feed that they added can't be read; the notice has the buttons."""
    mends_itself = trouble.code not in _NEXT
    remedy = "Nothing to do: I keep trying." if mends_itself else "Replace its address, or remove it."
    return f"{troubles.happened(trouble, name)} {remedy}"
