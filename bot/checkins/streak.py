"""What a member's weeks add up to. Pure: the only source of streaks, freezes and "x of the last eight".

on time, late                         one more in a row
excused, amnesty, frozen, repaired    neither adds nor breaks; frozen takes the freeze that paid for it
missed                                the row begins again, and the first check-in after it gives a freeze back
pending                               nothing yet
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.checkins.values import DONE, MemberWeek, Standing, WeekState

FREEZES_AT_FIRST = 1
MOST_FREEZES = 2
WEEKS_PER_FREEZE = 4  # check-ins, in a row or not

LOOKED_BACK = 8
"""How many weeks "x of the last eight" looks at, and in how many one may be repaired."""


def fold(states: Iterable[WeekState]) -> Standing:
    """What these weeks add up to, oldest first. Weeks yet to come or not settled may be among them as pending."""
    seen = tuple(states)
    sums = _Sums()
    for state in seen:
        sums.add(state)
    return Standing(
        streak=sums.streak,
        best=sums.best,
        done=sum(sums.recent),
        counted=len(sums.recent),
        freezes=sums.freezes,
        repairable=repairs(_settled(seen)),
    )


def standing(weeks: Iterable[MemberWeek]) -> Standing:
    """What a member's weeks in one group add up to, in whatever order they come."""
    return fold(one.state for one in sorted(weeks, key=lambda one: one.week))


def repairs(states: Sequence[WeekState]) -> bool:
    """Does a check-in in the week after these mend the last of them? A missed one, once in eight weeks."""
    recent = states[-LOOKED_BACK:]
    return bool(recent) and recent[-1] == "missed" and "repaired" not in recent


@dataclass(slots=True)
class _Sums:
    """What is known after some weeks. owed: a freeze, for a return. recent: of those that count, which were kept."""

    streak: int = 0
    best: int = 0
    freezes: int = FREEZES_AT_FIRST
    owed: bool = False
    kept: int = 0
    recent: deque[bool] = field(default_factory=lambda: deque(maxlen=LOOKED_BACK))

    def add(self, state: WeekState) -> None:
        if state in DONE:
            self.streak += 1
            self.best = max(self.best, self.streak)
            self.kept += 1
            self.recent.append(True)
            earned = self.kept % WEEKS_PER_FREEZE == 0
            self.freezes = min(self.freezes + self.owed + earned, MOST_FREEZES)
            self.owed = False
        elif state == "missed":
            self.streak = 0
            self.recent.append(False)
            self.owed = True
        elif state == "frozen":
            self.freezes = max(self.freezes - 1, 0)


def _settled(states: Sequence[WeekState]) -> Sequence[WeekState]:
    """Without the weeks at the end that can still be kept."""
    end = len(states)
    while end and states[end - 1] == "pending":
        end -= 1
    return states[:end]
