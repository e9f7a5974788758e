"""Peer review in “Remote together”, all invented: a round from its documents to what its readers say.

When the demo opens, moderators have switched it on, meetings of two as well, and Ana, who is you, reads letters. All
else happens from the coming Monday on, when the clock gets there. Lena's letter can be read by Ana and Kofi alone,
and Mateo's portfolio by Bob, who never answers: Tariq joins on Tuesday, and reads it instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.cli.demo.reading import PLACE, Accepts, HandsIn, Reads, Sends, Sheet, ShowsTheirName, Tells
from bot.cli.demo.script import Chooses, Day, Fills, Presses, Says, Step, Types, ago
from bot.cli.demo.weeks import YOU

AUTHOR, INSTEAD, LET_DOWN = "lena", "tariq", "mateo"


def from_monday(days: int, *steps: Step) -> Day:
    """A day counted from the first Monday after today."""
    return Day(lambda today: _next_monday(today) + timedelta(days=days), steps)


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


# -- before the demo opens -----------------------------------------------------------------------

_NEWS = "From Monday on we read for each other. /review request asks for readers, /review give makes you one."
_SOFTWARE = "Software engineering"

SWITCHED_ON = (
    ago(
        1,
        ("15:00", "mo", Types("moderators", "rounds settings")),
        ("15:00", "mo", Chooses("Where do threads open?", PLACE)),
        ("15:01", "mo", Presses("Meetings of two")),
        ("15:01", "mo", Chooses("In which channel do threads open?", PLACE)),
        ("15:10", "rosa", Says(PLACE, _NEWS)),
        ("17:25", YOU, Tells(_SOFTWARE, "Senior")),
        ("17:30", YOU, Reads(["Cover letter"], "One at a time")),
    ),
)

# -- what is handed in ---------------------------------------------------------------------------

_POSTING, _LOOK = "The posting that it is for", "What should readers look at?"


def _resume(posting: str, *lines: str) -> HandsIn:
    return HandsIn("Resume", {_POSTING: posting}, lines)


_YUKIS = _resume(
    "Support engineer, remote in Europe: Python, SQL, clear written English",
    "Support engineer",
    "Support engineer, Harbor Tickets, 2019 to 2025",
    "Answered 40 questions a day, and wrote the answers down for the team",
    "Halved the time to a first answer, to three hours",
    "Works from Berlin, UTC+1, in English and Japanese",
)
_PRIYAS = _resume(
    "Product designer in a team of five, anywhere between UTC-2 and UTC+4",
    "Product designer",
    "Designer, Slow Maps, 2021 to 2025",
    "Led the new sign-up: 18 of 20 people finished it in the first test",
    "Responsible for design reviews",
    "priya@example.org, +44 20 7946 0000",
)
_KOFIS = _resume(
    "Engineering manager, remote, eight people in three countries",
    "Engineering manager",
    "Team lead, Orchard Pay, 2018 to 2025",
    "Hired nine people and lost one in six years",
    "Talks: two, on incidents that nobody was blamed for",
)
_LETTER = """I write about your role as a front-end developer in the tickets team.
For four years I have worked from home, most of it with people whom I met once a year.
I moved a ticket shop to TypeScript, page by page, while 30,000 people a month kept buying.
Two juniors who sat in on it now do such work alone.
I am responsible and motivated, and I like it when tests are written first.
I live at UTC+1 and can start in March. Shall we talk next week?"""
_LENAS = HandsIn(
    "Cover letter",
    {
        "The text": _LETTER,
        _POSTING: "Front-end developer for a ticket shop, TypeScript, remote in Europe",
        _LOOK: "Is the last third needed?",
    },
    readers=2,
)
_MATEOS = HandsIn(
    "Portfolio", {"The link": "https://mateo.example.org/work", _LOOK: "Which piece would you open first?"}
)

_HANDED_IN: Mapping[str, HandsIn] = {
    "yuki": _YUKIS,
    "priya": _PRIYAS,
    "kofi": _KOFIS,
    AUTHOR: _LENAS,
    LET_DOWN: _MATEOS,
}
_READERS: Sequence[tuple[str, str]] = (
    ("yuki", "Resume"),
    ("priya", "Resume"),
    ("mateo", "Resume"),
    ("kofi", "Cover letter"),
    ("bob", "Portfolio"),
)
_NAMED = ("yuki", "priya", "mateo", "kofi")
_WORK: Sequence[tuple[str, str, str]] = (
    ("yuki", "Customer support and success", "Mid-level"),
    ("priya", "Design and research", "Senior"),
    ("mateo", "Design and research", "Mid-level"),
    ("kofi", _SOFTWARE, "Lead or staff"),
    (AUTHOR, _SOFTWARE, "Senior"),
)
_MEET = ("yuki", "priya", "kofi", "tariq")

# -- what readers say ----------------------------------------------------------------------------

_OF_RESUMES = Sheet(
    "ypypyyyy",
    (
        (
            "The line about what you answer for",
            "Say what came of it and for how many people, as your best line does.",
        ),
        (
            "The last line",
            "Place, hours and languages belong below your name. Who hires across borders looks there first.",
        ),
    ),
    "Put the line with the number first: it is the one that I still know an hour later.",
    "What did you stop doing when that number changed?",
)
_KOFIS_REVIEW = Sheet(
    "pypyyy",
    (
        (
            "I write about your role as a front-end developer in the tickets team.",
            "Your checkout loses people on the second page. I mended that one in a shop like yours.",
        ),
        (
            "I am responsible and motivated, and I like it when tests are written first.",
            "Our tests came first: in four years one evening was lost to a release.",
        ),
    ),
    "Begin with the ticket shop: the first sentence tells them only what they know.",
    "What broke while 30,000 people kept buying?",
)
_OF_PORTFOLIOS = Sheet(
    "pypyyy",
    (
        (
            "The first screen",
            "One sentence: for whom you design, what changed because of it, and what you look for now.",
        ),
        (
            "The third piece",
            "Leave it out. Two pieces with a beginning and an end say more than three that stop halfway.",
        ),
    ),
    "Put the newest piece first. The oldest one is what people judge you by now.",
    "Which of these would you do in another way today, and what would come first?",
)

# -- from Monday on ------------------------------------------------------------------------------

_MONDAY = from_monday(
    0,
    *[("06:05", name, ShowsTheirName()) for name in _NAMED],
    *[("06:05", name, Tells(field, level)) for name, field, level in _WORK],
    *[("06:05", name, Reads([kind])) for name, kind in _READERS],
    *[
        ("07:05", name, step)
        for name in _MEET
        for step in (Types(PLACE, "meet join"), Chooses("What would you like?", "Coffee chat"))
    ],
    *[("07:40", name, paper) for name, paper in _HANDED_IN.items()],
)
_TUESDAY = from_monday(
    1,
    *[("07:30", name, Accepts()) for name in ("yuki", "priya", "mateo", "kofi")],
    ("12:20", "kofi", Sends(_KOFIS_REVIEW)),
    *[("18:10", name, Sends(_OF_RESUMES)) for name in ("yuki", "priya", "mateo")],
    ("19:00", INSTEAD, Reads(["Portfolio"])),
)
_RATED = {"Did it help you?": "yes", "Did it point at lines of yours?": "yes", "Was it respectful?": "yes"}
_WEDNESDAY = from_monday(
    2,
    *[
        ("08:00", name, step)
        for name in ("yuki", "priya", "kofi")
        for step in (Types(PLACE, "review status"), Presses("Read it"), Presses("Rate it"), Fills(_RATED))
    ],
    ("11:00", INSTEAD, Accepts()),
)
_THURSDAY = from_monday(
    3,
    ("18:40", INSTEAD, Sends(_OF_PORTFOLIOS)),
)
ROUND: tuple[Day, ...] = (_MONDAY, _TUESDAY, _WEDNESDAY, _THURSDAY)
