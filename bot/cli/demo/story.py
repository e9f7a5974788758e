"""Three weeks in “Remote together”, all invented. Read it like a script: day, time, who, what."""

from __future__ import annotations

from bot.cli.demo.script import (
    OF_BOT,
    Allows,
    Chooses,
    ChoosesTomorrow,
    Fills,
    Forbids,
    OnCard,
    Pins,
    Posts,
    Presses,
    Reacts,
    Says,
    StartsThread,
    Types,
    ago,
    on,
)
from sandbox.permissions import Permission
from sandbox.town import FORUM

PYTHON, DESIGN = "remote-python", "remote-design"
PYTHON_FILTER, DESIGN_FILTER = "python OR data", "designer OR ux"

_RULES = """**How this place works**
- Introduce yourself in #introductions, as briefly as you like.
- Mondays we say what we plan, Fridays what became of it: #check-ins.
- Be kind. Nobody is late here."""

_OUTLINE = {
    "outline.txt": """Lena · front-end developer
Eight years, four of them remote. Looks for a team of up to thirty.
- moved a ticket shop to TypeScript, page by page
- taught two juniors to write tests before they asked
"""
}

_ANA, _MATEO = "Ana, back-end, Lisbon", "Mateo, designer, learning to write code"
_KOFI, _WALT = "Kofi: happy to hear your interview stories", "Walt, here to listen"
_NEWS = "News: the bot reads job boards"

BEFORE_THE_BOT = (
    on(
        3,
        "Monday",
        ("17:02", "rosa", Says("start-here", "Hello! This is a place for people who look for remote work.")),
        ("17:04", "rosa", Says("start-here", _RULES, mark="rules")),
        ("17:05", "mo", Pins("rules")),
        ("17:20", "ana", Reacts("start-here", "rules", "👋")),
        ("17:31", "bob", Reacts("start-here", "rules", "👋")),
        ("18:12", "kofi", Says("start-here", "Is it all right to only read at first?", mark="read")),
        ("18:15", "ines", Says("start-here", "Of course. Most of us did.", to="read")),
    ),
    on(
        3,
        "Tuesday",
        ("08:40", "ana", Posts(FORUM, _ANA, "Ten years of Python. I look for a calm team.", ("looking",))),
        ("09:05", "mo", Says(_ANA, "Welcome, Ana! Ask me anything about pay in your city.")),
        (
            "12:30",
            "kofi",
            Posts(FORUM, _KOFI, "Six years of hiring. Send me a story.", ("employed", "mentor")),
        ),
        ("19:20", "mateo", Posts(FORUM, _MATEO, "My portfolio is older than my plants.", ("looking",))),
    ),
    on(
        3,
        "Wednesday",
        ("16:44", "lena", Says("reviews", "Is the first line too vague?", "outline", files=_OUTLINE)),
        ("17:30", "kofi", StartsThread("reviews", "outline", "Lena’s outline")),
        ("17:32", "kofi", Says("Lena’s outline", "It is. Say what they would notice in your first month.")),
        ("17:50", "lena", Says("Lena’s outline", "Better than all the guides I read. Thank you!")),
    ),
    on(
        2,
        "Monday",
        ("07:55", "yuki", Says("check-ins", "Plan: rewrite my summary, apply to two places.", "plan")),
        ("08:03", "ana", Says("check-ins", "One application a day, and a walk before each.")),
        ("08:10", "ines", Reacts("check-ins", "plan", "💪")),
    ),
    on(
        2,
        "Tuesday",
        ("10:15", "bob", Says(PYTHON, "Does “anywhere” in an advert ever mean anywhere?", "anywhere")),
        ("10:22", "priya", Says(PYTHON, "Three of my last ten did. Ask before you write.", to="anywhere")),
        ("10:30", "tariq", StartsThread(PYTHON, "anywhere", "What “anywhere” means")),
        ("10:34", "tariq", Says("What “anywhere” means", "I ask: where can you employ somebody today?")),
        ("10:36", "bob", Says("What “anywhere” means", "Stealing that sentence.")),
    ),
    on(
        2,
        "Thursday",
        ("13:05", "mateo", Says(DESIGN, "Case studies: two long ones or five short ones?", "cases")),
        ("13:40", "lena", Says(DESIGN, "Two. I stop reading at the third anyway.", to="cases")),
        ("13:41", "yuki", Reacts(DESIGN, "cases", "👀")),
    ),
    on(
        2,
        "Friday",
        ("15:58", "yuki", Says("check-ins", "Summary done, one place instead of two. I count that as good.")),
        ("16:02", "ana", Says("check-ins", "Four applications, four walks. One answer!", "answer")),
        ("16:03", "bob", Reacts("check-ins", "answer", "🎉")),
        ("16:05", "priya", Reacts("check-ins", "answer", "🎉")),
        ("16:40", "tariq", Says("check-ins", "Nothing sent. I slept, finally.", "slept")),
        ("16:41", "ines", Reacts("check-ins", "slept", "❤️")),
    ),
    on(
        1,
        "Monday",
        ("08:02", "priya", Says("check-ins", "One portfolio review for somebody else, and my taxes.")),
    ),
    ago(
        5,
        ("09:00", "ines", Says("moderators", "We copy adverts by hand every morning. Must we?", "by hand")),
        ("09:12", "rosa", Says("moderators", "Outpost can do that as well. I switch it on.", to="by hand")),
        ("09:13", "mo", Reacts("moderators", "by hand", "🙏")),
        ("11:00", "rosa", Posts(FORUM, _NEWS, "It brings openings into two channels.", ("news",))),
    ),
    ago(
        3,
        ("08:30", "walt", Posts(FORUM, _WALT, "I lead a team that works from home.", ("employed",))),
        ("09:10", "bob", Says(_WALT, "My boss is here now, so: hello, Walt!")),
    ),
)

