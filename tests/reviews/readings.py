"""Readings and requests as values, for tests of the rules about them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.reviews.life import ACCEPT
from bot.reviews.values import Reading, Request

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # a Monday; no clock changes near it
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANA, BOB, CLEO = 101, 102, 103


def reading(**given: Any) -> Reading:
    """Bob is asked now whether he reads Ana's, unless `given` says else."""
    values: dict[str, Any] = {
        "id": 1,
        "guild_id": 1,
        "round_id": 1,
        "request_id": 1,
        "author_id": ANA,
        "reader_id": BOB,
        "state": "proposed",
        "score": 700,
        "reasons": "[]",
        "proposed_at": NOW,
        "accept_by": NOW + ACCEPT,
        "next_at": NOW + ACCEPT,
    }
    return Reading(**(values | given))


def request(**given: Any) -> Request:
    """Ana's resume waits for two readers since now, unless `given` says else."""
    values: dict[str, Any] = {
        "id": 1,
        "guild_id": 1,
        "author_id": ANA,
        "kind": "resume",
        "mode": "open",
        "when": "soon",
        "needs": 2,
        "language": "en",
        "state": "waiting",
        "made_at": NOW,
        "waiting_since": NOW,
    }
    return Request(**(values | given))
