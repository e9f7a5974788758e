"""What the forms of a check-in say. Titles have at most 45 characters, labels 45, hints 100."""

from __future__ import annotations

from collections.abc import Mapping

from bot.checkins.values import Circle, Going

TOO_LATE = "That took me too long. Press the button again."

# -- the check-in --------------------------------------------------------------------------------

FINISHED = "Which goals did you finish?"
FINISHED_HINT = "Tick what is done. The rest stands below, among the next goals"
GOING = "How is it going?"
GOING_HINT = "Nobody but you ever sees this"
GOINGS: Mapping[Going, str] = {
    "steady": "Steady",
    "stretched": "Stretched",
    "stuck": "Stuck, and open to ideas",
    "unsaid": "Rather not say",
}

# How a form that was refused names its texts.
LEARNED, NEXT, WHEN = "Learned", "Next goals", "When and where"

_SEES: Mapping[Circle, str] = {
    "group": "your group sees it",
    "pod": "your pod sees it",
    "me": "only you see it",
}


def title(week: int, circle: Circle) -> str:
    """Above the form: whoever fills it in knows who will read it."""
    return f"Week {week} · {_SEES[circle]}"


# -- the small ones ------------------------------------------------------------------------------

PLAN_TITLE = "My plan"

IDEAS_TITLE = "Ask for ideas"
IDEAS = "What would help you?"
IDEAS_HINT = "It stands on your card, with a button to help"

WIN_TITLE = "A win for the digest"
WIN = "One line"
WIN_HINT = "Leave company names out if you like; empty takes it back"

ANSWER_TITLE = "One more question"
ANSWER = "Your answer"
ANSWER_HINT = "It stands on your card; empty takes it back"

RESULT_TITLE = "One more result"
RESULT = "What did you achieve?"
RESULT_HINT = "One line, as it could stand in your resume"

PEN_TITLE = "Your pen name in this group"
PEN = "Pen name"
PEN_HINT = "No member's name"
