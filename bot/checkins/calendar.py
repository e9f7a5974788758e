"""A member's coming weeks as a calendar file (RFC 5545). Pure.

One event for each week and no rule that repeats: each is an instant of its own, counted from the member's clock, so
that a change of clocks moves none of them (research/checkins.md, H5).
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from bot.checkins.week import WEEK, due_at, week_of

WEEKS = 12
LENGTH = timedelta(minutes=30)
"""An event ends when its week is due."""

_NAMES = uuid.uuid5(uuid.NAMESPACE_DNS, "weeks.outpost.invalid")


@dataclass(frozen=True, slots=True)
class Due:
    """When a member's week ends: aware UTC."""

    week: date
    at: datetime


def coming(
    zone: str,
    now: datetime,
    *,
    off: Collection[date] = (),
    known: Mapping[date, datetime] | None = None,
    weeks: int = WEEKS,
) -> tuple[Due, ...]:
    """The weeks that are due yet, of the next `weeks`, the nearest first.

    off: weeks that they, or all their groups, take off. known: when those that are open already are due, which a
    change of zone may have moved.
    """
    before = week_of(now, zone) - WEEK  # a change of zone can have left it open
    every = [before + n * WEEK for n in range(weeks + 2)]
    moments = {week: due_at(week, zone) for week in every} | dict(known or {})
    ahead = [Due(week, moments[week]) for week in every if moments[week] > now]
    return tuple(due for due in ahead[:weeks] if due.week not in off)


def calendar(dues: Iterable[Due], title: str, owner: tuple[int, int], now: datetime) -> bytes:
    """The file. title: of each event; it must tell nothing, since calendars are shared. owner: (guild, user) id.

    An event's UID is always that of its owner and week: taken again, a file replaces what an earlier one brought.
    """
    file = Calendar()
    file.add("prodid", "-//Outpost//EN")
    file.add("version", "2.0")
    for due in dues:
        event = Event()
        event.add("uid", str(uuid.uuid5(_NAMES, f"{owner[0]}/{owner[1]}/{due.week.isoformat()}")))
        event.add("dtstamp", now)
        event.add("dtstart", due.at - LENGTH)
        event.add("dtend", due.at)
        event.add("summary", title)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")  # it keeps nobody from being invited to something else
        file.add_component(event)
    text: bytes = file.to_ical()
    return text
