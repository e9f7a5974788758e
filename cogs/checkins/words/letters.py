"""What direct messages say, to those who asked for them. Names and texts come in escaped."""

from __future__ import annotations

CHECK_IN = "Check in"
SHOW = "Show it"
WHO_OFFERS = "Who offers"
SKIP = "Skip this week"
STOP = "Stop these messages"

FRESH_START = "### A new week is a good place to start"
HELP_OFFERED = "### Somebody offers to help you"
WRITE_THEM = "Write to them if you like. Nobody else here learns of it."
LAST_ONE = "-# I leave it at this message. /checkin now works whenever you like."
MORE_IN_A_MONTH = "-# At most one more such message comes, in a month."


def discreet(server: str) -> str:
    """All that may be read over a shoulder."""
    return f"Something in {server} is waiting for you."


def open_now(group: str) -> str:
    return f"### Your check-in in {group} is open"


def due(moment: str) -> str:
    """The moment is one instant: this goes to one person."""
    return f"It takes two minutes. Due {moment}; two days later is fine too."


def from_server(server: str) -> str:
    return f"-# {server} · you asked for this reminder"


def welcome_back(group: str, server: str) -> str:
    return f"{group} in {server} is there whenever you like. One small plan is enough; a pause is fine too."


def they_offer(helper: str, server: str) -> str:
    return f"{helper} read in {server} what you would like ideas on:"


def quoted(text: str) -> str:
    return f"“{text}”"
