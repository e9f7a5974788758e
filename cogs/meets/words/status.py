"""What the pages say of whom somebody meets and met, of questions and of debriefs. Names come in escaped."""

from __future__ import annotations

from collections.abc import Mapping

from bot.meets.values import Kind, MatchState, Role
from cogs.meets.words.kinds import lasts, people

STATUS = "### My meetings"
NOTHING = "You are in none yet. Choose one with the button below."
SMALL = "-# Only you see this page."
JOIN, BEFORE, OPEN, CHANGE, BACK = "Join", "Whom I met", "Open", "Change", "Back"

WE_MET, NOT_THIS_TIME = "We met", "Not this time"
QUESTIONS, DEBRIEF, STOP, THREAD = "Questions", "Six questions for me", "End it", "Your thread"


def wanted(name: str, small: str) -> str:
    return f"**{name}**\n-# {small}"


def in_draw(at: str, in_next: bool, busy: bool) -> str:
    if not at:
        return "no draw is planned"
    if not in_next:
        return f"you sit out the draw {at}"
    return "you are with somebody now" if busy else f"you are in the draw {at}"


def meeting(name: str, others: tuple[int, ...], weeks: int) -> str:
    return f"**{name}** with {people(others)}, {lasts(weeks)}"


def heading(name: str) -> str:
    return f"### {name}"


def with_whom(others: tuple[int, ...], weeks: int, role: Role) -> str:
    return f"You meet {people(others)} {lasts(weeks)}.{_ROLE[role]}"


_ROLE: Mapping[Role, str] = {
    "": "",
    "mentor": " You are the mentor.",
    "mentee": " They are your mentor.",
}


def thread(thread_id: int | None) -> str:
    return f"Find each other in <#{thread_id}>." if thread_id else "Your thread opens in a moment."


def said(met: bool | None) -> str:
    """What they said themselves; nobody else sees it."""
    if met is None:
        return ""
    return "You said that you met." if met else "You said that it was not this time."


DID_YOU = "Have you met? Say so here; only you see what you say."
OVER: Mapping[MatchState, str] = {
    "drawn": "",
    "met": "met",
    "missed": "not this time",
    "lapsed": "over",
    "ended": "over",
}

# -- answers -------------------------------------------------------------------------------------

GOOD = "### Good to hear"
GOOD_TEXT = "Six questions, yes or no, end in one next step. Nobody else sees your answers."
FINE = "### That happens"
FINE_TEXT = "A line in your thread still finds them. Or leave it: the next draw brings somebody."

# -- before --------------------------------------------------------------------------------------

BEFORE_PAGE = "### Whom I met"
BEFORE_NONE = "Nobody yet. Once a meeting is over, it stands here."


def before(week: int, name: str, others: tuple[int, ...], state: str) -> str:
    return f"• Week {week}: {name} with {people(others)} · {state}"


# -- questions -----------------------------------------------------------------------------------

OTHER_SET = "Another set"
ASKING = "-# For whoever asks: below each question stands what a good answer lets you see."


def question_set(name: str, about: str, minutes: int) -> str:
    return f"### {name}\n{about} {minutes} minutes, then change places."


def question(number: int, asks: str, shows: str) -> str:
    return f"**{number}.** {asks}\n-# {shows}"


# -- debrief -------------------------------------------------------------------------------------

YES, NO, AGAIN = "Yes", "No", "From the start"
DEBRIEF_SMALL = "-# Nobody else sees this. Kept at each press; go on whenever you like."


def check(number: int, of: int, asks: str) -> str:
    return f"### {number} of {of}\n{asks}"


def step(text: str) -> str:
    return f"### Your next step\n{text}"


# -- ending --------------------------------------------------------------------------------------


def ending(kind: Kind, others: tuple[int, ...]) -> str:
    return f"### End it with {people(others)}?"


END_TEXT = (
    "It is over for all of you at once, and the thread closes. Everybody reads the same words; none tell who."
)
END_IT, KEEP_IT = "End it", "Keep it"
ENDED = "It is over. You are in the next draw, unless you sit it out."
