"""How often a bot may IDENTIFY: at once (max_concurrency), and in a day (session_start_limit)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.model import Json

A_DAY = timedelta(hours=24)


class SessionStarts:
    """Counts IDENTIFYs. A RESUME is none.

    gap_s: the time between two IDENTIFYs of one bucket, on the monotonic clock; Discord's is 5, 0 is off.
    max_concurrency: how many buckets there are; a shard's is its number modulo this (docs: Sharding).
    total: how many there may be within 24 hours of the sandbox's clock.
    """

    def __init__(
        self, clock: Clock, *, gap_s: float = 0.0, max_concurrency: int = 1, total: int = 1000
    ) -> None:
        self.gap_s = gap_s
        self.max_concurrency = max_concurrency
        self.total = total
        self._clock = clock
        self._last: dict[int, float] = {}  # bucket → monotonic
        self._used = 0
        self._began: datetime | None = None

    def too_soon(self, shard: int, monotonic: float) -> bool:
        """Is this IDENTIFY within the gap? If not, it is the one that the next is measured by."""
        bucket = shard % self.max_concurrency
        last = self._last.get(bucket)
        if last is not None and monotonic - last < self.gap_s:
            return True
        self._last[bucket] = monotonic
        return False

    def take(self) -> bool:
        """Count one; False when it is one too many for today."""
        self._turn_the_day()
        if self._began is None:
            self._began = self._clock.now()
        self._used += 1
        return self._used <= self.total

    def as_json(self) -> Json:
        """The session start limit object of GET /gateway/bot; reset_after in milliseconds."""
        self._turn_the_day()
        left = timedelta() if self._began is None else self._began + A_DAY - self._clock.now()
        return {
            "total": self.total,
            "remaining": max(0, self.total - self._used),
            "reset_after": round(left / timedelta(milliseconds=1)),
            "max_concurrency": self.max_concurrency,
        }

    def _turn_the_day(self) -> None:
        if self._began is not None and self._clock.now() - self._began >= A_DAY:
            self._began, self._used = None, 0
