"""What a member's own pages of their week say. Names and texts that are theirs come in escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.checkins.values import Circle, Going, Standing

# -- which group ---------------------------------------------------------------------------------

CHOOSE = "### Which group is it about?"
CHOOSE_SMALL = "-# What one group sees, the other doesn't."

# -- who sees it, before the first form ----------------------------------------------------------


def ask_circle(group: str) -> str:
    return f"### Who sees your check-ins in {group}?"


ASK_CIRCLE = "Your next press opens the form. You can change this each week."
CIRCLE_MEANS: Mapping[Circle, str] = {
    "pod": "**My pod:** three to five people of the group, and moderators who manage threads.",
    "me": "**Only me:** nothing is posted anywhere.",
    "group": "**My group:** a card stands in the group's thread, for all who can read that channel.",
}
CIRCLES: Mapping[Circle, str] = {"pod": "My pod", "me": "Only me", "group": "My group"}

# -- my card -------------------------------------------------------------------------------------


SEEN_BY: Mapping[Circle, str] = {
    "group": "Your group sees this:",
    "pod": "Your pod sees this:",
    "me": "Only you see this:",
}
HIDDEN = "Moderators hid this card. You can still read it here; ask them about it."
TAKEN_BACK = "You took these words back. Nobody sees them, and your week still counts."
SAVED = "Saved."
POD_COMING = "Your pod is not there yet. Your card is posted once it is."


def going(how: Going) -> str:
    return _GOING[how]


_GOING: Mapping[Going, str] = {
    "steady": "You said: steady.",
    "stretched": "You said: stretched. One small goal is enough.",
    "stuck": "You said: stuck. You can ask for ideas under *More*.",
    "unsaid": "",
}


def thanked(number: int) -> str:
    if not number:
        return ""
    return f"{number} {'person' if number == 1 else 'people'} thanked you."


def helpers(mentions: Sequence[str]) -> str:
    """Who offered to help."""
    return f"They offer to help: {', '.join(mentions)}. Write to them when you like." if mentions else ""


def standing(standing: Standing) -> str:
    """How it has gone, in kind words; nothing where there is nothing good to say."""
    parts = [_kept(standing), _spare(standing.freezes), _MENDS if standing.repairable else ""]
    return " ".join(filter(None, parts))


def _kept(standing: Standing) -> str:
    if not standing.done:
        return ""
    if standing.counted == 1:
        return "Your first week is done."
    row = f", {standing.streak} in a row" if standing.streak > 2 else ""
    return f"You checked in {standing.done} of the last {standing.counted} weeks{row}."


def _spare(freezes: int) -> str:
    if not freezes:
        return ""
    return f"{freezes} spare week{' is' if freezes == 1 else 's are'} yours, for when life comes first."


_MENDS = "A check-in now fills the week before, too."


def numbers(week: int, parts: Sequence[str]) -> str:
    return f"Week {week}: {', '.join(parts)}"


NUMBERS: Mapping[str, tuple[str, str]] = {
    "saved": ("saved", "saved"),
    "applied": ("applied", "applied"),
    "interview": ("interview", "interviews"),
    "offer": ("offer", "offers"),
    "hired": ("hired", "hired"),
}
"""Stage of my list → how one of them reads, and several."""


def from_my_list(line: str) -> str:
    return f"From your list, for your eyes only: {line}."


EDIT, TICK, SEES, DELETE, MORE = "Edit", "Tick goals", "Who sees it", "Delete", "More…"
CHECK_IN, WRITE_AGAIN, KEEP_NUMBERS = "Check in", "Write it again", "Add to my results"
BACK, HISTORY, SETTINGS, MY_PLAN_BUTTON = "Back", "My history", "Settings", "My plan"
MAKE_PLAN, CHANGE_PLAN, RESUME, GROUPS = "Make a plan", "Change my plan", "I'm back", "Groups"
MY_WEEK, LAST, JOIN = "My week", "My last check-in", "Join"

# -- more ----------------------------------------------------------------------------------------

MORE_HEADING = "### More about this week"


def more_ideas(ideas: str) -> str:
    if not ideas:
        return "**Ideas:** ask, and your card gets a button with which others can help."
    return f"**You ask for ideas:** {ideas}"


def more_win(win: str) -> str:
    if not win:
        return "**A win:** one line of yours in Monday's digest, if you like."
    return f"**Your win in the digest:** {win}"


def more_question(question: str, answer: str) -> str:
    if not question:
        return ""
    return f"**One more question:** {question}" + (f"\n{answer}" if answer else "")


MORE_PIN = "**Results:** keep a finished goal on your own list, for your resume."
MORE_AGAIN = "**Card gone?** If somebody deleted it, one press posts it again."
ASK_IDEAS, ASK_WIN, ASK_QUESTION = "Ask for ideas", "A win for the digest", "One more question"
CHANGE_IDEAS, CHANGE_WIN, CHANGE_ANSWER = "Change what I ask", "Change my win", "Change my answer"
ENOUGH_IDEAS = "I have what I need"
PIN, POST_AGAIN = "Keep a goal", "Post it again"

PIN_HEADING = "### Which goal do you keep?"
PIN_TEXT = "It goes onto your list of results. Only you see that list."
PIN_MENU = "A goal that you finished"
POSTED_AGAIN = "It is posted again in a moment."


def pinned(text: str) -> str:
    return f"Kept: {text}"


# -- tick ----------------------------------------------------------------------------------------

TICK_HEADING = "### Which goals are done?"
TICK_TEXT = "Choose them and close the menu. Only you see it until your next check-in."
TICK_MENU = "Finished goals"
NO_GOALS = "No goal is planned. Make a plan: one line is enough."

# -- who sees it ---------------------------------------------------------------------------------

SEES_HEADING = "### Who sees this check-in?"
SEES_NOW: Mapping[Circle, str] = {
    "group": "Now your group sees it.",
    "pod": "Now your pod sees it.",
    "me": "Now only you see it.",
}
SEES_TEXT = "A narrower choice takes the card away where it stands."
SEES_SMALL = "-# For the weeks to come you choose it in /checkin settings."

# -- delete --------------------------------------------------------------------------------------

DELETE_HEADING = "### Take this check-in back?"
DELETE_TEXT = "Its words go at once, here and on its card. Nobody is told."
DELETE_ERASE = "Take it back, and that you checked in still counts. Erase it, and I forget that, too."
TAKE_BACK, ERASE, KEEP = "Take it back", "Erase it", "Keep it"

# -- between two weeks ---------------------------------------------------------------------------


def plan_heading(group: str) -> str:
    return f"### {group}"


def opens(moment: str) -> str:
    return f"The next week opens {moment}."


OPEN_NOW = "A week is open: your check-in takes two minutes."
NO_WEEK = "No week is planned just now. Moderators choose when it goes on."
MY_PLAN = "**My plan**"


def goal(text: str) -> str:
    return f"• {text}"


def done_goal(text: str) -> str:
    return f"• ~~{text}~~ done"


NO_PLAN = "You have no plan yet. One small goal is a good start."


def if_then(text: str) -> str:
    return f"**When and where:** {text}"


def away_until(day: str) -> str:
    return f"You take time off until {day}. Nothing is asked of you."


def due_for_me(moment: str, late: str) -> str:
    return f"For you it is due {moment}. Until {late} is fine, too."


NOT_IN = "You are in no group here yet. Join one, and each week takes two minutes."
NOT_IN_THIS = "You are not in this group yet. Join it first."
NOTHING_OPEN = "No week of this group is open just now."

# -- buttons for others --------------------------------------------------------------------------

THANKED = "Thanked. Only they see how often."
OFFERED = "They hear of your offer, and nobody else does. If it suits them, they write to you."
NO_REMINDERS = "No more of these messages. Switch them on again in /checkin settings."
LEFT_THIS = "You are not in this group any more. Type /checkin join in the server to come back."
STOP_HELP = "Offers of help are direct messages. You can stop all of mine, or ask for no ideas."
STOP_ALL = "Stop direct messages"
NO_HELPERS = "Nobody has offered yet. You hear of it when somebody does."
