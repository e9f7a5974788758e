"""What the pages say with which a member joins a group and chooses who sees them."""

from __future__ import annotations

GROUPS = "### Groups here"
GROUPS_TEXT = "Once a week you say what you finished, what you learned, and what comes next."
NO_GROUPS = "There is no group here yet. Ask a moderator to start one with /cohort create."
JOINED_MARK = "you are in"
JOIN, OPEN, EARLIER, MORE = "Join", "Open", "Earlier", "More"


def group(name: str, small: str) -> str:
    return f"**{name}**\n-# {small}"


def opens_each(day: str, clock: str, zone: str) -> str:
    return f"opens on {day}s at {clock}, {zone}"


def between(*parts: str) -> str:
    return " · ".join(filter(None, parts))


# -- the clock -----------------------------------------------------------------------------------


def joined(group: str) -> str:
    return f"### You are in {group}"


def clock(time: str) -> str:
    return f"Does your clock say **{time}** now? Your week ends on Sunday night, on your own clock."


CLOCK_YES, CLOCK_NO, CLOCK_LATER = "Yes, it does", "No, choose my city", "Later"
CLOCK_SMALL = "-# Until you say so, I go by the group's clock. After choosing, come back with /checkin now."

# -- who sees it, and done -----------------------------------------------------------------------

CIRCLE_SMALL = "-# You can change it for each week, and you can use a pen name."


def ready(group: str) -> str:
    return f"### You are set in {group}"


POD_WISH = "You get a place in a pod when the next week opens."
REMIND_HINT = "-# A reminder comes only if you ask for it."
CHECK_IN, REMINDER, PEN_NAME, ALL_SETTINGS = "Check in", "Reminder", "Pen name", "All settings"
