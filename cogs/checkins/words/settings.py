"""What a member's settings of check-ins, and the page of their pauses, say."""

from __future__ import annotations

from collections.abc import Mapping

from bot.checkins.values import Circle


def heading(group: str) -> str:
    return f"### Your settings in {group}"


SMALL = "-# Only you see this page. Your clock and quiet hours are in /me settings."

# -- lines ---------------------------------------------------------------------------------------


def who_line(circle: Circle | None) -> str:
    return f"**Who sees it.** {_WHO[circle]}"


_WHO: Mapping[Circle | None, str] = {
    "group": "My group.",
    "pod": "My pod.",
    "me": "Only me.",
    None: "Asked before the first form.",
}


def pod_line(name: str, wants: bool) -> str:
    if name:
        return f"**Pod.** You are in {name}."
    return f"**Pod.** {'You get a place when a week opens.' if wants else 'None.'}"


def reminder_line(when: str, may_write: bool) -> str:
    """when: "Saturday, 10:00", "" for none."""
    if not when:
        return "**Reminder.** None."
    return f"**Reminder.** {when}, on your clock{'' if may_write else '; but I may not write to you yet'}."


def drift_line(drift: bool) -> str:
    return f"**After silent weeks.** {_DRIFT if drift else 'I write nothing.'}"


_DRIFT = "One kind message after two, and one after six."


def pen_line(name: str) -> str:
    return (
        f"**Pen name here.** {name}." if name else "**Pen name here.** None; your own name stands on cards."
    )


WHO, POD_ON, POD_OFF, REMINDER, DRIFT_ON, DRIFT_OFF, PEN, PAUSE, LEAVE = (
    "Who sees it",
    "I'd like a pod",
    "No pod for me",
    "Reminder",
    "Write after silent weeks",
    "Don't write then",
    "Pen name",
    "Pause",
    "Leave",
)
SWAP = "Another pod"
BACK, MY_WEEK = "Back", "My week"

# -- who sees it ---------------------------------------------------------------------------------

WHO_HEADING = "### Who sees your check-ins from now on?"
WHO_SMALL = "-# What stands already stays as it is; change it on your card."

# -- reminder ------------------------------------------------------------------------------------

REMINDER_HEADING = "### Your reminder"
REMINDER_TEXT = "One direct message a week, only while the week is open and your check-in is still to come."
REMINDER_CLOSED = (
    "I may not write to you yet. Press *Write to me*, and a first message shows you how it looks."
)
DAY_MENU, HOUR_MENU = "On which day?", "At what time?"
NO_REMINDER, WRITE_TO_ME = "No reminder", "Write to me"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
QUIET_HOURS = "-# In your quiet hours I stay silent; the message then comes when they end."


def when(day: int, clock: str) -> str:
    return f"{DAYS[day]}, {clock}"


# -- pen name ------------------------------------------------------------------------------------

PEN_HEADING = "### Your pen name in this group"
PEN_NONE = "Your own name stands on your cards. A pen name stands there instead, from your next card on."
PEN_SMALL = "-# Moderators can learn whose it is only through a report, and then you are told."
CHOOSE_PEN, CHANGE_PEN = "Choose one", "Change it"


def pen_is(name: str) -> str:
    return f"You write as **{name}**."


# -- leave ---------------------------------------------------------------------------------------


def leave_heading(group: str) -> str:
    return f"### Leave {group}?"


LEAVE_TEXT = "Nobody is told. Come back within 90 days, and your weeks are as they were."
LEAVE_ERASE = "Or leave and erase: all that you wrote here goes, for good."
LEAVE_KEEP, LEAVE_AND_ERASE, STAY = "Leave", "Leave and erase", "Stay"


def left(group: str) -> str:
    return f"You have left {group}. /checkin join brings you back."


def left_erased(group: str) -> str:
    return f"You have left {group}, and your words are erased."


# -- pause ---------------------------------------------------------------------------------------


def pause_heading(group: str) -> str:
    return f"### Time off from {group}"


PAUSE_TEXT = "Weeks off cost nothing. Nobody sees them, and no reason is asked."
PAUSE_ILL = "**Ill:** also for a week that is already due, once in eight weeks."


def paused(day: str) -> str:
    return f"You are off until {day}."


NOT_PAUSED = "You are not on a break."
SKIP, ILL, RESUME, WEEKS_MENU = "Skip this week", "I am ill", "I'm back", "How many weeks off?"


def weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"
