"""What the pages say on which a member joins, chooses, sits out and leaves. Names come in escaped."""

from __future__ import annotations

from bot.meets.kinds import MOST_TOPICS
from bot.meets.values import Kind

JOIN = "### Meet somebody"
JOIN_TEXT = "Once a week I bring two people together. Whom you block or guard against, you never meet."
KIND_MENU = "What would you like?"
OFF = "Meetings are off in this server. Ask a moderator to switch them on in /rounds settings."
WHO_SEES = "-# Whom you meet sees your name. Nobody else learns that you joined."

MENTOR = "### Which of the two?"
I_HELP, I_LEARN = "I can help somebody", "I'd like a mentor"

SKIP, RESUME, LEAVE, STATUS, MORE_KINDS = (
    "Skip the next draw",
    "I'm in again",
    "Leave",
    "My meetings",
    "Another kind",
)
TOPICS_MENU, SETS_MENU = "What would you like to talk about?", "Which questions suit you?"
PAUSE_MENU, MOST_MENU = "How many weeks off?", "How many people at a time?"
WRITE_TO_ME = "Write to me"

ANY_TOPIC = "**Topics.** Any."
ANY_SET = "**Questions.** Any set."
MAY_NOT_WRITE = "-# I may not write to you yet; the thread of a meeting finds you all the same."
NO_CLOCK = "-# I go by this server's clock for you. Choose your city in /me settings."


def heading(name: str) -> str:
    return f"### {name}"


def next_draw(at: str, in_next: bool, busy: bool) -> str:
    """at: the moment as Discord shows it, "" for none."""
    if not at:
        return "No draw is planned. What you chose stays."
    if not in_next:
        return f"The next draw is {at}. You sit it out."
    if busy:
        return f"The next draw is {at}. You are in it once your present meeting is over."
    return f"The next draw is {at}. You are in it."


def topics(kind: Kind, names: str) -> str:
    return f"**{'Questions' if kind == 'interview' else 'Topics'}.** {names}."


def at_most(count: int = MOST_TOPICS) -> str:
    return f"-# Up to {count}; what both chose comes first."


def takes(count: int) -> str:
    return f"**At a time.** {count} {'person' if count == 1 else 'people'}."


def off_until(day: str) -> str:
    return f"You are off until {day}."


def weeks(number: int) -> str:
    return f"{number} week{'' if number == 1 else 's'}"


def count(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'people'}"


def leaving(name: str) -> str:
    return f"### Leave {name}?"


LEAVE_TEXT = "You are in no more draws. A meeting that is drawn already stays."
LEAVE_IT, STAY = "Leave", "Stay"


def left(name: str) -> str:
    return f"You have left {name}. /meet join brings you back."
