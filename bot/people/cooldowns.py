"""How often, and how soon: limits that keep one person from wearing others out. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.refusals import Refusal

MOST_OPEN_CASES = 5  # of one reporter
BETWEEN_REPORTS = timedelta(minutes=1)

MOST_OPEN_ASKS = 3
ASKS_A_MONTH = 10
MONTH = timedelta(days=30)

KNOWN_FOR = timedelta(days=7)

_DISCORD_EPOCH_MS = 1_420_070_400_000  # discord.com/developers/docs/reference, Snowflakes


def may_report(open_cases: int, last: datetime | None, now: datetime) -> None:
    """Refuses a sixth open case, and a report within a minute of the last one. last: when that was made."""
    if last is not None and now < last + BETWEEN_REPORTS:
        raise Refusal("report_too_soon", at=last + BETWEEN_REPORTS)
    if open_cases >= MOST_OPEN_CASES:
        raise Refusal("too_many_cases", limit=MOST_OPEN_CASES)


def may_ask(open_asks: int, asks_this_month: int) -> None:
    """Refuses a fourth ask for an introduction while three are open, and an eleventh within 30 days."""
    if open_asks >= MOST_OPEN_ASKS:
        raise Refusal("too_many_asks", limit=MOST_OPEN_ASKS)
    if asks_this_month >= ASKS_A_MONTH:
        raise Refusal("too_many_asks_a_month", limit=ASKS_A_MONTH)


def account_made(user_id: int) -> datetime:
    """When this account was made: Discord's ids begin with it. Aware UTC, to the millisecond."""
    return datetime.fromtimestamp(((user_id >> 22) + _DISCORD_EPOCH_MS) / 1000, UTC)


def may_read_others(account_made: datetime, joined_at: datetime | None, now: datetime) -> bool:
    """May they read what others hand in? Not with an account or a membership under 7 days."""
    return now >= reads_others_from(account_made, joined_at, now)


def reads_others_from(account_made: datetime, joined_at: datetime | None, now: datetime) -> datetime:
    """The moment from which `may_read_others` says yes. joined_at: None counts as just now."""
    return max(account_made, now if joined_at is None else joined_at) + KNOWN_FOR
