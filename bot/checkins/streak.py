"""What a member's weeks add up to. Pure: the only source of streaks, freezes and "x of the last eight".

on time, late                         one more in a row
excused, amnesty, frozen, repaired    neither adds nor breaks; frozen takes the freeze that paid for it
missed                                the row begins again, and the first check-in after it gives a freeze back
pending                               nothing yet
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.checkins.values import DONE, MemberWeek, Standing, WeekState

FREEZES_AT_FIRST = 1
MOST_FREEZES = 2
WEEKS_PER_FREEZE = 4  # check-ins, in a row or not

LOOKED_BACK = 8
"""How many weeks "x of the last eight" looks at, and in how many one may be repaired."""


def fold(states: Iterable[WeekState]) -> Standing:
    """What these weeks add up to, oldest first. Weeks yet to come or not settled may be among them as pending."""
    seen = tuple(states)
    streak = best = kept = 0
    freezes, owed = FREEZES_AT_FIRST, False  # owed: a freeze, for a return
    counted: list[bool] = []  # of those that count, which were kept
    for state in seen:
        if state in DONE:
            streak += 1
            kept += 1
            best = max(best, streak)
            counted.append(True)
            freezes = min(freezes + owed + (kept % WEEKS_PER_FREEZE == 0), MOST_FREEZES)
            owed = False
        elif state == "missed":
            streak, owed = 0, True
            counted.append(False)
        elif state == "frozen":
            freezes = max(freezes - 1, 0)
    recent = counted[-LOOKED_BACK:]
    return Standing(
        streak=streak,
        best=best,
        done=sum(recent),
        counted=len(recent),
        freezes=freezes,
        repairable=repairs(_settled(seen)),
    )


def standing(weeks: Iterable[MemberWeek]) -> Standing:
    """What a member's weeks in one group add up to, in whatever order they come."""
    return fold(one.state for one in sorted(weeks, key=lambda one: one.week))


def repairs(states: Sequence[WeekState]) -> bool:
    """Does a check-in in the week after these mend the last of them? A missed one, once in eight weeks."""
    recent = states[-LOOKED_BACK:]
    return bool(recent) and recent[-1] == "missed" and "repaired" not in recent


def _settled(states: Sequence[WeekState]) -> Sequence[WeekState]:
    """Without the weeks at the end that can still be kept."""
    end = len(states)
    while end and states[end - 1] == "pending":
        end -= 1
    return states[:end]
