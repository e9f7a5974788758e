"""What the invented boards publish while the demo runs: mostly what the town's channels follow."""

from __future__ import annotations

import itertools
import random
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from sandbox.boards import Boards, Inventor, Posting, showpieces

BOARDS = ("wwr", "remotive", "remoteok", "jobicy", "himalayas", "workingnomads", "rwfa", "hn")
FIRST_ID = 9_000_001  # no board's own postings come near it


class Turn(NamedTuple):
    """What a board publishes when its turn has come.

    tag: one of the posting's; None takes whatever comes. how: filled: it is taken off again some turns later;
    elsewhere: the next board shows it as well; in many cities; many at once; too good to be true.
    """

    tag: str | None
    how: Literal["plain", "filled", "elsewhere", "cities", "many", "too good"] = "plain"


# A turn for each of BOARDS. The first round has one of everything, the two after it are ordinary days.
_FIRST_ROUND = (
    Turn("python"),
    Turn("python", "filled"),
    Turn("figma", "many"),
    Turn("python", "elsewhere"),
    Turn("python", "cities"),
    Turn("python", "too good"),
    Turn("figma"),
    Turn("support"),  # what the guide has a moderator subscribe to: on any day it comes in time
)
_WANTED = ("python", "figma", "support", "python", "writing", "python", "figma", None)
_PROGRAMME = (*_FIRST_ROUND, *2 * tuple(Turn(tag) for tag in _WANTED))
_MANY = 5
_FILLED_AFTER = 5  # turns
_SOON, _LATER = 25, 45  # seconds between two openings in real time
_READ_HOURLY = "wwr"  # it calls its answers fresh for an hour, so nobody would see its news soon


class News:
    """Puts openings on the boards: by the second while people watch, by the hour while the clock is walked."""

    def __init__(self, boards: Boards, seed: int) -> None:
        self._boards = boards
        self._inventor = Inventor(f"news {seed}", FIRST_ID)
        self._dice = random.Random(seed)
        self._turns = zip(itertools.cycle(_PROGRAMME), itertools.cycle(BOARDS), strict=False)
        self._next: datetime | None = None
        self._hours = 0.0
        self._elsewhere: list[Posting] = []  # what the next board shows as well
        self._to_fill: list[tuple[int, str, Posting]] = []  # turns that are left, board, posting

    def up_to(self, now: datetime) -> None:
        """An opening each half a minute or so; the first one at once, and for those who read #remote-python."""
        if self._next is None:
            boards = itertools.cycle(board for board in BOARDS if board != _READ_HOURLY)
            programme = itertools.islice(itertools.cycle(_PROGRAMME), BOARDS.index("remotive"), None)
            self._turns = zip(programme, boards, strict=False)
        if self._next is None or now >= self._next:
            self.publish(now)
            self._next = now + timedelta(seconds=self._dice.uniform(_SOON, _LATER))

    def pass_by(self, passed: timedelta, now: datetime) -> None:
        """A walked while: one turn for every two hours that have passed."""
        self._hours += passed / timedelta(hours=1)
        while self._hours >= 2:
            self._hours -= 2
            self.publish(now)

    def publish(self, now: datetime) -> Posting:
        """The next board's turn; each has its own, since the bot asks a silent one less often. Gives the newest."""
        turn, board = next(self._turns)
        self._take_off()
        for posting in self._elsewhere:
            self._boards.publish(board, posting=posting)
        new = self._of(turn, now)
        for posting in new:
            self._boards.publish(board, posting=posting)
        self._elsewhere = new if turn.how == "elsewhere" else []
        if turn.how == "filled":
            self._to_fill += [(_FILLED_AFTER, board, posting) for posting in new]
        return new[-1]

    def _of(self, turn: Turn, now: datetime) -> list[Posting]:
        match turn.how:
            case "many":
                return [self._invented(turn.tag, now) for _ in range(_MANY)]
            case "cities":
                return showpieces.in_cities(self._invented(turn.tag, now))
            case "too good":
                return [showpieces.too_good(self._invented(turn.tag, now))]
        return [self._invented(turn.tag, now)]

    def _invented(self, tag: str | None, now: datetime) -> Posting:
        posting = self._inventor.posting(now)
        while tag is not None and tag not in posting.tags:
            posting = self._inventor.posting(now)
        return posting

    def _take_off(self) -> None:
        """What was filled leaves the first board's list."""
        self._to_fill = [(left - 1, board, posting) for left, board, posting in self._to_fill]
        for _, board, posting in [one for one in self._to_fill if one[0] <= 0]:
            self._boards.withdraw(board, posting)
        self._to_fill = [one for one in self._to_fill if one[0] > 0]
