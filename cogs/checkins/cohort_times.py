"""A group's moments as moderators type and read them: "Fri 09:00", "Friday 27 November, 09:00". Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.people import zones
from bot.text import tidy
from cogs.checkins.words import cohort as words

OPENING_DAYS = range(2, 6)  # Wednesday to Saturday
_TIME = r"(?P<hour>[0-9]{1,2})(?:[:.h](?P<minute>[0-9]{2}))?\s*(?P<half>[ap]m)?"
_ONLY_TIME = re.compile(rf"\s*{_TIME}\s*", re.IGNORECASE)
_DAY_AND_TIME = re.compile(rf"\s*(?P<day>[a-z]{{2,9}})[.,]?\s+{_TIME}\s*", re.IGNORECASE)


def read_opening(text: str) -> tuple[int, int] | None:
    """(weekday, minutes after midnight) of "Fri 09:00", "friday 9", "Sat. 6:30 pm"; None for what is none."""
    found = _DAY_AND_TIME.fullmatch(text)
    minute = _minutes(found) if found else None
    if found is None or minute is None:
        return None
    named = [day for day in OPENING_DAYS if words.DAYS[day].lower().startswith(found["day"].lower())]
    return (named[0], minute) if len(named) == 1 else None


def read_time(text: str) -> int | None:
    """Minutes after midnight of "18:00", "18", "6 pm"; None for what is none."""
    found = _ONLY_TIME.fullmatch(text)
    return _minutes(found) if found else None


def _minutes(found: re.Match[str]) -> int | None:
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def typed_opening(day: int, minute: int) -> str:
    """As it stands in a form: "Fri 09:00"."""
    return f"{words.DAYS[day][:3]} {clock(minute)}"


def opening(day: int, minute: int) -> str:
    return f"{words.DAYS[day]} {clock(minute)}"


def clock(minute: int) -> str:
    """Minutes after midnight as 09:00."""
    return f"{minute // 60:02}:{minute % 60:02}"


def the_day(day: date) -> str:
    """ "21 December"; without a year, since all that is said here lies close by."""
    return f"{day.day} {day:%B}"


def moment(at: datetime, zone: str) -> str:
    """On the group's clock, with its zone: a moderator may live elsewhere."""
    there = at.astimezone(ZoneInfo(zone))
    return words.at(f"{words.DAYS[there.weekday()]} {the_day(there.date())}, {there:%H:%M}", zone_name(zone))


def zone_name(zone: str) -> str:
    return zone.replace("_", " ")


def zone_of(text: str, hits: Sequence[tuple[str, str]]) -> str | None:
    """The zone that was typed, or the only one that is meant; None when the moderator has to choose.

    hits: what `bot.people.zones` finds for the text.
    """
    name = tidy(text).replace(" ", "_")
    if zones.is_zone(name):
        return name
    meant = {zone for zone, _ in hits}
    return meant.pop() if len(meant) == 1 else None
