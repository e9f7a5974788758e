"""When a feed is read next, and what moderators are told when it cannot be read. Pure.

The board's interval and the back-off after failures are two things and never multiplied: a reader that did so was
still slow after its feed had recovered (research/rss.md 5.4).
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.ports import FeedSpec, Trouble

FIRST_RETRY = timedelta(minutes=5)
LAST_RETRY = timedelta(days=1)  # and so for ever: a feed is never given up in silence
MAX_FRESH = timedelta(hours=24)
SPREAD = 0.1  # of a wait after a failure, so that feeds that failed together do not return together

# What happened, and what a moderator can do. The codes are the closed list of `Trouble.code` for feeds.
_WAIT = "Nothing to do: I keep trying."
_CHECK_ADDRESS = "Check its address in the feed book."
_WORDS: dict[str, tuple[str, str]] = {
    "bad_address": ("has an address that I may not read", _CHECK_ADDRESS),
    "bad_answer": ("sent a broken answer", _WAIT),
    "broken": ("sent a feed that is broken", _WAIT),
    "empty": ("sent an empty page", _WAIT),
    "gone": ("is no longer at this address", "Look for its new address on the board's site."),
    "no_connection": ("cannot be reached", _WAIT),
    "no_host": ("cannot be found", _CHECK_ADDRESS),
    "not_a_feed": ("sent something that is no feed", "Look for the feed's address on the board's site."),
    "parser_stopped": ("sent a page that could not be read safely", _WAIT),
    "redirects": ("leads from one address to the next", "Open it in a browser and take the last address."),
    "refused": ("does not let me in", "Ask the board whether bots may read its feed."),
    "throttled": ("asks me to come less often", "Raise `poll_minutes` in the feed book if this stays."),
    "timeout": ("took too long to answer", _WAIT),
    "tls": ("has no valid certificate", _WAIT),
    "too_big": (
        "sent a page that is too big",
        "Raise `max_bytes` in the feed book, or choose a smaller feed.",
    ),
    "unavailable": ("is out of order", _WAIT),
    "unknown_shape": ("sent something in an unknown shape", "Check `parser` in the feed book."),
}
CODES = frozenset(_WORDS)

# Trying again soon changes nothing here; somebody has to act.
_LASTING = frozenset(
    {"bad_address", "gone", "not_a_feed", "redirects", "refused", "too_big", "unknown_shape"}
)


def again_at(trouble: Trouble, failures: int, interval: timedelta, now: datetime, jitter: float) -> datetime:
    """When to try again after the `failures`-th failure in a row (from 1).

    5 minutes, doubled each time, at most a day. Never sooner than Retry-After asks; never sooner than the feed's
    own `interval` where only a person can mend it. jitter (0 to 1) adds up to a tenth and never takes away.
    """
    wait = min(FIRST_RETRY * (1 << min(max(failures - 1, 0), 16)), LAST_RETRY)
    if trouble.code in _LASTING:
        wait = max(wait, min(interval, LAST_RETRY))
    if trouble.retry_after is not None:
        wait = max(wait, trouble.retry_after)
    return now + wait * (1 + SPREAD * jitter)


def next_read(
    feed: FeedSpec,
    fresh_for: timedelta | None,
    now: datetime,
    jitter: float,
    quiet_for: timedelta | None = None,
) -> datetime:
    """When to read a feed after a good reading.

    The interval is `poll_minutes`, or longer while the board calls its answer fresh (a day at most) or has brought
    nothing new for some time (`quiet_for`). jitter (0 to 1) adds up to `jitter_pct` percent: boards say how often
    they may be asked, so it never takes away.
    """
    interval = timedelta(minutes=feed.poll_minutes)
    wait = max(interval, _stretched(interval, quiet_for), min(fresh_for or timedelta(0), MAX_FRESH))
    return now + wait * (1 + feed.jitter_pct / 100 * jitter)


def _stretched(interval: timedelta, quiet_for: timedelta | None) -> timedelta:
    """A board silent for a day is asked half as often, after three days a quarter; every 6 hours at least."""
    if quiet_for is None or quiet_for < timedelta(days=1):
        return interval
    return min(interval * (4 if quiet_for >= timedelta(days=3) else 2), timedelta(hours=6))


def words(trouble: Trouble, feed_name: str) -> str:
    """What moderators read: what is wrong with the feed, the detail, and what they can do."""
    return f"{happened(trouble, feed_name)} {_WORDS[trouble.code][1]}"


def happened(trouble: Trouble, feed_name: str) -> str:
    """What is wrong with the feed and the detail, without a remedy."""
    return f"{feed_name} {_WORDS[trouble.code][0]}. {trouble.detail}"
