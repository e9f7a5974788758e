"""Direct messages: whether a member may be written to at this moment, and how sparingly all of them together. Pure.

Discord quarantines bots that write to many people unasked (research/reliability.md, 1.12); its figures are unknown,
so ours are far below what was observed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

APART = timedelta(minutes=1)  # between two messages to the same person, whichever servers they come from
OPENINGS = 20  # members written to for the first time …
OPENINGS_IN = timedelta(hours=1)  # … in any window of so long
REST = timedelta(minutes=10)  # after Discord said that we open them too fast; it names no time
REQUESTS = 3  # are they still here, where is their channel, the message itself


@dataclass(frozen=True, slots=True)
class Listener:
    """What counts when a member is to be written to. allows: they agreed, are still here and can be reached.

    from_then: the first moment that lies outside their quiet hours.
    """

    allows: bool
    from_then: datetime


def when(listener: Listener | None, now: datetime) -> datetime | None:
    """When to say it: `now`, or later; None: never. Whom nobody knows has allowed nothing."""
    if listener is None or not listener.allows:
        return None
    return max(listener.from_then, now)


@dataclass(slots=True)
class Doorbell:
    """Whom we wrote to lately: one message a minute to a person, twenty new people an hour.

    rung: member → when, within the last minute. opened: the newest first messages. By the moments of `now`, not by
    the monotonic clock, so that a restart can be told what was before it (`remember`).
    """

    rung: dict[int, datetime] = field(default_factory=dict)
    opened: deque[datetime] = field(default_factory=lambda: deque(maxlen=OPENINGS))
    resting_until: datetime | None = None
    remembers: bool = False

    def remember(self, written: Iterable[tuple[int, datetime]]) -> None:
        """What a former process did within OPENINGS_IN; each member counts as new, which errs on the safe side."""
        for member_id, at in sorted(written, key=lambda one: one[1]):
            self.rung[member_id] = at
            self.opened.append(at)
        self.remembers = True

    def ready_at(self, member_id: int, known: bool, now: datetime) -> datetime:
        """When this member may be written to, `now` or later. known: a message has reached them before."""
        ready = max(now, self.resting_until or now)
        if last := self.rung.get(member_id):
            ready = max(ready, last + APART)
        if not known and len(self.opened) == OPENINGS:
            ready = max(ready, self.opened[0] + OPENINGS_IN)
        return ready

    def ring(self, member_id: int, known: bool, now: datetime) -> None:
        """A message is on its way to them."""
        self.rung = {one: at for one, at in self.rung.items() if at + APART > now} | {member_id: now}
        if not known:
            self.opened.append(now)

    def spare(self, member_id: int, known: bool) -> None:
        """Nothing went to them after all."""
        at = self.rung.pop(member_id, None)
        if at is not None and not known:
            self.opened.remove(at)

    def refused(self, now: datetime) -> None:
        """Discord says that we are too fast."""
        self.resting_until = now + REST
