"""How fast we may speak: our own token bucket, and the breaker that stops before Discord bans us.

Pure: every moment is an argument, in seconds of the monotonic clock. Figures: research/reliability.md, section 2.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

RATE = 45.0  # messages a second overall; Discord's limit is 50 requests
BURST = 5.0  # RATE + BURST = 50: no window of one second sees more
PER_CHANNEL = 5  # messages …
CHANNEL_WINDOW = 5.0  # … in any window of so many seconds
_INSTANT = 1e-9  # a wait that is only the rounding of floats
_KEPT_CHANNELS = 1_000  # RATE × CHANNEL_WINDOW = 225 of them can be active

INVALID_LIMIT = 1_000  # Discord bans an address at 10,000 invalid requests in ten minutes
INVALID_WINDOW = 600.0
# 401, 403, 429
INVALID = frozenset(
    {"unauthorized", "missing_access", "missing_permission", "rate_limited", "dm_closed", "server_left"}
)


@dataclass(slots=True)
class TokenBucket:
    """bot.ports.Pace: 45 a second overall, 5 in 5 seconds a channel."""

    tokens: float = BURST
    filled_at: float = 0.0
    spent: dict[int, deque[float]] = field(default_factory=dict)

    def wait_for(self, channel_id: int, at: float, requests: int = 1) -> float:
        """Seconds until one more message may go to this channel; 0 when it may go now. requests: it takes so many."""
        wait = (requests - self._tokens(at)) / RATE
        recent = self.spent.get(channel_id)
        if recent and len(recent) == PER_CHANNEL:
            wait = max(wait, recent[0] + CHANNEL_WINDOW - at)
        return wait if wait > _INSTANT else 0.0

    def take(self, channel_id: int, at: float, requests: int = 1) -> None:
        """Spend a token a request; only after wait_for said 0 for the same arguments."""
        self.tokens = self._tokens(at) - requests
        self.filled_at = at
        if len(self.spent) > _KEPT_CHANNELS:
            self.spent = {c: times for c, times in self.spent.items() if times[-1] + CHANNEL_WINDOW > at}
        self.spent.setdefault(channel_id, deque(maxlen=PER_CHANNEL)).append(at)

    def _tokens(self, at: float) -> float:
        return min(BURST, self.tokens + max(0.0, at - self.filled_at) * RATE)


@dataclass(slots=True)
class Breaker:
    """Stops everything at the first 401 for good, at 1,000 invalid requests in ten minutes until they are past."""

    invalid: deque[float] = field(default_factory=lambda: deque(maxlen=INVALID_LIMIT))
    unauthorized: bool = False

    def note(self, code: str, at: float) -> None:
        """Remember what Discord answered; codes other than those of invalid requests leave no mark."""
        if code in INVALID:
            self.invalid.append(at)
        if code == "unauthorized":
            self.unauthorized = True

    def stopped(self, at: float) -> str | None:
        """Why nothing may be sent now: "unauthorized", "too_many_invalid", or None."""
        if self.unauthorized:
            return "unauthorized"
        full = len(self.invalid) == INVALID_LIMIT
        return "too_many_invalid" if full and self.invalid[0] + INVALID_WINDOW > at else None
