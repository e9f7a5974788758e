"""What a group's numbers say to its moderators. A number of fewer than five people is never said."""

from __future__ import annotations

FEWER = "fewer than 5"
UNSAID = "not said"
NOTHING_YET = "No week of this group has begun. Look again when its first one is open."
AFTER_FIVE = (
    "-# Only check-ins that the whole group may see are counted. No number is said that would tell of fewer than "
    "five people."
)
REFRESH = "Count again"
OPEN_GROUP = "Open the group"


def heading(name: str) -> str:
    return f"### How {name} is doing"


def now(members: str, pods: str, thanks: str, weeks: int) -> str:
    """Each a number, or UNSAID."""
    during = "in this week" if weeks == 1 else f"in these {weeks} weeks"
    return f"**People:** {members} · **Pods:** {pods} · **Thanks** {during}: {thanks}"


def week_off(number: int) -> str:
    return f"**Week {number}:** a week off"


def week(number: int, checkins: str, goals: str) -> str:
    """checkins: a number, or FEWER; goals: as `finished`, or ""."""
    return f"**Week {number}:** {checkins} check-ins{f' · {goals}' if goals else ''}"


def finished(done: int, planned: int) -> str:
    return f"{done} of {planned} goals finished"


def only_finished(done: int) -> str:
    return f"{done} goals finished"


def only_planned(planned: int) -> str:
    return f"{planned} goals planned"


# -- the picture, and its words for who doesn't see it -------------------------------------------


def picture_title(name: str) -> str:
    return f"{name}, week by week"


PICTURE_UNDER = "Only what the whole group may see"
CHECKINS, PLANNED, FINISHED = "Check-ins", "Goals planned", "Goals finished"
TOO_FEW, HIDDEN, OFF = "< 5", "–", "off"
NOTE = "< 5 is fewer than five check-ins. – would tell of fewer than five people."
ALT_WEEK = "Week {number}: {checkins} check-ins, {finished} of {planned} goals finished"
ALT_WEEK_OFF = "Week {number}: a week off"
