"""What the invented boards publish while the demo runs: mostly what the town's channels follow."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta

from sandbox.boards import Boards, Inventor, Posting

BOARDS = ("wwr", "remotive", "remoteok", "jobicy", "himalayas", "workingnomads", "rwfa", "hn")
FIRST_ID = 9_000_001  # no board's own postings come near it

# A tag of the next opening; None takes whatever comes.
_WANTED = ("python", "figma", "support", "python", "writing", "python", "figma", None)
_SOON, _LATER = 25, 45  # seconds between two openings in real time
_READ_HOURLY = "wwr"  # it calls its answers fresh for an hour, so nobody would see its news soon


class News:
    """Puts openings on the boards: by the second while people watch, by the hour while the clock is walked."""

    def __init__(self, boards: Boards, seed: int) -> None:
        self._boards = boards
        self._inventor = Inventor(f"news {seed}", FIRST_ID)
        self._dice = random.Random(seed)
        self._wanted, self._turns = itertools.cycle(_WANTED), itertools.cycle(BOARDS)
        self._next: datetime | None = None
        self._hours = 0.0

    def up_to(self, now: datetime) -> None:
        """An opening each half a minute or so; the first one at once, and for those who read #remote-python."""
        if self._next is None:
            self._wanted = itertools.cycle(_WANTED)
            self._turns = itertools.cycle(board for board in BOARDS if board != _READ_HOURLY)
        if self._next is None or now >= self._next:
            self.publish(now)
            self._next = now + timedelta(seconds=self._dice.uniform(_SOON, _LATER))

    def pass_by(self, passed: timedelta, now: datetime) -> None:
        """A walked while: one opening for every two hours that have passed."""
        self._hours += passed / timedelta(hours=1)
        while self._hours >= 2:
            self._hours -= 2
            self.publish(now)

    def publish(self, now: datetime) -> Posting:
        """One opening on the next board; each has its turn, since the bot asks a silent one less often."""
        wanted = next(self._wanted)
        posting = self._inventor.posting(now)
        while wanted is not None and wanted not in posting.tags:
            posting = self._inventor.posting(now)
        self._boards.publish(next(self._turns), posting=posting)
        return posting
