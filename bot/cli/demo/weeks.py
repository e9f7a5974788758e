"""Check-ins in “Remote together”, all invented: how the group began, and what its people do in each week.

Weeks count from the one whose digest came last before today: 0. What lies before today has been lived through when
the demo opens; the rest happens when the clock gets there. Ana checks in in week 0 alone: from then on she is you.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.cli.demo.script import (
    ChecksIn,
    Day,
    Fills,
    Presses,
    Says,
    Step,
    Types,
)

PLACE, GROUP, YOU = "check-ins", "Weekly plan", "ana"
AHEAD = 8  # weeks
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_NEWS = "Outpost lives here now. Each Friday it asks how our week was, in #check-ins. Who wants that joins."


def _joins(name: str) -> Sequence[Step]:
    return [("08:40", name, act) for act in (Types(PLACE, "checkin join"), Presses("Join"))]


def of_week(week: int, name: str, *steps: Step) -> Day:
    """A day of that week; the Monday after week 0 is the last one before today."""
    shift = timedelta(days=_WEEK.index(name) - 7, weeks=week)
    return Day(lambda today: _last_monday(today) + shift, steps)


def _last_monday(today: date) -> date:
    return today - timedelta(days=(today.weekday() or 7))


BEGINNING = of_week(
    0,
    "Friday",
    ("08:20", "rosa", Says("start-here", _NEWS)),
    ("08:30", "mo", Types(PLACE, "cohort create")),
    ("08:30", "mo", Fills({"Name": GROUP, "Time zone": "UTC"})),
    *(step for name in ("yuki", "priya", "lena", "mateo", YOU) for step in _joins(name)),
)

_ANAS = "Write to the team in Porto\nAsk Kofi about the second talk\nA walk before each application"
_FIRST = (
    ("Friday", "09:02", "ines", Says(PLACE, "There it is. I join when my evenings are quieter.")),
    ("Friday", "09:20", "yuki", ChecksIn("A short summary gets read.", "Tailor two letters\nRest on Sunday")),
    ("Saturday", "10:10", "mateo", ChecksIn("Twenty minutes a day work.", "Lesson 4\nPut one page online")),
    ("Saturday", "10:12", "mateo", Presses("More…")),
    ("Saturday", "10:12", "mateo", Presses("Ask for ideas")),
    ("Saturday", "10:12", "mateo", Fills({"What would help you?": "Who would look at my first page?"})),
    (
        "Sunday",
        "18:15",
        YOU,
        ChecksIn("A walk before writing helps.", _ANAS, "if it is 9:00, then I walk first"),
    ),
)
_NEXT = (
    ("Friday", "09:25", "priya", ChecksIn("Lena saw in a minute what I missed.", "Write to one studio")),
    ("Friday", "09:27", "priya", Presses("More…")),
    ("Friday", "09:27", "priya", Presses("A win for the digest")),
    ("Friday", "09:27", "priya", Fills({"One line": "My portfolio is online."})),
    ("Friday", "12:30", "yuki", ChecksIn("Rest made Monday lighter.", "One letter, a good one")),
    ("Saturday", "09:50", "lena", ChecksIn("Saying it aloud finds the gaps.", "Tell the story to Kofi")),
    ("Saturday", "15:20", "mateo", ChecksIn("Ines found three small mistakes.", "Lesson 5", done=2)),
)


def _days(week: int) -> list[Day]:
    script = _FIRST if week == 0 else _NEXT
    return [of_week(week, name, (at, who, act)) for name, at, who, act in script]


_READ = of_week(1, "Monday", ("18:02", "ines", Says(PLACE, "Good to read, on a Monday evening.")))
CHECKINS: tuple[Day, ...] = (BEGINNING, _READ, *(day for week in range(AHEAD) for day in _days(week)))
