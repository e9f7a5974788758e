"""What direct messages, first words in a thread, and the moderators' notice say. Names come in escaped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.meets.values import Kind, Role
from cogs.meets.words.kinds import a, lasts, name, people, your

SHOW, STATUS, SETTINGS, TRY_AGAIN = "Show it", "My meetings", "Meetings of two", "Try again"
WE_MET, NOT_THIS_TIME, QUESTIONS, MORE = "We met", "Not this time", "Questions", "My meeting"


def discreet(server: str) -> str:
    """All that may be read over a shoulder."""
    return f"Something waits for you in {server}."


def from_server(server: str) -> str:
    return f"-# {server}"


# -- drawn ---------------------------------------------------------------------------------------


def drawn(kind: Kind, others: Sequence[int], weeks: int) -> str:
    return f"### {name(kind)}: you meet {people(others)}\nIt is {lasts(weeks)}."


_ROLES: Mapping[Role, str] = {
    "": "",
    "mentor": "You are the mentor: ask first what would help most.",
    "mentee": "They are your mentor: tell them first what would help most.",
}


def role(one: Role) -> str:
    return _ROLES[one]


def find(thread_id: int) -> str:
    return f"Find each other in <#{thread_id}>: two times that suit you are a good first line."


# -- asked, over, nobody -------------------------------------------------------------------------


def asked(kind: Kind, others: Sequence[int]) -> str:
    return f"### Did you meet {people(others)}?\nIt was for {a(kind)}."


ASKED_SMALL = "-# Only you see what you say."


def over(kind: Kind) -> str:
    return f"### It is over: {your(kind)}\nNothing is left to do."


def nobody(kind: Kind) -> str:
    return f"### {name(kind)}: nobody fits this week"


NOBODY_TEXT = "You come first the next time."


def next_draw(at: str) -> str:
    return f"The next draw is {at}." if at else "The next draw is not planned yet."


# -- the thread ----------------------------------------------------------------------------------


def hello(kind: Kind, members: Sequence[int], weeks: int) -> str:
    return f"### {name(kind)}\n{people(members)}, this is your place {lasts(weeks)}."


def mentoring(mentor: int) -> str:
    return f"<@{mentor}> is the mentor."


FIRST = "Begin with two times that suit you, in your own zone. Half an hour is enough."
PRIVATE = "-# Only you and those who manage threads here see this."
OPENERS = "**To begin with:**"


def opener(text: str) -> str:
    return f"• {text}"


def asks(set_name: str, about: str, minutes: int) -> str:
    return f"**{set_name}.** {about} {minutes} minutes each way. *Questions* shows them to whoever asks."


# -- moderators ----------------------------------------------------------------------------------

BLOCKED = "### Meetings wait for their threads"
BLOCKED_SMALL = "-# Nothing is lost: I try again each hour, and at once when you press *Try again*."

_WHY = {
    "unknown_channel": "Their channel is gone. Choose another one under *Meetings of two*.",
    "too_many_threads": "A thousand threads are open in this server. Close some, then press *Try again*.",
}
_OTHERWISE = "In {channel} I need {needed}. Grant them under {where}, then press *Try again*."


def why(code: str, channel: str, needed: str, where: str) -> str:
    return _WHY.get(code, _OTHERWISE).format(channel=channel, needed=needed, where=where)