SINCE_THE_BOT = (
    ago(
        2,
        ("17:10", "mo", Types("moderators", "setup")),
        ("17:10", "mo", Chooses("Moderators' channel", "moderators")),
        ("17:12", "mo", Types(PYTHON, "jobs subscribe", {"filter": PYTHON_FILTER, "channel": PYTHON})),
        ("17:12", "mo", Chooses("How many?", "All: every card at once")),
        ("17:12", "mo", Presses("Save")),
        ("17:15", "ines", Types(DESIGN, "jobs subscribe", {"filter": "designer", "channel": DESIGN})),
        ("17:15", "ines", Presses("Change filter")),
        ("17:16", "ines", Fills({"Filter": DESIGN_FILTER})),
        ("17:16", "ines", Chooses("How many?", "Calm: 3 cards a day")),
        ("17:16", "ines", Presses("Save")),
        ("17:20", "mo", Says("start-here", "Outpost is here. See #remote-python and #remote-design.")),
        ("18:01", "priya", Types(PYTHON, "jobs subscribe", {"filter": "python -senior"})),
        ("18:01", "priya", Presses("Save")),
        ("18:30", "ana", Types(PYTHON, "me profile")),
        ("18:30", "ana", Presses("Edit")),
        ("18:31", "ana", Presses("Places")),
        ("18:32", "ana", Fills({"Where you live": "Portugal", "Where you may work": "Portugal"})),
        ("18:32", "ana", Presses("Headline, skills")),
        ("18:33", "ana", Fills({"Headline": "Back-end, calm", "Skills": "Python, PostgreSQL, Docker"})),
        ("18:40", "ana", Types(PYTHON, "jobs subscribe", {"filter": "python"})),
        ("18:40", "ana", Chooses("How often?", "Once a week")),
        ("18:40", "ana", ChoosesTomorrow("On which day?", "On {day}")),
        ("18:40", "ana", Chooses("At what time?", "At 18:00")),
        ("18:41", "ana", Presses("Save")),
        ("18:41", "ana", Presses("Let Outpost write to me")),
    ),
    ago(
        1,
        ("07:50", "ana", Reacts(PYTHON, OF_BOT, "👀")),
        ("07:51", "ana", OnCard(PYTHON, "Save")),
        ("07:53", "ana", Presses("Applied")),
        ("08:05", "bob", StartsThread(PYTHON, OF_BOT, "Has anybody worked there?")),
        ("08:06", "bob", Says("Has anybody worked there?", "I would like to believe what the board says.")),
        ("08:20", "tariq", Says("Has anybody worked there?", "Ask them the sentence.")),
        ("09:40", "ines", Forbids(DESIGN, Permission.SEND_MESSAGES)),
        ("12:10", "ana", OnCard(PYTHON, "Save")),
        ("12:15", "kofi", Says(_ANA, "Ana, shall we go through your interview story this week?")),
        ("19:00", "ines", Allows(DESIGN, Permission.SEND_MESSAGES)),
        ("19:01", "ines", Says("moderators", "I shut the bot out of #remote-design by mistake. Mended!")),
        ("19:02", "ines", Says("moderators", "mo, can you press *Go on* below its notice?")),
        ("19:30", "mateo", Says(DESIGN, "Quiet in here today?", "quiet")),
        ("19:31", "ines", Says(DESIGN, "My fault. It goes on soon.", to="quiet")),
    ),
)
