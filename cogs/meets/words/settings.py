"""What moderators read where they set how this server draws."""

from __future__ import annotations

PAGE = "### Meetings of two"
SMALL = "-# Once a week I draw, for each kind, who meets whom. Each meeting has a private thread."
OFF = "They are off. Choose a channel in which their threads open, and members can join."
CHANNEL_MENU, DAY_MENU, HOUR_MENU = "In which channel do threads open?", "On which day?", "At what time?"
ZONE, TURN_OFF, BACK, TRY_AGAIN = "Time zone", "Switch off", "Back", "Try again"
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ZONE_TITLE, ZONE_FIELD, ZONE_HINT = (
    "This server's clock",
    "City, country or zone",
    "Such as Lisbon or Europe/Berlin",
)
WHICH_CITY, WHICH_CITY_WHY = "### Which one?", "Choose where it is the same time as here."
TOO_LATE = "That took me too long. Press it again."
OFF_HEADING, OFF_IT, STAY = "### Switch meetings off?", "Switch off", "Keep them"
OFF_WHY = "Nothing more is drawn, and nobody can join. What is drawn already goes on."


def channel(mention: str) -> str:
    return f"**Threads.** In {mention}."


def gone(mention: str) -> str:
    return f"**Threads.** I can open none in {mention}. Choose another channel."


def lacks(mention: str, needed: str, where: str) -> str:
    return f"**To grant.** In {mention}: {needed}, under {where}."


def draws(day: str, clock: str, zone: str) -> str:
    return f"**Draw.** On {day}s at {clock}, {zone}."


def next_draw(at: str) -> str:
    return f"**Next one.** {at}."


BLOCKED = "**They wait.** The last thread could not be opened there."
