"""The sandbox's time, and the ids that follow it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

DISCORD_EPOCH_MS = 1_420_070_400_000  # 2015-01-01T00:00:00Z, docs: Reference › Snowflakes
_INCREMENT_BITS = 12
_TIME_SHIFT = 22


class Clock:
    """The system's time plus an offset that only grows, so that a demo can skip to Friday.

    start: the first moment, aware; the system's when None. It may lie in the past, so that there can be a history.
    listeners: called after each move, and when a walk begins or ends.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta() if start is None else start - datetime.now(UTC)
        self.listeners: list[Callable[[], None]] = []

    def now(self) -> datetime:
        """The sandbox's moment: aware, UTC."""
        return datetime.now(UTC) + self._offset

    def move(self, by: timedelta) -> None:
        """Go forward. Ids, interaction tokens and the nonce window follow; time-outs do not.

        Raises ValueError for a step back: ids would no longer rise.
        """
        if by < timedelta():
            raise ValueError("The sandbox's clock only goes forward.")
        self._offset += by
        self.tell()

    def tell(self) -> None:
        """Let the listeners look at the clock again."""
        for listener in list(self.listeners):
            listener()


class Snowflakes:
    """Ids that carry their moment and rise strictly, also within one millisecond."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._millisecond = 0
        self._increment = 0

    def next(self) -> int:
        """The next id; after 4,096 in one millisecond it borrows from the one that follows."""
        millisecond = int(self._clock.now().timestamp() * 1000) - DISCORD_EPOCH_MS
        if millisecond > self._millisecond:
            self._millisecond, self._increment = millisecond, 0
        else:
            self._increment += 1
            if self._increment >> _INCREMENT_BITS:
                self._millisecond, self._increment = self._millisecond + 1, 0
        return self._millisecond << _TIME_SHIFT | self._increment


def moment_of(snowflake: int) -> datetime:
    """When an id was made, aware, UTC, to the millisecond."""
    return datetime.fromtimestamp(((snowflake >> _TIME_SHIFT) + DISCORD_EPOCH_MS) / 1000, UTC)
